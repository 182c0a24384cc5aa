//! Mail to customers: the list, and one mail. The customer's link is shown only on a server that sends no mail.

use crate::{
    domain::{
        ids::MailId,
        mail::{Mail, MailState, MailSubject},
    },
    service::{
        mail::{self, ShownMail},
        refunds::confirmation::links_are_shown,
    },
    state::Requite,
    texts::titles::Title,
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
        lists::PageQuery,
        paths,
    },
};
use leptos::prelude::*;

const COLUMNS: &[Column] =
    &[Column::text("Mail"), Column::text("To"), Column::text("State"), Column::text("About"), Column::text("Written")];

/// The list, newest mail first.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let caller = caller();
    let query: PageQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let found = mail::list(&requite.store, &actor, &query.page()).await?;
        let total = mail::total(&requite.store, &actor).await?;
        let file = (!found.items.is_empty()).then(|| query.address(paths::MAIL_FILE));
        let links = query.links(paths::MAIL, &found);
        let rows = found.items.into_iter().map(|mail| row(mail, &requite)).collect();
        Ok(Content::new(
            "Mail outbox",
            view! {
                <ListHead title="Mail outbox" file saved_as="mail.csv" />
                {delivery_settings(&requite)}
                {total_line(total, "mail")}
                <List label="Mails" columns=COLUMNS rows links>
                    <EmptyState title="No mail yet">
                        "Customers are mailed when they have to confirm the address of a refund, and how a refund of theirs ended."
                    </EmptyState>
                </List>
            },
        ))
    })
}

fn delivery_settings(requite: &Requite) -> AnyView {
    if links_are_shown(&requite.settings) {
        return view! {
            <p class="hint">
                "This sandbox sends no mail. Here is what customers would get, with the links that only they would have. With REQUITE_SMTP_URL it is sent, and the links are not shown any more."
            </p>
        }
        .into_any();
    }
    let sentence = match requite.mailer {
        Some(_) => {
            "Mail to customers. Their links are in the mails alone: whoever reads one can answer in the customer's place."
        }
        None => "This server cannot send mail: set REQUITE_SMTP_URL and REQUITE_MAIL_FROM.",
    };
    view! { <p class="hint">{sentence}</p> }.into_any()
}

/// The state of a mail. On a server that sends no mail, a waiting mail is marked as shown here.
pub fn mail_badge(mail: &Mail, requite: &Requite) -> AnyView {
    let label = match mail.state {
        MailState::Waiting if links_are_shown(&requite.settings) => "shown here".to_owned(),
        MailState::Waiting if mail.tries > 0 => "tried again".to_owned(),
        state => state.title().to_owned(),
    };
    let status = match mail.state {
        MailState::Waiting => "pending",
        MailState::Sent => "completed",
        MailState::Failed => "failed",
        MailState::Dropped => "dropped",
    };
    view! { <Badge status=status label=label /> }.into_any()
}

fn row(mail: Mail, requite: &Requite) -> AnyView {
    let badge = mail_badge(&mail, requite);
    view! {
        <tr>
            <th scope="row"><a href=paths::mail(mail.id)>{mail.kind.title()}</a></th>
            <td data-label="To">{mail_address(&mail.recipient)}</td>
            <td data-label="State">{badge}</td>
            <td data-label="About">{about(mail.about)}</td>
            <td data-label="Written"><Time at=mail.created_at /></td>
        </tr>
    }
    .into_any()
}

fn about(subject: MailSubject) -> AnyView {
    match subject {
        MailSubject::Confirmation(id) | MailSubject::Completed(id) | MailSubject::Rejected(id) => {
            view! { <a href=paths::refund(id)>"Refund"</a> }.into_any()
        }
        MailSubject::PolicyLoosening(_) => view! { <a href=paths::SETTINGS>"Refund policy"</a> }.into_any(),
        MailSubject::PasswordReset(_) => "Password".into_any(),
        MailSubject::Notice(_) => view! { <a href=paths::PAYOUTS>"Payouts"</a> }.into_any(),
    }
}

/// One mail: facts, text, and where links are shown, a link to the customer's page.
#[component]
pub fn MailPage() -> impl IntoView {
    let caller = caller();
    let id_text = param("id");
    page(async move {
        let (requite, actor) = caller?;
        let ShownMail { mail, body, page } =
            mail::get(&requite.store, &requite.settings, &actor, id(&id_text, MailId, "error-unknown-mail")?).await?;
        let badge = mail_badge(&mail, &requite);
        let problem = mail.problem.clone().map(|problem| {
            view! { <Advice kind="warning"><p><TypedText text=problem /></p></Advice> }
        });
        let waits = (mail.state == MailState::Waiting && requite.mailer.is_some())
            .then(|| fact("Next try", view! { <Time at=mail.next_attempt_at /> }));
        let open = page.map(|page| {
            view! {
                <p class="actions">
                    <a class="button" href=page rel="noreferrer">"Open the page of the link"</a>
                </p>
            }
        });
        Ok(Content::new(
            "Mail",
            view! {
                <h1 class="wrap"><TypedText text=body.subject.clone() /></h1>
                {problem}
                <section class="card" aria-labelledby="facts-title">
                    <h2 id="facts-title">"The mail"</h2>
                    <dl class="facts">
                        {fact("To", mail_address(&body.to))}
                        {fact("State", badge)}
                        {fact("Attempts", mail.tries.to_string())}
                        {waits}
                        {fact("About", about(mail.about))}
                        {fact("Written", view! { <Time at=mail.created_at /> })}
                    </dl>
                </section>
                <section class="card stack" aria-labelledby="text-title">
                    <h2 id="text-title">"What it says"</h2>
                    <pre class="message" tabindex="0" role="group" aria-labelledby="text-title">{body.text.clone()}</pre>
                    {open}
                </section>
            },
        ).below(paths::MAIL, "Mail outbox"))
    })
}
