//! A refund whose progress is updated without reloading the page.

use super::{local_time::show_local_times, timer::after, transaction::transaction_link};
use crate::{domain::refunds::progress::Progress, server_fns::refunds::refund_progress};
use leptos::prelude::*;
use std::time::Duration;

/// How often the progress of a refund is requested until it is final.
const INTERVAL: Duration = Duration::from_millis(1500);

/// The status and timeline of a refund, updated until it is final.
#[island]
pub fn RefundProgress(
    id: String,
    /// The progress when the page was rendered.
    initial: Progress,
) -> impl IntoView {
    let rendered = initial.sentence.clone();
    let progress = RwSignal::new(initial);
    let unreachable = RwSignal::new(false);
    Effect::new(move |_| poll_progress(id.clone(), progress, unreachable));
    let steps = move || progress.get().steps;
    // The cards below still say what waits and what can be done about it.
    let is_older = Memo::new(move |_| progress.with(|now| now.sentence != rendered));
    let transaction = move || {
        let Progress { transaction_hash, transaction_link: link, .. } = progress.get();
        transaction_hash.map(|hash| transaction_link(link, hash))
    };
    view! {
        <section class="card" aria-labelledby="progress-title">
            <h2 id="progress-title">"Progress"</h2>
            <p class="status-line" role="status">
                <span class="badge" data-status=move || progress.get().status>{move || progress.get().title}</span>
                <span>{move || progress.get().sentence}</span>
            </p>
            <p class="hint" aria-live="polite">
                {move || unreachable.get().then_some("The server cannot be reached at the moment; trying again.")}
            </p>
            <p class="hint" hidden=move || !is_older.get()>
                "The rest of this page is older. " <a href="">"Look again"</a>
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
            <dl class="facts" hidden=move || progress.get().transaction_hash.is_none()>
                <div>
                    <dt>"Transaction"</dt>
                    <dd>{transaction}</dd>
                </div>
            </dl>
        </section>
    }
}

/// Requests the progress until the refund is final. After a failed request, the page keeps what it shows and tries
/// again.
fn poll_progress(id: String, progress: RwSignal<Progress>, unreachable: RwSignal<bool>) {
    if progress.with_untracked(|now| now.is_final) {
        return;
    }
    after(INTERVAL, move || {
        leptos::task::spawn_local(async move {
            let answer = refund_progress(id.clone()).await;
            unreachable.set(answer.is_err());
            if let Ok(now) = answer
                && progress.with_untracked(|before| *before != now)
            {
                progress.set(now);
                // Delayed until the new steps are in the document.
                after(Duration::ZERO, show_local_times);
            }
            poll_progress(id, progress, unreachable);
        });
    });
}
