//! Query parameters that report to a page the result of a form sent from it.

use crate::{
    domain::{error::DomainError, ids::PaymentId, names::Named, people::api_key::NewApiKey},
    languages::Language,
    texts::success::Success,
};
use serde::{Deserialize, Serialize};

/// The input of a refused form. It is in the URL of the form's page, so that it need not be typed again; the page
/// validates it again to show the errors.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RefusedForm<I> {
    check: String,
    #[serde(flatten)]
    pub input: I,
}

impl<I> RefusedForm<I> {
    /// Whether the page has to show the errors of the input.
    pub fn is_refused(&self) -> bool {
        self.check == "yes"
    }
}

impl<I: Serialize> RefusedForm<I> {
    /// The URL of the page with the input.
    pub fn address(page: &str, input: I) -> String {
        let form = Self { check: "yes".to_owned(), input };
        format!("{page}?{}", serde_urlencoded::to_string(form).unwrap_or_default())
    }
}

/// The form of a new API key, as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiKeyInput {
    /// The name of the key.
    pub name: String,
    /// Names of scopes, separated by spaces.
    pub scopes: String,
    /// Network addresses and ranges, separated by spaces.
    pub addresses: String,
    /// The encoding of CoinGate's callbacks; empty for the server's setting.
    pub callback_format: String,
    /// `yes` for strict shapes on Circle's surface.
    pub strict_circle: String,
}

impl ApiKeyInput {
    /// Parses the form and returns every error in it.
    pub fn parse(&self) -> Result<NewApiKey, Vec<DomainError>> {
        let new = NewApiKey::parse(&self.name, &self.scopes, &self.addresses, &self.callback_format)?;
        Ok(new.with_strict_circle(self.strict_circle == "yes"))
    }
}

/// The form of the minimum balances, as it was typed. It stands on a page with another form, whose input has names of its own.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MinimumBalancesQuery {
    /// `None` if the form was not refused.
    pub minimum_balances: Option<String>,
}

impl MinimumBalancesQuery {
    /// The URL of the page with what was typed.
    pub fn address(page: &str, typed: &str) -> String {
        let form = Self { minimum_balances: Some(typed.to_owned()) };
        format!("{page}?{}", serde_urlencoded::to_string(form).unwrap_or_default())
    }
}

/// Which of the forms on the list of unsupported funds was refused. What was typed into it is in the cookie of the notice: it can
/// name a customer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RefusedMark {
    /// The id of the deposit.
    pub deposit: String,
}

impl RefusedMark {
    /// The URL of the list, which has a query, with the form of this deposit.
    pub fn address(list: &str, deposit: PaymentId) -> String {
        let separator = if list.ends_with('?') { "" } else { "&" };
        format!("{list}{separator}deposit={deposit}")
    }
}

/// The form that redirected to the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
    number: String,
}

impl DoneQuery {
    /// What the form did. Nothing if the page was opened in another way.
    pub fn success(&self) -> Option<Success> {
        Success::parse(&self.done)
    }

    /// The same as a sentence.
    pub fn sentence(&self, language: Language) -> Option<String> {
        self.success().map(|success| success.sentence(language, self.number.parse().unwrap_or_default()))
    }
}

/// The URL of a page that tells what was done.
pub fn with_success_notice(page: &str, done: Success) -> String {
    format!("{page}?done={}", done.as_str())
}

/// The same for an action on a number of objects.
pub fn with_counted_success_notice(page: &str, done: Success, number: u64) -> String {
    format!("{}&number={number}", with_success_notice(page, done))
}
