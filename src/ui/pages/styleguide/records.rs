//! What is known of a record: facts, amounts, charts, and rows of the search.

use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        money::{Money, currency::Currency},
    },
    texts::amounts,
    ui::components::{
        address::{AddressText, shortened_to_copy, shortened_transaction},
        amount::{exact_with_code, listed, listed_number},
        bar_chart::{BarChart, ChartBar},
        copy::copy_button,
        facts::fact,
        list::{Column, Table},
        personal::masked_value,
        qr::qr_code,
        time::Time,
        typed_text::mail_address,
        verbatim::verbatim,
    },
    web::{
        language::language,
        search_results::{ResultRow, content},
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use uuid::Uuid;

const ADDRESS: &str = "0x8ba1f109551bD432803012645Ac136ddd64DBA72";
const HASH: &str = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b";

/// Facts, a timeline, and what programs send.
pub fn facts(now: DateTime<Utc>) -> AnyView {
    let record = CustomerRecord::new(CustomerField::RefundEmail, Uuid::nil());
    view! {
        <section aria-labelledby="facts-title">
            <h2 id="facts-title">"Facts and progress"</h2>
            <div class="columns">
                <div class="card">
                    <dl class="facts">
                        {fact("Address", view! { <AddressText address=ADDRESS /> })}
                        {fact("Address in a list", shortened_to_copy(ADDRESS))}
                        {fact("Transaction", shortened_transaction(HASH, Some("#facts-title".to_owned())))}
                        {fact("Created", view! { <Time at=now /> })}
                        {fact("Note", "–")}
                        {fact("Mixed scripts", mail_address("аnna@shop.example"))}
                        {fact("Masked", masked_value("a…@shop.example", "components-reveal-email", None))}
                        {fact("Masked, to reveal", masked_value("a…@shop.example", "components-reveal-email", Some(record)))}
                        {fact("To copy", copy_button("12.50", "copy-amount"))}
                        {fact("QR code", view! { <div class="qr" role="img" aria-label="A QR code" inner_html=qr_code(ADDRESS)></div> })}
                    </dl>
                    <dl class="facts numbers">{fact("Paid", "100.00 USDC")} {fact("Left to refund", "87.50 USDC")}</dl>
                </div>
                <ol class="timeline card">
                    <li data-status="completed">
                        <span class="timeline-what">"completed"</span>
                        <Time at=now />
                        <span class="timeline-detail">"12.50 USDC arrived."</span>
                    </li>
                    <li data-status="processing">
                        <span class="timeline-what">"processing"</span>
                        <Time at=now />
                    </li>
                </ol>
            </div>
            {verbatim(None, "What programs send".to_owned(), "{\"amount\": \"12000.50\", \"currency\": \"USD\"}")}
        </section>
    }
    .into_any()
}

/// One amount in each place: cut off in lists and tiles, and whole everywhere else.
pub fn amounts() -> AnyView {
    let language = language();
    let row = |number: &str, currency: Currency| {
        let money = Money::parse(number, currency).ok()?;
        let view = view! {
            <tr>
                <td data-label="In a list" class="end number">{listed(money)}</td>
                <td data-label="In books" class="end number">{exact_with_code(number, currency)}</td>
                <td data-label="In a sentence">{amounts::in_coin(language, money)}</td>
            </tr>
        };
        Some(view.into_any())
    };
    let rows = [
        row("12000.50", Currency::Usd),
        row("0.25", Currency::Btc),
        row("0.123456789012345678", Currency::Eth),
        row("1500.000000001", Currency::Sol),
    ];
    let columns = [Column::number("In a list"), Column::number("In books"), Column::text("In a sentence")];
    view! {
        <section aria-labelledby="amounts-title">
            <h2 id="amounts-title">"Amounts"</h2>
            <Table label="Amounts" columns rows=rows.into_iter().flatten().collect() plain=true />
            <ul class="tiles">
                <li class="tile">
                    <span class="tile-name">"Available"</span>
                    <span class="tile-value number">{listed_number("1234567.123456789012345678")}</span>
                </li>
            </ul>
        </section>
    }
    .into_any()
}

/// Seven days, one of them without anything.
pub fn charts() -> AnyView {
    let bars = [4, 7, 0, 12, 9, 3, 5].into_iter().enumerate();
    let bars = bars.map(|(day, value)| ChartBar { name: format!("{} Nov", day + 20), value, text: value.to_string() });
    let columns = [Column::text("Day"), Column::number("Refunds completed")];
    view! {
        <section aria-labelledby="charts-title">
            <h2 id="charts-title">"Charts"</h2>
            <div class="charts"><BarChart title="Refunds completed" columns bars=bars.collect() /></div>
        </section>
    }
    .into_any()
}

/// As the page of the search and the palette list them. The palette itself is on every page.
pub fn search_results() -> AnyView {
    let rows = [
        ResultRow { title: "Order #1015".to_owned(), amount: "100.00 USDC".to_owned(), ..ResultRow::default() },
        ResultRow {
            title: "Refund".to_owned(),
            detail: "anna.schmidt@shop.example".to_owned(),
            amount: "12.50 USDC".to_owned(),
            network: "Base".to_owned(),
            status: "completed".to_owned(),
            status_title: "completed".to_owned(),
            ..ResultRow::default()
        },
    ];
    let rows = rows.map(|row| view! { <li><a class="result" href="#palette-title">{content(row)}</a></li> });
    view! {
        <section aria-labelledby="palette-title" class="found">
            <h2 id="palette-title">"Search and palette"</h2>
            <p class="hint">"The palette opens with " <kbd>"/"</kbd> ", and the list of keys with " <kbd>"?"</kbd> "."</p>
            <ul class="results">{rows.into_iter().collect_view()}</ul>
        </section>
    }
    .into_any()
}
