//! What CoinGate's clients read (2.2): amounts as texts, times with an offset, ids as whole numbers.

use super::catalog::{CurrencyShape, PlatformShape};
use crate::api::openapi::words;
use crate::{
    domain::{
        coingate::{
            Listed, account_id, overpaid, platform_id, receive_amount, receive_currency, requested, time, underpaid,
            word,
        },
        money::Money,
        order::Order,
        refund::{Refund, RefundStatus},
    },
    service::order::OrderView,
    store::orders::NumberedPage,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// The head of a list that is counted in pages.
#[derive(Serialize, ToSchema)]
#[schema(as = PageHead)]
pub struct PageShape {
    current_page: u32,
    per_page: u32,
    total_pages: i64,
}

impl PageShape {
    /// The head for so many rows.
    pub fn new(page: NumberedPage, total: i64) -> Self {
        let size = i64::from(page.size).max(1);
        Self { current_page: page.number, per_page: page.size, total_pages: (total + size - 1) / size }
    }
}

/// An order.
#[derive(Serialize, ToSchema)]
#[schema(as = Order)]
pub struct OrderShape {
    id: i64,
    #[schema(value_type = words::OrderStatus)]
    status: &'static str,
    title: String,
    do_not_convert: bool,
    orderable_type: &'static str,
    orderable_id: i64,
    price_currency: &'static str,
    price_amount: String,
    #[schema(required)]
    pay_currency: Option<&'static str>,
    #[schema(required)]
    pay_amount: Option<String>,
    lightning_network: bool,
    receive_currency: &'static str,
    receive_amount: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expire_at: String,
    #[schema(required)]
    payment_address: Option<String>,
    #[schema(required)]
    payment_gateway: Option<String>,
    order_id: String,
    payment_url: String,
    underpaid_amount: String,
    overpaid_amount: String,
    is_refundable: bool,
    #[schema(required)]
    platform: Option<PlatformShape>,
    refunds: Vec<OrderRefundShape>,
    voids: Vec<i64>,
    fees: Vec<FeeShape>,
    token: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundOfOrder)]
struct OrderRefundShape {
    id: i64,
    #[schema(value_type = words::OrderRefundStatus)]
    status: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderFee)]
struct FeeShape {
    r#type: &'static str,
    amount: String,
    currency: FeeCurrencyShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderFeeCurrency)]
struct FeeCurrencyShape {
    id: i64,
    symbol: &'static str,
}

impl OrderShape {
    /// Renders an order as it is now.
    pub fn new(view: OrderView, now: DateTime<Utc>) -> Self {
        let OrderView { order, refundable, refunds } = view;
        let status = order.status(now);
        let (receive_currency, receive_amount) = (receive_currency(&order), receive_amount(&order, status));
        let intent = order.intent.as_ref();
        let method = intent.and_then(|intent| intent.payment_methods.first());
        let coin = intent.map(|intent| Listed::Coin(intent.currency()).symbol());
        let asked = intent.and_then(|intent| intent.asked());
        Self {
            id: order.number,
            status: status.as_str(),
            title: order.text.title,
            do_not_convert: order.receive.is_none(),
            orderable_type: "Requite",
            orderable_id: 1,
            price_currency: Listed::of_price(order.price.currency()).symbol(),
            price_amount: order.price.number(),
            pay_currency: coin,
            pay_amount: asked.map(|asked| asked.amount.number()),
            lightning_network: false,
            receive_currency,
            receive_amount,
            created_at: time(order.created_at),
            expire_at: time(asked.map_or(order.expires_at, |asked| asked.expires_at)),
            payment_address: method.and_then(|method| method.address.clone()),
            payment_gateway: None,
            order_id: order.text.reference,
            // There is no page to pay on yet; an address that leads nowhere would be worse than none.
            payment_url: String::new(),
            underpaid_amount: underpaid(intent),
            overpaid_amount: overpaid(intent),
            is_refundable: refundable,
            platform: method.map(|method| method.network.into()),
            refunds: refunds.into_iter().map(|(id, is)| OrderRefundShape { id, status: word(is) }).collect(),
            voids: Vec::new(),
            fees: intent.filter(|intent| !intent.fees.is_zero()).map(|intent| fee(intent.fees)).into_iter().collect(),
            token: order.text.token,
        }
    }
}

fn fee(fees: Money) -> FeeShape {
    let listed = Listed::of_price(fees.currency());
    let currency = FeeCurrencyShape { id: listed.id(), symbol: listed.symbol() };
    FeeShape { r#type: "processing_fee", amount: fees.number(), currency }
}

/// A refund.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderRefund)]
pub struct RefundShape {
    id: i64,
    request_amount: String,
    refund_amount: String,
    address: String,
    #[schema(required)]
    memo: Option<String>,
    /// The names that older clients read in lists.
    crypto_address: String,
    #[schema(required)]
    crypto_address_memo: Option<String>,
    #[schema(value_type = words::OrderRefundStatus)]
    status: &'static str,
    skip_user_address_confirmation: bool,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    processor: &'static str,
    #[schema(required)]
    binance_refund_id: Option<String>,
    order: RefundOrderShape,
    refund_currency: RefundCurrencyShape,
    transactions: Vec<TransactionShape>,
    ledger_account: AccountShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rejection_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rejection_reason: Option<String>,
    /// Requite's own id and status.
    requite: Extras,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderRefundExtras)]
struct Extras {
    #[schema(format = Uuid)]
    id: String,
    #[schema(value_type = words::RefundStatus)]
    status: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundedOrder)]
struct RefundOrderShape {
    id: i64,
    title: String,
    price_amount: String,
    #[schema(format = DateTime)]
    created_at: String,
    price_currency: CurrencyShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundCurrency)]
struct RefundCurrencyShape {
    #[serde(flatten)]
    currency: CurrencyShape,
    platform: RefundPlatformShape,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundPlatform)]
struct RefundPlatformShape {
    id: i64,
    title: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundTransaction)]
struct TransactionShape {
    txid: String,
    amount: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundLedgerAccount)]
struct AccountShape {
    id: String,
    currency: CurrencyShape,
}

impl RefundShape {
    /// Renders a refund of an order.
    pub fn new(refund: Refund, order: &Order) -> Self {
        let terms = &refund.terms;
        let rejected = refund.status == RefundStatus::Rejected;
        Self {
            id: refund.number,
            request_amount: requested(&refund, order).number(),
            refund_amount: terms.send.number(),
            crypto_address: refund.address.clone(),
            crypto_address_memo: refund.memo.clone(),
            status: word(refund.status),
            skip_user_address_confirmation: true,
            created_at: time(refund.created_at),
            updated_at: time(refund.updated_at),
            processor: "coingate",
            binance_refund_id: None,
            order: RefundOrderShape {
                id: order.number,
                title: order.text.title.clone(),
                price_amount: order.price.number(),
                created_at: time(order.created_at),
                price_currency: Listed::of_price(order.price.currency()).into(),
            },
            refund_currency: RefundCurrencyShape {
                currency: Listed::Coin(terms.send.currency()).into(),
                platform: RefundPlatformShape { id: platform_id(refund.network), title: refund.network.title() },
            },
            transactions: refund
                .transaction_hash
                .clone()
                .map(|txid| TransactionShape { txid, amount: terms.send.number() })
                .into_iter()
                .collect(),
            ledger_account: AccountShape {
                id: account_id(refund.merchant_id, terms.funding()),
                currency: Listed::Coin(terms.funding()).into(),
            },
            rejection_type: rejected.then_some("processing"),
            rejection_reason: refund.rejection_reason.clone().filter(|_| rejected),
            requite: Extras { id: refund.id.to_string(), status: refund.status.as_str() },
            address: refund.address,
            memo: refund.memo,
        }
    }
}
