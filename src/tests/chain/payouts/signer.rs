//! What people and programs see of a signer before they ask for anything.

use super::*;
use axum::http::Method;
use requite::{languages::Language, service::refunds, texts::next_steps, web::time::iso_8601};
use serde_json::json;

/// While no refund waits, the page, the command line and the preview of a refund say that the signer is locked.
pub(super) async fn is_told_to_be_locked_before_a_refund_waits(rig: &Rig, client: &SignerClient) {
    client.lock().await.unwrap();
    rig.round().await.unwrap();
    let said = rig.account().await.signer.unwrap();
    assert_eq!(said.reason, HeldReason::SignerLocked);
    rig.app.advance(Duration::minutes(1));
    rig.round().await.unwrap();
    assert_eq!(rig.account().await.signer.as_ref(), Some(&said), "since when it lasts");
    let browser = rig.app.sign_in("owner@example.com").await;
    let shown = browser.get("/payouts").await.text();
    assert!(shown.contains("signer locked") && shown.contains(&said.detail), "{shown}");
    assert!(shown.contains("not signing") && !shown.contains("running"), "{shown}");
    let (_, printed) = super::resume::command(rig, &["status"]).await;
    assert!(
        printed.contains("not signing") && printed.contains("(signer_locked)") && printed.contains("last checked"),
        "{printed}"
    );
    let preview = async |amount: &str| {
        let intent = rig.app.paid_intent(amount, Usd, Network::Eth).await;
        let request = rig.request(&intent, Address::repeat_byte(8), amount).new;
        let preview = refunds::preview(rig.app.refunds(), &rig.app.context(), &rig.app.owner, &request, None).await;
        (intent, preview.unwrap().refund.unwrap().transfer_held)
    };
    let (intent, waits_for) = preview("5").await;
    assert_eq!(waits_for, Some(HeldReason::SignerLocked));
    let body = json!({
        "paymentIntentId": intent.id,
        "amount": { "amount": "5", "currency": "USD" },
        "destination": { "network": "ETH", "address": Address::repeat_byte(8).to_checksum(None) },
    });
    let answer = rig.app.call(Method::POST, "/v1/refunds?preview=true", Some(body)).await.json()["data"].clone();
    assert_eq!((&answer["possible"], &answer["heldReason"]), (&true.into(), &"signer_locked".into()), "{answer}");
    assert_eq!(answer["nextStep"], next_steps::of_held_transfer(Language::english(), HeldReason::SignerLocked));
    let draft =
        browser.post("/do/refund-drafts/open", &[("intent", &intent.id.to_string())]).await.location().to_owned();
    let draft = draft.split('/').nth(2).unwrap().to_owned();
    let address = Address::repeat_byte(8).to_checksum(None);
    for (step, fields) in [
        ("recipient", &[("network", "ETH"), ("address", address.as_str()), ("reason", "other")][..]),
        ("amount", &[("amount", "5")]),
        ("funding", &[("funding", "USD")]),
    ] {
        let fields = [&[("draft", draft.as_str())], fields].concat();
        browser.post(&format!("/do/refund-drafts/{step}"), &fields).await;
    }
    let review = browser.get(&format!("/refund-drafts/{draft}/review")).await.text();
    assert!(review.contains("would not be sent at once") && review.contains("the signer is locked"), "{review}");
    // The fee is what the network has just asked for, and the page says of when it is.
    let fee = review.split("Fee as of").nth(1).unwrap();
    let at = format!("datetime=\"{}\"", iso_8601(rig.app.context().now));
    assert!(fee.split("</dd>").next().unwrap().contains(&at), "{at}: {review}");
    // What the account holds is too little for it.
    client.unlock(Passphrase::from(PASSPHRASE.to_owned())).await.unwrap();
    rig.round().await.unwrap();
    assert_eq!(preview("5").await.1, None);
    assert_eq!(preview("20000").await.1, Some(HeldReason::AwaitingFunds));
}
