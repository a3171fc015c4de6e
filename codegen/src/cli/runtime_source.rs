//! Where a generated crate takes its runtime from.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::disk;
use crate::RuntimeDependency;

/// The name of the runtime's package.
const PACKAGE: &str = "docwright-runtime";

/// The source of the runtime: `vendored[=DIR]`, `registry`, `git[=URL[#REVISION]]` or `path=DIR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RuntimeSource {
    /// The command writes it, by default beside the client.
    Vendored(Option<PathBuf>),
    /// The released version.
    Registry,
    /// A Git repository and its revision, by default Docwright's own repository.
    Git(Option<String>),
    /// A folder that exists.
    Path(PathBuf),
}

impl RuntimeSource {
    /// Returns the folder that the command writes the runtime to, for a client in the folder `out`.
    pub(super) fn vendored_folder(&self, root: &Path, out: &Path) -> Option<PathBuf> {
        match self {
            Self::Vendored(None) => Some(disk::normalize(&out.join("..").join(PACKAGE))),
            Self::Vendored(Some(folder)) => Some(disk::normalize(&root.join(folder))),
            _ => None,
        }
    }

    /// Returns the dependency of a client in the folder `out`. Other paths are relative to `root`.
    pub(super) fn dependency(&self, root: &Path, out: &Path) -> RuntimeDependency {
        if let Some(folder) = self.vendored_folder(root, out) {
            return RuntimeDependency::Path(disk::relative_path(out, &folder));
        }
        match self {
            Self::Path(folder) => {
                RuntimeDependency::Path(disk::relative_path(out, &root.join(folder)))
            }
            Self::Git(url) => {
                let url = url.as_deref().unwrap_or(env!("CARGO_PKG_REPOSITORY"));
                let (url, revision) = match url.split_once('#') {
                    Some((url, revision)) => (url, Some(revision.to_owned())),
                    None => (url, None),
                };
                RuntimeDependency::Git { url: url.to_owned(), revision }
            }
            // The generator and the runtime are released together, with the same version.
            Self::Registry | Self::Vendored(_) => {
                RuntimeDependency::Version(env!("CARGO_PKG_VERSION").to_owned())
            }
        }
    }

    /// Returns the source with its path relative to `to` instead of `from`.
    pub(super) fn rebase(&self, from: &Path, to: &Path) -> Self {
        let rebase = |path: &PathBuf| PathBuf::from(disk::relative_path(to, &from.join(path)));
        match self {
            Self::Vendored(folder) => Self::Vendored(folder.as_ref().map(rebase)),
            Self::Path(folder) => Self::Path(rebase(folder)),
            Self::Registry | Self::Git(_) => self.clone(),
        }
    }
}

impl FromStr for RuntimeSource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, value) = match text.split_once('=') {
            Some((kind, value)) => (kind, Some(value)),
            None => (text, None),
        };
        match (kind, value) {
            (_, Some("")) => Err(format!("`{kind}=` requires a value")),
            ("vendored", folder) => Ok(Self::Vendored(folder.map(PathBuf::from))),
            ("registry", None) => Ok(Self::Registry),
            ("git", url) => Ok(Self::Git(url.map(str::to_owned))),
            ("path", Some(folder)) => Ok(Self::Path(PathBuf::from(folder))),
            _ => Err(
                "use vendored, vendored=DIR, registry, git, git=URL, git=URL#REVISION or path=DIR"
                    .to_owned(),
            ),
        }
    }
}

impl fmt::Display for RuntimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = |path: &Path| path.to_string_lossy().replace('\\', "/");
        match self {
            Self::Vendored(None) => f.write_str("vendored"),
            Self::Vendored(Some(folder)) => write!(f, "vendored={}", path(folder)),
            Self::Registry => f.write_str("registry"),
            Self::Git(None) => f.write_str("git"),
            Self::Git(Some(url)) => write!(f, "git={url}"),
            Self::Path(folder) => write!(f, "path={}", path(folder)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_as_it_is_printed() {
        for text in
            ["vendored", "vendored=../rt", "registry", "git", "git=https://a.test/x#v1", "path=rt"]
        {
            assert_eq!(text.parse::<RuntimeSource>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "path", "path=", "registry=1", "other"] {
            assert!(text.parse::<RuntimeSource>().is_err(), "{text}");
        }
    }

    #[test]
    fn clients_of_one_folder_share_the_vendored_runtime() {
        let source = RuntimeSource::Vendored(None);
        for client in ["clients/a", "clients/b"] {
            let client = Path::new(client);
            let folder = source.vendored_folder(Path::new("."), client);
            assert_eq!(folder.as_deref(), Some(Path::new("clients/docwright-runtime")));
            let dependency = source.dependency(Path::new("."), client);
            assert_eq!(dependency, RuntimeDependency::Path("../docwright-runtime".to_owned()));
        }
    }
}
