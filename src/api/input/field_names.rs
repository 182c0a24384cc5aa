//! The names that a surface has for the inputs of the domain, for errors.

use crate::domain::error::Field;
use std::borrow::Cow;

/// The location of an input in a request, in the surface's spelling: `paymentMethods.0.chain`, `platform_id`.
pub type Place = Cow<'static, str>;

/// The fields whose name on a surface differs from the domain's. A test lists the name of every field on each surface.
pub type FieldNames = [(Field, &'static str)];

/// The surface's name for a field.
pub fn name(names: &FieldNames, field: Field) -> Place {
    names.iter().find(|(named, _)| *named == field).map_or_else(|| field.name(), |(_, name)| (*name).into())
}
