//! Compares what the chain and the signer know of the account with the database. Whatever the database does not know
//! pauses the account: the database may have been restored from a backup, and would pay again.

use super::{Outgoing, View, raise::may_be_version_of, sign::attempt};
use crate::{
    chain::{
        ChainError,
        evm::{
            custody::CustodyError,
            rpc::{BlockTag, Log, LogFilter, Receipt, RpcError},
        },
    },
    domain::{
        error::ErrorText,
        ids::RefundId,
        names::Named,
        refunds::transfer::{AttemptKind, HeldReason, PauseReason, Transfer, TransferStatus},
    },
    error::with_causes,
    evm::{abi, authorization::refund_nonce},
    signer::protocol::{Purpose, Remembered, SignaturePage, SignaturesRequest},
    store::refunds::{senders::UnexplainedTransaction, transfers::TransferWithAttempts},
};
use alloy_primitives::{Address, B256};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// How many blocks one question for events covers. Providers limit it.
pub(super) const RANGE: u64 = 2_000;
/// How many of them are asked in one round.
const RANGES: u64 = 500;
/// How long a transfer waits for blocks to be read until people are told.
const UNTOLD: Duration = Duration::seconds(30);

/// What a comparison has found.
pub(super) enum Compared {
    /// The account may sign: it is not paused, and everything that it did is known here.
    Explained,
    /// It is paused.
    Paused,
    /// Nothing may be asked of the signer, for this reason.
    SignerWrong(String),
}

impl Outgoing<'_> {
    /// Compares everything once.
    pub(super) async fn compare(&self, view: &View<'_>) -> Result<Compared, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let Some(account) = self.store.known_sender(network, &address).await? else { return Ok(Compared::Paused) };
        let seen = view.latest_nonce.max(view.pool_nonce);
        if seen > account.next_nonce {
            let detail = ErrorText::new("payouts-detail-unknown-transactions")
                .with("count", seen - account.next_nonce)
                .with("seen", seen.to_string())
                .with("known", account.next_nonce.to_string());
            self.pause(PauseReason::UnexplainedTransaction, detail).await?;
            return Ok(Compared::Paused);
        }
        if let Some(gap) = self.gaps(view, account.next_nonce).await?.first() {
            self.pause(PauseReason::ChainContradicts, gap.story()).await?;
            return Ok(Compared::Paused);
        }
        if let Some(problem) = self.signer_problem(view).await? {
            let problem = problem.stored();
            let planned = self.store.planned_transfers(network, &address).await?;
            self.hold_all(&planned, HeldReason::SignerRefuses, &problem).await?;
            return Ok(Compared::SignerWrong(problem));
        }
        let is_explained =
            self.view_of_logs_is_explained(view).await? && self.signer_is_explained(account.next_nonce).await?;
        let may_sign =
            is_explained && account.paused.is_none() && self.store.pause_of_others(network, &address).await?.is_none();
        Ok(if may_sign { Compared::Explained } else { Compared::Paused })
    }

    /// Looks for outgoing transfers and used authorisations since the last comparison. Those in unknown transactions are
    /// stored for a person, and pause the account.
    async fn view_of_logs_is_explained(&self, view: &View<'_>) -> Result<bool, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let (latest, final_height) = (view.latest.number.to::<u64>(), view.finalized);
        let start = match self.store.compared_height(network, &address).await? {
            Some(height) => height + 1,
            None => latest,
        };
        let mut from = start;
        // More is read in the next rounds: a node could name any height.
        let last = latest.min(from.saturating_add(RANGE * RANGES));
        let mut is_explained = last == latest;
        while from <= last {
            let to = last.min(from + RANGE - 1);
            for log in self.outgoing_logs(view, from, to).await? {
                let detail = match log.topics.first() {
                    Some(&abi::AUTHORIZATION_USED) => "payouts-detail-unknown-authorization",
                    _ => "payouts-detail-unknown-token-transfer",
                };
                is_explained &= self.explain(log.transaction_hash, ErrorText::new(detail)).await?;
            }
            // What is not final is looked at again: a reorganisation can bring other transactions.
            self.store
                .set_compared_height(network, &address, to.min(final_height.max(start.saturating_sub(1))))
                .await?;
            from = to + 1;
        }
        // Coin that left in another way than by a transaction of the account, as code that the account has delegated to can
        // send it, is found where blocks are followed.
        for (hash, height) in self.store.unknown_payments(network, &address).await? {
            let Ok(transaction) = hash.parse() else { continue };
            let receipt = self.receipt_of(transaction).await?;
            if !receipt.is_some_and(|receipt| receipt.succeeded() && receipt.block_number.to::<u64>() == height) {
                // A reorganisation has removed its block, so it is in none or in another one, which whoever follows the
                // blocks has not seen yet, however final the height is by now. Until then nothing says what it did, and
                // nothing is signed.
                tracing::warn!(
                    hash,
                    height,
                    "a transaction that moved coins of the account is not in its block any more"
                );
                self.hold_until_followed(&hash).await?;
                is_explained = false;
                continue;
            }
            is_explained &= self.explain(transaction, ErrorText::new("payouts-detail-unknown-coin-transfer")).await?;
        }
        Ok(is_explained)
    }

    /// Notes on planned transfers that blocks have to be read first. Not on new ones: usually it takes a few seconds.
    async fn hold_until_followed(&self, hash: &str) -> Result<(), ChainError> {
        let (network, now) = (self.connection.settings.network, self.context().now);
        let mut planned = self.store.planned_transfers(network, &self.address()).await?;
        planned.retain(|transfer| now - transfer.planned_at > UNTOLD);
        let detail =
            ErrorText::new("payouts-detail-blocks-not-read").with("network", network.title()).with("hash", hash);
        self.hold_all(&planned, HeldReason::NetworkAway, &detail.stored()).await
    }

    pub(super) async fn outgoing_logs(&self, view: &View<'_>, from: u64, to: u64) -> Result<Vec<Log>, ChainError> {
        let contracts: Vec<Address> = self.connection.settings.tokens.values().copied().collect();
        if contracts.is_empty() {
            return Ok(Vec::new());
        }
        let kinds = vec![abi::TRANSFER, abi::AUTHORIZATION_USED];
        let topics = [kinds, vec![abi::address_word(self.sender)]];
        let filter = LogFilter { from, to, contracts: &contracts, topics: &topics };
        let logs = view.node.logs(&filter).await?;
        // A transfer of nothing from any account can be made by anybody (address poisoning).
        let moves = |log: &Log| {
            log.topics.first() != Some(&abi::TRANSFER)
                || abi::returned_number(&log.data).is_none_or(|units| !units.is_zero())
        };
        Ok(logs.into_iter().filter(|log| !log.removed && moves(log)).collect())
    }

    /// Whether a transaction belongs to a transfer of ours.
    async fn explain(&self, transaction: B256, detail: ErrorText) -> Result<bool, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let hash = transaction.to_string();
        if self.store.is_transaction_known(&hash).await? {
            return Ok(true);
        }
        // Somebody else may submit our authorisation. Its transfer is then paid, and is ended by `track`.
        let under_way = self.store.transfers_under_way(network, &address).await?;
        let ours: BTreeSet<B256> = under_way.iter().map(|with| refund_nonce(with.transfer.id.0)).collect();
        let used = self.authorizations_in(transaction).await?;
        if !used.is_empty() && used.is_subset(&ours) {
            return Ok(true);
        }
        let found = UnexplainedTransaction {
            network,
            sender: address,
            transaction_hash: hash,
            detail: detail.stored(),
            found_at: self.context().now,
        };
        let is_new = self.store.record_unexplained(&found).await?;
        let known = self.store.unexplained_transaction(network, &found.sender, &found.transaction_hash).await?;
        let is_explained = known.is_some_and(|(_, is_explained)| is_explained);
        // Also one that was stored before: a server can have been killed before it paused the account.
        if is_new || !is_explained && !self.is_paused().await? {
            let hash = ErrorText::new("payouts-detail-transaction").with("hash", found.transaction_hash);
            self.pause(PauseReason::UnexplainedTransfer, ErrorText::sentences([detail, hash])).await?;
            return Ok(false);
        }
        Ok(true)
    }

    /// The receipt of a transaction; `None` if it is in no block.
    pub(super) async fn receipt_of(&self, transaction: B256) -> Result<Option<Receipt>, RpcError> {
        let nodes = &self.connection.nodes;
        nodes.first(|node| Box::pin(async move { Ok(node.receipts(&[transaction]).await?.pop().flatten()) })).await
    }

    /// Asks the signer what it has signed from our next nonce on. The storing of one signature may have been interrupted:
    /// then its transfer is planned here, and its bytes are stored now. Nothing is signed a second time for it.
    async fn signer_is_explained(&self, next_nonce: u64) -> Result<bool, ChainError> {
        let under_way = self.store.transfers_under_way(self.connection.settings.network, &self.address()).await?;
        let lowest = under_way.iter().filter_map(|with| with.transfer.nonce).min();
        let signatures = self.signatures_from(lowest.map_or(next_nonce, |lowest| lowest.min(next_nonce))).await?;
        let mut interrupted = None;
        // Without an answer, signing will tell why.
        for signature in signatures.unwrap_or_default() {
            if signature.nonce < next_nonce {
                if !self.learn_version(&under_way, &signature).await? {
                    return Ok(false);
                }
                continue;
            }
            let known = self.store.refund_transfer(RefundId(signature.transfer)).await?;
            let planned = known.map(|with| with.transfer).filter(|transfer| {
                signature.nonce == next_nonce && interrupted.is_none() && self.is_expected(transfer, &signature)
            });
            let Some(transfer) = planned else {
                let detail = ErrorText::new("payouts-detail-unknown-signature")
                    .with("transfer", signature.transfer.to_string())
                    .with("nonce", signature.nonce.to_string());
                self.pause(PauseReason::UnexplainedSignature, detail).await?;
                return Ok(false);
            };
            interrupted = Some((transfer, signature));
        }
        let Some((transfer, Remembered { nonce, signed, fees, signed_at, .. })) = interrupted else { return Ok(true) };
        let context = self.context();
        let signed_at = signed_at.min(context.now);
        if transfer.status == TransferStatus::Revoking {
            let revocation = attempt(&signed, &fees, AttemptKind::Revocation, signed_at);
            self.store.record_revocation(&context, &transfer, nonce, &revocation).await?;
        } else {
            let payment = attempt(&signed, &fees, AttemptKind::Payment, signed_at);
            self.store.record_first_attempt(&context, &transfer, nonce, &payment).await?;
        }
        Ok(true)
    }

    /// Stores a version of a transfer under way that the signer has made and this database does not know: storing it was
    /// interrupted, or the database was restored from a backup. It has the same nonce and pays in the same way, so nothing
    /// can be paid twice. One that pays in another way is never sent, and pauses the account: the result is `false` then.
    async fn learn_version(
        &self,
        under_way: &[TransferWithAttempts],
        signature: &Remembered,
    ) -> Result<bool, ChainError> {
        let is_of = |with: &&TransferWithAttempts| with.transfer.id.0 == signature.transfer;
        let Some(with) = under_way.iter().find(is_of) else { return Ok(true) };
        let hash = signature.signed.hash.to_string();
        let Some(kind) = kind_of(&with.transfer, signature) else { return Ok(true) };
        if !self.is_same_payment(&with.transfer, signature) || with.attempts.iter().any(|known| known.hash == hash) {
            return Ok(true);
        }
        if kind == AttemptKind::Payment && !may_be_version_of(with, &signature.signed.raw) {
            // Its nonce is used up.
            if matches!(with.transfer.status, TransferStatus::Revoking | TransferStatus::Displaced) {
                return Ok(true);
            }
            self.pause(PauseReason::UnexplainedSignature, paid_otherwise(&with.transfer, signature.nonce)).await?;
            return Ok(false);
        }
        tracing::warn!(refund = %with.transfer.id, hash, "the signer knows a version of a transfer that was not stored");
        let signed_at = signature.signed_at.min(self.context().now);
        let version = attempt(&signature.signed, &signature.fees, kind, signed_at);
        self.store.record_further_attempt(&self.context(), with.transfer.id, &version).await?;
        Ok(true)
    }

    /// Everything that the signer has signed with nonces from one on; `None` if it does not answer.
    pub(super) async fn signatures_from(&self, from_nonce: u64) -> Result<Option<Vec<Remembered>>, ChainError> {
        let (mut all, mut after) = (Vec::new(), 0);
        while let Some(page) = self.page_of_signatures(from_nonce, after).await? {
            after = page.signatures.last().map_or(after, |last| last.signed.memory);
            let is_last = !page.more || page.signatures.is_empty();
            all.extend(page.signatures);
            if is_last {
                return Ok(Some(all));
            }
        }
        Ok(None)
    }

    /// A page of what the signer has signed; `None` if it does not answer.
    pub(super) async fn page_of_signatures(
        &self,
        from_nonce: u64,
        after: u64,
    ) -> Result<Option<SignaturePage>, ChainError> {
        let chain_id = self.connection.settings.facts.chain_id;
        let request = SignaturesRequest { chain_id, account: self.sender, from_nonce, after };
        match self.custody.signatures(request).await {
            Ok(page) => Ok(Some(page)),
            Err(CustodyError::Away(_) | CustodyError::Refused { .. }) => Ok(None),
            Err(error @ CustodyError::Unexpected(_)) => Err(ChainError::Broken(error.into())),
        }
    }

    /// Whether a signature is the next one that this database would ask for.
    fn is_expected(&self, transfer: &Transfer, signature: &Remembered) -> bool {
        let purpose = match transfer.status {
            TransferStatus::Planned => Purpose::Payment,
            TransferStatus::Revoking => Purpose::Cancellation,
            _ => return false,
        };
        signature.purpose == purpose && self.is_same_payment(transfer, signature)
    }

    /// Whether a signature is about the payment of a transfer of this account.
    pub(super) fn is_same_payment(&self, transfer: &Transfer, signature: &Remembered) -> bool {
        transfer.sender == self.address() && self.pays_the_same(transfer, signature)
    }

    /// Whether a signature of this account is about the payment of a transfer, whichever account is to pay it.
    pub(super) fn pays_the_same(&self, transfer: &Transfer, signature: &Remembered) -> bool {
        signature.signed.from == self.sender
            && signature.signed.is_genuine()
            && transfer.network == self.connection.settings.network
            && self.connection.coin(transfer.amount.currency()) == Some(signature.coin)
            && self.connection.units(transfer.amount) == Some(signature.amount)
            && transfer.recipient.parse() == Ok(signature.recipient)
    }

    /// Notes on every planned transfer that payouts are paused.
    pub(super) async fn hold_while_paused(&self) -> Result<(), ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let account = self.store.known_sender(network, &address).await?;
        let own = account.and_then(|account| account.paused);
        let pause = match own {
            Some(pause) => Some(pause),
            None => self.store.pause_of_others(network, &address).await?,
        };
        let Some(pause) = pause else { return Ok(()) };
        tracing::debug!(network = network.code(), reason = pause.reason.as_str(), "payouts are paused");
        let planned = self.store.planned_transfers(network, &address).await?;
        self.hold_all(&planned, HeldReason::Paused, &pause.detail).await
    }

    pub(super) async fn hold_all(
        &self,
        transfers: &[Transfer],
        reason: HeldReason,
        detail: &str,
    ) -> Result<(), ChainError> {
        for transfer in transfers {
            self.store.hold_transfer(&self.context(), transfer, Some((reason, detail))).await?;
        }
        Ok(())
    }

    /// The height of a block that is older than a moment, found by bisection.
    pub(super) async fn height_before(&self, view: &View<'_>, moment: DateTime<Utc>) -> Result<u64, RpcError> {
        // The clocks of block producers and of this server differ.
        let wanted = u64::try_from((moment - Duration::minutes(15)).timestamp()).unwrap_or(0);
        let (mut low, mut high) = (0, view.latest.number.to::<u64>());
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            match view.node.header(BlockTag::Number(middle)).await? {
                Some(header) if header.timestamp.to::<u64>() <= wanted => low = middle,
                Some(_) => high = middle - 1,
                // A node without old blocks.
                None => {
                    tracing::warn!(error = %with_causes(&view.node.unexpected("eth_getBlockByNumber", "no such block")), "an old block is missing");
                    low = middle;
                }
            }
        }
        Ok(low)
    }
}

/// Says that the signer would pay a transfer in a second way.
pub(super) fn paid_otherwise(transfer: &Transfer, nonce: u64) -> ErrorText {
    let text = ErrorText::new("payouts-detail-signed-otherwise");
    text.with("refund", transfer.id.to_string()).with("nonce", nonce.to_string())
}

/// What a signature is for a transfer; `None` if its nonce is not one of the transfer's.
pub(super) fn kind_of(transfer: &Transfer, signature: &Remembered) -> Option<AttemptKind> {
    match signature.purpose {
        Purpose::Payment if transfer.nonce == Some(signature.nonce) => Some(AttemptKind::Payment),
        Purpose::Cancellation if transfer.nonce == Some(signature.nonce) => Some(AttemptKind::Cancellation),
        Purpose::Cancellation if transfer.revocation_nonce == Some(signature.nonce) => Some(AttemptKind::Revocation),
        Purpose::Payment | Purpose::Cancellation => None,
    }
}
