//! What a surface calls the inputs that errors are about.

use crate::domain::error::Field;
use std::borrow::Cow;

/// Where a request has an input, in the surface's spelling: `paymentMethods.0.chain`, `platform_id`.
pub type Place = Cow<'static, str>;

/// The fields that a surface calls otherwise than the domain. A test keeps the list of what each surface calls every field.
pub type FieldNames = [(Field, &'static str)];

/// The surface's name for a field.
pub fn name(names: &FieldNames, field: Field) -> Place {
    names.iter().find(|(named, _)| *named == field).map_or_else(|| field.name(), |(_, name)| (*name).into())
}
