//! The refund wizard: a draft is filled in step by step and becomes one refund.

use super::{RefundServices, draft_quote, quote, recipient};
use crate::service::{ledger, pairs, people::second_factor::CodeAttempt, refunds};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, PaymentIntentId, QuoteId, RefundDraftId, RefundId, UserId},
        intents::payment_intent::PaymentIntent,
        ledger::Balance,
        money::{Money, currency::Currency},
        people::actor::{Actor, Permission},
        policy::{RefundHolds, together},
        refunds::{
            amount_basis::{AmountBasis, ResolvedAmount},
            draft::{AmountEntry, AmountInput, RecipientInput, RefundDraft, price_currency},
            new_refund::NewRefund,
            quote::{Conversion, FeePayer, Quote, QuoteTerms},
        },
    },
    error::Error,
    limits::second_factor::CodeLimits,
    rates::RateSource,
    store::{Store, refunds::recent::RecentFilter},
};
use chrono::{DateTime, Utc};

/// A draft with its intent.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenDraft {
    pub draft: RefundDraft,
    /// The current state of the intent.
    pub intent: PaymentIntent,
}

/// A balance in the funding step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingOption {
    pub balance: Balance,
    /// The terms of a refund from it, or why it is not possible.
    pub offer: Result<QuoteTerms, DomainError>,
}

/// Starts a draft for an intent, or continues the user's existing one. Fails when a refund is not possible.
pub async fn open(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    intent: PaymentIntentId,
) -> Result<RefundDraft, Error> {
    let user = require_user_id(actor)?;
    let intent = services.store.intent(actor.merchant(), intent).await?;
    refunds::eligibility(services, context, actor, &intent).await?;
    Ok(services.store.open_draft(context, actor.merchant(), user, intent.id).await?)
}

/// Discards the user's draft and starts a new one for the same intent. Discarding it again is no error.
pub async fn discard(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundDraftId,
    intent: PaymentIntentId,
) -> Result<RefundDraft, Error> {
    services.store.discard_draft(actor.merchant(), require_user_id(actor)?, id).await?;
    open(services, context, actor, intent).await
}

/// The user's own draft.
pub async fn get(store: &Store, actor: &Actor, id: RefundDraftId) -> Result<OpenDraft, Error> {
    let user = require_user_id(actor)?;
    let draft = store.draft(actor.merchant(), user, id).await?;
    let intent = store.intent(actor.merchant(), draft.intent_id).await?;
    Ok(OpenDraft { draft, intent })
}

/// Saves the recipient step as typed. Returns whether it is valid.
pub async fn save_recipient(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundDraftId,
    input: RecipientInput,
) -> Result<bool, Error> {
    let open = get(services.store, actor, id).await?;
    let (before, mut recipient) = (open.draft.recipient.clone(), input.shortened());
    let elsewhere = before.network != recipient.network || before.address != recipient.address;
    if elsewhere {
        // The form has shown the warnings about the address before, and the reason was given for that.
        recipient.overrides = String::new();
        if before.override_reason == recipient.override_reason {
            recipient.override_reason = String::new();
        }
    }
    let draft = RefundDraft { recipient, ..open.draft.clone() }.without_stale_quote(&open.draft);
    services.store.save_draft(context, &draft).await?;
    Ok(recipient::review(services, context, actor, &OpenDraft { draft, ..open }).await?.problems.is_empty())
}

/// Chooses the coin that is sent. Removes a network on which it is not sent, with the address.
pub async fn save_coin(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundDraftId,
    code: &str,
) -> Result<(), Error> {
    let open = get(services.store, actor, id).await?;
    let coin = Currency::parse(code.trim()).map_err(|error| error.on(Field::Coin))?;
    let mut draft = RefundDraft { coin: coin.code().to_owned(), ..open.draft.clone() };
    let is_sent = Network::parse(&draft.recipient.network)
        .is_ok_and(|network| pairs::sent(services.chain).contains(network, coin));
    if !is_sent {
        let typed = draft.recipient;
        draft.recipient =
            RecipientInput { email: typed.email, reason: typed.reason, note: typed.note, ..Default::default() };
    }
    Ok(services.store.save_draft(context, &draft.without_stale_quote(&open.draft)).await?)
}

/// The error in the amount step, from the input and from the policy. The daily limit is checked only when the refund is
/// created, since it changes in the meantime.
pub async fn amount_problem(
    services: RefundServices<'_>,
    context: &Context<'_>,
    open: &OpenDraft,
) -> Result<Option<DomainError>, Error> {
    let AmountInput { entry: way, price, .. } = &open.draft.amount;
    if *way == AmountEntry::Price
        && open.intent.price().is_none()
        && let Err(error) = coins_for(services.rates, context.now, &open.intent, price)
    {
        return Ok(Some(error.into_domain_error().on(Field::Amount)));
    }
    let ResolvedAmount { amount, value } = match open.draft.parse_amount(&open.intent) {
        Ok(resolved) => resolved,
        Err(error) => return Ok(Some(error)),
    };
    // What is sent is known with the balance that pays: the next step applies the limits to it.
    let worth = quote::largest_worth(services.rates, context.now, [amount, value]);
    Ok(services.policy(open.draft.merchant_id).await?.require_within_limit(amount, None, worth).err())
}

/// The worth of the refund at today's rates, in US dollars; `None` if it is not known.
async fn worth(
    services: RefundServices<'_>,
    context: &Context<'_>,
    open: &OpenDraft,
    new: &NewRefund,
) -> Result<Option<Money>, Error> {
    let terms = match open.draft.quote_id {
        Some(id) => services.store.quote(open.draft.merchant_id, id).await?.terms,
        None => quote::terms(services, context, &new.conversion()).await?,
    };
    Ok(quote::worth(services.rates, context.now, &terms))
}

/// The same, together with what went to the same intent, account or customer within a day.
async fn worth_within_a_day(
    services: RefundServices<'_>,
    context: &Context<'_>,
    open: &OpenDraft,
    new: &NewRefund,
) -> Result<Option<Money>, Error> {
    let recent = services.store.recent_worth(open.draft.merchant_id, &RecentFilter::of(new, context.now)).await?;
    Ok(together(worth(services, context, open, new).await?, recent))
}

/// What the refund would have to wait for if it were created now.
pub async fn holds(
    services: RefundServices<'_>,
    context: &Context<'_>,
    open: &OpenDraft,
) -> Result<RefundHolds, Error> {
    let new = open.draft.new_refund(&open.intent)?;
    let history = services.store.address_history(open.draft.merchant_id, &new.destination).await?;
    let policy = services.policy(open.draft.merchant_id).await?;
    let worth = worth_within_a_day(services, context, open, &new).await?;
    Ok(policy.holds(worth, history.is_known(&policy, context.now), context.now))
}

/// The amount of the paid coin that a price in dollars buys now.
fn coins_for(rates: &dyn RateSource, now: DateTime<Utc>, intent: &PaymentIntent, price: &str) -> Result<Money, Error> {
    if price.trim().is_empty() {
        return Err(DomainError::required(Field::Amount).into());
    }
    let price = Money::parse_positive(price, price_currency(intent))?;
    Ok(quote::resolve(rates, now, intent, AmountBasis::TodaysRate(price))?.amount)
}

/// Saves the amount step as typed. Returns whether it is valid. A price in dollars is converted to coins only here.
pub async fn save_amount(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundDraftId,
    input: AmountInput,
) -> Result<bool, Error> {
    let open = get(services.store, actor, id).await?;
    let short = |text: &str| text.trim().chars().take(64).collect::<String>();
    let mut amount = AmountInput { entry: input.entry, amount: short(&input.amount), price: short(&input.price) };
    if amount.entry == AmountEntry::Price && open.intent.price().is_none() {
        amount.amount =
            coins_for(services.rates, context.now, &open.intent, &amount.price).map(Money::number).unwrap_or_default();
    }
    let draft = RefundDraft { amount, ..open.draft.clone() }.without_stale_quote(&open.draft);
    services.store.save_draft(context, &draft).await?;
    Ok(amount_problem(services, context, &OpenDraft { draft, ..open }).await?.is_none())
}

/// Saves the choice of the balance and of the fee payer. If it is valid and the balance suffices, makes the quote that the
/// review shows, and returns true.
pub async fn save_funding(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundDraftId,
    funding: &str,
    fee_payer: FeePayer,
) -> Result<bool, Error> {
    let open = get(services.store, actor, id).await?;
    let funding = funding.trim().chars().take(8).collect();
    let draft = RefundDraft { funding, fee_payer, ..open.draft.clone() }.without_stale_quote(&open.draft);
    services.store.save_draft(context, &draft).await?;
    let Ok(currency) = draft.parse_funding() else { return Ok(false) };
    let options = funding_options(services, context, actor, &OpenDraft { draft, ..open }).await?;
    let is_chosen = |option: &&FundingOption| option.balance.available.currency() == currency;
    if options.iter().find(is_chosen).is_none_or(|option| option.offer.is_err()) {
        return Ok(false);
    }
    renew_quote(services, context, actor, id).await?;
    Ok(true)
}

/// The current cost of the refund from each balance.
pub async fn funding_options(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    open: &OpenDraft,
) -> Result<Vec<FundingOption>, Error> {
    let balances = ledger::list(services.store, actor).await?;
    let ResolvedAmount { amount, value } = open.draft.parse_amount(&open.intent)?;
    let coin = open.draft.coin(&open.intent);
    let recipient = open.draft.recipient.parse(coin).map_err(first)?;
    let (network, fee_payer) = (recipient.destination.network(), open.draft.fee_payer);
    let fee = quote::network_fee(services, context, network, coin).await.map_err(Error::into_domain_error);
    let policy = services.policy(open.draft.merchant_id).await?;
    let option = |balance: Balance| {
        let funding = balance.available.currency();
        let conversion = Conversion { amount, value, coin, network, funding, fee_payer };
        let offer = fee.clone().and_then(|fee| {
            let terms = quote::terms_with_fee(services, context, &conversion, fee)?;
            let worth = quote::worth(services.rates, context.now, &terms);
            policy.require_within_limit(terms.amount, Some(terms.send), worth)?;
            terms.require_covered_by(balance.available).map(|()| terms)
        });
        FundingOption { balance, offer }
    };
    Ok(balances.into_iter().map(option).collect())
}

/// The quote of the draft, if it fits the input. It may have expired: opening the page makes no new one,
/// [`renew_quote`] does.
pub async fn quote_of(store: &Store, actor: &Actor, open: &OpenDraft) -> Result<Option<Quote>, Error> {
    let new = open.draft.new_refund(&open.intent)?;
    let Some(id) = new.quote_id else { return Ok(None) };
    let quote = store.quote(actor.merchant(), id).await?;
    let fits = quote.require_matches(&new.conversion()).is_ok();
    Ok(Some(quote).filter(|_| fits))
}

/// Makes a quote at today's rate for the draft and stores it.
pub async fn renew_quote(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundDraftId,
) -> Result<(), Error> {
    let open = get(services.store, actor, id).await?;
    let new = open.draft.new_refund(&open.intent)?;
    let fresh = quote::new_quote(services, context, actor, &new.conversion()).await?;
    services.store.save_quote(&fresh).await?;
    Ok(services.store.set_draft_quote(context, &open.draft, fresh.id).await?)
}

/// The last characters of the address that must be typed to confirm a large refund.
pub async fn typed_confirmation(
    services: RefundServices<'_>,
    context: &Context<'_>,
    open: &OpenDraft,
) -> Result<Option<String>, Error> {
    let new = open.draft.new_refund(&open.intent)?;
    let worth = worth_within_a_day(services, context, open, &new).await?;
    // An amount with unknown worth counts as large.
    let large = worth.is_none_or(|worth| worth.amount() >= services.settings.typed_confirmation_from.amount());
    Ok(large.then(|| new.destination.address.last_six().to_owned()))
}

/// The input of the confirm page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WizardConfirmation {
    /// The quote that the user saw.
    pub quote_id: Option<QuoteId>,
    /// The checkbox that confirms the refund.
    pub confirmed: bool,
    /// The last characters of the address as typed, for large refunds.
    pub typed: String,
    /// The remaining amount that the page showed, as a plain number; it may have changed in another tab or by a
    /// colleague.
    pub left: String,
    /// The second factor code as typed, where the policy requires one.
    pub code: String,
}

/// Creates the refund from a draft. Repeating it returns the same refund.
pub async fn confirm(
    services: RefundServices<'_>,
    context: &Context<'_>,
    limits: &CodeLimits,
    actor: &Actor,
    id: RefundDraftId,
    confirmation: &WizardConfirmation,
) -> Result<RefundId, Error> {
    let open = get(services.store, actor, id).await?;
    if let Some(refund) = open.draft.refund_id {
        return Ok(refund);
    }
    match confirm_open(services, context, limits, actor, open, confirmation).await {
        Ok(refund) => Ok(refund),
        // The other request of a double click may have created the refund after the draft was read here. If that cannot be
        // read, the first error counts: after a commit it says that the outcome is unknown.
        Err(error) => match get(services.store, actor, id).await {
            Ok(open) => open.draft.refund_id.ok_or(error),
            Err(_) => Err(error),
        },
    }
}

async fn confirm_open(
    services: RefundServices<'_>,
    context: &Context<'_>,
    limits: &CodeLimits,
    actor: &Actor,
    open: OpenDraft,
    confirmation: &WizardConfirmation,
) -> Result<RefundId, Error> {
    let mut new = open.draft.new_refund(&open.intent)?;
    if !confirmation.confirmed {
        let message = "error-box-not-ticked";
        return Err(DomainError::new(ErrorCode::ConfirmationMissing, message).on(Field::Confirmed).into());
    }
    if let Some(end) = typed_confirmation(services, context, &open).await?
        && confirmation.typed.trim() != end
    {
        let message = "error-typed-end-wrong";
        return Err(DomainError::new(ErrorCode::ConfirmationMissing, message).on(Field::Typed).into());
    }
    if confirmation.quote_id.is_none() || confirmation.quote_id != open.draft.quote_id {
        let message = "error-draft-changed";
        return Err(DomainError::new(ErrorCode::QuoteExpired, message).on(Field::Quote).into());
    }
    new.quote_id = Some(draft_quote::current(services, context, actor, &open).await?);
    new.expected_refundable = Some(Money::parse(&confirmation.left, open.intent.currency())?);
    let key = IdempotencyKey(open.draft.id.0);
    let code = CodeAttempt { limits, typed: &confirmation.code };
    let created = refunds::create_with_code(services, context, actor, &new, key, code).await?;
    Ok(created.into_inner().id)
}

pub(super) fn require_user_id(actor: &Actor) -> Result<UserId, DomainError> {
    actor.require(Permission::Refund)?;
    match actor {
        Actor::User { id, .. } => Ok(*id),
        Actor::ApiKey { .. } | Actor::Customer { .. } | Actor::Anonymous { .. } | Actor::System { .. } => {
            Err(DomainError::new(ErrorCode::Forbidden, "error-wizard-for-people"))
        }
    }
}

fn first(errors: Vec<DomainError>) -> DomainError {
    errors.into_iter().next().unwrap_or_else(|| DomainError::required(Field::DestinationAddress))
}
