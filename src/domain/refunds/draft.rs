//! Refund drafts: the wizard's input as typed, and its validation.
//!
//! The draft is stored on the server, so that reload, back and a second tab are safe. It holds raw text, because a page
//! has to show invalid input again; each step parses its input anew and rejects errors.

use super::{
    amount_basis::{AmountBasis, ResolvedAmount},
    new_refund::{Destination, NewRefund},
    quote::FeePayer,
    refund::RefundReason,
    warning::{OverrideReason, Warning},
};
use crate::domain::{
    address::{memo, network::Network},
    error::{DomainError, ErrorCode, Field},
    ids::{MerchantId, PaymentIntentId, QuoteId, RefundDraftId, RefundId, UserId},
    intents::payment_intent::PaymentIntent,
    money::{Money, currency::Currency},
    names::Named,
    text::{EMAIL_MAX, NOTE_MAX, parse_email, parse_note},
};
use chrono::{DateTime, Duration, Utc};
use strum::{IntoStaticStr, VariantArray};

/// Maximum length of the address text; no valid address is longer.
pub const ADDRESS_MAX: usize = 128;
/// The age from which a draft says when it was begun, on whatever way its page is reached.
const OLD_AFTER: Duration = Duration::minutes(30);

/// The pages of the wizard, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
// The names in URLs.
#[strum(serialize_all = "snake_case")]
pub enum WizardStep {
    /// Destination, e-mail address and reason.
    Recipient,
    Amount,
    Funding,
    /// Summary with the rate.
    Review,
    /// The explicit confirmation.
    Confirm,
}

/// The recipient step as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientInput {
    /// Code of the network.
    pub network: String,
    pub address: String,
    /// Memo or tag.
    pub memo: String,
    /// Whether the box 'no memo needed' is ticked.
    pub memo_not_needed: bool,
    /// May be empty.
    pub email: String,
    /// Name of the reason.
    pub reason: String,
    /// May be empty.
    pub note: String,
    /// Why it is sent despite warnings about the address; may be empty.
    pub override_reason: String,
    /// The codes of the warnings that the form has shown, with spaces between.
    pub overrides: String,
}

/// The recipient step, validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientStep {
    pub destination: Destination,
    /// The address for notifications.
    pub email: Option<String>,
    pub reason: RefundReason,
    /// The team's note.
    pub note: Option<String>,
    /// Why it is sent despite the warnings about the address that the form has shown.
    pub override_reason: Option<OverrideReason>,
}

impl RecipientInput {
    /// Truncates the texts to the lengths of valid input, so that drafts cannot be used to fill the database.
    #[must_use]
    pub fn shortened(self) -> Self {
        let cut = |text: String, max: usize| text.trim().chars().take(max + 1).collect();
        Self {
            network: cut(self.network, 16),
            address: cut(self.address, ADDRESS_MAX),
            memo: cut(self.memo, memo::MAX_BYTES),
            memo_not_needed: self.memo_not_needed,
            email: cut(self.email, EMAIL_MAX),
            reason: cut(self.reason, 32),
            note: cut(self.note, NOTE_MAX),
            override_reason: cut(self.override_reason, NOTE_MAX),
            overrides: Warning::codes(&Warning::of_codes(&self.overrides)),
        }
    }

    /// Parses the step for the coin that is sent and returns every error.
    pub fn parse(&self, coin: Currency) -> Result<RecipientStep, Vec<DomainError>> {
        let destination = self.destination(coin);
        let email = parse_email(&self.email);
        let reason = parse_reason(&self.reason);
        let note = parse_note(&self.note, Field::Note);
        let override_reason = parse_note(&self.override_reason, Field::OverrideReason);
        match (destination, email, reason, note, override_reason) {
            (Ok(destination), Ok(email), Ok(reason), Ok(note), Ok(override_reason)) => {
                let overrides = Some(Warning::of_codes(&self.overrides));
                let override_reason = override_reason.map(|text| OverrideReason { text, overrides });
                Ok(RecipientStep { destination, email, reason, note, override_reason })
            }
            (destination, email, reason, note, override_reason) => {
                let all = [destination.err(), email.err(), reason.err(), note.err(), override_reason.err()];
                Err(all.into_iter().flatten().collect())
            }
        }
    }

    fn destination(&self, coin: Currency) -> Result<Destination, DomainError> {
        if self.network.is_empty() {
            return Err(DomainError::required(Field::DestinationNetwork));
        }
        let on_network = |error: DomainError| error.on(Field::DestinationNetwork);
        let network = Network::parse(&self.network).map_err(on_network)?;
        network.require(coin).map_err(on_network)?;
        Destination::parse(network, &self.address, Some(&self.memo), self.memo_not_needed)
    }
}

fn parse_reason(name: &str) -> Result<RefundReason, DomainError> {
    if name.is_empty() {
        return Err(DomainError::required(Field::Reason));
    }
    RefundReason::parse(name)
        .ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, "error-reason-unknown").on(Field::Reason))
}

/// How the amount is entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
// The names in forms and in the database.
#[strum(serialize_all = "snake_case")]
pub enum AmountEntry {
    /// In the paid coin.
    #[default]
    AsPaid,
    /// As a price: a part of the order's price, or the coins that this many dollars buy today.
    Price,
    /// The amount paid in excess.
    Overpaid,
}

/// The amount step as typed. A number has a point, whatever the language of the page is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AmountInput {
    /// Selects which of the two texts is used, if any.
    pub entry: AmountEntry,
    /// In the paid coin. For a price in dollars, the coins that it bought when it was entered.
    pub amount: String,
    /// As a price, in [`price_currency`].
    pub price: String,
}

/// The currency of prices: that of the order, or US dollars.
pub fn price_currency(intent: &PaymentIntent) -> Currency {
    intent.price().map_or(Currency::Usd, Money::currency)
}

/// A refund draft of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundDraft {
    /// Also the idempotency key of the resulting refund, so that no draft becomes two refunds.
    pub id: RefundDraftId,
    pub merchant_id: MerchantId,
    pub intent_id: PaymentIntentId,
    /// The user who fills it in.
    pub user_id: UserId,
    /// The first step as typed.
    pub recipient: RecipientInput,
    /// Code of the coin that is sent; empty for the paid one.
    pub coin: String,
    pub amount: AmountInput,
    /// Code of the chosen funding currency.
    pub funding: String,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The quote that the review page shows.
    pub quote_id: Option<QuoteId>,
    /// The resulting refund.
    pub refund_id: Option<RefundId>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl RefundDraft {
    /// Whether it was begun so long ago that the customer may have sent another address since.
    pub fn is_old(&self, now: DateTime<Utc>) -> bool {
        self.is_begun() && now - self.created_at >= OLD_AFTER
    }

    /// Whether anything was typed into it.
    pub fn is_begun(&self) -> bool {
        self.recipient != RecipientInput::default() || !self.coin.is_empty()
    }

    /// Removes the quote when any input differs from `before`. A quote identifies what the user saw on the confirm
    /// page, so it must not confirm anything else, such as another address or memo.
    #[must_use]
    pub fn without_stale_quote(mut self, before: &Self) -> Self {
        let same = self.recipient == before.recipient
            && self.coin == before.coin
            && self.amount == before.amount
            && self.funding == before.funding
            && self.fee_payer == before.fee_payer;
        if !same {
            self.quote_id = None;
        }
        self
    }

    pub fn coin(&self, intent: &PaymentIntent) -> Currency {
        Currency::parse(&self.coin).unwrap_or(intent.currency())
    }

    pub fn parse_amount(&self, intent: &PaymentIntent) -> Result<ResolvedAmount, DomainError> {
        let AmountInput { entry: way, amount, price } = &self.amount;
        let read = |text: &str, currency| {
            if text.trim().is_empty() {
                return Err(DomainError::required(Field::Amount));
            }
            Money::parse_positive(text, currency).map_err(|error| error.on(Field::Amount))
        };
        let basis = match (way, intent.price()) {
            (AmountEntry::Overpaid, _) => AmountBasis::Overpaid,
            (AmountEntry::Price, Some(whole)) => AmountBasis::OfPrice(read(price, whole.currency())?),
            (AmountEntry::Price, None) | (AmountEntry::AsPaid, _) => {
                AmountBasis::AsPaid(Some(read(amount, intent.currency())?))
            }
        };
        basis.resolve(intent, None)
    }

    /// Parses the choice of the balance; whether it suffices is checked with the quote.
    pub fn parse_funding(&self) -> Result<Currency, DomainError> {
        if self.funding.is_empty() {
            return Err(DomainError::required(Field::Funding));
        }
        Currency::parse(&self.funding).map_err(|error| error.on(Field::Funding))
    }

    /// The first step that is not valid yet; `Review` when all input is valid.
    pub fn first_open_step(&self, intent: &PaymentIntent) -> WizardStep {
        if self.recipient.parse(self.coin(intent)).is_err() {
            WizardStep::Recipient
        } else if self.parse_amount(intent).is_err() {
            WizardStep::Amount
        } else if self.parse_funding().is_err() {
            WizardStep::Funding
        } else {
            WizardStep::Review
        }
    }

    /// Builds the request for the refund.
    pub fn new_refund(&self, intent: &PaymentIntent) -> Result<NewRefund, DomainError> {
        let coin = self.coin(intent);
        let recipient = self.recipient.parse(coin).map_err(|errors| {
            errors.into_iter().next().unwrap_or_else(|| DomainError::required(Field::DestinationAddress))
        })?;
        let ResolvedAmount { amount, value } = self.parse_amount(intent)?;
        Ok(NewRefund {
            intent_id: self.intent_id,
            destination: recipient.destination,
            amount,
            price_part: Some(value).filter(|value| *value != amount),
            coin,
            funding: self.parse_funding()?,
            fee_payer: self.fee_payer,
            quote_id: self.quote_id,
            expected_refundable: None,
            customer_email: recipient.email,
            reason: recipient.reason,
            note: recipient.note,
            override_reason: recipient.override_reason,
            customer_confirms: false,
            callback_url: None,
            draft_id: Some(self.id),
        })
    }
}
