//! Mail to customers and to members of the team: rendering, sending and listing.

use super::{
    customers::masking,
    people::password_reset,
    policy,
    refunds::{
        confirmation::{self, PAGE, links_are_shown},
        receipt,
    },
};
use crate::{
    config::Settings,
    context::{Clock, Context, Entropy},
    domain::{
        error::DomainError,
        ids::MailId,
        mail::{Mail, MailBody, MailSubject, NEWS_MAX, OrderLabel},
        operations::notice::{Notice, NoticeKind},
        paging::{Page, PageRequest, Total},
        people::{
            actor::{Actor, Permission},
            team::require_may_manage,
        },
        refunds::{confirmation::is_open, refund::Refund},
    },
    error::Error,
    languages::Language,
    smtp::Mailer,
    state::Requite,
    store::{
        Store,
        mail::{LeasedMail, MailFilter},
        people::password_reset::PasswordReset,
        policy::proposals::PolicyProposal,
    },
    texts::mail,
};
use chrono::{DateTime, Utc};

/// The page of the accounts that pay.
const PAYOUTS_PAGE: &str = "/payouts";
/// The page of the networks that are followed.
const NETWORKS_PAGE: &str = "/networks";
/// How far mails that are kept are counted.
const COUNTED: u32 = 1_000;

/// The page that says more about a notice.
pub const fn page_of(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::NetworkStopped => NETWORKS_PAGE,
        NoticeKind::LowFloat
        | NoticeKind::RefundsWait
        | NoticeKind::PayoutsPaused
        | NoticeKind::UnexplainedTransfer => PAYOUTS_PAGE,
    }
}

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

/// Sends a mail leased to this server, or drops it if what it is about was decided in the meantime.
pub async fn send(services: MailServices<'_>, mailer: &Mailer, leased: &LeasedMail) -> Result<(), Error> {
    let mail = &leased.mail;
    let context = services.context();
    let content = MailContent::load(services.store, mail).await?;
    let Some(deadline) = content.deadline(mail, context.now) else {
        return Ok(services.store.drop_mail(&context, leased).await?);
    };
    let body = content.render(services.store, services.settings, mail, content.page().as_deref()).await?;
    let outcome = mailer.send(mail.id, &body, context.now).await;
    let language = language_of(services.settings, mail);
    Ok(services.store.finish_mail(&services.context(), leased, language, &outcome, deadline).await?)
}

/// The subject of a mail about a refund of this shop, in the language of the mail, with the language; `None` for another mail.
pub fn subject_about_refund(settings: &Settings, shop: &str, mail: &Mail) -> Option<(Language, String)> {
    let language = language_of(settings, mail);
    // As in the mail, whose header has room for one line.
    let shop = OrderLabel::new(shop, None).name;
    Some((language, mail::subject_about_refund(language, mail.kind, &shop)?))
}

/// What a mail about a refund says, for a member of the team: without its link, and with as much of the customer as the actor
/// may see. `None` for another mail.
pub async fn text_about_refund(
    store: &Store,
    settings: &Settings,
    actor: &Actor,
    mail: &Mail,
) -> Result<Option<String>, Error> {
    actor.require(Permission::ReadMails)?;
    let masked = |refund: Refund| Box::new(masking::refund(actor, refund));
    let content = match MailContent::load(store, mail).await? {
        MailContent::Confirmation(refund, token) => MailContent::Confirmation(masked(*refund), token),
        MailContent::Completed(refund, token) => MailContent::Completed(masked(*refund), token),
        MailContent::Rejected(refund) => MailContent::Rejected(masked(*refund)),
        MailContent::Reset(..) | MailContent::Proposal(_) | MailContent::Notice(_) => return Ok(None),
    };
    let text = content.render(store, settings, mail, None).await?.text;
    // The title of the order is the shop's, and can have a customer in it.
    Ok(Some(masking::text(actor, &text)))
}

/// The language of a mail: that of its recipient if it is known, otherwise that of the server. Each attempt has that of the
/// first one.
fn language_of(settings: &Settings, mail: &Mail) -> Language {
    mail.language.as_deref().and_then(Language::of_code).unwrap_or(settings.language)
}

/// What a mail is about, as it is now.
enum MailContent {
    /// With the token of its link.
    Confirmation(Box<Refund>, String),
    /// With the token of the link to the receipt; mails of earlier versions have none.
    Completed(Box<Refund>, Option<String>),
    Rejected(Box<Refund>),
    /// With the token of its link.
    Reset(PasswordReset, String),
    Proposal(Box<PolicyProposal>),
    Notice(Box<Notice>),
}

impl MailContent {
    async fn load(store: &Store, mail: &Mail) -> Result<Self, Error> {
        let unknown = || DomainError::not_found("error-unknown-mail");
        Ok(match mail.about {
            MailSubject::Confirmation(id) => {
                let (refund, confirmation) = store.confirmation(id).await?.ok_or_else(unknown)?;
                let token = confirmation.key.token(refund.id);
                Self::Confirmation(Box::new(refund), token)
            }
            MailSubject::Completed(id) => {
                let shared = store.shared_receipt(id).await?;
                let token = shared.map(|(_, key)| key.receipt_token(id));
                Self::Completed(Box::new(store.refund(mail.merchant, id).await?), token)
            }
            MailSubject::Rejected(id) => Self::Rejected(Box::new(store.refund(mail.merchant, id).await?)),
            MailSubject::PasswordReset(id) => {
                let reset = store.password_reset(id).await?.ok_or_else(unknown)?;
                let token = reset.key.reset_token(id);
                Self::Reset(reset, token)
            }
            MailSubject::PolicyLoosening(id) => {
                Self::Proposal(Box::new(store.policy_proposal(mail.merchant, id).await?.ok_or_else(unknown)?))
            }
            MailSubject::Notice(id) => Self::Notice(Box::new(store.notice(id).await?.ok_or_else(unknown)?)),
        })
    }

    /// Until when the mail is of use; `None` if it no longer is.
    fn deadline(&self, mail: &Mail, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Confirmation(refund, _) => refund.confirm_until.filter(|_| is_open(refund, now)),
            Self::Reset(reset, _) => Some(reset.expires_at).filter(|_| reset.is_open(now)),
            Self::Completed(..) | Self::Rejected(_) => Some(mail.created_at + NEWS_MAX).filter(|until| now < *until),
            Self::Proposal(proposal) => {
                let is_news = proposal.is_open() || proposal.is_applied();
                Some(mail.created_at + NEWS_MAX).filter(|until| now < *until && is_news)
            }
            Self::Notice(notice) => {
                Some(mail.created_at + NEWS_MAX).filter(|until| now < *until && notice.cleared_at.is_none())
            }
        }
    }

    /// The path of the page that the mail links to with a secret, if any.
    fn page(&self) -> Option<String> {
        match self {
            Self::Confirmation(_, token) => Some(format!("{PAGE}{token}")),
            Self::Reset(_, token) => Some(format!("{}{token}", password_reset::PAGE)),
            Self::Completed(_, Some(token)) => Some(format!("{}{token}", receipt::PAGE)),
            Self::Completed(_, None) | Self::Rejected(_) | Self::Proposal(_) | Self::Notice(_) => None,
        }
    }

    /// The mail, with the link to `page`; without one for readers who are not its recipient.
    async fn render(
        &self,
        store: &Store,
        settings: &Settings,
        mail: &Mail,
        page: Option<&str>,
    ) -> Result<MailBody, Error> {
        let (language, to) = (language_of(settings, mail), mail.recipient.as_str());
        let base = settings.base_url();
        let link = page.map_or_else(|| mail::hidden_link(language), |page| format!("{base}{page}"));
        Ok(match self {
            Self::Confirmation(refund, _) => {
                let shop = confirmation::order_label(store, refund).await?;
                let until = refund.confirm_until.unwrap_or(refund.created_at);
                mail::confirmation(language, to, &shop, refund, until, &link)
            }
            Self::Completed(refund, token) => {
                let shop = confirmation::order_label(store, refund).await?;
                mail::completed(language, to, &shop, refund, token.as_ref().map(|_| link.as_str()))
            }
            Self::Rejected(refund) => {
                mail::rejected(language, to, &confirmation::order_label(store, refund).await?, refund)
            }
            Self::Reset(reset, _) => mail::password_reset(language, to, reset.expires_at, &link),
            Self::Notice(notice) => mail::notice(language, to, notice, &format!("{base}{}", page_of(notice.kind))),
            Self::Proposal(proposal) => {
                let link = format!("{base}{}", policy::PAGE);
                let PolicyProposal { proposed_by_name: by, effective_at, needs_approval, .. } = proposal.as_ref();
                if proposal.is_applied() {
                    mail::policy_loosened(language, to, by, &link)
                } else {
                    mail::policy_loosening(language, to, by, *effective_at, *needs_approval, &link)
                }
            }
        })
    }
}

/// The mails about a refund, oldest first.
pub async fn of_refund(store: &Store, actor: &Actor, refund: &Refund) -> Result<Vec<Mail>, Error> {
    actor.require(Permission::Read)?;
    match refund.customer_email {
        Some(_) => {
            let mails = store.mails_of_refund(refund.id).await?;
            Ok(mails.into_iter().map(|mail| masking::mail(actor, mail)).collect())
        }
        None => Ok(Vec::new()),
    }
}

/// How many mails of a merchant are kept because this server has no mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptMails {
    Exactly(u32),
    /// More than are counted.
    MoreThan(u32),
}

/// The merchant's mails that are kept because this server has no mail server; `None` if none is.
pub async fn kept(store: &Store, settings: &Settings, actor: &Actor) -> Result<Option<KeptMails>, Error> {
    actor.require(Permission::Read)?;
    if settings.mail.smtp_url.is_some() {
        return Ok(None);
    }
    let waiting = store.count_waiting_mails(actor.merchant(), COUNTED).await?;
    Ok(match u32::try_from(waiting) {
        Ok(0) => None,
        Ok(number) if number <= COUNTED => Some(KeptMails::Exactly(number)),
        Ok(_) | Err(_) => Some(KeptMails::MoreThan(COUNTED)),
    })
}

/// A page of the outbox.
pub async fn list(store: &Store, actor: &Actor, filter: &MailFilter, page: &PageRequest) -> Result<Page<Mail>, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.mails(actor.merchant(), filter, page).await?)
}

/// How many mails of the outbox match.
pub async fn total(store: &Store, actor: &Actor, filter: &MailFilter) -> Result<Total, Error> {
    actor.require(Permission::ManageWebhooks)?;
    Ok(store.total_of_mails(actor.merchant(), filter).await?)
}

/// A mail with its rendered content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownMail {
    pub mail: Mail,
    /// The language of the content.
    pub language: Language,
    /// Without the link, unless the reader may see it.
    pub body: MailBody,
    /// The path of the linked page, if the reader may see it.
    pub page: Option<String>,
}

pub async fn get(store: &Store, settings: &Settings, actor: &Actor, id: MailId) -> Result<ShownMail, Error> {
    actor.require(Permission::ManageWebhooks)?;
    let mail = store.mail(actor.merchant(), id).await?;
    let content = MailContent::load(store, &mail).await?;
    let may_open = match &content {
        MailContent::Reset(reset, _) => may_open_account(store, actor, reset).await?,
        MailContent::Confirmation(..)
        | MailContent::Completed(..)
        | MailContent::Rejected(_)
        | MailContent::Proposal(_)
        | MailContent::Notice(_) => true,
    };
    let page = content.page().filter(|_| links_are_shown(settings) && may_open);
    let body = content.render(store, settings, &mail, page.as_deref()).await?;
    Ok(ShownMail { language: language_of(settings, &mail), mail, body, page })
}

/// Whether the actor may see a link to a new password, which opens the account: it is their own, or that of somebody whom
/// they may manage. Otherwise an admin could become an owner.
async fn may_open_account(store: &Store, actor: &Actor, reset: &PasswordReset) -> Result<bool, Error> {
    let Some(user) = store.user(reset.user).await? else { return Ok(false) };
    Ok(actor.user() == Some(user.id) || require_may_manage(actor, user.id, user.role, None).is_ok())
}
