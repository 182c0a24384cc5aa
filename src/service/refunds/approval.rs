//! Approving, declining and stopping refunds.

use super::quote;
use crate::service::{
    people::second_factor,
    policy::{self, screening},
};
use crate::{
    domain::{
        error::{DomainError, Field},
        ids::RefundId,
        people::actor::{Actor, Permission},
        refunds::{
            approval::{
                ApprovalDecision, RecordedDecision, Seal, dearer_by, require_other_person, require_renewable,
                require_waiting,
            },
            draft::parse_note,
            quote::Quote,
            refund::Refund,
        },
    },
    error::Error,
    state::Requite,
    store::refunds::approvals::Approval,
};
use rust_decimal::Decimal;

/// The information that an approver sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
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
pub async fn review(requite: &Requite, actor: &Actor, id: RefundId) -> Result<Review, Error> {
    actor.require(Permission::Approve)?;
    let refund = requite.store.refund(actor.merchant(), id).await?;
    require_waiting(&refund)?;
    let quote = requite.store.quote_to_approve(&refund).await?;
    let policy = policy::current(requite, actor.merchant()).await?;
    let screened = screening::of_refund(requite, &refund).await?;
    let obstacle = require_other_person(&refund, actor)
        .and_then(|()| screened.require_clear())
        .and_then(|()| require_renewable(&refund.terms, &quote.terms, policy.renewal_tolerance))
        .err();
    Ok(Review {
        is_current: quote.require_current(requite.context().now).is_ok(),
        dearer_by: dearer_by(&refund.terms, &quote.terms),
        seal: Seal::of(&refund, &quote),
        obstacle,
        refund,
        quote,
    })
}

/// Like [`review`]; `None` for actors who may not approve, and for a refund that does not wait for approval.
pub async fn review_if_waiting(requite: &Requite, actor: &Actor, refund: &Refund) -> Result<Option<Review>, Error> {
    if !actor.may(Permission::Approve) || require_waiting(refund).is_err() {
        return Ok(None);
    }
    review(requite, actor, refund.id).await.map(Some)
}

/// Makes a quote at today's rate for a refund whose own has expired, so that an approver can see the difference.
pub async fn renew_quote(requite: &Requite, actor: &Actor, id: RefundId) -> Result<(), Error> {
    actor.require(Permission::Approve)?;
    let refund = requite.store.refund(actor.merchant(), id).await?;
    require_waiting(&refund)?;
    let context = requite.context();
    // The amount confirmed by the customer stays fixed; only the cost follows the rate.
    let fresh = match refund.confirm_until {
        Some(_) => quote::fresh_at_confirmed_amount(requite, actor, &context, &refund.terms)?,
        None => quote::fresh(requite, actor, &context, &refund.terms.conversion())?,
    };
    Ok(requite.store.offer_quote(&context, &refund, &fresh).await?)
}

/// Approves exactly what the page showed. `code` is the second factor code as typed, where the policy requires one.
pub async fn approve(requite: &Requite, actor: &Actor, id: RefundId, shown: &str, code: &str) -> Result<Refund, Error> {
    actor.require(Permission::Approve)?;
    let refund = requite.store.refund(actor.merchant(), id).await?;
    // Before the code is counted: a request that is not possible anyway must not use up an attempt.
    require_waiting(&refund)?;
    require_other_person(&refund, actor)?;
    let screened = screening::of_refund(requite, &refund).await?;
    let code = second_factor::typed(requite, actor, code)?;
    let server = requite.settings.refund_policy();
    let given = Approval { shown, screened: &screened, code: code.as_ref(), server_policy: &server };
    Ok(requite.store.approve_refund(actor, &requite.context(), id, &given).await?)
}

/// Declines a waiting refund, with a reason for its creator.
pub async fn decline(requite: &Requite, actor: &Actor, id: RefundId, reason: &str) -> Result<Refund, Error> {
    actor.require(Permission::Approve)?;
    decline_or_stop(requite, actor, id, ApprovalDecision::Declined, reason).await
}

/// Stops a refund during its cool-down, or while it waits for its customer.
pub async fn stop(requite: &Requite, actor: &Actor, id: RefundId, reason: &str) -> Result<Refund, Error> {
    actor.require(Permission::Refund)?;
    decline_or_stop(requite, actor, id, ApprovalDecision::Stopped, reason).await
}

async fn decline_or_stop(
    requite: &Requite,
    actor: &Actor,
    id: RefundId,
    verdict: ApprovalDecision,
    reason: &str,
) -> Result<Refund, Error> {
    let reason = parse_note(reason, Field::Reason)?.ok_or_else(|| DomainError::required(Field::Reason))?;
    Ok(requite.store.decline_or_stop_refund(actor, &requite.context(), id, verdict, &reason).await?)
}

/// The decision on a refund, if any.
pub async fn decision(requite: &Requite, actor: &Actor, id: RefundId) -> Result<Option<RecordedDecision>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.decision(actor.merchant(), id).await?)
}
