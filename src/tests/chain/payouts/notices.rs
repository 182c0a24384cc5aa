//! Owners are told once when the account that pays needs something.

use super::*;
use requite::{
    domain::{
        operations::notice::{Notice, NoticeKind},
        refunds::transfer::PauseReason,
    },
    languages::Language,
    texts::errors,
};

async fn open(rig: &Rig) -> Vec<Notice> {
    rig.app.store().open_notices().await.unwrap()
}

async fn mails(rig: &Rig) -> i64 {
    rig.app.count("select count(*) from mail_outbox where occasion = 'notice'").await
}

async fn mint(rig: &Rig, dollars: u64) {
    rig.anvil.mint(rig.anvil.contracts.usdc.address, rig.sender.address, units(dollars)).await;
    // The minter pays a high fee, which the node suggests to others for some blocks.
    rig.anvil.mine(16).await;
    rig.round().await.unwrap();
}

async fn send(rig: &Rig, dollars: &str) {
    let refund = rig.refund(dollars, Usd).await;
    rig.round().await.unwrap();
    for _ in 0..10 {
        rig.finalize().await;
        if rig.transfer_status(&refund).await == TransferStatus::Completed {
            return;
        }
        // Sent again, or with a higher fee.
        later(rig);
    }
    panic!("the refund is not paid: {:?}", rig.transfer(&refund).await);
}

on_each_engine! {
    async fn an_account_that_runs_low_is_told_once(engine: Engine) {
        let rig = Rig::with(engine, "low = { USD = \"6000\" }").await;
        let owners = rig.app.count("select count(*) from users where role = 'owner' and disabled_at is null").await;
        rig.round().await.unwrap();
        assert_eq!((open(&rig).await, mails(&rig).await), (vec![], 0));
        send(&rig, "4500").await;
        let notices = open(&rig).await;
        assert_eq!((notices.len(), notices[0].kind, mails(&rig).await), (1, NoticeKind::LowFloat, owners));
        let told = ["en", "de"].map(|code| errors::text(Language::of_code(code).unwrap(), &notices[0].detail));
        assert!(told[0].contains("5,500.00 USDC") && told[0].contains("6,000.00 USDC"), "{told:?}");
        assert!(told[1].contains("5.500,00 USDC") && told[1].contains("6.000,00 USDC"), "{told:?}");
        assert!(told[0].contains("should hold") && told[1].contains("soll mindestens"), "{told:?}");
        rig.round().await.unwrap();
        // Not much more is not enough.
        mint(&rig, 900).await;
        assert_eq!((open(&rig).await.len(), mails(&rig).await), (1, owners));
        mint(&rig, 300).await;
        assert_eq!((open(&rig).await, mails(&rig).await), (vec![], owners));
        // Low again soon after: no news.
        send(&rig, "1000").await;
        assert_eq!((open(&rig).await.len(), mails(&rig).await), (1, owners));
        mint(&rig, 1000).await;
        rig.app.advance(Duration::hours(2));
        send(&rig, "1000").await;
        assert_eq!((open(&rig).await.len(), mails(&rig).await), (1, 2 * owners));
        let browser = rig.app.sign_in("owner@example.com").await;
        assert!(browser.get("/").await.text().contains("should hold at least 6,000.00 USDC"));
        // The coin in which the network's fees are paid has a setting of its own.
        rig.anvil.set_balance(rig.sender.address, U256::from(4 * 10_u64.pow(17))).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        let gas = open(&rig).await.into_iter().find(|notice| notice.subject.ends_with(" ETH")).unwrap();
        let told = errors::text(Language::english(), &gas.detail);
        assert_eq!((gas.kind, mails(&rig).await), (NoticeKind::LowFloat, 3 * owners));
        assert!(told.contains("0.4") && told.contains("0.5"), "{told}");
    }

    async fn refunds_that_wait_for_coins_and_a_pause_by_the_server_are_told(engine: Engine) {
        let rig = Rig::new(engine).await;
        let owners = rig.app.count("select count(*) from users where role = 'owner' and disabled_at is null").await;
        for _ in 0..3 {
            rig.refund("4000", Usdt).await;
        }
        rig.round().await.unwrap();
        let notices = open(&rig).await;
        assert_eq!((notices.len(), notices[0].kind, mails(&rig).await), (1, NoticeKind::RefundsWait, owners));
        let told = errors::text(Language::english(), &notices[0].detail);
        assert!(told.contains("is topped up: ") && told.ends_with(" for the refunds."), "{told}");
        rig.anvil.mint(rig.anvil.contracts.tether, rig.sender.address, units(4000)).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        assert_eq!((open(&rig).await, mails(&rig).await), (vec![], owners));
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        rig.finalize().await;
        rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), alloy_primitives::Bytes::new()).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        rig.round().await.unwrap();
        let notices = open(&rig).await;
        assert_eq!((notices.len(), notices[0].kind, mails(&rig).await), (1, NoticeKind::PayoutsPaused, 2 * owners));
        // Another one is shown, and is no further mail.
        rig.anvil.send_as(rig.sender.address, stranger, U256::from(1), alloy_primitives::Bytes::new()).await;
        rig.anvil.mine(1).await;
        rig.round().await.unwrap();
        let browser = rig.app.sign_in("owner@example.com").await;
        assert!(browser.get("/payouts").await.text().contains("The account has 2 transactions on the chain"));
        assert_eq!(mails(&rig).await, 2 * owners);
        // One that a person has paused has to be reconciled too, and owners are told.
        let (address, context) = (notation(rig.sender.address), rig.app.context());
        rig.app.store().resume_sender(&context, Network::Eth, &address).await.unwrap();
        rig.app.advance(Duration::hours(2));
        payouts::pause((&rig.app.requite).into(), &rig.operator(), Some(Network::Eth), "an audit").await.unwrap();
        rig.round().await.unwrap();
        let reason = rig.account().await.paused.unwrap().reason;
        assert_eq!((reason, mails(&rig).await), (PauseReason::UnexplainedTransaction, 3 * owners));
    }
}
