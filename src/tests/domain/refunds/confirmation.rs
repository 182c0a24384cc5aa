//! Confirmation links for customers, and the seal of what they confirm.

use super::approval::refund;
use chrono::{DateTime, Duration, Utc};
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::RefundId,
        links::{LinkKey, refund_of},
        mail::{MailState, OrderLabel, OrderName, next_attempt},
        money::{
            Money,
            currency::Currency::{Eth, Usd},
        },
        names::Named,
        refunds::{
            confirmation::{MAILS_APART, MAILS_MAX, confirmation_seal, is_open, require_may_mail_again},
            refund::{Refund, RefundStatus},
        },
    },
    languages::Language,
    texts::{amounts::in_coin, mail, times},
};
use uuid::Uuid;

fn money(text: &str, currency: requite::domain::money::currency::Currency) -> Money {
    Money::parse(text, currency).unwrap()
}

#[test]
fn a_link_is_valid_for_its_refund_and_key_only() {
    let (key, other) = (LinkKey::new([7; 32]), LinkKey::new([8; 32]));
    let refund = RefundId(Uuid::from_u128(3));
    let token = key.token(refund);
    assert_eq!((token.len(), refund_of(&token)), (64, Some(refund)));
    assert!(key.signs(&token) && !other.signs(&token));
    assert!(!key.signs(&other.token(refund)));
    // No altered text has a valid signature.
    for place in 0..token.len() {
        for replacement in ["A", "B", "_"] {
            let mut changed = token.clone();
            changed.replace_range(place..=place, replacement);
            assert_eq!(key.signs(&changed), changed == token, "{changed}");
        }
    }
    for wrong in ["", "x", &token[1..], &format!("{token}A"), &format!("{token}="), "ä", &"A".repeat(10_000)] {
        assert!(!key.signs(wrong), "{wrong}");
    }
    assert_eq!(LinkKey::parse(&key.to_text()).unwrap().token(refund), token);
    assert!(LinkKey::parse("07").is_none());
    assert_eq!(format!("{key:?}"), "LinkKey(…)", "keys are not for logs");
}

#[test]
fn every_confirmed_part_is_sealed() {
    type Change = fn(&mut Refund);
    let changes: [Change; 5] = [
        |refund| refund.id = RefundId(Uuid::from_u128(99)),
        |refund| refund.network = Network::Arb,
        |refund| refund.address.push('0'),
        |refund| refund.memo = Some("7".to_owned()),
        |refund| refund.terms.send = Money::parse("0.000001", refund.terms.send.currency()).unwrap(),
    ];
    let original = refund();
    let seal = confirmation_seal(&original, original.terms.send);
    for (number, change) in changes.into_iter().enumerate() {
        let mut changed = original.clone();
        change(&mut changed);
        assert_ne!(confirmation_seal(&changed, changed.terms.send), seal, "change {number}");
    }
    // The merchant's cost is not shown to the customer, so it is not sealed.
    let mut renewed = original.clone();
    renewed.terms.total = money("9999", renewed.terms.funding());
    assert_eq!(confirmation_seal(&renewed, renewed.terms.send), seal);
}

#[test]
fn the_confirmation_ends_exactly_at_its_deadline() {
    let mut waiting = refund();
    let until = waiting.created_at + Duration::hours(24);
    waiting.status = RefundStatus::AwaitingConfirmation;
    waiting.confirm_until = Some(until);
    assert!(is_open(&waiting, until - Duration::microseconds(1)));
    assert!(!is_open(&waiting, until));
    waiting.status = RefundStatus::Pending;
    assert!(!is_open(&waiting, waiting.created_at));
}

#[test]
fn confirmation_mails_are_limited_in_number_and_spaced() {
    let now: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
    assert!(require_may_mail_again(&[now], now + MAILS_APART).is_ok());
    let soon = require_may_mail_again(&[now], now + MAILS_APART - Duration::microseconds(1));
    assert_eq!(soon.unwrap_err().code, ErrorCode::RateLimited);
    let often = require_may_mail_again(&[now; MAILS_MAX], now + Duration::days(1));
    assert_eq!(often.unwrap_err().code, ErrorCode::ConfirmationNotPossible);
}

#[test]
fn a_mail_is_retried_for_some_hours_and_never_past_its_deadline() {
    let now: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
    let later = now + Duration::days(30);
    let waits: Vec<_> = (1..).map_while(|tries| next_attempt(tries, now, later)).map(|at| at - now).collect();
    assert_eq!((waits.len(), waits[0]), (8, Duration::minutes(1)));
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(next_attempt(1, now, now + Duration::minutes(1)), None);
    assert_eq!(next_attempt(0, now, later), None);
    for state in MailState::all() {
        assert_eq!(MailState::parse(state.as_str()), Some(state));
    }
}

#[test]
fn the_mail_is_complete_and_shop_text_cannot_change_its_headers() {
    let shop = OrderLabel::new("Chairs\r\nBcc: all@example.com", Some(("Two\u{0}\nchairs  &  a table", 1001)));
    let title = OrderName::Title("Two chairs & a table".to_owned());
    assert_eq!((shop.name.as_str(), &shop.called), ("Chairs Bcc: all@example.com", &title));
    assert_eq!(OrderLabel::new("Chairs", Some((" \n ", 1001))).called, OrderName::Number(1001));
    assert_eq!(OrderLabel::new("Chairs", None).called, OrderName::Payment);
    assert_eq!(OrderLabel::new(&"x".repeat(500), Some(("", 1))).name.len(), 100);
    let mut refund = refund();
    refund.memo = Some("4711".to_owned());
    let link = "https://refunds.example.com/confirm/abc";
    for language in Language::all() {
        let letter = mail::confirmation(language, "customer@example.com", &shop, &refund, refund.created_at, link);
        assert!(!letter.subject.contains(['\r', '\n']));
        for part in [
            &refund.address,
            "4711",
            link,
            refund.network.title(),
            "Two chairs & a table",
            &in_coin(language, refund.terms.send),
            &times::in_language(language, refund.created_at, false),
        ] {
            assert!(letter.text.contains(part), "{part} is missing in {}", letter.text);
        }
    }
    // Coins by the names that wallets show.
    assert_eq!(
        (money("40", Usd).with_coin_symbol(), money("0.5", Eth).with_coin_symbol()),
        ("40.00 USDC".to_owned(), "0.5 ETH".to_owned())
    );
}
