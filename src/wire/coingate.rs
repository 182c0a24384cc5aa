//! CoinGate's ids and names of currencies, platforms, balances and statuses, and the content of its callbacks. Clients
//! store the ids, so they never change.

use crate::domain::{
    address::network::Network,
    error::{DomainError, ErrorCode},
    ids::{MerchantId, PaymentId},
    intents::{
        order::{Order, OrderStatus},
        payment::PaymentStatus,
        payment_intent::PaymentIntent,
    },
    money::{Money, currency::Currency},
    names::Named,
    refunds::{
        amount_basis::part_of_price,
        refund::{Refund, RefundStatus},
    },
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value as Json, json};
use ulid::Ulid;
use url::form_urlencoded::Serializer;

/// A currency of CoinGate: a coin, which can be sent, or a fiat currency, which prices are in and which has no
/// platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoinGateCurrency {
    Coin(Currency),
    /// The fiat currency that this stablecoin represents.
    Fiat(Currency),
}

/// The id of a coin. Clients store it, so it never changes.
pub const fn currency_id(coin: Currency) -> i64 {
    match coin {
        Currency::Btc => 1,
        Currency::Ltc => 2,
        Currency::Eth => 3,
        Currency::Xrp => 4,
        Currency::Sol => 5,
        Currency::Trx => 6,
        Currency::Xlm => 7,
        Currency::Pol => 8,
        Currency::Avax => 9,
        Currency::Usdt => 10,
        Currency::Usd => 11,
        Currency::Eur => 12,
    }
}

/// The id of a platform. Clients store it, so it never changes.
pub const fn platform_id(network: Network) -> i64 {
    match network {
        Network::Btc => 1,
        Network::Ltc => 2,
        Network::Eth => 3,
        Network::Base => 4,
        Network::Arb => 5,
        Network::Op => 6,
        Network::Poly => 7,
        Network::Avax => 8,
        Network::Sol => 9,
        Network::Xrp => 10,
        Network::Xlm => 11,
        Network::Algo => 12,
        Network::Trx => 13,
        Network::Near => 14,
        Network::Noble => 15,
        Network::Hbar => 16,
    }
}

impl CoinGateCurrency {
    /// The values of [`Self::kind`].
    pub const KINDS: [&'static str; 2] = ["crypto", "fiat"];

    /// Every currency that a price can be in, fiat currencies first.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Fiat(Currency::Usd), Self::Fiat(Currency::Eur)].into_iter().chain(Currency::all().map(Self::Coin))
    }

    /// The currency that a price in this coin is shown in.
    pub const fn of_price(currency: Currency) -> Self {
        match currency {
            Currency::Usd | Currency::Eur => Self::Fiat(currency),
            _ => Self::Coin(currency),
        }
    }

    /// The corresponding currency of Requite.
    pub const fn currency(self) -> Currency {
        match self {
            Self::Coin(currency) | Self::Fiat(currency) => currency,
        }
    }

    pub const fn id(self) -> i64 {
        match self {
            Self::Coin(coin) => currency_id(coin),
            Self::Fiat(currency) => 100 + currency_id(currency),
        }
    }

    /// The ticker symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Coin(currency) => currency.coin_symbol(),
            Self::Fiat(currency) => currency.code(),
        }
    }

    /// The full name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Fiat(Currency::Eur) => "Euro",
            Self::Fiat(_) => "US Dollar",
            Self::Coin(coin) => coin.coin(),
        }
    }

    /// `crypto` or `fiat`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Coin(_) => "crypto",
            Self::Fiat(_) => "fiat",
        }
    }

    /// Parses a symbol, ignoring case.
    pub fn parse(symbol: &str) -> Result<Self, DomainError> {
        Self::all().find(|listed| listed.symbol().eq_ignore_ascii_case(symbol)).ok_or_else(|| {
            let known = Self::all().map(Self::symbol).collect::<Vec<_>>().join(", ");
            DomainError::new(ErrorCode::CurrencyUnknown, format!("is not supported; use one of {known}"))
        })
    }

    /// Parses the symbol of a currency that a merchant can be credited in, ignoring case.
    pub fn parse_received(symbol: &str) -> Result<Currency, DomainError> {
        Self::parse(symbol).map(Self::currency)
    }

    /// Parses the symbol of a coin, ignoring case. A fiat currency is not a coin, since no wallet can send it.
    pub fn parse_coin(symbol: &str) -> Result<Currency, DomainError> {
        let named = |listed: Self| listed.symbol().eq_ignore_ascii_case(symbol);
        Currency::all().find(|coin| named(Self::Coin(*coin))).ok_or_else(|| {
            let known = Currency::all().map(|coin| Self::Coin(coin).symbol()).collect::<Vec<_>>().join(", ");
            let message = match Self::all().find(|listed| named(*listed)) {
                Some(fiat) => {
                    let coin = Self::Coin(fiat.currency()).symbol();
                    format!("is not a coin; use {coin} for {}, or another of {known}", fiat.symbol())
                }
                None => format!("is not supported; use one of {known}"),
            };
            DomainError::new(ErrorCode::CurrencyUnknown, message)
        })
    }
}

/// Returns the coin with this id.
pub fn coin(id: i64) -> Result<Currency, DomainError> {
    Currency::all()
        .find(|coin| currency_id(*coin) == id)
        .ok_or_else(|| DomainError::new(ErrorCode::CurrencyUnknown, "crypto currency not found"))
}

/// Returns the platform with this id.
pub fn platform(id: i64) -> Result<Network, DomainError> {
    Network::all()
        .find(|network| platform_id(*network) == id)
        .ok_or_else(|| DomainError::new(ErrorCode::NetworkUnknown, "crypto platform not found"))
}

/// The platform's `id_name`.
pub fn id_name(network: Network) -> String {
    network.title().to_lowercase().replace(' ', "_")
}

/// The id of a merchant's balance in a currency. It has 26 characters, as CoinGate's do, and is derived from the
/// merchant's id, so that it need not be stored.
pub fn account_id(merchant: MerchantId, currency: Currency) -> String {
    let number = u128::try_from(currency_id(currency)).unwrap_or_default();
    Ulid(merchant.0.as_u128() ^ number).to_string()
}

/// Returns the currency of the balance with this id.
pub fn currency_of_account(merchant: MerchantId, id: &str) -> Option<Currency> {
    Currency::all().find(|currency| account_id(merchant, *currency).eq_ignore_ascii_case(id))
}

/// Formats a time as CoinGate does: in seconds, with an offset.
pub fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

pub const fn refund_status(status: RefundStatus) -> &'static str {
    match status {
        RefundStatus::AwaitingConfirmation | RefundStatus::AwaitingApproval | RefundStatus::Pending => "pending",
        RefundStatus::Processing => "processing",
        RefundStatus::Completed => "completed",
        RefundStatus::Rejected => "rejected",
    }
}

pub const fn deposit_status(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Pending => "pending",
        PaymentStatus::Paid => "confirmed",
        PaymentStatus::Failed => "failed",
    }
}

/// Returns the number of a deposit, made of the time in its id and five of its random bits. It is below 2^53, so it is
/// exact in every language.
pub fn deposit_number(id: PaymentId) -> i64 {
    let bits = id.0.as_u128();
    i64::try_from(((bits >> 80) << 5) | (bits & 31)).unwrap_or(i64::MAX)
}

/// Returns the amount asked for per unit of the price.
pub fn conversion_rate(asked: Money, price: Money) -> Option<String> {
    let rate = asked.amount().checked_div(price.amount())?;
    Some(rate.round_dp(asked.currency().decimals()).normalize().to_string())
}

/// Returns the part of the order's price that a refund returns, also if the refund was requested in coins.
pub fn requested_amount(refund: &Refund, order: &Order) -> Money {
    let terms = &refund.terms;
    match order.intent.as_ref().filter(|_| terms.value.currency() != order.price.currency()) {
        Some(intent) => part_of_price(intent, terms.amount).unwrap_or(terms.amount),
        None => terms.value,
    }
}

/// The currency that an order is credited in.
pub fn receive_currency(order: &Order) -> &'static str {
    order.receive.map_or("DO_NOT_CONVERT", |currency| CoinGateCurrency::of_price(currency).symbol())
}

/// The amount credited for an order after fees, in its `receive_currency`; empty until something is credited. Refunds
/// do not change it.
pub fn receive_amount(order: &Order) -> String {
    order.credited.filter(|credited| !credited.is_zero()).map(Money::number).unwrap_or_default()
}

/// The amount missing; zero until something is paid.
pub fn underpaid(intent: Option<&PaymentIntent>) -> String {
    difference_once_paid(intent, |asked, paid| asked.minus(paid))
}

/// The amount overpaid.
pub fn overpaid(intent: Option<&PaymentIntent>) -> String {
    difference_once_paid(intent, |asked, paid| paid.minus(asked))
}

fn difference_once_paid(
    intent: Option<&PaymentIntent>,
    difference: impl FnOnce(Money, Money) -> Result<Money, DomainError>,
) -> String {
    let paid = intent.filter(|intent| !intent.paid.is_zero());
    let difference = paid.and_then(|intent| difference(intent.amount_due()?.amount, intent.paid).ok());
    difference.map_or_else(|| "0".to_owned(), Money::number)
}

/// Returns the content of a callback about a refund (2.4).
pub fn refund_callback(refund: &Refund, order: &Order) -> Json {
    let terms = &refund.terms;
    let price = CoinGateCurrency::of_price(order.price.currency());
    let (coin, funding) = (CoinGateCurrency::Coin(terms.send.currency()), CoinGateCurrency::Coin(terms.funding()));
    let mut body = json!({
        "id": refund.number,
        "order_id": order.number,
        "status": refund_status(refund.status),
        "request_amount": requested_amount(refund, order).number(),
        "request_currency": { "id": price.id(), "symbol": price.symbol() },
        "address": refund.address,
        "additional_address_field": refund.memo,
        "refund_amount": terms.send.number(),
        "refund_currency": {
            "id": coin.id(),
            "symbol": coin.symbol(),
            "platform": { "id": platform_id(refund.network), "title": refund.network.title() },
        },
        "email": refund.customer_email,
        "reason": refund.note.as_deref().unwrap_or(refund.reason.as_str()),
        "ledger_account": {
            "id": account_id(refund.merchant_id, terms.funding()),
            "currency": { "id": funding.id(), "symbol": funding.symbol() },
        },
    });
    if refund.status == RefundStatus::Rejected {
        set(&mut body, "compliance_rejection_reason", json!(refund.rejection_reason));
    }
    body
}

/// Returns the content of a callback about an order. It contains the order's token, which proves that the sender knows
/// the order.
pub fn order_callback(order: &Order, now: DateTime<Utc>) -> Json {
    let status = order.status(now);
    let intent = order.intent.as_ref();
    let is_paid = matches!(status, OrderStatus::Paid | OrderStatus::Refunded | OrderStatus::PartiallyRefunded);
    let mut body = json!({
        "id": order.number,
        "order_id": order.text.reference,
        "status": status.as_str(),
        "price_amount": order.price.number(),
        "price_currency": CoinGateCurrency::of_price(order.price.currency()).symbol(),
        "receive_currency": receive_currency(order),
        "receive_amount": receive_amount(order),
        "underpaid_amount": underpaid(intent),
        "overpaid_amount": overpaid(intent),
        "is_refundable": is_paid && intent.is_some_and(|intent| !intent.left().is_zero()),
        "created_at": time(order.created_at),
        "token": order.text.token,
    });
    if let Some(intent) = intent {
        let asked = intent.amount_due();
        set(&mut body, "pay_amount", json!(asked.map(|asked| asked.amount.number())));
        set(&mut body, "pay_currency", json!(CoinGateCurrency::Coin(intent.currency()).symbol()));
        set(&mut body, "expire_at", json!(asked.map(|asked| time(asked.expires_at))));
        set(&mut body, "payment_address", json!(intent.payment_methods.first().map(|method| &method.address)));
        if is_paid {
            let listed = CoinGateCurrency::of_price(intent.fees.currency());
            let currency = json!({ "id": listed.id(), "symbol": listed.symbol() });
            let fee = json!({ "type": "processing_fee", "amount": intent.fees.number(), "currency": currency });
            set(&mut body, "fees", if intent.fees.is_zero() { json!([]) } else { json!([fee]) });
            set(&mut body, "paid_at", json!(order.paid_at().map(time)));
        }
    }
    body
}

fn set(body: &mut Json, name: &str, value: Json) {
    if let Some(members) = body.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// Encodes a callback as a form: `currency[symbol]=EUR`, `fees[0][type]=fee`; null is empty. List items are numbered,
/// because PHP starts a new item at each `[]`.
pub fn form(body: &str) -> String {
    let mut form = Serializer::new(String::new());
    // The stored body is always valid JSON.
    flatten(&mut form, "", &serde_json::from_str(body).unwrap_or_default());
    form.finish()
}

fn flatten(form: &mut Serializer<'_, String>, name: &str, value: &Json) {
    match value {
        Json::Object(members) => {
            for (member, value) in members {
                let name = if name.is_empty() { member.clone() } else { format!("{name}[{member}]") };
                flatten(form, &name, value);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(form, &format!("{name}[{index}]"), item);
            }
        }
        Json::Null => {
            form.append_pair(name, "");
        }
        Json::String(text) => {
            form.append_pair(name, text);
        }
        Json::Bool(_) | Json::Number(_) => {
            form.append_pair(name, &value.to_string());
        }
    }
}
