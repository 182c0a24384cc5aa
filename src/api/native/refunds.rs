//! Refunds: list, read, create and preview.

use super::{
    dialect::{Caller, JsonObject},
    problem::Problem,
    refund_preview::PreviewResponse,
    refund_responses::{RefundDetailResponse, RefundResponse},
    requests::{self, NewRefundBody, RangeParameters},
};
use crate::{
    api::{
        envelope::{self, Unanswered, data},
        input::{
            access::scope,
            base_address,
            filters::{Filters, wants_preview},
            idempotency::IdempotencyHeader,
            paging::{self, PageParameters},
            path::PathId,
            problems::Problems,
        },
    },
    domain::{
        ids::RefundId,
        people::actor::Actor,
        refunds::{refund::Refund, refund_sort::RefundSort},
    },
    error::Error,
    service::{
        pairs,
        refunds::{self, approval, payee, transfer},
    },
    state::Requite,
    store::{records::Idempotent, refunds::RefundFilter},
    wire::schema,
};
use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use std::collections::HashMap;

/// Lists refunds.
///
/// The list can be filtered and sorted.
#[utoipa::path(
    get,
    path = "/refunds",
    operation_id = "listRefunds",
    tag = "Refunds",
    params(
        ("status" = Option<schema::RefundStatus>, Query, description = "Only refunds with this status."),
        ("currency" = Option<schema::Currency>, Query, description = "Only refunds of payments in this currency."),
        ("network" = Option<schema::Network>, Query, description = "Only refunds sent on this network."),
        ("paymentIntentId" = Option<uuid::Uuid>, Query, description = "Only refunds of this payment intent."),
        ("address" = Option<String>, Query, description = "Only refunds to this address."),
        ("held" = Option<bool>, Query, description = "`true`: only refunds whose transfer is on hold. `false`: only others."),
        (
            "heldReason" = Option<schema::HeldReason>,
            Query,
            description = "Only refunds whose transfer is on hold for this reason.",
        ),
        ("customerEmail" = Option<String>, Query, description = "Only refunds with this customer's e-mail address."),
        RangeParameters,
        ("sort" = Option<schema::RefundSort>, Query, description = "The sort key. The default is `created`."),
        PageParameters,
        (
            "pageAt" = Option<String>,
            Query,
            format = DateTime,
            description = "When the row of `pageAfter` or `pageBefore` was last changed, in a list sorted by \
                `updated`. The page links contain it, so that no row appears twice if the row has changed since.",
        ),
    ),
    responses((status = 200, description = "A page of refunds", body = Vec<RefundResponse>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = requite.context().now;
    let mut filters = Filters::of(&uri);
    let filter = requests::filter(&mut filters);
    let mut window = filters.list_range(now);
    let cursor_sort_value = filters.cursor_sort_value();
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, refunds::get(&requite.store, &actor, RefundId(id)).await)?;
    }
    let filter = RefundFilter { from: window.from, to: Some(window.to), ..filter };
    let moves = filter.sort == RefundSort::Updated;
    window.page.cursor_sort_value = cursor_sort_value.filter(|_| moves);
    let page = refunds::list(&requite.store, &actor, &filter, &window.page).await?;
    let mut sort_values: HashMap<_, _> = page.items.iter().map(|refund| (refund.id.0, refund.updated_at)).collect();
    sort_values.extend(paging::cursor(window.page.position).map(|(_, id)| id).zip(cursor_sort_value));
    let sort_value = |id| sort_values.get(&id).copied().filter(|_| moves);
    let page = page.map(|refund| RefundResponse::new(refund, now));
    let base = base_address::of(&requite, &headers, "/v1/refunds");
    let answer = data(StatusCode::OK, &page.items);
    Ok(paging::link_moving(answer, &base, &query, window.page.position, &page, sort_value))
}

/// Returns a refund.
///
/// The response contains its timeline and, if it awaits approval and the key may approve, what the approver needs.
#[utoipa::path(
    get,
    path = "/refunds/{id}",
    operation_id = "getRefund",
    tag = "Refunds",
    params(("id" = uuid::Uuid, Path, description = "The refund.")),
    responses((status = 200, description = "The refund", body = RefundDetailResponse)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, Problem> {
    let refund = refunds::get_with_outlook((&requite).into(), &requite.context(), &actor, id.refund()?).await?;
    Ok(data(StatusCode::OK, detail(&requite, &actor, refund).await?))
}

/// Creates a refund.
///
/// One refund is created for each idempotency key; the response to a repeated request has `Idempotent-Replayed: true`.
/// Without a key every request is a new refund, unless it pays the same to the same address as one whose response was lost
/// within ten minutes. The refund is sent to an address, to an entry of the address book (`addressBookId`), or to the
/// address that paid (`useOriginalSender`), if it is known and all payments came from it.
/// With `?preview=true`, the response is 200 with what the refund would do, and nothing is created.
#[utoipa::path(
    post,
    path = "/refunds",
    operation_id = "createRefund",
    tag = "Refunds",
    params(
        ("preview" = Option<bool>, Query, description = "`true` only returns what the refund would do."),
        IdempotencyHeader,
    ),
    request_body = NewRefundBody,
    responses(
        (status = 200, description = "The preview, with `?preview=true`", body = PreviewResponse),
        (
            status = 201,
            description = "The refund",
            body = RefundDetailResponse,
            headers(
                ("Location" = String, description = "The path of the refund."),
                ("Idempotent-Replayed" = String, description = "`true` if an earlier request created the refund."),
            ),
        ),
    ),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<JsonObject, Problem>,
) -> Result<Response, Problem> {
    let preview = wants_preview(&uri)?;
    let JsonObject { body, .. } = body?;
    let (request, key) = requests::refund(&body, &headers, &pairs::sent(requite.chain.as_ref()))?;
    let located = |error| Problems::from(error).at_places(|field| requests::refund_place(&body, &headers, field));
    if preview {
        let preview =
            payee::preview((&requite).into(), &requite.context(), &actor, &request, key).await.map_err(located)?;
        return Ok(data(StatusCode::OK, PreviewResponse::from(preview)));
    }
    let made = payee::create((&requite).into(), &requite.context(), &actor, &request, key).await.map_err(located)?;
    let replayed = matches!(made, Idempotent::Replayed(_)).then_some([(envelope::REPLAYED, "true")]);
    let refund = made.into_inner();
    let unanswered = key.is_none().then(|| Unanswered { merchant: actor.merchant(), refund: refund.id });
    let location = [(header::LOCATION, format!("/v1/refunds/{}", refund.id))];
    let body = data(StatusCode::CREATED, changed(&requite, &actor, refund).await?);
    Ok((location, replayed, unanswered.map(Extension), body).into_response())
}

/// A refund with everything that the caller may see of it.
async fn detail(requite: &Requite, actor: &Actor, refund: Refund) -> Result<RefundDetailResponse, Error> {
    let steps = refunds::steps(&requite.store, actor, refund.id).await?;
    let checks = refunds::checks(&requite.store, actor, refund.id).await?;
    let transfer = transfer::of_refund(&requite.store, requite.chain.as_ref(), actor, &refund).await?;
    let context = requite.context();
    let review = approval::review_if_waiting(requite.into(), &context, actor, &refund).await?;
    Ok(RefundDetailResponse::new(refund, steps, &checks, transfer, review, context.now))
}

/// The same, after this request has created or changed the refund.
pub async fn changed(requite: &Requite, actor: &Actor, refund: Refund) -> Result<RefundDetailResponse, Error> {
    detail(requite, actor, refund).await.map_err(Error::after_commit)
}
