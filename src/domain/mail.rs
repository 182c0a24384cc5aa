//! Mail to customers: what it says, how patiently it is sent, and what came of it.

use super::{
    ids::{MailId, MerchantId, RefundId},
    money::Money,
    refunds::refund::{Refund, RefundStatus, RejectionType},
};
use chrono::{DateTime, Duration, Utc};

/// The waits before each further attempt. After the last one it is given up.
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
/// After that nobody is told any more how a refund ended: they know by now.
pub const NEWS_MAX: Duration = Duration::days(3);
/// No line of a header is longer.
const TITLE_MAX: usize = 100;

/// How far a mail is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// It will be sent, or tried again.
    Waiting,
    /// A mail server took it.
    Sent,
    /// It was given up.
    Failed,
    /// What it asks for was decided before it was sent.
    Dropped,
}

impl MailState {
    /// Every state.
    pub const ALL: [MailState; 4] = [Self::Waiting, Self::Sent, Self::Failed, Self::Dropped];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Dropped => "not needed any more",
            Self::Waiting | Self::Sent | Self::Failed => self.as_str(),
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

/// What a mail is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// The customer is asked whether the address is theirs.
    Confirmation,
    /// The refund was sent.
    Completed,
    /// The refund was not sent and will not be.
    Rejected,
}

impl MailKind {
    /// Every occasion.
    pub const ALL: [MailKind; 3] = [Self::Confirmation, Self::Completed, Self::Rejected];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Confirmation => "Asks for the address",
            Self::Completed => "Refund sent",
            Self::Rejected => "Refund not sent",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.as_str() == name)
    }

    /// What a customer is told when a refund of theirs gets to this state. What the team stopped before the customer was asked
    /// anything is nothing that they know of.
    pub fn of(refund: &Refund, status: RefundStatus) -> Option<Self> {
        refund.customer_email.as_ref()?;
        let unknown = || refund.rejection_type == Some(RejectionType::Merchant) && refund.confirm_until.is_none();
        match status {
            RefundStatus::Completed => Some(Self::Completed),
            RefundStatus::Rejected if !unknown() => Some(Self::Rejected),
            _ => None,
        }
    }
}

/// A mail as it is stored. What it says is made when it is sent, because links are not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id, and the name that every attempt carries.
    pub id: MailId,
    /// On whose behalf.
    pub merchant: MerchantId,
    /// About which refund.
    pub refund: RefundId,
    /// What it is written for.
    pub occasion: MailKind,
    /// To whom.
    pub recipient: String,
    /// How far it is.
    pub state: MailState,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried next, while it waits.
    pub next_attempt_at: DateTime<Utc>,
    /// Why the last attempt failed.
    pub problem: Option<String>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When something last came of it.
    pub updated_at: DateTime<Utc>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// A mail server took it.
    Sent,
    /// It may work later.
    Later(String),
    /// The mail server will never take it.
    Refused(String),
}

/// When a mail is tried again that failed for the time being, after `tries` attempts; `None` when it is given up, because
/// it was tried often enough or would come too late.
pub fn next_attempt(tries: i64, now: DateTime<Utc>, deadline: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let wait = usize::try_from(tries - 1).ok().and_then(|index| WAITS.get(index))?;
    Some(now + *wait).filter(|at| *at < deadline)
}

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBody {
    /// To whom.
    pub to: String,
    /// What it is about, on one line.
    pub subject: String,
    /// The text, in lines.
    pub text: String,
}

/// What a shop calls itself and what it sold, as customers read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// The merchant's name.
    pub name: String,
    /// The order's title, and where there is none its number; what was paid without an order is a payment.
    pub order: String,
}

impl Shop {
    /// Names without line breaks and control characters, cut to what fits on a line: shops write them, and they stand in
    /// headers.
    pub fn new(name: &str, order: Option<(&str, i64)>) -> Self {
        let order = match order {
            Some((title, number)) => {
                Some(one_line(title)).filter(|title| !title.is_empty()).unwrap_or_else(|| format!("Order {number}"))
            }
            None => "your payment".to_owned(),
        };
        Self { name: one_line(name), order }
    }
}

fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(TITLE_MAX).collect()
}

/// An amount in the coin's own name, as wallets show it: USDC, not USD.
pub fn in_coins(amount: Money) -> String {
    format!("{} {}", amount.number(), amount.currency().coin_symbol())
}

/// A moment in words.
pub fn in_words(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M (UTC)").to_string()
}

/// What goes where.
fn transfer(refund: &Refund) -> String {
    let memo = refund.memo.as_ref().map(|memo| format!("\nMemo:     {memo}")).unwrap_or_default();
    format!(
        "You get:  {amount}\n\
         Network:  {network}\n\
         Address:  {address}{memo}",
        amount = in_coins(refund.terms.send),
        network = refund.network.title(),
        address = refund.address,
    )
}

/// The mail that tells a customer that their refund was sent.
pub fn completed(to: &str, shop: &Shop, refund: &Refund) -> MailBody {
    let Shop { name, order } = shop;
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

/// The mail that tells a customer that their refund was not sent. Why is between the shop and them, but for their own part in it.
pub fn rejected(to: &str, shop: &Shop, refund: &Refund) -> MailBody {
    let Shop { name, order } = shop;
    let why = match refund.rejection_type {
        Some(RejectionType::Shopper) => " because the address was not confirmed",
        _ => "",
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

/// The mail that asks a customer whether an address is theirs. `link` leads to the page that says everything.
pub fn confirmation(to: &str, shop: &Shop, refund: &Refund, until: DateTime<Utc>, link: &str) -> MailBody {
    let Shop { name, order } = shop;
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
        until = in_words(until),
    );
    MailBody { to: to.to_owned(), subject: format!("Confirm the address for your refund from {name}"), text }
}
