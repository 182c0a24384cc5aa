//! Mail to customers and to members of the team: what it is about, retry schedule and state.

use super::{
    error::ErrorText,
    ids::{MailId, MerchantId, NoticeId, PasswordResetId, PolicyProposalId, RefundId},
    refunds::refund::{Refund, RefundStatus, RejectionType},
    text::revealed,
};
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};
use uuid::Uuid;

/// The waits before each further attempt. After the last one the mail is given up.
const WAITS: [Duration; 8] = [
    Duration::minutes(1),
    Duration::minutes(5),
    Duration::minutes(15),
    Duration::minutes(30),
    Duration::hours(1),
    Duration::hours(2),
    Duration::hours(4),
    Duration::hours(8),
];
/// How long mails about the outcome of a refund are retried. Later the mail would be of no use.
pub const NEWS_MAX: Duration = Duration::days(3);
/// Maximum length of text in a header line.
const TITLE_MAX: usize = 100;

/// The state of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum MailState {
    /// It will be sent, or retried.
    Waiting,
    /// A mail server accepted it.
    Sent,
    /// Given up.
    Failed,
    /// Obsolete before it was sent: what it is about was decided, or is no news any more.
    Dropped,
}

/// The reason for a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in the database.
#[strum(serialize_all = "snake_case")]
pub enum MailKind {
    /// Asks the customer to confirm the address.
    Confirmation,
    /// The refund was sent.
    Completed,
    /// The refund was rejected.
    Rejected,
    /// Has the link to choose a new password.
    PasswordReset,
    /// Tells an owner that the refund policy is about to be loosened.
    PolicyLoosening,
    /// Tells an owner that something on a real network needs a person.
    Notice,
}

/// What a mail of each kind is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSubject {
    Confirmation(RefundId),
    Completed(RefundId),
    Rejected(RefundId),
    PasswordReset(PasswordResetId),
    PolicyLoosening(PolicyProposalId),
    Notice(NoticeId),
}

impl MailSubject {
    /// The id of what the mail is about.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Confirmation(id) | Self::Completed(id) | Self::Rejected(id) => id.0,
            Self::PasswordReset(id) => id.0,
            Self::PolicyLoosening(id) => id.0,
            Self::Notice(id) => id.0,
        }
    }
}

impl MailKind {
    /// The mail to send when a refund gets this status. None if the team stopped it before the customer was asked,
    /// since the customer does not know of it.
    pub fn of(refund: &Refund, status: RefundStatus) -> Option<Self> {
        refund.customer_email.as_ref()?;
        let unknown = || refund.rejection_type == Some(RejectionType::Merchant) && refund.confirm_until.is_none();
        match status {
            RefundStatus::Completed => Some(Self::Completed),
            RefundStatus::Rejected => Some(Self::Rejected).filter(|_| !unknown()),
            RefundStatus::AwaitingConfirmation
            | RefundStatus::AwaitingApproval
            | RefundStatus::Pending
            | RefundStatus::Processing => None,
        }
    }
}

/// A mail as it is stored. Its content is rendered when it is sent, because links are not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Also the message id of every attempt.
    pub id: MailId,
    pub merchant: MerchantId,
    pub about: MailSubject,
    pub kind: MailKind,
    pub recipient: String,
    /// The code of the language that the recipient has chosen, or in which they have used a page for customers, and after
    /// the first attempt that of the mail. `None` is the language of the server.
    pub language: Option<String>,
    pub state: MailState,
    /// The number of attempts.
    pub tries: i64,
    /// The time of the next attempt, while the mail waits.
    pub next_attempt_at: DateTime<Utc>,
    /// The error of the last attempt.
    pub problem: Option<ErrorText>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The result of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// A mail server accepted it.
    Sent,
    /// A temporary error.
    Later(ErrorText),
    /// A permanent error.
    Refused(ErrorText),
}

/// The time of the next attempt after `tries` failed ones; `None` when the mail is given up, because the schedule has
/// ended or the deadline would pass.
pub fn next_attempt(tries: i64, now: DateTime<Utc>, deadline: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let wait = usize::try_from(tries - 1).ok().and_then(|index| WAITS.get(index))?;
    Some(now + *wait).filter(|at| *at < deadline)
}

/// A rendered mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBody {
    pub to: String,
    /// One line.
    pub subject: String,
    pub text: String,
}

/// The shop's name and the order, as shown to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLabel {
    pub name: String,
    pub called: OrderName,
}

/// What an order is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderName {
    /// By its shop.
    Title(String),
    /// By its number, since it has no title.
    Number(i64),
    /// A payment without an order.
    Payment,
}

impl OrderLabel {
    /// Shops choose these texts, so each is made fit for a header line.
    pub fn new(name: &str, order: Option<(&str, i64)>) -> Self {
        let called = match order {
            Some((title, number)) => match one_line(title) {
                title if title.is_empty() => OrderName::Number(number),
                title => OrderName::Title(title),
            },
            None => OrderName::Payment,
        };
        Self { name: one_line(name), called }
    }
}

/// A text of somebody as it can be in a header line: without line breaks and control characters, with other invisible ones
/// revealed, and not too long.
pub fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = revealed(&clean).split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(TITLE_MAX).collect()
}
