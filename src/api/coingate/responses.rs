//! Responses in CoinGate's format: amounts are strings, times have an offset, ids are whole numbers.

use super::{
    catalog::{CurrencyResponse, PlatformResponse},
    ledger_transactions::ChangeResponse,
};
use crate::{
    chain::Chain,
    domain::{
        address::network::Network,
        intents::{
            order::Order,
            payment::{Payment, PaymentOnChain},
            payment_intent::PaymentIntent,
            payment_uri::payment_uri,
        },
        money::{Money, currency::Currency},
        names::Named,
        refunds::{
            refund::{Refund, RefundStatus, RejectionType},
            transfer::HeldReason,
        },
    },
    languages::Language,
    service::intents::{order::OrderView, pay_page},
    store::intents::orders::NumberedPage,
    texts::{errors::english_text, next_steps},
    wire::{
        coingate::{
            self, CoinGateCurrency, account_id, conversion_rate, deposit_number, deposit_status, network_confirmations,
            overpaid, platform_id, receive_amount, receive_currency, refund_status, requested_amount, time, underpaid,
        },
        schema,
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// The only gateway and processor: CoinGate's other is Binance.
const GATEWAY: &str = "coingate";

/// The page of a list.
#[derive(Serialize, ToSchema)]
#[schema(as = PageHead)]
pub struct PageResponse {
    current_page: u32,
    per_page: u32,
    total_pages: i64,
}

impl PageResponse {
    /// The head of a page, for a list of `total` rows.
    pub fn new(page: NumberedPage, total: i64) -> Self {
        let size = i64::from(page.size).max(1);
        Self { current_page: page.number, per_page: page.size, total_pages: (total + size - 1) / size }
    }
}

/// The context that an order is rendered in.
pub struct OrderContext {
    pub now: DateTime<Utc>,
    /// The base URL of this server.
    pub base: String,
    /// The chain, for the ids of the networks that this server follows.
    pub chain: Option<Chain>,
}

/// An order with its deposits and ledger transactions, which lists do not contain.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderDetail)]
pub struct OrderDetailResponse {
    #[serde(flatten)]
    pub order: OrderResponse,
    /// The customer's deposits.
    pub blockchain_transactions: Vec<DepositResponse>,
    /// The ledger transactions of these deposits.
    pub ledger_transactions: Vec<ChangeResponse>,
}

/// A deposit of a customer.
#[derive(Serialize, ToSchema)]
#[schema(as = BlockchainTransaction)]
pub struct DepositResponse {
    id: i64,
    #[schema(required)]
    txid: Option<String>,
    amount: String,
    #[schema(value_type = coingate::schema::DepositStatus)]
    status: &'static str,
    /// The blocks that confirm it, its own included. In a sandbox 1 if the deposit is confirmed, otherwise 0.
    network_confirmations: i64,
    currency: CurrencyOnPlatformResponse,
}

impl DepositResponse {
    /// `on_chain` is where the payment is on a real network.
    pub fn new(payment: Payment, on_chain: Option<PaymentOnChain>) -> Self {
        Self {
            id: deposit_number(payment.id),
            txid: payment.transaction_hash,
            amount: payment.amount.number(),
            status: deposit_status(payment.status),
            network_confirmations: network_confirmations(payment.status, on_chain),
            currency: CurrencyOnPlatformResponse::new(payment.amount.currency(), payment.network),
        }
    }
}

/// An order.
#[derive(Serialize, ToSchema)]
#[schema(as = Order)]
pub struct OrderResponse {
    id: i64,
    #[schema(value_type = coingate::schema::OrderStatus)]
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
    /// The amount credited after fees, in `receive_currency` or, if not converted, in the coin that was paid.
    receive_amount: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expire_at: String,
    #[schema(required, format = DateTime)]
    paid_at: Option<String>,
    /// `null` until a coin is chosen, and then until its network has assigned an address.
    #[schema(required)]
    payment_address: Option<String>,
    /// `coingate` as soon as a coin is chosen.
    #[schema(required)]
    payment_gateway: Option<&'static str>,
    /// A URI that opens a wallet with address and amount filled in; `null` if wallets share no format for the coin. The
    /// addresses of a sandbox have no owner: send nothing real there.
    #[schema(required)]
    payment_request_uri: Option<String>,
    /// The price of one coin in `price_currency`, when the coin was chosen.
    #[schema(required)]
    conversion_rate: Option<String>,
    order_id: String,
    payment_url: String,
    /// The ID of the payment page, which is also in `payment_url`.
    #[schema(format = Uuid)]
    uuid: String,
    /// The amount of the coin that is still missing.
    underpaid_amount: String,
    overpaid_amount: String,
    is_refundable: bool,
    #[schema(required)]
    platform: Option<PlatformResponse>,
    refunds: Vec<RefundResponse>,
    voids: Vec<i64>,
    fees: Vec<FeeResponse>,
    token: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderFee)]
struct FeeResponse {
    r#type: &'static str,
    amount: String,
    currency: FeeCurrencyResponse,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderFeeCurrency)]
struct FeeCurrencyResponse {
    id: i64,
    symbol: &'static str,
}

impl OrderResponse {
    /// Renders an order as it is now.
    pub fn new(view: OrderView, shown: &OrderContext) -> Self {
        let now = shown.now;
        let OrderView { order, refundable, refunds } = view;
        let status = order.status(now);
        let (receive_currency, receive_amount) = (receive_currency(&order), receive_amount(&order));
        let intent = order.intent.as_ref();
        let method = intent.and_then(|intent| intent.payment_methods.first());
        let paid_at = order.paid_at().map(time);
        let coin = intent.map(|intent| CoinGateCurrency::Coin(intent.currency()).symbol());
        let asked = intent.and_then(|intent| intent.amount_due());
        let refunds = refunds.into_iter().map(|refund| RefundResponse::new(refund, &order)).collect();
        Self {
            id: order.number,
            status: status.as_str(),
            title: order.text.title,
            do_not_convert: order.receive.is_none(),
            orderable_type: "Requite",
            orderable_id: 1,
            price_currency: CoinGateCurrency::of_price(order.price.currency()).symbol(),
            price_amount: order.price.number(),
            pay_currency: coin,
            pay_amount: asked.map(|asked| asked.amount.number()),
            lightning_network: false,
            receive_currency,
            receive_amount,
            created_at: time(order.created_at),
            expire_at: time(asked.map_or(order.expires_at, |asked| asked.expires_at)),
            paid_at,
            payment_request_uri: intent.and_then(|intent| payment_request_uri(intent, shown.chain.as_ref())),
            conversion_rate: asked.and_then(|asked| conversion_rate(asked.amount, order.price)),
            payment_address: method.and_then(|method| method.address.clone()),
            payment_gateway: intent.map(|_| GATEWAY),
            order_id: order.text.reference,
            payment_url: format!("{}{}", shown.base, pay_page::path(order.page)),
            uuid: order.page.to_string(),
            underpaid_amount: underpaid(intent),
            overpaid_amount: overpaid(intent),
            is_refundable: refundable,
            platform: method.map(|method| method.network.into()),
            refunds,
            voids: Vec::new(),
            fees: intent.filter(|intent| !intent.fees.is_zero()).map(|intent| fee(intent.fees)).into_iter().collect(),
            token: order.text.token,
        }
    }
}

/// The URI for what is missing; none once that is paid, since whoever opened it would pay again.
fn payment_request_uri(intent: &PaymentIntent, chain: Option<&Chain>) -> Option<String> {
    let method = intent.payment_methods.first()?;
    let due = intent.due().filter(|due| !due.is_zero())?;
    let chain_id = chain.and_then(|chain| chain.chain_id(method.network));
    payment_uri(method.network, chain_id, due, method.address.as_deref()?)
}

fn fee(fees: Money) -> FeeResponse {
    let listed = CoinGateCurrency::of_price(fees.currency());
    let currency = FeeCurrencyResponse { id: listed.id(), symbol: listed.symbol() };
    FeeResponse { r#type: "processing_fee", amount: fees.number(), currency }
}

/// A refund.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderRefund)]
pub struct RefundResponse {
    id: i64,
    request_amount: String,
    refund_amount: String,
    address: String,
    #[schema(required)]
    memo: Option<String>,
    /// The same as `address`. Older clients read it in lists.
    crypto_address: String,
    #[schema(required)]
    crypto_address_memo: Option<String>,
    #[schema(value_type = coingate::schema::OrderRefundStatus)]
    status: &'static str,
    skip_user_address_confirmation: bool,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    processor: &'static str,
    #[schema(required)]
    binance_refund_id: Option<String>,
    order: RefundOrderResponse,
    refund_currency: CurrencyOnPlatformResponse,
    transactions: Vec<TransactionResponse>,
    ledger_account: RefundAccountResponse,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::RejectionType)]
    rejection_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rejection_reason: Option<String>,
    /// Requite's own ID and status of the refund, and why its transfer is on hold.
    requite: RefundExtras,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OrderRefundExtras)]
struct RefundExtras {
    #[schema(format = Uuid)]
    id: String,
    #[schema(value_type = schema::RefundStatus)]
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::HeldReason)]
    held_reason: Option<&'static str>,
    /// Why the transfer is on hold and what to do, in words for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_step: Option<String>,
    /// The network fee, in the currency of the balance that pays.
    network_fee: String,
    /// When the network fee was determined.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    network_fee_date: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundedOrder)]
struct RefundOrderResponse {
    id: i64,
    title: String,
    price_amount: String,
    #[schema(format = DateTime)]
    created_at: String,
    price_currency: CurrencyResponse,
}

/// A coin with the platform that it moved on.
#[derive(Serialize, ToSchema)]
#[schema(as = CurrencyOnPlatform)]
struct CurrencyOnPlatformResponse {
    #[serde(flatten)]
    currency: CurrencyResponse,
    platform: PlatformNameResponse,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PlatformName)]
struct PlatformNameResponse {
    id: i64,
    title: &'static str,
}

impl CurrencyOnPlatformResponse {
    fn new(coin: Currency, network: Network) -> Self {
        let (id, title) = (platform_id(network), network.title());
        Self { currency: CoinGateCurrency::Coin(coin).into(), platform: PlatformNameResponse { id, title } }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundTransaction)]
struct TransactionResponse {
    txid: String,
    amount: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundLedgerAccount)]
struct RefundAccountResponse {
    id: String,
    currency: CurrencyResponse,
}

impl RefundResponse {
    /// Renders a refund of an order.
    pub fn new(refund: Refund, order: &Order) -> Self {
        let terms = &refund.terms;
        let rejected = refund.status == RefundStatus::Rejected;
        Self {
            id: refund.number,
            request_amount: requested_amount(&refund, order).number(),
            refund_amount: terms.send.number(),
            crypto_address: refund.address_sent.clone(),
            crypto_address_memo: refund.memo.clone(),
            status: refund_status(refund.status),
            skip_user_address_confirmation: refund.confirm_until.is_none(),
            created_at: time(refund.created_at),
            updated_at: time(refund.updated_at),
            processor: GATEWAY,
            binance_refund_id: None,
            order: RefundOrderResponse {
                id: order.number,
                title: order.text.title.clone(),
                price_amount: order.price.number(),
                created_at: time(order.created_at),
                price_currency: CoinGateCurrency::of_price(order.price.currency()).into(),
            },
            refund_currency: CurrencyOnPlatformResponse::new(terms.send.currency(), refund.network),
            transactions: Vec::from_iter(
                refund.transaction_hash.clone().map(|txid| TransactionResponse { txid, amount: terms.send.number() }),
            ),
            ledger_account: RefundAccountResponse {
                id: account_id(refund.merchant_id, terms.funding()),
                currency: CoinGateCurrency::Coin(terms.funding()).into(),
            },
            rejection_type: refund.rejection_type.filter(|_| rejected).map(RejectionType::as_str),
            rejection_reason: refund.rejection_reason.as_ref().filter(|_| rejected).map(english_text),
            requite: RefundExtras {
                id: refund.id.to_string(),
                status: refund.status.as_str(),
                held_reason: refund.transfer_held.map(HeldReason::as_str),
                next_step: refund.transfer_held.map(|reason| next_steps::of_held_transfer(Language::english(), reason)),
                network_fee: terms.fee.number(),
                network_fee_date: terms.fee_at.map(time),
            },
            address: refund.address_sent,
            memo: refund.memo,
        }
    }
}
