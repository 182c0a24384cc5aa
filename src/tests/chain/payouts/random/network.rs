//! What happens to the chain and its nodes.

use super::*;
use crate::support::{anvil::Replayed, flaky_node::Fault};
use alloy_primitives::B256;
use requite::evm::transaction::Transaction;

impl History {
    /// Replaces some blocks. Some of their transactions are in the new branch, perhaps elsewhere, or another version of
    /// them; the others are forgotten.
    pub async fn reorganise(&mut self) {
        let depth = 1 + if self.random.one_in(3) { self.random.below(DEEPEST) } else { self.random.below(8) };
        self.replace_blocks(depth).await;
    }

    /// The same for this many blocks.
    pub async fn replace_blocks(&mut self, depth: u64) {
        let head = self.rig.anvil.head().await.number.to::<u64>();
        let mut removed: BTreeMap<Address, Vec<(u64, B256)>> = BTreeMap::new();
        for number in head - depth + 1..=head {
            let block = self.rig.anvil.node.block(BlockTag::Number(number)).await.unwrap().unwrap();
            for transaction in block.transactions {
                removed.entry(transaction.from).or_default().push((transaction.nonce.to(), transaction.hash));
            }
        }
        let mut replayed = Vec::new();
        for (_, transactions) in removed {
            let kept = self.random.below(transactions.len() + 1);
            let mut blocks: Vec<u64> = (0..kept).map(|_| self.random.below(depth)).collect();
            blocks.sort_unstable();
            for (block, (_, hash)) in blocks.into_iter().zip(transactions) {
                replayed.push((block, Replayed::Raw(self.version_of(hash).await)));
            }
        }
        replayed.sort_by_key(|(block, _)| *block);
        self.note("reorganise", format!("{depth} with {} transactions", replayed.len()));
        *self.counts.entry("deep").or_default() += usize::from(depth > SAFE_AFTER);
        self.rig.anvil.reorg_with(depth, &replayed).await;
        let more = self.random.below(3);
        self.rig.anvil.mine(more).await;
    }

    /// The bytes of a transaction, or of another version of the same transfer.
    async fn version_of(&mut self, hash: B256) -> Bytes {
        let raw = self.rig.anvil.raw(hash).await;
        let sql = "select a.raw from transfer_attempts a join transfer_attempts b on a.transfer_id = b.transfer_id
            where b.hash = $1 and a.kind <> 'revocation' and b.kind <> 'revocation' order by a.seq";
        let versions = self.rig.app.texts(&sql.replace("$1", &format!("'{hash}'"))).await;
        if versions.is_empty() || !self.random.one_in(3) {
            return raw;
        }
        versions[self.random.below(versions.len())].parse().unwrap()
    }

    /// The price of gas of the next block: up to 50 times, and sometimes more than the limit of a fee allows.
    pub async fn change_fees(&mut self) {
        let fee = if self.random.one_in(8) { 200 } else { 1 + self.random.below(50) };
        self.note("base fee", fee);
        self.rig.anvil.set_base_fee(fee * GWEI).await;
        self.rig.anvil.mine(1).await;
    }

    pub async fn drop_transaction(&mut self) {
        let waiting = self.rig.anvil.pool().await;
        if !waiting.is_empty() {
            let hash = self.random.of(&waiting);
            self.note("drop", hash);
            self.rig.anvil.drop_transaction(hash).await;
        }
    }

    /// Somebody sends bytes again that were in the pool once.
    pub async fn send_old_version(&mut self) {
        let Some(with) = self.under_way().await else { return };
        let attempt = with.attempts[self.random.below(with.attempts.len())].clone();
        self.note("send again", &attempt.hash);
        // Refused if it is cheaper than what is there.
        self.rig.anvil.node.send(&attempt.raw.parse().unwrap()).await.ok();
    }

    /// The issuer of USDC blocks a recipient whose payment may be in the pool.
    pub async fn block_recipient(&mut self) {
        let Some(with) = self.under_way().await else { return };
        if with.transfer.amount.currency() == Usd {
            let recipient = with.transfer.recipient.parse().unwrap();
            self.note("block", recipient);
            self.rig.anvil.blacklist(self.rig.anvil.contracts.usdc.address, recipient).await;
            self.blocked.push(recipient);
        }
    }

    /// A stranger submits an authorisation (EIP-3009) that was in the pool for everybody to see.
    pub async fn submit_authorization(&mut self) {
        let Some(with) = self.under_way().await else { return };
        if with.transfer.amount.currency() == Usd {
            let raw: Bytes = with.attempts[0].raw.parse().unwrap();
            let data = Transaction::decode_signed(&raw).unwrap().data;
            let contracts = &self.rig.anvil.contracts;
            let (stranger, usdc) = (contracts.accounts.stranger.address, contracts.usdc.address);
            let hash = self.rig.anvil.send_as(stranger, usdc, U256::ZERO, data).await;
            self.note("stranger", format!("{hash} for {}", with.transfer.id));
        }
    }

    /// All that were ever blocked: a reorganisation may have taken back that one was unblocked.
    pub async fn unblock_recipients(&mut self) {
        for recipient in self.blocked.clone() {
            self.note("unblock", recipient);
            self.rig.anvil.unblacklist(self.rig.anvil.contracts.usdc.address, recipient).await;
        }
    }

    pub fn disturb_node(&mut self) {
        let which = self.random.below(self.nodes.len());
        let busy = Fault::Error { code: -32_000, message: "busy" };
        let (method, fault) = match self.random.below(6) {
            0..3 => ("", Fault::Refuse),
            3 => ("eth_sendRawTransaction", Fault::Refuse),
            4 => ("eth_sendRawTransaction", Fault::LoseAnswer),
            _ => ("eth_getTransactionReceipt", busy),
        };
        self.note("disturb", format!("node {which}, {method:?}"));
        self.nodes[which].set(method, fault);
        self.is_disturbed = true;
    }

    pub fn heal_nodes(&mut self) {
        self.nodes.iter().for_each(|node| node.heal());
        self.is_disturbed = false;
    }
}
