//! Balances, which CoinGate calls ledger accounts.

use super::{
    dialect::Caller,
    error::{ApiError, ErrorSubject},
    orders::page,
    parameters::Parameters,
    request_schemas::ListParameters,
    responses::PageResponse,
};
use crate::{
    api::input::access::scope,
    domain::{error::DomainError, ids::MerchantId, ledger::Balance},
    service::ledger,
    state::Requite,
    wire::coingate::{CoinGateCurrency, account_id},
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
struct LedgerAccountResponse {
    id: String,
    balance: String,
    status: &'static str,
    account_type: &'static str,
    title: String,
    currency: AccountCurrencyResponse,
    /// The money reserved for refunds that are not completed. It is not part of `balance`.
    reserved: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = LedgerCurrency)]
struct AccountCurrencyResponse {
    id: i64,
    title: String,
    kind: &'static str,
    symbol: &'static str,
    enabled: bool,
    #[schema(required)]
    disabled_message: Option<String>,
}

impl LedgerAccountResponse {
    fn new(merchant: MerchantId, balance: &Balance) -> Self {
        let listed = CoinGateCurrency::Coin(balance.available.currency());
        Self {
            id: account_id(merchant, listed.currency()),
            balance: balance.available.number(),
            status: "active",
            account_type: "main",
            title: listed.title(),
            currency: AccountCurrencyResponse {
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
struct AccountsResponse {
    #[serde(flatten)]
    page: PageResponse,
    total_accounts: usize,
    accounts: Vec<LedgerAccountResponse>,
}

/// Lists balances.
///
/// The list contains every currency that the merchant ever had money in.
#[utoipa::path(
    get,
    path = "/ledger/accounts",
    operation_id = "listLedgerAccounts",
    tag = "Ledger accounts",
    params(ListParameters),
    responses((status = 200, description = "The balances", body = AccountsResponse)),
)]
pub async fn accounts(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let page = page(&mut parameters, false);
    let page = parameters.finish(ErrorSubject::LedgerAccount, || Some(page))?;
    let balances = ledger::list(&requite.store, &actor).await?;
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let before = usize::try_from(page.number.saturating_sub(1)).unwrap_or(usize::MAX).saturating_mul(size);
    let shown =
        balances.iter().skip(before).take(size).map(|balance| LedgerAccountResponse::new(actor.merchant(), balance));
    let total = balances.len();
    let head = PageResponse::new(page, i64::try_from(total).unwrap_or(i64::MAX));
    Ok(Json(AccountsResponse { page: head, total_accounts: total, accounts: shown.collect() }))
}

/// Returns a balance.
#[utoipa::path(
    get,
    path = "/ledger/accounts/{id}",
    operation_id = "getLedgerAccount",
    tag = "Ledger accounts",
    params(("id" = String, Path, description = "The ledger account's ID.")),
    responses((status = 200, description = "The balance", body = LedgerAccountResponse)),
)]
pub async fn account(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let merchant = actor.merchant();
    let balances = ledger::list(&requite.store, &actor).await?;
    let found = balances.iter().find(|balance| account_id(merchant, balance.available.currency()) == id.to_uppercase());
    let found = found.ok_or_else(|| {
        ApiError::of(ErrorSubject::LedgerAccount, DomainError::not_found("error-unknown-ledger-account"))
    })?;
    Ok(Json(LedgerAccountResponse::new(merchant, found)))
}
