//! The transactions of balances.

use super::{
    catalog::CurrencyResponse,
    dialect::Caller,
    error::{ApiError, ErrorSubject},
    orders::{page, sort},
    parameters::{Parameters, whole_number},
    request_schemas::ListParameters,
    responses::PageResponse,
};
use crate::{
    api::input::{access::scope, problems::Problems},
    domain::{
        error::{DomainError, ErrorCode},
        ids::MerchantId,
        ledger::{BalanceChange, BalanceEntry, EntrySource, PaymentReference, PostingReason},
        money,
    },
    service::ledger,
    state::Requite,
    store::reports::statements::{EntryFilter, SourceFilter},
    wire::coingate::{self, CoinGateCurrency, account_id, time},
};
use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use rust_decimal::Decimal;
use serde::Serialize;
use ulid::Ulid;
use utoipa::ToSchema;
use uuid::Uuid;

/// A ledger transaction. In CoinGate's bookkeeping, a balance is an asset: incoming money is debited, outgoing money is
/// credited.
#[derive(Serialize, ToSchema)]
#[schema(as = LedgerTransaction)]
struct EntryResponse {
    id: String,
    #[schema(format = DateTime)]
    created_at: String,
    purpose: String,
    r#type: &'static str,
    #[schema(required)]
    source_type: Option<&'static str>,
    #[schema(required, example = "1001")]
    source_id: Option<String>,
    account: EntryAccountResponse,
    currency: CurrencyResponse,
    credited_amount: String,
    debited_amount: String,
    closing_balance: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = LedgerTransactionAccount)]
struct EntryAccountResponse {
    id: String,
    title: String,
}

impl EntryResponse {
    fn new(merchant: MerchantId, entry: &BalanceEntry) -> Self {
        let change = &entry.change;
        let listed = CoinGateCurrency::Coin(change.currency);
        let (source_type, source_id) = match change.source {
            Some(EntrySource::Payment(PaymentReference::Order(number))) => (Some("Order"), Some(number.to_string())),
            Some(EntrySource::Refund { number, .. }) => (Some("MerchantRefund"), Some(number.to_string())),
            // This surface has no resource for these sources.
            Some(EntrySource::Payment(PaymentReference::Continuous(_))) | None => (None, None),
        };
        let ChangeResponse { id, r#type, credited_amount, debited_amount, purpose } = change.into();
        Self {
            id,
            created_at: time(change.at),
            purpose,
            r#type,
            source_type,
            source_id,
            account: EntryAccountResponse { id: account_id(merchant, change.currency), title: listed.title() },
            currency: listed.into(),
            credited_amount,
            debited_amount,
            closing_balance: money::number(entry.closing, change.currency),
        }
    }
}

/// A ledger transaction in the details of an order.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderLedgerTransaction)]
pub struct ChangeResponse {
    id: String,
    r#type: &'static str,
    credited_amount: String,
    debited_amount: String,
    purpose: String,
}

impl From<&BalanceChange> for ChangeResponse {
    fn from(change: &BalanceChange) -> Self {
        let written = |amount: Decimal| money::number(amount, change.currency);
        Self {
            id: entry_id(change),
            r#type: match change.reason {
                _ if change.is_fee => "fee",
                PostingReason::PaymentSettled
                | PostingReason::PaymentTakenBack
                | PostingReason::DepositWrittenOff
                | PostingReason::DepositRecovered => "merchant_order",
                PostingReason::SandboxFunding => "deposit",
                PostingReason::RefundReserved
                | PostingReason::RefundRepriced
                | PostingReason::RefundCorrected
                | PostingReason::RefundCompleted
                | PostingReason::RefundReleased => "merchant_refund",
            },
            credited_amount: written(-change.amount.min(Decimal::ZERO)),
            debited_amount: written(change.amount.max(Decimal::ZERO)),
            purpose: purpose(change),
        }
    }
}

/// The purpose of a change, for a person.
fn purpose(change: &BalanceChange) -> String {
    let of = match change.source {
        Some(EntrySource::Payment(of)) => paid_on(of),
        Some(EntrySource::Refund { number, of }) => format!("refund {number} of {}", paid_on(of)),
        None => "the sandbox".to_owned(),
    };
    let fee = if change.is_fee { "Fee of " } else { "" };
    match change.reason {
        PostingReason::PaymentSettled if change.is_fee => format!("Processing fee of {of}"),
        PostingReason::PaymentSettled => format!("Payment of {of}"),
        PostingReason::PaymentTakenBack => {
            capitalized(format!("{fee}payment of {of}, taken back because the network removed its block"))
        }
        PostingReason::DepositWrittenOff => {
            capitalized(format!("{fee}payment of {of}, written off because the network removed its block"))
        }
        PostingReason::DepositRecovered => capitalized(format!("{fee}payment of {of}, which has arrived again")),
        PostingReason::RefundReserved | PostingReason::RefundCompleted => capitalized(format!("{fee}{of}")),
        PostingReason::RefundRepriced => capitalized(format!("{fee}{of}, at the rate of its approval")),
        PostingReason::RefundCorrected => capitalized(format!("{fee}{of}, as it was paid")),
        PostingReason::RefundReleased => capitalized(format!("{fee}{of}, given back because it was not sent")),
        PostingReason::SandboxFunding => format!("Money of {of}"),
    }
}

fn paid_on(of: PaymentReference) -> String {
    match of {
        PaymentReference::Order(number) => format!("order {number}"),
        PaymentReference::Continuous(number) => format!("continuous payment intent {number}"),
    }
}

fn capitalized(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// The id of a change: that of its transaction. The id of its fee differs in the last bit.
fn entry_id(change: &BalanceChange) -> String {
    Ulid(change.transaction.as_u128() ^ u128::from(change.is_fee)).to_string()
}

/// What a list of transactions says that is not filtered by currency.
const ALL_CURRENCIES: &str = "all";

#[derive(Serialize, ToSchema)]
#[schema(as = LedgerTransactions)]
struct EntriesResponse {
    #[serde(flatten)]
    page: PageResponse,
    sort: &'static str,
    /// Empty without this filter.
    #[schema(example = "2025-12-05T00:00:00+00:00")]
    date_from: String,
    /// Empty without this filter.
    #[schema(example = "2025-12-12T00:00:00+00:00")]
    date_to: String,
    /// `all` without this filter.
    currency: &'static str,
    total_entries: i64,
    entries: Vec<EntryResponse>,
}

/// Lists the transactions of the balances.
///
/// Money reserved for a refund has already been deducted from its balance.
#[utoipa::path(
    get,
    path = "/ledger/transactions",
    operation_id = "listLedgerTransactions",
    tag = "Ledger accounts",
    params(
        ListParameters,
        ("sort" = Option<String>, Query, description = "`created_at_desc` or `created_at_asc`."),
        ("date_from" = Option<String>, Query, description = "Only transactions from this time or day on."),
        ("date_to" = Option<String>, Query, description = "Only transactions up to this time or day."),
        ("currency" = Option<coingate::schema::ListedSymbol>, Query, description = "Only transactions in this currency."),
        (
            "source_type" = Option<coingate::schema::EntrySource>,
            Query,
            description = "Only transactions of this order or refund. Requires `source_id`.",
        ),
        ("source_id" = Option<i64>, Query, description = "The number of the order or refund. Requires `source_type`."),
    ),
    responses((status = 200, description = "A page of transactions", body = EntriesResponse)),
)]
pub async fn entries(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let currency = parameters.optional("currency", |text| match text {
        ALL_CURRENCIES => Ok(None),
        _ => CoinGateCurrency::parse(text).map(Some),
    });
    let currency = currency.flatten();
    let sort = parameters.optional("sort", |text| sort(text, &[("created_at", ())]));
    let source = source(&mut parameters);
    let filter = EntryFilter {
        from: parameters.from("date_from"),
        to: parameters.to("date_to"),
        currency: currency.map(CoinGateCurrency::currency),
        source: source.and_then(EntrySelection::filter),
    };
    let oldest_first = sort.is_some_and(|((), oldest_first)| oldest_first);
    let page = page(&mut parameters, oldest_first);
    let page = parameters.finish(ErrorSubject::Request, || Some(page))?;
    let (entries, total) = match source {
        Some(EntrySelection::Other) => (Vec::new(), 0),
        Some(EntrySelection::Of(_)) | None => ledger::entries(&requite.store, &actor, &filter, page).await?,
    };
    Ok(Json(EntriesResponse {
        page: PageResponse::new(page, total),
        sort: if oldest_first { "created_at_asc" } else { "created_at_desc" },
        date_from: filter.from.map(time).unwrap_or_default(),
        date_to: filter.to.map(time).unwrap_or_default(),
        currency: currency.map_or(ALL_CURRENCIES, CoinGateCurrency::symbol),
        total_entries: total,
        entries: entries.iter().map(|entry| EntryResponse::new(actor.merchant(), entry)).collect(),
    }))
}

/// The requested entries.
#[derive(Clone, Copy)]
enum EntrySelection {
    /// Entries of an order or a refund.
    Of(SourceFilter),
    /// Entries of a source that only CoinGate has, so there are none. Requite's fees are entries of the order or refund
    /// that they were paid for.
    Other,
}

impl EntrySelection {
    const fn filter(self) -> Option<SourceFilter> {
        match self {
            Self::Of(filter) => Some(filter),
            Self::Other => None,
        }
    }
}

/// Reads `source_type` and `source_id`, which must be sent together.
fn source(parameters: &mut Parameters) -> Option<EntrySelection> {
    let wrong = |message| DomainError::plain(ErrorCode::FilterInvalid, message);
    let source = parameters.optional::<fn(i64) -> EntrySelection>("source_type", |text| match text {
        "Order" => Ok(|id| EntrySelection::Of(SourceFilter::Order(id))),
        "MerchantRefund" => Ok(|id| EntrySelection::Of(SourceFilter::Refund(id))),
        "Fee" | "Withdrawal" => Ok(|_| EntrySelection::Other),
        _ => Err(wrong("is not one of Order, MerchantRefund, Fee, Withdrawal")),
    });
    let id = parameters.optional("source_id", whole_number);
    for (name, other) in [("source_type", "source_id"), ("source_id", "source_type")] {
        if !parameters.has(name) && parameters.has(other) {
            parameters.note(Problems::at(name, wrong("must be sent: source_type and source_id go together")));
        }
    }
    source.zip(id).map(|(source, id)| source(id))
}

/// Returns a ledger transaction.
#[utoipa::path(
    get,
    path = "/ledger/transactions/{id}",
    operation_id = "getLedgerTransaction",
    tag = "Ledger accounts",
    params(("id" = String, Path, description = "The transaction's ID.")),
    responses((status = 200, description = "The transaction", body = EntryResponse)),
)]
pub async fn entry(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let unknown = || ApiError::of(ErrorSubject::Request, DomainError::not_found("error-unknown-ledger-transaction"));
    let bits = Ulid::from_string(&id).map_err(|_| unknown())?.0;
    let candidates = [Uuid::from_u128(bits), Uuid::from_u128(bits ^ 1)];
    let has_name = |entry: &BalanceEntry| entry_id(&entry.change).eq_ignore_ascii_case(&id);
    let entry = ledger::entry(&requite.store, &actor, candidates, has_name).await?;
    Ok(Json(EntryResponse::new(actor.merchant(), &entry)))
}
