//! The history of a payment intent merges who did what with the mails and callbacks that told of it.

use crate::support::{Receiver, Reply, TestApp};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::{MerchantId, NoteId},
        money::currency::Currency::Usd,
        people::actor::Actor,
    },
    error::Error,
    service::{intents::note, operations::history, refunds::approval},
    store::operations::history::{History, HistoryEntry, HistoryOf, HistoryPage, HistoryPart, HistoryPosition, SHOWN},
    texts::errors::english_text,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The newest entries of everything.
const ALL: &HistoryPage = &HistoryPage { part: HistoryPart::Everything, before: None };

/// Every page of a part, from the newest on.
async fn pages(app: &TestApp, of: HistoryOf, part: HistoryPart) -> Vec<History> {
    let (mut pages, mut before) = (Vec::new(), None);
    loop {
        let page = history::list(app.store(), &app.viewer, of, &HistoryPage { part, before }).await.unwrap();
        before = page.older;
        pages.push(page);
        if before.is_none() {
            return pages;
        }
    }
}

/// The changes, oldest first: the action, who did it, and whether it is said from where.
fn changes(history: &History) -> Vec<(&str, String, bool)> {
    let changes = history.entries.iter().rev().filter_map(|entry| match entry {
        HistoryEntry::Change(entry) => {
            Some((entry.action.as_str(), english_text(&entry.actor), entry.origin.is_some()))
        }
        HistoryEntry::Note(_) | HistoryEntry::Mail(_) | HistoryEntry::Callback(_) => None,
    });
    changes.collect()
}

/// The actions on these pages, oldest first.
fn changes_of(pages: &[History]) -> Vec<&str> {
    pages.iter().rev().flat_map(changes).map(|(action, ..)| action).collect()
}

on_both_engines! {
    async fn the_history_merges_changes_mails_and_callbacks_of_one_intent(app: &TestApp) {
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        app.endpoint("https://shop.example/hooks", "refund.*").await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let other = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&other, "5")).await.unwrap();
        app.advance(Duration::seconds(1));
        let refund = app.refund(&app.order(&intent, "25")).await.unwrap();
        app.advance(Duration::seconds(1));
        approval::decline(app.store(), &app.context(), &app.approver, refund.id, "no").await.unwrap();
        let shown = history::list(app.store(), &app.viewer, HistoryOf::Intent(intent.id), ALL).await.unwrap();
        let steps = changes(&shown);
        let (names, actors): (Vec<_>, Vec<_>) = steps.iter().map(|(action, actor, _)| (*action, actor.as_str())).unzip();
        assert_eq!(
            names,
            [
                "payment_intent.created", "payment_intent.pending", "payment.paid",
                "payment_intent.complete", "refund.created", "refund.awaiting_approval", "payment_intent.refunded",
                "refund.rejected",
            ]
        );
        assert_eq!(actors.last(), Some(&"approver@example.com"));
        let told: Vec<_> = shown.entries.iter().filter(|entry| matches!(entry, HistoryEntry::Callback(_))).collect();
        assert_eq!(told.len(), 3, "{told:#?}");
        // What tells of a change is above it.
        assert!(matches!(&shown.entries[..], [HistoryEntry::Callback(_) | HistoryEntry::Mail(_), ..]));
        assert!(shown.entries.windows(2).all(|pair| pair[0].at() >= pair[1].at()));
        assert_eq!(shown.older, None);
        // A form that was sent twice, without a text, or by whoever may only read.
        let add = async |actor: &Actor, id: u128, text: &str| {
            let id = NoteId(Uuid::from_u128(id));
            note::add(app.store(), &app.context(), actor, intent.id, id, text).await.map_err(Error::into_domain_error)
        };
        for _ in 0..2 {
            add(&app.operator, 1, "He wrote again.\nWait for his answer.").await.unwrap();
        }
        assert_eq!(add(&app.operator, 2, " ").await.unwrap_err().code, ErrorCode::Required);
        assert_eq!(add(&app.viewer, 3, "x").await.unwrap_err().code, ErrorCode::Forbidden);
        let noted = history::list(app.store(), &app.viewer, HistoryOf::Intent(intent.id), ALL).await.unwrap();
        let notes: Vec<_> = noted
            .entries
            .iter()
            .filter_map(|entry| match entry {
                HistoryEntry::Note(note) => Some((note.author.as_str(), note.text.as_str())),
                HistoryEntry::Change(_) | HistoryEntry::Mail(_) | HistoryEntry::Callback(_) => None,
            })
            .collect();
        assert_eq!(notes, [("operator@example.com", "He wrote again.\nWait for his answer.")]);
        assert_eq!(changes(&noted), steps);
        let page = app.sign_in("viewer@example.com").await.get(&format!("/payment-intents/{}?timeline=notes", intent.id)).await;
        assert!(page.text().contains("Wait for his answer.") && !page.text().contains("Refund rejected"));
        // The page of the refund has what concerns it, and the notes.
        let of_refund = history::list(app.store(), &app.viewer, HistoryOf::Refund(refund.id), ALL).await.unwrap();
        let actions: Vec<_> = changes(&of_refund).into_iter().map(|(action, ..)| action).collect();
        assert_eq!(actions, ["refund.created", "refund.awaiting_approval", "refund.rejected"]);
        assert!(of_refund.entries.iter().any(|entry| matches!(entry, HistoryEntry::Note(_))));
        // Another merchant's actor sees nothing of it.
        let stranger = Actor::System { merchant: MerchantId(app.context().id()) };
        assert_eq!(history::list(app.store(), &stranger, HistoryOf::Intent(intent.id), ALL).await.unwrap(), History::default());
    }

    async fn what_mails_and_callbacks_say_is_read_with_the_history(app: &TestApp) {
        let receiver = Receiver::start().await;
        app.endpoint(&receiver.url, "refund.*").await;
        receiver.next([Reply::status(503)]);
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut wanted = app.order(&intent, "25");
        wanted.customer_email = Some("anna@shop.example".to_owned());
        let refund = app.refund(&wanted).await.unwrap();
        app.deliver().await;
        app.settle().await;
        app.advance(Duration::hours(1));
        app.deliver().await;
        for of in [HistoryOf::Intent(intent.id), HistoryOf::Refund(refund.id)] {
            let shown = history::list(app.store(), &app.owner, of, ALL).await.unwrap();
            let said = history::messages(app.store(), &app.requite.settings, &app.owner, &shown).await.unwrap();
            let sent = |event: &str| {
                let delivery = shown.entries.iter().find_map(|entry| match entry {
                    HistoryEntry::Callback(delivery) if delivery.event_type == event => Some(delivery.id),
                    _ => None,
                });
                said.sent.get(&delivery.unwrap()).unwrap()
            };
            let created = sent("refund.created");
            let answers: Vec<_> = created.attempts.iter().map(|attempt| (attempt.number, attempt.status)).collect();
            assert_eq!(answers, [(2, Some(200)), (1, Some(503))]);
            assert_eq!(created.body, receiver.received()[0].body);
            assert!(sent("refund.completed").body.contains("\"refund.completed\""));
            let shop = app.store().merchant(app.merchant).await.unwrap().name;
            let subjects: Vec<_> = said.subjects.values().map(|(language, subject)| (language.code(), subject.clone())).collect();
            assert_eq!(subjects, [("en", format!("Your refund from {shop} was sent"))]);
            // What programs get is for those who manage them, and what customers get for those who answer their questions.
            for (actor, answers) in [(&app.approver, true), (&app.operator, true), (&app.viewer, false)] {
                let shown = history::list(app.store(), actor, of, ALL).await.unwrap();
                let said = history::messages(app.store(), &app.requite.settings, actor, &shown).await.unwrap();
                assert!(said.sent.is_empty() && said.subjects.len() == 1);
                assert_eq!(said.texts.len(), usize::from(answers));
            }
        }
        // Of another merchant's deliveries nothing is read.
        let ids: Vec<_> = app.deliveries().await.iter().map(|delivery| delivery.id).collect();
        let stranger = MerchantId(app.context().id());
        assert!(app.store().sent_deliveries(stranger, &ids).await.unwrap().is_empty());
    }

    async fn older_entries_follow_page_by_page(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let notes = SHOWN + 3;
        for id in 1..=notes {
            let id = NoteId(Uuid::from_u128(u128::try_from(id).unwrap()));
            note::add(app.store(), &app.context(), &app.operator, intent.id, id, "x").await.unwrap();
        }
        let of = HistoryOf::Intent(intent.id);
        let lengths = |pages: &[History]| pages.iter().map(|page| page.entries.len()).collect::<Vec<_>>();
        assert_eq!(lengths(&pages(app, of, HistoryPart::Notes).await), [SHOWN, 3]);
        // The newer notes do not take the room of what is asked for.
        let changes = pages(app, of, HistoryPart::Changes).await;
        assert_eq!(lengths(&changes), [4]);
        let paid = pages(app, of, HistoryPart::Payments).await;
        assert_eq!(changes_of(&paid), ["payment.paid"]);
        let all = pages(app, of, HistoryPart::Everything).await;
        assert_eq!(lengths(&all), [SHOWN, 3 + 4]);
        let seen: BTreeSet<_> = all.iter().flat_map(|page| &page.entries).map(|entry| format!("{entry:?}")).collect();
        assert_eq!(seen.len(), notes + 4);
        // From whichever entry, the same ones follow.
        let all = &changes[0].entries;
        for (index, entry) in all.iter().enumerate() {
            let HistoryEntry::Change(change) = entry else { panic!("{entry:?}") };
            let text = format!("{}-change-{}-{}", change.at.timestamp_micros(), change.number, change.id);
            let page = HistoryPage { part: HistoryPart::Changes, before: HistoryPosition::parse(&text) };
            let follow = history::list(app.store(), &app.viewer, of, &page).await.unwrap().entries;
            assert_eq!(follow, all[index + 1..], "{text}");
        }
        // The page links to the next one, and back.
        let console = app.sign_in("viewer@example.com").await;
        let address = format!("/payment-intents/{}?timeline=notes", intent.id);
        let newest = console.get(&address).await.text();
        assert_eq!(newest.matches("data-status=\"note\"").count(), SHOWN);
        assert!(newest.contains(">Older<") && !newest.contains(">Newest<"), "{newest}");
        let link = newest.split("rel=\"next\" href=\"").nth(1).unwrap().split(['"', '#']).next().unwrap();
        let older = console.get(&link.replace("&amp;", "&")).await.text();
        assert_eq!(older.matches("data-status=\"note\"").count(), 3);
        assert!(!older.contains(">Older<") && older.contains(">Newest<"), "{older}");
    }

    async fn payments_refunds_and_approvals_are_parts(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.refund(&app.order(&intent, "5")).await.unwrap();
        app.decide(|policy| policy.approval_from = "1".to_owned()).await;
        let declined = app.refund(&app.order(&intent, "10")).await.unwrap();
        approval::decline(app.store(), &app.context(), &app.approver, declined.id, "no").await.unwrap();
        let approved = app.refund(&app.order(&intent, "20")).await.unwrap();
        app.approve(&approved).await.unwrap();
        // One that its maker takes back was not decided by an approver.
        let stopped = app.refund(&app.order(&intent, "30")).await.unwrap();
        approval::stop(app.store(), &app.context(), &app.owner, stopped.id, "typo").await.unwrap();
        let of = HistoryOf::Intent(intent.id);
        assert_eq!(changes_of(&pages(app, of, HistoryPart::Payments).await), ["payment.paid"]);
        let refunds = pages(app, of, HistoryPart::Refunds).await;
        let refunds = changes_of(&refunds);
        assert_eq!(refunds.iter().filter(|action| **action == "refund.created").count(), 4, "{refunds:?}");
        assert!(refunds.iter().all(|action| action.starts_with("refund.")), "{refunds:?}");
        let approvals = pages(app, of, HistoryPart::Approvals).await;
        let mut approvals = changes_of(&approvals);
        approvals.sort_unstable();
        let waited = "refund.awaiting_approval";
        assert_eq!(approvals, ["refund.approved", waited, waited, waited, "refund.rejected"]);
        let of = HistoryOf::Refund(declined.id);
        assert_eq!(changes_of(&pages(app, of, HistoryPart::Approvals).await), [waited, "refund.rejected"]);
        assert_eq!(changes_of(&pages(app, of, HistoryPart::Payments).await), [""; 0]);
    }

    async fn mails_are_read_without_their_links(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let asked = app.asked_refund(&intent, "25").await;
        let token = app.token(&asked).await;
        let of = HistoryOf::Refund(asked.id);
        for (actor, sees_customers) in [(&app.owner, true), (&app.approver, true), (&app.operator, false)] {
            let shown = history::list(app.store(), actor, of, ALL).await.unwrap();
            let said = history::messages(app.store(), &app.requite.settings, actor, &shown).await.unwrap();
            let texts: Vec<_> = said.texts.values().collect();
            assert_eq!(texts.len(), 1);
            assert!(!texts[0].contains(&token) && texts[0].contains("[the link is only in the e-mail itself]"), "{texts:?}");
            assert_eq!(texts[0].contains(&asked.address), sees_customers, "{texts:?}");
        }
        let page = format!("/refunds/{}", asked.id);
        for (email, reads) in [("operator@example.com", true), ("viewer@example.com", false)] {
            let page = app.sign_in(email).await.get(&page).await.text();
            assert_eq!(page.contains("[the link is only in the e-mail itself]"), reads, "{email}: {page}");
            assert!(!page.contains(&token), "{email}: {page}");
        }
    }
}
