//! Mail to customers: rendering, sending and listing.

use super::refunds::confirmation::{self, PAGE, links_are_shown};
use crate::{
    config::Settings,
    context::{Clock, Context, Entropy},
    domain::{
        error::DomainError,
        ids::MailId,
        mail::{self, Mail, MailBody, MailKind, NEWS_MAX},
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
        refunds::{confirmation::is_open, refund::Refund},
    },
    error::Error,
    smtp::Mailer,
    state::Requite,
    store::{Store, mail::LeasedMail},
};

/// Replaces the link of a mail for readers who are not its recipient.
const HIDDEN: &str = "[the link is in the mail itself, and nowhere else]";

/// The dependencies of sending mail.
#[derive(Clone, Copy)]
pub struct MailServices<'a> {
    pub store: &'a Store,
    pub settings: &'a Settings,
    pub clock: &'a dyn Clock,
    pub entropy: &'a dyn Entropy,
}

impl<'a> From<&'a Requite> for MailServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            settings: &requite.settings,
            clock: requite.clock.as_ref(),
            entropy: requite.entropy.as_ref(),
        }
    }
}

impl MailServices<'_> {
    /// A context with the current time. Created anew before each step, since a mail server may respond slowly.
    fn context(&self) -> Context<'_> {
        Context::new(self.clock, self.entropy)
    }
}

/// Sends a mail leased to this server, or drops it if its request was decided in the meantime.
pub async fn send(services: MailServices<'_>, mailer: &Mailer, leased: &LeasedMail) -> Result<(), Error> {
    let mail = &leased.mail;
    let context = services.context();
    let refund = services.store.refund(mail.merchant, mail.refund).await?;
    let deadline = match mail.kind {
        MailKind::Confirmation => refund.confirm_until.filter(|_| is_open(&refund, context.now)),
        MailKind::Completed | MailKind::Rejected => {
            Some(mail.created_at + NEWS_MAX).filter(|until| context.now < *until)
        }
    };
    let Some(deadline) = deadline else { return Ok(services.store.drop_mail(&context, leased).await?) };
    let token = token(services.store, mail).await?;
    let letter =
        render(services.store, mail, &refund, token.as_deref().map(|token| link(services.settings, token))).await?;
    let outcome = mailer.send(mail.id, &letter, context.now).await;
    Ok(services.store.finish_mail(&services.context(), leased, &outcome, deadline).await?)
}

/// The token of the page that the mail links to, if any.
async fn token(store: &Store, mail: &Mail) -> Result<Option<String>, Error> {
    if mail.kind != MailKind::Confirmation {
        return Ok(None);
    }
    let found = store.confirmation(mail.refund).await?;
    let (refund, confirmation) = found.ok_or_else(|| DomainError::not_found("mail"))?;
    Ok(Some(confirmation.key.token(refund.id)))
}

/// Renders a mail; a confirmation mail contains `link`.
async fn render(store: &Store, mail: &Mail, refund: &Refund, link: Option<String>) -> Result<MailBody, Error> {
    let shop = confirmation::order_label(store, refund).await?;
    let to = mail.recipient.as_str();
    Ok(match mail.kind {
        MailKind::Confirmation => {
            let until = refund.confirm_until.unwrap_or(refund.created_at);
            mail::confirmation(to, &shop, refund, until, link.as_deref().unwrap_or(HIDDEN))
        }
        MailKind::Completed => mail::completed(to, &shop, refund),
        MailKind::Rejected => mail::rejected(to, &shop, refund),
    })
}

/// The mails about a refund, oldest first.
pub async fn of_refund(store: &Store, actor: &Actor, refund: &Refund) -> Result<Vec<Mail>, Error> {
    actor.require(Permission::Read)?;
    match refund.customer_email {
        Some(_) => Ok(store.mails_of_refund(refund.id).await?),
        None => Ok(Vec::new()),
    }
}

/// The URL of the page for a token.
fn link(settings: &Settings, token: &str) -> String {
    format!("{}{PAGE}{token}", settings.base_url())
}

/// A page of the outbox.
pub async fn list(store: &Store, actor: &Actor, page: &PageRequest) -> Result<Page<Mail>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.mails(actor.merchant(), page).await?)
}

/// A mail with its rendered content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownMail {
    pub mail: Mail,
    /// Without the link, unless the reader may see it.
    pub body: MailBody,
    /// The path of the linked page, if the reader may see it.
    pub page: Option<String>,
}

pub async fn get(store: &Store, settings: &Settings, actor: &Actor, id: MailId) -> Result<ShownMail, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let mail = store.mail(actor.merchant(), id).await?;
    let refund = store.refund(mail.merchant, mail.refund).await?;
    let token = if links_are_shown(settings) { token(store, &mail).await? } else { None };
    let letter = render(store, &mail, &refund, token.as_deref().map(|token| link(settings, token))).await?;
    Ok(ShownMail { mail, body: letter, page: token.map(|token| format!("{PAGE}{token}")) })
}
