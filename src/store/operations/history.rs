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
        webhooks::Delivery,
    },
    values,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How many changes, and how many notes, mails and callbacks each, are read. An intent that is paid once has some dozens.
const SHOWN: usize = 200;

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
    const fn subjects(self) -> &'static str {
        match self {
            Self::Intent(_) => {
                "select id from payment_intents where merchant_id = $1 and id = $2
                 union all select p.id from payment_intents i join payments p on p.intent_id = i.id
                    where i.merchant_id = $1 and i.id = $2
                 union all select r.id from payment_intents i join refunds r on r.intent_id = i.id
                    where i.merchant_id = $1 and i.id = $2"
            }
            Self::Refund(_) => "select id from refunds where merchant_id = $1 and id = $2",
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
        match self {
            Self::Change(entry) => entry.at,
            Self::Note(note) => note.created_at,
            Self::Mail(mail) => mail.created_at,
            Self::Callback(delivery) => delivery.created_at,
        }
    }

    /// The place among entries of one moment: what tells of a change comes after it.
    const fn rank(&self) -> (u8, i64) {
        match self {
            Self::Change(entry) => (0, entry.number),
            Self::Note(_) => (1, 0),
            Self::Mail(_) => (2, 0),
            Self::Callback(_) => (3, 0),
        }
    }
}

/// What is recorded, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    pub entries: Vec<HistoryEntry>,
    /// Whether there are more.
    pub is_cut: bool,
}

impl Store {
    /// Returns what is recorded; nothing of what is another merchant's.
    pub async fn history(&self, merchant: MerchantId, of: HistoryOf) -> Result<History, Error> {
        let [changes, notes, mails, callbacks] = statements(merchant, of);
        let mut snapshot = self.database.snapshot().await?;
        let mut history = History::default();
        let rows = snapshot.all(changes.0, changes.1).await?;
        history.add(&rows, |row| audit::from_row(row).map(HistoryEntry::Change))?;
        let rows = snapshot.all(notes.0, notes.1).await?;
        history.add(&rows, |row| notes::from_row(row).map(HistoryEntry::Note))?;
        let rows = snapshot.all(mails.0, mails.1).await?;
        history.add(&rows, |row| mail::from_row(row).map(HistoryEntry::Mail))?;
        let rows = snapshot.all(callbacks.0, callbacks.1).await?;
        history.add(&rows, |row| deliveries::from_row(row).map(HistoryEntry::Callback))?;
        history.entries.sort_by_key(|entry| std::cmp::Reverse((entry.at(), entry.rank())));
        Ok(history)
    }
}

/// The statements of [`Store::history`]: changes, notes, mails and callbacks.
pub fn statements(merchant: MerchantId, of: HistoryOf) -> [(String, Vec<Value>); 4] {
    let (limit, subjects, refunds, id) = (SHOWN + 1, of.subjects(), of.refunds(), of.id());
    // SQLite does not change the order of a cross join. Without statistics it would otherwise read everything that the
    // merchant has, in the order of the answer. So it would if mails and callbacks were compared with the merchant too.
    let changes = format!(
        "with subjects (about) as ({subjects})
         {} from subjects cross join audit_entries where merchant_id = $1 and subject_id = about and number is not null
         and action <> $3 order by number desc limit {limit}",
        audit::COLUMNS
    );
    let notes = format!(
        "{} where n.intent_id in ({}) order by n.created_at desc, n.id desc limit {limit}",
        notes::COLUMNS,
        of.intent()
    );
    let mails = format!(
        "with subjects (about) as ({refunds})
         {} from subjects cross join mail_outbox where refund_id = about
         order by created_at desc, id desc limit {limit}",
        mail::COLUMNS
    );
    let callbacks = format!(
        "with subjects (about) as ({subjects})
         {} from subjects cross join webhook_deliveries where subject_id = about
         order by created_at desc, id desc limit {limit}",
        deliveries::COLUMNS
    );
    // The note itself is shown.
    let of_changes = values![merchant, id, notes::NOTE_ADDED];
    let values = || values![merchant, id];
    [(changes, of_changes), (notes, values()), (mails, values()), (callbacks, values())]
}

impl History {
    fn add(&mut self, rows: &[Row], read: impl Fn(&Row) -> Result<HistoryEntry, Error>) -> Result<(), Error> {
        self.is_cut |= rows.len() > SHOWN;
        for row in rows.iter().take(SHOWN) {
            self.entries.push(read(row)?);
        }
        Ok(())
    }
}
