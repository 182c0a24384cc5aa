//! Everything that is recorded of a payment intent with its payments and refunds, or of one refund: changes, notes, mails
//! and callbacks.

use super::audit::{self, AuditEntry};
use crate::store::{
    Error, Store,
    engine::{Row, Value},
    intents::notes::{self, Note},
    mail,
    webhooks::deliveries,
};
use crate::{
    domain::{
        ids::{MerchantId, PaymentIntentId, RefundId},
        mail::Mail,
        names::Named,
        webhooks::Delivery,
    },
    values,
};
use chrono::{DateTime, Utc};
use std::{
    cmp::{Ordering, Reverse},
    fmt,
};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// How many entries a page has. An intent that is paid once has some dozens.
pub const SHOWN: usize = 200;

/// Whose history it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryOf {
    /// With its payments and refunds.
    Intent(PaymentIntentId),
    /// With the notes about its intent.
    Refund(RefundId),
}

impl HistoryOf {
    /// Everything of the merchant, `$1`, that entries can be about; `$2` is the id.
    fn subjects(self) -> String {
        match self {
            Self::Intent(_) => format!("{} union all {} union all {}", self.intent(), self.payments(), self.refunds()),
            Self::Refund(_) => self.refunds().to_owned(),
        }
    }

    /// A refund has no payments of its own, so the second statement finds nothing.
    const fn payments(self) -> &'static str {
        match self {
            Self::Intent(_) => {
                "select p.id from payment_intents i join payments p on p.intent_id = i.id
                    where i.merchant_id = $1 and i.id = $2"
            }
            Self::Refund(_) => "select id from payments where merchant_id = $1 and id = $2",
        }
    }

    const fn refunds(self) -> &'static str {
        match self {
            Self::Intent(_) => {
                "select r.id from payment_intents i join refunds r on r.intent_id = i.id
                    where i.merchant_id = $1 and i.id = $2"
            }
            Self::Refund(_) => "select id from refunds where merchant_id = $1 and id = $2",
        }
    }

    /// The intent, if it is the merchant's, `$1`.
    const fn intent(self) -> &'static str {
        match self {
            Self::Intent(_) => "select id from payment_intents where merchant_id = $1 and id = $2",
            Self::Refund(_) => "select intent_id from refunds where merchant_id = $1 and id = $2",
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Intent(id) => id.0,
            Self::Refund(id) => id.0,
        }
    }
}

/// Which entries of a history are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in URLs.
#[strum(serialize_all = "snake_case")]
pub enum HistoryPart {
    #[default]
    Everything,
    /// Of the intent, its payments and its refunds.
    Changes,
    /// Changes of payments.
    Payments,
    /// Changes of refunds.
    Refunds,
    /// When an approval was needed, and how it was decided.
    Approvals,
    Notes,
    Mails,
    Callbacks,
}

impl HistoryPart {
    const fn has(self, kind: HistoryKind) -> bool {
        match self {
            Self::Everything => true,
            Self::Changes | Self::Payments | Self::Refunds | Self::Approvals => matches!(kind, HistoryKind::Change),
            Self::Notes => matches!(kind, HistoryKind::Note),
            Self::Mails => matches!(kind, HistoryKind::Mail),
            Self::Callbacks => matches!(kind, HistoryKind::Callback),
        }
    }

    /// What the changes of this part are about.
    fn subjects(self, of: HistoryOf) -> String {
        match self {
            Self::Payments => of.payments().to_owned(),
            Self::Refunds | Self::Approvals => of.refunds().to_owned(),
            Self::Everything | Self::Changes | Self::Notes | Self::Mails | Self::Callbacks => of.subjects(),
        }
    }

    /// A further condition of its changes. A refund that was declined is rejected, as is one that fails.
    const fn condition(self) -> &'static str {
        match self {
            Self::Approvals => {
                " and (action in ('refund.awaiting_approval', 'refund.approved') or action = 'refund.rejected' and exists
                    (select 1 from refund_decisions d where d.refund_id = about and d.decision = 'declined'))"
            }
            Self::Everything
            | Self::Changes
            | Self::Payments
            | Self::Refunds
            | Self::Notes
            | Self::Mails
            | Self::Callbacks => "",
        }
    }
}

/// A page of a history: the newest entries of a part, or those that are older than an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistoryPage {
    pub part: HistoryPart,
    pub before: Option<HistoryPosition>,
}

impl HistoryPage {
    /// The condition that entries of a kind are older than where the page begins, with its values. `key` is the column that
    /// orders entries of one moment.
    fn begins(&self, kind: HistoryKind, at: &str, key: &str, values: &mut Vec<Value>) -> String {
        let Some(before) = self.before else { return String::new() };
        values.push(before.at.into());
        let time = values.len();
        match kind.cmp(&before.kind) {
            Ordering::Less => format!(" and {at} <= ${time}"),
            Ordering::Greater => format!(" and {at} < ${time}"),
            Ordering::Equal => {
                values.push(match kind {
                    HistoryKind::Change => before.number.into(),
                    HistoryKind::Note | HistoryKind::Mail | HistoryKind::Callback => before.id.into(),
                });
                format!(" and ({at} < ${time} or {at} = ${time} and {key} < ${})", values.len())
            }
        }
    }
}

/// Where an entry is recorded. In the order of entries of one moment: what tells of a change comes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
// The names in URLs.
#[strum(serialize_all = "snake_case")]
pub enum HistoryKind {
    Change,
    Note,
    Mail,
    Callback,
}

impl HistoryKind {
    fn read(self, row: &Row) -> Result<HistoryEntry, Error> {
        match self {
            Self::Change => audit::from_row(row).map(HistoryEntry::Change),
            Self::Note => notes::from_row(row).map(HistoryEntry::Note),
            Self::Mail => mail::from_row(row).map(HistoryEntry::Mail),
            Self::Callback => deliveries::from_row(row).map(HistoryEntry::Callback),
        }
    }
}

/// The place of an entry in its history, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HistoryPosition {
    at: DateTime<Utc>,
    kind: HistoryKind,
    /// That of a change in the audit log; 0 for the others.
    number: i64,
    id: Uuid,
}

impl HistoryPosition {
    /// Parses a position in a URL.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '-');
        // No entry is older, and PostgreSQL cannot compare with every time that is.
        let micros = parts.next()?.parse::<i64>().ok().filter(|micros| *micros >= 0)?;
        Some(Self {
            at: DateTime::from_timestamp_micros(micros)?,
            kind: HistoryKind::parse(parts.next()?)?,
            number: parts.next()?.parse().ok()?,
            id: Uuid::try_parse(parts.next()?).ok()?,
        })
    }
}

/// As in a URL.
impl fmt::Display for HistoryPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}-{}", self.at.timestamp_micros(), self.kind.as_str(), self.number, self.id)
    }
}

/// Something that is recorded.
#[derive(Clone, Debug, PartialEq)]
pub enum HistoryEntry {
    /// A change of state, by whomever.
    Change(AuditEntry),
    Note(Note),
    Mail(Mail),
    Callback(Delivery),
}

impl HistoryEntry {
    /// When it was written. A mail or a callback is written with the change that it tells of.
    pub const fn at(&self) -> DateTime<Utc> {
        self.position().at
    }

    const fn position(&self) -> HistoryPosition {
        let (at, kind, number, id) = match self {
            Self::Change(entry) => (entry.at, HistoryKind::Change, entry.number, entry.id),
            Self::Note(note) => (note.created_at, HistoryKind::Note, 0, note.id.0),
            Self::Mail(mail) => (mail.created_at, HistoryKind::Mail, 0, mail.id.0),
            Self::Callback(delivery) => (delivery.created_at, HistoryKind::Callback, 0, delivery.id.0),
        };
        HistoryPosition { at, kind, number, id }
    }
}

/// What is recorded, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    pub entries: Vec<HistoryEntry>,
    /// Where the next page begins, if there are more.
    pub older: Option<HistoryPosition>,
}

impl Store {
    /// Returns a page of what is recorded; nothing of what is another merchant's.
    pub async fn history(&self, merchant: MerchantId, of: HistoryOf, page: &HistoryPage) -> Result<History, Error> {
        let mut snapshot = self.database.snapshot().await?;
        let mut entries = Vec::new();
        for (kind, sql, values) in statements(merchant, of, page) {
            for row in &snapshot.all(sql, values).await? {
                entries.push(kind.read(row)?);
            }
        }
        entries.sort_by_key(|entry| Reverse(entry.position()));
        let is_cut = entries.len() > SHOWN;
        entries.truncate(SHOWN);
        let older = entries.last().filter(|_| is_cut).map(HistoryEntry::position);
        Ok(History { entries, older })
    }
}

/// The statements of [`Store::history`], one for each kind of entry that the page can have.
pub fn statements(merchant: MerchantId, of: HistoryOf, page: &HistoryPage) -> Vec<(HistoryKind, String, Vec<Value>)> {
    let kinds = HistoryKind::all().filter(|kind| page.part.has(*kind));
    kinds.map(|kind| statement(merchant, of, page, kind)).collect()
}

fn statement(
    merchant: MerchantId,
    of: HistoryOf,
    page: &HistoryPage,
    kind: HistoryKind,
) -> (HistoryKind, String, Vec<Value>) {
    let mut values = values![merchant, of.id()];
    let limit = SHOWN + 1;
    // SQLite does not change the order of a cross join. Without statistics it would otherwise read everything that the
    // merchant has, in the order of the answer. So it would if entries were compared with the merchant too: what they are
    // about is the merchant's.
    let sql = match kind {
        HistoryKind::Change => {
            // The note itself is shown.
            values.push(notes::NOTE_ADDED.into());
            let begins = page.begins(kind, "at", "number", &mut values);
            format!(
                "with subjects (about) as ({})
                 {} from subjects cross join audit_entries where subject_id = about and number is not null
                 and action <> $3{}{begins} order by at desc, number desc limit {limit}",
                page.part.subjects(of),
                audit::COLUMNS,
                page.part.condition()
            )
        }
        HistoryKind::Note => {
            let begins = page.begins(kind, "n.created_at", "n.id", &mut values);
            format!(
                "{} where n.intent_id in ({}){begins} order by n.created_at desc, n.id desc limit {limit}",
                notes::COLUMNS,
                of.intent()
            )
        }
        HistoryKind::Mail => {
            let begins = page.begins(kind, "created_at", "id", &mut values);
            format!(
                "with subjects (about) as ({})
                 {} from subjects cross join mail_outbox where refund_id = about{begins}
                 order by created_at desc, id desc limit {limit}",
                of.refunds(),
                mail::COLUMNS
            )
        }
        HistoryKind::Callback => {
            let begins = page.begins(kind, "created_at", "id", &mut values);
            format!(
                "with subjects (about) as ({})
                 {} from subjects cross join webhook_deliveries where subject_id = about{begins}
                 order by created_at desc, id desc limit {limit}",
                of.subjects(),
                deliveries::COLUMNS
            )
        }
    };
    (kind, sql, values)
}
