//! Approving and declining what others made, and stopping what is held back.

use super::quote;
use crate::service::{
    people::second_factor,
    policy::{self, screening},
};
use crate::{
    domain::{
        error::DomainError,
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

/// What an approver looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// The refund, with the terms that it was made with.
    pub refund: Refund,
    /// The terms that an approval would be given for.
    pub quote: Quote,
    /// Whether they still hold; otherwise today's have to be looked at first.
    pub is_current: bool,
    /// By how many percent they take more from the balance than those that the refund was made with.
    pub dearer_by: Decimal,
    /// What an approval has to carry.
    pub seal: Seal,
    /// Why this person cannot approve it as it is; declining stays possible.
    pub obstacle: Option<DomainError>,
}

/// Everything that is needed to decide on a refund that waits.
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

/// The same for whoever may approve; nothing for others, and for a refund that waits for nobody.
pub async fn review_if_waiting(requite: &Requite, actor: &Actor, refund: &Refund) -> Result<Option<Review>, Error> {
    if !actor.may(Permission::Approve) || require_waiting(refund).is_err() {
        return Ok(None);
    }
    review(requite, actor, refund.id).await.map(Some)
}

/// Fixes today's rate for a refund whose own has expired, so that an approver can see the difference.
pub async fn renew_quote(requite: &Requite, actor: &Actor, id: RefundId) -> Result<(), Error> {
    actor.require(Permission::Approve)?;
    let refund = requite.store.refund(actor.merchant(), id).await?;
    require_waiting(&refund)?;
    let context = requite.context();
    // What a customer was promised stays what they get; only what it costs follows the rate.
    let fresh = match refund.confirm_until {
        Some(_) => quote::fresh_at_confirmed_amount(requite, actor, &context, &refund.terms)?,
        None => quote::fresh(requite, actor, &context, &refund.terms.conversion())?,
    };
    Ok(requite.store.offer_quote(&context, &refund, &fresh).await?)
}

/// Approves exactly what the page showed, with what was typed as the code of the second factor, where the policy asks for one.
pub async fn approve(requite: &Requite, actor: &Actor, id: RefundId, shown: &str, code: &str) -> Result<Refund, Error> {
    actor.require(Permission::Approve)?;
    let refund = requite.store.refund(actor.merchant(), id).await?;
    // Before a code is looked at: an attempt at what is not possible anyway is none at the code.
    require_waiting(&refund)?;
    require_other_person(&refund, actor)?;
    let screened = screening::of_refund(requite, &refund).await?;
    let code = second_factor::typed(requite, actor, code)?;
    let server = requite.settings.refund_policy();
    let given = Approval { shown, screened: &screened, code: code.as_ref(), server_policy: &server };
    Ok(requite.store.approve_refund(actor, &requite.context(), id, &given).await?)
}

/// Declines a refund that waits, with a reason that its maker reads.
pub async fn decline(requite: &Requite, actor: &Actor, id: RefundId, reason: &str) -> Result<Refund, Error> {
    actor.require(Permission::Approve)?;
    decline_or_stop(requite, actor, id, ApprovalDecision::Declined, reason).await
}

/// Stops a refund during its cool-down, or while its customer is asked.
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
    let reason = parse_note(reason, "reason")?.ok_or_else(|| DomainError::required("reason"))?;
    Ok(requite.store.decline_or_stop_refund(actor, &requite.context(), id, verdict, &reason).await?)
}

/// What was decided of a refund, if anything.
pub async fn decision(requite: &Requite, actor: &Actor, id: RefundId) -> Result<Option<RecordedDecision>, Error> {
    actor.require(Permission::Read)?;
    Ok(requite.store.decision(actor.merchant(), id).await?)
}
