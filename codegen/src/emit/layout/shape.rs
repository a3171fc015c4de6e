//! The space that a node may occupy.

/// The maximum width of a line.
pub const MAX_WIDTH: usize = 100;

/// The width of one level of indentation.
pub const TAB: usize = 4;

/// The space for a node: from `indent` + `offset` on, `width` columns on the first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    /// The indentation of the lines after the first one.
    pub indent: usize,
    /// The column of the first line, from the indentation.
    pub offset: usize,
    /// The width of the first line.
    pub width: usize,
    /// Whether chains must not be broken.
    pub unbroken_chains: bool,
}

impl Shape {
    /// Returns the whole line at an indentation.
    pub fn line(indent: usize) -> Self {
        let width = MAX_WIDTH.saturating_sub(indent);
        Self { indent, offset: 0, width, unbroken_chains: false }
    }

    /// Returns a line of its own, `extra` columns further to the right.
    pub fn next_line(self, extra: usize) -> Self {
        Self { unbroken_chains: self.unbroken_chains, ..Self::line(self.indent + extra) }
    }

    /// Returns the space after `columns` columns.
    pub fn after(self, columns: usize) -> Option<Self> {
        let width = self.width.checked_sub(columns)?;
        Some(Self { width, offset: self.offset + columns, ..self })
    }

    /// Returns the space that leaves `columns` columns at the end.
    pub fn before(self, columns: usize) -> Option<Self> {
        Some(Self { width: self.width.checked_sub(columns)?, ..self })
    }

    /// Returns the column of the first line.
    pub fn column(self) -> usize {
        self.indent + self.offset
    }

    /// Returns the number of columns of the line that are not part of the space at its end.
    pub fn reserved(self) -> usize {
        MAX_WIDTH.saturating_sub(self.column() + self.width)
    }

    /// Returns a line break with the indentation of the next line.
    pub fn line_break(self) -> String {
        line_break(self.indent)
    }

    /// Returns whether a text fits: its first line, and the others up to the maximum width.
    pub fn has_room_for(self, text: &str) -> bool {
        let mut rest = text.lines().skip(1);
        first_line_width(text) <= self.width
            && (!text.contains('\n')
                || (rest.all(|line| width(line) <= MAX_WIDTH)
                    && last_line_width(text) <= self.column() + self.width))
    }
}

/// Returns a line break with an indentation.
pub fn line_break(indent: usize) -> String {
    format!("\n{:indent$}", "")
}

/// Returns the number of columns of a text without line breaks.
pub fn width(text: &str) -> usize {
    text.chars().count()
}

/// Returns the number of columns of the first line.
pub fn first_line_width(text: &str) -> usize {
    width(text.lines().next().unwrap_or_default())
}

/// Returns the number of columns of the last line.
pub fn last_line_width(text: &str) -> usize {
    width(text.rsplit('\n').next().unwrap_or_default())
}
