//! What our own addresses on real networks hold, why, and what nobody has explained.

use super::{payouts::PayoutServices, whole_server};
use crate::{
    chain::evm::books::Comparison,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        money::{Money, currency::Currency},
        operations::{
            books::{AccountRole, BookTotal, EntryKind, Flow, OpenMovement},
            notice::{Notice, NoticeKind},
        },
        people::actor::{Actor, Permission},
    },
    error::Error,
    service::customers::masking,
    store::Store,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// The books of one coin on one network, as of the newest comparison with the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinBooks {
    pub network: Network,
    pub currency: Currency,
    /// The block of the comparison, and when it was made.
    pub compared: (i64, DateTime<Utc>),
    /// What deposit addresses hold by the word of the chain.
    pub deposits_hold: Money,
    /// What the accounts that pay hold by the word of the chain.
    pub senders_hold: Money,
    /// What came and what went, by kind.
    pub entries: Vec<(EntryKind, Flow, Money)>,
}

/// Everything that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    pub coins: Vec<CoinBooks>,
    /// What a person has to explain.
    pub open: Vec<OpenMovement>,
}

/// The books of all networks, or of one. Empty for people of one of several merchants.
pub async fn list(store: &Store, actor: &Actor, network: Option<Network>) -> Result<Books, Error> {
    actor.require(Permission::Read)?;
    if !whole_server::decides(store, actor).await? {
        return Ok(Books::default());
    }
    let is_wanted = |one: Network| network.is_none_or(|network| network == one);
    let open = store.open_movements(network).await?.into_iter();
    let open = open.map(|movement| masking::movement(actor, movement)).collect();
    let mut books = Books { coins: Vec::new(), open };
    for one in store.books().await?.into_iter().filter(|one| is_wanted(one.network)) {
        let mut by_coin: BTreeMap<&str, (Currency, Vec<BookTotal>)> = BTreeMap::new();
        for total in one.totals {
            let currency = total.amount.currency();
            by_coin.entry(currency.code()).or_insert_with(|| (currency, Vec::new())).1.push(total);
        }
        for (currency, totals) in by_coin.into_values() {
            books.coins.push(of_coin(one.network, currency, (one.height, one.at), &totals)?);
        }
    }
    Ok(books)
}

/// What was paid to addresses that this database has given to nobody: it belongs to no payment intent here.
pub async fn given_to_nobody(store: &Store, actor: &Actor) -> Result<Vec<OpenMovement>, Error> {
    let mut books = list(store, actor, None).await?;
    books.open.retain(|movement| movement.kind == EntryKind::NotGivenOut);
    Ok(books.open)
}

/// What owners were told by mail and still lasts, except what the pages list anyway: accounts that are paused, and refunds
/// that wait.
pub async fn notices(store: &Store, actor: &Actor) -> Result<Vec<Notice>, Error> {
    actor.require(Permission::Read)?;
    let (mut notices, decides) = (store.open_notices().await?, whole_server::decides(store, actor).await?);
    notices.retain(|notice| match notice.kind {
        NoticeKind::LowFloat | NoticeKind::NetworkStopped => true,
        NoticeKind::UnexplainedTransfer => decides,
        NoticeKind::RefundsWait | NoticeKind::PayoutsPaused => false,
    });
    let masked = |notice: Notice| Notice { detail: masking::error_text(actor, notice.detail), ..notice };
    Ok(notices.into_iter().map(masked).collect())
}

fn of_coin(
    network: Network,
    currency: Currency,
    compared: (i64, DateTime<Utc>),
    totals: &[BookTotal],
) -> Result<CoinBooks, Error> {
    let mut books = CoinBooks {
        network,
        currency,
        compared,
        deposits_hold: Money::zero(currency),
        senders_hold: Money::zero(currency),
        entries: Vec::new(),
    };
    for total in totals {
        match (total.kind, total.role) {
            (None, AccountRole::Deposits) => books.deposits_hold = total.amount,
            (None, AccountRole::Sender) => books.senders_hold = total.amount,
            // An account that both came to and went from has two entries of a kind.
            (Some(kind), _) => {
                match books.entries.iter_mut().find(|(one, flow, _)| (*one, *flow) == (kind, total.flow)) {
                    Some((_, _, sum)) => *sum = sum.plus(total.amount)?,
                    None => books.entries.push((kind, total.flow, total.amount)),
                }
            }
        }
    }
    books.entries.retain(|(_, _, amount)| !amount.is_zero());
    Ok(books)
}

/// Compares the balances of a network's accounts with the chain now. Returns how many differ from what was known.
pub async fn compare(services: PayoutServices<'_>, actor: &Actor, network: Network) -> Result<usize, Error> {
    actor.require(Permission::ManagePayouts)?;
    whole_server::require(services.store, actor).await?;
    let connection = services.connection_of(network)?;
    let comparison = Comparison { store: services.store, connection, clock: services.clock, entropy: services.entropy };
    let differences = comparison.run().await?;
    let missing = || {
        let error = DomainError::new(ErrorCode::ChainUnavailable, "error-network-not-followed");
        error.with("network", network.title())
    };
    Ok(differences.ok_or_else(missing)?)
}
