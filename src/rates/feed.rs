//! Prices from an HTTP service with JSON responses. A JSON pointer (RFC 6901), such as `/data/{currency}/usd`, locates
//! the prices; if the URL contains `{currency}` too, it is requested once for each currency.

use super::{DollarPrice, Error, RateSource};
use crate::domain::{
    money::{currency::Currency, fiat::FiatCurrency},
    names::Named,
};
use chrono::{DateTime, Duration, Utc};
use futures::{StreamExt, stream};
use rust_decimal::Decimal;
use serde_json::value::RawValue;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{PoisonError, RwLock},
};

/// The placeholder for the code of a currency.
const CURRENCY: &str = "{currency}";
/// Maximum size of a response in bytes.
const RESPONSE_MAX: usize = 1 << 20;
/// Maximum number of concurrent requests.
const AT_ONCE: usize = 4;

/// Settings of a rate service.
#[derive(Clone, Debug)]
pub struct FeedSettings {
    /// May contain `{currency}`.
    pub url: String,
    /// A JSON pointer to the price of a currency; may contain `{currency}`.
    pub pointer: String,
    /// Timeout of a request.
    pub timeout: Duration,
    /// Maximum age of a usable price.
    pub max_age: Duration,
    /// Interval between requests.
    pub every: Duration,
}

/// Prices from an HTTP service.
#[derive(Debug)]
pub struct RateFeed {
    settings: FeedSettings,
    client: reqwest::Client,
    prices: RwLock<KnownPrices>,
}

#[derive(Debug, Default)]
struct KnownPrices {
    asked_at: Option<DateTime<Utc>>,
    prices: BTreeMap<Currency, DollarPrice>,
}

impl RateFeed {
    /// Creates a feed without requesting anything yet.
    pub fn new(settings: FeedSettings) -> Result<Self, Error> {
        // Fails if another part of the program has already installed it, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let timeout = settings.timeout.to_std()?;
        let client = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("requite/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(Error::Client)?;
        Ok(Self { settings, client, prices: RwLock::default() })
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let asked_at = self.prices.read().unwrap_or_else(PoisonError::into_inner).asked_at;
        asked_at.is_none_or(|asked_at| now - asked_at >= self.settings.every)
    }

    fn store(&self, prices: impl IntoIterator<Item = (Currency, Decimal)>, at: DateTime<Utc>) {
        let mut known = self.prices.write().unwrap_or_else(PoisonError::into_inner);
        known.prices.extend(prices.into_iter().map(|(currency, price)| (currency, DollarPrice { price, at })));
    }

    async fn fetch(&self, url: &str) -> Result<String, Error> {
        let failed = |error: reqwest::Error| Error::Unreachable(error.without_url());
        let response = self.client.get(url).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(Error::Status(response.status()));
        }
        let mut body = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            body.extend_from_slice(&chunk.map_err(failed)?);
            if body.len() > RESPONSE_MAX {
                return Err(Error::TooLong);
            }
        }
        Ok(String::from_utf8(body)?)
    }

    fn no_price(&self) -> Error {
        Error::NoPrice { pointer: self.settings.pointer.clone() }
    }

    fn price_in(&self, response: &str, currency: Currency) -> Option<Decimal> {
        exact_number(find(response, &self.settings.pointer.replace(CURRENCY, currency.code()))?)
    }

    async fn fetch_all(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let response = self.fetch(&self.settings.url).await?;
        let currencies = priced_coins().chain(FiatCurrency::all().map(Currency::Fiat));
        let prices: Vec<_> = currencies.filter_map(|c| Some((c, self.price_in(&response, c)?))).collect();
        if prices.is_empty() {
            return Err(self.no_price());
        }
        self.store(prices, now);
        Ok(())
    }

    async fn fetch_each(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let ask = |currency: Currency| async move {
            let response = self.fetch(&self.settings.url.replace(CURRENCY, currency.code())).await;
            let price = response.and_then(|response| self.price_in(&response, currency).ok_or_else(|| self.no_price()));
            price.map(|price| self.store([(currency, price)], now)).map_err(|error| (currency, error))
        };
        let answers: Vec<_> = stream::iter(priced_coins()).map(ask).buffer_unordered(AT_ONCE).collect().await;
        let errors: Vec<_> = answers.into_iter().filter_map(Result::err).collect();
        if errors.is_empty() { Ok(()) } else { Err(Error::Currencies(errors)) }
    }
}

/// The coins whose dollar price is requested. A service that is requested for each currency is not asked for the
/// currencies of the world, most of which no order is ever priced in.
fn priced_coins() -> impl Iterator<Item = Currency> {
    Currency::all().filter(|currency| *currency != Currency::Usd)
}

#[async_trait::async_trait]
impl RateSource for RateFeed {
    fn name(&self) -> Cow<'static, str> {
        let host = reqwest::Url::parse(&self.settings.url).ok().and_then(|url| url.host_str().map(str::to_owned));
        host.unwrap_or_else(|| "rates service".to_owned()).into()
    }

    fn price(&self, of: Currency, _now: DateTime<Utc>) -> Option<DollarPrice> {
        self.prices.read().unwrap_or_else(PoisonError::into_inner).prices.get(&of).cloned()
    }

    fn max_age(&self) -> Duration {
        self.settings.max_age
    }

    async fn refresh(&self, now: DateTime<Utc>) -> Result<(), Error> {
        if !self.is_due(now) {
            return Ok(());
        }
        self.prices.write().unwrap_or_else(PoisonError::into_inner).asked_at = Some(now);
        if self.settings.url.contains(CURRENCY) { self.fetch_each(now).await } else { self.fetch_all(now).await }
    }
}

/// Finds the text at a JSON pointer. The document is searched as text, so that numbers keep every digit; parsing them
/// as floats would not.
fn find<'a>(document: &'a str, pointer: &str) -> Option<&'a str> {
    let mut here: &'a RawValue = serde_json::from_str(document).ok()?;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        here = match serde_json::from_str::<BTreeMap<Cow<'a, str>, &'a RawValue>>(here.get()) {
            Ok(members) => members.get(step.as_str()).copied()?,
            Err(_) => {
                let items: Vec<&'a RawValue> = serde_json::from_str(here.get()).ok()?;
                items.get(step.parse::<usize>().ok()?).copied()?
            }
        };
    }
    Some(here.get())
}

/// Parses a JSON number or string exactly; `None` unless it is above zero.
pub(super) fn exact_number(json: &str) -> Option<Decimal> {
    let text = json.trim().trim_matches('"');
    let number = Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()?;
    (number > Decimal::ZERO).then(|| number.normalize())
}
