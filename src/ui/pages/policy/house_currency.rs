//! The currency of the books: everybody can read it, an owner can choose another one.

use crate::{
    domain::{
        money::currency::Currency,
        reports::{
            house_currency::{self, HouseCurrencies},
            month::Month,
        },
    },
    languages::Language,
    server_fns::statements::ChooseHouseCurrency,
    texts::{calendar, money},
    ui::components::field::Select,
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The currency of the current month, the one that counts later, and the form.
pub fn section(language: Language, chosen: &HouseCurrencies, current: Month, may_choose: bool) -> AnyView {
    let text = |id: &str| language.text(id);
    let now = chosen.of(current);
    let later = chosen.after(current);
    let value = later.map_or(now, |(_, currency)| currency);
    let later = later.map(|(since, currency)| {
        let values = [("currency", title(language, currency)), ("month", calendar::of_month(language, since))];
        view! { <p>{language.with("policy-books-later", values)}</p> }
    });
    let form = may_choose.then(|| {
        let options = options(language);
        view! {
            <form method="post" action=ChooseHouseCurrency::url() class="stack">
                <Select name="house_currency" label=text("policy-books-other") options value=value.code() />
                <p class="hint">{text("policy-books-hint")}</p>
                <div class="actions">
                    <button class="button">{text("policy-books-choose")}</button>
                </div>
            </form>
        }
    });
    let values = [("currency", title(language, now))];
    let (before, after) = language.around_with("policy-books-show", "statements", values);
    view! {
        <section class="card stack" aria-labelledby="books-title">
            <h2 id="books-title">{text("policy-books")}</h2>
            <p>{before} <a href=paths::STATEMENTS>{text("policy-statements")}</a> {after}</p>
            {later}
            {form}
            {(!may_choose).then(|| view! { <p class="hint">{text("policy-books-only-owners")}</p> })}
        </section>
    }
    .into_any()
}

/// The dollar and the euro, then the other currencies by their names.
fn options(language: Language) -> Vec<(&'static str, String)> {
    let mut options: Vec<_> = house_currency::choices().map(|currency| (currency, title(language, currency))).collect();
    options.sort_by_cached_key(|(currency, name)| matches!(currency, Currency::Fiat(_)).then(|| in_order(name)));
    options.into_iter().map(|(currency, name)| (currency.code(), name)).collect()
}

/// A name as lists are sorted by it: German sorts `Ä` as `A`.
fn in_order(name: &str) -> String {
    name.to_lowercase().replace('ä', "a").replace('ö', "o").replace('ü', "u")
}

fn title(language: Language, currency: Currency) -> String {
    match currency {
        Currency::Usd => language.text("policy-dollar"),
        Currency::Eur => language.text("policy-euro"),
        currency => money::of_currency(language, currency),
    }
}
