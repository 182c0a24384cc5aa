//! Request bodies as types. [`bodies!`] declares each member once, with its name, type and description. Bodies are read
//! from this declaration, which reports all errors at once, and the document is generated from it.

use super::reader::{Reader, uuid};
use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode, Field},
    ids::{IdempotencyKey, PaymentIntentId, QuoteId},
    intents::payment::PaymentStatus,
    money::{Money, currency::Currency},
    names::Named,
    refunds::{quote::FeePayer, refund::RefundReason, warning::Warning},
    text::{parse_email, parse_note},
};
use chrono::{DateTime, Utc};

/// The type of a member of a body.
pub trait JsonMember: Sized {
    /// Reads the member at a place. Errors are recorded by the reader; the result is then `None`.
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self>;
}

/// Declares bodies, and objects in them: for each, a struct, its schema under the same name, and its [`JsonMember`]
/// implementation. The members' names are in camel case.
macro_rules! bodies {
    ($($(#[$about:meta])* $name:ident { $($(#[$member_about:meta])* $member:ident: $type:ty,)* })*) => {$(
        #[derive(utoipa::ToSchema)]
        #[schema(rename_all = "camelCase")]
        $(#[$about])*
        pub struct $name {
            $($(#[$member_about])* pub $member: $type,)*
        }

        impl $crate::api::input::member::JsonMember for $name {
            fn read(reader: &mut $crate::api::input::reader::Reader<'_>, place: &str) -> Option<Self> {
                $(let $member = reader.member::<$type>(place, stringify!($member));)*
                Some(Self { $($member: $member?,)* })
            }
        }
    )*};
}

/// Documents a body with several variants.
macro_rules! one_of {
    ($(#[doc = $doc:literal])* $name:ident { $($kind:ident $(: $about:literal)?,)* }) => {
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::OneOfBuilder::new()
                    .description(Some(concat!($($doc),*).trim()))
                    $(.item(
                        utoipa::openapi::Ref::builder()
                            .ref_location_from_schema_name(<$kind as utoipa::ToSchema>::name())
                            .description(Some(concat!("", $($about)?))),
                    ))*
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn schemas(all: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
                $(all.push((<$kind as utoipa::ToSchema>::name().into(), <$kind as utoipa::PartialSchema>::schema()));)*
                $(<$kind as utoipa::ToSchema>::schemas(all);)*
            }
        }
    };
}

pub(crate) use {bodies, one_of};

impl<M: JsonMember> JsonMember for Option<M> {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        if reader.is_absent(place)? { Some(None) } else { M::read(reader, place).map(Some) }
    }
}

impl<M: JsonMember> JsonMember for Vec<M> {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        // Reads every member even after an error, so that all errors are reported.
        let items = (0..reader.count(place)).map(|index| M::read(reader, &format!("{place}.{index}")));
        items.collect::<Vec<_>>().into_iter().collect()
    }
}

impl JsonMember for String {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.required(place).map(str::to_owned)
    }
}

impl JsonMember for bool {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.boolean(place)
    }
}

impl JsonMember for IdempotencyKey {
    fn read(reader: &mut Reader<'_>, _: &str) -> Option<Self> {
        reader.key()
    }
}

/// An idempotency key in any spelling; it may be missing.
pub struct OptionalKey(pub Option<IdempotencyKey>);

impl JsonMember for OptionalKey {
    fn read(reader: &mut Reader<'_>, _: &str) -> Option<Self> {
        reader.any_key().map(Self)
    }
}

/// Implements [`JsonMember`] for types that are parsed from one string.
macro_rules! texts {
    ($($type:ty => $parse:expr;)*) => {$(
        impl JsonMember for $type {
            fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
                reader.parsed(place, $parse)
            }
        }
    )*};
}

texts! {
    FeePayer => FeePayer::parse;
    Warning => Warning::parse_code;
    PaymentIntentId => |text| uuid(text).map(Self).ok_or_else(|| DomainError::not_found("error-unknown-payment-intent"));
    QuoteId => |text| uuid(text).map(Self).ok_or_else(|| DomainError::not_found("error-unknown-quote"));
    RefundReason => |name| {
        let message = format!("It must be one of {}.", Self::names().join(", "));
        Self::parse(name).ok_or_else(|| DomainError::plain(ErrorCode::TextInvalid, message))
    };
    PaymentStatus => |name| {
        let message = format!("The outcome is one of {}.", Self::names().join(", "));
        Self::parse(name).ok_or_else(|| DomainError::plain(ErrorCode::RequestMalformed, message))
    };
    DateTime<Utc> => |text| {
        let message = "It must be an ISO 8601 time, such as 2026-01-31T12:00:00Z.";
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc());
        time.map_err(|_| DomainError::plain(ErrorCode::TextInvalid, message))
    };
    Note => |text| parse_note(text, Field::Note).map(Self);
    Email => |text| parse_email(text).map(Self);
}

impl JsonMember for Currency {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.currency(place)
    }
}

impl JsonMember for Network {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.network(place)
    }
}

/// A note; `None` if it is blank.
pub struct Note(pub Option<String>);

/// The customer's e-mail address; `None` if it is blank.
pub struct Email(pub Option<String>);

/// A text that `null` and an empty string remove. It is kept if the member is absent.
pub struct ClearableText(pub Option<String>);

impl JsonMember for ClearableText {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        let text = if reader.is_null(place) { Some("") } else { reader.text(place) };
        Some(Self(text.map(str::to_owned)))
    }
}

/// An amount that may be zero.
pub struct RefundableAmount(pub Money);

impl JsonMember for RefundableAmount {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.money_with(place, Money::parse).map(Self)
    }
}

impl JsonMember for Money {
    fn read(reader: &mut Reader<'_>, place: &str) -> Option<Self> {
        reader.money(place)
    }
}
