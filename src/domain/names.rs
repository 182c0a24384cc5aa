//! The names of enums: each is written once, where the value is declared.

use std::{iter::Copied, slice};
use strum::VariantArray;

/// An enum whose values have stable names. Deriving `IntoStaticStr` and `VariantArray` makes it one.
pub trait Named: Copy + Into<&'static str> + VariantArray {
    /// Every value, in the order of the declaration.
    fn all() -> Copied<slice::Iter<'static, Self>> {
        Self::VARIANTS.iter().copied()
    }

    /// Every name, in the same order.
    fn names() -> Vec<&'static str> {
        Self::all().map(Self::as_str).collect()
    }

    fn as_str(self) -> &'static str {
        self.into()
    }

    /// The value with exactly this name.
    fn parse(name: &str) -> Option<Self> {
        Self::all().find(|value| value.as_str() == name)
    }
}

impl<T: Copy + Into<&'static str> + VariantArray> Named for T {}
