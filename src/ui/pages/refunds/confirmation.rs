//! The customer's confirmation on the page of a refund: the recipient of the mail, the deadline, and a button to mail
//! again.

use crate::{
    domain::{
        mail::{Mail, MailKind},
        people::actor::{Actor, Permission},
        refunds::refund::{Refund, RefundStatus},
    },
    server_fns::confirmation::MailCustomerAgain,
    state::Requite,
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
pub fn confirmation_section(refund: &Refund, actor: &Actor, mails: &[Mail], requite: &Requite) -> Option<AnyView> {
    let until = refund.confirm_until?;
    let waits = refund.status == RefundStatus::AwaitingConfirmation;
    let again = (waits && actor.may(Permission::Refund)).then(|| {
        view! {
            <form method="post" action=MailCustomerAgain::url() class="actions">
                <input type="hidden" name="refund" value=refund.id.to_string() />
                <button class="button">"Mail the customer again"</button>
            </form>
        }
    });
    let asked = mails.iter().filter(|mail| mail.kind == MailKind::Confirmation);
    let rows = mail_list(asked, actor, requite);
    let limit = waits.then(|| fact("Has until", view! { <Time at=until /> }));
    Some(
        view! {
            <section class="card stack" aria-labelledby="confirmation-title">
                <h2 id="confirmation-title">"The customer's confirmation"</h2>
                <p>{confirmation_sentence(refund)}</p>
                <dl class="facts">
                    {fact("Asked at", mail_address_or_dash(refund.customer_email.as_deref()))}
                    {limit}
                    {fact("Mails", rows)}
                </dl>
                {again}
            </section>
        }
        .into_any(),
    )
}

/// The mails about the refund's end, in a list of facts.
pub fn outcome_mails(mails: &[Mail], actor: &Actor, requite: &Requite) -> Option<AnyView> {
    let news: Vec<&Mail> = mails.iter().filter(|mail| mail.kind != MailKind::Confirmation).collect();
    (!news.is_empty()).then(|| fact("Told by mail", mail_list(news.into_iter(), actor, requite)))
}

fn mail_list<'a>(mails: impl Iterator<Item = &'a Mail>, actor: &Actor, requite: &Requite) -> AnyView {
    let may_read = actor.may(Permission::ManageWebhooks);
    let rows = mails
        .map(|mail| {
            let badge = mail_badge(mail, requite);
            let written = view! { <Time at=mail.created_at /> };
            let when = if may_read {
                view! { <a href=paths::mail(mail.id)>"Mail of " {written}</a> }.into_any()
            } else {
                view! { "Mail of " {written} }.into_any()
            };
            let problem = mail
                .problem
                .clone()
                .map(|problem| view! { <br /> <span class="hint"><TypedText text=problem /></span> });
            view! { <li>{when} " " {badge} {problem}</li> }
        })
        .collect_view();
    view! { <ul class="stack">{rows}</ul> }.into_any()
}

fn confirmation_sentence(refund: &Refund) -> &'static str {
    match refund.status {
        RefundStatus::AwaitingConfirmation => {
            "The customer has to confirm that the address is theirs. Nothing is sent before."
        }
        RefundStatus::Rejected => "The refund has ended, so the customer is not asked any more.",
        RefundStatus::AwaitingApproval | RefundStatus::Pending | RefundStatus::Processing | RefundStatus::Completed => {
            "The customer confirmed that the address is theirs."
        }
    }
}
