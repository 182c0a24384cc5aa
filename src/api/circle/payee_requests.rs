//! From a request's body to who gets a refund, and to an entry of the address book.

use super::{
    error::ApiError,
    reader::{Reader, uuid},
    requests::refund_location,
};
use crate::domain::{
    ids::{IdempotencyKey, RecipientId},
    network::Network,
    payee::Payee,
    recipient::{NewRecipient, RecipientMetadata},
    refund::Destination,
    refusal::{ErrorCode, Refusal},
};
use serde_json::Value;
use std::borrow::Cow;

/// Where an entry of the address book may be named: Circle's place, and the top level of the request.
const RECIPIENT: [&str; 2] = ["destination.addressBookId", "addressBookId"];
/// Where the original sender may be.
const SENDER: [&str; 2] = ["destination.useOriginalSender", "useOriginalSender"];
const ADDRESS: &str = "destination.address";
const CHAIN: &str = "destination.chain";
const TAG: &str = "destination.addressTag";

/// Reads who gets a refund, named in exactly one way, and the network that is named beside.
pub fn payee(reader: &mut Reader<'_>) -> Option<(Payee, Option<Network>)> {
    // Each is read, so that a wrong type is told wherever it stands.
    let ids: Vec<_> = RECIPIENT.into_iter().filter_map(|place| Some((place, reader.text(place)?))).collect();
    let senders: Vec<_> = SENDER.into_iter().filter(|place| reader.flag(place) == Some(true)).collect();
    let typed = reader.has(ADDRESS).then_some(ADDRESS);
    let ways: Vec<&str> = typed.into_iter().chain(ids.iter().map(|(place, _)| *place)).chain(senders).collect();
    if let [_, second, ..] = ways.as_slice() {
        let message = "Say who gets it in one way: an address, an entry of the address book, or the original sender.";
        reader.note(Refusal::new(ErrorCode::RequestMalformed, message).on(*second), &Value::Null);
        return None;
    }
    if let Some((place, id)) = ids.first() {
        return recipient_payee(reader, place, id);
    }
    if ways.is_empty() || typed.is_some() {
        return Some((Payee::Address(destination(reader)?), None));
    }
    let network = chain_beside(reader)?;
    let memo = reader.text(TAG).map(str::to_owned);
    Some((Payee::OriginalSender { memo, memo_not_needed: reader.is_null(TAG) }, network))
}

fn recipient_payee(reader: &mut Reader<'_>, place: &'static str, id: &str) -> Option<(Payee, Option<Network>)> {
    let network = chain_beside(reader)?;
    if reader.has(TAG) {
        let message = "An entry of the address book has its own tag.";
        reader.note(Refusal::new(ErrorCode::RequestMalformed, message).on(TAG), &Value::Null);
        return None;
    }
    let message = "There is no such recipient in your address book.";
    let id = uuid(id).map(RecipientId).ok_or_else(|| Refusal::new(ErrorCode::RecipientNotFound, message));
    let id = id.map_err(|refusal| reader.note(refusal.on(place), &Value::Null)).ok()?;
    Some((Payee::Recipient(id), network))
}

/// A network that is named although the payee says it; nothing when it is not one.
fn chain_beside(reader: &mut Reader<'_>) -> Option<Option<Network>> {
    if reader.has(CHAIN) { reader.parsed(CHAIN, Network::parse).map(Some) } else { Some(None) }
}

/// Reads an address with its network and tag.
fn destination(reader: &mut Reader<'_>) -> Option<Destination> {
    address_at(reader, [CHAIN, ADDRESS, TAG])
}

fn address_at(reader: &mut Reader<'_>, [chain, address, tag]: [&'static str; 3]) -> Option<Destination> {
    let network = reader.parsed(chain, Network::parse);
    let text = reader.required(address);
    let memo = reader.text(tag);
    // Absent says nothing; an explicit null says that the customer needs none.
    let not_needed = reader.is_null(tag);
    let (network, text) = network.zip(text)?;
    let parsed = Destination::parse(network, text, memo, not_needed);
    parsed
        .map_err(|refusal| {
            let about_memo = refusal.field.as_deref().is_some_and(|field| field.ends_with("memo"));
            let (location, value) = if about_memo { (tag, memo.unwrap_or_default()) } else { (address, text) };
            reader.note(refusal.on(location), &Value::from(value));
        })
        .ok()
}

/// Circle's location of an input of this refund. What is wrong with an address that nobody typed is told where its payee is
/// named.
pub fn payee_location(body: &Value, native: &str) -> Cow<'static, str> {
    let mut reader = Reader::new(body);
    let id = RECIPIENT.into_iter().find(|place| reader.has(place));
    let named = id.or_else(|| SENDER.into_iter().find(|place| reader.flag(place) == Some(true)));
    match (native, named) {
        ("destination.recipient" | "destination.sender" | "destination.address", Some(place)) => place.into(),
        ("destination.memo", Some(place)) if id.is_some() => place.into(),
        _ => refund_location(native),
    }
}

/// Reads `POST /v1/addressBook/recipients`.
pub fn recipient(body: &Value, header: Option<IdempotencyKey>) -> Result<(NewRecipient, IdempotencyKey), ApiError> {
    let mut reader = Reader::new(body);
    let key = reader.key_or(header);
    let destination = address_at(&mut reader, ["chain", "address", "addressTag"]);
    if !reader.has("metadata") {
        reader.note(Refusal::new(ErrorCode::Required, "This is required.").on("metadata"), &Value::Null);
    }
    let metadata = metadata(&mut reader).apply(RecipientMetadata::default());
    let metadata = metadata.map_err(|refusals| note_all(&mut reader, body, refusals)).ok();
    let read = key.zip(destination).zip(metadata);
    reader.finish(read.map(|((key, destination), metadata)| (NewRecipient { destination, metadata }, key)))
}

/// What is to change about the metadata of an entry; what is not named stays.
pub struct RecipientChange<'a> {
    nickname: Option<&'a str>,
    email: Option<&'a str>,
    bns: Option<&'a str>,
}

impl RecipientChange<'_> {
    /// The metadata with the change.
    pub fn apply(&self, metadata: RecipientMetadata) -> Result<RecipientMetadata, Vec<Refusal>> {
        metadata.with(self.nickname, self.email, self.bns)
    }
}

/// Reads `PATCH /v1/addressBook/recipients/{id}`.
pub fn recipient_change(body: &Value) -> Result<RecipientChange<'_>, ApiError> {
    let mut reader = Reader::new(body);
    let change = metadata(&mut reader);
    if let Err(refusals) = change.apply(RecipientMetadata::default()) {
        note_all(&mut reader, body, refusals);
    }
    reader.finish(Some(change))
}

fn metadata<'a>(reader: &mut Reader<'a>) -> RecipientChange<'a> {
    let mut member = |place: &str| if reader.is_null(place) { Some("") } else { reader.text(place) };
    RecipientChange {
        nickname: member("metadata.nickname"),
        email: member("metadata.email"),
        bns: member("metadata.bns"),
    }
}

fn note_all(reader: &mut Reader<'_>, body: &Value, refusals: Vec<Refusal>) {
    for refusal in refusals {
        let pointer = format!("/{}", refusal.field.as_deref().unwrap_or_default().replace('.', "/"));
        reader.note(refusal, body.pointer(&pointer).unwrap_or(&Value::Null));
    }
}

/// Circle's location of an input of an entry.
pub fn recipient_location(native: &str) -> Cow<'static, str> {
    match native {
        "destination.address" => "address".into(),
        "idempotency_key" => "idempotencyKey".into(),
        other => other.to_owned().into(),
    }
}
