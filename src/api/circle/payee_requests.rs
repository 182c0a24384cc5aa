//! Request bodies for the address book, and their conversion to commands.

use crate::{
    api::input::{
        field_names::{FieldNames, Place, name},
        member::{ClearableText, JsonMember, bodies},
        payee::AddressPlaces,
        problems::Problems,
        reader::Reader,
    },
    domain::{
        address::{network::Network, pairs::Pairs},
        address_book::{NewRecipient, RecipientMetadata},
        error::{DomainError, ErrorCode, Field},
        ids::IdempotencyKey,
    },
};
use serde_json::Value;

/// The members of an entry's address.
const ENTRY: AddressPlaces = AddressPlaces { network: "chain", address: "address", memo: "addressTag" };

bodies! {
    /// A new recipient in the address book.
    #[schema(example = json!({
        "idempotencyKey": "8f0f5a52-52b6-4f9a-8c1c-6b7bd5a04c5e",
        "chain": "BASE",
        "address": "0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
        "metadata": { "nickname": "Ann" },
    }))]
    NewAddressBookRecipient {
        /// Your idempotency key, a UUID, here or in the `Idempotency-Key` header.
        #[schema(value_type = Option<Uuid>)]
        idempotency_key: IdempotencyKey,
        /// The network of the address.
        chain: Network,
        /// The customer's address on this network.
        address: String,
        /// The memo or tag. On networks where exchanges need one, send `null` if this address needs none.
        address_tag: Option<String>,
        /// Your notes about the recipient; the object may be empty.
        metadata: NewAddressBookMetadata,
    }

    /// Changes to a recipient.
    #[schema(example = json!({ "metadata": { "nickname": "Ann" } }))]
    AddressBookRecipientChange {
        /// Your notes about the recipient. Omitted members are not changed; `null` removes a value.
        #[schema(nullable = false)]
        metadata: Option<NewAddressBookMetadata>,
    }

    /// A merchant's notes about a recipient.
    NewAddressBookMetadata {
        /// A name for the recipient.
        #[schema(value_type = Option<String>)]
        nickname: ClearableText,
        /// The customer's e-mail address.
        #[schema(value_type = Option<String>)]
        email: ClearableText,
        /// The address's name in a service such as ENS. It is only stored, never resolved.
        #[schema(value_type = Option<String>)]
        bns: ClearableText,
    }
}

impl NewAddressBookMetadata {
    fn apply(&self, metadata: RecipientMetadata) -> Result<RecipientMetadata, Vec<DomainError>> {
        metadata.with(self.nickname.0.as_deref(), self.email.0.as_deref(), self.bns.0.as_deref())
    }
}

impl AddressBookRecipientChange {
    /// Applies the change; omitted members keep their values.
    pub fn apply(&self, metadata: RecipientMetadata) -> Result<RecipientMetadata, Vec<DomainError>> {
        match &self.metadata {
            Some(change) => change.apply(metadata),
            None => Ok(metadata),
        }
    }
}

/// Reads `POST /v1/addressBook/recipients`, on a server that sends these pairs.
pub fn recipient(
    body: &Value,
    header: Option<IdempotencyKey>,
    sent: &Pairs,
) -> Result<(NewRecipient, IdempotencyKey), Problems> {
    let mut reader = Reader::with_key(body, Ok(header)).ignoring_unknown().offering(sent, &[]);
    let request = NewAddressBookRecipient::read(&mut reader, "");
    let destination = ENTRY.read(&mut reader);
    if !reader.has("metadata") {
        reader.note("metadata", DomainError::plain(ErrorCode::Required, "This is required."), &Value::Null);
    }
    let metadata = metadata(&mut reader, body);
    reader.finish(|| Some((NewRecipient { destination: destination?, metadata: metadata? }, request?.idempotency_key)))
}

/// Reads `PATCH /v1/addressBook/recipients/{id}`.
pub fn recipient_change(body: &Value) -> Result<AddressBookRecipientChange, Problems> {
    let mut reader = Reader::new(body).ignoring_unknown();
    let change = AddressBookRecipientChange::read(&mut reader, "");
    metadata(&mut reader, body);
    reader.finish(|| change)
}

/// Reads the metadata. It is checked even if other members are wrong.
fn metadata(reader: &mut Reader<'_>, body: &Value) -> Option<RecipientMetadata> {
    let metadata = NewAddressBookMetadata::read(reader, "metadata")?.apply(RecipientMetadata::default());
    metadata.map_err(|errors| note_all(reader, body, errors)).ok()
}

fn note_all(reader: &mut Reader<'_>, body: &Value, errors: Vec<DomainError>) {
    reader.add(Problems::from(errors).at_places(recipient_location).with_values_of(body));
}

/// Circle's location of an input of an address book entry.
pub fn recipient_location(field: Field) -> Option<Place> {
    Some(name(RECIPIENT, field))
}

const RECIPIENT: &FieldNames = &[
    (Field::DestinationNetwork, ENTRY.network),
    (Field::DestinationAddress, ENTRY.address),
    (Field::DestinationMemo, ENTRY.memo),
    (Field::IdempotencyKey, "idempotencyKey"),
];
