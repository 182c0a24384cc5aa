//! The merchant's refund policy: window, limits, destinations, cool-down, approval.
//!
//! Until a merchant sets a policy it has version 0, from the server's settings. Limits are in US dollars so that one
//! limit covers all currencies; an amount whose worth is unknown counts as above every threshold.
//!
//! The worth of a refund is the largest of what it deducts from the intent, what the customer is owed, what is sent and
//! what that costs the balance, each at today's rate: after a coin fell, a refund of a price sends many times the coins
//! that were paid. The network fee is not part of it, because the recipient does not get it.

pub mod input;
pub mod loosening;
pub mod recipient;
pub mod recorded_checks;
pub mod refund_rules;
pub mod screening;
pub mod warnings;

use super::{
    error::{DomainError, ErrorCode, Field},
    intents::payment_intent::{IntentKind, PaymentIntent},
    money::{Money, currency::Currency},
    refunds::{new_refund::Destination, refund::RefundStatus},
};
use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use strum::{IntoStaticStr, VariantArray};

/// Maximum window or wait, so that adding durations to dates cannot overflow.
pub const LONGEST: Duration = Duration::days(3_660);

/// The start of the refund window. Circle's documentation has both; creation is stricter and mentioned three times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
// The names in forms and in the database.
#[strum(serialize_all = "snake_case")]
pub enum WindowStart {
    /// The creation of the intent.
    Creation,
    /// The expiry of the intent.
    Expiry,
}

/// The kind of destination, as far as the address shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
// The names in forms and in the database.
#[strum(serialize_all = "snake_case")]
pub enum DestinationKind {
    /// An address without a memo: a wallet, or an exchange that gives each customer an address.
    Wallet,
    /// An address shared by many customers, distinguished by a memo: an exchange.
    Shared,
    /// An address of a program, without a key.
    Program,
}

impl DestinationKind {
    pub fn of(destination: &Destination) -> Self {
        if destination.memo.is_some() || destination.address.has_memo_inside() {
            Self::Shared
        } else if destination.address.is_of_program() {
            Self::Program
        } else {
            Self::Wallet
        }
    }
}

/// The wait before refunds to a new address, so that a mistake or a theft can still be stopped. An address is new until
/// so long after the first refund to it, or after it was added to the address book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoolDown {
    pub wait: Duration,
    /// The minimum worth in US dollars.
    pub from: Money,
}

/// A merchant's refund policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundPolicy {
    /// Incremented with every change; 0 for the server's settings.
    pub version: i64,
    /// How long an intent can be refunded.
    pub window: Duration,
    /// The start of the window.
    pub window_start: WindowStart,
    /// Maximum worth of one refund, in US dollars.
    pub refund_limit: Option<Money>,
    /// Maximum worth of the refunds of one person, with their keys, per day (UTC), in US dollars.
    pub daily_limit: Option<Money>,
    /// Maximum worth of all refunds of the merchant per day (UTC), in US dollars. Without it `daily_limit` holds for all
    /// together, so that one person with several keys cannot exceed it.
    pub merchant_daily_limit: Option<Money>,
    /// Maximum amount of one refund, by the currency that was paid and by the one that is sent.
    pub currency_limits: BTreeMap<Currency, Money>,
    pub destinations: Vec<DestinationKind>,
    /// The wait before refunds to a new address.
    pub cool_down: Option<CoolDown>,
    /// The minimum worth in US dollars from which another person has to approve.
    pub approval_from: Option<Money>,
    /// How much the cost of a refund may have risen at approval, in percent.
    pub renewal_tolerance: Decimal,
    /// Whether users must enter a second factor code to sign in, to confirm and to approve.
    pub second_factor: bool,
    /// How long a change that loosens the policy waits before it takes effect.
    pub loosening_delay: Duration,
}

impl RefundPolicy {
    /// The policy of a merchant that has not set one: a window and no other rule.
    pub fn of_server(window: Duration, window_start: WindowStart) -> Self {
        Self {
            version: 0,
            window,
            window_start,
            refund_limit: None,
            daily_limit: None,
            merchant_daily_limit: None,
            currency_limits: BTreeMap::new(),
            destinations: DestinationKind::VARIANTS.to_vec(),
            cool_down: None,
            approval_from: None,
            renewal_tolerance: Decimal::ONE,
            second_factor: false,
            loosening_delay: Duration::zero(),
        }
    }

    /// The last time at which a refund of `intent` can be created. The window of a continuous intent, which may be paid
    /// long after its creation, restarts with every payment.
    pub fn deadline(&self, intent: &PaymentIntent) -> DateTime<Utc> {
        let start = match (&intent.kind, self.window_start) {
            (IntentKind::Transient(_), WindowStart::Creation) => intent.created_at,
            (IntentKind::Transient(asked), WindowStart::Expiry) => asked.expires_at,
            (IntentKind::Continuous, _) => intent.last_paid_at.unwrap_or(intent.created_at),
        };
        start + self.window
    }

    pub fn allows(&self, kind: DestinationKind) -> bool {
        self.destinations.contains(&kind)
    }

    /// Rejects a destination of a kind that is not allowed.
    pub fn require_allowed(&self, destination: &Destination) -> Result<(), DomainError> {
        let message = match DestinationKind::of(destination) {
            kind if self.allows(kind) => return Ok(()),
            DestinationKind::Wallet => "error-destination-wallet",
            DestinationKind::Shared => "error-destination-shared",
            DestinationKind::Program => "error-destination-program",
        };
        Err(DomainError::new(ErrorCode::DestinationNotAllowed, message).on(Field::DestinationAddress))
    }

    /// Rejects a refund above the limits. `sent` is what would be sent, where it is known already; `worth` is the worth in
    /// US dollars, if a rate is known.
    pub fn require_within_limit(
        &self,
        amount: Money,
        sent: Option<Money>,
        worth: Option<Money>,
    ) -> Result<(), DomainError> {
        let refused = |id: &'static str, limit: Money| {
            let error = DomainError::new(ErrorCode::RefundLimitExceeded, id).with("limit", limit.to_string());
            error.on(Field::Amount)
        };
        let exceeded =
            |money: Money| self.currency_limits.get(&money.currency()).filter(|limit| money.amount() > limit.amount());
        if let Some(limit) = exceeded(amount) {
            return Err(refused("error-refund-limit", *limit).at_most(limit.amount()));
        }
        if let Some((sent, limit)) = sent.and_then(|sent| Some((sent, exceeded(sent)?))) {
            return Err(refused("error-refund-limit-sent", *limit).with("sent", sent.with_coin_symbol()));
        }
        match (self.refund_limit, worth) {
            (Some(limit), None) => Err(refused("error-refund-limit-worth-unknown", limit)),
            (Some(limit), Some(worth)) if worth.amount() > limit.amount() => {
                Err(refused("error-refund-limit-worth", limit).with("worth", worth.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Whether a limit for a day is set.
    pub const fn limits_days(&self) -> bool {
        self.daily_limit.is_some() || self.merchant_daily_limit.is_some()
    }

    /// Rejects a refund above what the limits for a day leave.
    pub fn require_within_day(&self, worth: Option<Money>, spent: &SpentToday) -> Result<(), DomainError> {
        let of_person =
            ["error-daily-limit-worth-unknown", "error-daily-limit-others-unknown", "error-daily-limit-exceeded"];
        let of_all = ["error-all-limit-worth-unknown", "error-all-limit-others-unknown", "error-all-limit-exceeded"];
        let limits = [
            (self.daily_limit, spent.by_author, of_person),
            (self.merchant_daily_limit.or(self.daily_limit), spent.by_merchant, of_all),
        ];
        for (limit, spent, [worth_unknown, others_unknown, exceeded]) in limits {
            let Some(limit) = limit else { continue };
            let refused = |id: &'static str| {
                let error = DomainError::new(ErrorCode::DailyLimitExceeded, id).with("limit", limit.to_string());
                error.on(Field::Amount)
            };
            let worth = worth.ok_or_else(|| refused(worth_unknown))?;
            let spent = spent.ok_or_else(|| refused(others_unknown))?;
            if worth.plus(spent)?.amount() > limit.amount() {
                return Err(refused(exceeded).with("spent", spent.to_string()).with("worth", worth.to_string()));
            }
        }
        Ok(())
    }

    /// Whether a threshold is set, so that [`Self::holds`] needs to know what went to the same recipient.
    pub const fn has_thresholds(&self) -> bool {
        self.approval_from.is_some() || self.cool_down.is_some()
    }

    /// What a refund requires. `worth` includes what went to the same intent, account or customer within a day, so that
    /// splitting a refund does not get it below a threshold.
    pub fn holds(&self, worth: Option<Money>, known_address: bool, now: DateTime<Utc>) -> RefundHolds {
        let cool_down = self.cool_down.filter(|cool_down| !known_address && at_least(worth, cool_down.from));
        RefundHolds {
            needs_approval: self.approval_from.is_some_and(|from| at_least(worth, from)),
            held_until: cool_down.map(|cool_down| now + cool_down.wait),
        }
    }
}

/// The worth of the refunds since midnight UTC, in US dollars, without those that were rejected; `None` if the worth of one
/// is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpentToday {
    /// By the same person, in the console or with a key that they made; or by the same key, if its maker is not known.
    pub by_author: Option<Money>,
    /// By all people and keys of the merchant.
    pub by_merchant: Option<Money>,
}

impl SpentToday {
    pub const NOTHING: Self =
        Self { by_author: Some(Money::zero(Currency::Usd)), by_merchant: Some(Money::zero(Currency::Usd)) };
}

/// The sum of two worths; unknown if one of them is, or if it is too large to be computed.
pub fn together(worth: Option<Money>, other: Option<Money>) -> Option<Money> {
    worth?.plus(other?).ok()
}

/// The larger of two worths; unknown if one of them is.
pub fn larger(worth: Option<Money>, other: Option<Money>) -> Option<Money> {
    let (worth, other) = (worth?, other?);
    Some(if other.amount() > worth.amount() { other } else { worth })
}

/// Whether the worth reaches the threshold; an unknown worth does.
fn at_least(worth: Option<Money>, threshold: Money) -> bool {
    worth.is_none_or(|worth| worth.amount() >= threshold.amount())
}

/// What an allowed refund has to wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RefundHolds {
    pub needs_approval: bool,
    /// The end of the cool-down.
    pub held_until: Option<DateTime<Utc>>,
}

impl RefundHolds {
    /// The first status of the refund, or the one after the customer's confirmation.
    pub const fn first_status(&self) -> RefundStatus {
        if self.needs_approval { RefundStatus::AwaitingApproval } else { RefundStatus::Pending }
    }

    /// The requirements of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            needs_approval: self.needs_approval || other.needs_approval,
            held_until: self.held_until.max(other.held_until),
        }
    }
}
