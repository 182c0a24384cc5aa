//! A refund whose progress is updated without reloading the page.

use super::{live_parts::refresh_parts, local_time::show_local_times, passed_texts::passed_texts, timer::after};
use crate::{domain::refunds::progress::Progress, server_fns::refunds::refund_progress};
use leptos::prelude::*;
use std::time::Duration;

/// How often the progress of a refund is requested until it is final.
const INTERVAL: Duration = Duration::from_millis(1500);
/// The id of the section around it.
pub const SECTION: &str = "progress";

/// The ids of its texts.
pub const TEXTS: [&str; 1] = ["refund-progress-unreachable"];

/// The steps of a refund, updated until it is final. What else the page shows of it is updated with them: its status and who
/// acts next, in the head of the page, and the cards.
#[island]
pub fn RefundProgress(
    id: String,
    /// The progress when the page was rendered.
    initial: Progress,
    /// Its texts.
    texts: Vec<String>,
) -> impl IntoView {
    let [trying_again]: [String; TEXTS.len()] = passed_texts(texts);
    let cards = initial.version.clone();
    let progress = RwSignal::new(initial);
    let unreachable = RwSignal::new(false);
    Effect::new(move |_| poll_progress(id.clone(), cards.clone(), progress, unreachable));
    let steps = move || progress.get().steps;
    view! {
        <p class="hint" aria-live="polite">
            {move || unreachable.get().then(|| trying_again.clone())}
        </p>
        <ol class="timeline">
            <For each=steps key=|step| step.status.clone() let:step>
                <li data-status=step.status.clone()>
                    <span class="timeline-what">{step.title.clone()}</span>
                    <time datetime=step.datetime data-local="medium">{step.at}</time>
                    <bdi class="timeline-detail">{step.detail}</bdi>
                </li>
            </For>
        </ol>
    }
}

/// Requests the progress until the refund is final and the other cards of the page, which have the version `cards`, show it
/// too. After a failed request, the page keeps what it shows and tries again.
fn poll_progress(id: String, cards: String, progress: RwSignal<Progress>, unreachable: RwSignal<bool>) {
    if progress.with_untracked(|now| now.is_final && now.version == cards) {
        return;
    }
    after(INTERVAL, move || {
        leptos::task::spawn_local(async move {
            let (mut cards, mut is_reached) = (cards, false);
            if let Ok(now) = refund_progress(id.clone()).await {
                let version = now.version.clone();
                if progress.with_untracked(|before| *before != now) {
                    progress.set(now);
                    // Delayed until the new steps are in the document.
                    after(Duration::ZERO, show_local_times);
                }
                is_reached = version == cards || refresh_parts(SECTION).await;
                if is_reached {
                    cards = version;
                }
            }
            unreachable.set(!is_reached);
            poll_progress(id, cards, progress, unreachable);
        });
    });
}
