//! The mails and callbacks of a timeline, each with what was sent.

use super::{Timeline, of_refund};
use crate::{
    domain::{
        mail::{Mail, MailSubject},
        names::Named,
        people::actor::Permission,
        webhooks::Delivery,
    },
    languages::Language,
    store::webhooks::sent::{SentAttempt, SentDelivery},
    texts::{errors, titles::Title},
    ui::components::{
        facts::fact,
        time::Time,
        typed_text::{TypedText, mail_address},
        verbatim::{indented, verbatim},
    },
    web::paths,
};
use leptos::prelude::*;

/// How many characters of a body are shown. A timeline has many, each of them can have a whole payment intent with a thousand
/// payments, and the page is read again while somebody looks at it.
const BODY_SHOWN: usize = 4_000;

pub(super) fn mail_item(language: Language, mail: Mail, timeline: &Timeline<'_>) -> AnyView {
    let refund = match mail.about {
        MailSubject::Confirmation(id) | MailSubject::Completed(id) | MailSubject::Rejected(id) => {
            of_refund(language, id.0, timeline)
        }
        MailSubject::PasswordReset(_) | MailSubject::PolicyLoosening(_) | MailSubject::Notice(_) => None,
    };
    let what = language.with("history-mail", [("kind", mail.kind.title(language))]);
    let state = [("state", mail.state.title(language))];
    let (before, after) = language.around_with("history-mail-to", "recipient", state);
    let facts = mail_facts(language, &mail, timeline);
    let of_entry = language.with("history-details-of-mail", [("kind", mail.kind.title(language))]);
    view! {
        <li data-status=mail.state.as_str()>
            <span class="timeline-what">{what}</span>
            <Time at=mail.created_at seconds=true />
            <span class="timeline-detail">{refund} {before} <TypedText text=mail.recipient /> {after}</span>
            {details(language, of_entry, facts)}
        </li>
    }
    .into_any()
}

/// The subject, the recipient, the attempts, and what it says. The customer's link is on its own page only.
fn mail_facts(language: Language, mail: &Mail, timeline: &Timeline<'_>) -> AnyView {
    let written = timeline.messages.subjects.get(&mail.id);
    let subject = written.map(|(written, subject)| {
        let text = view! { <span class="wrap" lang=written.code()><TypedText text=subject.clone() /></span> };
        fact(language.text("history-subject"), text)
    });
    let says = timeline.messages.texts.get(&mail.id).map(|text| {
        let lang = written.map(|(written, _)| written.code());
        view! { <div lang=lang>{verbatim(None, language.text("history-mail-says"), text)}</div> }
    });
    let problem = mail.problem.as_ref().map(|problem| {
        let problem = errors::text(language, problem);
        fact(language.text("webhooks-attempt-error"), view! { <TypedText text=problem /> })
    });
    let page = timeline
        .actor
        .may(Permission::ManageWebhooks)
        .then(|| view! { <p><a href=paths::mail(mail.id)>{language.text("history-mail-open")}</a></p> });
    view! {
        <dl class="facts">
            {subject} {fact(language.text("mail-to"), mail_address(&mail.recipient))}
            {fact(language.text("mail-attempts"), mail.tries.to_string())} {problem}
        </dl>
        {says}
        {page}
    }
    .into_any()
}

pub(super) fn callback(language: Language, delivery: Delivery, timeline: &Timeline<'_>) -> AnyView {
    let (before, after) = language.around("history-callback", "event");
    let what = view! { {before} <code>{delivery.event_type.clone()}</code> {after} };
    let what = if timeline.actor.may(Permission::ManageWebhooks) {
        view! { <a href=paths::webhook_delivery(delivery.id)>{what}</a> }.into_any()
    } else {
        what.into_any()
    };
    let sent = timeline.messages.sent.get(&delivery.id).map(|sent| {
        let of_entry = language.with("history-details-of-callback", [("event", &delivery.event_type)]);
        details(language, of_entry, sent_facts(language, &delivery, sent))
    });
    view! {
        <li data-status=delivery.state.as_str()>
            <span class="timeline-what">{what}</span>
            <Time at=delivery.created_at seconds=true />
            <span class="timeline-detail wrap">{delivery.state.title(language)} ", " {delivery.url}</span>
            {sent}
        </li>
    }
    .into_any()
}

/// The status of each response, and the body of the newest request. A long body is on the page of the delivery.
fn sent_facts(language: Language, delivery: &Delivery, sent: &SentDelivery) -> AnyView {
    let attempt = |attempt: &SentAttempt| {
        let status = attempt.status.map_or_else(|| language.text("webhooks-no-answer"), |status| status.to_string());
        let title = language.with("webhooks-attempt", [("number", attempt.number)]);
        fact(title, view! { {status} ", " <Time at=attempt.at seconds=true /> })
    };
    let body = indented(&sent.body);
    let end = body.char_indices().nth(BODY_SHOWN).map(|(end, _)| end);
    let rest = end.map(|_| {
        let whole = paths::webhook_delivery(delivery.id);
        view! {
            <p class="hint">
                {language.text("history-payload-cut")} " " <a href=whole>{language.text("history-payload-whole")}</a>
            </p>
        }
    });
    let shown = end.and_then(|end| body.get(..end)).unwrap_or(&body);
    view! {
        <dl class="facts">{sent.attempts.iter().map(attempt).collect_view()}</dl>
        {verbatim(None, language.text("history-payload"), shown)}
        {rest}
    }
    .into_any()
}

/// What is closed at first. `of_entry` says of what it is, for screen readers.
pub(super) fn details(language: Language, of_entry: String, content: AnyView) -> AnyView {
    view! {
        <details class="timeline-more">
            <summary>{language.text("history-details")} <span class="visually-hidden">{of_entry}</span></summary>
            {content}
        </details>
    }
    .into_any()
}
