//! What the overview shows before there is a refund: how to make a payment intent and refund it, with this server's
//! address.

mod commands;

pub use commands::{Commands, QuickStart};

use crate::{
    domain::people::actor::{Actor, Permission},
    languages::Language,
    ui::components::copy::copy_button,
    web::paths,
};
use leptos::prelude::*;

/// Keeps the key that is pasted next, without showing it or leaving it in the shell's history.
const KEEP_KEY: &str = "read -rs KEY";
/// The same for the address that is pasted next.
const KEEP_ADDRESS: &str = "read -r ADDRESS";

/// The section. Nothing if the server offers no coin: then its settings have to name a network first.
pub fn quick_start(language: Language, start: &QuickStart, actor: &Actor) -> Option<AnyView> {
    let Commands { create, pay, refund } = start.commands()?;
    let text = |id: &str| language.text(id);
    let key = if actor.may(Permission::ManageApiKeys) {
        let (before, after) = language.around("start-make-key", "keys");
        view! { {before} <a href=paths::API_KEYS>{text("start-api-keys")}</a> {after} }.into_any()
    } else {
        text("start-ask-for-key").into_any()
    };
    let form = actor.may(Permission::ManageIntents).then(|| {
        let (before, after) = language.around("start-fill-in", "form");
        view! { " " {before} <a href=paths::NEW_PAYMENT_INTENT>{text("start-form")}</a> {after} }
    });
    let (before_docs, after_docs) = language.around("start-more", "docs");
    let pay = pay.map(|pay| {
        view! {
            <p>{text("start-pay-text")}</p>
            {command(text("start-pay"), pay)}
        }
    });
    Some(
        view! {
            <section class="card" aria-labelledby="start-title">
                <h2 id="start-title">{text("start-title")}</h2>
                <ol class="stack numbered">
                    <li>
                        <h3>{text("start-key")}</h3>
                        <p>{key} " " {text("start-key-text")}</p>
                        {command(text("start-keep-key"), KEEP_KEY.to_owned())}
                    </li>
                    <li>
                        <h3>{text("start-payment")}</h3>
                        <p>{text("start-payment-text")} {form}</p>
                        {command(text("start-ask-for-payment"), create)}
                        {pay}
                    </li>
                    <li>
                        <h3>{text("start-refund")}</h3>
                        <p>{text("start-refund-text")}</p>
                        {command(text("start-keep-address"), KEEP_ADDRESS.to_owned())}
                        <p>{text("start-send-text")}</p>
                        {command(text("start-send"), refund)}
                    </li>
                </ol>
                <p>{before_docs} <a href=paths::DOCS>{text("start-docs")}</a> {after_docs}</p>
            </section>
        }
        .into_any(),
    )
}

fn command(what: String, text: String) -> AnyView {
    view! {
        <div class="command">
            <pre class="message" tabindex="0" role="group" aria-label=what>{text.clone()}</pre>
            {copy_button(text, "copy-command")}
        </div>
    }
    .into_any()
}
