//! Mail to customers and to members of the team: content, retry schedule and state.

use super::{
    error::ErrorText,
    ids::{MailId, MerchantId, NoticeId, PasswordResetId, PolicyProposalId, RefundId},
    operations::notice::{Notice, NoticeKind},
    refunds::refund::{Refund, RefundStatus, RejectionType},
    text::revealed,
};
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};

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
    /// The same as `called`, in English.
    pub order: String,
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
    /// Removes line breaks and control characters, reveals other invisible ones and cuts to the length of a header line,
    /// because shops choose these texts.
    pub fn new(name: &str, order: Option<(&str, i64)>) -> Self {
        let called = match order {
            Some((title, number)) => match one_line(title) {
                title if title.is_empty() => OrderName::Number(number),
                title => OrderName::Title(title),
            },
            None => OrderName::Payment,
        };
        let order = match &called {
            OrderName::Title(title) => title.clone(),
            OrderName::Number(number) => format!("Order {number}"),
            OrderName::Payment => "your payment".to_owned(),
        };
        Self { name: one_line(name), order, called }
    }
}

fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = revealed(&clean).split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(TITLE_MAX).collect()
}

/// A time as text.
pub fn date_and_time(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M (UTC)").to_string()
}

fn transfer(refund: &Refund) -> String {
    let memo = refund.memo.as_ref().map(|memo| format!("\nMemo:     {memo}")).unwrap_or_default();
    format!(
        "You get:  {amount}\n\
         Network:  {network}\n\
         Address:  {address}{memo}",
        amount = refund.terms.send.with_coin_symbol(),
        network = refund.network.title(),
        address = refund.address,
    )
}

/// Notifies the customer that the refund was sent.
pub fn completed(to: &str, shop: &OrderLabel, refund: &Refund) -> MailBody {
    let OrderLabel { name, order, .. } = shop;
    let hash = refund.transaction_hash.as_ref().map(|hash| format!("\nTransaction: {hash}")).unwrap_or_default();
    let text = format!(
        "Hello,\n\n\
         {name} sent you a refund for: {order}\n\n\
         {transfer}{hash}\n\n\
         Some wallets and exchanges show it only after a while. If something is not right, ask {name}.\n\
         Nobody will ask you for a password or for the words of your wallet.\n",
        transfer = transfer(refund),
    );
    MailBody { to: to.to_owned(), subject: format!("Your refund from {name} was sent"), text }
}

/// Notifies the customer that the refund was not sent. The reason is given only if the address was not confirmed.
pub fn rejected(to: &str, shop: &OrderLabel, refund: &Refund) -> MailBody {
    let OrderLabel { name, order, .. } = shop;
    let why = match refund.rejection_type {
        Some(RejectionType::Shopper) => " because the address was not confirmed",
        Some(_) | None => "",
    };
    let text = format!(
        "Hello,\n\n\
         {name} wanted to send you a refund for: {order}\n\n\
         {transfer}\n\n\
         Nothing was sent{why}. {name} knows of it and can send it again; ask them, or send them another\n\
         address. Nobody will ask you for a password or for the words of your wallet.\n",
        transfer = transfer(refund),
    );
    MailBody { to: to.to_owned(), subject: format!("Your refund from {name} was not sent"), text }
}

/// Asks the customer to confirm the address. `link` opens the page with the details.
pub fn confirmation(to: &str, shop: &OrderLabel, refund: &Refund, until: DateTime<Utc>, link: &str) -> MailBody {
    let OrderLabel { name, order, .. } = shop;
    let text = format!(
        "Hello,\n\n\
         {name} wants to send you a refund for: {order}\n\n\
         {transfer}\n\n\
         Is this address yours? Open this page, compare it, and confirm:\n\n\
         {link}\n\n\
         You have until {until}. Nothing is sent before you confirm. Transfers of this kind cannot be taken back,\n\
         so if the address is not yours, say so on the same page; {name} will then ask you for another one.\n\n\
         Do not pass this mail on: whoever has the link can answer in your place. Nobody will ask you for a\n\
         password or for the words of your wallet.\n",
        transfer = transfer(refund),
        until = date_and_time(until),
    );
    MailBody { to: to.to_owned(), subject: format!("Confirm the address for your refund from {name}"), text }
}

/// Has the link to choose a new password.
pub fn password_reset(to: &str, until: DateTime<Utc>, link: &str) -> MailBody {
    let text = format!(
        "Hello,\n\n\
         somebody asked for a new password for your account at Requite. If it was you, open this page and choose one:\n\n\
         {link}\n\n\
         The link works once, until {until}. If it was not you, do nothing: your password stays as it is.\n",
        until = date_and_time(until),
    );
    MailBody { to: to.to_owned(), subject: "Choose a new password".to_owned(), text }
}

/// Tells an owner that the refund policy is about to be loosened, while it can still be prevented.
pub fn policy_loosening(to: &str, by: &str, effective_at: DateTime<Utc>, needs_approval: bool, link: &str) -> MailBody {
    let when = if needs_approval {
        format!("It takes effect when another owner approves it, not before {}.", date_and_time(effective_at))
    } else {
        format!("It takes effect on {}.", date_and_time(effective_at))
    };
    let text = format!(
        "Hello,\n\n\
         {by} wants to loosen the refund policy, so that refunds can be made that it prevents today.\n\n\
         {when}\n\n\
         Compare the change here, and withdraw it if it is not wanted:\n\n\
         {link}\n\n\
         If you do not know of this, somebody may be using the account of {by}.\n",
        by = one_line(by),
    );
    MailBody { to: to.to_owned(), subject: "The refund policy is about to be loosened".to_owned(), text }
}

/// Tells an owner that the refund policy was loosened, so that somebody notices if it was a thief.
pub fn policy_loosened(to: &str, by: &str, link: &str) -> MailBody {
    let text = format!(
        "Hello,\n\n\
         {by} has loosened the refund policy, so that refunds can be made that it prevented before.\n\n\
         See what was changed, and change it back if it is not wanted:\n\n\
         {link}\n\n\
         If you do not know of this, somebody may be using the account of {by}.\n",
        by = one_line(by),
    );
    MailBody { to: to.to_owned(), subject: "The refund policy was loosened".to_owned(), text }
}

/// Tells an owner that something on a real network needs a person. `detail` is that of the notice in words.
pub fn notice(to: &str, notice: &Notice, detail: &str, link: &str) -> MailBody {
    let network = notice.network.title();
    let (subject, what) = match notice.kind {
        NoticeKind::LowFloat => (
            format!("The account that pays refunds on {network} has to be topped up"),
            "Refunds go on until it is empty; then they wait until it is topped up.",
        ),
        NoticeKind::RefundsWait => (
            format!("Refunds on {network} wait until the account that pays is topped up"),
            "Their money stays reserved, and they go on by themselves.",
        ),
        NoticeKind::PayoutsPaused => (
            format!("Payouts on {network} are paused"),
            "Nothing is signed until a person has looked into it: run 'requite payouts reconcile' on the server. Somebody\n\
             may be using the key; if you cannot explain it, lock the signer first.",
        ),
        NoticeKind::UnexplainedTransfer => (
            format!("Coins left one of your deposit addresses on {network}"),
            "If you have moved them, name the address they went to in 'own-addresses' of the server's networks, or explain\n\
             the transfer with 'requite payouts explain'. If not, somebody has the keys of your wallet.",
        ),
        NoticeKind::NetworkStopped => (
            format!("{network} is not followed any more"),
            "Nothing is credited there until whoever runs the server has looked into it. The page of networks says what to\n\
             do.",
        ),
    };
    let text = format!(
        "Hello,\n\n\
         {detail}\n\n\
         {what}\n\n\
         See what is known here:\n\n\
         {link}\n\n\
         You get this mail once, until it is over.\n"
    );
    MailBody { to: to.to_owned(), subject, text }
}
