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
