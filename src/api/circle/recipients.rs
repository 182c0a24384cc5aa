//! Circle's address book: who can be refunded by an id instead of an address.

use super::paging::PageParameters;
use super::request_bodies::{RecipientBody, RecipientChangeBody};
use super::{
    auth::ApiCaller,
    body::JsonObject,
    error::ApiError,
    paging::{self, Filters},
    payee_requests::{self, recipient_location},
    requests::PathId,
    shapes::{RecipientShape, data},
};
use crate::api::base_address;
use crate::api::idempotency::IdempotencyHeader;
use crate::wire::schema;
use crate::{
    api::idempotency,
    domain::{address::network::Network, address_book::RecipientStatus, ids::RecipientId},
    service::address_book,
    state::Requite,
    store::address_book::RecipientFilter,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Adds a recipient to the address book.
///
/// It is `pending` until its address was looked up: a moment later it is `active`, `denied` when the address is on the deny list,
/// or `inactive` for as long as the merchant's policy has new addresses wait. A refund to one that is `active` does not wait again.
#[utoipa::path(
    post,
    path = "/addressBook/recipients",
    operation_id = "createAddressBookRecipient",
    tag = "Address book",
    security(("bearer" = ["refund"])),
    params(IdempotencyHeader),
    request_body = RecipientBody,
    responses((status = 201, description = "The recipient", body = RecipientShape)),
)]
pub async fn create(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    headers: HeaderMap,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let (new, key) = payee_requests::recipient(&body, idempotency::in_header(&headers)?)?;
    let made = address_book::create(&requite, &actor, &new, key)
        .await
        .map_err(|error| ApiError::from(error).located(recipient_location).with_values_of(&body))?;
    Ok(data(StatusCode::CREATED, RecipientShape::from(made.into_inner())))
}

/// Shows a recipient.
#[utoipa::path(
    get,
    path = "/addressBook/recipients/{id}",
    operation_id = "getAddressBookRecipient",
    tag = "Address book",
    security(("bearer" = ["read"])),
    params(("id" = uuid::Uuid, Path, description = "The recipient.")),
    responses((status = 200, description = "The recipient", body = RecipientShape)),
)]
pub async fn get(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    let recipient = address_book::get(&requite, &actor, id.recipient()?).await?;
    Ok(data(StatusCode::OK, RecipientShape::from(recipient)))
}

/// Changes what is remembered of a recipient.
///
/// What is not named stays; `null` takes it away. The address never changes.
#[utoipa::path(
    patch,
    path = "/addressBook/recipients/{id}",
    operation_id = "modifyAddressBookRecipient",
    tag = "Address book",
    security(("bearer" = ["refund"])),
    params(("id" = uuid::Uuid, Path, description = "The recipient.")),
    request_body = RecipientChangeBody,
    responses((status = 200, description = "The changed recipient", body = RecipientShape)),
)]
pub async fn change(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
    JsonObject(body): JsonObject,
) -> Result<Response, ApiError> {
    let (id, change) = (id.recipient()?, payee_requests::recipient_change(&body)?);
    let recipient = address_book::change(&requite, &actor, id, |metadata| change.apply(metadata)).await??;
    Ok(data(StatusCode::OK, RecipientShape::from(recipient)))
}

/// Nothing, as with Circle.
#[derive(Serialize, ToSchema)]
#[schema(as = RecipientDeleted)]
struct DeletedShape {}

/// Takes a recipient out of the address book.
///
/// Refunds to it that were made stay what they are.
#[utoipa::path(
    delete,
    path = "/addressBook/recipients/{id}",
    operation_id = "deleteAddressBookRecipient",
    tag = "Address book",
    security(("bearer" = ["refund"])),
    params(("id" = uuid::Uuid, Path, description = "The recipient.")),
    responses((status = 200, description = "It is gone", body = DeletedShape)),
)]
pub async fn delete(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    id: PathId,
) -> Result<Response, ApiError> {
    address_book::delete(&requite, &actor, id.recipient()?).await?;
    Ok(data(StatusCode::OK, DeletedShape {}))
}

/// Lists recipients.
///
/// The newest first.
#[utoipa::path(
    get,
    path = "/addressBook/recipients",
    operation_id = "listAddressBookRecipients",
    tag = "Address book",
    security(("bearer" = ["read"])),
    params(
        ("address" = Option<String>, Query, description = "Only those of this address."),
        ("chain" = Option<schema::Network>, Query, description = "Only those on this network."),
        ("email" = Option<String>, Query, description = "Only those with this e-mail address in their metadata."),
        ("status" = Option<schema::RecipientStatus>, Query, description = "Only those in this status."),
        PageParameters,
    ),
    responses((status = 200, description = "A page of recipients", body = Vec<RecipientShape>)),
)]
pub async fn list(
    State(requite): State<Requite>,
    ApiCaller(actor): ApiCaller,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let address = filters.text("address");
    let advice = "It must be the code of a supported network.";
    let network = filters.name("chain", |code| Network::parse(code).ok(), |network| network.code(), advice);
    let email = filters.text("email");
    let advice = "It must be one of pending, inactive, active, denied.";
    let status = filters.name("status", RecipientStatus::parse, |status| status.as_str(), advice);
    let window = filters.window(requite.context().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, address_book::get(&requite, &actor, RecipientId(id)).await)?;
    }
    let filter = RecipientFilter { address, network, email, status, from: window.from, to: Some(window.to) };
    let page = address_book::list(&requite, &actor, &filter, &window.page).await?.map(RecipientShape::from);
    let base = base_address::of(&requite, &headers, "/v1/addressBook/recipients");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}
