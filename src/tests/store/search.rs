//! The search: every kind of look-up, and its bounds.

use crate::support::{CUSTOMER, TestApp, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        ids::{MerchantId, NoteId},
        intents::{
            order::{NewOrder, OrderText},
            payment::PaymentStatus,
        },
        money::currency::Currency::Usd,
        paging::PageRequest,
        refunds::new_refund::NewRefund,
        search::SearchText,
    },
    service::intents::{
        note,
        order::{self, CheckoutChoice},
    },
    store::{
        intents::{IntentFilter, unsupported_funds::UnsupportedFilter},
        refunds::RefundFilter,
    },
    texts,
};
use uuid::Uuid;

/// The intents, refunds and deposits that a text finds.
async fn found(app: &TestApp, text: &str) -> [Vec<Uuid>; 3] {
    found_by(app, texts::search::parse(text).unwrap()).await
}

async fn found_by(app: &TestApp, text: SearchText) -> [Vec<Uuid>; 3] {
    let found = app.store().search(app.merchant, &text, 6).await.unwrap();
    let all = [
        found.intents.iter().map(|intent| intent.id.0).collect(),
        found.refunds.iter().map(|refund| refund.id.0).collect(),
        found.payments.iter().map(|payment| payment.id.0).collect(),
    ];
    // Lists find by the same look-ups, without their bounds.
    let page = PageRequest::first();
    let intents = IntentFilter { search: Some(text.clone()), ..IntentFilter::default() };
    let listed = app.store().intents(app.merchant, &intents, &page).await.unwrap().items;
    assert_eq!(listed.iter().map(|intent| intent.id.0).take(7).collect::<Vec<_>>(), all[0], "{text:?}");
    let refunds = RefundFilter { search: Some(text.clone()), ..RefundFilter::default() };
    let listed = app.store().refunds(app.merchant, &refunds, &page).await.unwrap().items;
    assert_eq!(listed.iter().map(|refund| refund.id.0).take(7).collect::<Vec<_>>(), all[1], "{text:?}");
    all
}

on_both_engines! {
    async fn everything_is_found_by_each_of_its_names_and_their_beginnings(app: &TestApp) {
        app.fund("1000", Usd).await;
        let text = OrderText {
            reference: "Shop-77_a%".to_owned(),
            purchaser_email: Some("paul@buyer.example".to_owned()),
            ..OrderText::default()
        };
        let new = NewOrder { price: money("50", Usd), receive: None, text };
        let (rates, chain) = (app.requite.rates.as_ref(), app.requite.chain.as_ref());
        let made = order::create(app.store(), rates, chain, &app.context(), &app.owner, &new).await.unwrap();
        let choice = CheckoutChoice { coin: Usd, network: Some(Network::Base), purchaser_email: None };
        let chosen =
            order::checkout((&app.requite).into(), &app.context(), &app.owner, made.number, choice).await.unwrap();
        let intent = app.wait_for_addresses(chosen.intent.unwrap()).await;
        app.pay(&intent, None, PaymentStatus::Paid).await.unwrap();
        let intent = app.reload(intent).await;
        app.advance(Duration::seconds(1));
        let other = app.paid_intent("70", Usd, Network::Base).await;
        let mut wanted = app.order(&intent, "10");
        wanted.customer_email = Some("anna@shop.example".to_owned());
        wanted.note = Some("The PARCEL was late; see mail.".to_owned());
        let refund = app.refund(&wanted).await.unwrap();
        app.settle().await;
        let hash = app.reload_refund(&refund).await.transaction_hash.unwrap();
        let payment = app.store().payments_of(app.merchant, intent.id).await.unwrap().remove(0);
        let (paid_by, sender) = (payment.transaction_hash.clone().unwrap(), payment.from_address.clone().unwrap());
        let deposit = intent.payment_methods[0].address.clone().unwrap();
        let (i, r, p) = (vec![intent.id.0], vec![refund.id.0], vec![payment.id.0]);
        let none = Vec::new;
        for (text, expected) in [
            // Ids, whole and their beginnings; of what belongs to the intent too.
            (intent.id.to_string(), [i.clone(), r.clone(), none()]),
            (refund.id.to_string(), [i.clone(), r.clone(), none()]),
            (refund.id.to_string()[..20].to_uppercase(), [none(), r.clone(), none()]),
            (payment.id.to_string(), [i.clone(), none(), p.clone()]),
            // Numbers, and the shop's own name in any case.
            (format!("#{}", intent.order_number), [i.clone(), r.clone(), none()]),
            ("sHOP-77_A%".to_owned(), [i.clone(), r.clone(), none()]),
            ("shop-7".to_owned(), [i.clone(), r.clone(), none()]),
            // Transactions: whole, in another case, without 0x, their beginnings, in a link.
            (hash.clone(), [i.clone(), r.clone(), none()]),
            (hash[2..].to_uppercase(), [i.clone(), r.clone(), none()]),
            (hash[..20].to_owned(), [i.clone(), r.clone(), none()]),
            (paid_by.clone(), [i.clone(), none(), p.clone()]),
            (format!("https://basescan.org/tx/{paid_by}"), [i.clone(), none(), p.clone()]),
            (paid_by[..20].to_owned(), [i.clone(), none(), p.clone()]),
            // Addresses: of the deposit, and of the recipient in any case.
            (deposit.to_lowercase(), [i.clone(), none(), none()]),
            (deposit[..12].to_uppercase().replace("0X", "0x"), [i.clone(), none(), none()]),
            (CUSTOMER.to_lowercase(), [none(), r.clone(), none()]),
            (CUSTOMER[..9].to_owned(), [none(), r.clone(), none()]),
            // E-mail addresses: of the refund and of the order.
            ("ANNA@shop.example".to_owned(), [i.clone(), r.clone(), none()]),
            ("anna".to_owned(), [i.clone(), r.clone(), none()]),
            ("Paul@b".to_owned(), [i.clone(), r.clone(), none()]),
            // Words of the note; the last one may be a beginning.
            ("parcel".to_owned(), [none(), r.clone(), none()]),
            ("parcel late".to_owned(), [none(), r.clone(), none()]),
            ("late parc".to_owned(), [none(), r.clone(), none()]),
            ("late banana".to_owned(), [none(), none(), none()]),
            // A command concerns what follows.
            (format!("refund order {}", intent.order_number), [i.clone(), r.clone(), none()]),
            // No sign is a wildcard, and nothing is part of a statement.
            ("anna%".to_owned(), [none(), none(), none()]),
            ("%".to_owned(), [none(), none(), none()]),
            ("____".to_owned(), [none(), none(), none()]),
            ("shop-77*".to_owned(), [none(), none(), none()]),
            ("' or 1 = 1 --".to_owned(), [none(), none(), none()]),
            ("an\0na".to_owned(), [none(), none(), none()]),
            ("\u{10ffff}\u{10ffff}\u{10ffff}".to_owned(), [none(), none(), none()]),
            ("a".repeat(300), [none(), none(), none()]),
        ] {
            assert_eq!(found(app, &text).await, expected, "{text:?}");
        }
        // All payments of the sandbox may come from one account.
        let [intents, ..] = found(app, &sender[..10].to_uppercase().replace("0X", "0x")).await;
        assert!(intents.contains(&intent.id.0), "{sender}");
        let unsupported = app.pay(&intent, Some(money("3", Usd)), PaymentStatus::Paid).await.unwrap();
        let page = PageRequest::first();
        for (text, is_found) in [
            (unsupported.transaction_hash.clone().unwrap(), true),
            (unsupported.id.to_string(), true),
            (intent.id.to_string(), true),
            (format!("#{}", intent.order_number), true),
            ("shop-77".to_owned(), true),
            ("paul@".to_owned(), true),
            (deposit[..12].to_lowercase(), true),
            (format!("#{}", other.order_number), false),
        ] {
            let filter = UnsupportedFilter { search: texts::search::parse(&text), ..UnsupportedFilter::default() };
            let listed = app.store().unsupported_funds(app.merchant, &filter, &page).await.unwrap().items;
            assert_eq!(!listed.is_empty(), is_found, "{text}");
        }
        // Another merchant finds nothing of it.
        let stranger = MerchantId(Uuid::from_u128(1));
        for text in [intent.id.to_string(), hash, paid_by, deposit, "anna".to_owned(), "parcel".to_owned(), "shop-77".to_owned()] {
            let text = texts::search::parse(&text).unwrap();
            let found = app.store().search(stranger, &text, 6).await.unwrap();
            assert!(found.intents.is_empty() && found.refunds.is_empty() && found.payments.is_empty(), "{text:?}");
        }
    }

    async fn words_of_colleagues_notes_lead_to_the_intent(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        app.paid_intent("70", Usd, Network::Base).await;
        for (id, text) in [(1, "The INVOICE is missing,\nhe says; überwiesen am Montag."), (2, "Called again."), (3, "!")] {
            let id = NoteId(Uuid::from_u128(id));
            note::add(app.store(), &app.context(), &app.operator, intent.id, id, text).await.unwrap();
        }
        for (text, is_found) in [
            ("invoice", true),
            ("INVOI", true),
            ("missing invoice", true),
            ("is missing inv", true),
            ("Überwiesen", true),
            ("called", true),
            // Words of different notes.
            ("invoice called", false),
            ("invoice banana", false),
            ("nvoice", false),
        ] {
            let expected = [if is_found { vec![intent.id.0] } else { Vec::new() }, Vec::new(), Vec::new()];
            assert_eq!(found(app, text).await, expected, "{text:?}");
        }
        let stranger = MerchantId(Uuid::from_u128(1));
        let text = texts::search::parse("missing invoice").unwrap();
        assert!(app.store().search(stranger, &text, 6).await.unwrap().intents.is_empty());
        // A form that is sent twice writes its words once, and a note that is removed is not found any more.
        note::add(app.store(), &app.context(), &app.operator, intent.id, NoteId(Uuid::from_u128(2)), "Called again.").await.unwrap();
        assert_eq!(app.count("select count(*) from intent_note_words where word = 'called'").await, 1);
        app.tamper("delete from intent_notes where text = 'Called again.'").await.unwrap();
        assert_eq!(found(app, "called").await, [Vec::<Uuid>::new(), Vec::new(), Vec::new()]);
    }

    /// With the beginnings of its words, what is masked in a note could be guessed letter by letter.
    async fn words_of_what_is_masked_in_notes_find_nothing_for_whoever_sees_it_masked(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for (id, text) in [
            (1, "The invoice is missing."),
            (2, "anna.berger@shop.example wants a receipt"),
            (3, "Urgent! TJRabPrwbZy45sbavfcjinPJC18kjpRTv8 is hers."),
        ] {
            let id = NoteId(Uuid::from_u128(id));
            note::add(app.store(), &app.context(), &app.operator, intent.id, id, text).await.unwrap();
        }
        let mut refunds = Vec::new();
        for note in ["The parcel was late.", "bella.curie@shop.example asked", "Her account: TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf"] {
            app.advance(Duration::seconds(1));
            let wanted = NewRefund { note: Some(note.to_owned()), ..app.order(&intent, "1") };
            refunds.push(app.refund(&wanted).await.unwrap().id.0);
        }
        let of_intent = [vec![intent.id.0], vec![], vec![]];
        let of_refund = |place: usize| [vec![], vec![refunds[place]], vec![]];
        for (text, whole, is_shown) in [
            ("invoice", of_intent.clone(), true),
            ("missing inv", of_intent.clone(), true),
            ("urgent", of_intent.clone(), true),
            ("urgent hers", of_intent.clone(), true),
            ("berg", of_intent.clone(), false),
            ("receipt", of_intent.clone(), false),
            ("wants ber", of_intent.clone(), false),
            ("tjrabp", of_intent.clone(), false),
            ("urgent tjra", of_intent, false),
            ("parcel", of_refund(0), true),
            ("late parc", of_refund(0), true),
            ("curie", of_refund(1), false),
            ("asked bel", of_refund(1), false),
            ("account", of_refund(2), true),
            ("txyzop", of_refund(2), false),
            ("account txyz", of_refund(2), false),
        ] {
            assert_eq!(found(app, text).await, whole, "{text}");
            let expected = if is_shown { whole } else { [vec![], vec![], vec![]] };
            let text = texts::search::parse(text).unwrap().of_whole_customers();
            assert_eq!(found_by(app, text.clone()).await, expected, "{text:?}");
        }
    }

    async fn many_rows_are_bounded_and_the_newest_are_first(app: &TestApp) {
        app.fund("1000", Usd).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let mut ids = Vec::new();
        for number in 0..9 {
            app.advance(Duration::seconds(1));
            let mut wanted = app.order(&intent, "1");
            wanted.customer_email = Some(if number == 0 { "anna@a.example" } else { "anna@b.example" }.to_owned());
            ids.insert(0, app.refund(&wanted).await.unwrap().id);
        }
        for text in ["anna@", "anna@b.example", CUSTOMER, "#1001"] {
            let text = texts::search::parse(text).unwrap();
            let found = app.store().search(app.merchant, &text, 3).await.unwrap();
            assert_eq!(found.refunds.iter().map(|refund| refund.id).collect::<Vec<_>>(), ids[..4], "{text:?}");
        }
    }
}
