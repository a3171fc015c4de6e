//! Evaluates JSONPath queries (RFC 9535). A library parses them. They are evaluated here, because the
//! selected values are changed in the located tree, and because the work must be limited.

use std::borrow::Cow;

use jsonpath_rust::parser::errors::JsonPathError;
use jsonpath_rust::parser::model::{
    Comparable, Comparison, Filter, FilterAtom, FnArg, JpQuery, Literal, Segment, Selector,
    SingularQuery, SingularQuerySegment, Test, TestFunction,
};
use jsonpath_rust::parser::parse_json_path;

use super::budget::Budget;
use super::comparison::{is_equal, is_less};
use crate::depth::MAX_QUERY_DEPTH;
use crate::report::Origin;
use crate::source::{Kind, Node, Number};

/// The length of a query in bytes.
const MAX_LENGTH: usize = 4096;

/// A parsed query.
#[derive(Debug)]
pub(super) struct Query(JpQuery);

/// A selected value.
#[derive(Debug)]
pub(super) struct Match<'n> {
    /// The position of the value in the one that contains it, and so on from the root.
    pub path: Vec<usize>,
    /// The value.
    pub node: &'n Node,
}

type Matches<'n> = Result<Vec<Match<'n>>, String>;

impl Query {
    /// Parses a query.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_LENGTH {
            return Err(format!("the JSONPath query is longer than {MAX_LENGTH} bytes"));
        }
        if nesting(text) > MAX_QUERY_DEPTH {
            let message = "the JSONPath query has more than";
            return Err(format!("{message} {MAX_QUERY_DEPTH} brackets in each other"));
        }
        parse_json_path(text).map(Self).map_err(|error| match error {
            JsonPathError::PestError(error) => {
                format!("`{text}` is not a JSONPath query: {}", error.variant.message())
            }
            error => format!("`{text}` is not a JSONPath query: {error}"),
        })
    }

    /// Returns the values that the query selects. A value may be selected several times.
    pub fn select<'n>(&self, root: &'n Node, budget: &mut Budget) -> Matches<'n> {
        Evaluation { root, budget }.select(root, &self.0.segments)
    }
}

/// Returns how many brackets are in each other, outside of strings.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut quote, mut is_escaped) = (0_usize, 0, None, false);
    for character in text.chars() {
        match (quote, character) {
            _ if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(end), _) if end == character => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

struct Evaluation<'n, 'b> {
    root: &'n Node,
    budget: &'b mut Budget,
}

impl<'n> Evaluation<'n, '_> {
    fn select(&mut self, start: &'n Node, segments: &[Segment]) -> Matches<'n> {
        let mut selected = vec![Match { path: Vec::new(), node: start }];
        for segment in segments {
            let mut next = Vec::new();
            for from in &selected {
                self.apply_segment(from, segment, &mut next)?;
            }
            selected = next;
        }
        Ok(selected)
    }

    fn apply_segment(
        &mut self,
        from: &Match<'n>,
        segment: &Segment,
        selected: &mut Vec<Match<'n>>,
    ) -> Result<(), String> {
        self.budget.step(1)?;
        Budget::check_selected(selected.len())?;
        match segment {
            Segment::Selector(selector) => self.apply_selector(from, selector, selected),
            Segment::Selectors(selectors) => {
                selectors.iter().try_for_each(|it| self.apply_selector(from, it, selected))
            }
            Segment::Descendant(inner) => {
                self.apply_segment(from, inner, selected)?;
                children(from.node).enumerate().try_for_each(|(position, child)| {
                    self.apply_segment(&from.child(position, child), segment, selected)
                })
            }
        }
    }

    fn apply_selector(
        &mut self,
        from: &Match<'n>,
        selector: &Selector,
        selected: &mut Vec<Match<'n>>,
    ) -> Result<(), String> {
        let items = from.node.as_array().unwrap_or_default();
        match selector {
            Selector::Name(name) => {
                let entry = from.node.as_object().and_then(|map| map.get_full(name));
                selected.extend(entry.map(|(position, _, child)| from.child(position, child)));
            }
            Selector::Index(index) => {
                let found = index_in(*index, items.len()).and_then(|at| Some((at, items.get(at)?)));
                selected.extend(found.map(|(position, child)| from.child(position, child)));
            }
            Selector::Slice(start, end, step) => {
                let positions = slice(items.len(), *start, *end, step.unwrap_or(1));
                self.budget.step(positions.len())?;
                let found = positions.into_iter().filter_map(|at| Some((at, items.get(at)?)));
                selected.extend(found.map(|(position, child)| from.child(position, child)));
            }
            Selector::Wildcard => {
                self.budget.step(children(from.node).count())?;
                let found = children(from.node).enumerate();
                selected.extend(found.map(|(position, child)| from.child(position, child)));
            }
            Selector::Filter(filter) => {
                for (position, child) in children(from.node).enumerate() {
                    if self.passes(child, filter)? {
                        selected.push(from.child(position, child));
                    }
                }
            }
        }
        Ok(())
    }

    fn passes(&mut self, node: &'n Node, filter: &Filter) -> Result<bool, String> {
        self.budget.step(1)?;
        let (list, stops_at) = match filter {
            Filter::Or(list) => (list, true),
            Filter::And(list) => (list, false),
            Filter::Atom(FilterAtom::Filter { expr, not }) => {
                return Ok(self.passes(node, expr)? != *not);
            }
            Filter::Atom(FilterAtom::Test { expr, not }) => {
                return Ok(self.holds(node, expr)? != *not);
            }
            Filter::Atom(FilterAtom::Comparison(comparison)) => {
                return self.compare(node, comparison);
            }
        };
        for filter in list {
            if self.passes(node, filter)? == stops_at {
                return Ok(stops_at);
            }
        }
        Ok(!stops_at)
    }

    fn holds(&mut self, node: &'n Node, test: &Test) -> Result<bool, String> {
        let Test::Function(function) = test else {
            return Ok(!self.select_test(node, test)?.is_empty());
        };
        let (value, pattern, is_whole) = match &**function {
            TestFunction::Match(value, pattern) => (value, pattern, true),
            TestFunction::Search(value, pattern) => (value, pattern, false),
            function => return Err(invalid_use(function)),
        };
        let (value, pattern) = (self.argument(node, value)?, self.argument(node, pattern)?);
        match (value.as_deref().and_then(Node::as_str), pattern.as_deref().and_then(Node::as_str)) {
            (Some(value), Some(pattern)) => self.budget.matches(value, pattern, is_whole),
            _ => Ok(false),
        }
    }

    fn select_test(&mut self, node: &'n Node, test: &Test) -> Matches<'n> {
        match test {
            Test::RelQuery(segments) => self.select(node, segments),
            Test::AbsQuery(query) => self.select(self.root, &query.segments),
            Test::Function(function) => Err(invalid_use(function)),
        }
    }

    fn compare(&mut self, node: &'n Node, comparison: &Comparison) -> Result<bool, String> {
        let (left, right) = comparison.vals();
        let (left, right) = (self.comparable(node, left)?, self.comparable(node, right)?);
        let is_equal = match (&left, &right) {
            (Some(left), Some(right)) => is_equal(left, right, self.budget)?,
            (left, right) => left.is_none() && right.is_none(),
        };
        let is_ordered = |less: &Option<Cow<'_, Node>>, greater: &Option<Cow<'_, Node>>| matches!((less, greater), (Some(less), Some(greater)) if is_less(less, greater));
        Ok(match comparison {
            Comparison::Eq(..) => is_equal,
            Comparison::Ne(..) => !is_equal,
            Comparison::Lt(..) => is_ordered(&left, &right),
            Comparison::Lte(..) => is_equal || is_ordered(&left, &right),
            Comparison::Gt(..) => is_ordered(&right, &left),
            Comparison::Gte(..) => is_equal || is_ordered(&right, &left),
        })
    }

    fn comparable(&mut self, node: &'n Node, comparable: &Comparable) -> Value<'n> {
        match comparable {
            Comparable::Literal(literal) => Ok(Some(Cow::Owned(literal_value(literal)))),
            Comparable::Function(function) => self.call(node, function),
            Comparable::SingularQuery(query) => {
                let (start, segments) = match query {
                    SingularQuery::Current(segments) => (node, segments),
                    SingularQuery::Root(segments) => (self.root, segments),
                };
                self.budget.step(segments.len())?;
                let found = segments.iter().try_fold(start, |node, segment| match segment {
                    SingularQuerySegment::Name(name) => node.get(name),
                    SingularQuerySegment::Index(index) => {
                        let items = node.as_array()?;
                        items.get(index_in(*index, items.len())?)
                    }
                });
                Ok(found.map(Cow::Borrowed))
            }
        }
    }

    /// Calls a function that returns a value.
    fn call(&mut self, node: &'n Node, function: &TestFunction) -> Value<'n> {
        let count = match function {
            TestFunction::Length(argument) => match self.argument(node, argument)?.as_deref() {
                Some(Node { kind: Kind::String(text), .. }) => {
                    self.budget.step(text.len())?;
                    Some(text.chars().count())
                }
                Some(Node { kind: Kind::Array(items), .. }) => Some(items.len()),
                Some(Node { kind: Kind::Object(map), .. }) => Some(map.len()),
                _ => None,
            },
            TestFunction::Count(FnArg::Test(test)) => Some(self.select_test(node, test)?.len()),
            TestFunction::Value(FnArg::Test(test)) => {
                return Ok(match self.select_test(node, test)?.as_slice() {
                    [only] => Some(Cow::Borrowed(only.node)),
                    _ => None,
                });
            }
            function => return Err(invalid_use(function)),
        };
        let number = |count| Number::Int(i128::try_from(count).unwrap_or(i128::MAX));
        Ok(count.map(|count| Cow::Owned(new_node(Kind::Number(number(count))))))
    }

    /// Returns the value of an argument.
    fn argument(&mut self, node: &'n Node, argument: &FnArg) -> Value<'n> {
        match argument {
            FnArg::Literal(literal) => Ok(Some(Cow::Owned(literal_value(literal)))),
            FnArg::Filter(_) => Err("a filter cannot be the argument of a function".to_owned()),
            FnArg::Test(test) => match &**test {
                Test::Function(function) => self.call(node, function),
                query => match self.select_test(node, query)?.as_slice() {
                    [only] => Ok(Some(Cow::Borrowed(only.node))),
                    _ => Ok(None),
                },
            },
        }
    }
}

/// A value, if there is one.
type Value<'n> = Result<Option<Cow<'n, Node>>, String>;

impl<'n> Match<'n> {
    fn child(&self, position: usize, node: &'n Node) -> Self {
        let path = self.path.iter().copied().chain([position]).collect();
        Self { path, node }
    }
}

fn children(node: &Node) -> impl Iterator<Item = &Node> {
    let entries = node.as_object().into_iter().flat_map(|map| map.values());
    entries.chain(node.as_array().unwrap_or_default())
}

fn index_in(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index.unsigned_abs()) {
        Ok(distance) if index < 0 => length.checked_sub(distance),
        index => index.ok(),
    }
}

/// Returns the positions that a slice selects in an array (RFC 9535 §2.3.4.2.2).
fn slice(length: usize, start: Option<i64>, end: Option<i64>, step: i64) -> Vec<usize> {
    let length = i128::try_from(length).unwrap_or(i128::MAX);
    let position = |index: Option<i64>, default: i128, limits: (i128, i128)| {
        let index = index.map_or(default, |index| match i128::from(index) {
            index if index < 0 => index + length,
            index => index,
        });
        index.clamp(limits.0, limits.1)
    };
    let step = i128::from(step);
    let (mut at, end) = match step > 0 {
        true => (position(start, 0, (0, length)), position(end, length, (0, length))),
        false => {
            let limits = (-1, length - 1);
            (position(start, length - 1, limits), position(end, -1, limits))
        }
    };
    let mut positions = Vec::new();
    while (step > 0 && at < end) || (step < 0 && at > end) {
        positions.extend(usize::try_from(at));
        at += step;
    }
    positions
}

fn invalid_use(function: &TestFunction) -> String {
    match function {
        TestFunction::Custom(name, _) => {
            format!("`{name}` is not a function of JSONPath: RFC 9535 does not define it")
        }
        TestFunction::Match(..) | TestFunction::Search(..) => {
            "`match` and `search` are conditions, not values".to_owned()
        }
        TestFunction::Length(_) | TestFunction::Count(_) | TestFunction::Value(_) => {
            "`length`, `count` and `value` are values, to be compared with others; `count` and `value` \
             take a query"
                .to_owned()
        }
    }
}

fn literal_value(literal: &Literal) -> Node {
    new_node(match literal {
        Literal::Int(int) => Kind::Number(Number::Int(i128::from(*int))),
        Literal::Float(float) => Kind::Number(Number::Float(*float)),
        Literal::String(text) => Kind::String(text.clone()),
        Literal::Bool(value) => Kind::Bool(*value),
        Literal::Null => Kind::Null,
    })
}

/// Creates a value that is compared, and not part of a document.
fn new_node(kind: Kind) -> Node {
    Node { kind, origin: Origin::default() }
}
