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
    texts::calendar,
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
        let options = house_currency::choices().map(|currency| (currency.code(), title(language, currency))).collect();
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

fn title(language: Language, currency: Currency) -> String {
    match currency {
        Currency::Usd => language.text("policy-dollar"),
        Currency::Eur => language.text("policy-euro"),
        currency => currency.coin().to_owned(),
    }
}
