//! Compares what was found in blocks with its receipts, and tells whose addresses they are.

use super::{COIN, Candidate, FEE, Origin, Payer, Scan, ScanError, WholeBlock, seen_block};
use crate::{
    chain::evm::{
        connection::notation,
        fees::fee_of,
        rpc::{Log, Node, Receipt, RpcError},
    },
    domain::{
        money::{Money, currency::Currency},
        operations::books::{AccountRole, EntryKind, Flow},
    },
    evm::units::from_units,
    store::chain::{
        deposits::{AddressOwner, SeenTransfer},
        movements::SeenMovement,
    },
};
use alloy_primitives::{Address, B256, U256};
use std::collections::{HashMap, HashSet};

/// What happened at our own addresses.
#[derive(Default)]
pub(super) struct Confirmed {
    pub transfers: Vec<SeenTransfer>,
    pub movements: Vec<SeenMovement>,
    pub used_ahead: Option<u32>,
}

/// Whose an address is.
#[derive(Clone, Copy)]
enum Whose {
    /// A deposit address that was given out.
    Deposit(AddressOwner),
    /// A deposit address that was given to nobody here; with its index if it is still to be given out.
    NotGivenOut(Option<u32>),
    /// An account that pays refunds.
    Sender,
    /// The merchant's in another way.
    Own,
    Other,
}

impl Whose {
    fn role(self) -> Option<AccountRole> {
        match self {
            Self::Deposit(_) | Self::NotGivenOut(_) => Some(AccountRole::Deposits),
            Self::Sender => Some(AccountRole::Sender),
            Self::Own | Self::Other => None,
        }
    }

    fn is_ours(self) -> bool {
        !matches!(self, Self::Other)
    }
}

/// A transfer whose ends are known.
struct Ends<'a> {
    candidate: &'a Candidate<'a>,
    amount: Money,
    position: u32,
}

impl Scan<'_> {
    /// What the candidates and fees are, compared with their receipts.
    pub(super) async fn confirmed(
        self,
        mut candidates: Vec<Candidate<'_>>,
        mut payers: Vec<Payer<'_>>,
    ) -> Result<Confirmed, ScanError> {
        let mut all: HashSet<Address> = payers.iter().map(|payer| payer.account).collect();
        all.extend(candidates.iter().flat_map(|candidate| [candidate.recipient, candidate.sender]));
        let owners = self.owners(all).await?;
        let whose = |address: &Address| owners.get(address).copied().unwrap_or(Whose::Other);
        payers.retain(|payer| whose(&payer.account).role().is_some());
        candidates.retain(|one| whose(&one.recipient).role().is_some() || whose(&one.sender).role().is_some());
        let hashes: HashSet<_> = candidates.iter().map(|one| one.transaction).collect();
        let hashes: HashSet<_> = hashes.into_iter().chain(payers.iter().map(|payer| payer.transaction)).collect();
        let hashes: Vec<_> = hashes.into_iter().collect();
        let receipts: HashMap<B256, Receipt> =
            self.node.receipts(&hashes).await?.into_iter().flatten().map(|one| (one.transaction_hash, one)).collect();
        let receipt_in = |hash: &B256, block: &WholeBlock| {
            receipts.get(hash).filter(|one| one.block_hash == block.header.hash).ok_or(ScanError::Moved)
        };
        let mut confirmed = Confirmed::default();
        for candidate in &candidates {
            let receipt = receipt_in(&candidate.transaction, candidate.block)?;
            let position = match &candidate.from {
                Origin::Coin { position } => *position,
                Origin::Log(log) => position_among(&receipt.logs, log).ok_or(ScanError::Moved)?,
            };
            let amount = self.amount(candidate.transaction, candidate.currency, candidate.units);
            let Some(amount) = amount.filter(|_| receipt.succeeded()) else { continue };
            let ends = Ends { candidate, amount, position };
            let (to, from) = (whose(&candidate.recipient), whose(&candidate.sender));
            if matches!(to, Whose::NotGivenOut(Some(_))) {
                self.require_of_most(candidate).await?;
            }
            confirmed.arrived(&ends, to, from)?;
            confirmed.left(&ends, to, from);
        }
        for payer in &payers {
            receipt_in(&payer.transaction, payer.block)?;
        }
        let fees = self.fees(&payers).await?;
        for (Payer { block, transaction, account }, fee) in payers.into_iter().zip(fees) {
            let amount = self.amount(transaction, self.settings.facts.native, fee);
            let (Some(role), Some(amount)) = (whose(&account).role(), amount.filter(|amount| !amount.is_zero())) else {
                continue;
            };
            confirmed.movements.push(SeenMovement {
                transaction_hash: transaction.to_string(),
                position: FEE,
                role,
                account: notation(account),
                flow: Flow::Out,
                kind: EntryKind::NetworkFee,
                amount,
                counterparty: None,
                is_dust: false,
                height: seen_block(&block.header).height,
            });
        }
        Ok(confirmed)
    }

    /// What the network took for these transactions, in their order, as most nodes say it. One node alone could make up an
    /// amount, which would stay in the books for ever, or stop everything by another amount.
    async fn fees(self, payers: &[Payer<'_>]) -> Result<Vec<U256>, ScanError> {
        if payers.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<_> = payers.iter().map(|payer| (payer.transaction, payer.block.header.hash)).collect();
        let places = places.as_slice();
        Ok(self.nodes.said_by_most(|node| Box::pin(async move { fees_in(node, places).await })).await?)
    }

    /// An address that is still to be given out is left out for ever if it was paid, with all before it, so the word of one
    /// node is not enough. Coin that a contract sent is in no receipt; at least its transaction is in the block.
    async fn require_of_most(self, candidate: &Candidate<'_>) -> Result<(), ScanError> {
        let transaction = candidate.transaction;
        let said = self.nodes.said_by_most(|node| Box::pin(async move { told_by(node, transaction).await })).await?;
        let is_so = match (&said, &candidate.from) {
            (Some(told), _) if told.block != candidate.block.header.hash => false,
            (Some(told), Origin::Log(log)) => position_among(&told.logs, log).is_some(),
            (Some(told), Origin::Coin { position: COIN }) => told.to.is_none_or(|to| to == candidate.recipient),
            (Some(_), Origin::Coin { .. }) => true,
            (None, _) => false,
        };
        if is_so { Ok(()) } else { Err(ScanError::Moved) }
    }

    async fn owners(self, addresses: HashSet<Address>) -> Result<HashMap<Address, Whose>, ScanError> {
        let texts: Vec<String> = addresses.iter().map(|address| notation(*address)).collect();
        let known = self.store.owners_of_addresses(self.settings.network, &texts).await?;
        let whose = |address: Address| match known.get(&notation(address)) {
            Some(Some(owner)) => Whose::Deposit(*owner),
            Some(None) => Whose::NotGivenOut(None),
            None if self.watched.senders.contains(&address) => Whose::Sender,
            None if self.watched.own.contains(&address) => Whose::Own,
            None => match self.watched.ahead.get(&address) {
                Some(index) => Whose::NotGivenOut(Some(*index)),
                None => Whose::Other,
            },
        };
        Ok(addresses.into_iter().map(|address| (address, whose(address))).collect())
    }

    fn amount(self, transaction: B256, currency: Currency, units: U256) -> Option<Money> {
        let amount = from_units(self.settings.network, currency, units);
        if amount.is_none() {
            tracing::error!(%transaction, %units, %currency, "a transfer is larger than any amount that can be booked");
        }
        amount
    }
}

impl Confirmed {
    /// The end at which coins came.
    fn arrived(&mut self, ends: &Ends<'_>, to: Whose, from: Whose) -> Result<(), ScanError> {
        let candidate = ends.candidate;
        let kind = match to {
            Whose::Deposit(owner) => {
                let block = candidate.block;
                let transaction = block.transactions.iter().find(|one| one.hash == candidate.transaction);
                let transaction = transaction.ok_or(ScanError::Moved)?;
                self.transfers.push(SeenTransfer {
                    transaction_hash: candidate.transaction.to_string(),
                    position: ends.position,
                    address: notation(candidate.recipient),
                    owner,
                    amount: ends.amount,
                    sender: notation(candidate.sender),
                    origin: notation(transaction.from),
                    nonce: i64::try_from(transaction.nonce.to::<u64>()).unwrap_or(i64::MAX),
                    block: seen_block(&block.header),
                });
                return Ok(());
            }
            Whose::NotGivenOut(index) => {
                self.used_ahead = self.used_ahead.max(index);
                EntryKind::NotGivenOut
            }
            Whose::Sender if from.is_ours() => EntryKind::TopUp,
            Whose::Sender => EntryKind::Unknown,
            Whose::Own | Whose::Other => return Ok(()),
        };
        self.movements.extend(to.role().map(|role| ends.movement(role, Flow::In, kind)));
        Ok(())
    }

    /// The end from which coins went. Whether one that pays has paid a refund, the database knows.
    fn left(&mut self, ends: &Ends<'_>, to: Whose, from: Whose) {
        let kind = match from {
            Whose::Deposit(_) | Whose::NotGivenOut(_) if to.is_ours() => EntryKind::Sweep,
            _ => EntryKind::Unknown,
        };
        self.movements.extend(from.role().map(|role| ends.movement(role, Flow::Out, kind)));
    }
}

impl Ends<'_> {
    fn movement(&self, role: AccountRole, flow: Flow, kind: EntryKind) -> SeenMovement {
        let candidate = self.candidate;
        let (account, counterparty) = match flow {
            Flow::In => (candidate.recipient, candidate.sender),
            Flow::Out => (candidate.sender, candidate.recipient),
        };
        SeenMovement {
            transaction_hash: candidate.transaction.to_string(),
            position: self.position,
            role,
            account: notation(account),
            flow,
            kind,
            amount: self.amount,
            counterparty: Some(notation(counterparty)),
            is_dust: false,
            height: seen_block(&candidate.block.header).height,
        }
    }
}

/// What transactions took in their blocks. A node that does not have one of them there gives no answer; it does not
/// contradict.
async fn fees_in(node: &Node, places: &[(B256, B256)]) -> Result<Vec<U256>, RpcError> {
    let hashes: Vec<B256> = places.iter().map(|(transaction, _)| *transaction).collect();
    let receipts = node.receipts(&hashes).await?.into_iter().zip(places);
    let fees = receipts.map(|(receipt, place)| {
        let receipt = receipt.filter(|receipt| (receipt.transaction_hash, receipt.block_hash) == *place);
        let missing = || node.unexpected("eth_getTransactionReceipt", "it does not have the transaction in that block");
        receipt.as_ref().map(fee_of).ok_or_else(missing)
    });
    fees.collect()
}

/// What nodes say of a receipt in the same way. They do not all state the same fees.
#[derive(PartialEq)]
struct Told {
    block: B256,
    to: Option<Address>,
    logs: Vec<Log>,
}

async fn told_by(node: &Node, transaction: B256) -> Result<Option<Told>, RpcError> {
    let receipt = node.receipts(&[transaction]).await?.into_iter().flatten().next();
    let receipt = receipt.filter(Receipt::succeeded);
    Ok(receipt.map(|Receipt { block_hash: block, to, logs, .. }| Told { block, to, logs }))
}

/// The place of a log among those of its receipt.
fn position_among(logs: &[Log], log: &Log) -> Option<u32> {
    let same = |other: &Log| {
        other.log_index == log.log_index
            && other.address == log.address
            && other.topics == log.topics
            && other.data == log.data
    };
    u32::try_from(logs.iter().position(same)?).ok()
}
