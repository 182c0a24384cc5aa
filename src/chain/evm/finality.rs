//! The height that is final, and the nonce of an account that pays as of that height.

use super::{
    connection::{Connection, notation},
    rpc::{BlockTag, Node, RpcError},
};
use crate::{chain::ChainError, store::Store};
use alloy_primitives::Address;

/// How many blocks the newest one may be above the final one. No network has had a million since it last had a final block.
pub const FURTHEST_AHEAD: u64 = 1_000_000;

/// An account about which nodes are asked.
#[derive(Clone, Copy)]
pub struct Finality<'a> {
    pub store: &'a Store,
    pub connection: &'a Connection,
    pub account: Address,
}

impl Finality<'_> {
    /// The height that the node calls final. Fails if it is below one that was final in an earlier round: the node lags
    /// behind, or the network has removed final blocks. What it says of the account and of payments is worth nothing then.
    pub async fn height_of(&self, node: &Node) -> Result<u64, ChainError> {
        let finalized = node.finalized().await?.number.to::<u64>();
        if finalized >= self.height_before().await? {
            return Ok(finalized);
        }
        Err(node.unexpected("eth_getBlockByNumber", "its final block is older than one that was final before").into())
    }

    /// What was final in an earlier round.
    async fn height_before(&self) -> Result<u64, ChainError> {
        let (network, address) = (self.connection.settings.network, notation(self.account));
        let account = self.store.known_sender(network, &address).await?;
        Ok(account.and_then(|account| account.seen).map_or(0, |seen| seen.finalized))
    }

    /// The height that most nodes call final; what was final before while too few answer.
    pub async fn height(&self) -> Result<u64, ChainError> {
        let asked = self
            .connection
            .nodes
            .reached_by_most(|node| Box::pin(async move { Ok(node.finalized().await?.number.to()) }));
        match asked.await {
            Err(error) if error.is_temporary() => self.height_before().await,
            reached => reached,
        }
    }

    /// The account's next nonce as of a final block, as most nodes say it: none alone can say that a nonce is used up whose
    /// transaction waits in the pool.
    pub async fn nonce(&self) -> Result<u64, ChainError> {
        self.connection.nodes.reached_by_most(|node| Box::pin(self.nonce_of(node))).await
    }

    /// What one node says. Most nodes keep the state of few blocks; then what the account has sent in the blocks after the
    /// final one is subtracted.
    async fn nonce_of(&self, node: &Node) -> Result<u64, ChainError> {
        let finalized = self.height_of(node).await?;
        match node.transaction_count(self.account, BlockTag::Number(finalized)).await {
            Ok(nonce) => return Ok(nonce),
            Err(RpcError::Refused { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        let latest = node.latest().await?.number.to::<u64>().min(finalized.saturating_add(FURTHEST_AHEAD));
        let mut nonce = node.transaction_count(self.account, BlockTag::Number(latest)).await?;
        for number in finalized + 1..=latest {
            let block = node.block(BlockTag::Number(number)).await?;
            let block = block.ok_or_else(|| node.unexpected("eth_getBlockByNumber", "no such block"))?;
            let sent = block.transactions.iter().filter(|transaction| transaction.from == self.account);
            nonce = nonce.saturating_sub(sent.map(|_| 1).sum());
        }
        Ok(nonce)
    }
}
