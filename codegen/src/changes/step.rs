//! The next version of the crate.

use super::{Change, Impact};

/// How much a version has to grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// No public item changed.
    Patch,
    /// Items were added, or changed in a way that all code compiles with.
    Minor,
    /// Code may not compile.
    Major,
}

/// Returns the step that changes require.
pub fn required_step(changes: &[Change]) -> Step {
    match changes.iter().map(|change| change.impact).max() {
        None => Step::Patch,
        Some(Impact::Safe | Impact::Tests) => Step::Minor,
        Some(Impact::Breaking) => Step::Major,
    }
}

impl Step {
    /// Returns the name of the number that grows, from version 1.0 on.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Returns the name of the number that grows before version 1.0: Cargo treats `0.2` as incompatible
    /// with `0.1`, and `0.1.1` as compatible with `0.1.0`.
    pub fn name_before_1_0(self) -> &'static str {
        match self {
            Self::Patch | Self::Minor => "patch",
            Self::Major => "minor",
        }
    }

    /// Returns the version that follows `version`. Returns `None` if that is not three numbers.
    ///
    /// All versions `0.0.x` are incompatible, so there is only one step.
    pub fn next_version(self, version: &str) -> Option<String> {
        let numbers: Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
        let [major, minor, patch] = numbers.ok()?.try_into().ok()?;
        let next = match (major, minor, self) {
            (0, 0, _) | (0, _, Self::Patch | Self::Minor) | (_, _, Self::Patch) => {
                [major, minor, patch.checked_add(1)?]
            }
            (0, _, Self::Major) | (_, _, Self::Minor) => [major, minor.checked_add(1)?, 0],
            (_, _, Self::Major) => [major.checked_add(1)?, 0, 0],
        };
        Some(next.map(|number| number.to_string()).join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn the_next_version_follows_the_rules_of_cargo() {
        let rows = [
            ("1.4.2", ["1.4.3", "1.5.0", "2.0.0"]),
            ("0.4.2", ["0.4.3", "0.4.3", "0.5.0"]),
            ("0.0.2", ["0.0.3", "0.0.3", "0.0.3"]),
        ];
        for (version, expected) in rows {
            let steps = [Step::Patch, Step::Minor, Step::Major];
            let next = steps.map(|step| step.next_version(version).unwrap());
            assert_eq!(next, expected, "{version}");
        }
    }

    #[test]
    fn a_version_with_other_parts_has_no_successor() {
        for version in ["1.0", "1.0.0-beta.1", "1.0.0.0", "", "1.0.18446744073709551615"] {
            assert_eq!(Step::Patch.next_version(version), None, "{version}");
        }
    }
}
