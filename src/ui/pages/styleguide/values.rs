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
        bar_chart::{BarChart, ChartBar, ChartFrame, ChartValue, Multiple, SmallMultiples, bar_chart, small_multiples},
        facts::fact,
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

/// A chart with values, one of them very small, and several beside each other.
pub fn charts() -> AnyView {
    let bar = |(now, before): (i64, i64)| ChartBar { now: ChartValue::number(now), before: ChartValue::number(before) };
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
        language: language(),
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
