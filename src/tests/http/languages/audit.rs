//! The audit log and the timelines: actions and facts in the language of the reader.

use super::{ENGLISH, GERMAN, assert_german, browse};
use requite::{
    domain::{address::network::Network, money::currency::Currency::Usd, paging::PageRequest},
    languages::Language,
    service::operations::audit,
    store::operations::audit::AuditFilter,
    texts::facts,
};

on_both_engines! {
    async fn what_was_recorded_is_told_in_the_language(app: &TestApp) {
        app.decide(|policy| policy.refund_limit = "50".to_owned()).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
        app.settle().await;
        let owner = app.sign_in("owner@example.com").await;
        let show = async |path: &str, browser: (&'static str, &'static str)| {
            browse(app, path, None, &[browser, ("cookie", owner.cookie.as_str())]).await
        };
        let words = [
            "Richtlinie geändert", "Höchstbetrag einer Erstattung in US-Dollar: 50,00", "Erstattung abgeschlossen",
            "<dt>Status davor</dt><dd class=\"wrap\"><bdi>in Bearbeitung</bdi>", "Zahlung gutgeschrieben", "Angemeldet",
            "<dt>Netzwerkgebühr zahlt</dt><dd class=\"wrap\"><bdi>Händler</bdi>", "refund.completed",
        ];
        assert_german(&show("/audit", GERMAN).await, &words);
        for page in [format!("/refunds/{}", refund.id), format!("/payment-intents/{}", intent.id)] {
            assert_german(&show(&page, GERMAN).await, &["<dt>Status davor</dt>", "Erstattung abgeschlossen"]);
        }
        let english = show(&format!("/refunds/{}", refund.id), ENGLISH).await.text();
        assert!(english.contains("<dt>Status before</dt>") && !english.contains("statusBefore"), "{english}");

        // Each fact of these entries has a name, and files have the names of programs.
        let german = Language::of_code("de").unwrap();
        let entries = audit::list(app.store(), &app.owner, &AuditFilter::default(), &PageRequest::first()).await.unwrap().items;
        assert!(entries.len() > 10, "{entries:#?}");
        for entry in &entries {
            let shown = facts::of_entry(german, &entry.action, &entry.detail);
            let unnamed = shown.iter().find(|fact| entry.detail.get(&fact.name).is_some());
            assert!(unnamed.is_none(), "{}: {unnamed:?}", entry.action);
        }
        let file = show("/audit.csv", GERMAN).await.text();
        assert!(file.contains("policy.changed") && file.contains("\"\"statusBefore\"\":\"\"processing\"\""), "{file}");
    }
}
