//! What was sent, as CSV files: the deliveries of webhooks, and the mails of the outbox.

use super::exports::ListFile;
use crate::{
    domain::{
        mail::{Mail, MailState},
        names::Named,
        paging::{Page, PageRequest},
        people::actor::Actor,
        webhooks::Delivery,
    },
    error::Error,
    service::{mail, webhooks},
    store::{Store, mail::MailFilter, webhooks::deliveries::DeliveryFilter},
    web::{
        lists::{
            deliveries::{DeliveryColumn, DeliveryFilters, DeliveryQuery},
            mails::{MailColumn, MailFilters, MailQuery},
        },
        periods::Calendar,
        time,
    },
};

const DELIVERY_COLUMNS: [&str; 9] = [
    "id",
    "event",
    "url",
    "state",
    "attempts",
    "happened_at",
    "next_attempt_at",
    // New columns come last, because programs may count them.
    "updated_at",
    "message_id",
];

const MAIL_COLUMNS: [&str; 9] = [
    "id",
    "kind",
    "to",
    "state",
    "written_at",
    // New columns come last, because programs may count them.
    "subject_id",
    "attempts",
    "next_attempt_at",
    "updated_at",
];

/// `/developers/webhooks/deliveries.csv`, without what was sent and answered.
pub(super) struct Deliveries;

impl ListFile for Deliveries {
    type Filters = DeliveryFilters;
    type Column = DeliveryColumn;
    type Filter = DeliveryFilter;
    type Row = Delivery;
    const NAME: &'static str = "deliveries.csv";
    const COLUMNS: &'static [&'static str] = &DELIVERY_COLUMNS;

    fn filter(query: &DeliveryQuery, calendar: &Calendar) -> DeliveryFilter {
        query.filter(calendar)
    }

    async fn page(
        store: &Store,
        actor: &Actor,
        filter: &DeliveryFilter,
        page: &PageRequest,
    ) -> Result<Page<Delivery>, Error> {
        webhooks::deliveries(store, actor, filter, page).await
    }

    fn line(delivery: &Delivery) -> Vec<String> {
        delivery_line(delivery).into()
    }
}

fn delivery_line(delivery: &Delivery) -> [String; 9] {
    [
        delivery.id.to_string(),
        delivery.event_type.clone(),
        delivery.url.clone(),
        delivery.state.as_str().to_owned(),
        delivery.attempts.to_string(),
        time::iso_8601(delivery.created_at),
        delivery.next_attempt_at.map(time::iso_8601).unwrap_or_default(),
        time::iso_8601(delivery.updated_at),
        delivery.event_id.to_string(),
    ]
}

/// `/developers/mail.csv`, without the texts and links of the mails.
pub(super) struct Mails;

impl ListFile for Mails {
    type Filters = MailFilters;
    type Column = MailColumn;
    type Filter = MailFilter;
    type Row = Mail;
    const NAME: &'static str = "mail.csv";
    const COLUMNS: &'static [&'static str] = &MAIL_COLUMNS;

    fn filter(query: &MailQuery, calendar: &Calendar) -> MailFilter {
        query.filter(calendar)
    }

    async fn page(store: &Store, actor: &Actor, filter: &MailFilter, page: &PageRequest) -> Result<Page<Mail>, Error> {
        mail::list(store, actor, filter, page).await
    }

    fn line(mail: &Mail) -> Vec<String> {
        mail_line(mail).into()
    }
}

fn mail_line(mail: &Mail) -> [String; 9] {
    let next = (mail.state == MailState::Waiting).then(|| time::iso_8601(mail.next_attempt_at));
    [
        mail.id.to_string(),
        mail.kind.as_str().to_owned(),
        mail.recipient.clone(),
        mail.state.as_str().to_owned(),
        time::iso_8601(mail.created_at),
        mail.about.id().to_string(),
        mail.tries.to_string(),
        next.unwrap_or_default(),
        time::iso_8601(mail.updated_at),
    ]
}
