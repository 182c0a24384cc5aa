//! Monthly statements of the ledger.

use crate::{
    context::Context,
    domain::{
        error::DomainError,
        money::currency::Currency,
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
        reports::{
            house_currency::{self, HouseCurrencies},
            month::Month,
            statement::ListedMovement,
        },
    },
    error::Error,
    rates::{self, RateSource},
    store::{
        Store,
        reports::{
            months::{MonthDetail, MonthsPage},
            movements::MovementFilter,
        },
    },
};

/// The number of months on a page, and the most that are computed at once.
pub const PAGE_SIZE: u32 = 12;

/// The totals of up to `size` months, the newest first: up to `newest`, or to the current month.
pub async fn list(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    newest: Option<Month>,
    size: u32,
) -> Result<MonthsPage, Error> {
    actor.require(Permission::Read)?;
    let current = Month::of(context.now);
    let newest = newest.filter(|month| *month <= current).unwrap_or(current);
    Ok(store.month_totals(actor.merchant(), newest, size.min(PAGE_SIZE)).await?)
}

/// One month, with what moved in it.
pub async fn of_month(store: &Store, context: &Context<'_>, actor: &Actor, month: Month) -> Result<MonthDetail, Error> {
    actor.require(Permission::Read)?;
    let missing = || DomainError::not_found("error-unknown-statement");
    if month > Month::of(context.now) {
        return Err(missing().into());
    }
    Ok(store.month_detail(actor.merchant(), month).await?.ok_or_else(missing)?)
}

/// A page of the movements of a month.
pub async fn movements(
    store: &Store,
    actor: &Actor,
    filter: &MovementFilter,
    page: &PageRequest,
) -> Result<Page<ListedMovement>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.movements_of_month(actor.merchant(), filter, page).await?)
}

/// How many movements of a month match.
pub async fn total_of_movements(store: &Store, actor: &Actor, filter: &MovementFilter) -> Result<Total, Error> {
    actor.require(Permission::Read)?;
    Ok(store.total_of_movements(actor.merchant(), filter).await?)
}

/// The currencies of the merchant's books.
pub async fn house_currencies(store: &Store, actor: &Actor) -> Result<HouseCurrencies, Error> {
    actor.require(Permission::Read)?;
    Ok(store.house_currencies(actor.merchant()).await?)
}

/// Sets the currency of the books, from the first month in which nothing was booked.
pub async fn choose_house_currency(
    store: &Store,
    source: &dyn RateSource,
    context: &Context<'_>,
    actor: &Actor,
    code: &str,
) -> Result<(), Error> {
    actor.require(Permission::ManagePolicy)?;
    let currency = house_currency::parse(code)?;
    // Without its rate nothing could be said of what movements are worth.
    rates::require(source, Currency::Usd, currency, context.now)?;
    Ok(store.choose_house_currency(context, actor, currency).await?)
}

/// Closes a month. What is closed stays as it is for ever, so this is not for everybody who may see it.
pub async fn close(store: &Store, context: &Context<'_>, actor: &Actor, month: Month) -> Result<(), Error> {
    actor.require(Permission::CloseMonths)?;
    Ok(store.close_month(context, actor, month).await?)
}
