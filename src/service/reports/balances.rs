//! Balances with what they are worth, what the payout accounts hold, what was posted, and what refunds reserve.

use crate::{
    chain::Chain,
    context::Context,
    domain::{
        ids::MerchantId,
        ledger::Balance,
        money::{Money, currency::Currency},
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
        reports::{
            balance::{Holds, ListedEntry, ValuedBalance},
            month::Month,
        },
    },
    error::Error,
    rates::{self, RateSource},
    state::Requite,
    store::{Store, refunds::senders::Float, reports::balance_lists::BalanceListFilter},
};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;

/// The dependencies of showing balances.
#[derive(Clone, Copy)]
pub struct BalanceServices<'a> {
    pub store: &'a Store,
    pub rates: &'a dyn RateSource,
    pub chain: Option<&'a Chain>,
}

impl<'a> From<&'a Requite> for BalanceServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self { store: &requite.store, rates: requite.rates.as_ref(), chain: requite.chain.as_ref() }
    }
}

/// A balance, and where the coins are that pay refunds from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceOverview {
    pub valued: ValuedBalance,
    /// What the accounts of the settings held when they were last looked at. Nothing in the sandbox.
    pub payout_accounts: Vec<Float>,
}

/// The balance in every currency that the merchant ever had: first the one that is worth most, last those without a rate.
pub async fn list(
    services: BalanceServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
) -> Result<Vec<BalanceOverview>, Error> {
    actor.require(Permission::Read)?;
    let balances = services.store.balances(actor.merchant()).await?;
    let known = services.known(context, actor.merchant()).await?;
    let mut overviews: Vec<_> = balances.into_iter().map(|balance| known.overview(balance)).collect();
    overviews.sort_by_key(|overview| Reverse(overview.valued.worth.as_ref().map(|worth| worth.amount)));
    Ok(overviews)
}

/// The balance in one currency; zero in one that the merchant never had.
pub async fn of_currency(
    services: BalanceServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    currency: Currency,
) -> Result<BalanceOverview, Error> {
    actor.require(Permission::Read)?;
    let balances = services.store.balances(actor.merchant()).await?;
    let balance = balances.into_iter().find(|balance| balance.available.currency() == currency);
    let nothing = Balance { available: Money::zero(currency), reserved: Money::zero(currency) };
    Ok(services.known(context, actor.merchant()).await?.overview(balance.unwrap_or(nothing)))
}

/// A page of what was posted in a balance.
pub async fn entries(
    store: &Store,
    actor: &Actor,
    filter: &BalanceListFilter,
    page: &PageRequest,
) -> Result<Page<ListedEntry>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.balance_list(actor.merchant(), filter, page).await?)
}

/// How much of what was posted in a balance matches.
pub async fn total_of_entries(store: &Store, actor: &Actor, filter: &BalanceListFilter) -> Result<Total, Error> {
    actor.require(Permission::Read)?;
    Ok(store.total_of_balance_list(actor.merchant(), filter).await?)
}

/// The refunds that reserve something of a balance.
pub async fn holds(store: &Store, actor: &Actor, currency: Currency) -> Result<Holds, Error> {
    actor.require(Permission::Read)?;
    Ok(store.holds(actor.merchant(), currency).await?)
}

/// What all balances of a merchant are shown with.
struct Known<'a> {
    rates: &'a dyn RateSource,
    now: DateTime<Utc>,
    house_currency: Currency,
    floats: Vec<Float>,
}

impl<'a> BalanceServices<'a> {
    async fn known(self, context: &Context<'_>, merchant: MerchantId) -> Result<Known<'a>, Error> {
        let house_currency = self.store.house_currencies(merchant).await?.of(Month::of(context.now));
        Ok(Known { rates: self.rates, now: context.now, house_currency, floats: self.floats().await? })
    }

    /// As the workers have stored them: a page asks no node. An account that the settings do not have any more pays nothing.
    async fn floats(self) -> Result<Vec<Float>, Error> {
        let Some(evm) = self.chain.and_then(|chain| chain.evm.as_ref()) else { return Ok(Vec::new()) };
        let mut floats = self.store.floats().await?;
        floats.retain(|float| evm.has_sender(float.network, &float.address));
        Ok(floats)
    }
}

impl Known<'_> {
    fn overview(&self, balance: Balance) -> BalanceOverview {
        let currency = balance.available.currency();
        let rate = rates::require(self.rates, currency, self.house_currency, self.now).ok();
        let held = self.floats.iter().filter(|float| float.amount.currency() == currency);
        BalanceOverview { valued: ValuedBalance::new(balance, rate), payout_accounts: held.cloned().collect() }
    }
}
