//! Finds transactions of the account that belong to no transfer: by the events of its tokens, by the signer's memory, and by
//! the nonces that are left.

use super::{
    Orphans, Outgoing, Reconciliation, View,
    assign::end_it_first,
    found::{Found, Movement},
    memory::{Group, Remainder},
};
use crate::{
    chain::{
        ChainError,
        evm::rpc::{BlockTag, BlockTransaction, RpcError},
    },
    domain::{
        error::{ErrorText, TextValue},
        ids::RefundId,
    },
    evm::authorization::refund_nonce,
    store::refunds::{
        reconciliation::{FoundTransaction, OpenRefund},
        senders::UnexplainedTransaction,
    },
};
use alloy_primitives::B256;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many blocks are read one by one if the node has no old states, in which a nonce is found faster.
const BLOCKS: u64 = 5_000;
/// Begins what stands for the hash of a transaction that was not found; its nonce follows.
const MISSING: &str = "nonce-";
/// How many nonces one reconciliation looks for.
const NONCES: usize = 500;

/// The transactions of the account that belong to no transfer, or have displaced one.
#[derive(Debug)]
pub(super) struct Search {
    /// The account's next nonce as of the final block.
    pub final_nonce: u64,
    pub by_nonce: BTreeMap<u64, Found>,
}

impl Outgoing<'_> {
    pub(super) async fn search(
        &self,
        view: &View<'_>,
        open: &[OpenRefund],
        (remainder, orphans): (&Remainder, Orphans),
        report: &mut Reconciliation,
    ) -> Result<Search, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let latest = view.latest.number.to::<u64>();
        // Only refunds that are open here can be paid again. One that was made again after a restore can be younger than its
        // payment: that was found by an earlier comparison, or its authorisation tells (`authorized.rs`).
        let oldest = match open.first() {
            Some(refund) => self.height_before(view, refund.created_at).await?,
            None => latest,
        };
        let from = self.store.compared_height(network, &address).await?.map_or(oldest, |height| height.min(oldest));
        report.searched = (from, latest);
        let final_nonce = self.final_nonce().await?;
        let mut search = Search { final_nonce, by_nonce: BTreeMap::new() };
        let signed = self.look_at_orphans(view, final_nonce, (&remainder.orphans, orphans), report).await?;
        let mut hashes: BTreeSet<B256> = signed.keys().copied().collect();
        hashes.extend(self.unknown_hashes(view, from).await?);
        for hash in hashes {
            let Some(found) = self.found(hash).await? else { continue };
            // People are told what became of one that has paid a refund, and read that also if it has failed now.
            if !self.store.is_transaction_known(&hash.to_string()).await? {
                self.note(view, &found, (signed.get(&hash).copied(), open), report).await?;
            }
            if let Some(nonce) = found.nonce {
                search.by_nonce.insert(nonce, found);
            }
        }
        self.search_nonces(view, from, (open, &mut search), report).await?;
        Ok(search)
    }

    /// What the signer has signed for refunds that are not known here, by the hash of what is in a block.
    async fn look_at_orphans(
        &self,
        view: &View<'_>,
        final_nonce: u64,
        (groups, orphans): (&[Group], Orphans),
        report: &mut Reconciliation,
    ) -> Result<HashMap<B256, RefundId>, ChainError> {
        let mut in_blocks = HashMap::new();
        for group in groups {
            let hashes: Vec<B256> = group.signatures.iter().map(|one| one.signed.hash).collect();
            let mut receipts = view.node.receipts(&hashes).await?.into_iter().flatten();
            if let Some(receipt) = receipts.find(|receipt| hashes.contains(&receipt.transaction_hash)) {
                in_blocks.insert(receipt.transaction_hash, group.transfer);
                continue;
            }
            let Some(newest) = group.signatures.last() else { continue };
            if group.nonce < final_nonce {
                continue;
            }
            let payment = Movement { coin: newest.coin, recipient: newest.recipient, units: newest.amount };
            let payment = TextValue::sentences([self.describe_movement(&payment)]);
            let signed = |id| {
                let text = ErrorText::new(id).with("payment", payment.clone());
                text.with("refund", group.transfer.to_string()).with("nonce", group.nonce.to_string())
            };
            if let Some(why) = &group.withheld {
                let text = signed("payouts-detail-orphan-withheld");
                report.waiting.push(text.with("why", TextValue::sentences([why.clone()])).stored());
                continue;
            }
            // Asked again for each, since the one before may have been sent.
            let next = view.node.transaction_count(self.sender, BlockTag::Pending).await?;
            if group.nonce > next {
                let text = signed("payouts-detail-orphan-too-far").with("next", next.to_string());
                report.waiting.push(text.stored());
                continue;
            }
            let text = match orphans {
                Orphans::Send => {
                    self.connection.nodes.broadcast(newest.signed.hash, &newest.signed.raw).await;
                    signed("payouts-detail-orphan-sent")
                }
                Orphans::Tell => {
                    signed("payouts-detail-orphan-told").with("code", self.connection.settings.network.code())
                }
            };
            report.waiting.push(text.stored());
        }
        Ok(in_blocks)
    }

    /// Transactions with events of the account's tokens that belong to no transfer, and those that were noted before: native
    /// coin has no events, and its nonce can be that of a transfer that was cancelled.
    async fn unknown_hashes(&self, view: &View<'_>, from: u64) -> Result<Vec<B256>, ChainError> {
        let (mut from, latest) = (from, view.latest.number.to::<u64>());
        let mut hashes = BTreeSet::new();
        while from <= latest {
            let to = latest.min(from + super::super::compare::RANGE - 1);
            hashes.extend(self.outgoing_logs(view, from, to).await?.into_iter().map(|log| log.transaction_hash));
            self.extend_lease().await?;
            from = to + 1;
        }
        let noted = self.store.unexplained_transactions(self.connection.settings.network, &self.address()).await?;
        hashes.extend(noted.iter().filter_map(|item| item.transaction_hash.parse::<B256>().ok()));
        let mut unknown = Vec::new();
        for hash in hashes {
            if !self.store.is_transaction_known(&hash.to_string()).await? {
                unknown.push(hash);
            }
        }
        Ok(unknown)
    }

    /// Looks for the final transactions whose nonces belong to nothing that is known.
    async fn search_nonces(
        &self,
        view: &View<'_>,
        from: u64,
        (open, search): (&[OpenRefund], &mut Search),
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let account = self.store.known_sender(network, &address).await?;
        let next_nonce = account.map_or(0, |account| account.next_nonce);
        let low = match view.node.transaction_count(self.sender, BlockTag::Number(from)).await {
            Ok(count) => count.min(next_nonce),
            Err(RpcError::Refused { .. }) => next_nonce,
            Err(error) => return Err(error.into()),
        };
        let mut accounted = self.store.nonces_of_transfers(network, &address, low).await?;
        accounted.extend(search.by_nonce.keys());
        let mut missing: BTreeSet<u64> =
            (low..search.final_nonce).filter(|nonce| !accounted.contains(nonce)).take(NONCES).collect();
        // Displaced transfers can have lower nonces.
        for with in self.store.transfers_under_way(network, &address).await? {
            let displaced =
                with.transfer.nonce.filter(|nonce| !accounted.contains(nonce) && *nonce < search.final_nonce);
            missing.extend(displaced);
        }
        // Those that were not found before: another node, or the same one later, may know them.
        for item in self.store.unexplained_transactions(network, &address).await? {
            missing.extend(item.transaction_hash.strip_prefix(MISSING).and_then(|nonce| nonce.parse::<u64>().ok()));
        }
        let (noted, _) = self.store.nonces_of_found(network, &address).await?;
        for transaction in self.transactions_of(view, from, &missing).await? {
            let nonce = transaction.nonce.to::<u64>();
            // What only one node has may be invented, and its nonce too.
            let found = self.found(transaction.hash).await?.filter(|found| found.nonce == Some(nonce));
            let Some(found) = found else { continue };
            missing.remove(&nonce);
            self.store.forget_missing(network, &address, &missing_key(nonce)).await?;
            if !self.store.is_transaction_known(&transaction.hash.to_string()).await? {
                self.note(view, &found, (None, open), report).await?;
                search.by_nonce.insert(nonce, found);
            }
        }
        for nonce in missing.into_iter().filter(|nonce| !noted.contains(nonce)) {
            let detail = ErrorText::new("payouts-detail-nonce-not-found")
                .with("nonce", nonce.to_string())
                .with("from", from.to_string())
                .with("to", view.finalized.to_string());
            self.describe(missing_key(nonce), Some(nonce), detail).await?;
        }
        Ok(())
    }

    /// The final transactions of the account with these nonces, as far as they are found.
    async fn transactions_of(
        &self,
        view: &View<'_>,
        from: u64,
        nonces: &BTreeSet<u64>,
    ) -> Result<Vec<BlockTransaction>, ChainError> {
        let mut found = Vec::new();
        for nonce in nonces {
            match self.height_of(view, *nonce).await {
                Ok(height) => found.extend(self.sent_in(view, height, &BTreeSet::from([*nonce])).await?),
                // The node has no old states, so the blocks themselves are read.
                Err(RpcError::Refused { .. }) => return self.scan(view, from, nonces).await,
                Err(error) => return Err(error.into()),
            }
            self.extend_lease().await?;
        }
        Ok(found)
    }

    /// The block with the transaction of a nonce, found by bisection.
    async fn height_of(&self, view: &View<'_>, nonce: u64) -> Result<u64, RpcError> {
        let (mut low, mut high) = (0, view.finalized);
        while low < high {
            let middle = low + (high - low) / 2;
            if view.node.transaction_count(self.sender, BlockTag::Number(middle)).await? > nonce {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(low)
    }

    async fn scan(
        &self,
        view: &View<'_>,
        from: u64,
        nonces: &BTreeSet<u64>,
    ) -> Result<Vec<BlockTransaction>, ChainError> {
        let (mut found, mut left) = (Vec::new(), nonces.clone());
        let to = view.finalized.min(from.saturating_add(BLOCKS));
        for height in from..=to {
            if left.is_empty() {
                break;
            }
            let sent = self.sent_in(view, height, &left).await?;
            left.retain(|nonce| !sent.iter().any(|one| one.nonce.to::<u64>() == *nonce));
            found.extend(sent);
            if height % 50 == 0 {
                self.extend_lease().await?;
            }
        }
        Ok(found)
    }

    async fn sent_in(
        &self,
        view: &View<'_>,
        height: u64,
        nonces: &BTreeSet<u64>,
    ) -> Result<Vec<BlockTransaction>, RpcError> {
        let Some(block) = view.node.block(BlockTag::Number(height)).await? else { return Ok(Vec::new()) };
        let is_wanted = |one: &BlockTransaction| one.from == self.sender && nonces.contains(&one.nonce.to::<u64>());
        Ok(block.transactions.into_iter().filter(is_wanted).collect())
    }

    /// Stores a transaction for a person, unless it is not final yet or is a transfer of ours that somebody else has
    /// submitted.
    async fn note(
        &self,
        view: &View<'_>,
        found: &Found,
        (refund, waiting): (Option<RefundId>, &[OpenRefund]),
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        if found.height > view.finalized {
            let text = ErrorText::new("payouts-detail-transaction-not-final");
            report.waiting.push(text.with("hash", found.hash.to_string()).stored());
            return Ok(());
        }
        let under_way = self.store.transfers_under_way(self.connection.settings.network, &self.address()).await?;
        let ours: BTreeSet<B256> = under_way.iter().map(|with| refund_nonce(with.transfer.id.0)).collect();
        if !found.authorizations.is_empty() && found.authorizations.is_subset(&ours) {
            return Ok(());
        }
        let mut details = vec![self.what_it_did(found)];
        let of_refund = |id, refund: RefundId| ErrorText::new(id).with("refund", refund.to_string());
        details.extend(refund.map(|id| of_refund("payouts-detail-signed-for", id)));
        if let Some(id) = self.store.refund_ended_unpaid(&found.hash.to_string()).await? {
            details.push(match found.succeeded {
                true => of_refund("payouts-detail-payment-of-ended", id),
                false => of_refund("payouts-detail-failed-payment-of-ended", id),
            });
        }
        let ended = self.paid_after_their_end(found).await?;
        if !ended.is_empty() {
            let ids: Vec<_> = ended.iter().map(RefundId::to_string).collect();
            details.push(ErrorText::new("payouts-detail-authorization-of-ended").with("refunds", ids.join(", ")));
        }
        for transfer in &self.assignable().await? {
            if self.require_payment(view, found, transfer).is_ok() {
                details.push(of_refund("payouts-detail-exactly-owed", transfer.id));
            }
        }
        details.extend(self.waiting_paid_by(found, waiting).map(end_it_first));
        self.describe(found.hash.to_string(), found.nonce, ErrorText::sentences(details)).await
    }

    /// Whether it succeeded and what it paid, where, and who has sent it.
    fn what_it_did(&self, found: &Found) -> ErrorText {
        let moved = TextValue::list(found.movements.iter().map(|movement| self.describe_movement(movement)));
        let text = match (found.succeeded, found.movements.is_empty(), found.nonce.is_some()) {
            (false, _, true) => ErrorText::new("payouts-detail-failed"),
            (false, _, false) => ErrorText::new("payouts-detail-failed-from-another"),
            (true, true, true) => ErrorText::new("payouts-detail-moved-nothing"),
            (true, true, false) => ErrorText::new("payouts-detail-moved-nothing-from-another"),
            (true, false, true) => ErrorText::new("payouts-detail-paid").with("moved", moved),
            (true, false, false) => ErrorText::new("payouts-detail-paid-from-another").with("moved", moved),
        };
        let text = text.with("block", found.height.to_string());
        match found.nonce {
            Some(nonce) => text.with("nonce", nonce.to_string()),
            None => text,
        }
    }

    async fn describe(&self, key: String, nonce: Option<u64>, detail: ErrorText) -> Result<(), ChainError> {
        let transaction = UnexplainedTransaction {
            network: self.connection.settings.network,
            sender: self.address(),
            transaction_hash: key,
            detail: detail.stored(),
            found_at: self.context().now,
        };
        Ok(self.store.describe_unexplained(&FoundTransaction { transaction, nonce }).await?)
    }
}

/// What stands for the hash of a transaction that was not found.
fn missing_key(nonce: u64) -> String {
    format!("{MISSING}{nonce}")
}
