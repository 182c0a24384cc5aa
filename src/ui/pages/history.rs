//! The timeline of a payment intent with its payments and refunds, or of one refund: what happened, who did it, and which
//! mails and callbacks told of it.

use crate::{
    domain::{
        ids::{NoteId, PaymentIntentId, RefundId},
        mail::{Mail, MailSubject},
        names::Named,
        people::actor::{Actor, Permission},
        refunds::refund::Refund,
        text::NOTE_MAX,
        webhooks::Delivery,
    },
    languages::Language,
    server_fns::intents::AddNote,
    service::intents::note,
    store::{
        intents::notes::Note,
        operations::{
            audit::AuditEntry,
            history::{History, HistoryEntry},
        },
    },
    texts::{errors, history::of_change, titles::Title},
    ui::components::{facts::entry_facts, time::Time, typed_text::TypedText},
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::Deserialize;
use uuid::Uuid;

/// The part that is shown, as named in the address, with the id of its text.
const PARTS: [(&str, &str); 5] = [
    ("", "history-everything"),
    ("changes", "history-changes"),
    ("notes", "history-notes"),
    ("mails", "history-mails"),
    ("callbacks", "history-callbacks"),
];

/// Which part of the timeline is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TimelineQuery {
    #[serde(default)]
    pub timeline: String,
}

impl TimelineQuery {
    fn shows(&self, entry: &HistoryEntry) -> bool {
        match self.timeline.as_str() {
            "changes" => matches!(entry, HistoryEntry::Change(_)),
            "notes" => matches!(entry, HistoryEntry::Note(_)),
            "mails" => matches!(entry, HistoryEntry::Mail(_)),
            "callbacks" => matches!(entry, HistoryEntry::Callback(_)),
            _ => true,
        }
    }
}

/// The section of the page of an intent. `refunds` are those of the intent, and `id` is that of a note that is added on
/// it.
pub fn intent_timeline(
    language: Language,
    (intent, id): (PaymentIntentId, NoteId),
    history: History,
    refunds: &[Refund],
    query: &TimelineQuery,
    actor: &Actor,
) -> AnyView {
    let form = note::require_author(actor).is_ok().then(|| note_form(language, intent, id));
    section(language, (paths::payment_intent(intent), intent.0), history, refunds, query, (actor, form))
}

/// The section of the page of a refund.
pub fn refund_timeline(
    language: Language,
    refund: RefundId,
    history: History,
    query: &TimelineQuery,
    actor: &Actor,
) -> AnyView {
    section(language, (paths::refund(refund), refund.0), history, &[], query, (actor, None))
}

fn section(
    language: Language,
    (page, about): (String, Uuid),
    history: History,
    refunds: &[Refund],
    query: &TimelineQuery,
    (actor, form): (&Actor, Option<AnyView>),
) -> AnyView {
    let parts = PARTS.map(|(name, id)| {
        let link =
            if name.is_empty() { format!("{page}#timeline") } else { format!("{page}?timeline={name}#timeline") };
        let current = (query.timeline == name).then_some("true");
        view! { <li><a class="chip" href=link aria-current=current>{language.text(id)}</a></li> }
    });
    let more = history.is_cut.then(|| {
        let log = actor.may(Permission::ReadAudit).then(|| {
            let all = format!("{}?about={about}", paths::AUDIT);
            view! { " " <a href=all>{language.text("history-rest-in-audit")}</a> }
        });
        view! { <p class="hint">{language.text("history-only-newest")} {log}</p> }
    });
    let items = history
        .entries
        .into_iter()
        .filter(|entry| query.shows(entry))
        .map(|entry| item(language, entry, refunds, actor))
        .collect::<Vec<_>>();
    let nothing = items.is_empty().then(|| view! { <p class="hint">{language.text("history-nothing")}</p> });
    view! {
        <section class="card" id="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{language.text("history-timeline")}</h2>
            <nav aria-label=language.text("history-parts")><ul class="chips">{parts}</ul></nav>
            {form}
            {nothing}
            <ol class="timeline" aria-label=language.text("history-entries")>{items}</ol>
            {more}
        </section>
    }
    .into_any()
}

fn item(language: Language, entry: HistoryEntry, refunds: &[Refund], actor: &Actor) -> AnyView {
    match entry {
        HistoryEntry::Change(entry) => change(language, entry, refunds),
        HistoryEntry::Note(note) => note_item(language, note),
        HistoryEntry::Mail(mail) => mail_item(language, mail, refunds, actor),
        HistoryEntry::Callback(delivery) => callback(language, delivery, actor),
    }
}

/// The part of an action's name after the dot decides the colour, as the status of the same name does elsewhere.
fn change(language: Language, entry: AuditEntry, refunds: &[Refund]) -> AnyView {
    let status = entry.action.split_once('.').map(|(_, status)| status.to_owned());
    let details = entry_facts(language, &entry);
    let origin = entry.origin.map(|origin| {
        let (before, after) = language.around("history-origin", "origin");
        view! { {before} <span class="mono">{origin}</span> {after} }
    });
    let of_entry = language.with("history-details-of", [("number", entry.number.to_string())]);
    view! {
        <li data-status=status>
            <span class="timeline-what">{of_change(language, &entry.action, &entry.detail)}</span>
            <Time at=entry.at seconds=true />
            <span class="timeline-detail">{of_refund(entry.subject, refunds)} <TypedText text=errors::text(language, &entry.actor) /> {origin}</span>
            <details class="timeline-more">
                <summary>{language.text("history-details")} <span class="visually-hidden">{of_entry}</span></summary>
                <dl class="facts">{details}</dl>
            </details>
        </li>
    }
    .into_any()
}

fn note_item(language: Language, note: Note) -> AnyView {
    let (before, after) = language.around("history-note-of", "author");
    view! {
        <li data-status="note">
            <span class="timeline-what">{before} <TypedText text=note.author /> {after}</span>
            <Time at=note.created_at seconds=true />
            <p class="timeline-note"><TypedText text=note.text /></p>
        </li>
    }
    .into_any()
}

/// `note` is the id of the note that the form adds.
fn note_form(language: Language, intent: PaymentIntentId, note: NoteId) -> AnyView {
    view! {
        <form method="post" action=AddNote::url() class="note-form">
            <input type="hidden" name="intent" value=intent.to_string() />
            <input type="hidden" name="id" value=note.to_string() />
            <div class="field">
                <label for="note">{language.text("history-note-for-colleagues")}</label>
                <textarea id="note" name="note" class="input" rows="2" required maxlength=NOTE_MAX></textarea>
            </div>
            <button class="button">{language.text("history-add-note")}</button>
        </form>
    }
    .into_any()
}

fn mail_item(language: Language, mail: Mail, refunds: &[Refund], actor: &Actor) -> AnyView {
    let refund = match mail.about {
        MailSubject::Confirmation(id) | MailSubject::Completed(id) | MailSubject::Rejected(id) => {
            of_refund(id.0, refunds)
        }
        MailSubject::PasswordReset(_) | MailSubject::PolicyLoosening(_) | MailSubject::Notice(_) => None,
    };
    let queue = actor
        .may(Permission::ManageWebhooks)
        .then(|| view! { " " <a href=paths::MAIL>{language.text("history-mail-outbox")}</a> });
    let what = language.with("history-mail", [("kind", mail.kind.title(language))]);
    let state = [("state", mail.state.title(language))];
    let (before, after) = language.around_with("history-mail-to", "recipient", state);
    view! {
        <li data-status=mail.state.as_str()>
            <span class="timeline-what">{what}</span>
            <Time at=mail.created_at seconds=true />
            <span class="timeline-detail">
                {refund} {before} <TypedText text=mail.recipient /> {after} {queue}
            </span>
        </li>
    }
    .into_any()
}

fn callback(language: Language, delivery: Delivery, actor: &Actor) -> AnyView {
    let (before, after) = language.around("history-callback", "event");
    let what = view! { {before} <code>{delivery.event_type.clone()}</code> {after} };
    let what = if actor.may(Permission::ManageWebhooks) {
        view! { <a href=paths::webhook_delivery(delivery.id)>{what}</a> }.into_any()
    } else {
        what.into_any()
    };
    view! {
        <li data-status=delivery.state.as_str()>
            <span class="timeline-what">{what}</span>
            <Time at=delivery.created_at seconds=true />
            <span class="timeline-detail wrap">{delivery.state.title(language)} ", " {delivery.url}</span>
        </li>
    }
    .into_any()
}

/// A link to the refund that an entry is about, if it is about one.
fn of_refund(subject: Uuid, refunds: &[Refund]) -> Option<AnyView> {
    let refund = refunds.iter().find(|refund| refund.id.0 == subject)?;
    let amount = refund.amount().with_coin_symbol();
    Some(view! { <a href=paths::refund(refund.id)>{amount}</a> ", " }.into_any())
}
