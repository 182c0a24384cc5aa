//! What the database constraints and triggers refuse, independent of the program.

use crate::support::money;
use requite::domain::{address::network::Network, money::currency::Currency::Usd, names::Named};

on_both_engines! {
    async fn the_database_refuses_forbidden_changes(app: &TestApp) {
        app.continuous_intent(Usd, Network::Base).await;
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let refund = app.refund(&app.order(&intent, "40")).await.unwrap();
        app.settle().await;
        let balance = app.available(Usd).await;
        // Minus one in the storage format of each engine.
        let minus_one = if app.url.starts_with("sqlite") { "'-0000000001.000000000000000000'" } else { "-1" };
        let refused = [
            format!("update ledger_accounts set balance = {minus_one} where kind = 'available'"),
            format!("update ledger_accounts set balance = {minus_one} where kind = 'reserved'"),
            format!("update payment_intents set left_to_refund = {minus_one}"),
            "update payment_intents set status = 'paid back'".to_owned(),
            "update payment_intents set status = 'active' where kind = 'transient'".to_owned(),
            "update payment_intents set amount = null where kind = 'transient'".to_owned(),
            "update payment_intents set expires_at = null where kind = 'transient'".to_owned(),
            "update payment_intents set kind = 'continuous' where kind = 'transient'".to_owned(),
            "update payment_intents set status = 'refunded' where kind = 'continuous'".to_owned(),
            "update payment_intents set expires_at = created_at where kind = 'continuous'".to_owned(),
            "update payment_intents set amount = paid where kind = 'continuous'".to_owned(),
            "update payment_intents set kind = 'else' where kind = 'continuous'".to_owned(),
            "update refunds set status = 'processing'".to_owned(),
            "update refunds set status = 'rejected'".to_owned(),
            "delete from refunds".to_owned(),
            "update ledger_postings set kind = 'fees'".to_owned(),
            "delete from ledger_postings".to_owned(),
            "update balance_entries set closing = closing".to_owned(),
            "delete from balance_entries".to_owned(),
            "update audit_entries set action = 'nothing'".to_owned(),
            "delete from audit_entries".to_owned(),
            "insert into audit_entries (id, merchant_id, actor_kind, action, subject_id, detail, at)
                select intent_id, merchant_id, actor_kind, action, subject_id, detail, a.at
                from audit_entries a, refund_timeline join refunds r on r.id = refund_id limit 1".to_owned(),
            "update refunds set note = 'later'".to_owned(),
            "update quotes set total = debit".to_owned(),
            "delete from quotes".to_owned(),
            "update refund_timeline set detail = 'later'".to_owned(),
            "delete from refund_timeline".to_owned(),
            "update refund_checks set said = 'later'".to_owned(),
            "delete from refund_checks".to_owned(),
            "update intent_timeline set reason = 'later'".to_owned(),
            "delete from intent_timeline".to_owned(),
            "update ledger_transactions set movement = 'nothing'".to_owned(),
            "delete from ledger_transactions".to_owned(),
            "insert into payments (id, merchant_id, intent_id, status, network, currency, amount, settlement_currency,
                settlement, fee, deposit_address, transaction_hash, created_at, updated_at)
                select intent_id, merchant_id, intent_id, status, network, currency, amount, settlement_currency,
                settlement, fee, deposit_address, transaction_hash, created_at, updated_at from payments".to_owned(),
            "insert into ledger_transactions (id, merchant_id, movement, subject_id, at)
                select merchant_id, merchant_id, movement, subject_id, at from ledger_transactions".to_owned(),
        ];
        for sql in refused {
            assert!(app.tamper(&sql).await.is_err(), "{sql}");
        }
        assert_eq!(app.available(Usd).await, balance);
        assert_eq!(app.reload_refund(&refund).await.status.as_str(), "completed");
        assert_eq!(app.reload(intent).await.left(), money("60", Usd));
    }
}
