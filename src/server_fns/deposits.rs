//! Deposits on real networks.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Decides that a deposit is lost.
#[server(prefix = "/do", endpoint = "deposits/write-off")]
pub async fn write_deposit_off(deposit: String, #[server(default)] note: String) -> Result<(), DomainError> {
    use crate::{
        service::operations::lost_deposits,
        store::chain::lost_deposits::Resolution,
        texts::success::Success,
        web::{form_query::with_success_notice, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&deposit, std::convert::identity, "error-unknown-deposit")?;
        let done = lost_deposits::write_off(&requite.store, &requite.context(), &actor, id, &note).await?;
        let success = match done {
            Resolution::TakenBack => Success::DepositTakenBack,
            Resolution::WrittenOff => Success::DepositWrittenOff,
        };
        Ok(with_success_notice(paths::PAYOUTS, success))
    };
    forms::answer(paths::PAYOUTS, done.await)
}

/// Decides that a deposit that was written off has arrived after all.
#[server(prefix = "/do", endpoint = "deposits/recover")]
pub async fn recover_deposit(deposit: String) -> Result<(), DomainError> {
    use crate::{
        service::operations::lost_deposits,
        texts::success::Success,
        web::{form_query::with_success_notice, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&deposit, std::convert::identity, "error-unknown-deposit")?;
        lost_deposits::recover((&requite).into(), &requite.context(), &actor, id).await?;
        Ok(with_success_notice(paths::PAYOUTS, Success::DepositRecovered))
    };
    forms::answer(paths::PAYOUTS, done.await)
}
