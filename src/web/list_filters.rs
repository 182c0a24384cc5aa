//! The filters of each list as typed, and their conversion to the filters of the store.

use super::{
    days::day,
    list_query::{ListFilter, ListQuery, Unfiltered},
    periods::{Calendar, Period},
};
use crate::{
    domain::{
        address::network::Network,
        customers::CustomerPart,
        ids::WebhookEndpointId,
        intents::payment_intent::{IntentStatus, PaidContext},
        ledger::PostingReason,
        money::{Money, currency::Currency},
        names::Named,
        paging::PageRequest,
        refunds::{refund::RefundStatus, refund_sort::RefundSort, transfer::HeldReason},
        reports::month::Month,
        search::SearchText,
        webhooks::{DeliveryState, event},
    },
    store::{
        intents::{IntentFilter, IntentSort},
        operations::api_log::ApiLogFilter,
        operations::audit::AuditFilter,
        refunds::RefundFilter,
        reports::movements::MovementFilter,
        webhooks::deliveries::DeliveryFilter,
    },
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The query of the list of payment intents.
pub type IntentQuery = ListQuery<IntentFilters>;
/// The query of the refund history.
pub type RefundQuery = ListQuery<RefundFilters>;
/// The query of the audit log.
pub type AuditQuery = ListQuery<AuditFilters>;
/// The query of the deliveries of an endpoint.
pub type DeliveryQuery = ListQuery<DeliveryFilters>;
/// The query of the API log.
pub type ApiLogQuery = ListQuery<ApiLogFilters>;
/// The query of the deposits that were not credited.
pub type UnsupportedQuery = ListQuery<UnsupportedFilters>;
/// The query of the movements of a month.
pub type MovementQuery = ListQuery<MovementFilters>;

/// The query of the page of a customer.
pub type CustomerQuery = ListQuery<CustomerFilters>;
/// The query of a list without filters.
pub type PageQuery = ListQuery<Unfiltered>;

/// The orders of lists that are sorted by time only.
const BY_TIME: &[&str] = &["newest", "oldest"];

/// The filters of the list of payment intents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntentFilters {
    /// Name of a status or of a context.
    pub status: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
    /// Whatever finds a payment intent.
    pub search: String,
}

impl ListFilter for IntentFilters {
    const SORTS: &'static [&'static str] = &["newest", "oldest", "largest", "smallest"];

    fn is_filtered(&self) -> bool {
        let texts = [&self.status, &self.period, &self.from, &self.to, &self.search];
        texts.into_iter().any(|text| !text.trim().is_empty())
    }

    fn has_words(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let status = &self.status;
        let is_status = IntentStatus::parse(status).is_some() || PaidContext::parse(status).is_some();
        wrong_fields([("status", status, is_status), wrong_period(&self.period), first, last])
    }
}

impl IntentQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> IntentFilter {
        let (from, to) = calendar.range(&self.filters.period, &self.filters.from, &self.filters.to);
        IntentFilter {
            from,
            to,
            status: IntentStatus::parse(&self.filters.status),
            context: PaidContext::parse(&self.filters.status),
            search: SearchText::parse(&self.filters.search),
            sort: if by_amount(&self.sort) { IntentSort::Amount } else { IntentSort::Created },
            ..IntentFilter::default()
        }
    }
}

/// The filter for refunds whose transfer waits for any reason.
pub const ANY_REASON: &str = "any";

/// The filters of the refund history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RefundFilters {
    /// Name of a status.
    pub status: String,
    /// Code of a currency.
    pub currency: String,
    /// Code of a network.
    pub network: String,
    /// Why its transfer waits, or [`ANY_REASON`].
    pub held: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
    /// At least this amount.
    pub min: String,
    /// At most this amount.
    pub max: String,
    /// Whatever finds a refund.
    pub search: String,
}

impl ListFilter for RefundFilters {
    const SORTS: &'static [&'static str] = &["newest", "oldest", "updated", "largest", "smallest"];

    fn has_words(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let is_reason = self.held == ANY_REASON || HeldReason::parse(&self.held).is_some();
        wrong_fields([
            ("status", &self.status, RefundStatus::parse(&self.status).is_some()),
            ("currency", &self.currency, Currency::parse(&self.currency).is_ok()),
            ("network", &self.network, Network::parse(&self.network).is_ok()),
            ("reason to wait", &self.held, is_reason),
            wrong_period(&self.period),
            first,
            last,
            ("smallest amount", &self.min, amount(&self.min).is_some()),
            ("largest amount", &self.max, amount(&self.max).is_some()),
        ])
    }
}

impl RefundQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> RefundFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        RefundFilter {
            status: RefundStatus::parse(&filters.status),
            currency: Currency::parse(&filters.currency).ok(),
            network: Network::parse(&filters.network).ok(),
            held_reason: HeldReason::parse(&filters.held),
            held: (filters.held == ANY_REASON).then_some(true),
            from,
            to,
            amount_min: amount(&filters.min),
            amount_max: amount(&filters.max),
            search: SearchText::parse(&filters.search),
            sort: match self.sort.as_str() {
                "updated" => RefundSort::Updated,
                sort if by_amount(sort) => RefundSort::Amount,
                _ => RefundSort::Created,
            },
            ..RefundFilter::default()
        }
    }
}

/// The filter of the deposits that were not credited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnsupportedFilters {
    /// Whatever finds a deposit or its payment intent.
    pub search: String,
}

impl ListFilter for UnsupportedFilters {
    fn is_filtered(&self) -> bool {
        !self.search.trim().is_empty()
    }

    fn has_words(&self) -> bool {
        self.is_filtered()
    }
}

impl UnsupportedQuery {
    /// What is searched for.
    pub fn search(&self) -> Option<SearchText> {
        SearchText::parse(&self.filters.search)
    }
}

/// The filters of the movements of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovementFilters {
    /// Code of a currency.
    pub currency: String,
    /// Name of a kind of movement.
    pub kind: String,
}

impl MovementFilters {
    fn reason(&self) -> Option<PostingReason> {
        PostingReason::parse(&self.kind).filter(|reason| reason.changes_holdings())
    }
}

impl ListFilter for MovementFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn unreadable_filters(&self) -> Vec<&'static str> {
        wrong_fields([
            ("currency", &self.currency, Currency::parse(&self.currency).is_ok()),
            ("kind", &self.kind, self.reason().is_some()),
        ])
    }
}

impl MovementQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, month: Month) -> MovementFilter {
        MovementFilter { month, currency: Currency::parse(&self.filters.currency).ok(), reason: self.filters.reason() }
    }
}

/// Whose records the page of a customer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerFilters {
    /// An e-mail address, an address, or a record that has one.
    pub of: String,
    /// The name of one of the lists; empty for the beginning of each.
    pub show: String,
}

impl ListFilter for CustomerFilters {}

impl CustomerQuery {
    /// The list that is asked for alone, and which page of it.
    pub fn part(&self) -> Option<(CustomerPart, PageRequest)> {
        CustomerPart::parse(&self.filters.show).map(|part| (part, self.page()))
    }

    /// The URL of one of the lists alone.
    pub fn address_of(&self, path: &str, part: CustomerPart) -> String {
        let filters = CustomerFilters { of: self.filters.of.clone(), show: part.as_str().to_owned() };
        Self::with_filters(filters).address(path)
    }
}

/// The filters of the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilters {
    /// The beginning of the action.
    pub action: String,
    /// The id of the changed object or of the actor.
    pub about: String,
    /// Name of a period, or empty.
    pub period: String,
    /// First day in the reader's time zone, as `2026-11-23`.
    pub from: String,
    /// Last day in the reader's time zone.
    pub to: String,
}

impl ListFilter for AuditFilters {
    const SORTS: &'static [&'static str] = BY_TIME;

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let [first, last] = wrong_days(&self.from, &self.to);
        let about = ("id", self.about.as_str(), Uuid::try_parse(self.about.trim()).is_ok());
        wrong_fields([wrong_period(&self.period), first, last, about])
    }
}

impl AuditQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, calendar: &Calendar) -> AuditFilter {
        let filters = &self.filters;
        let (from, to) = calendar.range(&filters.period, &filters.from, &filters.to);
        AuditFilter { action: non_empty(&filters.action), about: Uuid::try_parse(filters.about.trim()).ok(), from, to }
    }
}

/// The filters of the deliveries of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryFilters {
    /// Name of a state.
    pub state: String,
    /// Name of an event.
    pub event: String,
}

impl ListFilter for DeliveryFilters {
    fn unreadable_filters(&self) -> Vec<&'static str> {
        wrong_fields([
            ("state", &self.state, DeliveryState::parse(&self.state).is_some()),
            ("event", &self.event, event::parse(&self.event).is_some()),
        ])
    }
}

impl DeliveryQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self, endpoint: WebhookEndpointId) -> DeliveryFilter {
        DeliveryFilter {
            endpoint: Some(endpoint),
            state: DeliveryState::parse(&self.filters.state),
            event_type: event::parse(&self.filters.event).map(str::to_owned),
            ..DeliveryFilter::default()
        }
    }
}

/// The first digits of the status codes that the API answers with.
const STATUS_CLASSES: [(&str, i64); 3] = [("2", 2), ("4", 4), ("5", 5)];

/// The filters of the API log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiLogFilters {
    /// The first digit of an HTTP status code.
    pub status: String,
    /// An HTTP method.
    pub method: String,
    /// The id of a key.
    pub key: String,
    /// Part of the path.
    pub path: String,
    /// The id of a request.
    pub request: String,
}

impl ApiLogFilters {
    fn filter(&self) -> ApiLogFilter {
        ApiLogFilter {
            key: self.key.parse().ok(),
            status_class: STATUS_CLASSES.iter().find(|(digit, _)| *digit == self.status).map(|(_, class)| *class),
            method: non_empty(&self.method),
            request_id: non_empty(&self.request),
            path: non_empty(&self.path),
        }
    }
}

impl ListFilter for ApiLogFilters {
    fn is_filtered(&self) -> bool {
        self.filter() != ApiLogFilter::default()
    }

    fn unreadable_filters(&self) -> Vec<&'static str> {
        let filter = self.filter();
        wrong_fields([
            ("status", &self.status, filter.status_class.is_some()),
            ("key", &self.key, filter.key.is_some()),
        ])
    }
}

impl ApiLogQuery {
    /// Converts to the filter of the store.
    pub fn filter(&self) -> ApiLogFilter {
        self.filters.filter()
    }
}

/// A period, for [`wrong_fields`].
fn wrong_period(period: &str) -> (&'static str, &str, bool) {
    ("period", period, Period::parse(period).is_some())
}

/// The days of a range, for [`wrong_fields`].
fn wrong_days<'a>(from: &'a str, to: &'a str) -> [(&'static str, &'a str, bool); 2] {
    [("first day", from, day(from).is_some()), ("last day", to, day(to).is_some())]
}

/// The names of filled-in fields that cannot be parsed.
fn wrong_fields<const N: usize>(fields: [(&'static str, &str, bool); N]) -> Vec<&'static str> {
    let wrong = fields.into_iter().filter(|(_, text, understood)| !text.trim().is_empty() && !understood);
    wrong.map(|(name, ..)| name).collect()
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn by_amount(sort: &str) -> bool {
    sort == "largest" || sort == "smallest"
}

fn amount(text: &str) -> Option<Decimal> {
    // Parsed with the decimals of the most precise currency, since the amount is only compared.
    Money::parse(text, Currency::Eth).ok().map(|money| money.amount())
}
