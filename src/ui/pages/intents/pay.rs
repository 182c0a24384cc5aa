//! The page on which a customer pays an order. It works without JavaScript, and opening it changes nothing.

use super::payments::order_payments_card;
use crate::{
    domain::{
        ids::PayPageId,
        intents::{
            order::{Order, OrderStatus},
            payment_intent::{AmountDue, PaymentIntent, PaymentMethod},
            payment_uri::payment_uri,
        },
        mail::OrderName,
        money::Money,
        names::Named,
    },
    islands::{
        pay_status::{self, PayStatus},
        submit_button::SubmitButton,
    },
    languages::Language,
    server_fns::pay_page::{CancelOrder, ChooseCoin},
    service::intents::{
        pay_page::{self, PayPage, PaymentOption},
        payment_progress,
    },
    texts::amounts::{in_coin, in_currency},
    ui::{
        components::{
            address::AddressText, copy::copy_button, facts::fact, notice::Advice, qr::qr_code, time::Time,
            typed_text::TypedText,
        },
        customer::{customer_page, order_name},
        page::{Content, param},
    },
    web::{forms, language::language},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The order and its price, then the choice of a coin, the payment address, or the result.
#[component]
pub fn PayOrderPage() -> impl IntoView {
    let order = forms::order_of_link(&param("id"));
    let language = language();
    customer_page(async move {
        let (requite, id, _) = order?;
        let context = requite.context();
        let page = pay_page::view((&requite).into(), &context, id).await?;
        let payments = payment_progress::of_order((&requite).into(), &context, id).await?;
        let in_sandbox = requite.simulates();
        let order = &page.order;
        let asked = order.intent.as_ref().and_then(|intent| Some((intent, intent.amount_due()?)));
        let asks = match (page.status, asked) {
            (OrderStatus::New, _) => payment_options(language, id, &page.options, order),
            (OrderStatus::Pending, Some((intent, asked))) => {
                let method = intent.payment_methods.first();
                let chain_id = method.and_then(|method| requite.chain.as_ref()?.chain_id(method.network));
                how_to_pay(language, intent, asked, chain_id, in_sandbox)
            }
            _ => ().into_any(),
        };
        let cancel = order.require_cancelable(context.now).is_ok().then(|| cancel(language, id));
        let moves = matches!(page.status, OrderStatus::Pending | OrderStatus::Confirming);
        let watch = moves.then(|| {
            let texts = language.texts(pay_status::TEXTS);
            view! { <PayStatus page=id.to_string() shown=page.status.as_str().to_owned() texts /> }
        });
        let body = view! {
            <h1><TypedText text=heading(order) /></h1>
            {summary(language, &page)}
            // One of the two is always there. They are brought up to date with the payments.
            <div class="stack" data-live="">{asks} {outcome(language, &page)}</div>
            {watch}
            {payments.map(|(shown, views)| order_payments_card(language, id, &shown, &views, moves))}
            {cancel}
        };
        Ok((page.merchant.clone(), Content::new(heading(order), body)))
    })
}

fn heading(order: &Order) -> String {
    if order.text.title.is_empty() { order_name(&OrderName::Number(order.number)) } else { order.text.title.clone() }
}

fn summary(language: Language, page: &PayPage) -> AnyView {
    let order = &page.order;
    let name = |id: &str| language.text(id);
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    view! {
        <section class="card" aria-labelledby="order-title">
            <h2 id="order-title">{name("pay-your-order")}</h2>
            {text(&order.text.description).map(|description| view! { <p><TypedText text=description /></p> })}
            <dl class="facts">
                {fact(name("pay-price"), view! { <strong class="number">{in_currency(language, order.price)}</strong> })}
                {fact(name("pay-shop"), view! { <TypedText text=page.merchant.clone() /> })}
                {text(&order.text.reference).map(|reference| fact(name("pay-reference"), view! { <TypedText text=reference /> }))}
            </dl>
        </section>
    }
    .into_any()
}

fn payment_options(language: Language, id: PayPageId, options: &[PaymentOption], order: &Order) -> AnyView {
    if options.is_empty() {
        return view! {
            <Advice kind="warning">
                <p>{language.text("pay-no-rate")}</p>
            </Advice>
        }
        .into_any();
    }
    let coins =
        options.chunk_by(|one, other| one.due == other.due).map(|options| coin(language, options)).collect_view();
    let (before, after) = language.around("pay-choice-until", "until");
    let (label, busy) = (language.text("pay-go-on"), language.text("pay-going-on"));
    view! {
        <form method="post" action=ChooseCoin::url() class="card stack">
            <input type="hidden" name="page" value=id.to_string() />
            <fieldset class="stack">
                <legend>
                    <h2>{language.text("pay-choice")}</h2>
                </legend>
                <p class="hint">
                    {before} <Time at=order.expires_at /> {after}
                </p>
                {coins}
            </fieldset>
            <SubmitButton label busy />
        </form>
    }
    .into_any()
}

/// A coin, the amount due in it, and its networks.
fn coin(language: Language, options: &[PaymentOption]) -> Option<AnyView> {
    let due = options.first()?.due;
    let networks = options
        .iter()
        .map(|choice| {
            let value = format!("{}-{}", due.currency().code(), choice.network.code());
            let names = [("coin", due.currency().coin()), ("network", choice.network.title())];
            let label = language.with("pay-coin-on-network", names);
            view! {
                <label class="choice">
                    <input type="radio" name="choice" value=value required=true aria-label=label />
                    {choice.network.title()}
                </label>
            }
        })
        .collect_view();
    Some(
        view! {
            <div class="pay-coin">
                <p>
                    <strong>{due.currency().coin()}</strong>
                    <span class="number">{in_coin(language, due)}</span>
                </p>
                <div class="choices">{networks}</div>
            </div>
        }
        .into_any(),
    )
}

fn how_to_pay(
    language: Language,
    intent: &PaymentIntent,
    asked: &AmountDue,
    chain_id: Option<u64>,
    in_sandbox: bool,
) -> AnyView {
    let due = intent.due().unwrap_or(asked.amount);
    let paid = intent.paid;
    let partly = (!paid.is_zero()).then(|| {
        view! {
            <Advice kind="warning">
                <p>{language.with("pay-partly", [("amount", in_coin(language, paid))])}</p>
            </Advice>
        }
    });
    let sandbox = in_sandbox.then(|| {
        view! {
            <Advice kind="warning">
                <p>{language.text("pay-sandbox")}</p>
            </Advice>
        }
    });
    let where_to =
        intent.payment_methods.first().map(|method| destination(language, method, chain_id, due, in_sandbox));
    view! {
        {partly}
        <section class="card stack" aria-labelledby="pay-title">
            <h2 id="pay-title">{language.text("pay-send")}</h2>
            {sandbox}
            <dl class="facts">
                {fact(
                    language.text("pay-amount"),
                    view! {
                        <span class="address">
                            <strong class="number">{in_coin(language, due)}</strong>
                            {copy_button(due.number(), "copy-amount")}
                        </span>
                    },
                )} {where_to} {fact(language.text("pay-until"), view! { <Time at=asked.expires_at /> })}
            </dl>
            <p class="hint">{language.text("pay-rules")}</p>
        </section>
    }
    .into_any()
}

fn destination(
    language: Language,
    method: &PaymentMethod,
    chain_id: Option<u64>,
    due: Money,
    in_sandbox: bool,
) -> AnyView {
    let network = fact(language.text("pay-network"), view! { <strong>{method.network.title()}</strong> });
    let Some(address) = method.address.clone() else {
        return view! { {network} {fact(language.text("pay-address"), language.text("pay-address-soon"))} }.into_any();
    };
    let link = payment_uri(method.network, chain_id, due, &address).filter(|_| !in_sandbox);
    let picture = qr_code(link.as_deref().unwrap_or(&address));
    let open = link.map(|link| view! { <a class="button" href=link>{language.text("pay-open-wallet")}</a> });
    view! {
        {network}
        {fact(language.text("pay-address"), view! { <AddressText address=address /> })}
        {fact(
            language.text("pay-qr"),
            view! {
                <div class="qr" role="img" aria-label=language.text("pay-qr-of-address") inner_html=picture></div>
                {open}
            },
        )}
    }
    .into_any()
}

/// The explanation for each status in which the customer has nothing to choose, with a link back to the shop.
fn outcome(language: Language, page: &PayPage) -> Option<AnyView> {
    let shop = [("shop", &page.merchant)];
    let (kind, title, sentence) = match page.status {
        OrderStatus::New | OrderStatus::Pending => return None,
        OrderStatus::Confirming => ("info", language.text("pay-seen"), language.text("pay-seen-text")),
        OrderStatus::Paid => ("info", language.text("pay-paid"), language.with("pay-paid-text", shop)),
        OrderStatus::Expired => ("warning", language.text("pay-expired"), language.with("pay-expired-text", shop)),
        OrderStatus::Canceled => ("info", language.text("pay-canceled"), language.with("pay-canceled-text", shop)),
        OrderStatus::Invalid => ("warning", language.text("pay-invalid"), language.with("pay-invalid-text", shop)),
        OrderStatus::Refunded => ("info", language.text("pay-refunded"), language.text("pay-refunded-text")),
        OrderStatus::PartiallyRefunded => {
            ("info", language.text("pay-refunded-partly"), language.text("pay-refunded-partly-text"))
        }
    };
    let text = &page.order.text;
    let back = match page.status {
        OrderStatus::Paid => text.success_url.clone(),
        OrderStatus::Expired | OrderStatus::Canceled | OrderStatus::Invalid => text.cancel_url.clone(),
        OrderStatus::New
        | OrderStatus::Pending
        | OrderStatus::Confirming
        | OrderStatus::Refunded
        | OrderStatus::PartiallyRefunded => None,
    };
    let back = back.map(|url| {
        let label = language.with("pay-back", shop);
        view! { <p><a class="button" data-kind="primary" href=url>{label}</a></p> }
    });
    let title = language.with("pay-outcome", [("title", title)]);
    Some(
        view! {
            <Advice kind=kind>
                <p role="status"><strong>{title}</strong> " " {sentence}</p>
            </Advice>
            {back}
        }
        .into_any(),
    )
}

/// Inside a closed `details` element, so that canceling takes two clicks; it cannot be undone.
fn cancel(language: Language, id: PayPageId) -> AnyView {
    view! {
        <details class="card">
            <summary>{language.text("pay-cancel")}</summary>
            <form method="post" action=CancelOrder::url() class="stack">
                <input type="hidden" name="page" value=id.to_string() />
                <p>{language.text("pay-cancel-text")}</p>
                <div class="actions">
                    <button type="submit" class="button">{language.text("pay-cancel")}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
