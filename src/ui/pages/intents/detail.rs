//! One payment intent: amounts, timeline, and the menu from which a refund is started.

use super::{amount_due, payments::payments_card};
use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        error::DomainError,
        ids::{NoteId, PaymentIntentId},
        intents::{
            order::Order,
            payment_intent::{IntentKind, IntentStatus, PaymentIntent, PaymentMethod},
        },
        money::Money,
        paging::{PAGE_SIZE_MAX, PageRequest, Position, SortDirection},
        refunds::refund::Refund,
    },
    error::Error,
    server_fns::{intents::SimulatePayment, refund_drafts::OpenRefundDraft},
    service::{
        customers::masking::{self, Personal},
        intents::{self, order, pay_page, payment_progress},
        operations::history,
        policy, refunds,
    },
    store::{operations::history::HistoryOf, refunds::RefundFilter},
    texts::errors::{next_step, sentence},
    ui::{
        components::{
            address::AddressText, facts::fact, field::Field, mark::network_name, menu::ActionsMenu, personal::personal,
            qr::qr_code, status::IntentBadge, time::Time, typed_text::TypedText,
        },
        page::{Content, page, param, query},
        pages::{
            history::{TimelineQuery, intent_timeline},
            refunds::list::refund_table,
        },
    },
    web::{
        forms::{caller, id},
        language::language,
        paths,
    },
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// Loads the intent with its payments and refunds.
#[component]
pub fn IntentPage() -> impl IntoView {
    let caller = caller();
    let wanted = param("id");
    let shown: TimelineQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let id = id(&wanted, PaymentIntentId, "error-unknown-payment-intent")?;
        let intent = intents::get(&requite.store, &actor, id).await?;
        let payments = payment_progress::of_intent((&requite).into(), &context, &actor, &intent).await?;
        let of_this = RefundFilter { intent: Some(id), ..RefundFilter::default() };
        let newest = PageRequest::new(PAGE_SIZE_MAX, Position::Start, SortDirection::NewestFirst);
        let refunds = refunds::list(&requite.store, &actor, &of_this, &newest).await?.items;
        let allowed =
            refunds::eligibility((&requite).into(), &context, &actor, &intent).await.map_err(Error::into_domain_error);
        let payable = requite.simulates() && intent.unsupported_now(context.now).is_none();
        let order = order::of_intents(&requite.store, &actor, &[id]).await?.remove(&id);
        let customer = order.as_ref().and_then(|order| masking::order_email(&actor, order));
        let deadline = policy::get(&requite.store, &requite.settings.refund_policy(), &actor).await?.deadline(&intent);
        let history = history::list(&requite.store, &actor, HistoryOf::Intent(id)).await?;
        let timeline = intent_timeline((id, NoteId(context.id())), history, &refunds, &shown, &actor);
        Ok(Content::new(
            format!("Payment intent #{}", intent.order_number),
            view! {
                <div class="stack" data-live="">
                    {head(&intent, &allowed)}
                    {explanation(&intent, &allowed)}
                    {payable.then(|| simulation(&intent))}
                </div>
                <div class="columns">
                    <div class="stack">
                        <div data-live="">{amounts(&intent, deadline, context.now)}</div>
                        {payments_card(requite.chain.as_ref(), &intent, payments)}
                        <div data-live="">{refunds_card(refunds)}</div>
                    </div>
                    <div class="stack" data-live="">
                        {timeline}
                        {methods(&intent.payment_methods)}
                        {identity(&intent, order.as_ref(), customer.as_ref())}
                    </div>
                </div>
            },
        )
        .below(paths::PAYMENT_INTENTS, "Payment intents"))
    })
}

fn head(intent: &PaymentIntent, allowed: &Result<Money, DomainError>) -> AnyView {
    let item = match allowed {
        Ok(_) => view! {
            <form method="post" action=OpenRefundDraft::url()>
                <input type="hidden" name="intent" value=intent.id.to_string() />
                <button class="menu-item">"Crypto refund"</button>
            </form>
        }
        .into_any(),
        Err(error) => view! {
            <span class="menu-item" aria-disabled="true">"Crypto refund"</span>
            <p class="hint">{sentence(language(), error)}</p>
        }
        .into_any(),
    };
    view! {
        <div class="page-head">
            <div>
                <h1>
                    <span class="number">{amount_due(intent)}</span> " " <IntentBadge intent=intent.clone() />
                </h1>
                <p class="hint">{name(intent)}</p>
            </div>
            <ActionsMenu>{item}</ActionsMenu>
        </div>
    }
    .into_any()
}

fn name(intent: &PaymentIntent) -> String {
    match intent.kind {
        IntentKind::Transient(_) => format!("Order #{}", intent.order_number),
        IntentKind::Continuous => format!("#{}, continuous: can be paid several times", intent.order_number),
    }
}

/// Says why the intent cannot be refunded, before anybody opens the wizard.
fn explanation(intent: &PaymentIntent, allowed: &Result<Money, DomainError>) -> Option<impl IntoView + use<>> {
    let error = allowed.as_ref().err()?.clone();
    // Nothing was paid yet, so nobody expects a refund; the reason in the menu is enough.
    let expected = !intent.paid.is_zero() || intent.pending_payments > 0;
    expected.then(|| {
        view! {
            <div class="notice" data-kind="info" data-code=error.code.as_str()>
                <p><strong>"No refund is possible now. "</strong> {sentence(language(), &error)}</p>
                <p>{next_step(language(), error.code)}</p>
            </div>
        }
    })
}

/// Sandbox only: pays as the customer.
fn simulation(intent: &PaymentIntent) -> Option<AnyView> {
    let body = match (intent.status(), intent.due()) {
        (IntentStatus::Pending, Some(due)) => {
            view! { <button class="button">"Pay " {due.with_coin_symbol()} " as the customer"</button> }.into_any()
        }
        (IntentStatus::Active, None) => view! {
            <Field name="amount" label="Amount" required=true />
            <button class="button">"Pay as the customer"</button>
        }
        .into_any(),
        _ => return None,
    };
    let view = view! {
        <form method="post" action=SimulatePayment::url() class="notice" data-kind="info">
            <p>"This is a sandbox: no customer will come. "</p>
            <input type="hidden" name="intent" value=intent.id.to_string() />
            {body}
        </form>
    };
    Some(view.into_any())
}

fn amounts(intent: &PaymentIntent, deadline: DateTime<Utc>, now: DateTime<Utc>) -> AnyView {
    view! {
        <section class="card" aria-labelledby="amounts-title">
            <h2 id="amounts-title">"Amounts"</h2>
            <dl class="facts numbers">
                {fact("Asked", amount_due(intent))}
                {fact("Paid", intent.paid.with_coin_symbol())}
                {fact("Refunded", intent.refunded.with_coin_symbol())}
                {fact("On its way back", intent.in_flight.with_coin_symbol())}
                {fact("Left to refund", intent.left().with_coin_symbol())}
                {fact("Processing fee", intent.fees.to_string())}
            </dl>
            {refundable_until(intent, deadline, now)}
        </section>
    }
    .into_any()
}

/// Until when the rest can be refunded; nothing if nothing was paid or nothing is left.
fn refundable_until(intent: &PaymentIntent, deadline: DateTime<Utc>, now: DateTime<Utc>) -> Option<AnyView> {
    let until = if now < deadline { "It can be refunded until " } else { "It could be refunded until " };
    let rest = match intent.kind {
        IntentKind::Transient(_) => ".",
        IntentKind::Continuous => "; every payment begins that time anew.",
    };
    (!intent.left().is_zero()).then(|| view! { <p class="hint">{until} <Time at=deadline /> {rest}</p> }.into_any())
}

fn refunds_card(refunds: Vec<Refund>) -> AnyView {
    let body = if refunds.is_empty() {
        view! { <p class="hint">"Nothing was refunded."</p> }.into_any()
    } else {
        refund_table("Refunds of this payment intent", refunds).into_any()
    };
    view! {
        <section class="card" aria-labelledby="refunds-title">
            <h2 id="refunds-title">"Refunds"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn methods(methods: &[PaymentMethod]) -> AnyView {
    let items = methods
        .iter()
        .map(|method| {
            let address = method.address.clone().map(|address| {
                view! {
                    <AddressText address=address.clone() />
                    <details>
                        <summary>"QR code"</summary>
                        <div class="qr" inner_html=qr_code(&address)></div>
                    </details>
                }
            });
            view! {
                <div>
                    <dt>{network_name(method.network)}</dt>
                    <dd>{address} {method.address.is_none().then_some("The address is being made.")}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="methods-title">
            <h2 id="methods-title">"Deposit addresses"</h2>
            <dl class="facts">{items}</dl>
        </section>
    }
    .into_any()
}

fn identity(intent: &PaymentIntent, order: Option<&Order>, customer: Option<&Personal>) -> AnyView {
    let pay_page = order.map(|order| {
        let link = view! { <a href=pay_page::path(order.page)>"Show it"</a> };
        fact("Page for the customer", link)
    });
    let customer = customer.map(|email| {
        let record = CustomerRecord::new(CustomerField::OrderEmail, intent.id.0);
        let all = view! { <a href=paths::customer(record)>"Everything of this customer"</a> };
        fact("Customer's e-mail", view! { {personal(email)} <br /> {all} })
    });
    let of_shop = order.map(|order| {
        let written = |name: &'static str, text: &str| {
            let text = text.to_owned();
            (!text.is_empty()).then(|| fact(name, view! { <span class="wrap"><TypedText text /></span> }))
        };
        view! { {written("Shop's order", &order.text.reference)} {written("Title of the order", &order.text.title)} }
    });
    view! {
        <section class="card" aria-labelledby="identity-title">
            <h2 id="identity-title">"Details"</h2>
            <dl class="facts">
                {fact("Id", view! { <span class="mono wrap">{intent.id.to_string()}</span> })}
                {of_shop}
                {customer}
                {fact("Credited in", intent.settlement_currency.code())}
                {fact("Created", view! { <Time at=intent.created_at /> })}
                {fact("Can be paid until", paid_until(intent))}
                {pay_page}
            </dl>
        </section>
    }
    .into_any()
}

fn paid_until(intent: &PaymentIntent) -> AnyView {
    match intent.kind {
        IntentKind::Transient(asked) => view! { <Time at=asked.expires_at /> }.into_any(),
        IntentKind::Continuous => "Without an end".into_any(),
    }
}
