//! A refund that is being filled in: what a person typed, kept as typed, and what is still wrong with it.
//!
//! The draft lives on the server, so that reload, back and a second tab are safe. It holds raw text, because a page has to
//! show again what was typed even when it is wrong; each step parses its part anew and nothing wrong gets past it.

use super::{
    amount_basis::{AmountBasis, ResolvedAmount},
    new_refund::{Destination, NewRefund},
    quote::FeePayer,
    refund::RefundReason,
};
use crate::domain::{
    address::{memo, network::Network},
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PaymentIntentId, QuoteId, RefundDraftId, RefundId, UserId},
    intents::payment_intent::PaymentIntent,
    money::{Money, currency::Currency},
};
use chrono::{DateTime, Utc};

/// The longest address text that is kept; no address is longer.
pub const ADDRESS_MAX: usize = 128;
/// The longest note.
pub const NOTE_MAX: usize = 500;
/// The longest e-mail address (RFC 5321, section 4.5.3.1.3).
pub const EMAIL_MAX: usize = 254;

/// The pages of the wizard, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Where the money goes, to whom and why.
    Recipient,
    /// How much.
    Amount,
    /// From which balance.
    Funding,
    /// All of it in words, with the rate.
    Review,
    /// The explicit act.
    Confirm,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 5] = [Self::Recipient, Self::Amount, Self::Funding, Self::Review, Self::Confirm];

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recipient => "recipient",
            Self::Amount => "amount",
            Self::Funding => "funding",
            Self::Review => "review",
            Self::Confirm => "confirm",
        }
    }

    /// The name that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Recipient => "Recipient",
            Self::Amount => "Amount",
            Self::Funding => "Funding balance",
            Self::Review => "Review",
            Self::Confirm => "Confirm",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }
}

/// The recipient step as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientInput {
    /// Code of the network.
    pub network: String,
    /// The address.
    pub address: String,
    /// Memo or tag.
    pub memo: String,
    /// Whether the box 'no memo needed' is ticked.
    pub memo_not_needed: bool,
    /// The customer's e-mail address; may be empty.
    pub email: String,
    /// Name of the reason.
    pub reason: String,
    /// Free text; may be empty.
    pub note: String,
    /// Why an address that looks like another one is right; may be empty.
    pub override_reason: String,
}

/// The recipient step, proven right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Where the money goes.
    pub destination: Destination,
    /// Whom to tell.
    pub email: Option<String>,
    /// Why.
    pub reason: RefundReason,
    /// What the team wants to remember.
    pub note: Option<String>,
    /// Why an address that looks like another one is right.
    pub override_reason: Option<String>,
}

impl RecipientInput {
    /// Cuts what no valid input could need, so that a draft cannot be used to fill the database.
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
        }
    }

    /// Checks the step for a coin that is sent; tells everything that is wrong, not only the first.
    pub fn parse(&self, coin: Currency) -> Result<Recipient, Vec<DomainError>> {
        let destination = self.destination(coin);
        let email = parse_email(&self.email);
        let reason = parse_reason(&self.reason);
        let note = parse_note(&self.note, "note");
        let override_reason = parse_note(&self.override_reason, "override_reason");
        match (destination, email, reason, note, override_reason) {
            (Ok(destination), Ok(email), Ok(reason), Ok(note), Ok(override_reason)) => {
                Ok(Recipient { destination, email, reason, note, override_reason })
            }
            (destination, email, reason, note, override_reason) => {
                let all = [destination.err(), email.err(), reason.err(), note.err(), override_reason.err()];
                Err(all.into_iter().flatten().collect())
            }
        }
    }

    fn destination(&self, coin: Currency) -> Result<Destination, DomainError> {
        if self.network.is_empty() {
            return Err(DomainError::required("destination.network"));
        }
        let on_network = |error: DomainError| error.on("destination.network");
        let network = Network::parse(&self.network).map_err(on_network)?;
        network.require(coin).map_err(on_network)?;
        Destination::parse(network, &self.address, Some(&self.memo), self.memo_not_needed)
    }
}

/// Reads an e-mail address; empty means none. Only what would surely bounce is refused, the rest is the mail server's word.
/// Kept in lower case, as no mail service tells capitals apart, so that a search finds it.
pub fn parse_email(text: &str) -> Result<Option<String>, DomainError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plausible = text.len() <= EMAIL_MAX
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && !host.contains('@')
                && host.split('.').count() > 1
                && host.split('.').all(|part| !part.is_empty())
        });
    if plausible {
        Ok(Some(text.to_lowercase()))
    } else {
        Err(DomainError::new(ErrorCode::EmailInvalid, "This is not an e-mail address. It looks like name@example.com.")
            .on("email"))
    }
}

fn parse_reason(name: &str) -> Result<RefundReason, DomainError> {
    if name.is_empty() {
        return Err(DomainError::required("reason"));
    }
    RefundReason::parse(name)
        .ok_or_else(|| DomainError::new(ErrorCode::TextInvalid, "Choose one of the reasons.").on("reason"))
}

/// Reads a free text; empty means none.
pub fn parse_note(text: &str, field: &'static str) -> Result<Option<String>, DomainError> {
    let text = text.trim();
    if text.chars().count() > NOTE_MAX {
        let message = format!("This is longer than {NOTE_MAX} characters.");
        return Err(DomainError::new(ErrorCode::TextInvalid, message).on(field));
    }
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let message = "This has invisible control characters. Type it anew.";
        return Err(DomainError::new(ErrorCode::TextInvalid, message).on(field));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// How the amount step is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountWay {
    /// In the coin that was paid.
    #[default]
    AsPaid,
    /// As a price: a part of the order's own, or what so many dollars buy today.
    Price,
    /// What was paid beyond what was asked.
    Overpaid,
}

impl AmountWay {
    /// Every way.
    pub const ALL: [AmountWay; 3] = [Self::AsPaid, Self::Price, Self::Overpaid];

    /// The name in forms and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsPaid => "as_paid",
            Self::Price => "price",
            Self::Overpaid => "overpaid",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }
}

/// The amount step as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AmountInput {
    /// Which of the two texts counts, if any.
    pub way: AmountWay,
    /// In the coin that was paid. Of a price in dollars, the coins that it bought when it was typed.
    pub amount: String,
    /// As a price ([`price_currency`]).
    pub price: String,
}

/// The currency that a price is typed in: that of the order, or US dollars.
pub fn price_currency(intent: &PaymentIntent) -> Currency {
    intent.price().map_or(Currency::Usd, Money::currency)
}

/// A refund that is being filled in by one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundDraft {
    /// Its id; also the idempotency key of the refund that it becomes, so that no draft becomes two refunds.
    pub id: RefundDraftId,
    /// Whose.
    pub merchant_id: MerchantId,
    /// Of which intent.
    pub intent_id: PaymentIntentId,
    /// Who fills it in.
    pub user_id: UserId,
    /// The first step as typed.
    pub recipient: RecipientInput,
    /// Code of the coin that is sent; empty for the one that was paid.
    pub coin: String,
    /// The amount step as typed.
    pub amount: AmountInput,
    /// Code of the funding currency as chosen.
    pub funding: String,
    /// Who pays the network fee.
    pub fee_payer: FeePayer,
    /// The quote that the review page shows.
    pub quote_id: Option<QuoteId>,
    /// The refund that it became.
    pub refund_id: Option<RefundId>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl RefundDraft {
    /// The same draft; when anything typed differs from what it was `before`, without the quote. A quote is the name of what
    /// a person saw on the confirm page, so nothing else may be confirmed by it: not another address, nor another memo.
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

    /// The coin that is sent.
    pub fn coin(&self, intent: &PaymentIntent) -> Currency {
        Currency::parse(&self.coin).unwrap_or(intent.currency())
    }

    /// Checks the amount step.
    pub fn parse_amount(&self, intent: &PaymentIntent) -> Result<ResolvedAmount, DomainError> {
        let AmountInput { way, amount, price } = &self.amount;
        let read = |text: &str, currency| {
            if text.trim().is_empty() {
                return Err(DomainError::required("amount"));
            }
            Money::parse_positive(text, currency).map_err(|error| error.on("amount"))
        };
        let basis = match (way, intent.price()) {
            (AmountWay::Overpaid, _) => AmountBasis::Overpaid,
            (AmountWay::Price, Some(whole)) => AmountBasis::OfPrice(read(price, whole.currency())?),
            (AmountWay::Price, None) | (AmountWay::AsPaid, _) => {
                AmountBasis::AsPaid(Some(read(amount, intent.currency())?))
            }
        };
        basis.resolve(intent, None)
    }

    /// Checks the choice of the balance; whether it suffices is for the quote to say.
    pub fn parse_funding(&self) -> Result<Currency, DomainError> {
        if self.funding.is_empty() {
            return Err(DomainError::required("funding"));
        }
        Currency::parse(&self.funding).map_err(|error| error.on("funding"))
    }

    /// The first step that is not right yet; `Review` when all the typing is done.
    pub fn first_open_step(&self, intent: &PaymentIntent) -> Step {
        if self.recipient.parse(self.coin(intent)).is_err() {
            Step::Recipient
        } else if self.parse_amount(intent).is_err() {
            Step::Amount
        } else if self.parse_funding().is_err() {
            Step::Funding
        } else {
            Step::Review
        }
    }

    /// The command that the draft stands for.
    pub fn order(&self, intent: &PaymentIntent) -> Result<NewRefund, DomainError> {
        let coin = self.coin(intent);
        let recipient = self.recipient.parse(coin).map_err(|errors| {
            errors.into_iter().next().unwrap_or_else(|| DomainError::required("destination.address"))
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
