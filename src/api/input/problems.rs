//! The errors of a request, before a surface renders them.
//!
//! Programs get them in English. What only programs can do wrong, such as JSON that cannot be read, has no text in the
//! catalogues (`DomainError::plain`).

use super::field_names::Place;
use crate::domain::error::{DomainError, ErrorCode, Field};
use axum::http::StatusCode;
use serde_json::Value;

/// Maximum length of a value repeated in a response.
const ECHO_MAX: usize = 128;
/// Maximum number of problems in a response.
const PROBLEMS_MAX: usize = 20;

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq)]
pub struct InputProblem {
    pub error: DomainError,
    /// The location in the request, in the surface's spelling. Readers set it for every member and parameter, also for
    /// those that are no field of the domain. For an error of a rule, [`Problems::at_places`] sets it, or it is the
    /// surface's default name for the field.
    pub place: Option<Place>,
    /// The value that was sent, if it is short.
    pub invalid_value: Option<Value>,
    /// The limit that was exceeded, if the reader knows more about it than the code says.
    pub constraints: Option<Value>,
}

impl From<DomainError> for InputProblem {
    fn from(error: DomainError) -> Self {
        Self { error, place: None, invalid_value: None, constraints: None }
    }
}

impl InputProblem {
    /// An error at a place of the request.
    pub fn at(place: impl Into<Place>, error: DomainError) -> Self {
        Self { place: Some(place.into()), ..Self::from(error) }
    }

    /// The location in the request; if it is not set, the surface's default name for the field.
    pub fn place(&self, usual: impl FnOnce(Field) -> Place) -> Option<Place> {
        self.place.clone().or_else(|| self.error.field.map(usual))
    }

    /// Whether both concern the same input.
    fn is_next_to(&self, other: &Self) -> bool {
        match (&self.place, &other.place) {
            (None, None) => self.error.field == other.error.field,
            (place, other) => place == other,
        }
    }
}

/// Everything that is wrong with a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(Vec<InputProblem>);

impl Problems {
    /// The code of the whole response. Different errors share only the most general code; each has its own in the list.
    pub fn common_code(&self) -> ErrorCode {
        match self.as_slice() {
            [] => ErrorCode::Internal,
            [first, rest @ ..] if rest.iter().all(|other| other.error.code == first.error.code) => first.error.code,
            _ => ErrorCode::RequestMalformed,
        }
    }

    pub const fn new() -> Self {
        Self(Vec::new())
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One error at a place of the request.
    pub fn at(place: impl Into<Place>, error: DomainError) -> Self {
        InputProblem::at(place, error).into()
    }

    /// Whether no more are kept.
    pub const fn is_full(&self) -> bool {
        self.0.len() >= PROBLEMS_MAX
    }

    /// Adds problems up to the maximum number. Only the first for each place is kept.
    pub fn add(&mut self, problems: impl Into<Self>) {
        for problem in problems.into().0 {
            if !self.is_full() && !self.0.iter().any(|known| known.is_next_to(&problem)) {
                self.0.push(problem);
            }
        }
    }

    /// Whether there is a problem at a place.
    pub fn has(&self, place: &str) -> bool {
        self.0.iter().any(|problem| problem.place.as_deref() == Some(place))
    }

    /// The value, or the problems if there are any.
    pub fn finish<T>(self, read: impl FnOnce() -> Option<T>) -> Result<T, Self> {
        if self.is_empty() { read().ok_or(self) } else { Err(self) }
    }

    pub fn as_slice(&self) -> &[InputProblem] {
        &self.0
    }

    pub fn into_vec(self) -> Vec<InputProblem> {
        self.0
    }

    /// Adds the values that the body has at the places of the problems, if they are short and not yet set. A rule that
    /// refuses a value does not know how it was written.
    #[must_use]
    pub fn with_values_of(mut self, body: &Value) -> Self {
        for problem in self.0.iter_mut().filter(|problem| problem.invalid_value.is_none()) {
            let Some(place) = &problem.place else { continue };
            problem.invalid_value = body.pointer(&format!("/{}", place.replace('.', "/"))).and_then(repeatable_value);
        }
        self
    }

    /// Sets the places of the problems' fields in this request, where they differ from the surface's default names.
    #[must_use]
    pub fn at_places(mut self, place: impl Fn(Field) -> Option<Place>) -> Self {
        for problem in self.0.iter_mut().filter(|problem| problem.place.is_none()) {
            problem.place = problem.error.field.and_then(&place);
        }
        self
    }
}

impl From<DomainError> for Problems {
    fn from(error: DomainError) -> Self {
        Self(vec![error.into()])
    }
}

impl From<InputProblem> for Problems {
    fn from(problem: InputProblem) -> Self {
        Self(vec![problem])
    }
}

impl FromIterator<InputProblem> for Problems {
    fn from_iter<I: IntoIterator<Item = InputProblem>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

impl From<Vec<DomainError>> for Problems {
    fn from(errors: Vec<DomainError>) -> Self {
        errors.into_iter().map(InputProblem::from).collect()
    }
}

impl From<crate::store::Error> for Problems {
    fn from(error: crate::store::Error) -> Self {
        crate::error::Error::from(error).into()
    }
}

impl From<crate::error::Error> for Problems {
    fn from(error: crate::error::Error) -> Self {
        error.into_domain_error().into()
    }
}

/// A value that a response repeats: `None` unless it is short and neither null, a list nor an object.
pub fn repeatable_value(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => (text.len() <= ECHO_MAX).then(|| value.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.clone()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A request with a path, method or content type that this API does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsupportedRequest {
    /// No route has this path.
    Path,
    /// The route has no such method.
    Method,
    /// The body's content type is not JSON.
    MediaType,
}

impl UnsupportedRequest {
    /// The HTTP status.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Path => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    /// The stable code.
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Path => ErrorCode::NotFound,
            Self::Method | Self::MediaType => ErrorCode::RequestMalformed,
        }
    }

    /// What is wrong, and what to do.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Path => "There is nothing at this path. Check the path and the base address.",
            Self::Method => "This path does not take this method. The Allow header lists those that it takes.",
            Self::MediaType => "The body must be JSON. Send it with 'Content-Type: application/json'.",
        }
    }
}
