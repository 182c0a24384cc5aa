//! What people type and choose.

use crate::{
    service::people::second_factor::CodeRequirement,
    ui::components::{
        code_field::{CodeField, RecentCode},
        countdown::{Expiring, countdown},
        field::{Field, Select},
    },
    web::{language::language, paths},
};
use chrono::{DateTime, Duration, Utc};
use leptos::prelude::*;

/// Inputs in each state, the codes of a second factor, and how long a quote holds.
pub fn inputs(now: DateTime<Utc>) -> AnyView {
    let options = vec![("one", "One choice".to_owned()), ("other", "Another choice".to_owned())];
    view! {
        <section aria-labelledby="inputs-title">
            <h2 id="inputs-title">"Inputs"</h2>
            <form class="card" aria-label="Inputs">
                <Field name="empty" label="Empty" hint="What the input is for." />
                <Field name="filled" label="Filled and required" value="anna.schmidt@shop.example" required=true />
                <Field name="wrong" label="Refused" value="0x12" error=Some("An address has 40 characters after 0x.".to_owned()) />
                <Select name="choice" label="A choice" options value="one" />
                <label class="check">
                    <input type="checkbox" name="agreed" checked=true />
                    <span>"A statement that somebody agrees to"</span>
                </label>
            </form>
            <form class="card" aria-label="Codes">
                <CodeField id="either_code" />
                <CodeField id="app_code" recovery=false />
            </form>
            <RecentCode requirement=CodeRequirement::Code page=paths::STYLEGUIDE />
            <div class="card">
                {quotes(now)}
            </div>
        </section>
    }
    .into_any()
}

/// Quotes that hold, and quotes that have expired.
fn quotes(now: DateTime<Utc>) -> Vec<AnyView> {
    let ends = [now + Duration::minutes(10), now - Duration::minutes(1)];
    let both = [Expiring::Rate, Expiring::NetworkFee];
    both.into_iter().flat_map(|what| ends.map(|at| countdown(language(), what, at))).collect()
}
