//! What is shown of things: facts, addresses, what is masked, marks, QR codes, progress and charts.

use crate::{
    domain::{
        address::network::Network,
        customers::{
            CustomerField, CustomerRecord,
            masking::{masked_address, masked_email},
        },
        money::{Money, currency::Currency},
        names::Named,
    },
    texts::amounts,
    ui::components::{
        address::{AddressText, shortened_to_copy, shortened_transaction},
        amount::{exact_with_code, listed, listed_number},
        bar_chart::{BarChart, ChartBar, ChartFrame, ChartValue, Multiple, SmallMultiples, bar_chart, small_multiples},
        copy::copy_button,
        facts::fact,
        list::{Column, Table},
        mark::{currency_code, network_name},
        personal::masked_value,
        qr::qr_code,
        time::Time,
        typed_text::mail_address,
        verbatim::verbatim,
    },
    web::language::language,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use uuid::Uuid;

const ADDRESS: &str = "0x8ba1f109551bD432803012645Ac136ddd64DBA72";
const HASH: &str = "0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b";

/// Facts beside their names, and what has happened.
pub fn facts(now: DateTime<Utc>) -> AnyView {
    let email = "anna.schmidt@shop.example";
    let record = |field: CustomerField| Some(CustomerRecord::new(field, Uuid::nil()));
    let masked_mail = masked_value(&masked_email(email), "components-reveal-email", record(CustomerField::RefundEmail));
    let masked_place =
        masked_value(&masked_address(ADDRESS), "components-reveal-address", record(CustomerField::RefundAddress));
    view! {
        <section aria-labelledby="facts-title">
            <h2 id="facts-title">"Facts and progress"</h2>
            <div class="columns">
                <div class="card">
                    <dl class="facts">
                        {fact("Address", view! { <AddressText address=ADDRESS /> })}
                        {fact("Address in a list", shortened_to_copy(ADDRESS))}
                        {fact("Transaction", shortened_transaction(HASH, None))}
                        {fact("With an explorer", shortened_transaction(HASH, Some("https://explorer.example/tx".to_owned())))}
                        {fact("Created", view! { <Time at=now /> })}
                        {fact("To the second", view! { <Time at=now seconds=true /> })}
                        {fact("Customer", mail_address(email))}
                        // Its first letter is Cyrillic.
                        {fact("An imitation", mail_address("\u{430}nna.schmidt@shop.example"))}
                        {fact("Masked", masked_value(&masked_email(email), "components-reveal-email", None))}
                        {fact("Masked, with a form", masked_mail)}
                        {fact("A masked address", masked_place)}
                        {fact("To copy", copy_button("12.50", "copy-amount"))}
                        {fact("Note", "–")}
                    </dl>
                    <dl class="facts numbers">
                        {fact("Paid", "100.00 USDC")} {fact("Left to refund", "87.50 USDC")}
                    </dl>
                </div>
                <div class="stack">
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
                    <div class="card">
                        <div class="qr" role="img" aria-label="QR code of an address" inner_html=qr_code(ADDRESS)></div>
                        {verbatim(None, "A message".to_owned(), "{\n  \"type\": \"refund.completed\"\n}")}
                    </div>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// One amount in each place: cut off in lists and tiles, whole everywhere else.
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
            <Table label="The same amounts in each place" columns rows=rows.into_iter().flatten().collect() plain=true />
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

/// The marks of all coins and networks.
pub fn marks() -> AnyView {
    let coins = Currency::all().map(|currency| view! { <li>{currency_code(currency)}</li> }.into_any());
    let networks = Network::all().map(|network| view! { <li>{network_name(network)}</li> }.into_any());
    view! {
        <section aria-labelledby="marks-title">
            <h2 id="marks-title">"Marks of coins and networks"</h2>
            <ul class="specimens card">{coins.collect::<Vec<_>>()} {networks.collect::<Vec<_>>()}</ul>
        </section>
    }
    .into_any()
}

/// A chart with values, one of them very small, and several beside each other.
pub fn charts() -> AnyView {
    let language = language();
    let value = |number: i64| ChartValue::number(language, number);
    let bar = |(now, before): (i64, i64)| ChartBar { now: value(now), before: value(before) };
    let bars = || [(2, 1), (0, 3), (400, 120)].map(bar).to_vec();
    let sums = || "402, before 124".into_any();
    let part = |name: &str| Multiple {
        name: name.to_owned().into_any(),
        label: name.to_owned(),
        sums: sums(),
        sum: bar((402, 124)),
        bars: bars(),
    };
    let frame = ChartFrame {
        language,
        names: ["21 Nov", "22 Nov", "23 Nov"].map(str::to_owned).to_vec(),
        head: "Day".to_owned(),
        together: "Together".to_owned(),
        before: "Before".to_owned(),
    };
    let one = BarChart { title: "Refunds completed".to_owned(), sums: sums(), bars: bars() };
    let multiples = vec![part("Base"), part("Ethereum"), part("Solana")];
    let several = SmallMultiples { title: "Refunds by network".to_owned(), multiples, own_scales: None };
    view! {
        <section aria-labelledby="charts-title">
            <h2 id="charts-title">"Charts"</h2>
            <p class="hint">"Bars are these days, the line the days before."</p>
            <div class="charts">{bar_chart(&frame, one)} {small_multiples(&frame, several)}</div>
        </section>
    }
    .into_any()
}
