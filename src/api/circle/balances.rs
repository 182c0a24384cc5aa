//! The merchant's money.

use super::{dialect::Caller, error::ApiError, requests};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, filters::Filters},
    },
    service::{ledger, people::team},
    state::Requite,
    wire::circle::MoneyObject,
};
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = Balances)]
struct BalancesResponse {
    available: Vec<MoneyObject>,
    unsettled: Vec<MoneyObject>,
    requite: BalanceExtras,
}

/// Requite's addition: `reserved` is the money reserved for refunds that are not completed.
#[derive(Serialize, ToSchema)]
#[schema(as = BalancesExtras)]
struct BalanceExtras {
    reserved: Vec<MoneyObject>,
}

/// Lists balances.
///
/// The lists contain every currency that the merchant ever had.
///
/// In Circle's API, `unsettled` is money that was "captured" and "will become available to spend". Requite credits a
/// payment when it is final, so `unsettled` is always empty. Money reserved for refunds is not part of it, because a
/// client that adds both lists must not count this money as incoming; it is in `requite.reserved`.
#[utoipa::path(
    get,
    path = "/businessAccount/balances",
    operation_id = "listBalances",
    tag = "Account",
    params(("walletId" = Option<String>, Query, description = "The ID of your wallet. A merchant has only one.")),
    responses((status = 200, description = "The balances", body = BalancesResponse)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let wallet = filters.read("walletId", |text| Some(text.to_owned()), Clone::clone, "It may be given once.");
    filters.finish()?;
    let merchant = team::merchant(&requite.store, &actor).await?;
    requests::require_wallet(wallet.as_deref(), &merchant.wallet_number, "walletId")?;
    let balances = ledger::list(&requite.store, &actor).await?;
    let available = balances.iter().map(|balance| balance.available.into()).collect();
    let reserved = balances.iter().map(|balance| balance.reserved.into()).collect();
    Ok(data(StatusCode::OK, BalancesResponse { available, unsettled: Vec::new(), requite: BalanceExtras { reserved } }))
}
