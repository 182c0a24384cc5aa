//! The customer's confirmation on the page of a refund: the recipient of the mail, the deadline, and a button to mail
//! again.

use crate::{
    domain::{
        mail::{Mail, MailKind},
        people::actor::{Actor, Permission},
        refunds::refund::{Refund, RefundStatus},
    },
    languages::Language,
    server_fns::confirmation::MailCustomerAgain,
    state::Requite,
    texts::errors,
    ui::{
        components::{
            facts::fact,
            time::Time,
            typed_text::{TypedText, mail_address_or_dash},
        },
        pages::mail::outbox::mail_badge,
    },
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Empty for a refund without a confirmation by the customer.
pub fn confirmation_section(
    language: Language,
    refund: &Refund,
    actor: &Actor,
    mails: &[Mail],
    requite: &Requite,
) -> Option<AnyView> {
    let until = refund.confirm_until?;
    let waits = refund.status == RefundStatus::AwaitingConfirmation;
    let again = (waits && actor.may(Permission::Refund)).then(|| {
        view! {
            <form method="post" action=MailCustomerAgain::url() class="actions">
                <input type="hidden" name="refund" value=refund.id.to_string() />
                <button class="button">{language.text("refund-mail-again")}</button>
            </form>
        }
    });
    let asked = mails.iter().filter(|mail| mail.kind == MailKind::Confirmation);
    let rows = mail_list(language, asked, actor, requite);
    let limit = waits.then(|| fact(language.text("refund-confirm-has-until"), view! { <Time at=until /> }));
    Some(
        view! {
            <section class="card stack" aria-labelledby="confirmation-title">
                <h2 id="confirmation-title">{language.text("refund-confirmation")}</h2>
                <p>{confirmation_sentence(language, refund)}</p>
                <dl class="facts">
                    {fact(language.text("refund-confirm-asked-at"), mail_address_or_dash(refund.customer_email.as_deref()))}
                    {limit}
                    {fact(language.text("refund-mails"), rows)}
                </dl>
                {again}
            </section>
        }
        .into_any(),
    )
}

/// The mails about the refund's end, in a list of facts.
pub fn outcome_mails(language: Language, mails: &[Mail], actor: &Actor, requite: &Requite) -> Option<AnyView> {
    let news: Vec<&Mail> = mails.iter().filter(|mail| mail.kind != MailKind::Confirmation).collect();
    (!news.is_empty())
        .then(|| fact(language.text("refund-told-by-mail"), mail_list(language, news.into_iter(), actor, requite)))
}

fn mail_list<'a>(
    language: Language,
    mails: impl Iterator<Item = &'a Mail>,
    actor: &Actor,
    requite: &Requite,
) -> AnyView {
    let may_read = actor.may(Permission::ManageWebhooks);
    let rows = mails
        .map(|mail| {
            let badge = mail_badge(language, mail, requite);
            let (before, after) = language.around("refund-mail-of", "at");
            let written = view! { {before} <Time at=mail.created_at /> {after} };
            let when = if may_read {
                view! { <a href=paths::mail(mail.id)>{written}</a> }.into_any()
            } else {
                written.into_any()
            };
            let problem = mail.problem.as_ref().map(|problem| {
                let problem = errors::text(language, problem);
                view! { <br /> <span class="hint"><TypedText text=problem /></span> }
            });
            view! { <li>{when} " " {badge} {problem}</li> }
        })
        .collect_view();
    view! { <ul class="stack">{rows}</ul> }.into_any()
}

fn confirmation_sentence(language: Language, refund: &Refund) -> String {
    language.text(match refund.status {
        RefundStatus::AwaitingConfirmation => "refund-confirm-waits",
        RefundStatus::Rejected => "refund-confirm-ended",
        RefundStatus::AwaitingApproval | RefundStatus::Pending | RefundStatus::Processing | RefundStatus::Completed => {
            "refund-confirm-confirmed"
        }
    })
}
