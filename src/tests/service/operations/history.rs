//! The history of a payment intent merges who did what with the mails and callbacks that told of it.

use crate::support::{Receiver, Reply};
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
    store::operations::history::{History, HistoryEntry, HistoryOf},
    texts::errors::english_text,
};
use uuid::Uuid;

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
        let shown = history::list(app.store(), &app.viewer, HistoryOf::Intent(intent.id)).await.unwrap();
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
        assert!(!shown.is_cut);
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
        let noted = history::list(app.store(), &app.viewer, HistoryOf::Intent(intent.id)).await.unwrap();
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
        let of_refund = history::list(app.store(), &app.viewer, HistoryOf::Refund(refund.id)).await.unwrap();
        let actions: Vec<_> = changes(&of_refund).into_iter().map(|(action, ..)| action).collect();
        assert_eq!(actions, ["refund.created", "refund.awaiting_approval", "refund.rejected"]);
        assert!(of_refund.entries.iter().any(|entry| matches!(entry, HistoryEntry::Note(_))));
        // Another merchant's actor sees nothing of it.
        let stranger = Actor::System { merchant: MerchantId(app.context().id()) };
        assert_eq!(history::list(app.store(), &stranger, HistoryOf::Intent(intent.id)).await.unwrap(), History::default());
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
            let shown = history::list(app.store(), &app.owner, of).await.unwrap();
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
            // What programs get is for those who manage them.
            for actor in [&app.approver, &app.viewer] {
                let said = history::messages(app.store(), &app.requite.settings, actor, &shown).await.unwrap();
                assert!(said.sent.is_empty() && said.subjects.len() == 1);
            }
        }
        // Of another merchant's deliveries nothing is read.
        let ids: Vec<_> = app.deliveries().await.iter().map(|delivery| delivery.id).collect();
        let stranger = MerchantId(app.context().id());
        assert!(app.store().sent_deliveries(stranger, &ids).await.unwrap().is_empty());
    }
}
