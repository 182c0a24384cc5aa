//! Monthly statements.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Closes a month.
#[server(prefix = "/do", endpoint = "statements/close")]
pub async fn close_month(month: String) -> Result<(), DomainError> {
    use crate::{
        domain::reports::month::Month,
        service::reports::statements,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    // Other text must not be put into a URL.
    let month = Month::parse(&month);
    let page = month.map_or_else(|| paths::STATEMENTS.to_owned(), paths::statement);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let month = month.ok_or_else(|| DomainError::not_found("error-unknown-statement"))?;
        statements::close(&requite.store, &requite.context(), &actor, month).await?;
        Ok(form_query::with_success_notice(&page, Success::MonthClosed))
    };
    forms::answer(&page, done.await)
}

/// Chooses the currency of the books.
#[server(prefix = "/do", endpoint = "statements/house-currency")]
pub async fn choose_house_currency(house_currency: String) -> Result<(), DomainError> {
    use crate::{
        service::reports::statements,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let (context, rates) = (requite.context(), requite.rates.as_ref());
        statements::choose_house_currency(&requite.store, rates, &context, &actor, &house_currency).await?;
        Ok(form_query::with_success_notice(paths::SETTINGS, Success::HouseCurrencyChosen))
    };
    forms::answer(paths::SETTINGS, done.await)
}
