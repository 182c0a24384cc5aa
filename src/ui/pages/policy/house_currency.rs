//! The currency of the books: everybody can read it, an owner can choose another one.

use crate::{
    domain::{
        money::currency::Currency,
        reports::{
            house_currency::{self, HouseCurrencies},
            month::Month,
        },
    },
    server_fns::statements::ChooseHouseCurrency,
    ui::components::field::Select,
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The currency of the current month, the one that counts later, and the form.
pub fn section(chosen: &HouseCurrencies, current: Month, may_choose: bool) -> AnyView {
    let now = chosen.of(current);
    let later = chosen.after(current);
    let value = later.map_or(now, |(_, currency)| currency);
    let later = later.map(|(since, currency)| {
        view! { <p>{format!("{}, from {}", title(currency), since.title())}</p> }
    });
    let form = may_choose.then(|| {
        let options = house_currency::choices().map(|currency| (currency.code(), title(currency))).collect();
        view! {
            <form method="post" action=ChooseHouseCurrency::url() class="stack">
                <Select name="house_currency" label="Another currency" options value=value.code() />
                <p class="hint">
                    "It counts from the first month in which nothing was booked, this one or the next. Months before it keep \
                     theirs. The limits of the refund policy stay in US dollars."
                </p>
                <div class="actions">
                    <button class="button">"Choose"</button>
                </div>
            </form>
        }
    });
    view! {
        <section class="card stack" aria-labelledby="books-title">
            <h2 id="books-title">"Currency of the books"</h2>
            <p>
                {title(now)} ". " <a href=paths::STATEMENTS>"Statements"</a>
                " show in it what movements were worth when they were booked."
            </p>
            {later}
            {form}
            {(!may_choose).then(|| view! { <p class="hint">"An owner of the account can choose another one."</p> })}
        </section>
    }
    .into_any()
}

const fn title(currency: Currency) -> &'static str {
    match currency {
        Currency::Usd => "US dollar",
        Currency::Eur => "Euro",
        currency => currency.coin(),
    }
}
