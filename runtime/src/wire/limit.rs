//! The documented constraints of values that are sent, as constant data.

use std::fmt;

/// The documented constraints of one value: a field of an object, or a parameter. The macros
/// [`record!`](crate::record) and [`limits!`](crate::limits) take tables of them.
///
/// ```
/// use docwright_runtime::Limit;
///
/// const ZIP: Limit = Limit::field("zip")
///     .non_empty()
///     .length(Some(5), Some(5))
///     .pattern(r"^\d+$")
///     .error_if_missing("zip_missing", "zip is required")
///     .error_if_invalid("zip_invalid", "");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    pub(crate) name: Option<&'static str>,
    pub(crate) location: RequestLocation,
    pub(crate) non_empty: bool,
    pub(crate) length: (Option<u64>, Option<u64>),
    pub(crate) pattern: Option<&'static str>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<Number>,
    pub(crate) item_count: (Option<u64>, Option<u64>),
    pub(crate) unique_items: bool,
    pub(crate) property_count: (Option<u64>, Option<u64>),
    pub(crate) items: Option<&'static Limit>,
    pub(crate) error_if_missing: Option<ApiError>,
    pub(crate) error_if_invalid: Option<ApiError>,
}

/// Where in a request a value is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are OpenAPI's own")]
pub enum RequestLocation {
    Path,
    Query,
    Header,
    Cookie,
    Body,
}

/// The lower or upper bound of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    pub(crate) number: Number,
    pub(crate) exclusive: bool,
}

/// A number in a documented constraint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
}

/// The documented error of the API for a violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
}

impl Limit {
    /// Creates an empty limit for the field of this name.
    #[must_use]
    pub const fn field(name: &'static str) -> Self {
        Self::new(Some(name), RequestLocation::Body)
    }

    /// Creates an empty limit for the parameter of this name.
    #[must_use]
    pub const fn parameter(location: RequestLocation, name: &'static str) -> Self {
        Self::new(Some(name), location)
    }

    /// Creates an empty limit for values without a name: the items of an array, the values of a map, or
    /// additional fields.
    #[must_use]
    pub const fn unnamed() -> Self {
        Self::new(None, RequestLocation::Body)
    }

    const fn new(name: Option<&'static str>, location: RequestLocation) -> Self {
        Self {
            name,
            location,
            non_empty: false,
            length: (None, None),
            pattern: None,
            minimum: None,
            maximum: None,
            multiple_of: None,
            item_count: (None, None),
            unique_items: false,
            property_count: (None, None),
            items: None,
            error_if_missing: None,
            error_if_invalid: None,
        }
    }

    /// Sets that an empty string counts as missing.
    #[must_use]
    pub const fn non_empty(mut self) -> Self {
        self.non_empty = true;
        self
    }

    /// Sets `minLength` and `maxLength`.
    #[must_use]
    pub const fn length(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        self.length = (min, max);
        self
    }

    /// Sets `pattern`, a regular expression of ECMA-262.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Sets `minimum`.
    #[must_use]
    pub const fn minimum(mut self, number: Number) -> Self {
        self.minimum = Some(Bound { number, exclusive: false });
        self
    }

    /// Sets `exclusiveMinimum`.
    #[must_use]
    pub const fn exclusive_minimum(mut self, number: Number) -> Self {
        self.minimum = Some(Bound { number, exclusive: true });
        self
    }

    /// Sets `maximum`.
    #[must_use]
    pub const fn maximum(mut self, number: Number) -> Self {
        self.maximum = Some(Bound { number, exclusive: false });
        self
    }

    /// Sets `exclusiveMaximum`.
    #[must_use]
    pub const fn exclusive_maximum(mut self, number: Number) -> Self {
        self.maximum = Some(Bound { number, exclusive: true });
        self
    }

    /// Sets `multipleOf`.
    #[must_use]
    pub const fn multiple_of(mut self, number: Number) -> Self {
        self.multiple_of = Some(number);
        self
    }

    /// Sets `minItems` and `maxItems`.
    #[must_use]
    pub const fn item_count(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        self.item_count = (min, max);
        self
    }

    /// Sets `uniqueItems`.
    #[must_use]
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// Sets `minProperties` and `maxProperties`.
    #[must_use]
    pub const fn property_count(mut self, min: Option<u64>, max: Option<u64>) -> Self {
        self.property_count = (min, max);
        self
    }

    /// Sets the limits of the items of an array, or of the values of a map.
    #[must_use]
    pub const fn items(mut self, items: &'static Limit) -> Self {
        self.items = Some(items);
        self
    }

    /// Sets the code and the message of the API's error for a missing value. The message is empty if it
    /// is not documented.
    #[must_use]
    pub const fn error_if_missing(mut self, code: &'static str, message: &'static str) -> Self {
        self.error_if_missing = Some(ApiError { code, message });
        self
    }

    /// Sets the code and the message of the API's error for an invalid value. The message is empty if it
    /// is not documented.
    #[must_use]
    pub const fn error_if_invalid(mut self, code: &'static str, message: &'static str) -> Self {
        self.error_if_invalid = Some(ApiError { code, message });
        self
    }
}

/// The limits that the type of a value defines.
#[derive(Debug, Clone, Copy)]
pub enum Limits {
    /// The type defines no limits.
    None,
    /// The limits of the fields of an object.
    Fields(&'static [Limit]),
    /// The value of an enum is not one of the documented ones.
    UnknownValue,
}

/// A documented rule for a value, named after its JSON Schema keyword.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// A required string is empty.
    Required,
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// `pattern`
    Pattern(&'static str),
    /// `minimum`
    Minimum(Number),
    /// `minimum` with `exclusiveMinimum`
    ExclusiveMinimum(Number),
    /// `maximum`
    Maximum(Number),
    /// `maximum` with `exclusiveMaximum`
    ExclusiveMaximum(Number),
    /// `multipleOf`
    MultipleOf(Number),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `enum`
    Enum,
}

impl fmt::Display for Rule {
    /// Writes the rest of a sentence that begins with "the value".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("is required but empty"),
            Self::MinLength(n) => write!(f, "is shorter than {n} characters"),
            Self::MaxLength(n) => write!(f, "is longer than {n} characters"),
            Self::Pattern(pattern) => write!(f, "does not match the pattern {pattern:?}"),
            Self::Minimum(n) => write!(f, "is less than {n}"),
            Self::ExclusiveMinimum(n) => write!(f, "is not greater than {n}"),
            Self::Maximum(n) => write!(f, "is greater than {n}"),
            Self::ExclusiveMaximum(n) => write!(f, "is not less than {n}"),
            Self::MultipleOf(n) => write!(f, "is not a multiple of {n}"),
            Self::MinItems(n) => write!(f, "has fewer than {n} items"),
            Self::MaxItems(n) => write!(f, "has more than {n} items"),
            Self::UniqueItems => f.write_str("contains duplicate items"),
            Self::MinProperties(n) => write!(f, "has fewer than {n} fields"),
            Self::MaxProperties(n) => write!(f, "has more than {n} fields"),
            Self::Enum => f.write_str("is not one of the documented values"),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(n) => n.fmt(f),
            Self::Float(n) => n.fmt(f),
        }
    }
}
