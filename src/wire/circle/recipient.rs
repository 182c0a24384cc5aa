//! Address book entries as Circle's API represents them.

use super::utc;
use crate::{
    domain::{address::network::Network, address_book::Recipient, ids::RecipientId, names::Named},
    wire::schema,
};
use serde::Serialize;
use utoipa::ToSchema;

/// An entry of the address book.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AddressBookRecipient)]
pub struct RecipientObject {
    #[schema(value_type = Uuid)]
    id: RecipientId,
    chain: Network,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    address_tag: Option<String>,
    metadata: MetadataObject,
    #[schema(value_type = schema::RecipientStatus)]
    status: &'static str,
    #[schema(format = DateTime)]
    create_date: String,
    #[schema(format = DateTime)]
    update_date: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = AddressBookMetadata)]
struct MetadataObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    nickname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    bns: Option<String>,
}

impl From<Recipient> for RecipientObject {
    fn from(recipient: Recipient) -> Self {
        let metadata = recipient.metadata;
        Self {
            id: recipient.id,
            chain: recipient.network,
            address: recipient.address_sent,
            address_tag: recipient.memo,
            metadata: MetadataObject { nickname: metadata.nickname, email: metadata.email, bns: metadata.bns },
            status: recipient.status.as_str(),
            create_date: utc(recipient.created_at),
            update_date: utc(recipient.updated_at),
        }
    }
}
