//! The customer's word on where a refund goes: asking, answering, and asking again.

use crate::{
    config::Mode,
    domain::{
        error::{DomainError, ErrorCode},
        ids::RefundId,
        mail::Shop,
        people::actor::{Actor, Permission},
        refunds::{
            confirmation::{Answer, Confirmation, confirmation_seal, is_open, refund_of},
            refund::Refund,
        },
    },
    error::Error,
    state::Requite,
    store::refunds::confirmations::CustomerAnswer,
};
use std::net::IpAddr;

/// The beginning of the address of the page that a customer answers on.
pub const PAGE: &str = "/confirm/";

/// Refuses to make a refund wait for a customer who cannot be told of it.
pub fn require_can_ask(requite: &Requite) -> Result<(), DomainError> {
    if requite.mailer.is_some() || requite.settings.mode == Mode::Sandbox {
        return Ok(());
    }
    let message = "This server cannot send mail, so it cannot ask the customer to confirm the address.";
    Err(DomainError::new(ErrorCode::MailUnavailable, message).on("skip_user_address_confirmation"))
}

/// Whether mails are shown with their links instead of being sent: in a sandbox without a mail server. Whoever can read a link
/// can answer in the customer's place, so nobody sees one that went to somebody.
pub fn links_are_shown(requite: &Requite) -> bool {
    requite.mailer.is_none() && requite.settings.mode == Mode::Sandbox
}

/// What a customer's page shows.
#[derive(Clone, Debug)]
pub struct Question {
    /// Who wants to refund what.
    pub shop: Shop,
    /// The refund.
    pub refund: Refund,
    /// What the customer said, if anything yet.
    pub answer: Option<Answer>,
    /// Whether they can answer now.
    pub is_open: bool,
    /// What an answer has to carry.
    pub seal: String,
}

/// What the link with this token is about. Nothing changes by looking: programs that check mails open every link.
pub async fn question(requite: &Requite, token: &str, from: IpAddr) -> Result<Question, Error> {
    requite.link_limits.require(from)?;
    let (refund, confirmation) = signed(requite, token).await?;
    Ok(Question {
        shop: shop(requite, &refund).await?,
        answer: confirmation.answer.map(|(answer, _)| answer),
        is_open: is_open(&refund, requite.context().now),
        seal: confirmation_seal(&refund, refund.terms.send).to_string(),
        refund,
    })
}

/// Takes a customer's answer to exactly what their page showed. Without effect when there is nothing to answer any more; the
/// page tells how it ended.
pub async fn answer(
    requite: &Requite,
    token: &str,
    answer: Answer,
    shown: &str,
    from: IpAddr,
) -> Result<Refund, Error> {
    requite.link_limits.require(from)?;
    let (refund, _) = signed(requite, token).await?;
    let actor = Actor::Customer { merchant: refund.merchant_id, origin: Some(from) };
    let server_policy = requite.settings.refund_policy();
    let given = CustomerAnswer { answer, shown, server_policy: &server_policy };
    Ok(requite.store.answer_confirmation(&actor, &requite.context(), refund.id, &given).await?)
}

/// The refund of a token that we have signed. One that was made up reads like one of a refund that does not exist.
async fn signed(requite: &Requite, token: &str) -> Result<(Refund, Confirmation), Error> {
    let unknown = || DomainError::not_found("link");
    let id = refund_of(token).ok_or_else(unknown)?;
    let (refund, confirmation) = requite.store.confirmation(id).await?.ok_or_else(unknown)?;
    if !confirmation.key.signed(token) {
        return Err(unknown().into());
    }
    Ok((refund, confirmation))
}

/// The names that a customer reads.
pub async fn shop(requite: &Requite, refund: &Refund) -> Result<Shop, Error> {
    let merchant = requite.store.merchant(refund.merchant_id).await?;
    let orders = requite.store.orders_of(refund.merchant_id, &[refund.intent_id]).await?;
    let order = orders.get(&refund.intent_id).map(|order| (order.text.title.as_str(), order.number));
    Ok(Shop::new(&merchant.name, order))
}

/// Mails the customer of a refund again.
pub async fn mail_again(requite: &Requite, actor: &Actor, id: RefundId) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    Ok(requite.store.mail_customer_again(actor, &requite.context(), id).await?)
}
