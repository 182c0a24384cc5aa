//! The timeline of a payment intent with its payments and refunds, or of one refund: what happened, who did it, and which
//! mails and callbacks told of it.

mod messages;

use crate::{
    domain::{
        ids::{NoteId, PaymentIntentId, RefundId},
        names::Named,
        people::actor::Actor,
        refunds::refund::Refund,
        text::NOTE_MAX,
    },
    languages::Language,
    server_fns::intents::AddNote,
    service::{intents::note, operations::history::Messages},
    store::{
        intents::notes::Note,
        operations::{
            audit::AuditEntry,
            history::{History, HistoryEntry, HistoryPage, HistoryPart, HistoryPosition},
        },
    },
    texts::{
        amounts::in_coin,
        errors,
        history::{of_change, why},
    },
    ui::components::{facts::entry_facts, time::Time, typed_text::TypedText},
    web::paths,
};
use leptos::{prelude::*, server_fn::ServerFn};
use messages::{callback, details, mail_item};
use serde::Deserialize;
use uuid::Uuid;

/// The parts of the timeline of a payment intent, with the ids of their texts.
const OF_INTENT: &[(HistoryPart, &str)] = &[
    (HistoryPart::Everything, "history-everything"),
    (HistoryPart::Changes, "history-changes"),
    (HistoryPart::Payments, "history-payments"),
    (HistoryPart::Refunds, "history-refunds"),
    (HistoryPart::Approvals, "history-approvals"),
    (HistoryPart::Notes, "history-notes"),
    (HistoryPart::Mails, "history-mails"),
    (HistoryPart::Callbacks, "history-callbacks"),
];

/// Those of a refund, all changes of which are its own.
const OF_REFUND: &[(HistoryPart, &str)] = &[
    (HistoryPart::Everything, "history-everything"),
    (HistoryPart::Changes, "history-changes"),
    (HistoryPart::Approvals, "history-approvals"),
    (HistoryPart::Notes, "history-notes"),
    (HistoryPart::Mails, "history-mails"),
    (HistoryPart::Callbacks, "history-callbacks"),
];

/// Which page of the timeline is asked for, by the name of its part and the position that it begins at.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TimelineQuery {
    #[serde(default)]
    pub timeline: String,
    #[serde(default)]
    pub before: String,
}

impl TimelineQuery {
    /// What is not understood is not asked for.
    pub fn page(&self) -> HistoryPage {
        HistoryPage {
            part: HistoryPart::parse(&self.timeline).unwrap_or_default(),
            before: HistoryPosition::parse(&self.before),
        }
    }
}

/// What the entries are shown with.
pub struct Timeline<'a> {
    /// What the page is about. No entry has a link to it.
    pub about: Uuid,
    pub page: &'a HistoryPage,
    pub actor: &'a Actor,
    /// The refunds that entries can be about.
    pub refunds: &'a [Refund],
    /// What mails and callbacks say.
    pub messages: &'a Messages,
}

impl Timeline<'_> {
    fn refund(&self, subject: Uuid) -> Option<&Refund> {
        self.refunds.iter().find(|refund| refund.id.0 == subject)
    }
}

/// The section of the page of an intent. `id` is that of a note that is added on it.
pub fn intent_timeline(
    language: Language,
    (intent, id): (PaymentIntentId, NoteId),
    history: History,
    timeline: &Timeline<'_>,
) -> AnyView {
    let form = note::require_author(timeline.actor).is_ok().then(|| note_form(language, intent, id));
    section(language, &paths::payment_intent(intent), OF_INTENT, history, timeline, form)
}

/// The section of the page of a refund.
pub fn refund_timeline(language: Language, refund: RefundId, history: History, timeline: &Timeline<'_>) -> AnyView {
    section(language, &paths::refund(refund), OF_REFUND, history, timeline, None)
}

fn section(
    language: Language,
    page: &str,
    parts: &[(HistoryPart, &'static str)],
    history: History,
    timeline: &Timeline<'_>,
    form: Option<AnyView>,
) -> AnyView {
    let chip = |(part, id): &(HistoryPart, &'static str)| {
        let current = (timeline.page.part == *part).then_some("true");
        view! { <li><a class="chip" href=address(page, *part, None) aria-current=current>{language.text(id)}</a></li> }
    };
    let chips = parts.iter().map(chip).collect_view();
    let pages = pages(language, page, timeline.page, history.older);
    let items = history.entries.into_iter().map(|entry| item(language, entry, timeline)).collect::<Vec<_>>();
    let nothing = items.is_empty().then(|| view! { <p class="hint">{language.text("history-nothing")}</p> });
    view! {
        <section class="card" id="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{language.text("history-timeline")}</h2>
            <nav aria-label=language.text("history-parts")><ul class="chips">{chips}</ul></nav>
            {form}
            {nothing}
            <ol class="timeline" aria-label=language.text("history-entries")>{items}</ol>
            {pages}
        </section>
    }
    .into_any()
}

/// Links to the newest page, if this is another one, and to the next older one, if there is one.
fn pages(language: Language, page: &str, shown: &HistoryPage, older: Option<HistoryPosition>) -> Option<AnyView> {
    let newest = shown.before.map(|_| {
        let href = address(page, shown.part, None);
        view! { <a class="button" href=href>{language.text("history-newest")}</a> }
    });
    let next = older.map(|older| {
        let href = address(page, shown.part, Some(older));
        view! { <a class="button" rel="next" href=href>{language.text("history-older")}</a> }
    });
    let any = newest.is_some() || next.is_some();
    any.then(|| {
        view! { <nav class="pagination" aria-label=language.text("components-pages")>{newest} {next}</nav> }.into_any()
    })
}

/// The address of a page of the timeline.
fn address(page: &str, part: HistoryPart, before: Option<HistoryPosition>) -> String {
    let part = (part != HistoryPart::default()).then(|| format!("timeline={}", part.as_str()));
    let before = before.map(|before| format!("before={before}"));
    match [part, before].into_iter().flatten().collect::<Vec<_>>().join("&") {
        query if query.is_empty() => format!("{page}#timeline"),
        query => format!("{page}?{query}#timeline"),
    }
}

fn item(language: Language, entry: HistoryEntry, timeline: &Timeline<'_>) -> AnyView {
    match entry {
        HistoryEntry::Change(entry) => change(language, entry, timeline),
        HistoryEntry::Note(note) => note_item(language, note),
        HistoryEntry::Mail(mail) => mail_item(language, mail, timeline),
        HistoryEntry::Callback(delivery) => callback(language, delivery, timeline),
    }
}

/// The part of an action's name after the dot decides the colour, as the status of the same name does elsewhere.
fn change(language: Language, entry: AuditEntry, timeline: &Timeline<'_>) -> AnyView {
    let status = entry.action.split_once('.').map(|(_, status)| status.to_owned());
    let refund = timeline.refund(entry.subject);
    let why = why(language, &entry.action, &entry.detail, refund)
        .map(|text| view! { <p class="timeline-note"><TypedText text /></p> });
    let facts = view! { <dl class="facts">{entry_facts(language, &entry)}</dl> };
    let origin = entry.origin.map(|origin| {
        let (before, after) = language.around("history-origin", "origin");
        view! { {before} <span class="mono">{origin}</span> {after} }
    });
    let of_entry = language.with("history-details-of", [("number", entry.number.to_string())]);
    view! {
        <li data-status=status>
            <span class="timeline-what">{of_change(language, &entry.action, &entry.detail)}</span>
            <Time at=entry.at seconds=true />
            <span class="timeline-detail">{of_refund(language, entry.subject, timeline)} <TypedText text=errors::text(language, &entry.actor) /> {origin}</span>
            {why}
            {details(language, of_entry, facts.into_any())}
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

/// A link to the refund that an entry is about, if it is about one that has another page.
fn of_refund(language: Language, subject: Uuid, timeline: &Timeline<'_>) -> Option<AnyView> {
    let refund = timeline.refund(subject).filter(|refund| refund.id.0 != timeline.about)?;
    let amount = in_coin(language, refund.amount());
    Some(view! { <a href=paths::refund(refund.id)>{amount}</a> ", " }.into_any())
}
