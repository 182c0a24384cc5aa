//! The body of a message: `{type, timestamp, data}`.

use crate::domain::{
    error::{DomainError, ErrorCode, Field},
    names::Named,
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value as Json, json};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// Standard Webhooks asks for less than 20 kB.
pub const BODY_MAX_BYTES: usize = 20_000;

/// How much a message contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, IntoStaticStr, VariantArray)]
// The names in the database and in the APIs.
#[strum(serialize_all = "snake_case")]
pub enum PayloadStyle {
    #[default]
    Full,
    /// Only ids; the receiver fetches the rest from the API, so that messages contain no customer data.
    Thin,
}

impl PayloadStyle {
    /// Parses a name; empty means full.
    pub fn parse(name: &str) -> Result<Self, DomainError> {
        let name = Some(name.trim()).filter(|name| !name.is_empty());
        name.map_or(Some(Self::default()), Named::parse)
            .ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, "error-payload-style").on(Field::Payload))
    }
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub id: Uuid,
    pub kind: String,
    /// The id of the object.
    pub subject: Uuid,
    /// The data of the message.
    pub facts: Json,
    pub at: DateTime<Utc>,
}

/// The member of events about a payment intent with what its shop keeps with it.
pub const METADATA: &str = "metadata";

/// The members that a thin message contains.
const IDS: [&str; 4] = ["refundId", "paymentIntentId", "paymentId", "webhookEndpointId"];

impl Event {
    /// The body of the message. The text is the same in every attempt, regardless of the order of members in the
    /// database. Facts that are too long for a message are left out: the metadata first, which can be longer than a whole
    /// message.
    pub fn body(&self, style: PayloadStyle) -> String {
        match style {
            PayloadStyle::Full => self.full(),
            PayloadStyle::Thin => None,
        }
        .unwrap_or_else(|| self.text(self.ids()))
    }

    /// The message with as many facts as fit.
    fn full(&self) -> Option<String> {
        let fits = |body: &String| body.len() < BODY_MAX_BYTES;
        let mut data = self.facts.as_object().cloned().unwrap_or_default();
        let whole = Some(self.text(data.clone())).filter(fits);
        whole.or_else(|| {
            data.remove(METADATA)?;
            Some(self.text(data)).filter(fits)
        })
    }

    fn ids(&self) -> Map<String, Json> {
        let known = |name: &str| self.facts.get(name).filter(|id| id.is_string()).cloned();
        IDS.iter().filter_map(|name| Some(((*name).to_owned(), known(name)?))).collect()
    }

    fn text(&self, mut data: Map<String, Json>) -> String {
        data.insert("id".to_owned(), json!(self.subject));
        let timestamp = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        json!({ "type": self.kind, "timestamp": timestamp, "data": data }).to_string()
    }
}
