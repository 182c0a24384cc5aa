//! How much goes back when a coin has changed its price.

use chrono::{DateTime, Utc};
use requite::domain::{
    amount_basis::AmountBasis,
    currency::Currency::{self, Eth, Eur, Usd},
    ids::{MerchantId, PaymentIntentId},
    money::Money,
    payment_intent::PaymentIntent,
    quote::Rate,
    refusal::ErrorCode,
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
        amount: money(asked, Eth),
        settlement_currency: Usd,
        payment_methods: vec![],
        paid: money(paid, Eth),
        refunded: money(refunded, Eth),
        in_flight: nothing,
        fees: money("0", Usd),
        pending_payments: 0,
        payment_ids: vec![],
        refund_ids: vec![],
        timeline: vec![],
        expires_at: DateTime::<Utc>::UNIX_EPOCH,
        created_at: DateTime::<Utc>::UNIX_EPOCH,
        updated_at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

fn rate(price: &str) -> Rate {
    let price = Decimal::from_str_exact(price).unwrap();
    Rate { of: Usd, per: Eth, price, source: "test".into(), at: DateTime::<Utc>::UNIX_EPOCH }
}

fn amount(basis: AmountBasis, intent: &PaymentIntent) -> Result<Money, ErrorCode> {
    basis.amount(intent, Some(&rate("0.00025"))).map_err(|refusal| refusal.code)
}

#[test]
fn coins_go_back_as_they_were_paid() {
    let intent = intent("1", "1", "0.25");
    assert_eq!(amount(AmountBasis::AsPaid(None), &intent), Ok(money("0.75", Eth)));
    assert_eq!(amount(AmountBasis::AsPaid(Some(money("0.5", Eth))), &intent), Ok(money("0.5", Eth)));
    assert_eq!(amount(AmountBasis::AsPaid(Some(money("0.76", Eth))), &intent), Err(ErrorCode::AmountExceedsRefundable));
    assert_eq!(amount(AmountBasis::AsPaid(Some(money("0.5", Usd))), &intent), Err(ErrorCode::CurrencyMismatch));
}

#[test]
fn a_price_buys_as_many_coins_as_it_does_today() {
    let intent = intent("1", "1", "0");
    assert_eq!(amount(AmountBasis::TodaysRate(money("1000", Usd)), &intent), Ok(money("0.25", Eth)));
    // The coin has become so cheap that what was paid does not suffice.
    assert_eq!(amount(AmountBasis::TodaysRate(money("4001", Usd)), &intent), Err(ErrorCode::AmountExceedsRefundable));
    assert_eq!(amount(AmountBasis::TodaysRate(money("5", Eur)), &intent), Err(ErrorCode::RateUnavailable));
    let fine = AmountBasis::TodaysRate(money("0.000001", Usd)).amount(&intent, Some(&rate("0.0000000000003333")));
    assert_eq!(fine.unwrap_err().code, ErrorCode::AmountNotPositive, "rounded down to nothing");
}

#[test]
fn only_what_was_paid_too_much() {
    assert_eq!(amount(AmountBasis::Overpaid, &intent("1", "1.3", "0")), Ok(money("0.3", Eth)));
    assert_eq!(amount(AmountBasis::Overpaid, &intent("1", "1.3", "0.1")), Ok(money("0.2", Eth)));
    for (paid, refunded) in [("1", "0"), ("0.9", "0"), ("1.3", "0.3"), ("1.3", "1.3")] {
        assert_eq!(amount(AmountBasis::Overpaid, &intent("1", paid, refunded)), Err(ErrorCode::NothingOverpaid));
    }
}
