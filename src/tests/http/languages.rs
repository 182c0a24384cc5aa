//! Pages for customers in the language of the browser, and the console in that of whoever is signed in.

mod answers;
mod audit;
mod mails;
mod names;
mod stored;
mod times;

use super::pay_page::new_order;
use crate::{
    languages::catalogue::read,
    support::{Answer, Engine, TestApp},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use requite::domain::{
    address::network::Network,
    error::{ErrorCode, ErrorText},
    intents::payment::PaymentStatus,
    money::currency::Currency::Usd,
    refunds::{
        confirmation::Answer as Word,
        transfer::{Pause, PauseReason},
    },
};
use std::sync::LazyLock;

const GERMAN: (&str, &str) = ("accept-language", "de-AT,de;q=0.9,en;q=0.8");
const ENGLISH: (&str, &str) = ("accept-language", "en-GB,en;q=0.9,de;q=0.8");

/// A browser without a session.
async fn browse(app: &TestApp, path: &str, form: Option<&[(&str, &str)]>, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder()
        .method(if form.is_some() { Method::POST } else { Method::GET })
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = serde_urlencoded::to_string(form.unwrap_or_default()).unwrap();
    app.send(request.body(Body::from(body)).unwrap()).await
}

/// The parts of English texts that no German text has, with the ids of their texts. A single word is looked for as the whole
/// text of an element. Each language has its own name everywhere.
static UNTRANSLATED: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let german: Vec<String> = read("de").into_values().flat_map(|text| text.parts).collect();
    let german = german.join("\n");
    let texts = read("en").into_iter().filter(|(id, _)| id != "frame-language-name");
    let parts = texts.flat_map(|(id, text)| text.parts.into_iter().map(move |part| (id.clone(), part)));
    let english = parts.filter(|(_, part)| !part.is_empty() && !german.contains(part.as_str()));
    english.map(|(id, part)| (id, if part.contains(' ') { part } else { format!(">{part}<") })).collect()
});

/// Checks that an answer is a German page with these words and without an English text.
fn assert_german(answer: &Answer, words: &[&str]) {
    let page = answer.text();
    assert!(page.contains("<html lang=\"de\""), "{page}");
    let varies = |value: &header::HeaderValue| value.to_str().unwrap().contains("accept-language");
    assert!(answer.headers.get_all(header::VARY).iter().any(varies), "{:?}", answer.headers);
    for words in words {
        assert!(page.contains(words), "{words} is missing: {page}");
    }
    // What was sealed in English is marked as such.
    let mut parts = page.split("<dd class=\"wrap\" lang=\"en\">");
    let before = parts.next().unwrap_or_default();
    let after = parts.filter_map(|part| Some(part.split_once("</dd>")?.1));
    let data = std::iter::once(before).chain(after).collect::<String>();
    // Families of events are names of the API.
    let data = data.replace("<strong class=\"mono wrap\">", "<strong>API: ");
    for (id, shown) in UNTRANSLATED.iter() {
        let before: Option<String> =
            data.split_once(shown.as_str()).map(|(before, _)| before.chars().rev().take(200).collect());
        let before: Option<String> = before.map(|reversed| reversed.chars().rev().collect());
        assert!(before.is_none(), "{id} is English: {shown} after {before:?}");
    }
}

async fn german(app: &TestApp, path: &str, words: &[&str]) -> String {
    let answer = browse(app, path, None, &[GERMAN]).await;
    assert_german(&answer, words);
    answer.text()
}

#[tokio::test]
async fn the_pages_of_people_of_the_policy_and_of_mail_are_german() {
    let app = TestApp::new(Engine::Sqlite).await;
    german(&app, "/sign-in", &["Passwort vergessen"]).await;
    german(&app, "/forgot-password", &["Zurück zur Anmeldung"]).await;
    app.decide(|policy| policy.refund_limit = "100".to_owned()).await;
    let owner = app.sign_in("owner@example.com").await;
    let member = format!("/team/{}", app.viewer.user().unwrap());
    for (path, words) in [
        ("/account", "Aktive Sitzungen"),
        ("/team", "requite user add"),
        (member.as_str(), "Konto sperren"),
        ("/developers/api-keys", "Erlaubte IP-Adressen"),
        ("/settings", "Erstellung der Zahlungsanforderung"),
        ("/settings?done=policy-changed", "Die Richtlinie gilt ab jetzt für jede Erstattung."),
        ("/developers/mail", "Noch keine E-Mail"),
    ] {
        let answer = browse(&app, path, None, &[GERMAN, ("cookie", &owner.cookie)]).await;
        assert_german(&answer, &[words]);
    }
}

#[tokio::test]
async fn a_german_customer_pays_and_cancels_in_german() {
    let app = TestApp::new(Engine::Sqlite).await;
    let order = new_order(&app).await;
    let (path, page) = (format!("/pay/{}", order.page), order.page.to_string());
    german(&app, &path, &["Womit möchten Sie bezahlen?", "Ether auf Base", "Ihre Bestellung", "Testmodus"]).await;

    let refused = browse(&app, "/do/pay/choose", Some(&[("page", page.as_str()), ("choice", "")]), &[GERMAN]).await;
    let cookie = refused.header("set-cookie").unwrap().split(';').next().unwrap();
    let shown = browse(&app, &path, None, &[GERMAN, ("cookie", cookie)]).await;
    assert_german(&shown, &["Wählen Sie einen der Coins aus der Liste.", "data-code=\"currency_unknown\""]);

    browse(&app, "/do/pay/choose", Some(&[("page", page.as_str()), ("choice", "ETH-BASE")]), &[GERMAN]).await;
    let intent = app.requite.store.order(app.merchant, order.number).await.unwrap().intent.unwrap();
    let due = intent.due().unwrap();
    // What is copied has a point, as wallets show it.
    let (shown, copied) = (due.with_coin_symbol().replace('.', ","), due.number());
    german(&app, &path, &["Senden Sie genau diesen Betrag", "Betrag kopieren", &shown, &copied]).await;
    app.pay(&intent, Some(due), PaymentStatus::Pending).await.unwrap();
    german(&app, &path, &["Ihre Zahlung wurde erkannt", "Zahlungen", "Das Netzwerk bestätigt sie gerade."]).await;
    let other = new_order(&app).await;
    browse(&app, "/do/pay/cancel", Some(&[("page", other.page.to_string().as_str())]), &[GERMAN]).await;
    german(&app, &format!("/pay/{}", other.page), &["Sie haben diese Bestellung storniert", "Zurück zu Test merchant"])
        .await;
    german(&app, "/pay/1001", &["Dieser Link ist nicht gültig"]).await;
    app.assert_invariants().await;
}

#[tokio::test]
async fn the_first_page_customers_reports_and_the_search_are_german() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.fund("1000", Usd).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let mut wanted = app.order(&intent, "40");
    wanted.customer_email = Some("anna@shop.example".to_owned());
    app.refund(&wanted).await.unwrap();
    app.settle().await;
    let owner = app.sign_in("owner@example.com").await;
    let show = async |path: &str| browse(&app, path, None, &[GERMAN, ("cookie", &owner.cookie)]).await;
    let november = "Kontoauszug für November 2026";
    for (path, words) in [
        ("/", ["Guthaben", "Neueste Erstattungen", "Die letzten 30 Tage"]),
        ("/search?q=nobody@", ["Nichts gefunden", "Die E-Mail-Adresse ", "Bestellung 1015 erstatten"]),
        ("/customers", ["Kunden", "Geben Sie eine vollständige E-Mail-Adresse", "Anzeigen"]),
        ("/customers?of=anna%40shop.example", ["Summen des Kunden", "Erstattungen an den Kunden", "Notizen zu diesen"]),
        ("/currencies", ["Unterstützte Währungen", "Testadressen", "Jede Erstattung wird abgelehnt"]),
        (
            "/reconciliation?day=2026-11-23",
            ["Abstimmung vom 23. November 2026", "Alles ist geklärt", "An Kunden gesendet"],
        ),
        ("/balances", ["Guthaben", "Reserviert", "Testgeld hinzufügen"]),
        ("/balances/USD", ["Guthaben in USD", "Erstattung reserviert: Gebühr", "Für keine Erstattung ist etwas"]),
        ("/balances/USD?kind=x&from=y", ["Art, Anfangsdatum", "Zahlung gutgeschrieben", "Bestellung 1001"]),
        ("/statements", ["Kontoauszüge", "November 2026", "läuft"]),
        ("/statements/2026-11", [november, "Zahlung gutgeschrieben", "Bestellung 1001"]),
        ("/statements/2026-11?currency=x&kind=y", [november, "Währung, Art", "Erstattung 1"]),
    ] {
        assert_german(&show(path).await, &words);
    }
    let options = show("/do/search?q=Bestellung+1001+erstatten").await.text();
    assert!(options.contains("Bestellung #1001 erstatten") && options.contains("bis zu"), "{options}");
}

#[tokio::test]
async fn a_list_says_how_many_rows_it_has_as_far_as_they_are_counted() {
    let app = TestApp::new(Engine::Sqlite).await;
    let owner = app.sign_in("owner@example.com").await;
    for (language, exactly, at_least, more) in [
        (ENGLISH, "1 refund", "At least 9,000 refunds", "More than 10,000 refunds"),
        (GERMAN, "1 Erstattung", "Mindestens 9.000 Erstattungen", "Mehr als 10.000 Erstattungen"),
    ] {
        // This page has a line of each kind.
        let page = browse(&app, "/styleguide", None, &[language, ("cookie", &owner.cookie)]).await.text();
        let totals = page.split("list-total\">").skip(1).map(|rest| rest.split('<').next().unwrap());
        assert_eq!(totals.collect::<Vec<_>>(), [exactly, at_least, more], "{page}");
    }
}

#[tokio::test]
async fn why_payouts_are_paused_is_told_to_each_reader_in_their_language() {
    let app = TestApp::new(Engine::Sqlite).await;
    let sent = ErrorText::new("payouts-detail-used-before").with("count", 2_u64);
    let detail = ErrorText::sentences([sent, ErrorText::new("payouts-detail-reconcile-or-resume")]).stored();
    let pause = Pause { reason: PauseReason::UnexplainedTransaction, detail, at: app.context().now, by: None };
    app.store().add_sender(&app.context(), Network::Base, "0x1", 2, Some(&pause)).await.unwrap();
    let owner = app.sign_in("owner@example.com").await;
    for (browser, words) in [
        (GERMAN, "Das Konto hat 2 Transaktionen gesendet, bevor es hier verwendet wurde. Gleichen Sie die"),
        (ENGLISH, "The account has sent 2 transactions before it was used here. Reconcile payouts if this database"),
    ] {
        let page = browse(&app, "/payouts", None, &[browser, ("cookie", &owner.cookie)]).await.text();
        assert!(page.contains(words), "{page}");
    }
}

#[tokio::test]
async fn payment_intents_and_webhooks_are_shown_in_german() {
    let app = TestApp::new(Engine::Sqlite).await;
    let owner = app.sign_in("owner@example.com").await;
    let show = async |path: &str, words: &[&str]| {
        let answer = browse(&app, path, None, &[GERMAN, ("cookie", &owner.cookie)]).await;
        assert_german(&answer, words);
    };
    show("/", &["In drei Schritten zur ersten Erstattung", "API-Schlüssel", "Befehl kopieren"]).await;
    show("/payment-intents", &["Noch keine Zahlungsanforderungen", "Kleinste zuerst"]).await;
    show("/payment-intents/new", &["Der Kunde zahlt in", "Gutschrift in"]).await;
    show("/unsupported-funds", &["Nichts zu erledigen"]).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    show("/payment-intents", &["Zahlungsanforderungen", "Base"]).await;
    show(&format!("/payment-intents/{}", intent.id), &["Krypto-Erstattung", "Noch erstattbar", "Bestellung #1001"])
        .await;

    show("/developers/webhooks", &["Noch kein Endpunkt", "Eine Erstattung wurde freigegeben"]).await;
    let added =
        owner.post("/do/webhooks/add", &[("url", "https://shop.example/hooks"), ("events[]", "refund.*")]).await;
    let endpoint = added.location().split('?').next().unwrap().to_owned();
    show(&endpoint, &["Signaturgeheimnis", "Der Endpunkt erhält ", "Noch keine Zustellungen"]).await;
    let id = endpoint.rsplit('/').next().unwrap();
    let tested = owner.post("/do/webhooks/test", &[("endpoint", id)]).await;
    show(tested.location(), &["Zustellung von webhook.test", "Noch keine.", "Jetzt senden"]).await;
    show("/developers/webhooks/deliveries", &["1 Zustellung", "Alle Endpunkte", "Neueste zuerst"]).await;

    // What the document of the API says is English, and marked as such.
    let docs = browse(&app, "/docs", None, &[GERMAN]).await.text();
    assert!(["API-Referenz", "<h4 lang=\"en\">", "Liste aus "].iter().all(|words| docs.contains(words)), "{docs}");
    app.assert_invariants().await;
}

#[tokio::test]
async fn a_german_customer_gets_a_refund_in_german() {
    let app = TestApp::new(Engine::Sqlite).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.asked_refund(&intent, "40").await;
    let token = app.token(&refund).await;
    let path = format!("/confirm/{token}");
    let words = [
        "Ist das Ihre Adresse?",
        "24. Nov. 2026, 08:00 UTC",
        "Bestellung 1001",
        "40,00 USDC auf Base",
        &refund.address,
    ];
    german(&app, &path, &words).await;
    let english = browse(&app, &path, None, &[("accept-language", "fr")]).await.text();
    assert!(english.contains("<html lang=\"en\"") && english.contains("Is this address yours?"), "{english}");

    let form = [("token", token.as_str()), ("seal", "0"), ("answer", "confirmed")];
    let foreign = [GERMAN, ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let answer = browse(&app, "/do/confirmations/answer", Some(&form), &foreign).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_german(&answer, &["Dieses Formular kam von einer anderen Website"]);

    app.answer(&refund, Word::Confirmed).await.unwrap();
    german(&app, &path, &["Vielen Dank, die Adresse ist bestätigt"]).await;
    app.settle().await;
    german(&app, &path, &["Ihre Erstattung wurde gesendet", "Transaktion"]).await;

    let operator = app.sign_in("operator@example.com").await;
    operator.post("/do/receipts/share", &[("refund", &refund.id.to_string())]).await;
    let key = app.store().shared_receipt(refund.id).await.unwrap().unwrap().1;
    let receipt = format!("/receipts/{}", key.receipt_token(refund.id));
    german(&app, &receipt, &["Quittung über eine Erstattung", "Adresse kopieren", " auf "]).await;
    for wrong in ["/confirm/x", "/receipts/x"] {
        german(&app, wrong, &["Dieser Link ist nicht gültig"]).await;
    }
    app.assert_invariants().await;
}

/// The language of a page and of its navigation. The browser decides at least how the script writes times.
async fn language_of(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> &'static str {
    let answer = browse(app, path, None, headers).await;
    let page = answer.text();
    let navigation = page.split("id=\"navigation\"").nth(1).map(|rest| rest.split("</nav>").next().unwrap());
    let varies = answer.headers.get_all(header::VARY).iter().any(|value| value.to_str().unwrap().contains("language"));
    assert!(varies, "{path}: {:?}", answer.headers);
    for (code, words, mode) in [("de", "Anforderungen", "Testmodus"), ("en", "Payment intents", "Test mode")] {
        if page.contains(&format!("<html lang=\"{code}\"")) {
            assert!(navigation.is_none_or(|navigation| navigation.contains(words)) && page.contains(mode), "{page}");
            return code;
        }
    }
    panic!("{page}");
}

on_both_engines! {
    async fn the_console_is_in_the_language_that_a_person_chose(app: &TestApp) {
        let (viewer, owner) = (app.sign_in("viewer@example.com").await, app.sign_in("owner@example.com").await);
        let cookie = ("cookie", viewer.cookie.as_str());
        let own = async |path: &str, browser: (&'static str, &'static str)| {
            language_of(app, path, &[browser, cookie]).await
        };
        assert_eq!(own("/refunds", GERMAN).await, "de");
        assert_eq!(own("/refunds", ENGLISH).await, "en");

        let saved = viewer.post("/do/language", &[("language", "de")]).await;
        assert_eq!(saved.location(), "/account?done=language-chosen");
        for path in ["/refunds", "/account?done=language-chosen", "/nowhere"] {
            assert_eq!(own(path, ENGLISH).await, "de", "{path}");
        }
        let account = viewer.get("/account").await.text();
        assert!(account.contains("<option value=\"de\" selected") && account.contains("Deutsch"), "{account}");
        // Neither customers' pages nor other people are concerned, and who signs in is not known yet.
        assert_eq!(own("/confirm/x", ENGLISH).await, "en");
        assert_eq!(language_of(app, "/refunds", &[ENGLISH, ("cookie", &owner.cookie)]).await, "en");
        assert_eq!(language_of(app, "/sign-in", &[ENGLISH]).await, "en");
        assert_eq!(language_of(app, "/sign-in", &[GERMAN]).await, "de");

        viewer.post("/do/language", &[("language", "en")]).await;
        assert_eq!(own("/refunds", GERMAN).await, "en");
        let refused = viewer.post("/do/language", &[("language", "xx")]).await;
        assert_eq!(refused.notice().unwrap().code, ErrorCode::TextInvalid);
        assert_eq!(own("/refunds", GERMAN).await, "en");
        // A language that there is not any more counts as none.
        app.store().set_language(app.viewer.user().unwrap(), Some("xx")).await.unwrap();
        assert_eq!(own("/refunds", GERMAN).await, "de");
        viewer.post("/do/language", &[("language", "en")]).await;
        viewer.post("/do/language", &[("language", "")]).await;
        assert_eq!(own("/refunds", GERMAN).await, "de");

        let key = format!("Bearer {}", app.api_key);
        for path in ["/v1/paymentIntents/00000000-0000-0000-0000-000000000000", "/v2/orders/1"] {
            let authorization = ("authorization", key.as_str());
            let english = browse(app, path, None, &[authorization, ENGLISH]).await;
            let german = browse(app, path, None, &[authorization, GERMAN]).await;
            assert_eq!(german.status, StatusCode::NOT_FOUND, "{path}");
            assert!(german.json()["message"].is_string(), "{path}: {}", german.text());
            assert_eq!(german.json()["message"], english.json()["message"], "the API is in English: {path}");
        }
    }
}
