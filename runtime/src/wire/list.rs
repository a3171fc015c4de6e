//! A borrowed list.

use super::{Encode, View};

/// A borrowed list that is written as a parameter.
#[derive(Debug, Clone, Copy)]
pub struct List<'a, T>(pub &'a [T]);

impl<T: Encode> Encode for List<'_, T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }

    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self.0 {
            each(item);
        }
    }
}
