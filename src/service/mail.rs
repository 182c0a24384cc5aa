//! Mail to customers: writing it, sending it, and looking at what was sent.

use super::confirmation::{self, PAGE, links_are_shown};
use crate::{
    domain::{
        actor::{Actor, Permission},
        confirmation::is_open,
        ids::MailId,
        mail::{self, Letter, Mail},
        paging::{Page, PageRequest},
        refusal::Refusal,
    },
    error::Error,
    mail::Mailer,
    state::Requite,
    store::mails::MailAssignment,
};

/// What stands in a mail in place of its link, for people who are not its recipient.
const HIDDEN: &str = "[the link is in the mail itself, and nowhere else]";

/// Sends one mail that this server holds, or lets it go when what it asks for was decided meanwhile.
pub async fn send(requite: &Requite, mailer: &Mailer, assignment: &MailAssignment) -> Result<(), Error> {
    let mail = &assignment.mail;
    let moment = requite.moment();
    let Some((refund, confirmation)) = requite.store.confirmation(mail.refund).await? else {
        return requite.store.drop_mail(&moment, assignment).await;
    };
    let deadline = refund.confirm_until.filter(|_| is_open(&refund, moment.now));
    let Some(deadline) = deadline else { return requite.store.drop_mail(&moment, assignment).await };
    let shop = confirmation::shop(requite, &refund).await?;
    let link = link(requite, &confirmation.key.token(refund.id));
    let letter = mail::confirmation(&mail.recipient, &shop, &refund, deadline, &link);
    let outcome = mailer.send(mail.id, &letter, moment.now).await;
    requite.store.finish_mail(&requite.moment(), assignment, &outcome, deadline).await
}

/// The address of the page that a token opens.
fn link(requite: &Requite, token: &str) -> String {
    format!("{}{PAGE}{token}", requite.settings.base_url())
}

/// One page of what was or would be sent.
pub async fn list(requite: &Requite, actor: &Actor, page: &PageRequest) -> Result<Page<Mail>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    requite.store.mails(actor.merchant(), page).await
}

/// A mail as it is read, with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownMail {
    /// The mail.
    pub mail: Mail,
    /// What it says; without its link unless that may be seen.
    pub letter: Letter,
    /// The page that it leads to, where that may be seen.
    pub page: Option<String>,
}

/// One mail.
pub async fn get(requite: &Requite, actor: &Actor, id: MailId) -> Result<ShownMail, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let mail = requite.store.mail(actor.merchant(), id).await?;
    let found = requite.store.confirmation(mail.refund).await?;
    let (refund, confirmation) = found.ok_or_else(|| Refusal::not_found("mail"))?;
    let shop = confirmation::shop(requite, &refund).await?;
    let token = links_are_shown(requite).then(|| confirmation.key.token(refund.id));
    let shown = token.as_ref().map_or_else(|| HIDDEN.to_owned(), |token| link(requite, token));
    let until = refund.confirm_until.unwrap_or(refund.created_at);
    let letter = mail::confirmation(&mail.recipient, &shop, &refund, until, &shown);
    Ok(ShownMail { mail, letter, page: token.map(|token| format!("{PAGE}{token}")) })
}
