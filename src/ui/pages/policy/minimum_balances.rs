//! The available balances below which people are told: everybody can read them, an owner can change them.

use crate::{
    domain::{
        error::{DomainError, Field},
        money::amounts::{self as typed_amounts, Amounts},
    },
    languages::Language,
    server_fns::balances::SetMinimumBalances,
    texts::{amounts, errors::sentence},
    web::form_query::MinimumBalancesQuery,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// What is set, and the form.
pub fn section(language: Language, minimums: &Amounts, refused: MinimumBalancesQuery, may_set: bool) -> AnyView {
    let text = |id: &str| language.text(id);
    let body = if may_set {
        form(language, minimums, refused)
    } else {
        let set =
            minimums.values().map(|minimum| amounts::in_currency(language, *minimum)).collect::<Vec<_>>().join(", ");
        let set = if set.is_empty() { text("policy-minimums-none") } else { set };
        view! { <p>{set}</p> <p class="hint">{text("policy-minimums-only-owners")}</p> }.into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="minimums-title">
            <h2 id="minimums-title">{text("policy-minimums")}</h2>
            <p>{text("policy-minimums-text")}</p>
            {body}
        </section>
    }
    .into_any()
}

fn form(language: Language, minimums: &Amounts, refused: MinimumBalancesQuery) -> AnyView {
    let text = |id: &str| language.text(id);
    let problem = refused
        .minimum_balances
        .as_deref()
        .and_then(|typed| problem_of(language, typed))
        .map(|problem| sentence(language, &problem));
    let typed = refused.minimum_balances.unwrap_or_else(|| to_type(language, minimums));
    view! {
        <form method="post" action=SetMinimumBalances::url() class="stack" novalidate=true>
            <div class="field">
                <label for="minimum_balances">
                    {text("policy-minimums-label")} " " <span class="optional">{text("components-optional")}</span>
                </label>
                <textarea
                    id="minimum_balances"
                    name="minimum_balances"
                    class="input"
                    rows="3"
                    aria-invalid=problem.is_some().then_some("true")
                    aria-describedby="minimum_balances-hint minimum_balances-error"
                >{typed}</textarea>
                <p class="hint" id="minimum_balances-hint">{text("policy-minimums-hint")}</p>
                <p class="error" id="minimum_balances-error">{problem}</p>
            </div>
            <div class="actions">
                <button class="button">{text("policy-minimums-save")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn problem_of(language: Language, typed: &str) -> Option<DomainError> {
    let read = typed_amounts::map_numbers(typed, |number| amounts::read(language, number));
    match read {
        Ok(plain) => typed_amounts::parse(&plain, Field::MinimumBalances).err(),
        Err(problem) => Some(problem),
    }
}

/// The minimum balances as the value of the input.
fn to_type(language: Language, minimums: &Amounts) -> String {
    let (plain, format) = (typed_amounts::text(minimums), amounts::format_of(language));
    typed_amounts::map_numbers(&plain, |number| Ok(format.write_to_type(number))).unwrap_or(plain)
}
