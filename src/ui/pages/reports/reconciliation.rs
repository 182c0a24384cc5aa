//! The reconciliation report of a day: payments, refunds, ledger and chain, and the differences between them.

use crate::{
    config::Mode,
    domain::{
        money::number,
        operations::books::{Unbooked, UnbookedMovement},
        reports::reconciliation::{Comparison, DailyBalance, Difference, Reconciliation},
    },
    languages::Language,
    service::reports::reconciliation,
    texts::{
        calendar,
        payouts::of_movement,
        reconciliation::{of_dust, of_finding, of_sum, of_unlisted},
    },
    ui::{
        components::{
            amount::{exact_number, listed_number},
            field::Field,
            icon::{Drawing, Icon},
            list::{Column, Table},
            mark::network_name,
            notice::Advice,
        },
        page::{Content, page, query},
    },
    web::{days::DayQuery, forms::caller, language::language, paths},
};
use leptos::prelude::*;
use rust_decimal::Decimal;

/// One day, from midnight to midnight UTC.
#[component]
pub fn ReconciliationPage() -> impl IntoView {
    let language = language();
    let caller = caller();
    let query: DayQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let day = query.day(context.now);
        let report = reconciliation::of_day(&requite.store, &context, requite.payouts(), &actor, day).await?;
        let title = language.with("reports-reconciliation", [("day", calendar::of_day(language, day))]);
        let (file, saved_as) =
            (format!("{}?day={day}", paths::RECONCILIATION_FILE), format!("reconciliation-{day}.csv"));
        let label = language.text("reports-reconciliation-day");
        Ok(Content::new(
            title.clone(),
            view! {
                <div class="page-head">
                    <h1>{title}</h1>
                    <a class="button" href=file download=saved_as>
                        <Icon of=Drawing::Export /> {language.text("reports-export")}
                    </a>
                </div>
                <form method="get" class="filters">
                    <Field name="day" label kind="date" value=day.to_string() required=true />
                    <button class="button">{language.text("reports-reconciliation-show")}</button>
                </form>
                {differences(language, &report)}
                {unbooked(language, &report.unbooked)}
                {daily_balances(language, &report.holdings, requite.settings.mode == Mode::Sandbox)}
                {comparisons(language, &report.comparisons)}
            },
        ))
    })
}

fn differences(language: Language, report: &Reconciliation) -> AnyView {
    if report.is_clean() {
        let text = language.text("reports-everything-explained");
        return view! { <Advice kind="info"><p>{text}</p></Advice> }.into_any();
    }
    if report.differences.is_empty() {
        // What follows says what is not explained or does not agree.
        return ().into_any();
    }
    let items = report
        .differences
        .iter()
        .map(|Difference { subject, finding }| {
            let finding = of_finding(language, finding);
            view! { <li>{finding} " " <code class="wrap">{subject.to_string()}</code></li> }
        })
        .collect_view();
    view! {
        <section class="notice" data-kind="error" aria-labelledby="differences-title">
            <h2 id="differences-title">{language.text("reports-not-explained")}</h2>
            <ul class="stack">{items}</ul>
        </section>
    }
    .into_any()
}

/// What moved at the server's own addresses and is in no balance.
fn unbooked(language: Language, unbooked: &Unbooked) -> AnyView {
    if unbooked.number == 0 && unbooked.dust.is_empty() {
        return ().into_any();
    }
    let kind = if unbooked.unexplained == 0 { "info" } else { "warning" };
    let dust = unbooked.dust.iter().map(|dust| view! { <p>{of_dust(language, dust)}</p> }).collect_view();
    view! {
        <section class="notice" data-kind=kind aria-labelledby="unbooked-title">
            <h2 id="unbooked-title">{language.text("reports-unbooked")}</h2>
            <p>{language.text("reports-unbooked-text")}</p>
            {of_unlisted(language, unbooked).map(|text| view! { <p>{text}</p> })}
            {(!unbooked.listed.is_empty()).then(|| unbooked_table(language, &unbooked.listed))}
            {dust}
        </section>
    }
    .into_any()
}

fn unbooked_table(language: Language, listed: &[UnbookedMovement]) -> AnyView {
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("reports-network")),
        Column::text(name("reports-unbooked-what")),
        Column::text(name("reports-unbooked-transaction")),
        Column::text(name("reports-unbooked-explanation")),
    ];
    let rows = listed.iter().map(|movement| unbooked_row(language, movement)).collect();
    view! { <Table label=name("reports-unbooked-label") columns rows plain=true /> }.into_any()
}

fn unbooked_row(language: Language, UnbookedMovement { movement, explanation }: &UnbookedMovement) -> AnyView {
    let name = |id: &str| language.text(id);
    let explanation = match explanation {
        Some(text) => text.clone().into_any(),
        None => view! { <a href=paths::PAYOUTS>{name("reports-unbooked-open")}</a> }.into_any(),
    };
    let what = of_movement(language, movement);
    view! {
        <tr>
            <td data-label=name("reports-network")>{network_name(movement.network)}</td>
            <td data-label=name("reports-unbooked-what") class="sentence wrap">{what}</td>
            <td data-label=name("reports-unbooked-transaction") class="mono">
                <span class="two-lines">{movement.name()}</span>
            </td>
            <td data-label=name("reports-unbooked-explanation") class="sentence wrap">{explanation}</td>
        </tr>
    }
    .into_any()
}

fn daily_balances(language: Language, all: &[DailyBalance], is_sandbox: bool) -> AnyView {
    let number = |id: &str| Column::number(language.text(id));
    // Only a sandbox has balances that were filled with nothing.
    let columns = [
        Some(Column::text(language.text("reports-currency"))),
        Some(number("reports-held-beginning")),
        Some(number("reports-held-payments")),
        is_sandbox.then(|| number("reports-held-sandbox")),
        Some(number("reports-held-refunds")),
        Some(number("reports-held-end")),
    ];
    let columns: Vec<Column> = columns.into_iter().flatten().collect();
    let rows = all.iter().map(|line| balance_row(language, line, is_sandbox)).collect();
    let title = language.text("reports-held");
    view! {
        <div class="stack">
            <h2>{title.clone()}</h2>
            <p class="hint">{language.text("reports-held-hint")}</p>
            <Table label=title columns rows plain=true />
        </div>
    }
    .into_any()
}

fn balance_row(language: Language, line: &DailyBalance, is_sandbox: bool) -> AnyView {
    // The file has every digit.
    let cell = |id: &str, value: Decimal| {
        let amount = listed_number(&number(value, line.currency));
        view! { <td data-label=language.text(id) class="end number">{amount}</td> }
    };
    view! {
        <tr>
            <th scope="row">{line.currency.code()}</th>
            {cell("reports-held-beginning", line.opening)}
            {cell("reports-held-payments", line.payments)}
            {is_sandbox.then(|| cell("reports-held-sandbox", line.funding))}
            // Not its negation, which could be shown as -0.
            {cell("reports-held-refunds", Decimal::ZERO - line.refunds)}
            {cell("reports-held-end", line.closing)}
        </tr>
    }
    .into_any()
}

fn comparisons(language: Language, all: &[Comparison]) -> AnyView {
    if all.is_empty() {
        return view! { <p class="hint">{language.text("reports-no-money-moved")}</p> }.into_any();
    }
    let name = |id: &str| language.text(id);
    let columns = [
        Column::text(name("reports-compared-what")),
        Column::text(name("reports-currency")),
        Column::number(name("reports-compared-records")),
        Column::number(name("reports-compared-ledger")),
        Column::number(name("reports-compared-rail")),
        Column::text(name("reports-compared-result")),
    ];
    let rows = all.iter().map(|line| comparison_row(language, line)).collect();
    let title = name("reports-compared");
    view! {
        <div class="stack">
            <h2>{title.clone()}</h2>
            <Table label=title columns rows plain=true />
        </div>
    }
    .into_any()
}

fn comparison_row(language: Language, line: &Comparison) -> AnyView {
    let name = |id: &str| language.text(id);
    let amount = |value: Decimal| exact_number(&number(value, line.currency));
    let result = name(if line.is_balanced() { "reports-compared-agree" } else { "reports-compared-differ" });
    let rail = line.chain.map_or_else(|| "–".into_any(), amount);
    view! {
        <tr>
            <th scope="row" class="wrap">{of_sum(language, line.what)}</th>
            <td data-label=name("reports-currency")>{line.currency.code()}</td>
            <td data-label=name("reports-compared-records") class="end number">{amount(line.records)}</td>
            <td data-label=name("reports-compared-ledger") class="end number">{amount(line.ledger)}</td>
            <td data-label=name("reports-compared-rail") class="end number">{rail}</td>
            <td data-label=name("reports-compared-result")>{result}</td>
        </tr>
    }
    .into_any()
}
