//! What the address of a page says about the form that was sent from it.

use serde::{Deserialize, Serialize};

/// The input of a form that was refused. It is carried in the address of the form's page, so that nothing has to be typed
/// twice; what is wrong with it is found again there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RefusedForm<I> {
    check: String,
    /// What was typed.
    #[serde(flatten)]
    pub input: I,
}

impl<I> RefusedForm<I> {
    /// Whether the page has to say what is wrong with the input.
    pub fn is_refused(&self) -> bool {
        self.check == "yes"
    }
}

impl<I: Serialize> RefusedForm<I> {
    /// The address of the page with what was typed.
    pub fn address(page: &str, input: I) -> String {
        let form = Self { check: "yes".to_owned(), input };
        format!("{page}?{}", serde_urlencoded::to_string(form).unwrap_or_default())
    }
}

/// The form of a new API key, as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiKeyInput {
    /// Which program it is for.
    pub name: String,
    /// Names of scopes, separated by spaces.
    pub scopes: String,
    /// Addresses and ranges, separated by spaces.
    pub addresses: String,
}

/// What the form did that led to the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    /// The name of what was done; empty when the page was opened otherwise.
    pub done: String,
    /// How many things it was done to, where that is said.
    pub number: String,
}

/// The address of a page that says what was done.
pub fn done(page: &str, what: &str) -> String {
    format!("{page}?done={what}")
}
