//! Refunds of orders.

use super::{
    dialect::Caller,
    error::{ApiError, ErrorSubject},
    orders::{callback_url, order_number, page, sort},
    parameters::{Parameters, whole_number},
    request_schemas::{self, ListParameters},
    responses::{PageResponse, RefundResponse},
};
use crate::{
    api::{
        envelope::Unanswered,
        input::{
            access::scope,
            idempotency::{self, IdempotencyHeader},
            path::PathNumber,
        },
    },
    domain::{
        address::pairs::Pairs,
        error::{DomainError, ErrorCode, Field},
        ids::MerchantId,
        intents::order::Order,
        money::{Money, currency::Currency},
        names::Named,
        people::actor::Actor,
        refunds::{
            new_refund::Destination,
            refund::{Refund, RefundReason},
            refund_sort::RefundSort,
            warning::{OverrideReason, Warning},
        },
        text::{parse_email, parse_note},
        webhooks::allowed_targets::AllowedTargets,
    },
    error::Error,
    service::{
        intents::order,
        pairs,
        refunds::{
            self,
            order::{NewOrderRefund, OrderRefundTerms},
            outlook,
        },
        simulate::{self, SandboxResult},
    },
    state::Requite,
    store::{intents::orders::NumberedPage, refunds::RefundFilter},
    wire::coingate::{self, currency_of_account},
};
use axum::{
    Extension, Json,
    extract::{Path, State},
    http::HeaderMap,
    response::IntoResponse,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Refunds a part of an order.
///
/// `amount` is a part of the order's price and is converted at the current rate. The status is 200, as in CoinGate's API.
#[utoipa::path(
    post,
    path = "/orders/{id}/refunds",
    operation_id = "createOrderRefund",
    tag = "Refunds of orders",
    params(
        ("id" = i64, Path, minimum = 1, description = "The order's number."),
        IdempotencyHeader,
    ),
    request_body(content(
        (request_schemas::OrderRefundRequest = "application/json"),
        (request_schemas::OrderRefundRequest = "application/x-www-form-urlencoded"),
        (request_schemas::OrderRefundRequest = "multipart/form-data"),
    )),
    responses((status = 200, description = "The refund", body = RefundResponse)),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    number: PathNumber,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let number = order_number(number)?;
    let order = order::get(&requite.store, &actor, number).await.map_err(ApiError::for_subject(ErrorSubject::Order))?;
    // CoinGate has no idempotency keys; a client may send one (draft-ietf-httpapi-idempotency-key-header).
    let key = idempotency::in_header(&headers).map_err(ApiError::for_subject(ErrorSubject::Refund))?;
    let sent = pairs::sent(requite.chain.as_ref());
    let request = refund_request(parameters, &order, actor.merchant(), requite.sender.allowed_targets(), &sent)?;
    let refund = refunds::order::create((&requite).into(), &requite.context(), &actor, &request, key)
        .await
        .map_err(ApiError::for_subject(ErrorSubject::Refund))?
        .into_inner();
    let unanswered = key.is_none().then(|| Unanswered { merchant: actor.merchant(), refund: refund.id });
    Ok((unanswered.map(Extension), Json(RefundResponse::new(refund, &order))))
}

fn refund_request(
    mut parameters: Parameters,
    order: &Order,
    merchant: MerchantId,
    allowed_targets: AllowedTargets,
    sent: &Pairs,
) -> Result<NewOrderRefund, ApiError> {
    parameters.refuse_previews();
    // Together with the other mistakes. The service parses it again, because only the order has its currency.
    let amount = parameters
        .required("amount", |text| Money::parse_positive(text, order.price.currency()).map(|_| text.to_owned()));
    let coin = parameters.required("currency_id", |text| whole_number(text).and_then(coingate::coin));
    let network = parameters.required("platform_id", |text| whole_number(text).and_then(coingate::platform));
    let address = parameters.required("address", |text| Ok(text.to_owned()));
    let funding = parameters.required("ledger_account_id", |text| require_account_currency(merchant, text));
    let email = parameters.required("email", parse_email).flatten();
    let reason = parameters.required("reason", |text| parse_note(text, Field::Reason));
    let override_reason =
        parameters.optional("override_reason", |text| parse_note(text, Field::OverrideReason)).flatten();
    // A form has no lists: the codes have commas between.
    let overrides =
        parameters.optional("overrides", |text| text.split(',').map(|code| Warning::parse_code(code.trim())).collect());
    let override_reason =
        OverrideReason::new(override_reason, overrides).map_err(|error| parameters.note(error)).ok().flatten();
    let callback_url = callback_url(&mut parameters, allowed_targets);
    // By default the customer confirms, as in CoinGate's API.
    let customer_confirms = !parameters.boolean("skip_user_address_confirmation").unwrap_or(false);
    // Without the parameter nothing is stated; an empty one states that the address needs no memo.
    let memo = parameters.as_sent("address_memo");
    let not_needed = memo.as_deref().is_some_and(|memo| memo.trim().is_empty());
    let destination = network.zip(address).and_then(|(network, address)| {
        let memo = memo.as_deref().filter(|_| !not_needed);
        let parsed = Destination::parse(network, &address, memo, not_needed);
        // An address of a platform that is not offered is rarely wrong by itself.
        let refusal = || coin.and_then(|coin| sent.require(network, coin).err());
        let on = |refusal: DomainError| {
            let field = Pairs::place(&refusal, Field::Coin, Field::DestinationNetwork);
            refusal.on(field)
        };
        let place = |error| refusal().map_or(error, on);
        parsed.map_err(|error| parameters.note(place(error))).ok()
    });
    let known = reason.as_ref().and_then(|note| RefundReason::parse(note.as_deref()?));
    parameters.finish(ErrorSubject::Refund, || {
        let terms = OrderRefundTerms {
            destination: destination?,
            coin: coin?,
            funding: funding?,
            customer_email: Some(email?),
            reason: known.unwrap_or(RefundReason::Other),
            note: reason?.filter(|_| known.is_none()),
            override_reason,
            customer_confirms,
            callback_url,
        };
        Some(NewOrderRefund { number: order.number, amount: amount?, terms })
    })
}

fn require_account_currency(merchant: MerchantId, id: &str) -> Result<Currency, DomainError> {
    currency_of_account(merchant, id)
        .ok_or_else(|| DomainError::plain(ErrorCode::RequestMalformed, "ledger account not found").on(Field::Funding))
}

/// Returns a refund of an order.
#[utoipa::path(
    get,
    path = "/orders/{id}/refunds/{refund_id}",
    operation_id = "getOrderRefund",
    tag = "Refunds of orders",
    params(
        ("id" = i64, Path, minimum = 1, description = "The order's number."),
        ("refund_id" = i64, Path, minimum = 1, description = "The refund's number."),
    ),
    responses((status = 200, description = "The refund", body = RefundResponse)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    Path(path): Path<(String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    let (order, refund) = find(&requite, &actor, path).await?;
    let refund = outlook::told((&requite).into(), requite.context().now, refund).await;
    Ok(Json(RefundResponse::new(refund, &order)))
}

async fn find(requite: &Requite, actor: &Actor, (number, id): (String, String)) -> Result<(Order, Refund), ApiError> {
    let unknown = |subject, text| move || ApiError::of(subject, DomainError::not_found(text));
    let number = number.parse().ok().ok_or_else(unknown(ErrorSubject::Order, "error-unknown-order"))?;
    let order = order::get(&requite.store, actor, number).await.map_err(ApiError::for_subject(ErrorSubject::Order))?;
    let id = id.parse().ok().ok_or_else(unknown(ErrorSubject::Refund, "error-unknown-refund"))?;
    let refund =
        refunds::get_by_number(&requite.store, actor, id).await.map_err(ApiError::for_subject(ErrorSubject::Refund))?;
    if order.intent_id != Some(refund.intent_id) {
        return Err(unknown(ErrorSubject::Refund, "error-unknown-refund")());
    }
    Ok((order, refund))
}

/// Simulates that a refund arrived.
///
/// Sandbox only.
#[utoipa::path(
    patch,
    path = "/orders/{id}/refunds/{refund_id}/mark-as-completed",
    operation_id = "completeOrderRefund",
    tag = "Refunds of orders",
    params(
        ("id" = i64, Path, minimum = 1, description = "The order's number."),
        ("refund_id" = i64, Path, minimum = 1, description = "The refund's number."),
    ),
    responses((status = 200, description = "The refund", body = RefundResponse)),
)]
pub async fn mark_as_completed(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    Path(path): Path<(String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    mark(&requite, &actor, path, SandboxResult::Delivered).await
}

/// Simulates that a refund could not be sent.
///
/// Sandbox only.
#[utoipa::path(
    patch,
    path = "/orders/{id}/refunds/{refund_id}/mark-as-rejected",
    operation_id = "rejectOrderRefund",
    tag = "Refunds of orders",
    params(
        ("id" = i64, Path, minimum = 1, description = "The order's number."),
        ("refund_id" = i64, Path, minimum = 1, description = "The refund's number."),
    ),
    responses((status = 200, description = "The refund", body = RefundResponse)),
)]
pub async fn mark_as_rejected(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    Path(path): Path<(String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    mark(&requite, &actor, path, SandboxResult::Refused).await
}

async fn mark(
    requite: &Requite,
    actor: &Actor,
    path: (String, String),
    end: SandboxResult,
) -> Result<Json<RefundResponse>, ApiError> {
    requite.settings.require_simulation()?;
    let (order, refund) = find(requite, actor, path).await?;
    let refund = simulate::finish_refund(requite.into(), requite.rates.as_ref(), actor, refund.id, end)
        .await
        .map_err(ApiError::for_subject(ErrorSubject::Refund))?;
    Ok(Json(RefundResponse::new(refund, &order)))
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderRefunds)]
struct RefundsResponse {
    #[serde(flatten)]
    page: PageResponse,
    total_refunds: i64,
    refunds: Vec<RefundResponse>,
}

/// Lists the refunds of an order.
#[utoipa::path(
    get,
    path = "/orders/{id}/refunds",
    operation_id = "listOrderRefunds",
    tag = "Refunds of orders",
    params(
        ("id" = i64, Path, minimum = 1, description = "The order's number."),
        ListParameters,
    ),
    responses((status = 200, description = "A page of refunds", body = RefundsResponse)),
)]
pub async fn list_of_order(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    number: PathNumber,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let number = order_number(number)?;
    let order = order::get(&requite.store, &actor, number).await.map_err(ApiError::for_subject(ErrorSubject::Order))?;
    let page = page(&mut parameters, false);
    let page = parameters.finish(ErrorSubject::Refund, || Some(page))?;
    let Some(intent) = order.intent_id else {
        return Ok(Json(RefundsResponse { page: PageResponse::new(page, 0), total_refunds: 0, refunds: Vec::new() }));
    };
    let filter = RefundFilter { intent: Some(intent), ..RefundFilter::default() };
    Ok(Json(refunds(&requite, &actor, &filter, page).await?))
}

/// Lists the refunds of all orders.
///
/// They can be filtered and sorted by the times of creation and of the last change.
#[utoipa::path(
    get,
    path = "/refunds",
    operation_id = "listAllOrderRefunds",
    tag = "Refunds of orders",
    params(
        ListParameters,
        (
            "sort" = Option<String>,
            Query,
            description = "`created_at_desc` (the default), `created_at_asc`, `updated_at_desc` or `updated_at_asc`.",
        ),
        ("created_at[from]" = Option<String>, Query, description = "Only refunds from this time or day on."),
        ("created_at[to]" = Option<String>, Query, description = "Only refunds up to this time or day."),
        ("updated_at[from]" = Option<String>, Query, description = "Only refunds changed from this time or day on."),
        ("updated_at[to]" = Option<String>, Query, description = "Only refunds changed up to this time or day."),
    ),
    responses((status = 200, description = "A page of refunds", body = RefundsResponse)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let sorts = [("created_at", RefundSort::Created), ("updated_at", RefundSort::Updated)];
    let chosen = parameters.optional("sort", |text| sort(text, &sorts)).unwrap_or((RefundSort::Created, false));
    // CoinGate's own documentation calls the end of this range 'at'.
    let updated_at = parameters.to("updated_at[at]");
    let filter = RefundFilter {
        from: parameters.from("created_at[from]"),
        to: parameters.to("created_at[to]"),
        updated_from: parameters.from("updated_at[from]"),
        updated_to: parameters.to("updated_at[to]").or(updated_at),
        sort: chosen.0,
        ..RefundFilter::default()
    };
    let page = page(&mut parameters, chosen.1);
    let page = parameters.finish(ErrorSubject::Refund, || Some(page))?;
    Ok(Json(refunds(&requite, &actor, &filter, page).await?))
}

async fn refunds(
    requite: &Requite,
    actor: &Actor,
    filter: &RefundFilter,
    page: NumberedPage,
) -> Result<RefundsResponse, Error> {
    let (refunds, total) = refunds::list_numbered(&requite.store, actor, filter, page).await?;
    let intents: Vec<_> = refunds.iter().map(|refund: &Refund| refund.intent_id).collect();
    let orders = order::of_intents(&requite.store, actor, &intents).await?;
    let responses = refunds.into_iter().filter_map(|refund| {
        let order = orders.get(&refund.intent_id)?;
        Some(RefundResponse::new(refund, order))
    });
    Ok(RefundsResponse { page: PageResponse::new(page, total), total_refunds: total, refunds: responses.collect() })
}
