//! What a merchant decided about refunds in general: window, limits, destinations, cool-down, approval.
//!
//! A merchant that decided nothing has version 0, which follows from the server's settings. Limits are in US dollars,
//! because a team thinks in one currency; what has no known worth counts as large, never as small.

pub mod input;
pub mod refund_rules;
pub mod screening;

use super::{
    error::{DomainError, ErrorCode},
    intents::payment_intent::{IntentKind, PaymentIntent},
    money::{Money, currency::Currency},
    refunds::{new_refund::Destination, refund::RefundStatus},
};
use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// No window or wait is longer; sums of such durations and dates stay far within what a date can be.
pub const LONGEST: Duration = Duration::days(3_660);

/// From when the refund window is counted. Circle's text says both; creation is stricter and said three times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WindowStart {
    /// From the making of the intent.
    Creation,
    /// From the end of its time to pay.
    Expiry,
}

impl WindowStart {
    /// Both.
    pub const ALL: [WindowStart; 2] = [Self::Creation, Self::Expiry];

    /// The name in forms and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Creation => "creation",
            Self::Expiry => "expiry",
        }
    }
}

/// What kind of account a refund goes to, as far as its address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DestinationKind {
    /// An address without a memo: a wallet, or an exchange that has one for each customer.
    Wallet,
    /// An address that customers share and a memo tells them apart: an exchange.
    Shared,
    /// An address that no key belongs to but a program.
    Program,
}

impl DestinationKind {
    /// Every kind.
    pub const ALL: [DestinationKind; 3] = [Self::Wallet, Self::Shared, Self::Program];

    /// The kind of a destination.
    pub fn of(destination: &Destination) -> Self {
        if destination.memo.is_some() || destination.address.has_memo_inside() {
            Self::Shared
        } else if destination.address.is_of_program() {
            Self::Program
        } else {
            Self::Wallet
        }
    }

    /// The name in forms and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wallet => "wallet",
            Self::Shared => "shared",
            Self::Program => "program",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Wallet => "Addresses without a memo",
            Self::Shared => "Shared addresses with a memo, as exchanges have them",
            Self::Program => "Addresses of programs, which no person's key belongs to",
        }
    }
}

/// How long the first refund to an address waits, so that a mistake or a thief can still be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoolDown {
    /// How long.
    pub wait: Duration,
    /// From what worth on, in US dollars.
    pub from: Money,
}

/// What a merchant decided about refunds in general.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundPolicy {
    /// Counted up with every change; 0 is what the server's settings say.
    pub version: i64,
    /// How long an intent can be refunded.
    pub window: Duration,
    /// Counted from when.
    pub window_start: WindowStart,
    /// The most that one refund may be worth, in US dollars.
    pub refund_limit: Option<Money>,
    /// The most that the refunds of one person or key may be worth on one day (UTC), in US dollars.
    pub daily_limit: Option<Money>,
    /// The most that one refund may be, by the currency that it is made in.
    pub currency_limits: BTreeMap<Currency, Money>,
    /// Where refunds may go.
    pub destinations: Vec<DestinationKind>,
    /// The wait before money goes to an address for the first time.
    pub cool_down: Option<CoolDown>,
    /// From what worth on somebody else has to approve, in US dollars.
    pub approval_from: Option<Money>,
    /// By how much the cost of a refund may have risen when it is approved at a new rate, in percent.
    pub renewal_tolerance: Decimal,
    /// Whether a code of the second factor is asked for when a person confirms or approves.
    pub second_factor: bool,
}

impl RefundPolicy {
    /// What holds until an owner decides: a window, and nothing else.
    pub fn of_server(window: Duration, window_start: WindowStart) -> Self {
        Self {
            version: 0,
            window,
            window_start,
            refund_limit: None,
            daily_limit: None,
            currency_limits: BTreeMap::new(),
            destinations: DestinationKind::ALL.to_vec(),
            cool_down: None,
            approval_from: None,
            renewal_tolerance: Decimal::ONE,
            second_factor: false,
        }
    }

    /// The last moment at which a refund of `intent` can be confirmed. The window of a continuous one, which may be paid long
    /// after it was made, begins anew with every payment.
    pub fn deadline(&self, intent: &PaymentIntent) -> DateTime<Utc> {
        let start = match (&intent.kind, self.window_start) {
            (IntentKind::Transient(_), WindowStart::Creation) => intent.created_at,
            (IntentKind::Transient(asked), WindowStart::Expiry) => asked.expires_at,
            (IntentKind::Continuous, _) => intent.last_paid_at.unwrap_or(intent.created_at),
        };
        start + self.window
    }

    /// Whether refunds may go to such a place.
    pub fn allows(&self, kind: DestinationKind) -> bool {
        self.destinations.contains(&kind)
    }

    /// Refuses a destination of a kind that is not allowed.
    pub fn require_allowed(&self, destination: &Destination) -> Result<(), DomainError> {
        let message = match DestinationKind::of(destination) {
            kind if self.allows(kind) => return Ok(()),
            DestinationKind::Wallet => "Your policy allows refunds only to addresses with a memo.",
            DestinationKind::Shared => "Your policy does not allow refunds to shared addresses with a memo.",
            DestinationKind::Program => "Your policy does not allow refunds to addresses of programs.",
        };
        Err(DomainError::new(ErrorCode::DestinationNotAllowed, message).on("destination.address"))
    }

    /// Refuses more than one refund may be. `worth` is the amount in US dollars, when a rate is known.
    pub fn require_within_limit(&self, amount: Money, worth: Option<Money>) -> Result<(), DomainError> {
        let refused = |message: String| DomainError::new(ErrorCode::RefundLimitExceeded, message).on("amount");
        if let Some(limit) = self.currency_limits.get(&amount.currency())
            && amount.amount() > limit.amount()
        {
            return Err(refused(format!("Your policy limits one refund to {limit}.")).at_most(limit.amount()));
        }
        match (self.refund_limit, worth) {
            (Some(limit), None) => Err(refused(format!(
                "Your policy limits one refund to {limit}, and what this one is worth is not known at the moment."
            ))),
            (Some(limit), Some(worth)) if worth.amount() > limit.amount() => {
                Err(refused(format!("Your policy limits one refund to {limit}; this one is worth {worth}.")))
            }
            _ => Ok(()),
        }
    }

    /// Refuses more than one person or key may refund on a day, of which `spent` is gone.
    pub fn require_within_day(&self, worth: Option<Money>, spent: Money) -> Result<(), DomainError> {
        let Some(limit) = self.daily_limit else { return Ok(()) };
        let refused = |message: String| Err(DomainError::new(ErrorCode::DailyLimitExceeded, message).on("amount"));
        match worth {
            None => refused(format!(
                "Your policy limits what one person refunds on a day to {limit}, and what this refund is worth is not known \
                 at the moment."
            )),
            Some(worth) if worth.plus(spent)?.amount() > limit.amount() => refused(format!(
                "Your policy limits what one person refunds on a day to {limit}; you have refunded {spent} today (UTC), and \
                 this one is worth {worth}."
            )),
            Some(_) => Ok(()),
        }
    }

    /// What a refund of this worth has to wait for, to an address that is `known` or not.
    pub fn allowance(&self, worth: Option<Money>, known: bool, now: DateTime<Utc>) -> Requirements {
        let cool_down = self.cool_down.filter(|cool_down| !known && at_least(worth, cool_down.from));
        Requirements {
            needs_approval: self.approval_from.is_some_and(|from| at_least(worth, from)),
            held_until: cool_down.map(|cool_down| now + cool_down.wait),
        }
    }
}

/// Whether a worth reaches a threshold; an unknown one does.
fn at_least(worth: Option<Money>, threshold: Money) -> bool {
    worth.is_none_or(|worth| worth.amount() >= threshold.amount())
}

/// What an allowed refund has to wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// Somebody else has to approve it.
    pub needs_approval: bool,
    /// It is held back until then.
    pub held_until: Option<DateTime<Utc>>,
}

impl Requirements {
    /// The state in which such a refund goes on, once nobody else has to be asked before.
    pub const fn first_status(&self) -> RefundStatus {
        if self.needs_approval { RefundStatus::AwaitingApproval } else { RefundStatus::Pending }
    }

    /// What both of two decisions demand.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            needs_approval: self.needs_approval || other.needs_approval,
            held_until: self.held_until.max(other.held_until),
        }
    }
}
