//! Approving, declining and stopping refunds.

use super::{RefundServices, outlook, quote};
use crate::service::{customers::masking, people::second_factor::CodeAttempt, policy::screening};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, Field},
        ids::RefundId,
        people::actor::{Actor, Permission},
        refunds::{
            approval::{
                RecordedDecision, Seal, price_increase, require_other_person, require_renewable, require_waiting,
            },
            quote::Quote,
            refund::Refund,
        },
        text::parse_note,
    },
    error::Error,
    store::{
        Store,
        refunds::approval::{Approval, EarlyEnd},
    },
};
use rust_decimal::Decimal;

/// The information that an approver sees.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalReview {
    /// With its original terms.
    pub refund: Refund,
    /// The terms to be approved.
    pub quote: Quote,
    /// Whether the terms have not expired; otherwise the rate has to be renewed first.
    pub is_current: bool,
    /// How much more, in percent, they take from the balance than the original terms.
    pub dearer_by: Decimal,
    /// Must be submitted with the approval.
    pub seal: Seal,
    /// Why this user cannot approve it; declining may still be possible.
    pub obstacle: Option<DomainError>,
}

/// Everything needed for the decision on a waiting refund.
pub async fn review(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
) -> Result<ApprovalReview, Error> {
    actor.require(Permission::Approve)?;
    let refund = services.store.refund(actor.merchant(), id).await?;
    require_waiting(&refund)?;
    let quote = services.store.quote_to_approve(&refund).await?;
    let policy = services.policy(actor.merchant()).await?;
    let screened = screening::of_refund(services.screening, &refund).await?;
    let obstacle = require_other_person(&refund, actor)
        .and_then(|()| screened.require_clear())
        .and_then(|()| require_renewable(&refund.terms, &quote.terms, policy.renewal_tolerance))
        .err();
    Ok(ApprovalReview {
        is_current: quote.require_current(context.now).is_ok(),
        dearer_by: price_increase(&refund.terms, &quote.terms),
        seal: Seal::of(&refund, &quote),
        obstacle,
        refund,
        quote,
    })
}

/// Like [`review`]; `None` for actors who may not approve, and for a refund that does not wait for approval.
pub async fn review_if_waiting(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    refund: &Refund,
) -> Result<Option<ApprovalReview>, Error> {
    if !actor.may(Permission::Approve) || require_waiting(refund).is_err() {
        return Ok(None);
    }
    review(services, context, actor, refund.id).await.map(Some)
}

/// Makes a quote at today's rate for a refund whose own has expired, so that an approver can see the difference.
pub async fn renew_quote(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
) -> Result<(), Error> {
    actor.require(Permission::Approve)?;
    let refund = services.store.refund(actor.merchant(), id).await?;
    require_waiting(&refund)?;
    // The amount confirmed by the customer stays fixed; only the cost follows the rate.
    let fresh = match refund.confirm_until {
        Some(_) => quote::fresh_at_confirmed_amount(services, context, actor, &refund.terms).await?,
        None => quote::new_quote(services, context, actor, &refund.terms.conversion()).await?,
    };
    Ok(services.store.offer_quote(context, &refund, &fresh).await?)
}

/// Approves exactly what the page showed. `code` is the second factor code as typed, where the policy requires one.
pub async fn approve(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
    seal: &str,
    code: Option<CodeAttempt<'_>>,
) -> Result<Refund, Error> {
    actor.require(Permission::Approve)?;
    let refund = services.store.refund(actor.merchant(), id).await?;
    // Before the code is counted: a request that is not possible anyway must not use up an attempt.
    require_waiting(&refund)?;
    require_other_person(&refund, actor)?;
    let screened = screening::of_refund(services.screening, &refund).await?;
    let code = match code {
        Some(code) => code.count(actor)?,
        None => None,
    };
    let server = services.settings.refund_policy();
    let quote = services.store.quote_to_approve(&refund).await?;
    let priced = (quote.id, quote::worth(services.rates, context.now, &quote.terms));
    let approval = Approval { seal, screened: &screened, code: code.as_ref(), server_policy: &server, priced };
    let approved = services.store.approve_refund(context, actor, id, &approval).await?;
    Ok(outlook::told(services, context.now, approved).await)
}

/// Declines a waiting refund, with a reason for its creator.
pub async fn decline(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
    reason: &str,
) -> Result<Refund, Error> {
    actor.require(Permission::Approve)?;
    decline_or_stop(store, context, actor, id, EarlyEnd::Declined, reason).await
}

/// Stops a refund during its cool-down, or while it waits for its customer; before an approval, only one's own.
pub async fn stop(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
    reason: &str,
) -> Result<Refund, Error> {
    actor.require(Permission::Refund)?;
    decline_or_stop(store, context, actor, id, EarlyEnd::Stopped, reason).await
}

async fn decline_or_stop(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
    ending: EarlyEnd,
    reason: &str,
) -> Result<Refund, Error> {
    let reason = parse_note(reason, Field::Reason)?.ok_or_else(|| DomainError::required(Field::Reason))?;
    Ok(store.decline_or_stop_refund(context, actor, id, ending, &reason).await?)
}

/// The decision on a refund, if any.
pub async fn decision(store: &Store, actor: &Actor, id: RefundId) -> Result<Option<RecordedDecision>, Error> {
    actor.require(Permission::Read)?;
    let decision = store.decision(actor.merchant(), id).await?;
    let masked = |decision: RecordedDecision| {
        let reason = decision.reason.as_deref().map(|reason| masking::text(actor, reason));
        RecordedDecision { reason, ..decision }
    };
    Ok(decision.map(masked))
}
