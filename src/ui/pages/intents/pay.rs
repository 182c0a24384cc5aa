//! The page on which a customer pays an order. It works without JavaScript, and opening it changes nothing.

use crate::{
    domain::{
        ids::PayPageId,
        intents::{
            order::{Order, OrderStatus},
            payment_intent::{AmountDue, PaymentIntent, PaymentMethod},
            payment_progress::PaymentsProgress,
            payment_uri::payment_uri,
        },
        money::Money,
        names::Named,
    },
    islands::{copy_button::CopyButton, pay_status::PayStatus, payments::Payments, submit_button::SubmitButton},
    server_fns::pay_page::{CancelOrder, ChooseCoin},
    service::intents::{
        pay_page::{self, PayPage, PaymentOption},
        payment_progress,
    },
    ui::{
        components::{
            address::AddressText, facts::fact, notice::Advice, qr::qr_code, time::Time, typed_text::TypedText,
        },
        customer::customer_page,
        page::{Content, param},
    },
    web::{forms, payment_progress::of_order},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The order and its price, then the choice of a coin, the payment address, or the result.
#[component]
pub fn PayOrderPage() -> impl IntoView {
    let request = forms::request();
    let id = param("id");
    customer_page(async move {
        let (requite, _) = request?;
        let context = requite.context();
        let id = forms::id(&id, PayPageId, "order")?;
        let page = pay_page::view((&requite).into(), &context, id).await?;
        let payments = payment_progress::of_order((&requite).into(), &context, id).await?;
        let in_sandbox = requite.simulates();
        let order = &page.order;
        let asked = order.intent.as_ref().and_then(|intent| Some((intent, intent.amount_due()?)));
        let asks = match (page.status, asked) {
            (OrderStatus::New, _) => payment_options(id, &page.options, order),
            (OrderStatus::Pending, Some((intent, asked))) => {
                let method = intent.payment_methods.first();
                let chain_id = method.and_then(|method| requite.chain.as_ref()?.chain_id(method.network));
                how_to_pay(intent, asked, chain_id, in_sandbox)
            }
            _ => ().into_any(),
        };
        let cancel = order.require_cancelable(context.now).is_ok().then(|| cancel(id));
        let moves = matches!(page.status, OrderStatus::Pending | OrderStatus::Confirming);
        let watch = moves.then(|| view! { <PayStatus page=id.to_string() shown=page.status.as_str().to_owned() /> });
        let body = view! {
            <h1><TypedText text=heading(order) /></h1>
            {summary(&page)}
            {asks}
            {outcome(&page)}
            {watch}
            {payments.map(|(shown, views)| seen(id, &of_order(&shown, &views), moves))}
            {cancel}
        };
        Ok((page.merchant.clone(), Content::new(heading(order), body)))
    })
}

/// What the network has of the customer's payments; nothing before the first. `is_watched` says whether the page has a
/// link to itself already.
fn seen(id: PayPageId, progress: &PaymentsProgress, is_watched: bool) -> Option<AnyView> {
    let initial = progress.clone();
    (!initial.payments.is_empty())
        .then(|| view! { <Payments id=id.to_string() is_customer=true has_link=!is_watched initial /> }.into_any())
}

fn heading(order: &Order) -> String {
    if order.text.title.is_empty() { format!("Order {}", order.number) } else { order.text.title.clone() }
}

fn summary(page: &PayPage) -> AnyView {
    let order = &page.order;
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    view! {
        <section class="card" aria-labelledby="order-title">
            <h2 id="order-title">"Your order"</h2>
            {text(&order.text.description).map(|description| view! { <p><TypedText text=description /></p> })}
            <dl class="facts">
                {fact("Price", view! { <strong class="number">{order.price.to_string()}</strong> })}
                {fact("Shop", view! { <TypedText text=page.merchant.clone() /> })}
                {text(&order.text.reference).map(|reference| fact("The shop's number", view! { <TypedText text=reference /> }))}
            </dl>
        </section>
    }
    .into_any()
}

fn payment_options(id: PayPageId, options: &[PaymentOption], order: &Order) -> AnyView {
    if options.is_empty() {
        return view! {
            <Advice kind="warning">
                <p>"At the moment no rate is known for any coin, so this cannot be paid. Try again in a few minutes."</p>
            </Advice>
        }
        .into_any();
    }
    let coins = options.chunk_by(|one, other| one.due == other.due).map(coin).collect_view();
    view! {
        <form method="post" action=ChooseCoin::url() class="card stack">
            <input type="hidden" name="page" value=id.to_string() />
            <fieldset class="stack">
                <legend>
                    <h2>"What do you want to pay with?"</h2>
                </legend>
                <p class="hint">
                    "Choose a coin and network that your wallet can send. The amount is fixed when you go on. You have until "
                    <Time at=order.expires_at /> " to choose."
                </p>
                {coins}
            </fieldset>
            <SubmitButton label="Go on".to_owned() busy="One moment…".to_owned() />
        </form>
    }
    .into_any()
}

/// A coin, the amount due in it, and its networks.
fn coin(options: &[PaymentOption]) -> Option<AnyView> {
    let due = options.first()?.due;
    let networks = options
        .iter()
        .map(|choice| {
            let value = format!("{}-{}", due.currency().code(), choice.network.code());
            let label = format!("{} on {}", due.currency().coin(), choice.network.title());
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
                    <span class="number">{due.with_coin_symbol()}</span>
                </p>
                <div class="choices">{networks}</div>
            </div>
        }
        .into_any(),
    )
}

fn how_to_pay(intent: &PaymentIntent, asked: &AmountDue, chain_id: Option<u64>, in_sandbox: bool) -> AnyView {
    let due = intent.due().unwrap_or(asked.amount);
    let paid = intent.paid;
    let partly = (!paid.is_zero()).then(|| {
        view! {
            <Advice kind="warning">
                <p>{paid.with_coin_symbol()} " has arrived; the rest is still missing."</p>
            </Advice>
        }
    });
    let sandbox = in_sandbox.then(|| {
        view! {
            <Advice kind="warning">
                <p>
                    "This is a sandbox and the address is nobody's: send nothing real there. Whoever runs the shop plays the \
                     customer on the page of the payment intent."
                </p>
            </Advice>
        }
    });
    let where_to = intent.payment_methods.first().map(|method| destination(method, chain_id, due, in_sandbox));
    view! {
        {partly}
        <section class="card stack" aria-labelledby="pay-title">
            <h2 id="pay-title">"Send exactly this"</h2>
            {sandbox}
            <dl class="facts">
                {fact(
                    "Amount",
                    view! {
                        <span class="address">
                            <strong class="number">{due.with_coin_symbol()}</strong>
                            <CopyButton text=due.number() what="amount".to_owned() />
                        </span>
                    },
                )} {where_to} {fact("Until", view! { <Time at=asked.expires_at /> })}
            </dl>
            <p class="hint">
                "Less than that does not pay the order, and what comes later or on another network cannot be credited. Fees that \
                 your wallet or exchange takes come on top."
            </p>
        </section>
    }
    .into_any()
}

fn destination(method: &PaymentMethod, chain_id: Option<u64>, due: Money, in_sandbox: bool) -> AnyView {
    let network = fact("Network", view! { <strong>{method.network.title()}</strong> });
    let Some(address) = method.address.clone() else {
        return view! { {network} {fact("Address", "It is being made; look again in a moment.")} }.into_any();
    };
    let link = payment_uri(method.network, chain_id, due, &address).filter(|_| !in_sandbox);
    let picture = qr_code(link.as_deref().unwrap_or(&address));
    let open = link.map(|link| view! { <a class="button" href=link>"Open in a wallet"</a> });
    view! {
        {network}
        {fact("Address", view! { <AddressText address=address /> })}
        {fact(
            "QR code",
            view! {
                <div class="qr" role="img" aria-label="QR code of the address" inner_html=picture></div>
                {open}
            },
        )}
    }
    .into_any()
}

/// The explanation for each status in which the customer has nothing to choose, with a link back to the shop.
fn outcome(page: &PayPage) -> Option<AnyView> {
    let shop = &page.merchant;
    let (kind, title, sentence) = match page.status {
        OrderStatus::New | OrderStatus::Pending => return None,
        OrderStatus::Confirming => {
            let sentence = "The network is confirming it. If you sent the whole amount, you need not do anything. Otherwise \
                            this page shows what is missing as soon as it is confirmed.";
            ("info", "Your payment was seen", sentence.to_owned())
        }
        OrderStatus::Paid => ("info", "Paid", format!("Thank you. {shop} was told.")),
        OrderStatus::Expired => (
            "warning",
            "The time to pay is over",
            format!("Do not send anything any more. If you did already, ask {shop}."),
        ),
        OrderStatus::Canceled => {
            ("info", "You canceled this order", format!("{shop} was told. Do not send anything any more."))
        }
        OrderStatus::Invalid => ("warning", "This order cannot be paid", format!("Ask {shop} for a new one.")),
        OrderStatus::Refunded => ("info", "Refunded", "Everything that you paid was sent back.".to_owned()),
        OrderStatus::PartiallyRefunded => {
            ("info", "Refunded in part", "A part of what you paid was sent back.".to_owned())
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
    let back =
        back.map(|url| view! { <p><a class="button" data-kind="primary" href=url>"Back to " {shop.clone()}</a></p> });
    Some(
        view! {
            <Advice kind=kind>
                <p role="status"><strong>{title}". "</strong> {sentence}</p>
            </Advice>
            {back}
        }
        .into_any(),
    )
}

/// Inside a closed `details` element, so that canceling takes two clicks; it cannot be undone.
fn cancel(id: PayPageId) -> AnyView {
    view! {
        <details class="card">
            <summary>"Cancel the order"</summary>
            <form method="post" action=CancelOrder::url() class="stack">
                <input type="hidden" name="page" value=id.to_string() />
                <p>
                    "The shop is told that you will not pay, and nothing can be paid here any more. Do not cancel if you have \
                     already sent something."
                </p>
                <div class="actions">
                    <button type="submit" class="button">"Cancel the order"</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
