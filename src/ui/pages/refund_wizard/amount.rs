//! Step 2: how much.

use super::buttons;
use crate::{
    domain::{currency::Currency, draft::Step, refusal::Refusal},
    islands::amount_field::AmountField,
    rates,
    server_fns::refund_drafts::SaveAmount,
    service::draft::OpenDraft,
    state::Requite,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form; everything that is left is filled in, since most refunds are full ones.
pub fn form(requite: &Requite, open: &OpenDraft, error: Option<Refusal>) -> AnyView {
    let left = open.intent.left();
    let currency = left.currency();
    let value = if open.draft.amount.is_empty() && error.is_none() { left.number() } else { open.draft.amount.clone() };
    // Dollars in dollars would tell nothing.
    let rate = (currency != Currency::Usd)
        .then(|| rates::require(requite.rates.as_ref(), currency, Currency::Usd, requite.moment().now).ok())
        .flatten();
    view! {
        <form method="post" action=SaveAmount::url() class="stack" novalidate=true>
            <h2>"Amount"</h2>
            <input type="hidden" name="draft" value=open.draft.id.to_string() />
            <AmountField
                currency=currency.code().to_owned()
                left=left.number()
                dollars=rate.map(|rate| rate.price.to_string())
                value=value
                error=error.map(|refusal| refusal.message.into_owned())
            />
            {buttons(open, Some(Step::Recipient), "Continue to the balance")}
        </form>
    }
    .into_any()
}
