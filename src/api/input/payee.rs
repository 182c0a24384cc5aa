//! The payee of a refund: an address, an entry of the address book, or the address that paid. Circle's surface and
//! Requite's own have different members for it.

use super::{
    field_names::Place,
    member::{JsonMember, one_of},
    reader::{Reader, uuid},
};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, Field},
    ids::RecipientId,
    refunds::{new_refund::Destination, payee::Payee},
};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// The members for an address on a surface.
#[derive(Clone, Copy, Debug)]
pub struct AddressPlaces {
    pub network: &'static str,
    pub address: &'static str,
    /// The memo or tag.
    pub memo: &'static str,
}

/// The members for the payee of a refund on a surface.
#[derive(Clone, Copy, Debug)]
pub struct PayeePlaces {
    pub address: AddressPlaces,
    /// The id of an entry of the address book.
    pub recipient: &'static [&'static str],
    /// The flag for a refund to the address that paid.
    pub sender: &'static [&'static str],
}

/// Declares the payee of a refund on a surface: how it is read, and the schemas of the three variants.
macro_rules! payee {
    ($payee:ident: $places:ident, $address:ident, $recipient:ident, $sender:ident, $network:ident, $memo:ident) => {
        /// The payee of a refund, and the expected network if it was sent as well.
        pub struct $payee(pub Payee, pub Option<Network>);

        impl JsonMember for $payee {
            fn read(reader: &mut Reader<'_>, _: &str) -> Option<Self> {
                $places.read(reader).map(|(payee, network)| Self(payee, network))
            }
        }

        one_of! {
            /// The payee of the refund, in one of three ways.
            $payee {
                $address: "An address.",
                $recipient: "An entry of the address book.",
                $sender: "The address that all payments came from.",
            }
        }

        /// An address that the refund is sent to.
        #[derive(ToSchema)]
        #[schema(rename_all = "camelCase")]
        pub struct $address {
            /// The network of the address.
            pub $network: Network,
            /// The customer's address on this network.
            pub address: String,
            /// The memo or tag. On networks where exchanges need one, send `null` if this address needs none.
            pub $memo: Option<String>,
        }

        /// An entry of the address book.
        #[derive(ToSchema)]
        #[schema(rename_all = "camelCase")]
        pub struct $recipient {
            /// The ID of the entry.
            pub address_book_id: Uuid,
            /// The network that you expect. If the entry is on a different network, the request is refused.
            pub $network: Option<Network>,
        }

        /// The address that all payments came from.
        #[derive(ToSchema)]
        #[schema(rename_all = "camelCase")]
        pub struct $sender {
            /// Always `true`.
            pub use_original_sender: bool,
            /// The network that you expect. If the payment came on a different network, the request is refused.
            pub $network: Option<Network>,
            /// The memo or tag. On networks where exchanges need one, send `null` if this address needs none.
            pub $memo: Option<String>,
        }
    };
}

/// The payee in Circle's refunds. `addressBookId` and `useOriginalSender` may also be at the top level.
pub const CIRCLE: PayeePlaces = PayeePlaces {
    address: AddressPlaces {
        network: "destination.chain",
        address: "destination.address",
        memo: "destination.addressTag",
    },
    recipient: &["destination.addressBookId", "addressBookId"],
    sender: &["destination.useOriginalSender", "useOriginalSender"],
};

/// The payee in Requite's own refunds.
pub const NATIVE: PayeePlaces = PayeePlaces {
    address: AddressPlaces { network: "destination.network", address: "destination.address", memo: "destination.memo" },
    recipient: &["destination.addressBookId"],
    sender: &["destination.useOriginalSender"],
};

payee!(RefundPayee: CIRCLE, ChainDestination, RecipientDestination, SenderDestination, chain, address_tag);
payee!(NetworkPayee: NATIVE, NetworkDestination, NetworkRecipient, NetworkSender, network, memo);

impl AddressPlaces {
    /// Reads an address with its network and memo.
    pub fn read(self, reader: &mut Reader<'_>) -> Option<Destination> {
        let network = reader.network(self.network);
        let text = reader.required(self.address);
        let memo = reader.text(self.memo);
        // Without the member nothing is stated; `null` states that the address needs no memo.
        let not_needed = reader.is_null(self.memo);
        let (network, text) = network.zip(text)?;
        let error = match Destination::parse(network, text, memo, not_needed) {
            Ok(destination) => return Some(destination),
            Err(error) => error,
        };
        // An address of a network that is not offered is rarely wrong by itself. A valid one passes, since the request may
        // repeat an earlier one from when the network was offered.
        if reader.require_offered(network, self.network) {
            let (place, sent) = match error.field {
                Some(Field::DestinationMemo) => (self.memo, memo.unwrap_or_default()),
                _ => (self.address, text),
            };
            reader.note(place, error, &Value::from(sent));
        }
        None
    }
}

impl PayeePlaces {
    /// Reads the payee, which must be given in exactly one way, and the expected network.
    pub fn read(self, reader: &mut Reader<'_>) -> Option<(Payee, Option<Network>)> {
        let AddressPlaces { network, address, memo } = self.address;
        [network, address, memo].iter().chain(self.recipient).chain(self.sender).for_each(|place| reader.know(place));
        // Reads all three, so that every wrong type is reported.
        let ids: Vec<_> = self.recipient.iter().filter_map(|place| Some((*place, reader.text(place)?))).collect();
        let senders: Vec<_> = self.sender.iter().copied().filter(|place| reader.boolean(place) == Some(true)).collect();
        let typed = reader.has(address).then_some(address);
        let ways: Vec<&str> = typed.into_iter().chain(ids.iter().map(|(place, _)| *place)).chain(senders).collect();
        if let [_, second, ..] = ways.as_slice() {
            let message =
                "Give the payee in only one way: an address, an entry of the address book, or the original sender.";
            reader.note(*second, DomainError::plain(ErrorCode::RequestMalformed, message), &Value::Null);
            return None;
        }
        if let Some((place, id)) = ids.first() {
            return self.recipient(reader, place, id);
        }
        if typed.is_some() {
            return Some((Payee::Address(self.address.read(reader)?), None));
        }
        if self.recipient.iter().chain(self.sender).any(|place| reader.has_error_at(place)) {
            // A recipient was given, although incorrectly, so the address is not reported as missing.
            self.sibling_network(reader)?;
            return None;
        }
        if ways.is_empty() {
            return Some((Payee::Address(self.address.read(reader)?), None));
        }
        let network = self.sibling_network(reader)?;
        let text = reader.text(memo).map(str::to_owned);
        Some((Payee::OriginalSender { memo: text, memo_not_needed: reader.is_null(memo) }, network))
    }

    fn recipient(self, reader: &mut Reader<'_>, place: &'static str, id: &str) -> Option<(Payee, Option<Network>)> {
        let network = self.sibling_network(reader)?;
        let memo = self.address.memo;
        if reader.has(memo) {
            let message = "An entry of the address book has its own tag.";
            reader.note(memo, DomainError::plain(ErrorCode::RequestMalformed, message), &Value::Null);
            return None;
        }
        let message = "There is no such recipient in your address book.";
        let id = uuid(id).map(RecipientId).ok_or_else(|| DomainError::plain(ErrorCode::RecipientNotFound, message));
        let id = id.map_err(|error| reader.note(place, error, &Value::Null)).ok()?;
        Some((Payee::Recipient(id), network))
    }

    /// Reads the expected network, which is optional since the payee determines it. `None` if it is not a network.
    fn sibling_network(self, reader: &mut Reader<'_>) -> Option<Option<Network>> {
        let place = self.address.network;
        if reader.has(place) { reader.network(place).map(Some) } else { Some(None) }
    }

    /// The place of an error's field in a request, if the field belongs to the payee. An error about the address of an
    /// address book entry, or of the original sender, is reported at the member that selects it.
    pub fn place_of(self, body: &Value, field: Field) -> Option<Place> {
        let mut reader = Reader::new(body);
        let id = self.recipient.iter().copied().find(|place| reader.has(place));
        let named = id.or_else(|| self.sender.iter().copied().find(|place| reader.boolean(place) == Some(true)));
        let place = match field {
            Field::DestinationRecipient | Field::DestinationSender => named,
            Field::DestinationAddress => Some(named.unwrap_or(self.address.address)),
            Field::DestinationMemo => Some(id.unwrap_or(self.address.memo)),
            Field::DestinationNetwork => Some(self.address.network),
            // Not a field of the payee.
            _ => None,
        };
        place.map(Place::from)
    }
}
