//! The line below the payments of an intent or an order, which keeps them up to date without reloading the page.

use super::{live_parts::refresh_parts, passed_texts::passed_texts, timer::after};
use crate::{
    domain::intents::payment_progress::PaymentsProgress,
    server_fns::{intents::intent_payments, pay_page::pay_payments},
};
use leptos::prelude::*;
use std::time::Duration;

/// How often the server is asked whether the page is older, until nothing changes any more.
const INTERVAL: Duration = Duration::from_secs(3);
/// The id of the section of the payments.
pub const SECTION: &str = "payments";

/// The ids of its texts.
pub const TEXTS: [&str; 4] = ["payments-unreachable", "payments-over", "payments-live", "payments-look-again"];

/// Says whether the page follows the payments. When they have changed, the parts of the page that the server renders are
/// brought up to date. The payments are such a part rather than texts of this island: so they look as those that no network
/// reports, and the browser needs no second way to write them.
#[island]
pub fn FollowPayments(
    /// The id of the intent; on the customer's page, the id in the page's link.
    id: String,
    /// Whether it is the customer's page.
    is_customer: bool,
    /// Whether it has a link to the page itself, for readers without JavaScript.
    has_link: bool,
    /// What the page shows.
    initial: PaymentsProgress,
    /// Its texts.
    texts: Vec<String>,
) -> impl IntoView {
    let [trying_again, over, live, look_again]: [String; TEXTS.len()] = passed_texts(texts);
    let PaymentsProgress { version, is_over } = initial;
    let is_over = RwSignal::new(is_over);
    let (alive, unreachable) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        alive.set(true);
        poll(id.clone(), is_customer, version.clone(), is_over, unreachable);
    });
    // Without JavaScript there is a link instead, which takes the same place.
    let line = move || {
        alive.get().then(|| match (unreachable.get(), is_over.get()) {
            (true, _) => trying_again.clone(),
            (false, true) => over.clone(),
            (false, false) => live.clone(),
        })
    };
    view! {
        <p class="hint live-line">
            <span aria-live="polite">{line}</span>
            {has_link.then(|| view! { <a href="" hidden=move || is_over.get()>{look_again}</a> })}
        </p>
    }
}

/// Asks until nothing changes any more and the page, which has the version `shown`, shows it. After a failed request, the page
/// keeps what it shows and tries again.
fn poll(id: String, is_customer: bool, shown: String, is_over: RwSignal<bool>, unreachable: RwSignal<bool>) {
    if is_over.get_untracked() {
        return;
    }
    after(INTERVAL, move || {
        leptos::task::spawn_local(async move {
            let answer = if is_customer { pay_payments(id.clone()).await } else { intent_payments(id.clone()).await };
            let (mut shown, mut is_reached) = (shown, false);
            if let Ok(now) = answer {
                is_reached = now.version == shown || refresh_parts(SECTION).await;
                if is_reached {
                    shown = now.version;
                    is_over.set(now.is_over);
                }
            }
            unreachable.set(!is_reached);
            poll(id, is_customer, shown, is_over, unreachable);
        });
    });
}
