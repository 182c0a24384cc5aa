//! Mail to customers: the list, and one mail. The customer's link is shown only on a server that sends no mail.

use crate::{
    domain::{
        ids::MailId,
        mail::{Mail, MailState, MailSubject},
    },
    languages::Language,
    service::{
        mail::{self, ShownMail},
        refunds::confirmation::links_are_shown,
    },
    state::Requite,
    texts::{errors, titles::Title},
    ui::{
        components::{
            empty::EmptyState,
            facts::fact,
            list::{Column, List, ListHead, total_line},
            notice::Advice,
            status::Badge,
            time::Time,
            typed_text::{TypedText, mail_address},
        },
        page::{Content, page, param, query},
    },
    web::{
        forms::{caller, id},
        language::language,
        lists::PageQuery,
        paths,
    },
};
use leptos::prelude::*;

fn columns(language: Language) -> Vec<Column> {
    let names = ["mail-what", "mail-to", "mail-state", "mail-about", "mail-written"];
    names.into_iter().map(|id| Column::text(language.text(id))).collect()
}

/// The list, newest mail first.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    let query: PageQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = mail::list(&requite.store, &actor, &query.page()).await?;
        let total = mail::total(&requite.store, &actor).await?;
        let file = (!found.items.is_empty()).then(|| query.address(paths::MAIL_FILE));
        let links = query.links(paths::MAIL, &found);
        let rows = found.items.into_iter().map(|mail| row(language, mail, &requite)).collect();
        Ok(Content::new(
            language.text("mail-outbox"),
            view! {
                <ListHead title=language.text("mail-outbox") file saved_as="mail.csv" />
                {delivery_settings(language, &requite)}
                {total_line(total, "components-mails")}
                <List label=language.text("mail-list") columns=columns(language) rows links>
                    <EmptyState title=language.text("mail-none")>{language.text("mail-none-text")}</EmptyState>
                </List>
            },
        ))
    })
}

fn delivery_settings(language: Language, requite: &Requite) -> AnyView {
    let sentence = match requite.mailer {
        _ if links_are_shown(&requite.settings) => language.text("mail-sandbox"),
        Some(_) => language.text("mail-sent-to-customers"),
        None => language.text("mail-cannot"),
    };
    view! { <p class="hint">{sentence}</p> }.into_any()
}

/// The state of a mail. On a server that sends no mail, a waiting mail is marked as shown here.
pub fn mail_badge(language: Language, mail: &Mail, requite: &Requite) -> AnyView {
    let label = match mail.state {
        MailState::Waiting if links_are_shown(&requite.settings) => language.text("mail-shown-here"),
        MailState::Waiting if mail.tries > 0 => language.text("mail-tried-again"),
        state => state.title(language),
    };
    let status = match mail.state {
        MailState::Waiting => "pending",
        MailState::Sent => "completed",
        MailState::Failed => "failed",
        MailState::Dropped => "dropped",
    };
    view! { <Badge status label /> }.into_any()
}

fn row(language: Language, mail: Mail, requite: &Requite) -> AnyView {
    let badge = mail_badge(language, &mail, requite);
    view! {
        <tr>
            <th scope="row"><a href=paths::mail(mail.id)>{mail.kind.title(language)}</a></th>
            <td data-label=language.text("mail-to")>{mail_address(&mail.recipient)}</td>
            <td data-label=language.text("mail-state")>{badge}</td>
            <td class="sentence" data-label=language.text("mail-about")>{about(language, mail.about)}</td>
            <td data-label=language.text("mail-written")><Time at=mail.created_at /></td>
        </tr>
    }
    .into_any()
}

fn about(language: Language, subject: MailSubject) -> AnyView {
    match subject {
        MailSubject::Confirmation(id) | MailSubject::Completed(id) | MailSubject::Rejected(id) => {
            view! { <a href=paths::refund(id)>{language.text("mail-refund")}</a> }.into_any()
        }
        MailSubject::PolicyLoosening(_) => {
            view! { <a href=paths::SETTINGS>{language.text("mail-policy")}</a> }.into_any()
        }
        MailSubject::PasswordReset(_) => language.text("mail-password").into_any(),
        MailSubject::Notice(_) => view! { <a href=paths::PAYOUTS>{language.text("mail-payouts")}</a> }.into_any(),
    }
}

/// One mail: facts, text, and where links are shown, a link to the customer's page.
#[component]
pub fn MailPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    let id_text = param("id");
    page(async move {
        let (requite, actor) = caller?;
        let ShownMail { mail, language: written, body, page } =
            mail::get(&requite.store, &requite.settings, &actor, id(&id_text, MailId, "error-unknown-mail")?).await?;
        let badge = mail_badge(language, &mail, &requite);
        let problem = mail.problem.as_ref().map(|problem| {
            let problem = errors::text(language, problem);
            view! { <Advice kind="warning"><p><TypedText text=problem /></p></Advice> }
        });
        let waits = (mail.state == MailState::Waiting && requite.mailer.is_some())
            .then(|| fact(language.text("mail-next-try"), view! { <Time at=mail.next_attempt_at /> }));
        let open = page.map(|page| {
            view! {
                <p class="actions">
                    <a class="button" href=page rel="noreferrer">{language.text("mail-open")}</a>
                </p>
            }
        });
        Ok(Content::new(
            language.text("mail-what"),
            view! {
                <h1 class="wrap" lang=written.code()><TypedText text=body.subject.clone() /></h1>
                {problem}
                <section class="card" aria-labelledby="facts-title">
                    <h2 id="facts-title">{language.text("mail-the")}</h2>
                    <dl class="facts">
                        {fact(language.text("mail-to"), mail_address(&body.to))}
                        {fact(language.text("mail-state"), badge)}
                        {fact(language.text("mail-attempts"), mail.tries.to_string())}
                        {waits}
                        {fact(language.text("mail-about"), about(language, mail.about))}
                        {fact(language.text("mail-written"), view! { <Time at=mail.created_at /> })}
                    </dl>
                </section>
                <section class="card stack" aria-labelledby="text-title">
                    <h2 id="text-title">{language.text("mail-says")}</h2>
                    <pre class="message" lang=written.code() tabindex="0" role="group" aria-labelledby="text-title">
                        {body.text.clone()}
                    </pre>
                    {open}
                </section>
            },
        )
        .below(paths::MAIL, language.text("mail-outbox")))
    })
}
