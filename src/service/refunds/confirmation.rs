//! Confirmation of a refund by its customer: request, answer, and repeated mails.

use crate::{
    config::{Mode, Settings},
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::RefundId,
        links::refund_of,
        mail::OrderLabel,
        people::actor::{Actor, Permission},
        refunds::{
            confirmation::{Answer, Confirmation, confirmation_seal, is_open},
            refund::Refund,
        },
    },
    error::Error,
    languages::Language,
    limits::customer_links::LinkLimits,
    rates::RateSource,
    service::refunds::quote,
    state::Requite,
    store::{Store, refunds::confirmation::CustomerAnswer},
};
use std::net::IpAddr;

/// The path prefix of the confirmation page.
pub const PAGE: &str = "/confirm/";

/// Rejects waiting for a customer who cannot be notified.
pub fn require_can_ask(settings: &Settings) -> Result<(), DomainError> {
    if can_mail(settings) {
        return Ok(());
    }
    let message = "error-mail-unavailable";
    Err(DomainError::new(ErrorCode::MailUnavailable, message).on(Field::SkipCustomerConfirmation))
}

/// Whether customers can be notified: a sandbox without a mail server shows the mails instead.
pub fn can_mail(settings: &Settings) -> bool {
    settings.mail.smtp_url.is_some() || settings.mode == Mode::Sandbox
}

/// Whether mails are displayed with their links instead of being sent: in a sandbox without a mail server. Anyone with
/// the link can answer for the customer, so links of mails that were sent are never displayed.
pub fn links_are_shown(settings: &Settings) -> bool {
    settings.mail.smtp_url.is_none() && settings.mode == Mode::Sandbox
}

/// The dependencies of a customer's page.
#[derive(Clone, Copy)]
pub struct ConfirmationServices<'a> {
    pub store: &'a Store,
    pub settings: &'a Settings,
    pub rates: &'a dyn RateSource,
    pub limits: &'a LinkLimits,
}

impl<'a> From<&'a Requite> for ConfirmationServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            settings: &requite.settings,
            rates: requite.rates.as_ref(),
            limits: &requite.link_limits,
        }
    }
}

/// The content of the customer's page.
#[derive(Clone, Debug)]
pub struct CustomerPage {
    pub shop: OrderLabel,
    pub refund: Refund,
    /// The answer, if already given.
    pub answer: Option<Answer>,
    /// Whether an answer is possible now.
    pub is_open: bool,
    /// Must be submitted with the answer.
    pub seal: String,
}

/// Looks up the request for this token. Opening a link changes nothing, because mail scanners open every link.
pub async fn customer_page(
    services: ConfirmationServices<'_>,
    context: &Context<'_>,
    token: &str,
    from: IpAddr,
) -> Result<CustomerPage, Error> {
    services.limits.count_attempt(from)?;
    let (refund, confirmation) = verify_link(services.store, token).await?;
    Ok(CustomerPage {
        shop: order_label(services.store, &refund).await?,
        answer: confirmation.answer.map(|(answer, _)| answer),
        is_open: is_open(&refund, context.now),
        seal: confirmation_seal(&refund, refund.terms.send).to_string(),
        refund,
    })
}

/// Records the customer's answer to exactly what the page showed, and the language of that page: the mails that follow are in
/// it. Without effect when no answer is possible any more; the page shows the outcome.
pub async fn answer(
    services: ConfirmationServices<'_>,
    context: &Context<'_>,
    token: &str,
    answer: Answer,
    seal: &str,
    (from, language): (IpAddr, Language),
) -> Result<Refund, Error> {
    services.limits.count_attempt(from)?;
    let (refund, _) = verify_link(services.store, token).await?;
    let actor = Actor::Customer { merchant: refund.merchant_id, origin: Some(from) };
    let server_policy = services.settings.refund_policy();
    let worth = quote::worth(services.rates, context.now, &refund.terms);
    let customer_answer =
        CustomerAnswer { answer, seal, language: Some(language), server_policy: &server_policy, worth };
    Ok(services.store.answer_confirmation(context, &actor, refund.id, &customer_answer).await?)
}

/// Looks up the refund of a signed token. An invalid signature gives the same error as an unknown refund.
async fn verify_link(store: &Store, token: &str) -> Result<(Refund, Confirmation), Error> {
    let unknown = || DomainError::not_found("error-unknown-link");
    let id = refund_of(token).ok_or_else(unknown)?;
    let (refund, confirmation) = store.confirmation(id).await?.ok_or_else(unknown)?;
    if !confirmation.key.signs(token) {
        return Err(unknown().into());
    }
    Ok((refund, confirmation))
}

/// The names shown to the customer.
pub async fn order_label(store: &Store, refund: &Refund) -> Result<OrderLabel, Error> {
    let merchant = store.merchant(refund.merchant_id).await?;
    let orders = store.orders_of(refund.merchant_id, &[refund.intent_id]).await?;
    let order = orders.get(&refund.intent_id).map(|order| (order.text.title.as_str(), order.number));
    Ok(OrderLabel::new(&merchant.name, order))
}

/// Sends the confirmation mail again.
pub async fn resend_mail(store: &Store, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    Ok(store.mail_customer_again(context, actor, id).await?)
}
