//! The balances: what is available and reserved in each currency, what both are worth together, and, on real networks, what the
//! accounts hold that pay refunds.

use super::top_up::{TypedAmount, top_up_section};
use crate::{
    domain::{
        money::{currency::Currency, number},
        reports::balance::ValuedBalance,
    },
    languages::Language,
    service::reports::balances::{self, BalanceOverview},
    store::refunds::senders::Float,
    texts::{amounts, money::of_rate_source},
    ui::{
        components::{
            amount::{exact_with_code, listed_number},
            empty::EmptyState,
            list::{Column, List, ListHead},
            mark::{currency_code, network_name},
            notice::SuccessNotice,
            time::Time,
        },
        page::{Content, page, query},
    },
    web::{form_query::DoneQuery, forms::caller, language::language, paths},
};
use leptos::prelude::*;
use rust_decimal::Decimal;

/// A row for each balance, and the form of the sandbox.
#[component]
pub fn BalancesPage() -> impl IntoView {
    let language = language();
    let caller = caller();
    let (done, typed): (DoneQuery, TypedAmount) = (query(), query());
    page(async move {
        let (requite, actor) = caller?;
        let found = balances::list((&requite).into(), &requite.context(), &actor).await?;
        let has_accounts = found.iter().any(|overview| !overview.payout_accounts.is_empty());
        let name = |id: &str| language.text(id);
        let mut columns = vec![
            Column::text(name("balances-currency")),
            Column::number(name("balances-available")),
            Column::number(name("balances-reserved")),
            Column::number(name("balances-total")),
            Column::number(name("balances-worth")),
        ];
        if has_accounts {
            columns.push(Column::text(name("balances-payout-accounts")));
        }
        let file = (!found.is_empty()).then(|| paths::BALANCES_FILE.to_owned());
        let rows = found.iter().map(|overview| row(language, overview, has_accounts)).collect();
        let title = name("balances-title");
        Ok(Content::new(
            title.clone(),
            view! {
                <ListHead title=title.clone() file saved_as="balances.csv" />
                <p class="hint">{name("balances-hint")}</p>
                <SuccessNotice done />
                <List label=title columns rows>
                    <EmptyState title=language.text("balances-none")>{language.text("balances-none-text")}</EmptyState>
                </List>
                {top_up_section(language, &requite, &actor, None, &typed)}
            },
        ))
    })
}

fn row(language: Language, overview: &BalanceOverview, has_accounts: bool) -> AnyView {
    let name = |id: &str| language.text(id);
    let valued = &overview.valued;
    let (currency, balance) = (valued.currency(), valued.balance);
    let amount = |value: Decimal| listed_number(&number(value, currency));
    let accounts = has_accounts.then(|| {
        let held = payout_accounts(&overview.payout_accounts);
        view! { <td data-label=name("balances-payout-accounts") class="names">{held}</td> }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=paths::balance(currency)>{currency_code(currency)}</a> " " <span class="hint">{currency.coin()}</span>
            </th>
            <td data-label=name("balances-available") class="end number">{amount(balance.available.amount())}</td>
            <td data-label=name("balances-reserved") class="end number">{amount(balance.reserved.amount())}</td>
            <td data-label=name("balances-total") class="end number">{amount(valued.total())}</td>
            <td data-label=name("balances-worth") class="end number">{worth(language, valued)}</td>
            {accounts}
        </tr>
    }
    .into_any()
}

/// What a balance is worth, and by which rate.
pub(super) fn worth(language: Language, valued: &ValuedBalance) -> AnyView {
    let Some(worth) = &valued.worth else { return language.text("balances-no-rate").into_any() };
    let rate = &worth.rate;
    // The rate of the currency of the books itself says nothing.
    let source = (rate.of != rate.per).then(|| {
        let values = [
            ("price", amounts::number(language, &rate.price.normalize().to_string())),
            ("source", of_rate_source(language, &rate.source)),
        ];
        let (before, after) = language.around_with("reports-rate", "at", values);
        view! { <p class="hint source">{before} <Time at=rate.at /> {after}</p> }
    });
    view! { {with_code(worth.amount, rate.per)} {source} }.into_any()
}

/// What payout accounts hold, each on its network.
pub(super) fn payout_accounts(floats: &[Float]) -> AnyView {
    if floats.is_empty() {
        return "–".into_any();
    }
    let account = |float: &Float| {
        view! {
            <li>
                {network_name(float.network)} " " <span class="number">{listed_number(&float.amount.number())}</span> " "
                <span class="hint"><Time at=float.seen_at /></span>
            </li>
        }
    };
    view! { <ul class="stack">{floats.iter().map(account).collect_view()}</ul> }.into_any()
}

/// An amount with the code of its currency, aligned at its point.
pub(super) fn with_code(value: Decimal, currency: Currency) -> AnyView {
    exact_with_code(&number(value, currency), currency)
}
