//! What is known about a recipient, and the warnings that a reason overrides.

use super::{
    EntryPoint, RefundRequest, at_every_entry_point,
    rules::{Prepared, paid, refund_to},
    statuses,
};
use crate::support::{CUSTOMER, TestApp};
use axum::http::Method;
use chrono::{DateTime, Utc};
use requite::{
    chain::recipients::Recipients,
    domain::{
        address::network::Network,
        error::ErrorCode,
        money::currency::Currency,
        names::Named,
        policy::recipient::{RecipientOnChain, RecipientState},
        refunds::refund::RefundStatus,
    },
};
use serde_json::json;
use std::sync::Arc;

/// A chain on which every recipient is this.
struct Found(RecipientState);

#[async_trait::async_trait]
impl Recipients for Found {
    async fn look_at(&self, network: Network, _: &str, _: Currency, _: DateTime<Utc>) -> RecipientOnChain {
        RecipientOnChain { state: self.0, network }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_chain_says_about_a_recipient_has_the_same_result_at_every_entry_point() {
    use ErrorCode as E;
    use RecipientState as S;
    let (made, reason) = (Ok(RefundStatus::Pending), Some("their own wallet"));
    let contract: &[&str] = &["address_is_contract"];
    for (state, reason, expected) in [
        (S::NotKnown, None, made),
        (S::NotChecked, None, made),
        (S::NeverUsed, None, made),
        (S::Wallet, None, made),
        (S::Contract, None, Err(E::AddressIsContract)),
        (S::Contract, reason, made),
        (S::TokenContract, reason, Err(E::AddressIsToken)),
        (S::ContractElsewhere, reason, Err(E::AddressNotOnNetwork)),
        (S::Blocked, reason, Err(E::AddressBlocked)),
        (S::OwnSender, reason, Err(E::AddressIsOwn)),
    ] {
        let prepare = move |mut app: TestApp| -> Prepared {
            Box::pin(async move {
                app.requite.chain.as_mut().unwrap().recipients = Arc::new(Found(state));
                let overrides = reason.map(|_| contract);
                let request = RefundRequest { override_reason: reason, overrides, ..paid(&app).await };
                (app, request)
            })
        };
        let answers = at_every_entry_point(&EntryPoint::ALL, prepare).await;
        assert_eq!(statuses(&answers), [expected; 3], "{state:?} {reason:?}: {answers:?}");
        for (entry_point, refund) in answers {
            let kept = refund.ok().and_then(|refund| refund.override_reason);
            assert_eq!(kept.as_deref(), reason.filter(|_| expected.is_ok()), "{entry_point:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reason_overrides_only_the_warnings_that_it_is_about() {
    use EntryPoint::{Circle, CoinGate, Page};
    use ErrorCode as E;
    const ALIKE: &str = "address_looks_alike";
    const CONTRACT: &str = "address_is_contract";
    let made = Ok(RefundStatus::Pending);
    let (all, apis): (&[EntryPoint], &[EntryPoint]) = (&EntryPoint::ALL, &[Circle, CoinGate]);
    // Whether the address resembles an earlier one, and is a contract.
    for (is_alike, is_contract, overrides, entry_points, expected) in [
        // Without names it is about a similar address, and only if nothing else is wrong. The form names what it has shown.
        (true, false, None, all, made),
        (false, true, None, apis, Err(E::AddressIsContract)),
        (true, true, None, apis, Err(E::AddressLooksAlike)),
        (true, true, None, &[Page], made),
        (true, true, Some(&[ALIKE][..]), all, Err(E::AddressIsContract)),
        (true, true, Some(&[CONTRACT]), all, Err(E::AddressLooksAlike)),
        (true, true, Some(&[]), all, Err(E::AddressLooksAlike)),
        (true, true, Some(&[CONTRACT, ALIKE]), all, made),
    ] {
        let prepare = move |mut app: TestApp| -> Prepared {
            Box::pin(async move {
                let mut request = RefundRequest { override_reason: Some("asked"), overrides, ..paid(&app).await };
                if is_alike {
                    refund_to(&app, &request, &format!("0x5aae{}eaed", "1".repeat(32)), "1").await;
                }
                if is_contract {
                    app.requite.chain.as_mut().unwrap().recipients = Arc::new(Found(RecipientState::Contract));
                }
                // Without a list at Requite's own path too; the codes are all named.
                if overrides.is_none() && is_alike && is_contract {
                    let body = json!({
                        "paymentIntentId": request.intent.id, "amount": { "amount": "1", "currency": "USD" },
                        "destination": { "network": "BASE", "address": CUSTOMER }, "overrideReason": "asked",
                    });
                    let answer = app.call(Method::POST, "/v1/refunds", Some(body)).await;
                    assert_eq!(answer.json()["code"], ALIKE, "{}", answer.text());
                    assert!(answer.text().contains("(address_looks_alike, address_is_contract)"), "{}", answer.text());
                }
                request.amount = "10";
                (app, request)
            })
        };
        let answers = at_every_entry_point(entry_points, prepare).await;
        assert!(statuses(&answers).iter().all(|status| *status == expected), "{overrides:?}: {answers:?}");
        for (entry_point, refund) in answers {
            let kept = refund.ok().map(|refund| refund.overrides.iter().map(|one| one.as_str()).collect::<Vec<_>>());
            let present =
                [(is_alike, ALIKE), (is_contract, CONTRACT)].into_iter().filter_map(|(is, one)| is.then_some(one));
            assert!(kept.is_none_or(|kept| kept == present.collect::<Vec<_>>()), "{entry_point:?}");
        }
    }
}
