//! The refund wizard.

use crate::support::{CUSTOMER, Engine, TestApp, code, money};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        error::{ErrorCode, Field},
        ids::RefundDraftId,
        intents::{payment::PaymentStatus, payment_intent::PaymentIntent},
        money::currency::Currency::{Btc, Eth, Eur, Usd, Usdt},
        refunds::{
            draft::{AmountEntry, AmountInput, RecipientInput, WizardStep},
            quote::{FeePayer, Rounding, multiply},
            refund::RefundStatus,
        },
    },
    service::refunds::draft::{self, WizardConfirmation},
};

fn recipient(address: &str) -> RecipientInput {
    RecipientInput {
        network: "BASE".to_owned(),
        address: address.to_owned(),
        email: "Customer@Example.com".to_owned(),
        reason: "duplicate".to_owned(),
        ..RecipientInput::default()
    }
}

/// An amount entered in coins.
fn coins(amount: &str) -> AmountInput {
    AmountInput { amount: amount.to_owned(), ..AmountInput::default() }
}

/// A draft that is ready to be confirmed.
pub(super) async fn filled_draft(app: &TestApp, intent: &PaymentIntent, amount: &str) -> RefundDraftId {
    let id = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap().id;
    assert!(draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, recipient(CUSTOMER)).await.unwrap());
    assert!(draft::save_amount(app.refunds(), &app.context(), &app.owner, id, coins(amount)).await.unwrap());
    assert!(
        draft::save_funding(
            app.refunds(),
            &app.context(),
            &app.owner,
            id,
            intent.currency().code(),
            FeePayer::Merchant
        )
        .await
        .unwrap()
    );
    id
}

/// What the confirm page would submit now.
pub(super) async fn displayed(app: &TestApp, id: RefundDraftId) -> WizardConfirmation {
    let open = draft::get(app.store(), &app.owner, id).await.unwrap();
    let typed = draft::typed_confirmation(app.refunds(), &app.context(), &open).await.unwrap().unwrap_or_default();
    WizardConfirmation {
        quote_id: open.draft.quote_id,
        confirmed: true,
        typed,
        left: open.intent.left().number(),
        code: String::new(),
    }
}

async fn intent_of(app: &TestApp, id: RefundDraftId) -> PaymentIntent {
    draft::get(app.store(), &app.owner, id).await.unwrap().intent
}

/// An amount entered as a price.
fn price(price: &str) -> AmountInput {
    AmountInput { entry: AmountEntry::Price, price: price.to_owned(), ..AmountInput::default() }
}

on_both_engines! {
    async fn a_coin_other_than_the_paid_one_can_be_sent(app: &TestApp) {
        app.fund("5000", Usd).await;
        let intent = app.paid_intent("1", Eth, Network::Base).await;
        let id = filled_draft(app, &intent, "0.25").await;
        draft::save_coin(app.refunds(), &app.context(), &app.owner, id, "USDT").await.unwrap();
        let open = draft::get(app.store(), &app.owner, id).await.unwrap();
        // Base does not support USDT, so network and address are required again; the other fields keep their values.
        assert_eq!((open.draft.recipient.network.as_str(), open.draft.recipient.address.as_str()), ("", ""));
        assert_eq!((open.draft.recipient.reason.as_str(), open.draft.quote_id), ("duplicate", None));
        assert_eq!(open.draft.first_open_step(&open.intent), WizardStep::Recipient);
        let on_base = recipient(CUSTOMER);
        assert!(!draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, on_base.clone()).await.unwrap());
        let on_ethereum = RecipientInput { network: "ETH".to_owned(), ..on_base };
        assert!(draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, on_ethereum).await.unwrap());
        assert!(
            draft::save_funding(app.refunds(), &app.context(), &app.owner, id, "USD", FeePayer::Merchant)
                .await
                .unwrap()
        );
        draft::renew_quote(app.refunds(), &app.context(), &app.owner, id).await.unwrap();
        let refund = app.confirm_draft(id, &displayed(app, id).await).await.unwrap();
        app.settle().await;
        let refund = app.requite.store.refund(app.merchant, refund).await.unwrap();
        assert_eq!((refund.amount(), refund.status), (money("0.25", Eth), RefundStatus::Completed));
        assert_eq!((refund.terms.send.currency(), refund.network), (Usdt, Network::Eth));
        assert_eq!(refund.terms.send.amount(), multiply(
            refund.amount().amount(), refund.terms.coin_rate, 6, Rounding::Down).unwrap());
        assert_eq!(app.reload(intent).await.refunded, money("0.25", Eth));
        assert_eq!(
            draft::save_coin(app.refunds(), &app.context(), &app.owner, id, "DOGE").await.unwrap_err().code(),
            ErrorCode::CurrencyUnknown
        );
    }

    async fn an_amount_can_be_a_price_or_the_overpayment(app: &TestApp) {
        app.fund("5000", Usd).await;
        let intent = app.intent("1", Eth, Network::Base).await;
        app.pay(&intent, Some(money("1.25", Eth)), PaymentStatus::Paid).await.unwrap();
        let id = filled_draft(app, &intent, "0.1").await;
        let save = async |input| draft::save_amount(app.refunds(), &app.context(), &app.owner, id, input).await;
        let amount = || async {
            draft::get(app.store(), &app.owner, id)
                .await
                .unwrap()
                .draft
                .new_refund(&intent_of(app, id).await)
                .map(|order| order.amount)
        };
        // 371.10 dollars at 3711 a piece, as the coin's price in ether is rounded.
        assert!(save(price("371.10")).await.unwrap());
        let coins = amount().await.unwrap();
        assert!(coins >= money("0.1", Eth) && coins <= money("0.100000000000000371", Eth), "{coins}");
        assert!(save(AmountInput { entry: AmountEntry::Overpaid, ..AmountInput::default() }).await.unwrap());
        assert_eq!(amount().await, Ok(money("0.25", Eth)));
        for (typed, expected) in [
            ("5000", ErrorCode::AmountExceedsRefundable),
            ("", ErrorCode::Required),
            ("x", ErrorCode::AmountMalformed),
            ("0.0000001", ErrorCode::AmountTooPrecise),
        ] {
            assert!(!save(price(typed)).await.unwrap(), "{typed}");
            let open = draft::get(app.store(), &app.owner, id).await.unwrap();
            let problem = draft::amount_problem(app.refunds(), &app.context(), &open).await.unwrap().unwrap();
            assert_eq!((problem.code, problem.field), (expected, Some(Field::Amount)), "{typed}");
            assert_eq!((open.draft.amount.price.as_str(), open.draft.first_open_step(&open.intent)), (typed, WizardStep::Amount));
        }
    }

    async fn confirming_a_draft_repeatedly_creates_one_refund(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = filled_draft(app, &intent, "25").await;
        let confirmation = displayed(app, id).await;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (app, confirmation) = (app.clone(), confirmation.clone());
                tokio::spawn(async move { app.confirm_draft(id, &confirmation).await.unwrap() })
            })
            .collect();
        let mut refunds = Vec::new();
        for task in tasks {
            refunds.push(task.await.unwrap());
        }
        refunds.dedup();
        assert_eq!(refunds.len(), 1);
        let refund = app.requite.store.refund(app.merchant, refunds[0]).await.unwrap();
        assert_eq!(refund.amount(), money("25", Usd));
        assert_eq!(refund.customer_email.as_deref(), Some("customer@example.com"));
        assert_eq!(app.count("select count(*) from refunds").await, 1);
        let open = draft::get(app.store(), &app.owner, id).await.unwrap();
        assert_eq!(open.draft.refund_id, Some(refund.id));
    }

    /// The confirm page of one tab shows an address; another tab changes the draft.
    async fn a_draft_changed_in_another_tab_must_be_reviewed_again(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = filled_draft(app, &intent, "25").await;
        let shown = displayed(app, id).await;
        let other = recipient("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
        draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, other).await.unwrap();
        assert_eq!(code(app.confirm_draft(id, &shown).await), ErrorCode::QuoteExpired);
        // Saving the same values again changes nothing and is not an error.
        draft::renew_quote(app.refunds(), &app.context(), &app.owner, id).await.unwrap();
        let shown = displayed(app, id).await;
        draft::save_amount(app.refunds(), &app.context(), &app.owner, id, coins("25")).await.unwrap();
        assert_eq!(displayed(app, id).await.quote_id, shown.quote_id);
        draft::save_amount(app.refunds(), &app.context(), &app.owner, id, coins("26")).await.unwrap();
        assert_eq!(code(app.confirm_draft(id, &shown).await), ErrorCode::QuoteExpired);
        assert_eq!(app.count("select count(*) from refunds").await, 0);
    }

    /// A new rate is computed from the stored input; when that has changed meanwhile, the rate is dropped.
    async fn a_rate_for_earlier_input_is_not_stored(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = filled_draft(app, &intent, "25").await;
        let before = draft::get(app.store(), &app.owner, id).await.unwrap().draft;
        app.advance(Duration::seconds(1));
        draft::save_amount(app.refunds(), &app.context(), &app.owner, id, coins("26")).await.unwrap();
        let quote = before.quote_id.unwrap();
        app.requite.store.set_draft_quote(&app.requite.context(), &before, quote).await.unwrap();
        assert_eq!(displayed(app, id).await.quote_id, None);
    }

    async fn the_override_reason_of_one_look_alike_does_not_apply_to_the_next(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap().id;
        let typed = |address: &str, why: &str| RecipientInput { override_reason: why.to_owned(), ..recipient(address) };
        let kept = async || draft::get(app.store(), &app.owner, id).await.unwrap().draft.recipient.override_reason;
        draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, typed(CUSTOMER, "asked")).await.unwrap();
        draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, typed(CUSTOMER, "asked")).await.unwrap();
        assert_eq!(kept().await, "asked");
        let other = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
        draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, typed(other, "asked")).await.unwrap();
        assert_eq!(kept().await, "");
    }

    async fn a_second_tab_continues_the_same_draft(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let first = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap();
        draft::save_amount(app.refunds(), &app.context(), &app.owner, first.id, coins("12.5")).await.unwrap();
        let second = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap();
        assert_eq!((second.id, second.amount.amount.as_str()), (first.id, "12.5"));
    }

    async fn a_discarded_draft_leaves_nothing_in_the_next_one(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = filled_draft(app, &intent, "25").await;
        assert!(draft::get(app.store(), &app.owner, id).await.unwrap().draft.is_begun());
        let discard = async |id| draft::discard(app.refunds(), &app.context(), &app.owner, id, intent.id).await;
        let fresh = discard(id).await.unwrap();
        assert!(fresh.id != id && !fresh.is_begun() && fresh.amount == AmountInput::default(), "{fresh:?}");
        assert_eq!(code(draft::get(app.store(), &app.owner, id).await), ErrorCode::NotFound);
        assert_eq!(discard(id).await.unwrap(), fresh, "the same click again");
        // Nobody discards the draft of somebody else, or one that has become a refund.
        draft::discard(app.refunds(), &app.context(), &app.operator, fresh.id, intent.id).await.unwrap();
        assert_eq!(draft::get(app.store(), &app.owner, fresh.id).await.unwrap().draft, fresh);
        let id = filled_draft(app, &intent, "25").await;
        let refund = app.confirm_draft(id, &displayed(app, id).await).await.unwrap();
        discard(id).await.unwrap();
        assert_eq!(draft::get(app.store(), &app.owner, id).await.unwrap().draft.refund_id, Some(refund));
    }

    async fn invalid_input_is_kept(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap().id;
        let wrong = recipient("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed");
        assert!(!draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, wrong.clone()).await.unwrap());
        assert!(!draft::save_amount(app.refunds(), &app.context(), &app.owner, id, coins("100.000001")).await.unwrap());
        let open = draft::get(app.store(), &app.owner, id).await.unwrap();
        assert_eq!(open.draft.recipient.address, wrong.address);
        assert_eq!(open.draft.amount.amount, "100.000001");
        assert_eq!(open.draft.first_open_step(&open.intent), WizardStep::Recipient);
        let errors = open.draft.recipient.parse(Usd).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), [ErrorCode::AddressInvalid]);
    }

    async fn only_the_displayed_terms_can_be_confirmed(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = filled_draft(app, &intent, "25").await;
        let good = displayed(app, id).await;
        let rows = app.row_counts().await;

        let unticked = WizardConfirmation { confirmed: false, ..good.clone() };
        assert_eq!(code(app.confirm_draft(id, &unticked).await), ErrorCode::ConfirmationMissing);
        let unseen = WizardConfirmation { quote_id: None, ..good.clone() };
        assert_eq!(code(app.confirm_draft(id, &unseen).await), ErrorCode::QuoteExpired);
        let stale = WizardConfirmation { left: "99.00".to_owned(), ..good.clone() };
        assert_eq!(code(app.confirm_draft(id, &stale).await), ErrorCode::ExpectedRefundableStale);
        let garbled = WizardConfirmation { left: "everything".to_owned(), ..good.clone() };
        assert_eq!(code(app.confirm_draft(id, &garbled).await), ErrorCode::AmountMalformed);
        assert_eq!(app.row_counts().await, rows);

        // Another tab changes the amount, so the page that is still open is out of date.
        draft::save_amount(app.refunds(), &app.context(), &app.owner, id, coins("50")).await.unwrap();
        assert_eq!(code(app.confirm_draft(id, &good).await), ErrorCode::QuoteExpired);
        draft::renew_quote(app.refunds(), &app.context(), &app.owner, id).await.unwrap();
        assert_eq!(code(app.confirm_draft(id, &good).await), ErrorCode::QuoteExpired);
        app.confirm_draft(id, &displayed(app, id).await).await.unwrap();
    }

    async fn a_large_refund_requires_typing_the_end_of_the_address(app: &TestApp) {
        app.fund("5000", Usd).await;
        let intent = app.paid_intent("2000", Usd, Network::Base).await;
        let small = filled_draft(app, &intent, "999.999999").await;
        assert_eq!(displayed(app, small).await.typed, "");
        let id = filled_draft(app, &intent, "1000").await;
        let good = displayed(app, id).await;
        assert_eq!(good.typed, "1BeAed");
        let wrong = WizardConfirmation { typed: "1BeAee".to_owned(), ..good.clone() };
        assert_eq!(code(app.confirm_draft(id, &wrong).await), ErrorCode::ConfirmationMissing);
        app.confirm_draft(id, &good).await.unwrap();
        // What went to the same address within a day counts with it.
        let second = filled_draft(app, &intent, "1").await;
        assert_eq!(displayed(app, second).await.typed, "1BeAed");
    }

    async fn every_balance_shows_its_cost_or_why_it_cannot_be_used(app: &TestApp) {
        app.fund("1", Eth).await;
        app.fund("1", Eur).await;
        let intent = app.paid_intent("371.10", Usd, Network::Base).await;
        let id = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap().id;
        draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, recipient(CUSTOMER)).await.unwrap();
        draft::save_amount(app.refunds(), &app.context(), &app.owner, id, coins("371.10")).await.unwrap();
        let open = draft::get(app.store(), &app.owner, id).await.unwrap();
        let options = draft::funding_options(app.refunds(), &app.context(), &app.owner, &open).await.unwrap();
        let of = |currency| options.iter().find(|option| option.balance.available.currency() == currency).unwrap();
        // 371.10 / 3711 is a tenth of an ether; the price of a dollar in ether is rounded up, so the debit is slightly
        // more.
        let debit = of(Eth).offer.as_ref().unwrap().debit;
        assert!(debit >= money("0.1", Eth) && debit <= money("0.100000000000000371", Eth), "{debit}");
        assert_eq!(of(Eur).offer.as_ref().unwrap_err().code, ErrorCode::InsufficientBalance);
        assert_eq!(of(Usd).offer.as_ref().unwrap_err().code, ErrorCode::InsufficientBalance, "the fee was taken from it");
        assert!(options.iter().all(|option| option.balance.available.currency() != Btc), "there never was any");
        assert!(
            !draft::save_funding(app.refunds(), &app.context(), &app.owner, id, "EUR", FeePayer::Merchant)
                .await
                .unwrap()
        );
        assert!(
            !draft::save_funding(app.refunds(), &app.context(), &app.owner, id, "BTC", FeePayer::Merchant)
                .await
                .unwrap()
        );
        assert!(
            draft::save_funding(app.refunds(), &app.context(), &app.owner, id, "ETH", FeePayer::Merchant)
                .await
                .unwrap()
        );
    }
}

#[tokio::test]
async fn a_person_without_refund_permission_cannot_use_the_wizard() {
    let app = TestApp::new(Engine::Sqlite).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    assert_eq!(code(draft::open(app.refunds(), &app.context(), &app.viewer, intent.id).await), ErrorCode::Forbidden);
    let id = filled_draft(&app, &intent, "25").await;
    let confirmation = displayed(&app, id).await;
    let by_viewer =
        draft::confirm(app.refunds(), &app.context(), &app.requite.code_limits, &app.viewer, id, &confirmation).await;
    assert_eq!(code(by_viewer), ErrorCode::Forbidden);
    let key = requite::service::people::api_key::authenticate(
        app.store(),
        &app.context(),
        app.requite.settings.mode,
        &app.api_key,
        std::net::Ipv4Addr::LOCALHOST.into(),
    )
    .await
    .unwrap();
    assert_eq!(code(draft::open(app.refunds(), &app.context(), &key, intent.id).await), ErrorCode::Forbidden);
}
