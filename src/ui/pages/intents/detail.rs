//! One payment intent: amounts, timeline, and the menu from which a refund is started.

use super::{amount_due, api_object::api_object, payments::payments_card};
use crate::{
    domain::{
        customers::{CustomerField, CustomerRecord},
        error::DomainError,
        ids::{NoteId, PaymentIntentId},
        intents::{
            metadata::Metadata,
            order::Order,
            payment_intent::{IntentKind, IntentStatus, PaymentIntent, PaymentMethod},
        },
        money::Money,
        paging::{PAGE_SIZE_MAX, PageRequest, Position, SortDirection},
        refunds::refund::Refund,
    },
    error::Error,
    languages::Language,
    server_fns::{intents::SimulatePayment, refund_drafts::OpenRefundDraft},
    service::{
        customers::masking::{self, Personal},
        intents::{self, order, pay_page, payment_progress},
        operations::history,
        policy, refunds,
    },
    store::{operations::history::HistoryOf, refunds::RefundFilter},
    texts::{
        amounts::{in_coin, in_currency},
        errors::{next_step, sentence},
    },
    ui::{
        components::{
            address::AddressText,
            amount::in_words,
            facts::fact,
            field::Field,
            mark::{coin_symbol, network_name, network_names},
            menu::ActionsMenu,
            personal::personal,
            qr::qr_code,
            status::IntentBadge,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, param, query},
        pages::{
            history::{Timeline, TimelineQuery, intent_timeline},
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
    let shown = query::<TimelineQuery>().page();
    let language = language();
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
        let api_body = intents::api_body(&requite.store, &actor, &intent).await?;
        let deadline = policy::get(&requite.store, &requite.settings.refund_policy(), &actor).await?.deadline(&intent);
        let history = history::list(&requite.store, &actor, HistoryOf::Intent(id), &shown).await?;
        let messages = history::messages(&requite.store, &requite.settings, &actor, &history).await?;
        let timeline = Timeline { about: id.0, page: &shown, actor: &actor, refunds: &refunds, messages: &messages };
        let timeline = intent_timeline(language, (id, NoteId(context.id())), history, &timeline);
        Ok(Content::new(
            language.with("intents-intent", [("number", intent.order_number.to_string())]),
            view! {
                <div class="stack" data-live="">
                    {head(language, &intent, &allowed)}
                    {explanation(language, &intent, &allowed)}
                    {payable.then(|| simulation(language, &intent))}
                </div>
                <div class="columns">
                    <div class="stack">
                        <div data-live="">{amounts(language, &intent, deadline, context.now)}</div>
                        {payments_card(language, requite.chain.as_ref(), &intent, &payments)}
                        <div class="stack" data-live="">
                            {refunds_card(language, refunds)} {timeline}
                        </div>
                    </div>
                    <div class="stack" data-live="">
                        {methods(language, &intent.payment_methods)}
                        {identity(language, &intent, order.as_ref(), customer.as_ref())}
                        {metadata(language, &intent.metadata)}
                        {api_object(language, id, &api_body)}
                    </div>
                </div>
            },
        )
        .below(paths::PAYMENT_INTENTS, language.text("intents-title")))
    })
}

fn head(language: Language, intent: &PaymentIntent, allowed: &Result<Money, DomainError>) -> AnyView {
    let refund = language.text("intents-refund");
    let item = match allowed {
        Ok(_) => view! {
            <form method="post" action=OpenRefundDraft::url()>
                <input type="hidden" name="intent" value=intent.id.to_string() />
                <button class="menu-item">{refund}</button>
            </form>
        }
        .into_any(),
        Err(error) => view! {
            <span class="menu-item" aria-disabled="true">{refund}</span>
            <p class="hint">{sentence(language, error)}</p>
        }
        .into_any(),
    };
    let networks = intent.payment_methods.iter().map(|method| method.network);
    view! {
        <div class="page-head">
            <div>
                <h1>
                    <span>{due_with_mark(language, intent)}</span> " " <IntentBadge intent=intent.clone() />
                </h1>
                <p class="hint">{name(language, intent)} " · " <span class="in-words">{network_names(networks)}</span></p>
            </div>
            <ActionsMenu>{item}</ActionsMenu>
        </div>
    }
    .into_any()
}

/// The amount that the customer has to pay.
fn due_with_mark(language: Language, intent: &PaymentIntent) -> AnyView {
    match intent.kind {
        IntentKind::Transient(asked) => in_words(asked.amount),
        IntentKind::Continuous => {
            let (before, after) = language.around("intents-any-amount", "coin");
            let coin = coin_symbol(intent.currency());
            view! { <span class="in-words">{before} {coin} {(!after.is_empty()).then_some(after)}</span> }.into_any()
        }
    }
}

fn name(language: Language, intent: &PaymentIntent) -> String {
    let number = [("number", intent.order_number.to_string())];
    match intent.kind {
        IntentKind::Transient(_) => language.with("intents-order", number),
        IntentKind::Continuous => language.with("intents-continuous", number),
    }
}

/// Says why the intent cannot be refunded, before anybody opens the wizard.
fn explanation(
    language: Language,
    intent: &PaymentIntent,
    allowed: &Result<Money, DomainError>,
) -> Option<impl IntoView + use<>> {
    let error = allowed.as_ref().err()?.clone();
    // Nothing was paid yet, so nobody expects a refund; the reason in the menu is enough.
    let expected = !intent.paid.is_zero() || intent.pending_payments > 0;
    expected.then(|| {
        view! {
            <div class="notice" data-kind="info" data-code=error.code.as_str()>
                <p><strong>{language.text("intents-no-refund")}</strong> " " {sentence(language, &error)}</p>
                <p>{next_step(language, error.code)}</p>
            </div>
        }
    })
}

/// Sandbox only: pays as the customer.
fn simulation(language: Language, intent: &PaymentIntent) -> Option<AnyView> {
    let body = match (intent.status(), intent.due()) {
        (IntentStatus::Pending, Some(due)) => {
            let label = language.with("intents-pay-as-customer", [("amount", in_coin(language, due))]);
            view! { <button class="button">{label}</button> }.into_any()
        }
        (IntentStatus::Active, None) => view! {
            <Field name="amount" label=language.text("intents-amount") required=true />
            <button class="button">{language.text("intents-pay-any-as-customer")}</button>
        }
        .into_any(),
        _ => return None,
    };
    let view = view! {
        <form method="post" action=SimulatePayment::url() class="notice" data-kind="info">
            <p>{language.text("intents-sandbox")}</p>
            <input type="hidden" name="intent" value=intent.id.to_string() />
            {body}
        </form>
    };
    Some(view.into_any())
}

fn amounts(language: Language, intent: &PaymentIntent, deadline: DateTime<Utc>, now: DateTime<Utc>) -> AnyView {
    let name = |id: &str| language.text(id);
    view! {
        <section class="card" aria-labelledby="amounts-title">
            <h2 id="amounts-title">{name("intents-amounts")}</h2>
            <dl class="facts numbers">
                {fact(name("intents-asked"), amount_due(language, intent))}
                {fact(name("intents-paid"), in_coin(language, intent.paid))}
                {fact(name("intents-refunded"), in_coin(language, intent.refunded))}
                {fact(name("intents-in-flight"), in_coin(language, intent.in_flight))}
                {fact(name("intents-left"), in_coin(language, intent.left()))}
                {fact(name("intents-fee"), in_currency(language, intent.fees))}
            </dl>
            {refundable_until(language, intent, deadline, now)}
        </section>
    }
    .into_any()
}

/// Until when the rest can be refunded; nothing if nothing was paid or nothing is left.
fn refundable_until(
    language: Language,
    intent: &PaymentIntent,
    deadline: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<AnyView> {
    let id = match (now < deadline, intent.kind) {
        (true, IntentKind::Transient(_)) => "intents-refundable-until",
        (true, IntentKind::Continuous) => "intents-refundable-until-continuous",
        (false, IntentKind::Transient(_)) => "intents-was-refundable-until",
        (false, IntentKind::Continuous) => "intents-was-refundable-until-continuous",
    };
    let (before, after) = language.around(id, "until");
    (!intent.left().is_zero()).then(|| view! { <p class="hint">{before} <Time at=deadline /> {after}</p> }.into_any())
}

fn refunds_card(language: Language, refunds: Vec<Refund>) -> AnyView {
    let body = if refunds.is_empty() {
        view! { <p class="hint">{language.text("intents-no-refunds")}</p> }.into_any()
    } else {
        refund_table(language, language.text("intents-refunds-of-this"), refunds).into_any()
    };
    view! {
        <section class="card" aria-labelledby="refunds-title">
            <h2 id="refunds-title">{language.text("intents-refunds")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn methods(language: Language, methods: &[PaymentMethod]) -> AnyView {
    let items = methods
        .iter()
        .map(|method| {
            let address = method.address.clone().map(|address| {
                view! {
                    <AddressText address=address.clone() />
                    <details>
                        <summary>{language.text("intents-qr")}</summary>
                        <div class="qr" inner_html=qr_code(&address)></div>
                    </details>
                }
            });
            let none = method.address.is_none().then(|| language.text("intents-address-soon"));
            view! {
                <div>
                    <dt>{network_name(method.network)}</dt>
                    <dd>{address} {none}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="methods-title">
            <h2 id="methods-title">{language.text("intents-addresses")}</h2>
            <dl class="facts">{items}</dl>
        </section>
    }
    .into_any()
}

fn identity(language: Language, intent: &PaymentIntent, order: Option<&Order>, customer: Option<&Personal>) -> AnyView {
    let name = |id: &str| language.text(id);
    let pay_page = order.map(|order| {
        let link = view! { <a href=pay_page::path(order.page)>{name("intents-show-page")}</a> };
        fact(name("intents-customer-page"), link)
    });
    let customer = customer.map(|email| {
        let record = CustomerRecord::new(CustomerField::OrderEmail, intent.id.0);
        let all = view! { <a href=paths::customer(record)>{name("intents-everything-of-customer")}</a> };
        fact(name("intents-customer"), view! { {personal(email)} <br /> {all} })
    });
    let of_shop = order.map(|order| {
        let written = |title: String, text: &str| {
            let text = text.to_owned();
            (!text.is_empty()).then(|| fact(title, view! { <span class="wrap"><TypedText text /></span> }))
        };
        let text = &order.text;
        let address = |title: String, url: Option<&str>| written(title, url.unwrap_or_default());
        view! {
            {written(name("intents-reference"), &text.reference)}
            {written(name("intents-order-title"), &text.title)}
            {written(name("intents-description"), &text.description)}
            {address(name("intents-callback-url"), text.callback_url.as_deref())}
            {address(name("intents-success-url"), text.success_url.as_deref())}
            {address(name("intents-cancel-url"), text.cancel_url.as_deref())}
        }
    });
    view! {
        <section class="card" aria-labelledby="identity-title">
            <h2 id="identity-title">{name("intents-details")}</h2>
            <dl class="facts">
                {fact(name("intents-id"), view! { <span class="mono wrap">{intent.id.to_string()}</span> })}
                {of_shop}
                {customer}
                {fact(name("intents-credited-in"), intent.settlement_currency.code())}
                {fact(name("intents-created"), view! { <Time at=intent.created_at /> })}
                {fact(name("intents-paid-until"), paid_until(language, intent))}
                {pay_page}
            </dl>
        </section>
    }
    .into_any()
}

/// What the shop keeps with the intent, under the names that it chose.
fn metadata(language: Language, metadata: &Metadata) -> Option<AnyView> {
    let written = |(name, text): (&str, &str)| {
        let text = text.to_owned();
        fact(name, view! { <span class="wrap"><TypedText text /></span> })
    };
    let facts = metadata.entries().map(written).collect_view();
    let card = || {
        view! {
            <section class="card" aria-labelledby="metadata-title">
                <h2 id="metadata-title">{language.text("intents-metadata")}</h2>
                <dl class="facts">{facts}</dl>
            </section>
        }
        .into_any()
    };
    (!metadata.is_empty()).then(card)
}

fn paid_until(language: Language, intent: &PaymentIntent) -> AnyView {
    match intent.kind {
        IntentKind::Transient(asked) => view! { <Time at=asked.expires_at /> }.into_any(),
        IntentKind::Continuous => language.text("intents-without-end").into_any(),
    }
}
