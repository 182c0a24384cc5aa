//! Balances.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Sets the available balances below which people are told. Returns to the form with what was typed if it is invalid.
#[server(prefix = "/do", endpoint = "balances/minimum")]
pub async fn set_minimum_balances(#[server(default)] minimum_balances: String) -> Result<(), DomainError> {
    use crate::{
        domain::money::amounts::map_numbers,
        service::ledger,
        texts::{amounts, success::Success},
        web::{
            form_query::{MinimumBalancesQuery, with_success_notice},
            forms,
            language::language,
            paths,
        },
    };
    // After any refusal, the form shows the input again.
    let back = MinimumBalancesQuery::address(paths::SETTINGS, &minimum_balances);
    let language = language();
    let read = map_numbers(&minimum_balances, |typed| amounts::read(language, typed));
    let done = async {
        let (requite, actor) = forms::caller()?;
        let Ok(plain) = read else { return Ok(back.clone()) };
        let context = requite.context();
        Ok(match ledger::set_minimum_balances(&requite.store, &context, &actor, &plain).await? {
            Ok(()) => with_success_notice(paths::SETTINGS, Success::MinimumBalancesSet),
            Err(_) => back.clone(),
        })
    };
    forms::answer(&back, done.await)
}

/// Sandbox only: adds test money to a balance. `key` was made with the form.
#[server(prefix = "/do", endpoint = "balances/top-up")]
pub async fn top_up_balance(key: String, currency: String, amount: String) -> Result<(), DomainError> {
    use crate::{
        domain::{
            error::Field,
            ids::IdempotencyKey,
            money::{Money, currency::Currency},
        },
        service::simulate,
        texts::{amounts, success::Success},
        web::{form_query, forms, language::language, paths},
    };
    // Other text must not be put into a URL.
    let currency = Currency::parse(&currency);
    let page = currency.as_ref().map_or_else(|_| paths::BALANCES.to_owned(), |currency| paths::balance(*currency));
    let typed = serde_urlencoded::to_string([("amount", &amount)]).unwrap_or_default();
    let back = format!("{page}?{typed}");
    let read = amounts::read(language(), &amount);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let currency = currency.map_err(|error| error.on(Field::AmountCurrency))?;
        let amount =
            read.and_then(|plain| Money::parse_positive(&plain, currency)).map_err(|error| error.on(Field::Amount))?;
        let key = forms::id(&key, IdempotencyKey, "error-unknown-form")?;
        simulate::top_up((&requite).into(), &requite.context(), &actor, amount, key).await?;
        Ok(form_query::with_success_notice(&page, Success::BalanceToppedUp))
    };
    forms::answer(&back, done.await)
}
