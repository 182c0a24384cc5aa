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
        operations::history::{History, HistoryEntry, HistoryOf},
        webhooks::sent::SentDelivery,
    },
};
use std::collections::HashMap;

/// Of how many callbacks it is read what was sent. An intent that is paid once has a dozen.
const SENT_MAX: usize = 25;

/// What the mails and callbacks of a history say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages {
    /// The subjects of mails, with their languages.
    pub subjects: HashMap<MailId, (Language, String)>,
    /// What was sent of the newest callbacks; of none for readers who may not manage webhooks.
    pub sent: HashMap<WebhookDeliveryId, SentDelivery>,
}

/// Who did what and why, what colleagues have noted, and which mails and callbacks told of it, newest first. From where
/// somebody acted is shown to those who may read the audit log, and the customer to those who may see customers.
pub async fn list(store: &Store, actor: &Actor, of: HistoryOf) -> Result<History, Error> {
    actor.require(Permission::Read)?;
    let mut history = masking::history(actor, store.history(actor.merchant(), of).await?);
    if !actor.may(Permission::ReadAudit) {
        for entry in &mut history.entries {
            if let HistoryEntry::Change(change) = entry {
                change.origin = None;
            }
        }
    }
    Ok(history)
}

/// What the mails and callbacks of a history say. Nothing of a mail but its subject: the rest has the customer's link.
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
    let mut messages = Messages { subjects: mails.into_iter().filter_map(subject).collect(), ..Messages::default() };
    if actor.may(Permission::ManageWebhooks) {
        callbacks.truncate(SENT_MAX);
        messages.sent = store.sent_deliveries(actor.merchant(), &callbacks).await?;
    }
    Ok(messages)
}
