//! Inputs, the code of the second factor, and the countdown of a quote.

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

/// How long the countdown runs.
const HOLDS: Duration = Duration::minutes(10);

pub fn section(now: DateTime<Utc>) -> AnyView {
    let options = vec![("one", "One choice".to_owned()), ("other", "Another choice".to_owned())];
    let refused = "An address has 40 characters after 0x.".to_owned();
    view! {
        <section aria-labelledby="inputs-title">
            <h2 id="inputs-title">"Inputs"</h2>
            <form class="card" aria-label="Inputs">
                <Field name="empty" label="Empty" hint="What the input is for." />
                <Field name="filled" label="Filled and required" value="anna.schmidt@shop.example" required=true />
                <Field name="wrong" label="Refused" value="0x12" error=Some(refused) />
                <Select name="choice" label="A choice" options value="one" />
                <label class="check">
                    <input type="checkbox" name="agreed" checked=true />
                    <span>"A statement that somebody agrees to"</span>
                </label>
            </form>
            <form class="card" aria-label="Code">
                <CodeField id="guide_code" />
            </form>
            <RecentCode requirement=CodeRequirement::Code page=paths::STYLEGUIDE />
            <div class="card">
                {countdown(language(), Expiring::Rate, now + HOLDS)}
                {countdown(language(), Expiring::NetworkFee, now)}
            </div>
        </section>
    }
    .into_any()
}
