//! Compares what the chain says that our accounts hold with what moved there, to the last unit. What the chain says is the word
//! of most nodes: one alone could hide coins that it has not shown before either, or have a difference booked for ever.

use super::{
    connection::{Connection, notation},
    heights::blocks,
    nodes::Disagreement,
    rpc::{BlockTag, RpcError},
    wallet::{balances_of, coins},
};
use crate::{
    chain::ChainError,
    context::{Clock, Context, Entropy},
    domain::{
        money::{Money, currency::Currency},
        operations::books::AccountRole,
    },
    evm::units::from_units,
    store::{
        Store,
        chain::{books::Balance, cursors::SeenBlock},
    },
};
use alloy_primitives::{Address, U256};

/// How many addresses are read together.
const PAGE: u32 = 500;

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
    /// network is not followed yet, if its blocks have moved meanwhile, or if another server compares them.
    pub async fn run(self) -> Result<Option<usize>, ChainError> {
        let settings = &self.connection.settings;
        let Some(block) = self.block().await? else { return Ok(None) };
        let mut accounts = self.store.senders_of(settings.network).await?;
        for sender in &settings.senders {
            let account = notation(sender.address);
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
        let Some(mut differences) = self.page(&block, AccountRole::Sender, &accounts).await? else { return Ok(None) };
        let mut after = String::new();
        loop {
            let page = self.store.deposit_accounts(settings.network, &after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(last);
            let Some(more) = self.page(&block, AccountRole::Deposits, &page).await? else { return Ok(None) };
            differences += more;
        }
        let is_done = self.store.finish_comparison(&self.context(), settings.network, &block).await?;
        Ok(is_done.then_some(differences))
    }

    fn context(&self) -> Context<'_> {
        Context::new(self.clock, self.entropy)
    }

    /// The newest block that was followed and whose balances most nodes have: a final one if they have those.
    async fn block(&self) -> Result<Option<SeenBlock>, ChainError> {
        let (network, nodes) = (self.connection.settings.network, &self.connection.nodes);
        let cursors = self.store.cursors().await?;
        let Some(cursor) = cursors.into_iter().find(|cursor| cursor.network == network) else { return Ok(None) };
        let Some(newest) = cursor.newest else { return Ok(None) };
        let finalized = cursor.heights.and_then(|heights| heights.finalized).filter(|height| *height <= newest.height);
        if let Some(finalized) = finalized {
            // Many nodes keep the balances of the last blocks only.
            let tag = BlockTag::Number(number(finalized));
            match nodes.said_by_most(|node| Box::pin(node.balance(Address::ZERO, tag))).await {
                Ok(_) => return Ok(blocks(nodes, &[finalized]).await?.pop().flatten()),
                Err(Disagreement::TooFew { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let found = blocks(nodes, &[newest.height]).await?.pop().flatten();
        Ok(found.filter(|found| *found == newest))
    }

    /// `None` if the block was removed.
    async fn page(
        &self,
        block: &SeenBlock,
        role: AccountRole,
        accounts: &[String],
    ) -> Result<Option<usize>, ChainError> {
        let settings = &self.connection.settings;
        let known: Vec<(&String, Address)> =
            accounts.iter().filter_map(|account| Some((account, account.parse().ok()?))).collect();
        let addresses: Vec<Address> = known.iter().map(|(_, address)| *address).collect();
        let coins: Vec<(Currency, Option<Address>)> =
            coins(settings).map(|coin| (coin, settings.tokens.get(&coin).copied())).collect();
        let (addresses, contracts, at) = (addresses.as_slice(), coins.as_slice(), number(block.height));
        let said = self.connection.nodes.said_by_most(|node| {
            Box::pin(async move {
                let mut held = Vec::with_capacity(contracts.len());
                for (_, contract) in contracts {
                    held.push(balances_of(node, *contract, addresses, at).await?);
                }
                // Read afterwards: what was read before is of this block if it is still there.
                let header = node.header(BlockTag::Number(at)).await?;
                Ok::<_, RpcError>((header.map(|header| header.hash), held))
            })
        });
        let (hash, units) = said.await?;
        if hash.is_none_or(|hash| hash.to_string() != block.hash) {
            return Ok(None);
        }
        let mut held = Vec::new();
        for ((coin, _), units) in coins.iter().zip(units) {
            for ((account, _), units) in known.iter().zip(units) {
                held.push(Balance { account: (*account).clone(), amount: self.amount(*coin, units)? });
            }
        }
        Ok(self.store.record_balances(&self.context(), settings.network, block, role, &held).await?)
    }

    fn amount(&self, coin: Currency, units: U256) -> Result<Money, ChainError> {
        let too_large = || ChainError::Broken("a balance is larger than any that can be booked".into());
        from_units(self.connection.settings.network, coin, units).ok_or_else(too_large)
    }
}

fn number(height: i64) -> u64 {
    u64::try_from(height).unwrap_or_default()
}
