//! Balances.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Sets the available balances below which people are told. Returns to the form with what was typed if it is invalid.
#[server(prefix = "/do", endpoint = "balances/minimum")]
pub async fn set_minimum_balances(#[server(default)] minimum_balances: String) -> Result<(), DomainError> {
    use crate::{
        service::ledger,
        texts::success::Success,
        web::{
            form_query::{MinimumBalancesQuery, with_success_notice},
            forms, paths,
        },
    };
    // After any refusal, the form shows the input again.
    let back = MinimumBalancesQuery::address(paths::SETTINGS, &minimum_balances);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let context = requite.context();
        Ok(match ledger::set_minimum_balances(&requite.store, &context, &actor, &minimum_balances).await? {
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
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    // Other text must not be put into a URL.
    let currency = Currency::parse(&currency);
    let page = currency.as_ref().map_or_else(|_| paths::BALANCES.to_owned(), |currency| paths::balance(*currency));
    let typed = serde_urlencoded::to_string([("amount", &amount)]).unwrap_or_default();
    let back = format!("{page}?{typed}");
    let done = async {
        let (requite, actor) = forms::caller()?;
        let currency = currency.map_err(|error| error.on(Field::AmountCurrency))?;
        let amount = Money::parse_positive(&amount, currency).map_err(|error| error.on(Field::Amount))?;
        let key = forms::id(&key, IdempotencyKey, "error-unknown-form")?;
        simulate::top_up((&requite).into(), &requite.context(), &actor, amount, key).await?;
        Ok(form_query::with_success_notice(&page, Success::BalanceToppedUp))
    };
    forms::answer(&back, done.await)
}
