//! What a list shows lives in its address, so that it can be kept, sent and opened again.

use crate::{
    domain::{
        address::network::Network,
        ids::WebhookEndpointId,
        intents::payment_intent::{IntentStatus, PaidContext},
        money::currency::Currency,
        paging::{Order, PageRequest, Position},
        refunds::{refund::RefundStatus, refund_sort::RefundSort},
        webhooks::{DeliveryState, event},
    },
    store::{
        intents::{IntentFilter, IntentSort},
        operations::api_log::ApiLogFilter,
        records::audit_entries::AuditFilter,
        refunds::RefundFilter,
        webhooks::deliveries::DeliveryFilter,
    },
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many rows a page of the console shows.
const PAGE_SIZE: u32 = 25;

/// The query of the list of payment intents, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntentQuery {
    /// Name of a status or of a context.
    pub status: String,
    /// An id, an order number or a deposit address.
    pub search: String,
    /// `newest`, `oldest`, `largest` or `smallest`.
    pub sort: String,
    /// The page behind this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The page before this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl IntentQuery {
    /// The filter that it means.
    pub fn filter(&self) -> IntentFilter {
        IntentFilter {
            status: IntentStatus::parse(&self.status),
            context: PaidContext::parse(&self.status),
            search: given(&self.search),
            sort: if by_amount(&self.sort) { IntentSort::Amount } else { IntentSort::Created },
            ..IntentFilter::default()
        }
    }

    /// The page that it means.
    pub fn page(&self) -> PageRequest {
        PageRequest::new(PAGE_SIZE, position(&self.after, &self.before), order(&self.sort))
    }

    /// Whether anything is filtered.
    pub fn is_filtered(&self) -> bool {
        !self.status.is_empty() || !self.search.trim().is_empty()
    }

    /// The address of the list behind or before a row.
    pub fn link(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let query = Self { after: text(after), before: text(before), ..self.clone() };
        format!("/payment-intents?{}", serde_urlencoded::to_string(query).unwrap_or_default())
    }
}

/// The query of the refund history, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefundQuery {
    /// Name of a status.
    pub status: String,
    /// Code of a currency.
    pub currency: String,
    /// Code of a network.
    pub network: String,
    /// First day, in UTC, as `2026-11-23`.
    pub from: String,
    /// Last day, in UTC.
    pub to: String,
    /// At least this amount.
    pub min: String,
    /// At most this amount.
    pub max: String,
    /// An id, an address, an e-mail address or a transaction.
    pub search: String,
    /// `newest`, `oldest`, `updated`, `largest` or `smallest`.
    pub sort: String,
    /// The page behind this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The page before this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl RefundQuery {
    /// The filter that it means.
    pub fn filter(&self) -> RefundFilter {
        RefundFilter {
            status: RefundStatus::parse(&self.status),
            currency: Currency::parse(&self.currency).ok(),
            network: Network::parse(&self.network).ok(),
            from: day(&self.from).map(start_of),
            to: end_of(&self.to),
            amount_min: amount(&self.min),
            amount_max: amount(&self.max),
            search: given(&self.search),
            sort: match self.sort.as_str() {
                "updated" => RefundSort::Updated,
                sort if by_amount(sort) => RefundSort::Amount,
                _ => RefundSort::Created,
            },
            ..RefundFilter::default()
        }
    }

    /// The order that it means.
    pub fn order(&self) -> Order {
        order(&self.sort)
    }

    /// The page that it means.
    pub fn page(&self) -> PageRequest {
        PageRequest::new(PAGE_SIZE, position(&self.after, &self.before), self.order())
    }

    /// Names of the fields that were filled in with something that is not understood, and so are not applied.
    pub fn not_understood(&self) -> Vec<&'static str> {
        let wrong = |text: &str, understood: bool| !text.trim().is_empty() && !understood;
        [
            ("first day", wrong(&self.from, day(&self.from).is_some())),
            ("last day", wrong(&self.to, day(&self.to).is_some())),
            ("smallest amount", wrong(&self.min, amount(&self.min).is_some())),
            ("largest amount", wrong(&self.max, amount(&self.max).is_some())),
        ]
        .into_iter()
        .filter_map(|(name, wrong)| wrong.then_some(name))
        .collect()
    }

    /// Whether anything is filtered.
    pub fn is_filtered(&self) -> bool {
        let unsorted = Self { sort: String::new(), after: String::new(), before: String::new(), ..self.clone() };
        unsorted != Self::default()
    }

    /// The address of the list behind or before a row.
    pub fn link(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        format!("/refunds?{}", self.encoded(after, before))
    }

    /// The address of the same list as a file.
    pub fn export_link(&self) -> String {
        format!("/refunds.csv?{}", self.encoded(None, None))
    }

    fn encoded(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let query = Self { after: text(after), before: text(before), ..self.clone() };
        serde_urlencoded::to_string(query).unwrap_or_default()
    }
}

/// The query of the audit log, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    /// How actions begin.
    pub action: String,
    /// An id of what was acted on, or of who acted.
    pub about: String,
    /// First day, in UTC, as `2026-11-23`.
    pub from: String,
    /// Last day, in UTC.
    pub to: String,
    /// `newest` or `oldest`.
    pub sort: String,
    /// The page behind this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The page before this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl AuditQuery {
    /// The filter that it means.
    pub fn filter(&self) -> AuditFilter {
        AuditFilter {
            action: given(&self.action),
            about: Uuid::try_parse(self.about.trim()).ok(),
            from: day(&self.from).map(start_of),
            to: end_of(&self.to),
        }
    }

    /// The order that it means.
    pub fn order(&self) -> Order {
        order(&self.sort)
    }

    /// The page that it means.
    pub fn page(&self) -> PageRequest {
        PageRequest::new(PAGE_SIZE, position(&self.after, &self.before), self.order())
    }

    /// Names of the fields that were filled in with something that is not understood, and so are not applied.
    pub fn not_understood(&self) -> Vec<&'static str> {
        let wrong = |text: &str, understood: bool| !text.trim().is_empty() && !understood;
        [
            ("first day", wrong(&self.from, day(&self.from).is_some())),
            ("last day", wrong(&self.to, day(&self.to).is_some())),
            ("id", wrong(&self.about, Uuid::try_parse(self.about.trim()).is_ok())),
        ]
        .into_iter()
        .filter_map(|(name, wrong)| wrong.then_some(name))
        .collect()
    }

    /// The address of the list behind or before a row.
    pub fn link(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        format!("/audit?{}", self.encoded(after, before))
    }

    /// The address of the same list as a file.
    pub fn export_link(&self) -> String {
        format!("/audit.csv?{}", self.encoded(None, None))
    }

    fn encoded(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let query = Self { after: text(after), before: text(before), ..self.clone() };
        serde_urlencoded::to_string(query).unwrap_or_default()
    }
}

/// The query of the deliveries of an endpoint, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryQuery {
    /// Name of a state.
    pub state: String,
    /// Name of an event.
    pub event: String,
    /// The page behind this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The page before this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl DeliveryQuery {
    /// The filter that it means.
    pub fn filter(&self, endpoint: WebhookEndpointId) -> DeliveryFilter {
        DeliveryFilter {
            endpoint: Some(endpoint),
            state: DeliveryState::parse(&self.state),
            event_type: event::parse(&self.event).map(str::to_owned),
            ..DeliveryFilter::default()
        }
    }

    /// The page that it means.
    pub fn page(&self) -> PageRequest {
        PageRequest::new(PAGE_SIZE, position(&self.after, &self.before), Order::NewestFirst)
    }

    /// Whether anything is filtered.
    pub fn is_filtered(&self) -> bool {
        !self.state.is_empty() || !self.event.is_empty()
    }

    /// The address of the list behind or before a row.
    pub fn link(&self, page: &str, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let query = Self { after: text(after), before: text(before), ..self.clone() };
        format!("{page}?{}", serde_urlencoded::to_string(query).unwrap_or_default())
    }
}

/// The query of the API log, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiLogQuery {
    /// The first digit of a status.
    pub status: String,
    /// A method.
    pub method: String,
    /// The id of a key.
    pub key: String,
    /// A part of a path.
    pub path: String,
    /// The id of a request.
    pub request: String,
    /// The page behind this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The page before this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl ApiLogQuery {
    /// The filter that it means.
    pub fn filter(&self) -> ApiLogFilter {
        ApiLogFilter {
            key: self.key.parse().ok(),
            status_class: self.status.parse().ok().filter(|class| (1..=5).contains(class)),
            method: given(&self.method),
            request_id: given(&self.request),
            path: given(&self.path),
        }
    }

    /// The page that it means.
    pub fn page(&self) -> PageRequest {
        PageRequest::new(PAGE_SIZE, position(&self.after, &self.before), Order::NewestFirst)
    }

    /// Whether anything is filtered.
    pub fn is_filtered(&self) -> bool {
        self.filter() != ApiLogFilter::default()
    }

    /// The address of the list behind or before a row.
    pub fn link(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let query = Self { after: text(after), before: text(before), ..self.clone() };
        format!("/developers/api-log?{}", serde_urlencoded::to_string(query).unwrap_or_default())
    }
}

/// The place in the list of mails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailQuery {
    /// The page behind this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// The page before this row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl MailQuery {
    /// The page that it means.
    pub fn page(&self) -> PageRequest {
        PageRequest::new(PAGE_SIZE, position(&self.after, &self.before), Order::NewestFirst)
    }

    /// The address of the list behind or before a row.
    pub fn link(&self, after: Option<Uuid>, before: Option<Uuid>) -> String {
        let query = Self { after: text(after), before: text(before) };
        format!("/developers/mail?{}", serde_urlencoded::to_string(query).unwrap_or_default())
    }
}

/// A moment in UTC as browsers send it, `2026-11-23T08:15` with or without seconds, or the first moment of a day.
pub fn context(text: &str) -> Option<DateTime<Utc>> {
    let (date, time) = text.trim().split_once('T').unwrap_or((text, "00:00"));
    let time =
        NaiveTime::parse_from_str(time, "%H:%M").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S")).ok()?;
    Some(day(date)?.and_time(time).and_utc())
}

/// The query of a page about one day, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayQuery {
    /// In UTC, as `2026-11-23`.
    pub day: String,
}

impl DayQuery {
    /// The day that it means; today unless told otherwise.
    pub fn day(&self, now: DateTime<Utc>) -> NaiveDate {
        day(&self.day).unwrap_or_else(|| now.date_naive())
    }
}

/// The last microsecond of a day.
fn end_of(text: &str) -> Option<DateTime<Utc>> {
    let next = day(text)?.checked_add_days(Days::new(1))?;
    Some(start_of(next) - chrono::Duration::microseconds(1))
}

fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn by_amount(sort: &str) -> bool {
    sort == "largest" || sort == "smallest"
}

fn order(sort: &str) -> Order {
    if sort == "oldest" || sort == "smallest" { Order::OldestFirst } else { Order::NewestFirst }
}

fn position(after: &str, before: &str) -> Position {
    let id = |text: &str| Uuid::try_parse(text).ok();
    id(after).map(Position::After).or_else(|| id(before).map(Position::Before)).unwrap_or_default()
}

fn text(id: Option<Uuid>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn day(text: &str) -> Option<NaiveDate> {
    // Ten characters: no year that a database could not hold.
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(|_| text.trim().len() == 10)
}

fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn amount(text: &str) -> Option<Decimal> {
    // Finer than any currency is fine for a comparison; the finest of them reads it.
    crate::domain::money::Money::parse(text, Currency::Eth).ok().map(|money| money.amount())
}
