//! The payments of an intent or an order, whose confirmations are counted without reloading the page.

use super::{
    live_parts::refresh_parts, local_time::show_local_times, passed_texts::passed_texts, timer::after,
    transaction::transaction_link,
};
use crate::{
    domain::intents::payment_progress::{PaymentProgress, PaymentsProgress},
    server_fns::{intents::intent_payments, pay_page::pay_payments},
};
use leptos::prelude::*;
use std::time::Duration;

/// How often the payments are requested until nothing changes any more.
const INTERVAL: Duration = Duration::from_secs(3);
const SECTION: &str = "payments";

/// The ids of its texts: first those of the list, then the names of what is known of each payment.
pub const TEXTS: [&str; LIST_TEXTS + NAMES] = [
    "payments-title",
    "payments-none",
    "payments-unreachable",
    "payments-older",
    "payments-over",
    "payments-live",
    "payments-look-again",
    "payments-credited",
    "payments-network",
    "payments-block",
    "payments-position",
    "payments-paid-from",
    "payments-sender",
    "payments-everything-of-sender",
    "payments-transaction",
    "payments-arrived",
];
const LIST_TEXTS: usize = 7;
const NAMES: usize = 9;

/// Each payment with its stage, its confirmations and its transaction. What else the team's page shows of the intent is
/// updated with them.
#[island]
pub fn Payments(
    /// The id of the intent; on the customer's page, the id in the page's link.
    id: String,
    /// Whether it is the customer's page.
    is_customer: bool,
    /// Whether it has a link to the page itself, for readers without JavaScript.
    has_link: bool,
    /// The payments when the page was rendered.
    initial: PaymentsProgress,
    /// Its texts.
    texts: Vec<String>,
) -> impl IntoView {
    let mut texts = texts;
    let names: [String; NAMES] = passed_texts(texts.split_off(LIST_TEXTS.min(texts.len())));
    let [title, none, trying_again, older, over, live, look_again]: [String; LIST_TEXTS] = passed_texts(texts);
    // The version of the rest of the page.
    let page = RwSignal::new(initial.version.clone());
    let progress = RwSignal::new(initial);
    let (alive, unreachable) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        alive.set(true);
        poll(id.clone(), is_customer, page, progress, unreachable);
    });
    // Without JavaScript there is a link instead, which takes the same place.
    let line = move || {
        let is_older = progress.with(|now| page.with(|page| now.version != *page));
        match (alive.get(), unreachable.get()) {
            (true, true) => Some(trying_again.clone()),
            (true, false) if is_older => Some(older.clone()),
            (true, false) if progress.with(|now| now.is_over) => Some(over.clone()),
            (true, false) => Some(live.clone()),
            (false, _) => None,
        }
    };
    let has_none = move || progress.with(|now| now.payments.is_empty());
    let keys = move || progress.with(|now| now.payments.iter().map(|payment| payment.id.clone()).collect::<Vec<_>>());
    view! {
        <section class="card" id=SECTION tabindex="-1" aria-labelledby="payments-title">
            <h2 id="payments-title">{title}</h2>
            <p class="hint" hidden=move || !has_none()>{none}</p>
            <ol class="payments">
                <For each=keys key=String::clone let:key>
                    {payment(key, progress, names.clone())}
                </For>
            </ol>
            <p class="hint live-line">
                <span aria-live="polite">{line}</span>
                {has_link.then(|| view! { <a href="" hidden=move || progress.with(|now| now.is_over)>{look_again}</a> })}
            </p>
        </section>
    }
}

/// One payment. What changes is written into the same elements, so that a link keeps its focus.
fn payment(id: String, progress: RwSignal<PaymentsProgress>, names: [String; NAMES]) -> impl IntoView {
    let [credited, network, block, position, paid_from, sender, everything, transaction_name, arrived] = names;
    let now = move || progress.with(|all| all.payments.iter().find(|payment| payment.id == id).cloned());
    let payment = Memo::new(move |_| now());
    let text = move |get: fn(&PaymentProgress) -> &String| move || payment.with(|now| now.as_ref().map(get).cloned());
    let optional = move |name: String, class: &'static str, get: fn(&PaymentProgress) -> &Option<String>| {
        let value = move || payment.with(|now| now.as_ref().and_then(|now| get(now).clone()));
        view! {
            <div hidden=move || value().is_none()>
                <dt>{name}</dt>
                <dd class=class>{value}</dd>
            </div>
        }
    };
    let customer = move || payment.with(|now| now.as_ref().and_then(|now| now.customer.clone()));
    let link = move || payment.with(|now| now.as_ref().and_then(|now| now.link.clone()));
    let transaction = move || payment.with(|now| now.as_ref().and_then(|now| now.transaction.clone()));
    view! {
        <li>
            <p class="status-line" aria-live="polite">
                <strong class="number">{text(|now| &now.amount)}</strong>
                <span class="badge" data-status=text(|now| &now.status)>{text(|now| &now.title)}</span>
            </p>
            <p>{text(|now| &now.sentence)}</p>
            <dl class="facts">
                {optional(credited, "wrap", |now| &now.credited)}
                <div>
                    <dt>{network}</dt>
                    <dd>{text(|now| &now.network)}</dd>
                </div>
                {optional(block, "wrap", |now| &now.block)}
                {optional(position, "wrap", |now| &now.position)}
                {optional(paid_from, "wrap mono", |now| &now.sender)}
                <div hidden=move || customer().is_none()>
                    <dt>{sender}</dt>
                    <dd><a href=move || customer().unwrap_or_default()>{everything}</a></dd>
                </div>
                <div hidden=move || transaction().is_none()>
                    <dt>{transaction_name}</dt>
                    <dd>{move || transaction().map(|hash| transaction_link(link(), hash))}</dd>
                </div>
                <div>
                    <dt>{arrived}</dt>
                    <dd>
                        <time datetime=text(|now| &now.datetime) data-local="short">
                            {payment.with_untracked(|now| now.as_ref().map(|now| now.at.clone()))}
                        </time>
                    </dd>
                </div>
            </dl>
        </li>
    }
}

/// Requests the payments until nothing changes any more and the rest of the page shows it too. After a failed request, the
/// page keeps what it shows and tries again.
fn poll(
    id: String,
    is_customer: bool,
    page: RwSignal<String>,
    progress: RwSignal<PaymentsProgress>,
    unreachable: RwSignal<bool>,
) {
    // The customer's page has no parts that are updated.
    let is_current = move |now: &PaymentsProgress| is_customer || page.with_untracked(|page| now.version == *page);
    if progress.with_untracked(|now| now.is_over && is_current(now)) {
        return;
    }
    after(INTERVAL, move || {
        leptos::task::spawn_local(async move {
            let answer = if is_customer { pay_payments(id.clone()).await } else { intent_payments(id.clone()).await };
            unreachable.set(answer.is_err());
            if let Ok(now) = answer {
                let (version, is_current) = (now.version.clone(), is_current(&now));
                if progress.with_untracked(|before| *before != now) {
                    progress.set(now);
                    // Delayed until new payments are in the document.
                    after(Duration::ZERO, show_local_times);
                }
                if !is_current && refresh_parts(SECTION).await {
                    page.set(version);
                }
            }
            poll(id, is_customer, page, progress, unreachable);
        });
    });
}
