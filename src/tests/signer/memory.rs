//! The memory survives everything, is one process's own, and shows what was changed in it.

use super::{
    AUTHORIZED, CHAIN, Rig, SENDER, SERVER, beginning, keystore, passphrase, payment, signed, transfer, with_fees,
};
use alloy_primitives::U256;
use requite::signer::{
    memory::{Error, Memory},
    process::Signer,
    protocol::{Answer, Coin, Fees, Line, PaymentRequest, Purpose, Refusal, Request, SignaturePage, SignaturesRequest},
};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use std::os::unix::fs::PermissionsExt;

async fn page(rig: &Rig, from_nonce: u64, after: u64) -> SignaturePage {
    let request = Request::Signatures(SignaturesRequest { chain_id: CHAIN, account: SENDER, from_nonce, after });
    match rig.answer(&request).await {
        Answer::Signatures(page) => page,
        answer => panic!("{answer:?}"),
    }
}

/// What somebody with access to the file could do.
async fn tamper(rig: &Rig, sql: &str) -> Result<(), sqlx::Error> {
    let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(rig.memory())).await?;
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&pool).await;
    pool.close().await;
    done.map(drop)
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let rig = Rig::new().await;
    let token = PaymentRequest {
        coin: Coin::Token(AUTHORIZED),
        amount: U256::from(5),
        fees: Fees { gas_limit: 100_000, ..payment(1).fees },
        ..payment(1)
    };
    let first = rig.sign(&payment(0)).await;
    let second = rig.sign(&token).await;
    let cancelled = rig.cancel(&with_fees(&payment(0), 20)).await;
    let (status, before) = (rig.status().await, page(&rig, 0, 0).await);

    let rig = rig.restarted().await;
    assert_eq!(rig.sign(&token).await, second);
    assert_eq!(rig.cancel(&with_fees(&payment(0), 20)).await, cancelled);
    assert_eq!(rig.refusal_to_sign(&payment(0)).await, Refusal::Cancelled);
    let taken = PaymentRequest { transfer: transfer(9), ..payment(1) };
    assert_eq!(rig.refusal_to_sign(&taken).await, Refusal::NonceTaken { transfer: transfer(1) });
    assert_eq!(rig.status().await, status);
    assert_eq!(status.memory_started, beginning());
    let after = page(&rig, 0, 0).await;
    assert_eq!(after, before);
    assert!(!after.more);
    let shown: Vec<_> = after.signatures.iter().map(|s| (s.nonce, s.purpose, s.signed.clone())).collect();
    let expected = [(0, Purpose::Payment, first), (1, Purpose::Payment, second), (0, Purpose::Cancellation, cancelled)];
    assert_eq!(shown, expected);
    assert_eq!(after.signatures[1].coin, Coin::Token(AUTHORIZED));
    assert_eq!(after.signatures[1].amount, U256::from(5));
    assert_eq!(after.signatures[2].fees, with_fees(&payment(0), 20).fees);
}

#[tokio::test]
async fn signatures_are_read_in_pages() {
    let rig = Rig::new().await;
    let fees = Fees { gas_limit: 21_000, max_fee_per_gas: 2, max_priority_fee_per_gas: 1 };
    for number in 0..205 {
        rig.sign(&PaymentRequest { amount: U256::ONE, fees, ..payment(number) }).await;
    }
    let first = page(&rig, 0, 0).await;
    assert_eq!((first.signatures.len(), first.more), (200, true));
    let rest = page(&rig, 0, first.signatures.last().unwrap().signed.memory).await;
    assert_eq!((rest.signatures.len(), rest.more), (5, false));
    assert!(first.signatures.iter().chain(&rest.signatures).map(|s| s.nonce).eq(0..205));
    assert_eq!(page(&rig, 203, 0).await.signatures.len(), 2);
    assert!(page(&rig, u64::MAX, u64::MAX).await.signatures.is_empty());
    let answer = serde_json::to_vec(&Answer::Signatures(first)).unwrap();
    assert!(answer.len() < requite::signer::protocol::LONGEST_ANSWER / 2, "{}", answer.len());
}

#[tokio::test]
async fn a_second_process_cannot_open_the_memory() {
    let rig = Rig::new().await;
    assert!(matches!(Memory::open(&rig.memory()).await, Err(Error::InUse)));
    rig.sign(&payment(0)).await;
    rig.restarted().await;
}

#[tokio::test]
async fn a_memory_is_neither_replaced_nor_begun_by_itself() {
    let rig = Rig::new().await;
    assert!(matches!(Memory::create(&rig.memory(), beginning()).await, Err(Error::File(_))));
    let missing = rig.folder.path().join("missing.db");
    assert!(matches!(Memory::open(&missing).await, Err(Error::Database(_))));
    assert!(!missing.exists());
    assert_eq!(rig.memory().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    // SQLite's other files have the mode of the first.
    let wal = rig.folder.path().join("memory.db-wal");
    assert_eq!(wal.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

/// The database itself refuses what the rules forbid, should a mistake let it through.
#[tokio::test]
async fn the_tables_enforce_the_rules() {
    let rig = Rig::new().await;
    rig.sign(&payment(0)).await;
    rig.sign(&payment(1)).await;
    rig.cancel(&with_fees(&payment(1), 20)).await;
    let columns = "chain_id, sender, nonce, coin, recipient, amount, domain_separator, signed_at";
    // A copy of a signature with other fees.
    let copy = |transfer: &str, nonce: &str, sequence: u64| {
        format!(
            "insert into signatures select 9, {transfer}, chain_id, sender, {nonce}, purpose, '22000', max_fee_per_gas,
            max_priority_fee_per_gas, 'h' || hash, raw, signed_at from signatures where sequence = {sequence}"
        )
    };
    for sql in [
        "update transfers set amount = '5'",
        "delete from transfers",
        "update nonces set nonce = 5",
        "delete from nonces",
        "update signatures set raw = '0x'",
        "delete from signatures",
        "update log set outcome = 'x'",
        "delete from log",
        "update memory set started_at = 5",
        "delete from memory",
        // A transfer is one payment, and a nonce has one transfer.
        &format!("insert into transfers select 'other', {columns} from transfers where nonce = 0"),
        &format!("insert into transfers select transfer, {columns} from transfers where nonce = 0"),
        "insert into nonces select chain_id, sender, 0, transfer from transfers where nonce = 1",
        "insert into nonces select chain_id, sender, 7, 'unknown' from transfers where nonce = 1",
        &copy("'unknown'", "nonce", 1),
        &copy("transfer", "1", 1),
        &copy("transfer", "7", 1),
        // The same fees once more.
        &copy("transfer", "nonce", 1).replace("'22000'", "gas_limit"),
        // A payment after its cancellation.
        &copy("transfer", "nonce", 2),
        // A payment with another nonce, even if it is the transfer's own.
        &format!(
            "insert into nonces select chain_id, sender, 7, transfer from transfers where nonce = 0; {}",
            copy("transfer", "7", 1)
        ),
    ] {
        assert!(tamper(&rig, sql).await.is_err(), "{sql}");
    }
    // It is not for another reason that those above fail.
    tamper(&rig, &copy("transfer", "nonce", 1)).await.unwrap();
}

#[tokio::test]
async fn a_changed_memory_is_not_opened() {
    for (table, change, shown) in [
        ("log", "update log set outcome = 'locked' where sequence = 2", "entry 2"),
        ("log", "update log set peer = 5 where sequence = 1", "entry 1"),
        ("log", "update log set at = at + 1 where sequence = 3", "entry 3"),
        ("log", "delete from log where sequence = 2", "entry 2"),
        ("log", "delete from log where sequence = 3", "differ"),
        ("signatures", "delete from signatures where sequence = 2", "differ"),
        ("signatures", "update signatures set raw = '0x02' where sequence = 1", "signature 1"),
        ("signatures", "update signatures set hash = 'x' where sequence = 1", "signature 1"),
    ] {
        let rig = Rig::new().await;
        rig.sign(&payment(0)).await;
        rig.refusal_to_sign(&PaymentRequest { amount: U256::MAX, ..payment(1) }).await;
        rig.sign(&payment(1)).await;
        rig.signer.close().await.unwrap();
        let path = rig.memory();
        let trigger = if table == "log" {
            "drop trigger log_stays; drop trigger log_remains"
        } else {
            "drop trigger signatures_stay; drop trigger signatures_remain"
        };
        tamper(&rig, &format!("{trigger}; {change}")).await.unwrap();
        let Rig { folder: _folder, signer, .. } = rig;
        drop(signer);
        match Memory::open(&path).await {
            Err(Error::Changed(what)) => assert!(what.contains(shown), "{change}: {what}"),
            other => panic!("{change}: {other:?}"),
        }
    }
}

/// A signature that was not remembered must not leave. Here the file has become read-only.
#[tokio::test]
async fn without_its_memory_the_signer_signs_nothing() {
    let rig = Rig::new().await;
    let known = rig.sign(&payment(0)).await;
    // As a full disk would, but for the tables that signatures need only.
    tamper(&rig, "create trigger full before insert on signatures begin select raise(abort, 'disk is full'); end")
        .await
        .unwrap();
    assert_eq!(rig.refusal_to_sign(&payment(1)).await, Refusal::MemoryFailed);
    assert_eq!(rig.count("select count(*) from transfers").await, 1, "nothing is left of it");
    assert_eq!(rig.count("select count(*) from log where outcome = 'signed'").await, 1);
    assert_eq!(rig.sign(&payment(0)).await, known, "what is known is still told");
    tamper(&rig, "drop trigger full").await.unwrap();
    // The nonce is free, since no signature with it has left.
    rig.sign(&PaymentRequest { nonce: 1, ..payment(2) }).await;
    rig.restarted().await;
}

#[tokio::test]
async fn a_log_that_cannot_be_written_stops_everything() {
    let rig = Rig::new().await;
    let known = rig.sign(&payment(0)).await;
    tamper(&rig, "create trigger full before insert on log begin select raise(abort, 'disk is full'); end")
        .await
        .unwrap();
    assert_eq!(rig.refusal_to_sign(&payment(1)).await, Refusal::MemoryFailed);
    assert_eq!(rig.refusal_to_sign(&payment(0)).await, Refusal::MemoryFailed);
    assert_eq!(rig.refusal_to_sign(&PaymentRequest { amount: U256::MAX, ..payment(1) }).await, Refusal::MemoryFailed);
    tamper(&rig, "drop trigger full").await.unwrap();
    assert_eq!(rig.sign(&payment(0)).await, known);
}

/// The signer may be killed between the write and the answer: the answer is dropped here, and a process that was killed
/// leaves what this one leaves.
#[tokio::test]
async fn an_answer_that_nobody_received_is_given_again() {
    let rig = Rig::new().await;
    let lost = rig.sign(&payment(0)).await;
    // A copy of the files as they are now: nothing was closed, and the log of SQLite not merged.
    let copy = tempfile::tempdir().unwrap();
    for name in ["memory.db", "memory.db-wal"] {
        std::fs::copy(rig.folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let memory = Memory::open(&copy.path().join("memory.db")).await.unwrap();
    let signer = Signer::new(rig.policy.clone(), keystore(), memory, rig.clock.clone(), 992).await.unwrap();
    signer.unlock(passphrase()).await.unwrap();
    let request = serde_json::to_vec(&Line::from(Request::Sign(payment(0)))).unwrap();
    assert_eq!(signed(signer.answer(signer.peer(SERVER), &request).await), lost);
}
