//! Languages and their texts.

mod amounts;
pub mod catalogue;
mod code;
mod mail;
mod numbers;

use catalogue::{Text, files, languages, read};
use chrono::DateTime;
use requite::{
    domain::{
        customers::masking::masked_stored,
        error::{DomainError, ErrorCode, ErrorText, TextValue},
        intents::payment::UnsupportedReason,
        names::Named,
        operations::watchdog::StalledState,
        refunds::{transfer::HeldReason, warning::Warning},
        webhooks::event::EVENTS,
    },
    languages::Language,
    rates::{NoRates, RateSource, sandbox::SandboxRates},
    texts::{
        errors, facts, history, money, next_steps, payouts, times::TimedSentence, titles::Title, webhooks::of_event,
    },
    web::time,
};
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::BTreeSet;

fn german() -> Language {
    Language::of_browser(Some("de"))
}

#[test]
fn every_language_has_every_text_with_the_same_values() {
    let codes: BTreeSet<String> = Language::all().map(|language| language.code().to_owned()).collect();
    assert_eq!(codes, languages());
    assert!(codes.contains("de") && Language::all().next() == Some(Language::english()), "{codes:?}");
    let english = read("en");
    for code in codes {
        assert_eq!(files(&code), files("en"), "{code}");
        let texts = read(&code);
        assert_eq!(texts.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{code}");
        for (id, text) in &texts {
            assert_eq!(of_languages(text), of_languages(&english[id]), "the values of {id} in {code}");
            let is_empty = text.parts.iter().all(String::is_empty) && text.values.is_empty();
            assert!(!is_empty, "{id} is empty in {code}");
        }
    }
}

/// The values that every language needs. Articles, such as `an` before the name of a network, are those of English.
fn of_languages(text: &Text) -> BTreeSet<&str> {
    text.values.iter().map(String::as_str).filter(|name| !name.ends_with("article")).collect()
}

#[test]
fn every_reason_to_wait_is_explained_in_every_language() {
    for language in Language::all() {
        let held = HeldReason::all().map(|reason| next_steps::of_held_transfer(language, reason));
        let unsupported = UnsupportedReason::all().map(|reason| next_steps::of_unsupported(language, reason));
        let stalled = StalledState::all().map(|state| next_steps::of_stalled(language, state));
        for text in held.chain(unsupported).chain(stalled) {
            // A text that is missing is its id.
            assert!(text.contains(' ') && text.ends_with('.'), "{language:?}: {text}");
        }
    }
    let raised = json!({ "from": "1.5 gwei", "to": "3 gwei" });
    let text = history::of_change(german(), history::FEE_RAISED, &raised);
    assert_eq!(text, "Mit höherer Gebühr erneut gesendet: 3 gwei statt 1,5 gwei");
}

#[test]
fn why_something_happened_is_told_beside_it() {
    let paused = json!({ "heldReason": "paused", "detail": "We move our office." });
    for (action, detail, english, in_german) in [
        (
            "refund.created",
            json!({ "overrideReason": "It is their new wallet." }),
            "Sent to this address despite a warning: It is their new wallet.",
            "Trotz einer Warnung an diese Adresse gesendet: It is their new wallet.",
        ),
        // What the server has written into the record is English, if the refund is not known.
        ("refund.rejected", json!({ "detail": "Declined by Ann: no" }), "Declined by Ann: no", "Declined by Ann: no"),
        (
            "refund.held",
            paused,
            "On hold because payouts on this network are paused. An owner must resume them. Reason given: We move our office.",
            "Sie wartet, weil Auszahlungen in diesem Netzwerk pausiert sind. Ein Inhaber muss sie fortsetzen. Angegebener Grund: We move our office.",
        ),
        (
            "refund.held",
            json!({ "heldReason": "awaiting_signatures", "detail": "1 of 2" }),
            "Waiting for the people who sign it.",
            "Sie wartet auf die Personen, die sie signieren.",
        ),
        ("deposit.written_off", json!({ "note": "They paid again." }), "They paid again.", "They paid again."),
        (
            "payment_intent.expired",
            json!({ "reason": "requested_by_merchant" }),
            "Ended before its time to pay had expired.",
            "Vor Ablauf der Zahlungsfrist beendet.",
        ),
    ] {
        assert_eq!(history::why(Language::english(), action, &detail, None).as_deref(), Some(english), "{action}");
        assert_eq!(history::why(german(), action, &detail, None).as_deref(), Some(in_german), "{action}");
    }
    let unsupported = json!({ "unsupported": "wrong_currency" });
    let why = history::why(Language::english(), "unsupported_funds.received", &unsupported, None).unwrap();
    assert!(why.starts_with("It is a different coin"), "{why}");
    for (action, detail) in [
        ("refund.created", json!({ "overrideReason": null, "detail": null })),
        ("refund.processing", json!({ "detail": "x", "overrideReason": "told when it was created" })),
        ("refund.held", json!({ "heldReason": "one of a later version" })),
        ("payment_intent.complete", json!({ "reason": null })),
        ("receipt.shared", json!({})),
    ] {
        assert_eq!(history::why(Language::english(), action, &detail, None), None, "{action}");
    }
}

#[test]
fn a_browser_gets_the_language_that_it_prefers() {
    for (header, code) in [
        (None, "en"),
        (Some(""), "en"),
        (Some("de"), "de"),
        (Some("DE-de"), "de"),
        (Some("de-AT,de;q=0.9,en;q=0.8"), "de"),
        (Some("en-GB,en;q=0.9,de;q=0.8"), "en"),
        (Some("en;q=0.2, de;q=0.7"), "de"),
        (Some("fr"), "en"),
        (Some("fr,de;q=0.5"), "de"),
        (Some("de;q=0,en"), "en"),
        (Some("*"), "en"),
        (Some("de;q=nothing;;,\u{e9},x-y-z"), "en"),
    ] {
        assert_eq!(Language::of_browser(header).code(), code, "{header:?}");
    }
}

#[test]
fn a_language_has_the_variant_that_the_browser_prefers() {
    for (header, of_english, of_german) in [
        (None, "en", "de"),
        (Some("en-GB,en;q=0.9,de;q=0.8"), "en-GB", "de"),
        (Some("de-AT;q=0.3, de-CH;q=0.7, en"), "en", "de-CH"),
        (Some("EN-us"), "en-US", "de"),
        (Some("deu, den-GB, en-GB-oxendict"), "en-GB-oxendict", "de"),
        (Some("de;q=0, fr-CA, *"), "en", "de"),
    ] {
        assert_eq!(Language::english().variant_of_browser(header), of_english, "{header:?}");
        assert_eq!(german().variant_of_browser(header), of_german, "{header:?}");
    }
}

#[test]
fn errors_are_told_in_the_language() {
    let at = DateTime::parse_from_rfc3339("2026-03-05T08:07:09Z").unwrap().to_utc();
    let closed = DomainError::new(ErrorCode::RefundWindowClosed, "error-refund-window-closed");
    let closed = closed.with("day", TextValue::day(at)).with("time", "08:07");
    let both = [ErrorText::new("error-refund-rejected"), ErrorText::plain("Wrong address.")];
    let ended = ErrorText::new("error-refund-ended-because").with("sentences", TextValue::sentences(both));
    let wait = |seconds: u64| ErrorText::new("error-api-key-too-many-requests").with("seconds", seconds);
    for (language, day, end, seconds) in [
        (
            Language::english(),
            "The refund window of this payment intent closed on 5 March 2026 at 08:07 (UTC).",
            "The refund was rejected. This is final. Wrong address.",
            ["in 1 second.", "in 2 seconds."],
        ),
        (
            german(),
            "Die Frist für Erstattungen dieser Zahlungsanforderung endete am 5. März 2026 um 08:07 Uhr (UTC).",
            "Die Erstattung ist abgelehnt, und das ist endgültig. Wrong address.",
            ["in 1 Sekunde stellen.", "in 2 Sekunden stellen."],
        ),
    ] {
        assert_eq!(errors::sentence(language, &closed), day);
        assert_eq!(errors::text(language, &ended), end);
        for (number, expected) in [1, 2].into_iter().zip(seconds) {
            let sentence = errors::text(language, &wait(number));
            assert!(sentence.ends_with(expected), "{sentence}");
        }
    }
    let month = ErrorText::new("error-month-closed").with("month", TextValue::month(at));
    assert!(errors::text(german(), &month).starts_with("März 2026 wurde"));
}

/// Details of payouts are stored with an id, and read by people in any language. Older versions have stored them in English.
#[test]
fn what_is_stored_with_payouts_is_told_in_the_language() {
    let recipient = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    let movement = |amount: &str| ErrorText::new("payouts-detail-movement").with("amount", amount);
    let moved = ["1 ETH", "2 ETH"].map(|amount| movement(amount).with("recipient", recipient));
    let paid = ErrorText::new("payouts-detail-paid").with("moved", TextValue::list(moved));
    let paid = paid.with("block", "7").with("nonce", "3");
    let owed = ErrorText::new("payouts-detail-exactly-owed").with("refund", "r");
    let stored = ErrorText::sentences([paid, owed]).stored();
    assert_eq!(
        errors::stored(Language::english(), &stored),
        format!(
            "It paid 1 ETH to {recipient}, and 2 ETH to {recipient}, in block 7, nonce 3. It is exactly what refund r must pay."
        )
    );
    assert_eq!(
        errors::stored(german(), &masked_stored(&stored)),
        "Sie hat in Block 7 gezahlt: 1 ETH an 0x5a…eAed und 2 ETH an 0x5a…eAed (Nonce 3). Sie ist genau das, was die \
         Erstattung r zahlen muss."
    );
    let old = "The issuer has paused all transfers of this coin.";
    assert_eq!(errors::stored(german(), old), old);
    assert_eq!(ErrorText::of_stored(old).stored(), old);
}

#[test]
fn plurals_dates_and_elements_are_those_of_the_language() {
    let (english, german) = (Language::english(), german());
    let confirmations = |language: Language, count: u64| language.with("payment-confirmations", [("count", count)]);
    assert_eq!([1, 2].map(|count| confirmations(english, count)), ["1 confirmation", "2 confirmations"]);
    assert_eq!([1, 2].map(|count| confirmations(german, count)), ["1 Bestätigung", "2 Bestätigungen"]);
    let at = DateTime::parse_from_rfc3339("2026-03-05T08:07:09Z").unwrap().to_utc();
    assert_eq!(time::in_language(english, at, false), time::text(at));
    assert_eq!(time::in_language(english, at, true), time::text_with_seconds(at));
    assert_eq!(time::in_language(german, at, false), "5. März 2026, 08:07 UTC");
    assert_eq!(time::in_language(german, at, true), "5. März 2026, 08:07:09 UTC");
    let lead = english.around("confirm-lead", "shop");
    assert!(lead.0.is_empty() && lead.1.starts_with(" wants to send you a refund."), "{lead:?}");
    let amount = german.around_with("refund-amount-on-network", "amount", [("network", "Base")]);
    assert_eq!(amount, (String::new(), " auf Base".to_owned()));
    for language in Language::all() {
        let (before, between, after) = language.around_two("refund-amount-on-network", ["amount", "network"]);
        let whole = language.with("refund-amount-on-network", [("amount", "1 ETH"), ("network", "Base")]);
        assert_eq!(format!("{before}1 ETH{between}Base{after}"), whole, "{language:?} has the network first");
    }
    // A time inside a sentence: an element on pages, and in UTC elsewhere.
    let held = TimedSentence::new(german, "refund-next-new-address", "until", at);
    assert_eq!(held.before, "Die Adresse ist neu. Der Betrag bleibt bis ");
    assert!(held.in_utc(german).contains(" bis 5. März 2026, 08:07 UTC reserviert "), "{held:?}");
    assert_eq!(TimedSentence::from("None.".to_owned()).in_utc(german), "None.");
    // A countdown gets the text for many seconds in two parts, and the one for a single second.
    let seconds = german.around("wizard-rate-seconds", "seconds");
    assert_eq!(seconds, ("Der Kurs gilt noch ".to_owned(), " Sekunden.".to_owned()));
    assert_eq!(german.with("wizard-rate-seconds", [("seconds", 1_u64)]), "Der Kurs gilt noch 1 Sekunde.");
}

/// What is sealed in the audit log has English names and codes.
#[test]
fn facts_of_the_audit_log_are_told_in_the_language() {
    let detail = json!({
        "statusBefore": "processing", "heldReason": "signer_away", "nextStep": "The signer does not answer.", "memo": null,
        "heldUntil": "2026-03-05T08:07:09Z", "feePayer": "customer", "overrides": ["address_paid_before"], "detail": "Why.",
        "before": { "second_factor": "yes", "refund_limit": "", "cool_down": "24h" }, "final": true, "XYZ": "1",
    });
    let told = facts::of_entry(german(), "refund.held", &detail);
    let value =
        |name: &str| told.iter().find(|fact| fact.name == name).map(|fact| fact.value.clone()).unwrap_or_default();
    // Pages write a time in the time zone of the reader.
    let times: Vec<_> = told.iter().filter(|fact| fact.at.is_some()).map(|fact| fact.name.as_str()).collect();
    assert_eq!(times, ["Wartet bis"]);
    let next = next_steps::of_held_transfer(german(), HeldReason::SignerAway);
    let (held, despite) = (HeldReason::SignerAway.title(german()), Warning::AddressPaidBefore.title(german()));
    for (name, expected) in [
        ("Status davor", "in Bearbeitung"),
        ("Wartet, weil", held.as_str()),
        ("Nächster Schritt", next.as_str()),
        ("Wartet bis", "5. März 2026, 08:07:09 UTC"),
        ("Netzwerkgebühr zahlt", "Kunde"),
        ("Übergangene Warnungen", despite.as_str()),
        ("In einem endgültigen Block", "ja"),
        ("XYZ", "1"),
    ] {
        assert_eq!(value(name), expected, "{name}: {told:#?}");
    }
    let rules = value("Davor");
    assert!(rules.contains("neue Adresse: 24h; ") && rules.ends_with("verlangen: ja"), "{rules}");
    let english: Vec<_> = told.iter().filter(|fact| fact.is_english).map(|fact| fact.value.as_str()).collect();
    assert_eq!((english, told.len()), (vec!["Why."], 10), "what is empty is left out");
    // The same word says another thing of another object, and what is not known is shown as it is.
    let status = json!({ "status": "paid" });
    let of = |action: &str| facts::of_entry(german(), action, &status).remove(0).value;
    assert_eq!(
        ["payment.paid", "unsupported_funds.received", "x.y"].map(of),
        ["gutgeschrieben", "nicht gutgeschrieben", "paid"]
    );
    let of = |reason: &str| facts::of_entry(german(), "payouts.paused", &json!({ "reason": reason })).remove(0).value;
    let reasons = ["Paused on the command line.", "a look at the wallet"].map(of);
    assert_eq!(reasons, ["Auf der Kommandozeile pausiert.", "a look at the wallet"]);
    assert_eq!(history::of_action(german(), "overdue.refund_pending"), "Überfällig: Erstattung noch nicht gesendet");
    assert_eq!(history::of_action(german(), "something.new_here"), "something new here");
}

#[test]
fn what_the_signer_says_is_introduced_in_the_language() {
    let of = |reason, detail: &str| {
        [Language::english(), german()].map(|language| payouts::of_hold(language, reason, detail))
    };
    let said = "over the limit of a transfer";
    assert_eq!(of(HeldReason::SignerRefuses, said), [said.to_owned(), format!("Meldung des Signaturdienstes: {said}")]);
    let old = "What an older version has stored.";
    assert_eq!(of(HeldReason::AwaitingFunds, old), [old, old]);
    let own = ErrorText::new("payouts-detail-on-command-line").stored();
    assert_eq!(of(HeldReason::SignerAway, &own)[1], "Auf der Kommandozeile pausiert.");
    let node = ErrorText::new("networks-details-error").with("cause", "timed out");
    assert_eq!(errors::text(german(), &node), "die Abfrage ist fehlgeschlagen: timed out");
}

#[test]
fn where_a_rate_comes_from_has_a_name_unless_it_is_a_host() {
    let of = |source: &str| [Language::english(), german()].map(|language| money::of_rate_source(language, source));
    assert_eq!(of("sandbox table"), ["sandbox table", "Kurstabelle der Testumgebung"]);
    assert_eq!(of("rates.example"), ["rates.example", "rates.example"]);
    // Each source has the name that is known here.
    for name in [SandboxRates::new(Decimal::ZERO).name(), NoRates.name()] {
        assert_ne!(money::of_rate_source(german(), &name), name);
    }
}

#[test]
fn every_event_that_endpoints_receive_has_its_meaning() {
    for event in EVENTS {
        assert!(!of_event(Language::english(), event).is_empty(), "{event}");
    }
}

#[test]
fn what_the_database_says_is_told_in_the_language_also_if_it_is_masked() {
    let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    let story = ErrorText::new("payouts-movement-to-deposits").with("amount", "5 USDC").with("account", address);
    let story = TextValue::sentences([story]);
    let text = ErrorText::new("payouts-movement-in-transaction").with("story", story).with("transaction", "0xab");
    let told = errors::stored(german(), &text.stored());
    assert_eq!(told, format!("5 USDC sind an der Einzahlungsadresse {address} eingegangen. Transaktion 0xab."));
    let masked = masked_stored(&text.stored());
    let told = errors::stored(Language::english(), &masked);
    assert_eq!(told, "5 USDC came to the deposit address 0x5a…eAed. Transaction 0xab.");
    assert_eq!(masked_stored(&masked), masked);
    // As older versions have stored it.
    assert_eq!(errors::stored(german(), "What was known then."), "What was known then.");
}
