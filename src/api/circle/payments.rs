//! Payments and refunds in one list.

use super::{dialect::Caller, error::ApiError};
use crate::{
    api::{
        envelope::data,
        input::{
            access::scope,
            base_address,
            filters::Filters,
            paging::{self, PageParameters},
            path::PathId,
        },
    },
    domain::{
        ids::PaymentIntentId,
        intents::payment::PaymentStatus,
        names::Named,
        reports::transfer::{Transfer, TransferKind},
    },
    service::{intents::payment, people::team, refunds::outlook},
    state::Requite,
    store::reports::transfers::TransferFilter,
    wire::{circle::TransferObject, schema},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

/// A payment status as a filter.
#[derive(Clone, Copy)]
enum StatusFilter {
    Here(PaymentStatus),
    /// A status that only card payments have in Circle's API.
    OfCards(&'static str),
}

impl StatusFilter {
    fn parse(name: &str) -> Option<Self> {
        let of_cards = || ["confirmed", "action_required"].into_iter().find(|known| *known == name).map(Self::OfCards);
        PaymentStatus::parse(name).map(Self::Here).or_else(of_cards)
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Here(status) => status.as_str(),
            Self::OfCards(name) => name,
        }
    }

    const fn domain_status(self) -> Option<PaymentStatus> {
        match self {
            Self::Here(status) => Some(status),
            Self::OfCards(_) => None,
        }
    }
}

/// The `type` filter. In Circle's API it is the payment method, and `card` is its only value.
#[derive(Clone, Copy)]
enum TypeFilter {
    Card,
    Here(TransferKind),
}

impl TypeFilter {
    fn parse(name: &str) -> Option<Self> {
        if name == "card" { Some(Self::Card) } else { TransferKind::parse(name).map(Self::Here) }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Here(kind) => kind.as_str(),
        }
    }

    const fn domain_kind(self) -> Option<TransferKind> {
        match self {
            Self::Here(kind) => Some(kind),
            Self::Card => None,
        }
    }
}

/// Returns a payment or a refund.
#[utoipa::path(
    get,
    path = "/payments/{id}",
    operation_id = "getPayment",
    tag = "Payments",
    params(("id" = uuid::Uuid, Path, description = "The payment or refund.")),
    responses((status = 200, description = "The payment or refund", body = TransferObject)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, ApiError> {
    let transfer = payment::get(&requite.store, &actor, id.transfer()?).await?;
    let transfer = outlook::of_transfer((&requite).into(), requite.context().now, transfer).await;
    let rates = requite.rates.as_ref();
    let mut on_chain = payment::on_chain(&requite.store, rates, &requite.context(), &actor, transfer.payment()).await?;
    let on_chain = on_chain.remove(&transfer.id());
    let merchant = team::merchant(&requite.store, &actor).await?;
    Ok(data(StatusCode::OK, TransferObject::new(transfer, on_chain, &merchant)))
}

/// Lists payments and refunds.
///
/// In Circle's API both are payments. The newest come first.
#[utoipa::path(
    get,
    path = "/payments",
    operation_id = "listPayments",
    tag = "Payments",
    params(
        (
            "paymentIntentId" = Option<uuid::Uuid>,
            Query,
            description = "Only payments and refunds of this payment intent.",
        ),
        (
            "status" = Option<schema::PaymentStatusFilter>,
            Query,
            description = "Only payments and refunds with this status.",
        ),
        ("type" = Option<schema::TransferKind>, Query, description = "Only payments, or only refunds."),
        (
            "unsupported" = Option<bool>,
            Query,
            description = "`true` lists only unsupported funds, and then `paymentIntentId` is the payment intent whose \
                           address received them. `false` lists everything else.",
        ),
        (
            "source" = Option<uuid::Uuid>,
            Query,
            description = "The ID of a card or account, as in Circle's API. Requite has none, so the list is empty.",
        ),
        (
            "settlementId" = Option<uuid::Uuid>,
            Query,
            description = "The ID of a settlement, as in Circle's API. Requite has none, so the list is empty.",
        ),
        PageParameters,
    ),
    responses((status = 200, description = "A page of payments and refunds", body = Vec<TransferObject>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let intent = filters.id("paymentIntentId").map(PaymentIntentId);
    let unsupported = filters.boolean("unsupported");
    let advice = "It must be one of pending, confirmed, paid, failed, action_required.";
    let status = filters.name("status", StatusFilter::parse, |status| status.as_str(), advice);
    let advice = "It must be one of card, payment, refund.";
    let kind = filters.name("type", TypeFilter::parse, |kind| kind.as_str(), advice);
    let elsewhere = [filters.id("source"), filters.id("settlementId")];
    // Circle's clients may filter by cards and settlements, which Requite does not have: the list is empty.
    let nothing = elsewhere.iter().any(Option::is_some)
        || matches!(status, Some(StatusFilter::OfCards(_)))
        || matches!(kind, Some(TypeFilter::Card));
    let status = status.and_then(StatusFilter::domain_status);
    let kind = kind.and_then(TypeFilter::domain_kind);
    let window = filters.list_range(requite.context().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, payment::get(&requite.store, &actor, id).await)?;
    }
    let filter = TransferFilter { intent, unsupported, status, kind, nothing, from: window.from, to: Some(window.to) };
    let page = payment::list(&requite.store, &actor, &filter, &window.page).await?;
    let merchant = team::merchant(&requite.store, &actor).await?;
    let (rates, payments) = (requite.rates.as_ref(), page.items.iter().filter_map(Transfer::payment));
    let mut on_chain = payment::on_chain(&requite.store, rates, &requite.context(), &actor, payments).await?;
    let page = page.map(|transfer| {
        let on_chain = on_chain.remove(&transfer.id());
        TransferObject::new(transfer, on_chain, &merchant)
    });
    let base = base_address::of(&requite, &headers, "/v1/payments");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}
