//! What locks accounts that pay, their transfers and what people have explained does so in one order (ARCHITECTURE.md). SQLite
//! locks the whole database.

use crate::support::{Engine, TestApp};
use chrono::{Duration, Utc};
use requite::{
    domain::{
        address::network::Network,
        ids::RefundId,
        money::currency::Currency::Usd,
        people::actor::Actor,
        refunds::{
            refund::RefundStatus,
            transfer::{
                Attempt, AttemptKind, HeldReason, NewTransfer, Pause, PauseReason, SenderAccount, Transfer,
                TransferStatus,
            },
        },
    },
    store::{
        Database,
        chain::cursors::CursorState,
        engine::Transaction,
        refunds::{
            stopping::SenderReservation,
            transfers::{BlockPlace, TransferEnd, TransferWithAttempts},
        },
    },
};
use std::time::Instant;
use tokio::task::JoinHandle;

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);
const SENDER: &str = "0x52908400098527886E0F7030069857D2E4169EE7";
const OTHER: &str = "0x8617E340B3D01FA5F11F306F4090FD50E238070D";
const WAITING: &str =
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

/// A refund whose transfer is planned.
async fn planned(app: &TestApp) -> Transfer {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "10")).await.unwrap();
    let (store, context) = (app.store(), app.context());
    store.claim_due_refunds(&context, Duration::seconds(60), 20).await.unwrap();
    store.add_sender(&context, Network::Base, SENDER, 0, None).await.unwrap();
    let (sender, recipient) = (SENDER.to_owned(), refund.address.clone());
    let new = NewTransfer { id: refund.id, network: Network::Base, sender, recipient, amount: refund.terms.send };
    store.plan_transfer(&context, &new).await.unwrap();
    read(app, refund.id).await.transfer
}

async fn read(app: &TestApp, id: RefundId) -> TransferWithAttempts {
    app.store().refund_transfer(id).await.unwrap().unwrap()
}

fn attempt(hash: &str, kind: AttemptKind) -> Attempt {
    Attempt {
        hash: hash.to_owned(),
        kind,
        raw: "0x00".to_owned(),
        max_fee_per_gas: 1,
        max_priority_fee_per_gas: 1,
        signed_at: Utc::now(),
    }
}

async fn begin(app: &TestApp) -> Transaction {
    Database::open(&app.url).await.unwrap().begin().await.unwrap()
}

/// Waits until this many wait for locks, the task among them.
async fn wait_for<T>(app: &TestApp, waiting: i64, task: &JoinHandle<T>) {
    let begun = Instant::now();
    while app.count(WAITING).await < waiting {
        assert!(!task.is_finished() && begun.elapsed() < PATIENCE, "it does not wait");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

/// Runs a change while somebody else has the account: it has locked no transfer before.
async fn locks_account_first<T: Send + 'static>(
    app: &TestApp,
    id: RefundId,
    change: impl Future<Output = T> + Send + 'static,
) -> T {
    let mut holder = begin(app).await;
    holder.all("select address from senders for no key update", vec![]).await.unwrap();
    let task = tokio::spawn(change);
    wait_for(app, 1, &task).await;
    let transfer = format!("select id from transfers where id = '{id}' for no key update nowait");
    holder.all(transfer, vec![]).await.expect("the transfer is locked before the account");
    holder.commit().await.unwrap();
    task.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_locked_before_its_transfers_on_postgres() {
    let app = TestApp::new(Engine::Postgres).await;
    let [adopted, withdrawn] = [planned(&app).await, planned(&app).await];
    let (store, context) = (app.store(), app.context());

    let (server, id) = (app.clone(), adopted.id);
    let done = locks_account_first(&app, id, async move {
        let attempts = [attempt("0x01", AttemptKind::Payment)];
        server.store().adopt_transfer(&server.context(), &adopted, (SENDER, 0), &attempts).await
    });
    assert!(done.await.unwrap());

    let place = BlockPlace { transaction_hash: "0x01".to_owned(), height: 1, block_hash: "0x1b".to_owned() };
    store.record_block(&context, id, Some(&place)).await.unwrap();
    store.record_revoking(&context, id).await.unwrap();
    let (server, revoking) = (app.clone(), read(&app, id).await.transfer);
    let done = locks_account_first(&app, id, async move {
        let attempts = [attempt("0x02", AttemptKind::Revocation)];
        server.store().adopt_revocation(&server.context(), &revoking, 1, &attempts).await
    });
    assert!(done.await.unwrap());

    store.hold_transfer(&context, &withdrawn, Some((HeldReason::AwaitingFunds, "nothing is there"))).await.unwrap();
    let reservation =
        SenderReservation { network: Network::Base, address: SENDER.to_owned(), id: context.id(), is_used: true };
    assert!(store.reserve_sender(&reservation, context.now, context.now + Duration::seconds(60)).await.unwrap());
    let (server, id) = (app.clone(), withdrawn.id);
    let stopped = locks_account_first(&app, id, async move {
        let (context, owner) = (server.context(), &server.owner);
        server.store().withdraw_transfer(&context, owner, id, &reservation, "not needed").await
    });
    assert_eq!(stopped.await.unwrap().status, RefundStatus::Rejected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_are_locked_by_their_addresses_when_their_network_stops_on_postgres() {
    let app = TestApp::new(Engine::Postgres).await;
    let (store, context, network) = (app.store(), app.context(), Network::Base);
    // Stored in the other order.
    for address in [OTHER, SENDER] {
        store.add_sender(&context, network, address, 0, None).await.unwrap();
    }
    store.lease_cursor(&context, network, Duration::seconds(60)).await.unwrap().unwrap();
    let mut holder = begin(&app).await;
    let lock =
        |address: &str| format!("select address from senders where address = '{address}' for no key update nowait");
    holder.all(lock(SENDER), vec![]).await.unwrap();
    let server = app.clone();
    let stopping = tokio::spawn(async move {
        let (state, context) = (CursorState::Stopped, server.context());
        server.store().set_cursor_state(&context, network, state, Some("removed"), Some("removed")).await
    });
    wait_for(&app, 1, &stopping).await;
    holder.all(lock(OTHER), vec![]).await.expect("the second account is locked before the first");
    holder.commit().await.unwrap();
    stopping.await.unwrap().unwrap();
    assert_eq!(app.count("select count(*) from senders where pause_reason = 'chain_contradicts'").await, 2);
}

/// Whoever explains notes that they took part in the pause; whoever resumes forgets who did. Both write to the audit log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn explaining_a_movement_while_another_resumes_does_not_deadlock_on_postgres() {
    let app = TestApp::new(Engine::Postgres).await;
    let (store, context, network) = (app.store(), app.context(), Network::Base);
    let pause = Pause { reason: PauseReason::Operator, detail: "looking".to_owned(), at: context.now, by: None };
    let account = SenderAccount::new(network, SENDER.to_owned());
    assert!(store.pause_sender_by(&context, &app.owner, &account, &pause).await.unwrap());
    let movement = format!(
        "insert into own_movements (id, network, role, account, flow, kind, currency, amount, transaction_hash, position,
            block_height, found_at) select '{}', network, 'deposits', address, 'in', 'unknown', 'USD', 1, '0x01', 0, 1, paused_at
         from senders",
        context.id()
    );
    assert_eq!(app.tamper(&movement).await.unwrap(), 1);
    let found = store.open_movements(None).await.unwrap();
    assert_eq!(found.len(), 1);

    let mut holder = begin(&app).await;
    holder.all("select merchant_id from audit_chains for no key update", vec![]).await.unwrap();
    let server = app.clone();
    let explaining = tokio::spawn(async move {
        let (context, owner) = (server.context(), &server.owner);
        server.store().explain_movements_by(&context, owner, &found, "moved by hand").await
    });
    wait_for(&app, 1, &explaining).await;
    let (server, paused) = (app.clone(), store.known_sender(network, SENDER).await.unwrap().unwrap());
    let resuming = tokio::spawn(async move {
        let operator = Actor::System { merchant: server.merchant };
        server.store().resume_sender_by(&server.context(), &operator, &paused).await
    });
    wait_for(&app, 2, &resuming).await;
    holder.commit().await.unwrap();
    assert_eq!(explaining.await.unwrap().unwrap(), 1);
    assert!(resuming.await.unwrap().unwrap());
}

on_both_engines! {
    /// Its lease was lost while it read the signer's memory.
    async fn what_has_paid_another_refund_meanwhile_is_not_adopted(app: &TestApp) {
        let [paid, repeated] = [planned(app).await, planned(app).await];
        let (store, context) = (app.store(), app.context());
        let end = TransferEnd {
            status: TransferStatus::Completed,
            transaction_hash: Some("0x01".to_owned()),
            height: Some(1),
            fee: None,
        };
        assert!(store.end_transfer(&context, &read(app, paid.id).await, &end, false).await.unwrap());
        let attempts = [attempt("0x02", AttemptKind::Payment), attempt("0x01", AttemptKind::Payment)];
        assert!(!store.adopt_transfer(&context, &repeated, (SENDER, 0), &attempts).await.unwrap());
        let unchanged = read(app, repeated.id).await;
        assert_eq!((unchanged.transfer.status, unchanged.attempts), (TransferStatus::Planned, vec![]));
    }
}
