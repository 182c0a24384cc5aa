//! Compares what the chain says that our accounts hold with what moved there, to the last unit.

use super::{
    connection::{Connection, notation},
    rpc::{BlockTag, Node, RpcError},
    wallet::{WalletError, balances, block_for_balances, coins, usable_node},
};
use crate::{
    chain::ChainError,
    context::{Clock, Context, Entropy},
    domain::{
        money::{Money, currency::Currency},
        operations::books::AccountRole,
    },
    evm::units::from_units,
    store::{Store, chain::books::Balance},
};
use alloy_primitives::{Address, U256};

/// How many addresses are read together.
const PAGE: u32 = 500;

impl From<WalletError> for ChainError {
    fn from(error: WalletError) -> Self {
        Self::Unavailable(error.into())
    }
}

/// What is needed to compare.
#[derive(Clone, Copy)]
pub struct Comparison<'a> {
    pub store: &'a Store,
    pub connection: &'a Connection,
    pub clock: &'a dyn Clock,
    pub entropy: &'a dyn Entropy,
}

impl Comparison<'_> {
    /// Compares all accounts of the network once. Returns how many balances differ from what is known; `None` if the
    /// network is not followed yet, or if its blocks have moved meanwhile.
    pub async fn run(self) -> Result<Option<usize>, ChainError> {
        let settings = &self.connection.settings;
        let node = usable_node(settings, &self.connection.nodes).await?;
        let Some(block) = self.block(node).await? else { return Ok(None) };
        let mut differences = 0;
        let mut accounts = self.store.senders_of(settings.network).await?;
        for sender in &settings.senders {
            let account = notation(sender.address);
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
        differences += self.page(node, block, AccountRole::Sender, &accounts).await?;
        let mut after = String::new();
        loop {
            let page = self.store.deposit_accounts(settings.network, &after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(last);
            differences += self.page(node, block, AccountRole::Deposits, &page).await?;
        }
        self.store.finish_comparison(&self.context(), settings.network, height(block)).await?;
        Ok(Some(differences))
    }

    fn context(&self) -> Context<'_> {
        Context::new(self.clock, self.entropy)
    }

    /// The newest block that was followed and whose balances the node has: a final one if it has those.
    async fn block(&self, node: &Node) -> Result<Option<u64>, ChainError> {
        let network = self.connection.settings.network;
        let cursors = self.store.cursors().await?;
        let cursor = cursors.into_iter().find(|cursor| cursor.network == network);
        let Some(newest) = cursor.and_then(|cursor| cursor.newest) else { return Ok(None) };
        let followed = u64::try_from(newest.height).unwrap_or_default();
        let at = block_for_balances(node).await?;
        if at.is_final && at.number <= followed {
            return Ok(Some(at.number));
        }
        let header = node.header(BlockTag::Number(followed)).await?;
        Ok(header.filter(|header| header.hash.to_string() == newest.hash).map(|_| followed))
    }

    async fn page(&self, node: &Node, block: u64, role: AccountRole, accounts: &[String]) -> Result<usize, ChainError> {
        let settings = &self.connection.settings;
        let known: Vec<(&String, Address)> =
            accounts.iter().filter_map(|account| Some((account, account.parse().ok()?))).collect();
        let addresses: Vec<Address> = known.iter().map(|(_, address)| *address).collect();
        let mut held = Vec::new();
        for coin in coins(settings) {
            let answers = balances(node, settings, coin, &addresses, block).await?;
            for ((account, _), units) in known.iter().zip(answers) {
                held.push(Balance { account: (*account).clone(), amount: self.amount(node, coin, units)? });
            }
        }
        let (context, network) = (self.context(), settings.network);
        let differences = self.store.record_balances(&context, network, height(block), role, &held).await?;
        Ok(differences.unwrap_or_default())
    }

    fn amount(&self, node: &Node, coin: Currency, units: U256) -> Result<Money, RpcError> {
        from_units(self.connection.settings.network, coin, units)
            .ok_or_else(|| node.unexpected("eth_getBalance", "a balance that cannot be booked"))
    }
}

fn height(block: u64) -> i64 {
    i64::try_from(block).unwrap_or(i64::MAX)
}
