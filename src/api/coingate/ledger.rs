//! Balances, which CoinGate calls ledger accounts (2.3).

use super::request_bodies::ListParameters;
use super::{
    auth::ApiCaller,
    catalog::Listed,
    error::{ApiError, Subject},
    orders::page,
    parameters::Parameters,
    shapes::{PageShape, account_id},
};
use crate::{
    domain::{ids::MerchantId, ledger::Balance, refusal::Refusal},
    service::balance,
    state::Requite,
};
use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = LedgerAccount)]
struct AccountShape {
    id: String,
    balance: String,
    status: &'static str,
    account_type: &'static str,
    title: &'static str,
    currency: AccountCurrencyShape,
    /// What is set aside for refunds on their way; not part of `balance`.
    reserved: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = LedgerCurrency)]
struct AccountCurrencyShape {
    id: i64,
    title: &'static str,
    kind: &'static str,
    symbol: &'static str,
    enabled: bool,
    #[schema(required)]
    disabled_message: Option<String>,
}

impl AccountShape {
    fn new(merchant: MerchantId, balance: &Balance) -> Self {
        let listed = Listed::Coin(balance.available.currency());
        Self {
            id: account_id(merchant, listed.currency()),
            balance: balance.available.number(),
            status: "active",
            account_type: "main",
            title: listed.title(),
            currency: AccountCurrencyShape {
                id: listed.id(),
                title: listed.title(),
                kind: listed.kind(),
                symbol: listed.symbol(),
                enabled: true,
                disabled_message: None,
            },
            reserved: balance.reserved.number(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = LedgerAccounts)]
struct AccountsShape {
    #[serde(flatten)]
    page: PageShape,
    total_accounts: usize,
    accounts: Vec<AccountShape>,
}

/// Lists balances.
///
/// Those that the merchant ever had money in.
#[utoipa::path(
    get,
    path = "/ledger/accounts",
    operation_id = "listLedgerAccounts",
    tag = "Ledger accounts",
    security(("token" = ["read"])),
    params(
        ListParameters,
    ),
    responses((status = 200, description = "The balances", body = AccountsShape)),
)]
pub async fn accounts(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let page = page(&mut parameters, false);
    let page = parameters.finish(Subject::LedgerAccount, page)?;
    let balances = balance::list(&requite, &actor).await?;
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let before = usize::try_from(page.number.saturating_sub(1)).unwrap_or(usize::MAX).saturating_mul(size);
    let shown = balances.iter().skip(before).take(size).map(|balance| AccountShape::new(actor.merchant(), balance));
    let total = balances.len();
    let head = PageShape::new(page, i64::try_from(total).unwrap_or(i64::MAX));
    Ok(Json(AccountsShape { page: head, total_accounts: total, accounts: shown.collect() }))
}

/// Shows a balance.
#[utoipa::path(
    get,
    path = "/ledger/accounts/{id}",
    operation_id = "getLedgerAccount",
    tag = "Ledger accounts",
    security(("token" = ["read"])),
    params(
        ("id" = String, Path, description = "The ledger account's id."),
    ),
    responses((status = 200, description = "The balance", body = AccountShape)),
)]
pub async fn account(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let merchant = actor.merchant();
    let balances = balance::list(&requite, &actor).await?;
    let found = balances.iter().find(|balance| account_id(merchant, balance.available.currency()) == id.to_uppercase());
    let found =
        found.ok_or_else(|| ApiError::of(Subject::LedgerAccount, vec![Refusal::not_found("ledger account")]))?;
    Ok(Json(AccountShape::new(merchant, found)))
}
