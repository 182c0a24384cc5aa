//! Monthly statements of the ledger.

use crate::{
    context::Context,
    domain::{
        error::DomainError,
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
        reports::{month::Month, statement::ListedMovement},
    },
    error::Error,
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
    let missing = || DomainError::not_found("statement");
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

/// Closes a month. What is closed stays as it is for ever, so this is not for everybody who may see it.
pub async fn close(store: &Store, context: &Context<'_>, actor: &Actor, month: Month) -> Result<(), Error> {
    actor.require(Permission::CloseMonths)?;
    Ok(store.close_month(context, actor, month).await?)
}
