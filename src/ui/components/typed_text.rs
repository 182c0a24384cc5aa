//! Text that people or other systems wrote. It is isolated, so that its direction does not change what is around it, and
//! shows characters that could not be seen.

use super::status::Badge;
use crate::{
    domain::text::{mixed_scripts, revealed},
    web::language::language,
};
use leptos::prelude::*;

/// A name, a note, a reason, a title.
#[component]
pub fn TypedText(#[prop(into)] text: String) -> impl IntoView {
    view! { <bdi>{revealed(&text)}</bdi> }
}

/// A text that may be missing, as the value of a fact.
pub fn typed_or_dash(text: Option<&str>) -> AnyView {
    match text {
        Some(text) => view! { <TypedText text /> }.into_any(),
        None => "–".into_any(),
    }
}

/// An e-mail address, marked if it mixes letters of several scripts: such an address may imitate another one.
pub fn mail_address(address: &str) -> AnyView {
    let scripts = mixed_scripts(address);
    let language = language();
    let names = scripts.into_iter().map(|script| language.with("components-script", [("name", script)]));
    let names = names.reduce(|first, second| language.with("components-both", [("first", first), ("second", second)]));
    let mark = names.map(|names| {
        let label = language.with("components-mixed-scripts", [("scripts", names)]);
        view! { " " <Badge status="pending" label /> }
    });
    view! { <TypedText text=address /> {mark} }.into_any()
}

/// An e-mail address that may be missing, as the value of a fact.
pub fn mail_address_or_dash(address: Option<&str>) -> AnyView {
    address.map_or_else(|| "–".into_any(), mail_address)
}
