//! What a description asks of values that are sent, as constant data.

use crate::catalogue::RequestLocation;

/// What the description asks of one value: a member of an object, or a parameter. Tables of them
/// stand beside the types ([`record!`](crate::record)) and the operations
/// ([`limits!`](crate::limits)).
///
/// ```
/// use docwright_runtime::Limit;
///
/// const ZIP: Limit = Limit::of("zip")
///     .filled()
///     .length(Some(5), Some(5))
///     .pattern(r"^\d+$")
///     .missing("zip_missing", "zip is required")
///     .invalid("zip_invalid", "");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub(crate) name: Option<&'static str>,
    pub(crate) location: RequestLocation,
    pub(crate) filled: bool,
    pub(crate) length: (Option<u64>, Option<u64>),
    pub(crate) pattern: Option<&'static str>,
    pub(crate) least: Option<Bound>,
    pub(crate) most: Option<Bound>,
    pub(crate) step: Option<Number>,
    pub(crate) count: (Option<u64>, Option<u64>),
    pub(crate) unique: bool,
    pub(crate) members: (Option<u64>, Option<u64>),
    pub(crate) items: Option<&'static Limit>,
    pub(crate) missing: Option<Raised>,
    pub(crate) invalid: Option<Raised>,
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    pub(crate) number: Number,
    pub(crate) excluded: bool,
}

/// A number of a description.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A whole number.
    Int(i128),
    /// Any other.
    Float(f64),
}

/// The error that the vendor responds with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Raised {
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
}

impl Limit {
    /// Of the member of this name, of which nothing is asked yet.
    #[must_use]
    pub const fn of(name: &'static str) -> Self {
        Self::named(Some(name), RequestLocation::Body)
    }

    /// Of the parameter of this name.
    #[must_use]
    pub const fn parameter(location: RequestLocation, name: &'static str) -> Self {
        Self::named(Some(name), location)
    }

    /// Of the items of a list, the values of a map, or the members beside the named ones.
    #[must_use]
    pub const fn others() -> Self {
        Self::named(None, RequestLocation::Body)
    }

    const fn named(name: Option<&'static str>, location: RequestLocation) -> Self {
        Self {
            name,
            location,
            filled: false,
            length: (None, None),
            pattern: None,
            least: None,
            most: None,
            step: None,
            count: (None, None),
            unique: false,
            members: (None, None),
            items: None,
            missing: None,
            invalid: None,
        }
    }

    /// Has to be there, and an empty text counts as missing.
    #[must_use]
    pub const fn filled(mut self) -> Self {
        self.filled = true;
        self
    }

    /// `minLength` and `maxLength`.
    #[must_use]
    pub const fn length(mut self, least: Option<u64>, most: Option<u64>) -> Self {
        self.length = (least, most);
        self
    }

    /// `pattern`, an expression of ECMA-262.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// `minimum`
    #[must_use]
    pub const fn least(mut self, number: Number) -> Self {
        self.least = Some(Bound { number, excluded: false });
        self
    }

    /// `minimum` with `exclusiveMinimum`
    #[must_use]
    pub const fn more_than(mut self, number: Number) -> Self {
        self.least = Some(Bound { number, excluded: true });
        self
    }

    /// `maximum`
    #[must_use]
    pub const fn most(mut self, number: Number) -> Self {
        self.most = Some(Bound { number, excluded: false });
        self
    }

    /// `maximum` with `exclusiveMaximum`
    #[must_use]
    pub const fn less_than(mut self, number: Number) -> Self {
        self.most = Some(Bound { number, excluded: true });
        self
    }

    /// `multipleOf`
    #[must_use]
    pub const fn multiple_of(mut self, number: Number) -> Self {
        self.step = Some(number);
        self
    }

    /// `minItems` and `maxItems`.
    #[must_use]
    pub const fn count(mut self, least: Option<u64>, most: Option<u64>) -> Self {
        self.count = (least, most);
        self
    }

    /// `uniqueItems`
    #[must_use]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// `minProperties` and `maxProperties`.
    #[must_use]
    pub const fn members(mut self, least: Option<u64>, most: Option<u64>) -> Self {
        self.members = (least, most);
        self
    }

    /// What is asked of a list's items or a map's values.
    #[must_use]
    pub const fn items(mut self, items: &'static Limit) -> Self {
        self.items = Some(items);
        self
    }

    /// The code of the error that a missing value causes, and its message, empty where the
    /// description has none.
    #[must_use]
    pub const fn missing(mut self, code: &'static str, message: &'static str) -> Self {
        self.missing = Some(Raised { code, message });
        self
    }

    /// The code of the error that an invalid value causes, and its message, empty where the
    /// description has none.
    #[must_use]
    pub const fn invalid(mut self, code: &'static str, message: &'static str) -> Self {
        self.invalid = Some(Raised { code, message });
        self
    }
}

/// What a value's own type asks of it.
#[cfg(feature = "validate")]
#[derive(Debug, Clone, Copy)]
pub enum Limits {
    /// Nothing.
    None,
    /// An object: of its members.
    Members(&'static [Limit]),
    /// A choice of values: this is none of those that the description lists.
    Unlisted,
}

/// The table of what is asked of an operation's parameters, as a constant of its request's type; empty
/// without the feature `validate`.
///
/// ```
/// use docwright_runtime::{Call, Limit, Method, Number, Operation, RequestLocation};
///
/// static LIST_ORDERS: Operation =
///     Operation::new("list_orders", Method::Get, "/orders").limits(ListOrders::LIMITS);
///
/// pub struct ListOrders<'a>(Call<'a>);
///
/// docwright_runtime::limits!(ListOrders [
///     Limit::parameter(RequestLocation::Query, "size").most(Number::Int(500)),
/// ]);
/// ```
#[cfg(feature = "validate")]
#[macro_export]
macro_rules! limits {
    ($name:ident [$($limit:expr),* $(,)?]) => {
        impl $name<'_> {
            const LIMITS: &'static [$crate::Limit] = &[$($limit),*];
        }
    };
}

/// The table of what is asked of an operation's parameters; empty without the feature `validate`.
#[cfg(not(feature = "validate"))]
#[macro_export]
macro_rules! limits {
    ($name:ident [$($limit:tt)*]) => {
        impl $name<'_> {
            const LIMITS: &'static [$crate::Limit] = &[];
        }
    };
}
