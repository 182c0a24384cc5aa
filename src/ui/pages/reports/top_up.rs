//! How a balance gets more: with test money in the sandbox, and on real networks at the payout accounts.

use crate::{
    domain::{
        money::currency::Currency,
        names::Named,
        people::actor::{Actor, Permission},
    },
    languages::Language,
    server_fns::balances::TopUpBalance,
    state::Requite,
    ui::components::field::{Field, Select},
    web::{paths, search::sends_for_real},
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::Deserialize;

/// The amount of a form that was refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TypedAmount {
    amount: String,
}

/// The form in a sandbox where everything is simulated, for whoever may send it. On real networks, where the addresses are that
/// coins are sent to. `currency` is that of the page, if it has one.
pub fn top_up_section(
    language: Language,
    requite: &Requite,
    actor: &Actor,
    currency: Option<Currency>,
    typed: &TypedAmount,
) -> Option<AnyView> {
    if sends_for_real(requite) {
        let (before, after) = language.around("balances-top-up-real", "payouts");
        let payouts = language.text("balances-payouts");
        return Some(view! { <p>{before} <a href=paths::PAYOUTS>{payouts}</a> {after}</p> }.into_any());
    }
    (requite.simulates() && actor.may(Permission::ManageIntents))
        .then(|| form(language, currency, requite.context().id().to_string(), &typed.amount))
}

/// `key` tells a form that is sent twice from two forms.
fn form(language: Language, currency: Option<Currency>, key: String, amount: &str) -> AnyView {
    let text = |id: &str| language.text(id);
    let (choice, label) = match currency {
        Some(currency) => {
            let chosen = view! { <input type="hidden" name="currency" value=currency.code() /> }.into_any();
            (chosen, language.with("balances-top-up-amount-in", [("currency", currency.code())]))
        }
        None => {
            let options = Currency::all().map(|currency| (currency.code(), currency.code())).collect();
            let (label, first) = (text("balances-currency"), Currency::Usd.code());
            let select = view! { <Select name="currency" label options value=first /> }.into_any();
            (select, text("balances-top-up-amount"))
        }
    };
    view! {
        <form method="post" action=TopUpBalance::url() class="card stack">
            <h2>{text("balances-top-up")}</h2>
            <p class="hint">{text("balances-top-up-hint")}</p>
            <input type="hidden" name="key" value=key />
            {choice}
            <Field name="amount" label=label value=amount required=true />
            <div class="actions">
                <button class="button">{text("balances-add")}</button>
            </div>
        </form>
    }
    .into_any()
}
