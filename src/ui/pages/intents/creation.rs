//! The form for a payment intent: first the coin, then the amount and the networks on which it can be paid.

use crate::{
    domain::{address::pairs::Pairs, money::currency::Currency, names::Named},
    languages::Language,
    server_fns::intents::CreateIntent,
    service::intents,
    ui::{
        components::{
            empty::EmptyState,
            field::{Field, Select},
            list::filter_form,
        },
        page::{Content, page, query},
    },
    web::{forms::caller, language::language, paths},
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::Deserialize;
use uuid::Uuid;

/// What was typed before: the coin that was chosen, and the amount of a form that was refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    coin: String,
    amount: String,
}

/// Two plain forms.
#[component]
pub fn NewIntentPage() -> impl IntoView {
    let caller = caller();
    let typed: Typed = query();
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let pairs = intents::payable(requite.chain.as_ref(), &actor)?;
        let coins: Vec<_> = Currency::all().filter(|coin| pairs.supporting(*coin).next().is_some()).collect();
        let chosen = <Currency as Named>::parse(&typed.coin).filter(|coin| coins.contains(coin));
        let chosen = chosen.or_else(|| coins.first().copied());
        let key = requite.context().id();
        let body = match chosen {
            Some(coin) => view! {
                {choice_of_coin(language, &coins, coin)}
                {form(language, &pairs, &coins, coin, &typed.amount, key)}
            }
            .into_any(),
            None => {
                let title = language.text("intents-no-coin");
                view! { <EmptyState title>{language.text("intents-no-coin-text")}</EmptyState> }.into_any()
            }
        };
        let title = language.text("intents-new");
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {body}
            },
        )
        .below(paths::PAYMENT_INTENTS, language.text("intents-title")))
    })
}

fn choice_of_coin(language: Language, coins: &[Currency], chosen: Currency) -> AnyView {
    let options = coins.iter().map(|coin| (coin.code(), coin.coin_symbol().to_owned())).collect();
    let label = language.text("intents-pays-in");
    let filters = view! { <Select name="coin" label options value=chosen.code() /> };
    filter_form(None, filters, None)
}

fn form(language: Language, pairs: &Pairs, coins: &[Currency], coin: Currency, amount: &str, key: Uuid) -> AnyView {
    let networks = pairs
        .supporting(coin)
        .map(|network| {
            view! {
                <label class="choice">
                    <input type="checkbox" name=format!("networks[{}]", network.code()) value="yes" />
                    {network.title()}
                </label>
            }
        })
        .collect_view();
    // A balance in a coin that this server cannot send could not pay a refund.
    let currencies = coins.iter().map(|coin| (coin.code(), coin.code().to_owned())).collect();
    let amount_label = language.with("intents-amount-of", [("coin", coin.coin_symbol())]);
    let credited_in = language.text("intents-credited-in");
    view! {
        <form method="post" action=CreateIntent::url() class="card stack">
            <h2>{language.text("intents-what-is-paid")}</h2>
            <input type="hidden" name="key" value=key.to_string() />
            <input type="hidden" name="coin" value=coin.code() />
            <Field name="amount" label=amount_label value=amount required=true />
            <fieldset class="field">
                <legend>{language.text("intents-networks")}</legend>
                <div class="choices">{networks}</div>
            </fieldset>
            <Select name="settlement" label=credited_in options=currencies value=coin.code() />
            <div class="actions">
                <button class="button" data-kind="primary">{language.text("intents-create")}</button>
            </div>
        </form>
    }
    .into_any()
}
