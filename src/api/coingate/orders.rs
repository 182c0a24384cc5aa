//! Orders: create, check out, read.

use super::{
    dialect::Caller,
    error::{ApiError, ErrorSubject},
    ledger_transactions::ChangeResponse,
    parameters::{Parameters, whole_number},
    request_schemas::{CheckoutRequest, ListParameters, OrderRequest},
    responses::{DepositResponse, OrderContext, OrderDetailResponse, OrderResponse, PageResponse},
};
use crate::{
    api::input::{access::scope, base_address, path::PathNumber, problems::Problems},
    domain::{
        address::pairs::Pairs,
        error::{DomainError, ErrorCode},
        intents::order::{NewOrder, Order, OrderStatus, OrderText},
        money::{Money, currency::Currency},
        names::Named,
        people::actor::Actor,
        text::is_invisible,
        text::parse_email,
        webhooks::{allowed_targets::AllowedTargets, url::EndpointUrl},
    },
    error::Error,
    service::{
        intents::{
            order::{self, CheckoutChoice},
            payment,
        },
        ledger, pairs,
    },
    state::Requite,
    store::intents::orders::{NumberedPage, OrderFilter},
    wire::coingate::{self, CoinGateCurrency},
};
use axum::{Json, extract::State, http::HeaderMap, response::IntoResponse};
use serde::Serialize;
use utoipa::ToSchema;

const TITLE_MIN: usize = 3;
const TITLE_MAX: usize = 150;
const TEXT_MAX: usize = 500;
const URL_MAX: usize = 2_000;

/// Creates an order.
#[utoipa::path(
    post,
    path = "/orders",
    operation_id = "createOrder",
    tag = "Orders",
    request_body(content(
        (OrderRequest = "application/json"),
        (OrderRequest = "application/x-www-form-urlencoded"),
        (OrderRequest = "multipart/form-data"),
    )),
    responses((status = 200, description = "The order", body = OrderDetailResponse)),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Payment>,
    State(requite): State<Requite>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let received = pairs::received(requite.chain.as_ref());
    let new = new_order(parameters, requite.sender.allowed_targets(), &received)?;
    let order =
        order::create(&requite.store, requite.rates.as_ref(), requite.chain.as_ref(), &requite.context(), &actor, &new)
            .await
            .map_err(ApiError::for_subject(ErrorSubject::Order))?;
    Ok(Json(detail(&requite, &actor, &headers, order).await.map_err(Error::after_commit)?))
}

fn new_order(
    mut parameters: Parameters,
    allowed_targets: AllowedTargets,
    received: &Pairs,
) -> Result<NewOrder, ApiError> {
    let currency = parameters.required("price_currency", CoinGateCurrency::parse).map(CoinGateCurrency::currency);
    // Without a valid currency the amount is still checked, so that all errors are reported at once.
    let finest = Currency::Eth;
    let amount = parameters.required("price_amount", |text| Money::parse_positive(text, currency.unwrap_or(finest)));
    let price = amount.filter(|_| currency.is_some());
    // Plugins for shops never send it: without it, nothing is converted.
    let receive = parameters.optional("receive_currency", |text| match text {
        _ if text.eq_ignore_ascii_case("DO_NOT_CONVERT") => Ok(None),
        _ => CoinGateCurrency::parse_received(text, received).map(Some),
    });
    let text = OrderText {
        title: parameters.text("title", TITLE_MIN..=TITLE_MAX),
        description: parameters.text("description", 1..=TEXT_MAX),
        reference: parameters.text("order_id", 1..=TITLE_MAX),
        token: parameters.text("token", 1..=TEXT_MAX),
        callback_url: callback_url(&mut parameters, allowed_targets).map(|url| url.to_string()),
        success_url: url(&mut parameters, "success_url"),
        cancel_url: url(&mut parameters, "cancel_url"),
        purchaser_email: parameters.optional("purchaser_email", parse_email).flatten(),
    };
    parameters.finish(ErrorSubject::Order, || Some(NewOrder { price: price?, receive: receive.flatten(), text }))
}

/// Reads the URL that receives callbacks.
pub fn callback_url(parameters: &mut Parameters, allowed_targets: AllowedTargets) -> Option<EndpointUrl> {
    parameters.optional("callback_url", |text| EndpointUrl::parse(text, allowed_targets))
}

/// Reads the URL of a page of the shop, for the customer. Whitespace is refused, because the parser would ignore it,
/// and the URL is kept as it was sent.
fn url(parameters: &mut Parameters, name: &'static str) -> Option<String> {
    parameters.optional(name, |text| match reqwest::Url::parse(text) {
        _ if text.len() > URL_MAX => Err(DomainError::plain(ErrorCode::TextInvalid, "is too long")),
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && !text.contains(|c: char| is_invisible(c) || c.is_whitespace()) =>
        {
            Ok(text.to_owned())
        }
        _ => Err(DomainError::plain(
            ErrorCode::TextInvalid,
            "is not an address such as https://shop.example.com/callback",
        )),
    })
}

/// Chooses the coin that the customer pays an order with.
///
/// If no payment address can be assigned at once, `payment_address` is `null` at first: read the order every few seconds
/// until it has one, or show the customer its `payment_url`, which does the same.
#[utoipa::path(
    post,
    path = "/orders/{id}/checkout",
    operation_id = "checkoutOrder",
    tag = "Orders",
    params(("id" = i64, Path, minimum = 1, description = "The order's number.")),
    request_body(content(
        (CheckoutRequest = "application/json"),
        (CheckoutRequest = "application/x-www-form-urlencoded"),
        (CheckoutRequest = "multipart/form-data"),
    )),
    responses(
        (status = 200, description = "The order, with its payment address", body = OrderDetailResponse),
    ),
)]
pub async fn checkout(
    Caller { actor, .. }: Caller<scope::Payment>,
    State(requite): State<Requite>,
    number: PathNumber,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let number = order_number(number)?;
    let choice = choice(parameters, &pairs::received(requite.chain.as_ref()))?;
    let order = order::checkout((&requite).into(), &requite.context(), &actor, number, choice)
        .await
        .map_err(ApiError::for_subject(ErrorSubject::Order))?;
    Ok(Json(detail(&requite, &actor, &headers, order).await.map_err(Error::after_commit)?))
}

fn choice(mut parameters: Parameters, received: &Pairs) -> Result<CheckoutChoice, ApiError> {
    let coin = parameters.required("pay_currency", |text| CoinGateCurrency::parse_coin(text, received));
    let network = parameters.optional("platform_id", |text| whole_number(text).and_then(coingate::platform));
    let purchaser_email = parameters.optional("purchaser_email", parse_email).flatten();
    if parameters.boolean("lightning_network") == Some(true) {
        let message = "must be false: payments over the Lightning network are not supported";
        let error = DomainError::plain(ErrorCode::NetworkUnknown, message);
        parameters.note(Problems::at("lightning_network", error));
    }
    parameters.finish(ErrorSubject::Order, || Some(CheckoutChoice { coin: coin?, network, purchaser_email }))
}

/// Returns an order.
#[utoipa::path(
    get,
    path = "/orders/{id}",
    operation_id = "getOrder",
    tag = "Orders",
    params(("id" = i64, Path, minimum = 1, description = "The order's number.")),
    responses((status = 200, description = "The order", body = OrderDetailResponse)),
)]
pub async fn get(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    number: PathNumber,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let number = order_number(number)?;
    let order = order::get(&requite.store, &actor, number).await.map_err(ApiError::for_subject(ErrorSubject::Order))?;
    Ok(Json(detail(&requite, &actor, &headers, order).await?))
}

#[derive(Serialize, ToSchema)]
#[schema(as = Orders)]
struct OrdersResponse {
    #[serde(flatten)]
    page: PageResponse,
    total_orders: i64,
    orders: Vec<OrderResponse>,
}

/// Lists orders.
#[utoipa::path(
    get,
    path = "/orders",
    operation_id = "listOrders",
    tag = "Orders",
    params(
        ListParameters,
        ("sort" = Option<String>, Query, description = "`created_at_desc` (the default) or `created_at_asc`."),
        ("created_at[from]" = Option<String>, Query, description = "Only orders from this time or day on."),
        ("created_at[to]" = Option<String>, Query, description = "Only orders up to this time or day."),
        ("status" = Option<coingate::schema::OrderStatus>, Query, description = "Only orders with this status."),
        ("paid_at[from]" = Option<String>, Query, description = "Only orders paid from this time or day on."),
        ("paid_at[to]" = Option<String>, Query, description = "Only orders paid up to this time or day."),
    ),
    responses((status = 200, description = "A page of orders", body = OrdersResponse)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    headers: HeaderMap,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let status = parameters.optional("status", |text| {
        OrderStatus::parse(text).ok_or_else(|| {
            let known = OrderStatus::names().join(", ");
            DomainError::plain(ErrorCode::FilterInvalid, format!("is not one of {known}"))
        })
    });
    let filter = OrderFilter {
        from: parameters.from("created_at[from]"),
        to: parameters.to("created_at[to]"),
        paid_from: parameters.from("paid_at[from]"),
        paid_to: parameters.to("paid_at[to]"),
        status: status.map(|status| (status, requite.context().now)),
    };
    let sort = parameters.optional("sort", |text| sort(text, &[("created_at", ())]));
    let page = page(&mut parameters, sort.is_some_and(|((), oldest_first)| oldest_first));
    let page = parameters.finish(ErrorSubject::Order, || Some(page))?;
    let (orders, total) = order::list(&requite.store, &actor, &filter, page).await?;
    let shown = order_context(&requite, &headers);
    let views = order::with_refunds((&requite).into(), &requite.context(), &actor, orders).await?;
    let orders = views.into_iter().map(|view| OrderResponse::new(view, &shown)).collect();
    Ok(Json(OrdersResponse { page: PageResponse::new(page, total), total_orders: total, orders }))
}

async fn detail(
    requite: &Requite,
    actor: &Actor,
    headers: &HeaderMap,
    order: Order,
) -> Result<OrderDetailResponse, Error> {
    let deposits = match order.intent_id {
        Some(intent) => payment::of_intent(&requite.store, actor, intent).await?,
        None => Vec::new(),
    };
    let rates = requite.rates.as_ref();
    let on_chain = payment::on_chain(&requite.store, rates, &requite.context(), actor, &deposits).await?;
    let changes = ledger::changes_of_order(&requite.store, actor, order.number).await?;
    let view = order::with_refunds(requite.into(), &requite.context(), actor, vec![order]).await?.pop();
    let view = view.ok_or_else(|| DomainError::not_found("error-unknown-order"))?;
    Ok(OrderDetailResponse {
        order: OrderResponse::new(view, &order_context(requite, headers)),
        // Deposits that are not credited are not part of the order.
        blockchain_transactions: deposits
            .into_iter()
            .filter(|deposit| deposit.unsupported.is_none())
            .map(|deposit| {
                let on_chain = on_chain.get(&deposit.id.0).copied();
                DepositResponse::new(deposit, on_chain)
            })
            .collect(),
        ledger_transactions: changes.iter().map(ChangeResponse::from).collect(),
    })
}

fn order_context(requite: &Requite, headers: &HeaderMap) -> OrderContext {
    OrderContext {
        now: requite.context().now,
        base: base_address::of(requite, headers, ""),
        chain: requite.chain.clone(),
    }
}

/// Parses `NAME_asc` or `NAME_desc`: the sort key, and whether the oldest comes first.
pub fn sort<T: Copy>(text: &str, names: &[(&str, T)]) -> Result<(T, bool), DomainError> {
    let found = names.iter().find_map(|(name, value)| match text.strip_prefix(name)? {
        "_asc" => Some((*value, true)),
        "_desc" => Some((*value, false)),
        _ => None,
    });
    found.ok_or_else(|| {
        let known = names.iter().map(|(name, _)| format!("{name}_asc, {name}_desc")).collect::<Vec<_>>().join(", ");
        DomainError::plain(ErrorCode::FilterInvalid, format!("is not one of {known}"))
    })
}

/// Reads the requested page. It has at most 100 rows, which is also the default.
pub fn page(parameters: &mut Parameters, oldest_first: bool) -> NumberedPage {
    let positive = |text: &str| {
        let number = whole_number(text)?;
        let message = if number > 0 { "is too large" } else { "must be above zero" };
        // The document describes both as `int32`.
        let number = i32::try_from(number).ok().filter(|number| *number > 0);
        number.map(i32::unsigned_abs).ok_or_else(|| DomainError::plain(ErrorCode::FilterInvalid, message))
    };
    let number = parameters.optional("page", positive).unwrap_or(1);
    let size = parameters.optional("per_page", positive).unwrap_or(100).min(100);
    NumberedPage { number, size, oldest_first }
}

/// The number of the order in a path; if it is not a number, the error that the order does not exist.
pub fn order_number(number: PathNumber) -> Result<i64, ApiError> {
    number.0.ok_or_else(|| ApiError::of(ErrorSubject::Order, DomainError::not_found("error-unknown-order")))
}
