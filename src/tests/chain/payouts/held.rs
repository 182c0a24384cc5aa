//! What keeps a transfer from being sent is told, takes no nonce, and ends by itself.
//!
//! What the people behind the tokens do pays a high fee here, which the node then suggests to others for some blocks.

use super::*;
use crate::support::{log::Log, money};
use alloy_primitives::Bytes;
use axum::http::Method;
use requite::{
    service::refunds::{RefundServices, outlook::would_wait},
    signer::protocol::{Coin, Fees, PaymentRequest},
};
use tracing::instrument::WithSubscriber;

/// The transfer waits for this reason, other transfers go on, and it is paid after `remedy`.
async fn held_then_paid(rig: &Rig, refund: &Refund, reason: HeldReason, remedy: impl AsyncFnOnce()) {
    rig.round().await.unwrap();
    let transfer = rig.transfer(refund).await.transfer;
    let held = transfer.held.clone().unwrap_or_else(|| panic!("it is not held: {transfer:#?}"));
    assert_eq!((held.reason, transfer.nonce), (reason, None), "{}", held.detail);
    assert_eq!(rig.app.reload_refund(refund).await.transfer_held, Some(reason));
    assert_eq!(rig.status(refund).await, RefundStatus::Processing);
    held_then_paid_after(rig, refund, remedy).await;
}

async fn held_then_paid_after(rig: &Rig, refund: &Refund, remedy: impl AsyncFnOnce()) {
    remedy().await;
    rig.round().await.unwrap();
    rig.finalize().await;
    let paid = rig.app.reload_refund(refund).await;
    let transfer = rig.transfer(refund).await;
    assert_eq!((paid.status, paid.transfer_held), (RefundStatus::Completed, None), "{transfer:#?}");
    rig.app.assert_invariants().await;
}

on_each_engine! {
    async fn case_13_no_gas(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.anvil.set_balance(rig.sender.address, U256::from(1)).await;
        // What is told is enough.
        let remedy = async || {
            let page = rig.app.sign_in("owner@example.com").await.get("/payouts").await.text();
            assert!(page.contains("insufficient"), "{page}");
            let services = RefundServices::from(&rig.app.requite);
            let next = would_wait(services, Network::Eth, money("1", Usd)).await.unwrap();
            assert_eq!(next, Some(HeldReason::AwaitingGas), "the next one would wait too");
            let detail = rig.transfer(&refund).await.transfer.held.unwrap().detail;
            let told = detail.strip_prefix("It needs ").and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
            let needed = rig.connection().units(money(&told, Eth)).unwrap();
            rig.anvil.set_balance(rig.sender.address, needed).await;
        };
        held_then_paid(&rig, &refund, HeldReason::AwaitingGas, remedy).await;
    }

    async fn case_14_the_recipient_or_we_are_blocked(engine: Engine) {
        let rig = Rig::new(engine).await;
        let (usdc, us) = (rig.anvil.contracts.usdc.address, rig.sender.address);
        let refund = rig.refund("5", Usd).await;
        let recipient = refund.address.parse().unwrap();
        rig.anvil.blacklist(usdc, recipient).await;
        rig.anvil.mine(16).await;
        // The one behind it goes on.
        let other = rig.refund("1", Usd).await;
        held_then_paid(&rig, &refund, HeldReason::RecipientBlocked, async || {
            rig.finalize().await;
            assert_eq!(rig.status(&other).await, RefundStatus::Completed);
            rig.anvil.unblacklist(usdc, recipient).await;
            rig.anvil.mine(16).await;
        }).await;
        let refund = rig.refund("5", Usd).await;
        rig.anvil.blacklist(usdc, us).await;
        rig.anvil.mine(16).await;
        held_then_paid(&rig, &refund, HeldReason::SenderBlocked, async || {
            rig.anvil.unblacklist(usdc, us).await;
            rig.anvil.mine(16).await;
        }).await;
    }

    async fn case_15_blocked_between_the_attempt_and_the_block(engine: Engine) {
        let rig = Rig::new(engine).await;
        let (refund, had) = (rig.refund("5", Usd).await, rig.balance(Eth, rig.sender.address).await);
        rig.round().await.unwrap();
        rig.anvil.blacklist(rig.anvil.contracts.usdc.address, refund.address.parse().unwrap()).await;
        rig.finalize().await;
        // Nothing was paid, but the authorisation was in the pool for everybody to see. It is revoked first.
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Revoking);
        assert_eq!(rig.status(&refund).await, RefundStatus::Processing);
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Reverted);
        // Both transactions were paid for.
        let fee = rig.connection().units(rig.transfer(&refund).await.transfer.fee.unwrap()).unwrap();
        assert_eq!(rig.balance(Eth, rig.sender.address).await, had - fee);
        rig.anvil.unblacklist(rig.anvil.contracts.usdc.address, refund.address.parse().unwrap()).await;
        rig.anvil.mine(1).await;
        let raw = rig.transfer(&refund).await.attempts[0].raw.parse::<Bytes>().unwrap();
        let data = requite::evm::transaction::Transaction::decode_signed(&raw).unwrap().data;
        let (stranger, usdc) = (rig.anvil.contracts.accounts.stranger.address, rig.anvil.contracts.usdc.address);
        rig.anvil.send_as(stranger, usdc, U256::ZERO, data).await;
        rig.finalize().await;
        assert_eq!(rig.status(&refund).await, RefundStatus::Rejected);
        assert_eq!(rig.received(&refund).await, U256::ZERO);
        rig.app.assert_invariants().await;
    }

    async fn case_16_the_coin_is_paused_and_unpaused(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usd).await;
        rig.anvil.pause(rig.anvil.contracts.usdc.address).await;
        rig.anvil.mine(16).await;
        held_then_paid(&rig, &refund, HeldReason::TokenPaused, async || {
            rig.anvil.unpause(rig.anvil.contracts.usdc.address).await;
            rig.anvil.mine(16).await;
        }).await;
    }

    async fn case_17_a_contract_that_refuses_coins(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refuser = rig.anvil.contracts.refuser;
        let refund = rig.refund_to(refuser, "0.01", Eth).await;
        held_then_paid(&rig, &refund, HeldReason::RecipientRefuses, async || {
            let stranger = rig.anvil.contracts.accounts.stranger.address;
            rig.anvil.send_as(stranger, refuser, U256::ZERO, crate::support::contracts::accept()).await;
            rig.anvil.mine(16).await;
        }).await;
    }

    async fn case_17_a_token_without_code_waits_and_delays_no_other(engine: Engine) {
        let rig = Rig::new(engine).await;
        let tether = rig.anvil.contracts.tether;
        let code = rig.anvil.node.code(tether, BlockTag::Latest).await.unwrap();
        let (refund, other) = (rig.refund("5", Usdt).await, rig.refund("0.01", Eth).await);
        rig.anvil.set_code(tether, &Bytes::new()).await;
        held_then_paid(&rig, &refund, HeldReason::AwaitingFunds, async || {
            let held = rig.transfer(&refund).await.transfer.held.unwrap();
            assert!(held.detail.contains(&format!("There is no contract of USDT at {tether}")), "{}", held.detail);
            rig.finalize().await;
            assert_eq!(rig.status(&other).await, RefundStatus::Completed);
            rig.anvil.set_code(tether, &code).await;
        }).await;
        assert_eq!(rig.received(&refund).await, units(5));
        // One whose payments would be authorised: the domain that was signed for cannot be compared with the token's.
        let usdc = rig.anvil.contracts.usdc.address;
        let code = rig.anvil.node.code(usdc, BlockTag::Latest).await.unwrap();
        let refund = rig.refund("5", Usd).await;
        rig.anvil.set_code(usdc, &Bytes::new()).await;
        held_then_paid(&rig, &refund, HeldReason::SignerRefuses, async || rig.anvil.set_code(usdc, &code).await).await;
        assert_eq!(rig.received(&refund).await, units(5));
    }

    async fn case_17_too_little_of_the_coin(engine: Engine) {
        let rig = Rig::new(engine).await;
        let mut refunds = Vec::new();
        for _ in 0..3 {
            refunds.push(rig.refund("4000", Usdt).await);
            rig.app.advance(Duration::seconds(1));
        }
        held_then_paid(&rig, &refunds[2], HeldReason::AwaitingFunds, async || {
            rig.anvil.mint(rig.anvil.contracts.tether, rig.sender.address, units(5_000)).await;
            rig.finalize().await;
        }).await;
        for refund in &refunds {
            assert_eq!(rig.received(refund).await, units(4_000));
        }
    }

    async fn case_18_the_fee_is_above_the_limit(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = rig.refund("5", Usdt).await;
        rig.anvil.set_base_fee(900_000_000_000).await;
        rig.anvil.mine(1).await;
        held_then_paid(&rig, &refund, HeldReason::FeeTooHigh, async || {
            // The base fee falls by an eighth with each empty block.
            rig.anvil.mine(40).await;
        }).await;
    }

    async fn case_28_the_signer_is_away_locked_or_refuses(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let allowed = policy(&rig.anvil);
        let client = rig.signer_client();
        let unlock = async || client.unlock(Passphrase::from(PASSPHRASE.to_owned())).await.unwrap();
        signer::is_told_to_be_locked_before_a_refund_waits(&rig, &client).await;
        unlock().await;
        rig.round().await.unwrap();
        assert_eq!(rig.account().await.signer, None);
        let refund = rig.refund("5", Usd).await;
        rig.signer.take().unwrap().stop().await;
        let log = Log::default();
        for _ in 0..3 {
            rig.round().with_subscriber(log.subscriber(tracing::Level::WARN)).await.unwrap();
            assert_eq!(rig.held(&refund).await, Some(HeldReason::SignerAway));
        }
        let told = log.text().lines().filter(|line| line.contains("does not respond")).count();
        assert_eq!(told, 1, "not in every round: {}", log.text());
        assert_eq!(rig.account().await.signer.unwrap().reason, HeldReason::SignerAway);
        rig.restart_signer(&allowed.replace("per-transfer = \"5000\"", "per-transfer = \"1\"")).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::SignerRefuses));
        assert_eq!(rig.account().await.signer, None, "it answers");
        // In its own words, for people and for programs.
        let said = rig.transfer(&refund).await.transfer.held.unwrap().detail;
        assert!(said.contains("limit"), "{said}");
        let path = format!("/refunds/{}", refund.id);
        let shown = rig.app.sign_in("owner@example.com").await.get(&path).await.text();
        assert!(shown.contains(&said), "{said}: {shown}");
        let detail = rig.app.call(Method::GET, &format!("/v1{path}"), None).await.json();
        assert_eq!(detail["data"]["transfer"]["heldDetail"], said, "{detail}");
        rig.restart_signer(&allowed).await;
        client.lock().await.unwrap();
        // Later, so that it is behind.
        rig.app.advance(Duration::milliseconds(1));
        let behind = rig.refund("1", Usdt).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::SignerLocked));
        assert_eq!(rig.held(&behind).await, Some(HeldReason::SignerLocked), "all that wait are told");
        held_then_paid(&rig, &refund, HeldReason::SignerLocked, unlock).await;
        assert_eq!(rig.status(&behind).await, RefundStatus::Completed);
        assert_eq!(rig.account().await.next_nonce, 2);
    }

    async fn a_signer_of_another_account_or_with_another_domain_signs_nothing(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let allowed = policy(&rig.anvil);
        let refund = rig.refund("5", Usd).await;
        let right = rig.sender.clone();
        rig.signer.take().unwrap().stop().await;
        std::fs::remove_file(rig.folder.path().join("memory.db")).unwrap();
        rig.sender = rig.anvil.contracts.accounts.stranger.clone();
        rig.restart_signer(&allowed).await;
        rig.sender = right;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::SignerRefuses));
        rig.restart_signer(&allowed.replace("USD Coin", "Another Coin")).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::SignerRefuses));
        assert_eq!(rig.anvil.node.transaction_count(rig.sender.address, BlockTag::Pending).await.unwrap(), 0);
        let remedy = async || {};
        rig.restart_signer(&allowed).await;
        held_then_paid_after(&rig, &refund, remedy).await;
    }

    /// A round looked at the hundred oldest only.
    async fn what_waits_delays_nothing_however_much_it_is(engine: Engine) {
        let rig = Rig::new(engine).await;
        let blocked = Address::repeat_byte(7);
        let intent = rig.app.paid_intent("110", Usd, Network::Eth).await;
        let destination = Destination::parse(Network::Eth, &notation(blocked), None, false).unwrap();
        let new = NewRefund { destination, ..rig.app.order(&intent, "1") };
        let waiting = rig.app.refund(&new).await.unwrap();
        for _ in 1..110 {
            rig.app.refund(&new).await.unwrap();
        }
        rig.app.work().await;
        rig.anvil.blacklist(rig.anvil.contracts.usdc.address, blocked).await;
        rig.anvil.mine(16).await;
        rig.app.advance(Duration::seconds(1));
        let behind = rig.refund("1", Usdt).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&waiting).await, Some(HeldReason::RecipientBlocked));
        rig.finalize().await;
        assert_eq!(rig.status(&behind).await, RefundStatus::Completed);
    }

    async fn a_revocation_waits_for_a_coin_that_is_paused(engine: Engine) {
        let mut rig = Rig::new(engine).await;
        let usdc = rig.anvil.contracts.usdc.address;
        let refund = failed_authorization(&rig).await;
        rig.anvil.pause(usdc).await;
        rig.anvil.mine(16).await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::TokenPaused));
        assert_eq!(rig.transfer(&refund).await.transfer.revocation_nonce, None);
        rig.anvil.unpause(usdc).await;
        rig.anvil.mine(16).await;
        rig.round().await.unwrap();
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Reverted);
        assert_eq!(rig.status(&refund).await, RefundStatus::Rejected);
        // A transfer of the same coin that was signed without an authorisation has nothing to revoke. Its bytes say so.
        let (plain, allowed) = (rig.refund("6", Usd).await, policy(&rig.anvil));
        let contract = &rig.anvil.contracts.usdc;
        let domain = format!("domain = {{ name = \"{}\", version = \"{}\" }}", contract.name, contract.version);
        rig.restart_signer(&allowed.replacen(&domain, "", 1)).await;
        let request = PaymentRequest {
            transfer: plain.id.0,
            chain_id: CHAIN,
            account: rig.sender.address,
            nonce: rig.account().await.next_nonce,
            coin: Coin::Token(usdc),
            recipient: plain.address.parse().unwrap(),
            amount: units(6),
            fees: Fees { gas_limit: 200_000, max_fee_per_gas: 10_000_000_000, max_priority_fee_per_gas: 1_000_000_000 },
        };
        rig.signer_client().sign(&request).await.unwrap();
        rig.restart_signer(&allowed).await;
        rig.round().await.unwrap();
        rig.round().await.unwrap();
        assert_eq!(rig.transfer_status(&plain).await, TransferStatus::Broadcast);
        rig.anvil.blacklist(usdc, request.recipient).await;
        rig.finalize().await;
        let ended = rig.transfer(&plain).await;
        assert_eq!((ended.transfer.status, ended.attempts.len()), (TransferStatus::Reverted, 1));
        assert_eq!(rig.status(&plain).await, RefundStatus::Rejected);
        rig.app.assert_invariants().await;
    }

    async fn a_revocation_that_failed_is_repeated_after_a_person_has_resumed(engine: Engine) {
        let rig = Rig::new(engine).await;
        let usdc = rig.anvil.contracts.usdc.address;
        let refund = failed_authorization(&rig).await;
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.transfer.revocation_nonce, Some(1));
        // Paused after it was signed, so that it fails.
        rig.anvil.pause(usdc).await;
        rig.finalize().await;
        rig.round().await.unwrap();
        assert_eq!(rig.held(&refund).await, Some(HeldReason::TokenPaused), "another would fail too");
        rig.anvil.unpause(usdc).await;
        rig.anvil.mine(16).await;
        rig.round().await.unwrap();
        assert!(rig.account().await.paused.is_some());
        assert_eq!(rig.held(&refund).await, Some(HeldReason::Paused));
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.transfer.revocation_nonce, Some(1), "not before a person has resumed");
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        let again = rig.transfer(&refund).await.transfer;
        assert_eq!((again.revocation_nonce, again.held), (Some(2), None));
        rig.finalize().await;
        assert_eq!(rig.account().await.paused, None);
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Reverted);
        assert_eq!(rig.status(&refund).await, RefundStatus::Rejected);
        rig.app.assert_invariants().await;
    }

    async fn a_revocation_whose_nonce_was_used_elsewhere_is_repeated(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = failed_authorization(&rig).await;
        rig.round().await.unwrap();
        let revocation = rig.transfer(&refund).await.attempts.last().unwrap().hash.parse().unwrap();
        rig.anvil.drop_transaction(revocation).await;
        let stranger = rig.anvil.contracts.accounts.stranger.address;
        rig.anvil.send_as(rig.sender.address, stranger, U256::ONE, Default::default()).await;
        rig.anvil.mine(16).await;
        rig.round().await.unwrap();
        let paused = rig.account().await.paused.unwrap();
        assert!(paused.detail.contains("another transaction has used its nonce"), "{}", paused.detail);
        assert!(rig.resume().await.unwrap());
        rig.round().await.unwrap();
        assert_eq!(rig.transfer(&refund).await.transfer.revocation_nonce, Some(2));
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Reverted);
        rig.app.assert_invariants().await;
    }

    /// Its nonce holds up all transfers behind it.
    async fn the_fee_of_a_revocation_is_raised(engine: Engine) {
        let rig = Rig::new(engine).await;
        let refund = failed_authorization(&rig).await;
        rig.round().await.unwrap();
        let fee = |with: &TransferWithAttempts| with.attempts.last().unwrap().max_fee_per_gas;
        let cheap = rig.transfer(&refund).await;
        rig.anvil.set_base_fee(u64::try_from(fee(&cheap)).unwrap() * 2).await;
        rig.anvil.mine(1).await;
        later(&rig);
        rig.round().await.unwrap();
        let raised = rig.transfer(&refund).await;
        assert_eq!(raised.attempts.len(), cheap.attempts.len() + 1, "{raised:#?}");
        assert!(fee(&raised) > fee(&cheap) * 9 / 8);
        assert_eq!(raised.transfer.revocation_nonce, cheap.transfer.revocation_nonce);
        rig.finalize().await;
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Reverted);
        rig.app.assert_invariants().await;
    }
}

/// A refund whose authorised transfer failed in a final block, and whose recipient may receive again.
pub(super) async fn failed_authorization(rig: &Rig) -> Refund {
    let refund = rig.refund("5", Usd).await;
    let (usdc, recipient) = (rig.anvil.contracts.usdc.address, refund.address.parse().unwrap());
    rig.round().await.unwrap();
    rig.anvil.blacklist(usdc, recipient).await;
    rig.finalize().await;
    assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Revoking);
    rig.anvil.unblacklist(usdc, recipient).await;
    rig.anvil.mine(16).await;
    refund
}
