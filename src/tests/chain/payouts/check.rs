//! What keeps transfers and nonces right if the program does not: the database refuses changes, and `requite check` finds
//! those that were made by force.

use super::*;

/// The invariants that are violated after this damage.
async fn damaged(app: &TestApp, sql: &str) -> Vec<u8> {
    let changed = app.tamper(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    assert!(changed > 0, "{sql} changed nothing");
    app.check().await.violations.iter().map(|violation| violation.invariant).collect()
}

/// None of these could be refused for anything else.
async fn assert_refused(app: &TestApp) {
    let pays = "a transfer pays the same for ever";
    for (sql, why) in [
        ("update transfers set recipient = 'x' where status = 'broadcast'", pays),
        ("update transfers set recipient = 'x' where status = 'planned'", pays),
        ("update transfers set sender = 'x' where status = 'broadcast'", pays),
        ("update transfers set network = 'BASE' where status = 'broadcast'", pays),
        ("update transfers set currency = 'EUR' where status = 'broadcast'", pays),
        (
            "update transfers set amount = (select t.amount from transfers t where t.status = 'completed')
                where status = 'broadcast'",
            pays,
        ),
        ("update transfers set nonce = 7 where status = 'broadcast'", pays),
        ("update transfers set updated_at = planned_at where status = 'completed'", "never changes"),
        ("delete from transfers where status = 'planned'", ""),
        ("update transfer_attempts set raw = '0x'", "append-only"),
        ("delete from transfer_attempts", "append-only"),
        ("update transfers set status = 'broadcast', nonce = 1 where status = 'planned'", "unique"),
        ("update transfers set revocation_nonce = 5 where status in ('broadcast', 'planned')", "unique"),
    ] {
        let refused = app.tamper(sql).await.expect_err(sql).to_string().to_lowercase();
        assert!(refused.contains(why), "{sql}: {refused}");
    }
}

on_each_engine! {
    async fn transfers_are_protected_and_every_damage_is_found(engine: Engine) {
        let rig = Rig::new(engine).await;
        rig.refund("5", Usdt).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        rig.refund("6", Usdt).await;
        rig.round().await.unwrap();
        let waiting = rig.refund("7", Usdt).await.id;
        let (app, statuses) = (&rig.app, "select status from transfers order by status");
        assert_eq!(app.texts(statuses).await, ["broadcast", "completed", "planned"]);
        assert_refused(app).await;
        app.assert_invariants().await;

        for table in ["transfers", "transfer_attempts", "refunds"] {
            app.unprotect(table).await;
        }
        let of_refund = |status: &str| format!("update refunds set status = '{status}' where id = '{waiting}'");
        let (rejected, pending, mended) = (of_refund("rejected"), of_refund("pending"), of_refund("processing"));
        // Damage, and its repair; the last has none.
        for (invariant, sql, repair) in [
            (
                12,
                "update transfers set recipient = recipient || '0'",
                "update transfers set recipient = substr(recipient, 1, length(recipient) - 1)",
            ),
            (12, "update transfers set network = 'BASE'", "update transfers set network = 'ETH'"),
            (12, "update transfers set currency = 'EUR'", "update transfers set currency = 'USDT'"),
            (
                12,
                "update transfers set amount = (select max(t.amount) from transfers t) where status = 'broadcast'",
                "update transfers set amount = (select q.send_amount from quotes q join refunds r on r.quote_id = q.id
                    where r.id = transfers.id)",
            ),
            (
                12,
                "update transfers set status = 'reverted' where status = 'completed'",
                "update transfers set status = 'completed' where status = 'reverted'",
            ),
            (
                12,
                "update transfers set transaction_hash = 'x' where status = 'completed'",
                "update transfers set transaction_hash = (select r.transaction_hash from refunds r
                    where r.id = transfers.id) where status = 'completed'",
            ),
            (12, rejected.as_str(), mended.as_str()),
            (12, pending.as_str(), mended.as_str()),
            (13, "update senders set next_nonce = 1", "update senders set next_nonce = 2"),
            (
                13,
                "update transfers set revocation_nonce = 0 where status = 'broadcast'",
                "update transfers set revocation_nonce = null where status = 'broadcast'",
            ),
            (13, "delete from transfer_attempts", ""),
        ] {
            let found = damaged(app, sql).await;
            assert!(found.contains(&invariant), "{sql} should violate {invariant}, found {found:?}");
            if !repair.is_empty() {
                app.tamper(repair).await.unwrap();
                app.assert_invariants().await;
            }
        }
    }
}
