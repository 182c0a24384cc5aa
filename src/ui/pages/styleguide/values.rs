//! What is shown of things: facts, addresses, what is masked, marks, QR codes, progress and charts.

use crate::{
    domain::{
        address::network::Network,
        customers::{
            CustomerField, CustomerRecord,
            masking::{masked_address, masked_email},
        },
        money::currency::Currency,
        names::Named,
    },
    ui::components::{
        address::{AddressText, shortened_to_copy, shortened_transaction},
        bar_chart::{BarChart, ChartBar},
        facts::fact,
        list::Column,
        mark::{currency_code, network_name},
        personal::masked_value,
        qr::qr_code,
        time::Time,
        typed_text::mail_address,
        verbatim::verbatim,
    },
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

/// A chart with values, one of them very small, and one in which nothing happened.
pub fn charts() -> AnyView {
    let bars = |values: [i64; 7]| -> Vec<ChartBar> {
        let days = (17..).zip(values);
        days.map(|(day, value)| ChartBar { name: format!("{day} Nov"), value, text: value.to_string() }).collect()
    };
    let columns = || [Column::text("Day"), Column::number("Refunds")];
    view! {
        <section aria-labelledby="charts-title">
            <h2 id="charts-title">"Charts"</h2>
            <div class="charts">
                <BarChart title="Refunds by day" columns=columns() bars=bars([3, 0, 12, 1, 400, 120, 7]) />
                <BarChart title="Days without a refund" columns=columns() bars=bars([0; 7]) />
            </div>
        </section>
    }
    .into_any()
}
