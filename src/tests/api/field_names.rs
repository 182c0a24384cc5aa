//! The name that each surface has for every input that a rule can refuse, compared with a stored list. A new field adds
//! a line, so that its name is decided for each surface.

use requite::{
    api::{
        circle::{payee_requests::recipient_location, requests},
        coingate::error::parameter,
        input::field_names::Place,
        native::problem::member,
    },
    domain::error::Field,
};
use serde_json::json;

fn line(field: Field) -> String {
    let circle = |place: Option<Place>| place.unwrap();
    // With an address in it: for an address book entry or the original sender, the error names that member instead.
    let body = json!({"destination": {"address": "x"}});
    let intent = circle(requests::intent_location(field));
    let refund = circle(requests::refund_location(&body, field));
    let recipient = circle(recipient_location(field));
    let (native, coingate) = (member(field), parameter(field));
    format!(
        "{field}: Circle intent {intent}, refund {refund}, recipient {recipient}; native {native}; CoinGate {coingate}\n"
    )
}

#[test]
fn every_field_has_the_name_that_it_always_had() {
    let seen: String = Field::ALL.iter().map(|field| line(*field)).collect();
    let kept = include_str!("field_names.txt");
    for (seen, kept) in seen.lines().zip(kept.lines()) {
        assert_eq!(seen, kept);
    }
    assert_eq!(seen, kept, "a field is new, or is gone; the list is:\n{seen}");
}
