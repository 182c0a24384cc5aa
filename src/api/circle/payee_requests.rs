//! Who gets a refund, as Circle's requests name them, and from a body to an entry of the address book.

use super::requests::refund_location;
use crate::{
    api::input::{
        payee::{AddressPlaces, PayeePlaces},
        problems::Problems,
        reader::Reader,
    },
    domain::{
        address_book::{NewRecipient, RecipientMetadata},
        error::{DomainError, ErrorCode},
        ids::IdempotencyKey,
    },
};
use serde_json::Value;
use std::borrow::Cow;

/// Where Circle's refunds name who gets them: the address book and the sender may also be at the top level.
pub const PAYEE: PayeePlaces = PayeePlaces {
    address: AddressPlaces {
        network: "destination.chain",
        address: "destination.address",
        memo: "destination.addressTag",
    },
    recipient: &["destination.addressBookId", "addressBookId"],
    sender: &["destination.useOriginalSender", "useOriginalSender"],
};
/// Where an entry of the address book has its address.
const ENTRY: AddressPlaces = AddressPlaces { network: "chain", address: "address", memo: "addressTag" };

/// Circle's location of an input of this refund.
pub fn payee_location(body: &Value, native: &str) -> Cow<'static, str> {
    PAYEE.place_of(body, native).map_or_else(|| refund_location(native), Cow::from)
}

/// Reads `POST /v1/addressBook/recipients`.
pub fn recipient(body: &Value, header: Option<IdempotencyKey>) -> Result<(NewRecipient, IdempotencyKey), Problems> {
    let mut reader = Reader::new(body);
    let key = reader.key_or(header);
    let destination = ENTRY.read(&mut reader);
    if !reader.has("metadata") {
        reader.note(DomainError::new(ErrorCode::Required, "This is required.").on("metadata"), &Value::Null);
    }
    let metadata = metadata(&mut reader).apply(RecipientMetadata::default());
    let metadata = metadata.map_err(|errors| note_all(&mut reader, body, errors)).ok();
    reader.finish(|| Some((NewRecipient { destination: destination?, metadata: metadata? }, key?)))
}

/// What is to change about the metadata of an entry; what is not named stays.
pub struct RecipientChange<'a> {
    nickname: Option<&'a str>,
    email: Option<&'a str>,
    bns: Option<&'a str>,
}

impl RecipientChange<'_> {
    /// The metadata with the change.
    pub fn apply(&self, metadata: RecipientMetadata) -> Result<RecipientMetadata, Vec<DomainError>> {
        metadata.with(self.nickname, self.email, self.bns)
    }
}

/// Reads `PATCH /v1/addressBook/recipients/{id}`.
pub fn recipient_change(body: &Value) -> Result<RecipientChange<'_>, Problems> {
    let mut reader = Reader::new(body);
    let change = metadata(&mut reader);
    if let Err(errors) = change.apply(RecipientMetadata::default()) {
        note_all(&mut reader, body, errors);
    }
    reader.finish(|| Some(change))
}

fn metadata<'a>(reader: &mut Reader<'a>) -> RecipientChange<'a> {
    let mut member = |place: &str| if reader.is_null(place) { Some("") } else { reader.text(place) };
    RecipientChange {
        nickname: member("metadata.nickname"),
        email: member("metadata.email"),
        bns: member("metadata.bns"),
    }
}

fn note_all(reader: &mut Reader<'_>, body: &Value, errors: Vec<DomainError>) {
    for error in errors {
        let pointer = format!("/{}", error.field.as_deref().unwrap_or_default().replace('.', "/"));
        reader.note(error, body.pointer(&pointer).unwrap_or(&Value::Null));
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
