//! Prices that a service tells over HTTP as JSON. Where in its answer they are is said by a JSON pointer (RFC 6901), such as
//! `/data/{currency}/usd`; the address may have `{currency}` too, and is then asked once for each currency.

use super::{DollarPrice, RateSource};
use crate::domain::money::currency::Currency;
use chrono::{DateTime, Duration, Utc};
use futures::{StreamExt, stream};
use rust_decimal::Decimal;
use serde_json::value::RawValue;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{PoisonError, RwLock},
};

/// What stands for the code of a currency.
const CURRENCY: &str = "{currency}";
/// No answer about prices is larger.
const ANSWER_MAX: usize = 1 << 20;
/// How many questions are on their way at once.
const AT_ONCE: usize = 4;

/// Where prices are asked for, and how patiently.
#[derive(Clone, Debug)]
pub struct FeedSettings {
    /// The address; may contain `{currency}`.
    pub url: String,
    /// Where in the answer the price of a currency is; a JSON pointer, may contain `{currency}`.
    pub pointer: String,
    /// How long an answer is waited for.
    pub timeout: Duration,
    /// How old a price may be to be used.
    pub max_age: Duration,
    /// How often it is asked.
    pub every: Duration,
}

/// Prices from a service.
#[derive(Debug)]
pub struct RateFeed {
    settings: FeedSettings,
    client: reqwest::Client,
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    asked_at: Option<DateTime<Utc>>,
    prices: BTreeMap<Currency, DollarPrice>,
}

impl RateFeed {
    /// A feed that has not asked yet.
    pub fn new(settings: FeedSettings) -> Result<Self, String> {
        // Refused when another part of the program did it already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let timeout = settings.timeout.to_std().map_err(|error| error.to_string())?;
        let client = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("requite/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("no client for the rates can be made: {error}"))?;
        Ok(Self { settings, client, known: RwLock::default() })
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let asked_at = self.known.read().unwrap_or_else(PoisonError::into_inner).asked_at;
        asked_at.is_none_or(|asked_at| now - asked_at >= self.settings.every)
    }

    fn keep(&self, prices: impl IntoIterator<Item = (Currency, Decimal)>, at: DateTime<Utc>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.prices.extend(prices.into_iter().map(|(currency, price)| (currency, DollarPrice { price, at })));
    }

    async fn fetch(&self, url: &str) -> Result<String, String> {
        let failed = |error: reqwest::Error| format!("the rates service: {}", error.without_url());
        let response = self.client.get(url).send().await.map_err(failed)?;
        if !response.status().is_success() {
            return Err(format!("the rates service answered {}", response.status()));
        }
        let mut body = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            body.extend_from_slice(&chunk.map_err(failed)?);
            if body.len() > ANSWER_MAX {
                return Err("the rates service answered with more than 1 MB".to_owned());
            }
        }
        String::from_utf8(body).map_err(|_| "the rates service answered with something else than text".to_owned())
    }

    fn price_in(&self, answer: &str, currency: Currency) -> Option<Decimal> {
        exact_number(find(answer, &self.settings.pointer.replace(CURRENCY, currency.code()))?)
    }

    async fn ask_for_all(&self, now: DateTime<Utc>) -> Result<(), String> {
        let answer = self.fetch(&self.settings.url).await?;
        let prices: Vec<_> = priced().filter_map(|c| Some((c, self.price_in(&answer, c)?))).collect();
        if prices.is_empty() {
            return Err(format!("the rates service's answer has no price at {}", self.settings.pointer));
        }
        self.keep(prices, now);
        Ok(())
    }

    async fn ask_for_each(&self, now: DateTime<Utc>) -> Result<(), String> {
        let ask = |currency: Currency| async move {
            let answer = self.fetch(&self.settings.url.replace(CURRENCY, currency.code())).await;
            let price = answer.and_then(|answer| {
                self.price_in(&answer, currency).ok_or_else(|| format!("no price at {}", self.settings.pointer))
            });
            price.map(|price| self.keep([(currency, price)], now)).map_err(|error| format!("{currency}: {error}"))
        };
        let answers: Vec<_> = stream::iter(priced()).map(ask).buffer_unordered(AT_ONCE).collect().await;
        let errors: Vec<_> = answers.into_iter().filter_map(Result::err).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors.join("; ")) }
    }
}

/// The currencies whose price in dollars is a question.
fn priced() -> impl Iterator<Item = Currency> {
    Currency::ALL.into_iter().filter(|currency| *currency != Currency::Usd)
}

#[async_trait::async_trait]
impl RateSource for RateFeed {
    fn name(&self) -> Cow<'static, str> {
        let host = reqwest::Url::parse(&self.settings.url).ok().and_then(|url| url.host_str().map(str::to_owned));
        host.unwrap_or_else(|| "rates service".to_owned()).into()
    }

    fn price(&self, of: Currency, _now: DateTime<Utc>) -> Option<DollarPrice> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).prices.get(&of).cloned()
    }

    fn max_age(&self) -> Duration {
        self.settings.max_age
    }

    async fn refresh(&self, now: DateTime<Utc>) -> Result<(), String> {
        if !self.is_due(now) {
            return Ok(());
        }
        self.known.write().unwrap_or_else(PoisonError::into_inner).asked_at = Some(now);
        if self.settings.url.contains(CURRENCY) { self.ask_for_each(now).await } else { self.ask_for_all(now).await }
    }
}

/// The text at a JSON pointer. The document is walked as text, so that a number keeps every digit: read into a float it
/// would not.
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

/// A price as JSON has it, a number or a string, exactly; nothing when it is not above zero.
pub(super) fn exact_number(json: &str) -> Option<Decimal> {
    let text = json.trim().trim_matches('"');
    let number = Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()?;
    (number > Decimal::ZERO).then(|| number.normalize())
}
