//! What is recorded of a payment intent or of a refund.

use crate::{
    config::Settings,
    domain::{
        ids::{MailId, WebhookDeliveryId},
        mail::Mail,
        people::actor::{Actor, Permission},
    },
    error::Error,
    languages::Language,
    service::{customers::masking, mail},
    store::{
        Store,
        operations::history::{History, HistoryEntry, HistoryOf, HistoryPage},
        webhooks::sent::SentDelivery,
    },
};
use std::collections::HashMap;

/// Of how many callbacks, and of how many mails, it is read what was sent. An intent that is paid once has a dozen.
const SENT_MAX: usize = 25;

/// What the mails and callbacks of a history say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages {
    /// The subjects of mails, with their languages.
    pub subjects: HashMap<MailId, (Language, String)>,
    /// The texts of the newest mails, without links; of none for readers who do not answer customers.
    pub texts: HashMap<MailId, String>,
    /// What was sent of the newest callbacks; of none for readers who may not manage webhooks.
    pub sent: HashMap<WebhookDeliveryId, SentDelivery>,
}

/// A page of who did what and why, what colleagues have noted, and which mails and callbacks told of it, newest first. From
/// where somebody acted is shown to those who may read the audit log, and the customer to those who may see customers.
pub async fn list(store: &Store, actor: &Actor, of: HistoryOf, page: &HistoryPage) -> Result<History, Error> {
    actor.require(Permission::Read)?;
    let mut history = masking::history(actor, store.history(actor.merchant(), of, page).await?);
    if !actor.may(Permission::ReadAudit) {
        for entry in &mut history.entries {
            if let HistoryEntry::Change(change) = entry {
                change.origin = None;
            }
        }
    }
    Ok(history)
}

/// What the mails and callbacks of a history say. The customer's link is in none of them: whoever has it could answer in the
/// customer's place.
pub async fn messages(store: &Store, settings: &Settings, actor: &Actor, history: &History) -> Result<Messages, Error> {
    actor.require(Permission::Read)?;
    let (mut mails, mut callbacks) = (Vec::new(), Vec::new());
    for entry in &history.entries {
        match entry {
            HistoryEntry::Mail(mail) => mails.push(mail),
            HistoryEntry::Callback(delivery) => callbacks.push(delivery.id),
            HistoryEntry::Change(_) | HistoryEntry::Note(_) => {}
        }
    }
    let shop = store.merchant(actor.merchant()).await?.name;
    let subject = |mail: &Mail| Some((mail.id, mail::subject_about_refund(settings, &shop, mail)?));
    let subjects = mails.iter().copied().filter_map(subject).collect();
    let mut messages = Messages { subjects, ..Messages::default() };
    if actor.may(Permission::ReadMails) {
        for mail in mails.into_iter().take(SENT_MAX) {
            if let Some(text) = mail::text_about_refund(store, settings, actor, mail).await? {
                messages.texts.insert(mail.id, text);
            }
        }
    }
    if actor.may(Permission::ManageWebhooks) {
        callbacks.truncate(SENT_MAX);
        messages.sent = store.sent_deliveries(actor.merchant(), &callbacks).await?;
    }
    Ok(messages)
}
