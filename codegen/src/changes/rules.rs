//! The table that decides what a change means, by the item, the change, and the direction of the values.

use super::ChangeKind::{
    self, Added, AddedRequired, Deprecated, Moved, Optional, Removed, Renamed, Reordered, Required,
    Retyped,
};
use super::Impact::{self, Breaking, Safe, Tests};
use crate::surface::Direction;
use crate::surface::ItemKind::{
    self, Argument, BuilderMethod, Constructor, Error, Field, Header, Operation, RequestMethod,
    Response, Status, Trait, Type, Variant,
};

/// What a change means, and why.
pub type Effect = (Impact, &'static str);

/// What a change of an item means.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The item.
    pub item: ItemKind,
    /// The change.
    pub change: ChangeKind,
    /// What it means if the values are sent.
    pub sent: Effect,
    /// What it means if they are received.
    pub received: Effect,
}

/// Returns a rule that is the same in both directions.
const fn rule(item: ItemKind, change: ChangeKind, impact: Impact, reason: &'static str) -> Rule {
    Rule { item, change, sent: (impact, reason), received: (impact, reason) }
}

const NON_EXHAUSTIVE: &str = "the enum is `#[non_exhaustive]`, so every `match` has another arm";
const ANOTHER_TYPE: &str = "code that uses the value expects the old type";
const GONE: &str = "code that names it does not compile";
const ANOTHER_NAME: &str = "code that uses the old name does not compile";
const UNUSED: &str = "existing code does not use it";
const ARGUMENT_MORE: &str = "the method takes one more argument";
const ARGUMENT_LESS: &str = "the method takes one argument less";
const NEW_TAKES_MORE: &str = "the constructor takes one more value";
const OPTION_GONE: &str = "the field is no longer an `Option`, or the constructor takes it";
const OPTION_NOW: &str = "the field is an `Option`, or the constructor does not take it any more";
const TEST_VALUES: &str =
    "code that reads responses compiles as before; tests that construct the type do not";

/// Every rule. An item and a change without a rule do not occur.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    rule(Operation, Added, Safe, UNUSED),
    rule(Operation, Removed, Breaking, "code that calls the method does not compile"),
    rule(Operation, Renamed, Breaking, ANOTHER_NAME),
    rule(Operation, Moved, Safe, "the same code compiles, and its requests use the new method and path"),
    rule(Operation, Deprecated, Safe, "code that calls the method compiles with a warning"),
    rule(Operation, Reordered, Breaking, "the arguments of the method have another order"),
    rule(Argument, Added, Breaking, ARGUMENT_MORE),
    rule(Argument, Removed, Breaking, ARGUMENT_LESS),
    rule(Argument, Retyped, Breaking, "the argument of the method has another type"),
    rule(Argument, Required, Breaking, ARGUMENT_MORE),
    rule(ItemKind::Option, Added, Safe, UNUSED),
    rule(ItemKind::Option, Removed, Breaking, "code that sets it does not compile"),
    rule(ItemKind::Option, Renamed, Breaking, ANOTHER_NAME),
    rule(ItemKind::Option, Retyped, Breaking, "the method that sets it takes another type"),
    rule(ItemKind::Option, Optional, Breaking, ARGUMENT_LESS),
    rule(RequestMethod, Added, Safe, UNUSED),
    rule(RequestMethod, Removed, Breaking, GONE),
    rule(RequestMethod, Retyped, Breaking, ANOTHER_TYPE),
    rule(Response, Retyped, Breaking, ANOTHER_TYPE),
    rule(Error, Retyped, Breaking, "code that handles the errors expects the old type"),
    rule(Status, Added, Safe, NON_EXHAUSTIVE),
    rule(Status, Removed, Breaking, "code that matches the variant does not compile"),
    rule(Status, Retyped, Breaking, "the variant contains another type"),
    rule(Header, Added, Safe, "the struct of headers is `#[non_exhaustive]`"),
    rule(Header, Removed, Breaking, GONE),
    rule(Header, Renamed, Breaking, ANOTHER_NAME),
    rule(Header, Retyped, Breaking, ANOTHER_TYPE),
    rule(Type, Added, Safe, UNUSED),
    rule(Type, Removed, Breaking, GONE),
    rule(Type, Renamed, Breaking, "code that uses the old name does not compile; to keep the name, set it in `[names.types]` of vendor.toml"),
    rule(Type, Retyped, Breaking, "the type is of another kind"),
    Rule { item: Constructor, change: Retyped, sent: (Breaking, "code that constructs the type does not compile"), received: (Tests, TEST_VALUES) },
    Rule { item: Constructor, change: Reordered, sent: (Breaking, "the arguments of the constructor have another order"), received: (Tests, TEST_VALUES) },
    rule(Trait, Added, Safe, UNUSED),
    rule(Trait, Removed, Breaking, "code that requires the trait does not compile"),
    rule(Field, Added, Safe, "the struct is `#[non_exhaustive]`, and its constructor does not take the field"),
    Rule { item: Field, change: AddedRequired, sent: (Breaking, NEW_TAKES_MORE), received: (Tests, TEST_VALUES) },
    rule(Field, Removed, Breaking, GONE),
    rule(Field, Renamed, Breaking, ANOTHER_NAME),
    rule(Field, Retyped, Breaking, ANOTHER_TYPE),
    rule(Field, Required, Breaking, OPTION_GONE),
    rule(Field, Optional, Breaking, OPTION_NOW),
    rule(Variant, Added, Safe, NON_EXHAUSTIVE),
    rule(Variant, Removed, Breaking, "code that names the variant does not compile"),
    rule(Variant, Renamed, Breaking, ANOTHER_NAME),
    rule(Variant, Retyped, Breaking, "the variant contains another type"),
    rule(BuilderMethod, Added, Safe, UNUSED),
    rule(BuilderMethod, AddedRequired, Breaking, "calls fail until it is set"),
    rule(BuilderMethod, Removed, Breaking, GONE),
    rule(BuilderMethod, Renamed, Breaking, ANOTHER_NAME),
    rule(BuilderMethod, Retyped, Breaking, "the method takes another type"),
    rule(BuilderMethod, Required, Breaking, "calls fail until it is set"),
    rule(BuilderMethod, Optional, Safe, "the client sends a default"),
];

/// Returns what a change means. In both directions, it means the worse of the two.
pub(super) fn effect(item: ItemKind, change: ChangeKind, direction: Direction) -> Effect {
    let rule = RULES.iter().find(|rule| rule.item == item && rule.change == change);
    match (rule, direction) {
        (Some(rule), Direction::Sent) => rule.sent,
        (Some(rule), Direction::Received) => rule.received,
        (Some(rule), Direction::Both) if rule.received.0 > rule.sent.0 => rule.received,
        (Some(rule), Direction::Both) => rule.sent,
        // A test compares the table with the changes that exist. A change is breaking unless it is known.
        (None, _) => (Breaking, "no rule covers this change"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_and_change_has_one_rule() {
        for (index, rule) in RULES.iter().enumerate() {
            let is_same = |it: &&Rule| it.item == rule.item && it.change == rule.change;
            assert_eq!(RULES.iter().position(|it| is_same(&it)), Some(index), "{rule:?}");
        }
    }

    #[test]
    fn values_in_both_directions_have_the_worse_effect() {
        let impact = |direction| effect(Field, AddedRequired, direction).0;
        assert_eq!(impact(Direction::Sent), Breaking);
        assert_eq!(impact(Direction::Received), Tests);
        assert_eq!(impact(Direction::Both), Breaking);
    }
}
