//! Circle's address book: recipients that can be refunded by id instead of by address.

use super::{
    dialect::{Caller, JsonObject},
    error::ApiError,
    payee_requests::{self, AddressBookRecipientChange, NewAddressBookRecipient, recipient_location},
};
use crate::{
    api::{
        envelope::data,
        input::{
            access::scope,
            base_address,
            filters::Filters,
            idempotency::{self, UuidIdempotencyHeader},
            paging::{self, PageParameters},
            path::PathId,
            problems::Problems,
        },
    },
    domain::{address::network::Network, ids::RecipientId},
    service::{address_book, pairs},
    state::Requite,
    store::address_book::RecipientFilter,
    wire::{circle::RecipientObject, schema},
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
/// A recipient is `pending` until its address is screened. A moment later it is `active`, or `denied` if the address is
/// on the deny list, or `inactive` during the waiting period that the merchant's policy sets for new addresses. Refunds to
/// an `active` recipient have no further waiting period.
#[utoipa::path(
    post,
    path = "/addressBook/recipients",
    operation_id = "createAddressBookRecipient",
    tag = "Address book",
    params(UuidIdempotencyHeader),
    request_body = NewAddressBookRecipient,
    responses((status = 201, description = "The recipient", body = RecipientObject)),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    headers: HeaderMap,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, ApiError> {
    let (new, key) =
        payee_requests::recipient(&body, idempotency::uuid_in_header(&headers)?, &pairs::sent(requite.chain.as_ref()))?;
    let made = address_book::create(&requite.store, requite.chain.as_ref(), &requite.context(), &actor, &new, key)
        .await
        .map_err(|error| Problems::from(error).at_places(recipient_location).with_values_of(&body))?;
    Ok(data(StatusCode::CREATED, RecipientObject::from(made.into_inner())))
}

/// Returns a recipient.
#[utoipa::path(
    get,
    path = "/addressBook/recipients/{id}",
    operation_id = "getAddressBookRecipient",
    tag = "Address book",
    params(("id" = uuid::Uuid, Path, description = "The recipient.")),
    responses((status = 200, description = "The recipient", body = RecipientObject)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, ApiError> {
    let recipient = address_book::get(&requite.store, &actor, id.recipient()?).await?;
    Ok(data(StatusCode::OK, RecipientObject::from(recipient)))
}

/// Changes the metadata of a recipient.
///
/// Omitted members are not changed; `null` removes a value. The address cannot be changed.
#[utoipa::path(
    patch,
    path = "/addressBook/recipients/{id}",
    operation_id = "modifyAddressBookRecipient",
    tag = "Address book",
    params(("id" = uuid::Uuid, Path, description = "The recipient.")),
    request_body = AddressBookRecipientChange,
    responses((status = 200, description = "The changed recipient", body = RecipientObject)),
)]
pub async fn change(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, ApiError> {
    let (id, change) = (id.recipient()?, payee_requests::recipient_change(&body)?);
    let recipient =
        address_book::change(&requite.store, &requite.context(), &actor, id, |metadata| change.apply(metadata))
            .await??;
    Ok(data(StatusCode::OK, RecipientObject::from(recipient)))
}

/// An empty object, as in Circle's API.
#[derive(Serialize, ToSchema)]
#[schema(as = RecipientDeleted)]
struct DeletedResponse {}

/// Deletes a recipient from the address book.
///
/// Existing refunds to it are not affected.
#[utoipa::path(
    delete,
    path = "/addressBook/recipients/{id}",
    operation_id = "deleteAddressBookRecipient",
    tag = "Address book",
    params(("id" = uuid::Uuid, Path, description = "The recipient.")),
    responses((status = 200, description = "The recipient was deleted", body = DeletedResponse)),
)]
pub async fn delete(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    id: PathId,
) -> Result<Response, ApiError> {
    address_book::delete(&requite.store, &requite.context(), &actor, id.recipient()?).await?;
    Ok(data(StatusCode::OK, DeletedResponse {}))
}

/// Lists recipients.
///
/// The newest come first.
#[utoipa::path(
    get,
    path = "/addressBook/recipients",
    operation_id = "listAddressBookRecipients",
    tag = "Address book",
    params(
        ("address" = Option<String>, Query, description = "Only recipients with this address."),
        ("chain" = Option<schema::Network>, Query, description = "Only recipients on this network."),
        ("email" = Option<String>, Query, description = "Only recipients with this e-mail address in their metadata."),
        ("status" = Option<schema::RecipientStatus>, Query, description = "Only recipients with this status."),
        PageParameters,
    ),
    responses((status = 200, description = "A page of recipients", body = Vec<RecipientObject>)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let mut filters = Filters::of(&uri);
    let address = filters.text("address");
    let advice = "It must be the code of a supported network.";
    let network = filters.name("chain", |code| Network::parse(code).ok(), |network| network.code(), advice);
    let email = filters.text("email");
    let status = filters.named("status");
    let window = filters.list_range(requite.context().now);
    let query = filters.finish()?;
    if let Some((name, id)) = paging::cursor(window.page.position) {
        paging::require_cursor(name, address_book::get(&requite.store, &actor, RecipientId(id)).await)?;
    }
    let filter = RecipientFilter { address, network, email, status, from: window.from, to: Some(window.to) };
    let page = address_book::list(&requite.store, &actor, &filter, &window.page).await?.map(RecipientObject::from);
    let base = base_address::of(&requite, &headers, "/v1/addressBook/recipients");
    Ok(paging::link(data(StatusCode::OK, &page.items), &base, &query, window.page.position, &page))
}
