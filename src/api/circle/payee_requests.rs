//! Who gets a refund, as Circle's requests name them, and from a body to an entry of the address book.

use crate::{
    api::input::{
        field_names::{FieldNames, Place, name},
        payee::{AddressPlaces, PayeePlaces},
        problems::Problems,
        reader::Reader,
    },
    domain::{
        address_book::{NewRecipient, RecipientMetadata},
        error::{DomainError, ErrorCode, Field},
        ids::IdempotencyKey,
    },
};
use serde_json::Value;

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

/// Reads `POST /v1/addressBook/recipients`.
pub fn recipient(body: &Value, header: Option<IdempotencyKey>) -> Result<(NewRecipient, IdempotencyKey), Problems> {
    let mut reader = Reader::new(body);
    let key = reader.key_or(header);
    let destination = ENTRY.read(&mut reader);
    if !reader.has("metadata") {
        reader.note("metadata", DomainError::new(ErrorCode::Required, "This is required."), &Value::Null);
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
    reader.add(Problems::from(errors).located(recipient_location).with_values_of(body));
}

/// Circle's location of an input of an entry.
pub fn recipient_location(field: Field) -> Option<Place> {
    Some(name(RECIPIENT, field))
}

const RECIPIENT: &FieldNames = &[
    (Field::DestinationNetwork, ENTRY.network),
    (Field::DestinationAddress, ENTRY.address),
    (Field::DestinationMemo, ENTRY.memo),
    (Field::IdempotencyKey, "idempotencyKey"),
];
