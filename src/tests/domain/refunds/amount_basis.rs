//! How much is refunded when the price of a coin has changed.

use chrono::{DateTime, Utc};
use requite::domain::{
    error::ErrorCode,
    ids::{MerchantId, PaymentIntentId},
    intents::{
        metadata::Metadata,
        payment_intent::{AmountDue, IntentKind, PaymentIntent},
    },
    money::{
        Money,
        currency::Currency::{self, Eth, Eur, Usd},
    },
    refunds::{amount_basis::AmountBasis, quote::Rate},
};
use rust_decimal::Decimal;
use uuid::Uuid;

fn money(text: &str, currency: Currency) -> Money {
    Money::parse(text, currency).unwrap()
}

fn intent(asked: &str, paid: &str, refunded: &str) -> PaymentIntent {
    let nothing = money("0", Eth);
    PaymentIntent {
        id: PaymentIntentId(Uuid::nil()),
        merchant_id: MerchantId(Uuid::nil()),
        order_number: 1,
        kind: IntentKind::Transient(AmountDue {
            amount: money(asked, Eth),
            price: None,
            expires_at: DateTime::<Utc>::UNIX_EPOCH,
        }),
        settlement_currency: Usd,
        payment_methods: vec![],
        metadata: Metadata::default(),
        paid: money(paid, Eth),
        refunded: money(refunded, Eth),
        in_flight: nothing,
        fees: money("0", Usd),
        pending_payments: 0,
        lost_deposits: 0,
        last_paid_at: None,
        payment_ids: vec![],
        refund_ids: vec![],
        timeline: vec![],
        created_at: DateTime::<Utc>::UNIX_EPOCH,
        updated_at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

fn with_price(price: Money, intent: PaymentIntent) -> PaymentIntent {
    let asked = AmountDue { price: Some(price), ..*intent.amount_due().unwrap() };
    PaymentIntent { kind: IntentKind::Transient(asked), ..intent }
}

#[test]
fn a_continuous_intent_refunds_coins_and_has_no_overpayment() {
    let intent = PaymentIntent { kind: IntentKind::Continuous, ..intent("1", "3", "0.5") };
    assert_eq!(amount(AmountBasis::AsPaid(None), &intent), Ok(money("2.5", Eth)));
    assert_eq!(amount(AmountBasis::TodaysRate(money("1000", Usd)), &intent), Ok(money("0.25", Eth)));
    assert_eq!(amount(AmountBasis::AsPaid(Some(money("2.51", Eth))), &intent), Err(ErrorCode::AmountExceedsRefundable));
    assert_eq!(amount(AmountBasis::Overpaid, &intent), Err(ErrorCode::NothingOverpaid));
    assert_eq!(amount(AmountBasis::OfPrice(money("10", Eur)), &intent), Err(ErrorCode::CurrencyMismatch));
    assert_eq!(intent.due(), None);
}

fn rate(price: &str) -> Rate {
    let price = Decimal::from_str_exact(price).unwrap();
    Rate { of: Usd, per: Eth, price, source: "test".into(), at: DateTime::<Utc>::UNIX_EPOCH }
}

fn amount(basis: AmountBasis, intent: &PaymentIntent) -> Result<Money, ErrorCode> {
    basis.resolve(intent, Some(&rate("0.00025"))).map(|resolved| resolved.amount).map_err(|error| error.code)
}

#[test]
fn coins_are_refunded_in_the_paid_amount() {
    let intent = intent("1", "1", "0.25");
    assert_eq!(amount(AmountBasis::AsPaid(None), &intent), Ok(money("0.75", Eth)));
    assert_eq!(amount(AmountBasis::AsPaid(Some(money("0.5", Eth))), &intent), Ok(money("0.5", Eth)));
    assert_eq!(amount(AmountBasis::AsPaid(Some(money("0.76", Eth))), &intent), Err(ErrorCode::AmountExceedsRefundable));
    assert_eq!(amount(AmountBasis::AsPaid(Some(money("0.5", Usd))), &intent), Err(ErrorCode::CurrencyMismatch));
}

#[test]
fn a_price_is_converted_at_the_current_rate() {
    let intent = intent("1", "1", "0");
    assert_eq!(amount(AmountBasis::TodaysRate(money("1000", Usd)), &intent), Ok(money("0.25", Eth)));
    // The coin has become so cheap that the paid amount does not cover the price.
    assert_eq!(amount(AmountBasis::TodaysRate(money("4001", Usd)), &intent), Err(ErrorCode::AmountExceedsRefundable));
    assert_eq!(amount(AmountBasis::TodaysRate(money("5", Eur)), &intent), Err(ErrorCode::RateUnavailable));
    let fine = AmountBasis::TodaysRate(money("0.000001", Usd)).resolve(&intent, Some(&rate("0.0000000000003333")));
    assert_eq!(fine.unwrap_err().code, ErrorCode::AmountNotPositive, "rounded down to nothing");
}

#[test]
fn only_the_overpaid_amount_is_refunded() {
    assert_eq!(amount(AmountBasis::Overpaid, &intent("1", "1.3", "0")), Ok(money("0.3", Eth)));
    assert_eq!(amount(AmountBasis::Overpaid, &intent("1", "1.3", "0.1")), Ok(money("0.2", Eth)));
    for (paid, refunded) in [("1", "0"), ("0.9", "0"), ("1.3", "0.3"), ("1.3", "1.3")] {
        assert_eq!(amount(AmountBasis::Overpaid, &intent("1", paid, refunded)), Err(ErrorCode::NothingOverpaid));
    }
}

#[test]
fn a_part_of_the_price_takes_the_same_part_of_the_requested_amount() {
    let priced = |paid, refunded| with_price(money("100", Eur), intent("0.03", paid, refunded));
    let part = |text| AmountBasis::OfPrice(money(text, Eur));
    let resolved = part("25").resolve(&priced("0.03", "0"), None).unwrap();
    assert_eq!((resolved.amount, resolved.value), (money("0.0075", Eth), money("25", Eur)));
    // A third and a third, each rounded down; the last third takes the rounding remainder, so that nothing is left.
    let third = amount(part("33.33"), &priced("0.03", "0")).unwrap();
    assert_eq!(third, money("0.009999", Eth));
    assert_eq!(amount(part("33.34"), &priced("0.03", "0.019998")), Ok(money("0.010002", Eth)));
    assert_eq!(amount(part("33.35"), &priced("0.03", "0.019998")), Err(ErrorCode::AmountExceedsRefundable));
    assert_eq!(amount(part("100.01"), &priced("0.03", "0")), Err(ErrorCode::AmountExceedsRefundable));
    assert_eq!(amount(part("100"), &priced("0.02", "0")), Err(ErrorCode::AmountExceedsRefundable), "paid too little");
    assert_eq!(amount(part("100"), &priced("0.04", "0")), Ok(money("0.03", Eth)), "what was overpaid stays");
    assert_eq!(amount(AmountBasis::OfPrice(money("1", Usd)), &priced("0.03", "0")), Err(ErrorCode::CurrencyMismatch));
    assert_eq!(amount(part("0"), &priced("0.03", "0")), Err(ErrorCode::AmountNotPositive));
    // An intent without a price of its own uses the requested amount as price.
    assert_eq!(amount(AmountBasis::OfPrice(money("0.01", Eth)), &intent("0.03", "0.03", "0")), Ok(money("0.01", Eth)));
}

#[test]
fn parts_that_make_up_the_price_refund_everything() {
    // Seven parts of a price, none a whole number of the coin's units, each of which is worth a tenth of a cent.
    let mut intent = with_price(money("10", Eur), intent("0.000000000000010333", "0.000000000000010333", "0"));
    for part in ["1.43", "1.43", "1.43", "1.43", "1.43", "1.43", "1.42"] {
        let resolved = AmountBasis::OfPrice(money(part, Eur)).resolve(&intent, None).unwrap();
        intent.refunded = intent.refunded.plus(resolved.amount).unwrap();
    }
    assert!(intent.left().is_zero(), "{}", intent.left());
}
