//! Reads the members of a JSON body one by one and collects all errors.

use super::{
    field_names::Place,
    idempotency,
    member::JsonMember,
    problems::{InputProblem, Problems, repeatable_value},
    unknown,
};
use crate::domain::{
    address::{network::Network, pairs::Pairs},
    error::{DomainError, ErrorCode},
    ids::IdempotencyKey,
    money::{Money, currency::Currency},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The maximum number of digits before the point of an amount.
const INTEGRAL_DIGITS: u32 = 10;

/// An error was found and is already recorded.
struct AlreadyNoted;

/// The networks that the server offers for what the request asks, and its coin if it is known.
#[derive(Clone, Copy)]
struct Offer<'a> {
    pairs: &'a Pairs,
    /// With its place.
    coin: Option<(Currency, &'static str)>,
}

/// Reads a JSON object. Paths are names and indexes separated by points: `paymentMethods.0.chain`. Members that nothing
/// reads are refused in the end.
pub struct Reader<'a> {
    root: &'a Value,
    offer: Option<Offer<'a>>,
    header: Result<Option<IdempotencyKey>, Problems>,
    problems: Problems,
    /// Every place that was read, whether it has a value or not.
    known: BTreeSet<String>,
    ignores_unknown: bool,
}

impl<'a> Reader<'a> {
    pub const fn new(root: &'a Value) -> Self {
        Self::with_key(root, Ok(None))
    }

    /// For a request whose idempotency key may be in the header.
    pub const fn with_key(root: &'a Value, header: Result<Option<IdempotencyKey>, Problems>) -> Self {
        Self { root, offer: None, header, problems: Problems::new(), known: BTreeSet::new(), ignores_unknown: false }
    }

    /// For a request in the format of a vendor, whose clients send more members than Requite knows.
    #[must_use]
    pub fn ignoring_unknown(self) -> Self {
        Self { ignores_unknown: true, ..self }
    }

    /// For a request that names a network of this server. The coin is at the first of these places that is present.
    #[must_use]
    pub fn offering(self, pairs: &'a Pairs, coin_places: &[&'static str]) -> Self {
        let place = coin_places.iter().copied().find(|place| self.has(place));
        let at = |path: &'static str| path.split('.').try_fold(self.root, step).and_then(Value::as_str);
        let coin = place.and_then(|place| Some((Currency::parse(at(place)?).ok()?, place)));
        Self { offer: Some(Offer { pairs, coin }), ..self }
    }

    /// Reads a required currency. The error for an unknown one names those that the server offers.
    pub fn currency(&mut self, path: &str) -> Option<Currency> {
        let offer = self.offer;
        self.parsed(path, |code| offer.map_or_else(|| Currency::parse(code), |offer| offer.pairs.parse_coin(code)))
    }

    /// Reads a required network. The error for an unknown one names those that the server offers.
    pub fn network(&mut self, path: &str) -> Option<Network> {
        let offer = self.offer;
        self.parsed(path, |code| offer.map_or_else(|| Network::parse(code), |offer| offer.pairs.parse_network(code)))
    }

    /// Rejects the network at a place if the server does not offer the coin of the request on it, or nothing at all.
    /// Returns whether it is offered.
    pub fn require_offered(&mut self, network: Network, at: &'static str) -> bool {
        let (offered, coin, coin_at) = match self.offer {
            Some(Offer { pairs, coin: Some((coin, place)) }) => (pairs.require(network, coin), coin.code(), place),
            Some(Offer { pairs, coin: None }) => (pairs.require_network(network), "", at),
            None => return true,
        };
        let Err(refusal) = offered else { return true };
        let (place, sent) = Pairs::place(&refusal, (coin_at, coin), (at, network.code()));
        self.note(place, refusal, &Value::from(sent));
        false
    }

    /// Reads the whole body, or returns all errors.
    pub fn body<B: JsonMember>(mut self) -> Result<B, Problems> {
        let body = B::read(&mut self, "");
        self.finish(|| body)
    }

    /// Reads a member of the object at a path. `name` is its Rust name; in the body it is in camel case.
    pub fn member<M: JsonMember>(&mut self, object: &str, name: &str) -> Option<M> {
        let mut place = object.to_owned();
        for (index, word) in name.trim_start_matches("r#").split('_').enumerate() {
            match word.chars().next() {
                Some(first) if index > 0 => {
                    place.push(first.to_ascii_uppercase());
                    place.extend(word.chars().skip(1));
                }
                _ => {
                    place.push_str(if object.is_empty() { "" } else { "." });
                    place.push_str(word);
                }
            }
        }
        self.know(&place);
        M::read(self, &place)
    }

    /// Notes that the request may have a member at this place, also if it is not read.
    pub fn know(&mut self, path: &str) {
        let objects = path.match_indices('.').map(|(end, _)| &path[..end]);
        self.known.extend(objects.chain([path]).map(str::to_owned));
    }

    /// Whether a member is present and not `null`.
    pub fn has(&self, path: &str) -> bool {
        path.split('.').try_fold(self.root, step).is_some_and(|value| !value.is_null())
    }

    /// Whether a member is present and `null`.
    pub fn is_null(&self, path: &str) -> bool {
        path.split('.').try_fold(self.root, step).is_some_and(Value::is_null)
    }

    /// Reads an optional string.
    pub fn text(&mut self, path: &str) -> Option<&'a str> {
        match self.find(path).ok()?? {
            Value::String(text) => Some(text),
            other => {
                let error = DomainError::plain(ErrorCode::RequestMalformed, "It must be a string.");
                self.note(path.to_owned(), error, other);
                None
            }
        }
    }

    /// Reads an optional boolean.
    pub fn boolean(&mut self, path: &str) -> Option<bool> {
        match self.find(path).ok()?? {
            Value::Bool(flag) => Some(*flag),
            other => {
                let error = DomainError::plain(ErrorCode::RequestMalformed, "It must be true or false.");
                self.note(path.to_owned(), error, other);
                None
            }
        }
    }

    /// Reads a required string.
    pub fn required(&mut self, path: &str) -> Option<&'a str> {
        if self.has(path) {
            return self.text(path);
        }
        if matches!(self.find(path), Ok(None)) {
            let error = DomainError::plain(ErrorCode::Required, "This is required.");
            self.note(path.to_owned(), error, &Value::Null);
        }
        None
    }

    /// Reads and parses a required string.
    pub fn parsed<T>(&mut self, path: &str, parse: impl FnOnce(&str) -> Result<T, DomainError>) -> Option<T> {
        let text = self.required(path)?;
        parse(text).map_err(|error| self.note(path.to_owned(), error, &Value::from(text))).ok()
    }

    /// Reads an amount above zero with its currency.
    pub fn money(&mut self, path: &str) -> Option<Money> {
        self.money_with(path, Money::parse_positive)
    }

    /// Reads an amount with its currency, parsed by `rule`. If the currency is invalid, the amount is still checked,
    /// with the currency that allows the most decimals.
    pub fn money_with(&mut self, path: &str, rule: fn(&str, Currency) -> Result<Money, DomainError>) -> Option<Money> {
        let currency = self.currency(&format!("{path}.currency"));
        let place = format!("{path}.amount");
        let text = self.required(&place)?;
        let counted = currency.unwrap_or(Currency::Eth);
        let amount = rule(text, counted).map_err(|error| {
            let constraints = digits(error.code, counted);
            self.add(InputProblem { constraints, ..problem(place, error, &Value::from(text)) });
        });
        currency.and(amount.ok())
    }

    /// Reads the idempotency key, a UUID: in the body, in the header, or the same key in both.
    pub fn key(&mut self) -> Option<IdempotencyKey> {
        let header = self.header.clone().map_err(|problems| self.add(problems)).ok()?;
        if header.is_some() && !self.has("idempotencyKey") {
            return header;
        }
        self.key_in_body(header, |text| {
            uuid(text).map(IdempotencyKey).ok_or_else(|| {
                DomainError::plain(ErrorCode::IdempotencyKeyInvalid, "The idempotency key is not a UUID.")
            })
        })
    }

    /// Reads an optional idempotency key of any spelling, at the same places.
    pub fn any_key(&mut self) -> Option<Option<IdempotencyKey>> {
        let header = self.header.clone().map_err(|problems| self.add(problems)).ok()?;
        if !self.has("idempotencyKey") {
            return Some(header);
        }
        self.key_in_body(header, idempotency::parse).map(Some)
    }

    fn key_in_body(
        &mut self,
        header: Option<IdempotencyKey>,
        parse: fn(&str) -> Result<IdempotencyKey, DomainError>,
    ) -> Option<IdempotencyKey> {
        let body = self.parsed("idempotencyKey", parse)?;
        if header.is_some_and(|header| header != body) {
            let message = "The header and the body contain different idempotency keys.";
            let error = DomainError::plain(ErrorCode::IdempotencyKeyInvalid, message);
            self.note(idempotency::HEADER, error, &Value::Null);
            return None;
        }
        Some(body)
    }

    /// Reads the members of a required object whose names are not known beforehand.
    pub fn object(&mut self, path: &str) -> Option<&'a Map<String, Value>> {
        match self.find(path).ok()?? {
            Value::Object(members) => Some(members),
            other => {
                let error = DomainError::plain(ErrorCode::RequestMalformed, "It must be an object.");
                self.note(path.to_owned(), error, other);
                None
            }
        }
    }

    /// The number of items of a required list.
    pub fn count(&mut self, path: &str) -> usize {
        match self.find(path) {
            Ok(Some(Value::Array(items))) => items.len(),
            Ok(Some(other)) => {
                let error = DomainError::plain(ErrorCode::RequestMalformed, "It must be a list.");
                self.note(path.to_owned(), error, other);
                0
            }
            Ok(None) => {
                self.note(path.to_owned(), DomainError::plain(ErrorCode::Required, "This is required."), &Value::Null);
                0
            }
            Err(AlreadyNoted) => 0,
        }
    }

    /// Whether a member is absent or `null`; `None` if its parent is invalid.
    pub fn is_absent(&mut self, path: &str) -> Option<bool> {
        self.find(path).ok().map(|found| found.is_none())
    }

    /// Whether an error was recorded at a place.
    pub fn has_error_at(&self, place: &str) -> bool {
        self.problems.has(place)
    }

    /// Records an error; only the first for each place is kept.
    pub fn note(&mut self, place: impl Into<Place>, error: DomainError, value: &Value) {
        self.add(problem(place, error, value));
    }

    /// Records problems that already have places.
    pub fn add(&mut self, problems: impl Into<Problems>) {
        self.problems.add(problems);
    }

    /// Returns what was read, or all errors.
    pub fn finish<T>(mut self, read: impl FnOnce() -> Option<T>) -> Result<T, Problems> {
        if !self.ignores_unknown {
            unknown::refuse_members(self.root, &self.known, &mut self.problems);
        }
        self.problems.finish(read)
    }

    /// The value at a path: `None` if it or a parent is absent or `null`, an error if a parent is not an object or
    /// list.
    fn find(&mut self, path: &str) -> Result<Option<&'a Value>, AlreadyNoted> {
        self.know(path);
        let mut here = self.root;
        let mut walked = String::new();
        for name in path.split('.') {
            match here {
                Value::Object(_) if index(name).is_none() => {}
                Value::Array(_) if index(name).is_some() => {}
                Value::Null => return Ok(None),
                other => {
                    self.note(walked, DomainError::plain(ErrorCode::RequestMalformed, "It must be an object."), other);
                    return Err(AlreadyNoted);
                }
            }
            let Some(next) = step(here, name) else { return Ok(None) };
            here = next;
            if !walked.is_empty() {
                walked.push('.');
            }
            walked.push_str(name);
        }
        Ok((!here.is_null()).then_some(here))
    }
}

fn problem(place: impl Into<Place>, error: DomainError, value: &Value) -> InputProblem {
    InputProblem { invalid_value: repeatable_value(value), ..InputProblem::at(place, error) }
}

/// Parses a UUID. Only the hyphenated format is accepted.
pub fn uuid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|_| text.len() == uuid::fmt::Hyphenated::LENGTH)
}

/// Goes one step down a path: an index selects an item of a list, a name a member of an object.
fn step<'v>(here: &'v Value, name: &str) -> Option<&'v Value> {
    match (here, index(name)) {
        (Value::Object(members), None) => members.get(name),
        (Value::Array(items), Some(index)) => items.get(index),
        _ => None,
    }
}

fn index(name: &str) -> Option<usize> {
    name.parse().ok()
}

/// The allowed number of digits in Circle's format, for an invalid or too precise amount.
fn digits(code: ErrorCode, currency: Currency) -> Option<Value> {
    let is_about_digits = matches!(code, ErrorCode::AmountTooPrecise | ErrorCode::AmountMalformed);
    is_about_digits
        .then(|| json!({ "max-integral-digits": INTEGRAL_DIGITS, "max-fractional-digits": currency.decimals() }))
}
