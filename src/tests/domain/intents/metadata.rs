//! What can be kept with a payment intent.

use requite::domain::{
    error::{DomainError, ErrorCode, Field},
    intents::metadata::{ENTRIES_MAX, Metadata, NAME_MAX, TEXT_MAX},
};
use serde_json::json;

fn with(name: &str, text: &str) -> Result<Metadata, DomainError> {
    let mut metadata = Metadata::default();
    metadata.insert(name, text).map(|()| metadata)
}

#[test]
fn names_and_texts_have_limits() {
    let longest = "n".repeat(NAME_MAX);
    for name in ["a", "Order_7.line-2", &longest] {
        assert!(with(name, "x").is_ok(), "{name}");
    }
    for name in ["", "a b", "ä", "a/b", "a\n", &(longest.clone() + "n")] {
        let error = with(name, "x").unwrap_err();
        assert_eq!((error.code, error.field), (ErrorCode::TextInvalid, Some(Field::Metadata)), "{name:?}");
    }
    // Characters are counted, not bytes.
    let most = "€".repeat(TEXT_MAX);
    for text in ["", "two\nlines", &most] {
        assert_eq!(with("a", text).unwrap().entries().collect::<Vec<_>>(), [("a", text)]);
    }
    assert_eq!(with("a", "  around ").unwrap().entries().collect::<Vec<_>>(), [("a", "around")]);
    for text in ["a\u{0}b", "a\u{202e}b", &(most.clone() + "€")] {
        let error = with("a", text).unwrap_err();
        assert_eq!((error.code, error.field), (ErrorCode::TextInvalid, Some(Field::Metadata)), "{text:?}");
    }
}

#[test]
fn there_are_at_most_twenty() {
    let mut metadata = Metadata::default();
    for index in 0..ENTRIES_MAX {
        metadata.insert(&format!("name{index}"), "x").unwrap();
    }
    assert_eq!(metadata.insert("another", "x").unwrap_err().code, ErrorCode::TextInvalid);
    metadata.insert("name7", "y").unwrap();
    assert_eq!(metadata.entries().count(), ENTRIES_MAX);
}

#[test]
fn what_is_stored_is_read_again() {
    let metadata = with("cart", "7f3a").unwrap();
    assert_eq!(Metadata::of_stored(&metadata.to_json()), Some(metadata));
    assert_eq!(Metadata::of_stored(&json!({})), Some(Metadata::default()));
    for other in [json!(null), json!([]), json!({ "cart": 7 })] {
        assert_eq!(Metadata::of_stored(&other), None, "{other}");
    }
}

#[test]
fn what_shops_write_of_customers_is_masked() {
    let masked = with("buyer", "anna@shop.example, second order").unwrap().masked();
    assert_eq!(masked.entries().collect::<Vec<_>>(), [("buyer", "a…@shop.example, second order")]);
}
