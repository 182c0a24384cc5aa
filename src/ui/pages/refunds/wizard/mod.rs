//! The refund wizard: five pages on one draft. Every page is a plain form; going back, reloading and a second tab are
//! safe, because the input is stored on the server.

pub mod amount;
pub mod confirm;
pub mod funding;
pub mod recipient;
pub mod review;

use crate::{
    domain::{
        address::network::Network,
        ids::RefundDraftId,
        intents::{payment::paid_on, payment_intent::PaymentIntent},
        names::Named,
        people::actor::Actor,
        refunds::{
            draft::WizardStep,
            quote::{FeePayer, Quote, QuoteTerms},
        },
    },
    error::Error,
    languages::Language,
    service::{
        intents::payment,
        pairs,
        people::second_factor,
        refunds::{
            self,
            draft::{self, OpenDraft},
            outlook, recipient as refund_recipient, transfer,
        },
    },
    state::Requite,
    texts::titles::Title,
    ui::{
        components::{
            countdown::{Expiring, countdown},
            facts::fact,
            mark::network_names,
            notice::{Advice, Notice},
            time::Time,
        },
        page::{Content, page, param, query, redirect_to},
    },
    web::{
        forms::{caller, id},
        language::language,
        paths,
    },
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct StepQuery {
    /// Whether the step was sent with errors, which the page then shows.
    check: u8,
    /// Whether the draft was begun earlier, and the page has to say so.
    resumed: u8,
    /// The end of the address as it was typed before the rate was renewed.
    typed: String,
}

/// One step of the wizard.
#[component]
pub fn WizardPage() -> impl IntoView {
    let caller = caller();
    let (wanted, step) = (param("id"), param("step"));
    let query: StepQuery = query();
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let id = id(&wanted, RefundDraftId, "error-unknown-refund-draft")?;
        let open = draft::get(&requite.store, &actor, id).await?;
        // A draft that has become a refund redirects to it, also from an old tab or bookmark.
        if let Some(refund) = open.draft.refund_id {
            return Ok(redirect_to(&paths::refund(refund)));
        }
        let Some(step) = WizardStep::parse(&step) else {
            return Ok(redirect_to(&paths::refund_draft(id, WizardStep::Recipient)));
        };
        let reachable = open.draft.first_open_step(&open.intent);
        if step > reachable.max(WizardStep::Recipient)
            && !(step == WizardStep::Confirm && reachable == WizardStep::Review)
        {
            return Ok(redirect_to(&paths::refund_draft(id, reachable)));
        }
        if let Err(error) = refunds::eligibility((&requite).into(), &context, &actor, &open.intent).await {
            let error = error.into_domain_error();
            let body = view! { {head(language, &open, step)} <Notice error /> };
            return Ok(below_intent(language, Content::new(language.text("wizard-title"), body), &open.intent));
        }
        let paid_on = paid_on(&payment::of_intent(&requite.store, &actor, open.intent.id).await?);
        let form = form_of_step(language, &requite, &actor, &open, step, query, paid_on.last().copied()).await?;
        let body = view! {
            {head(language, &open, step)}
            <div class="columns" data-kind="wizard">
                <div class="card">{form}</div>
                {facts(language, &open.intent, &paid_on)}
            </div>
        };
        let names = [("step", step.title(language)), ("number", open.intent.order_number.to_string())];
        let title = language.with("wizard-page-title", names);
        Ok(below_intent(language, Content::new(title, body), &open.intent))
    })
}

/// The form of a step. `paid_on` is the network of the newest payment.
async fn form_of_step(
    language: Language,
    requite: &Requite,
    actor: &Actor,
    open: &OpenDraft,
    step: WizardStep,
    query: StepQuery,
    paid_on: Option<Network>,
) -> Result<AnyView, Error> {
    let context = requite.context();
    let check = query.check > 0;
    Ok(match step {
        WizardStep::Recipient => {
            let mut review = refund_recipient::review(requite.into(), &context, actor, open).await?;
            if !check {
                (review.problems, review.warnings) = (Vec::new(), Vec::new());
            }
            let resumed = query.resumed > 0 || open.draft.is_old(context.now);
            let sent = pairs::sent(requite.chain.as_ref());
            recipient::form(language, open, &sent, &review, paid_on, resumed)
        }
        WizardStep::Amount => {
            let problem = if check { draft::amount_problem(requite.into(), &context, open).await? } else { None };
            amount::form(language, requite, open, problem)
        }
        WizardStep::Funding => {
            let options = draft::funding_options(requite.into(), &context, actor, open).await?;
            funding::form(language, open, &options, check)
        }
        WizardStep::Review => review_step(language, requite, actor, open).await?,
        WizardStep::Confirm => {
            let quote = draft::quote_of(&requite.store, actor, open).await?;
            let holds = draft::holds(requite.into(), &context, open).await?;
            let code_requirement =
                second_factor::code_requirement(&requite.store, &requite.settings.refund_policy(), actor).await?;
            confirm::form(language, requite, open, quote.as_ref(), holds, code_requirement, query.typed).await?
        }
    })
}

async fn review_step(language: Language, requite: &Requite, actor: &Actor, open: &OpenDraft) -> Result<AnyView, Error> {
    let (store, context) = (&requite.store, requite.context());
    let quote = draft::quote_of(store, actor, open).await?;
    let holds = draft::holds(requite.into(), &context, open).await?;
    let recipient = refund_recipient::review(requite.into(), &context, actor, open).await?;
    let new = open.draft.new_refund(&open.intent)?;
    let is_unexplained = transfer::is_unexplained(store, actor, new.destination.network()).await?;
    let waits = match &quote {
        Some(quote) if !is_unexplained => {
            outlook::would_wait(requite.into(), quote.terms.network, quote.terms.send).await?
        }
        _ => None,
    };
    Ok(review::page(language, requite, open, &new, quote.as_ref(), holds, recipient, (is_unexplained, waits)))
}

/// Places a step below the payment intent.
fn below_intent(language: Language, content: Content, intent: &PaymentIntent) -> Content {
    let above = language.with("wizard-above", [("number", intent.order_number.to_string())]);
    content.below(paths::payment_intent(intent.id), above)
}

/// The title and the list of steps.
fn head(language: Language, open: &OpenDraft, current: WizardStep) -> AnyView {
    let reachable = open.draft.first_open_step(&open.intent);
    let id = open.draft.id;
    let steps = WizardStep::all()
        .map(|step| {
            let name = step.title(language);
            let inner = if step < current && step <= reachable {
                view! { <a href=paths::refund_draft(id, step)>{name}</a> }.into_any()
            } else {
                view! { <span>{name}</span> }.into_any()
            };
            let state = if step < current { "done" } else { "open" };
            view! { <li data-state=state aria-current=(step == current).then_some("step")>{inner}</li> }
        })
        .collect_view();
    view! {
        <h1>{language.text("wizard-heading")}</h1>
        <nav aria-label=language.text("wizard-steps")>
            <ol class="steps">{steps}</ol>
        </nav>
    }
    .into_any()
}

/// The payment intent of the refund, shown on every step.
fn facts(language: Language, intent: &PaymentIntent, paid_on: &[Network]) -> AnyView {
    let name = |id: &str| language.text(id);
    view! {
        <aside class="card" aria-label=name("wizard-payment")>
            <h2>{name("wizard-payment")}</h2>
            <dl class="facts numbers">
                {fact(name("wizard-paid"), intent.paid.with_coin_symbol())}
                {fact(name("wizard-paid-on"), network_names(paid_on.iter().copied()))}
                {fact(name("wizard-refunded"), intent.refunded.with_coin_symbol())}
                {fact(name("wizard-in-flight"), intent.in_flight.with_coin_symbol())}
                {fact(name("wizard-left"), intent.left().with_coin_symbol())}
            </dl>
        </aside>
    }
    .into_any()
}

/// What a refund costs, line by line.
pub fn costs(language: Language, terms: &QuoteTerms) -> AnyView {
    let coin = terms.send.currency();
    let rate = format!("1 {} = {} {}", coin.coin_symbol(), terms.rate, terms.funding());
    let converted = terms.funding() != coin;
    let other_coin = terms.value.currency() != coin;
    let priced = terms.value != terms.amount;
    let owed = terms.value.currency();
    let owed = if priced { owed.code() } else { owed.coin_symbol() };
    let coin_rate = format!("1 {owed} = {} {}", terms.coin_rate, coin.coin_symbol());
    let name = |id: &str| language.text(id);
    let (kept_back, fee_name) = match terms.fee_payer {
        FeePayer::Merchant => (false, name("wizard-cost-fee")),
        FeePayer::Customer => (true, name("wizard-cost-fee-deducted")),
    };
    let is_amount_shown = kept_back || priced || other_coin;
    view! {
        <dl class="facts numbers">
            {priced.then(|| fact(name("wizard-cost-of-price"), terms.value.to_string()))}
            {is_amount_shown.then(|| fact(name("wizard-cost-refunded"), terms.amount.with_coin_symbol()))}
            {other_coin.then(|| fact(name("wizard-cost-coin-rate"), coin_rate))}
            {fact(name("wizard-cost-sent"), terms.send.with_coin_symbol())}
            {converted.then(|| fact(name("wizard-cost-rate"), rate))}
            {fact(name("wizard-cost-debit"), terms.debit.to_string())}
            {fact(fee_name, terms.fee.to_string())}
            {terms.fee_at.map(|at| fact(name("wizard-cost-fee-as-of"), view! { <Time at /> }))}
            {fact(name("wizard-cost-total"), view! { <strong>{terms.total.to_string()}</strong> })}
        </dl>
    }
    .into_any()
}

/// The quote, if its terms can be confirmed now. Without a conversion there is no rate that could expire.
fn confirmable(quote: Option<&Quote>, now: DateTime<Utc>) -> Option<&Quote> {
    quote.filter(|quote| !quote.terms.is_converted() || quote.require_current(now).is_ok())
}

/// How long the rate holds, if there is one.
fn rate_countdown(language: Language, quote: &Quote) -> Option<AnyView> {
    quote.terms.is_converted().then(|| countdown(language, Expiring::Rate, quote.expires_at))
}

/// Says that the rate has to be renewed.
fn expired_rate(language: Language) -> AnyView {
    view! {
        <Advice kind="warning">
            <p>
                <strong>{language.text("wizard-rate-expired")}</strong> " " {language.text("wizard-rate-expired-next")}
            </p>
        </Advice>
    }
    .into_any()
}

/// The buttons at the end of a step: next, and back, which keeps the input.
fn buttons(language: Language, open: &OpenDraft, back: Option<WizardStep>, on: String) -> AnyView {
    let back = match back {
        Some(step) => paths::refund_draft(open.draft.id, step),
        None => paths::payment_intent(open.intent.id),
    };
    view! {
        <div class="actions">
            <button class="button" data-kind="primary">{on}</button>
            <a class="button" data-kind="quiet" href=back>{language.text("wizard-back")}</a>
        </div>
    }
    .into_any()
}
