//! The components of pages, each in each state, for people who design pages. Only a sandbox has this page.
//! `docs/design-language.md` explains the choices.

mod inputs;
mod lists;
mod notices;
mod values;

use crate::{
    config::Mode,
    domain::{error::DomainError, names::Named, refunds::refund::RefundStatus},
    ui::{
        components::{
            icon::{Drawing, Icon},
            list::ListHead,
            menu::ActionsMenu,
            status::{Badge, RefundBadge},
        },
        page::{Content, page},
    },
    web::{embedded_files, forms::caller},
};
use leptos::prelude::*;
use strum::VariantArray;

/// Every section, one below the other.
#[component]
pub fn StyleguidePage() -> impl IntoView {
    let caller = caller();
    page(async move {
        let (requite, actor) = caller?;
        if requite.settings.mode != Mode::Sandbox {
            return Err(DomainError::not_found("error-unknown-page").into());
        }
        let now = requite.context().now;
        Ok(Content::new(
            "Style guide",
            view! {
                <ListHead title="Style guide" file=None saved_as="" />
                <p class="lead">"Each component in each state, as pages use it."</p>
                {type_scale()}
                {icons()}
                {buttons()}
                {badges()}
                {notices::notices()}
                {inputs::inputs(now)}
                {lists::lists(&actor)}
                {lists::found()}
                {values::facts(now)}
                {values::marks()}
                {values::charts()}
            },
        ))
    })
}

fn type_scale() -> AnyView {
    view! {
        <section aria-labelledby="type-title">
            <h2 id="type-title">"Type"</h2>
            <div class="card">
                <p class="tile-value number">"1,234.56 Tile"</p>
                <p class="lead">"Large: the first sentence of a page, and headings in it. Größe, Straße, Łódź, çağ."</p>
                <p>"Body: sentences, inputs and tables, with a " <a href="#type-title">"link"</a> "."</p>
                <p class="hint">"Small: hints, labels and times."</p>
                <p class="mono wrap">"Mono: 0x8ba1f109551bD432803012645Ac136ddd64DBA72"</p>
                <p class="hint">
                    "Typeface and icons have their own " <a href=embedded_files::licences()>"licences"</a> "."
                </p>
            </div>
        </section>
    }
    .into_any()
}

fn icons() -> AnyView {
    let all = Drawing::VARIANTS.iter().map(|drawing| {
        view! {
            <li>
                <Icon of=*drawing />
                {drawing.name()}
            </li>
        }
    });
    view! {
        <section aria-labelledby="icons-title">
            <h2 id="icons-title">"Icons"</h2>
            <ul class="specimens card">{all.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn buttons() -> AnyView {
    view! {
        <section aria-labelledby="buttons-title">
            <h2 id="buttons-title">"Buttons and menus"</h2>
            <div class="card"><div class="actions">
                <button type="button" class="button" data-kind="primary">"Primary"</button>
                <button type="button" class="button">"Plain"</button>
                <button type="button" class="button"><Icon of=Drawing::Export /> "With an icon"</button>
                <button type="button" class="button" data-kind="quiet">"Quiet"</button>
                <button type="button" class="button" aria-disabled="true">"Working"</button>
                <button type="button" class="chip">"Chip"</button>
                <ActionsMenu>
                    <button type="button" class="menu-item">"An action"</button>
                    <span class="menu-item" aria-disabled="true">"One that is not possible"</span>
                    <p class="hint">"The reason stands below it."</p>
                </ActionsMenu>
            </div></div>
        </section>
    }
    .into_any()
}

fn badges() -> AnyView {
    let refunds = RefundStatus::all().map(|status| view! { <RefundBadge status /> });
    let others = ["active", "pending", "processing", "failed", "expired"];
    let others = others.map(|status| view! { <Badge status=status /> });
    view! {
        <section aria-labelledby="badges-title">
            <h2 id="badges-title">"States"</h2>
            <div class="card"><p class="actions">{refunds.collect_view()} {others}</p></div>
        </section>
    }
    .into_any()
}
