//! Confirming a draft whose quote has expired.

use super::draft::{displayed, filled_draft};
use crate::support::{CUSTOMER, code, money};
use chrono::{DateTime, Duration, Utc};
use requite::{
    chain::{
        ChainError,
        fees::{Fees, NetworkFee},
    },
    domain::{
        address::network::Network,
        error::ErrorCode,
        money::currency::Currency::{self, Eur, Usd},
        refunds::quote::FeePayer,
    },
    service::refunds::draft,
    texts::errors::english,
};
use std::sync::Arc;

/// A network on which each transfer costs a dollar.
struct DearFees;

#[async_trait::async_trait]
impl Fees for DearFees {
    async fn network_fee(&self, _: Network, _: Currency, now: DateTime<Utc>) -> Result<NetworkFee, ChainError> {
        Ok(NetworkFee { amount: money("1", Usd), at: now, limit: None })
    }
}

on_both_engines! {
    async fn an_expired_rate_is_not_confirmed_before_the_new_one_was_seen(app: &TestApp) {
        app.fund("500", Eur).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = filled_draft(app, &intent, "25").await;
        let (services, context) = (app.refunds(), app.context());
        assert!(draft::save_funding(services, &context, &app.owner, id, "EUR", FeePayer::Merchant).await.unwrap());
        let shown = displayed(app, id).await;
        app.advance(Duration::seconds(60));
        assert_eq!(code(app.confirm_draft(id, &shown).await), ErrorCode::QuoteExpired);
        draft::renew_quote(app.refunds(), &app.context(), &app.owner, id).await.unwrap();
        assert_eq!(code(app.confirm_draft(id, &shown).await), ErrorCode::QuoteExpired, "the old page");
        app.confirm_draft(id, &displayed(app, id).await).await.unwrap();
    }

    async fn without_a_conversion_there_is_nothing_to_expire(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = filled_draft(app, &intent, "25").await;
        let shown = displayed(app, id).await;
        app.advance(Duration::minutes(10));
        let refund = app.confirm_draft(id, &shown).await.unwrap();
        let refund = app.requite.store.refund(app.merchant, refund).await.unwrap();
        assert_eq!((refund.terms.total, refund.address.as_str()), (money("25.02", Usd), CUSTOMER));
        assert_ne!(Some(refund.quote_id), shown.quote_id, "the refund has terms of today");
    }

    async fn a_network_fee_that_has_risen_is_shown_before_it_is_paid(app: &TestApp) {
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        for (payer, total, send) in [(FeePayer::Merchant, "26", "25"), (FeePayer::Customer, "25", "24")] {
            let refunds = app.count("select count(*) from refunds").await;
            let id = filled_draft(app, &intent, "25").await;
            draft::save_funding(app.refunds(), &app.context(), &app.owner, id, "USD", payer).await.unwrap();
            let shown = displayed(app, id).await;
            app.advance(Duration::minutes(10));
            let mut later = app.clone();
            later.requite.chain.as_mut().unwrap().fees = Arc::new(DearFees);
            let refused = later.confirm_draft(id, &shown).await.unwrap_err().into_domain_error();
            assert_eq!(refused.code, ErrorCode::QuoteExpired);
            assert!(english(&refused).contains("network fee has risen"), "{refused}");
            assert_eq!(app.count("select count(*) from refunds").await, refunds);
            // The page shows the new fee now, and it can be confirmed.
            let refund = later.confirm_draft(id, &displayed(app, id).await).await.unwrap();
            let terms = app.requite.store.refund(app.merchant, refund).await.unwrap().terms;
            assert_eq!((terms.total, terms.send), (money(total, Usd), money(send, Usd)));
        }
    }
}
