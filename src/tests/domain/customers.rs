//! Keys of customers, and what is left of them where they are masked.

use crate::support::CUSTOMER;
use requite::domain::{
    customers::{
        CustomerField, CustomerKey, CustomerRecord, CustomerSum, CustomerTotals,
        masking::{mask_facts, masked_address, masked_email, masked_text, masked_url},
    },
    money::{LIMIT, Money, currency::Currency},
    names::Named,
};
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

#[test]
fn a_text_is_an_email_address_or_an_address() {
    let email = |text: &str| CustomerKey::Email(text.to_owned());
    let address = |text: &str| CustomerKey::Address(text.to_owned());
    let in_small_letters = CUSTOMER.to_lowercase();
    for (text, key, is_whole) in [
        (" Anna@Shop.example ", email("anna@shop.example"), true),
        ("anna@", email("anna@"), false),
        (in_small_letters.as_str(), address(CUSTOMER), true),
        ("0x5aAe", address("0x5aAe"), false),
        ("anna", address("anna"), false),
    ] {
        assert_eq!(CustomerKey::parse(text), Some(key.clone()), "{text}");
        assert_eq!(CustomerKey::parse_whole(text), is_whole.then_some(key), "{text}");
    }
    assert_eq!(CustomerKey::parse(" \n"), None);
    let id = Uuid::from_u128(7);
    for field in CustomerField::all() {
        let record = CustomerRecord::new(field, id);
        assert_eq!(CustomerRecord::parse(&record.to_string()), Some(record));
    }
    for wrong in
        ["", "refund_email", "refund_email.", "email.00000000-0000-0000-0000-000000000007", "anna@shop.example"]
    {
        assert_eq!(CustomerRecord::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn what_is_masked_shows_its_ends_and_stays_as_it_is() {
    for (email, masked) in [
        ("customer@shop.example", "c…@shop.example"),
        ("c@shop.example", "…@shop.example"),
        ("üli@shop.example", "ü…@shop.example"),
    ] {
        assert_eq!(masked_email(email), masked);
        assert_eq!(masked_email(masked), masked);
    }
    for (address, masked) in [
        (CUSTOMER, "0x5a…eAed"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc1q…f3t4"),
        // Names and numbers are short.
        ("bob.near", "b…r"),
        ("0.0.1234", "0…4"),
        ("", "…"),
    ] {
        assert_eq!(masked_address(address), masked);
        assert_eq!(masked_address(masked), masked);
    }
    let text = format!("Mail <anna@shop.example>, or bob@shop.example. Not to {CUSTOMER}! Order 1015.");
    let masked = "Mail <a…@shop.example>, or b…@shop.example. Not to 0x5a…eAed! Order 1015.";
    assert_eq!(masked_text(&text), masked);
    assert_eq!(masked_text(masked), masked);
    for (open, close) in [('`', '`'), ('“', '”'), ('*', '*'), ('–', '–'), ('_', '_'), ('#', '…')] {
        assert_eq!(masked_text(&format!("to {open}{CUSTOMER}{close} now")), format!("to {open}0x5a…eAed{close} now"));
    }
    for same in ["", "  ", "@", "a @ b", "a long sentence\n\twithout anything of anybody…", &"x".repeat(500)] {
        assert_eq!(masked_text(same), same);
    }
}

#[test]
fn urls_of_a_shop_are_shown_without_what_can_name_a_customer() {
    for (url, masked) in [
        ("https://shop.example/thanks", "https://shop.example/thanks"),
        ("https://shop.example/thanks?mail=anna%40shop.example", "https://shop.example/thanks?…"),
        ("https://shop.example/?token=s3cret#anna", "https://shop.example/?…"),
        ("https://shop.example/orders#anna@shop.example", "https://shop.example/orders?…"),
        ("https://shop.example/of/anna%40shop.example/7", "https://shop.example/of/a…@shop.example/7"),
        ("https://shop.example/of/anna%2Bshop%40x.example", "https://shop.example/of/a…@x.example"),
        ("https://shop.example/of/anna+shop%40x.example", "https://shop.example/of/a…@x.example"),
        ("https://shop.example/of/anna%252Bshop%2540x.example?a=1", "https://shop.example/of/a…@x.example?…"),
        ("https://shop.example/of/%61nna%40x.example&a=1", "https://shop.example/of/a…@x.example&a=1"),
        ("https://shop.example/of/A%20%26%20B%FF%/100%25", "https://shop.example/of/A%20%26%20B%FF%/100%25"),
    ] {
        assert_eq!(masked_url(url), masked);
        assert_eq!(masked_url(masked), masked);
    }
}

#[test]
fn the_facts_of_a_record_are_masked_by_their_names_and_by_what_they_are() {
    let mut facts = json!({
        "address": "bob.near",
        "fromAddress": CUSTOMER,
        "depositAddress": CUSTOMER,
        "memo": "12345",
        "amount": "12.50",
        "overrideReason": "anna@shop.example said so",
        "more": [{ "email": "anna@shop.example", "number": 5, "nothing": null }],
    });
    mask_facts(&mut facts);
    let expected = json!({
        "address": "b…r",
        "fromAddress": "0x5a…eAed",
        "depositAddress": CUSTOMER,
        "memo": "…",
        "amount": "12.50",
        "overrideReason": "a…@shop.example said so",
        "more": [{ "email": "a…@shop.example", "number": 5, "nothing": null }],
    });
    assert_eq!(facts, expected);
}

#[test]
fn totals_that_are_too_large_are_marked() {
    let amount = |amount: Decimal| Money::new(amount, Currency::Usd).unwrap();
    let mut totals = CustomerTotals::default();
    totals.add(CustomerSum::Paid, amount(LIMIT - Decimal::ONE));
    totals.add(CustomerSum::Refunded, amount(Decimal::TWO));
    totals.add(CustomerSum::Paid, Money::zero(Currency::Eth));
    assert_eq!((totals.sums.len(), totals.is_without_payments), (2, false));
    totals.add(CustomerSum::Paid, amount(Decimal::TWO));
    assert_eq!((totals.sums[0].paid, totals.is_without_payments), (amount(LIMIT - Decimal::ONE), true));
    assert!(!totals.is_without_refunds);
}
