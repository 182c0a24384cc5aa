//! CoinGate's error body `{message, reason, errors}`, and the mapping from Requite's codes to CoinGate's reasons.

use crate::{
    api::input::{
        exceptions::{Exceptions, exception},
        field_names::{FieldNames, Place, name},
        problems::{InputProblem, Problems, UnsupportedRequest},
    },
    domain::error::{DomainError, ErrorCode, ErrorKind, Field},
    languages::Language,
    texts::errors::{self, english},
    wire::schema,
};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The object of a request. CoinGate has different reasons for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorSubject {
    Order,
    Refund,
    LedgerAccount,
    ApiCallback,
    /// Any other object.
    Request,
}

impl ErrorSubject {
    const fn not_found(self) -> &'static str {
        match self {
            Self::Order => "OrderNotFound",
            Self::Refund => "RefundNotFound",
            Self::LedgerAccount => "LedgerAccountNotFound",
            Self::ApiCallback => "ApiCallbackNotFound",
            Self::Request => "RecordNotFound",
        }
    }

    const fn not_valid(self) -> &'static str {
        match self {
            Self::Order => "OrderIsNotValid",
            Self::Refund => "RefundIsNotValid",
            Self::LedgerAccount | Self::ApiCallback | Self::Request => "UnprocessableEntity",
        }
    }
}

/// A status with CoinGate's reason.
pub type StatusAndReason = (StatusCode, &'static str);

/// The default response to a kind of error. CoinGate has one reason for every error of a refund; `requite_code` is
/// more specific.
pub const fn default_answer(kind: ErrorKind, subject: ErrorSubject) -> StatusAndReason {
    match kind {
        ErrorKind::NotSignedIn => (StatusCode::UNAUTHORIZED, "BadAuthToken"),
        ErrorKind::Forbidden => (StatusCode::FORBIDDEN, "Unauthorized"),
        ErrorKind::NotFound => (StatusCode::NOT_FOUND, subject.not_found()),
        ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::NotPossible => {
            (StatusCode::UNPROCESSABLE_ENTITY, subject.not_valid())
        }
        ErrorKind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "UnprocessableEntity"),
        ErrorKind::KeyReused => (StatusCode::CONFLICT, subject.not_valid()),
        ErrorKind::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "RateLimitException"),
        ErrorKind::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, subject.not_valid()),
        ErrorKind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError"),
    }
}

/// Codes with a different response than the rest of their kind.
pub const EXCEPTIONS: &Exceptions<StatusAndReason> =
    &[((StatusCode::UNAUTHORIZED, "IpAddressIsNotAllowed"), &[ErrorCode::ApiKeyNotFromHere])];

/// The status and CoinGate's reason for a code.
pub fn coingate(code: ErrorCode, subject: ErrorSubject) -> StatusAndReason {
    exception(EXCEPTIONS, code).unwrap_or_else(|| default_answer(code.kind(), subject))
}

/// An error response.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    subject: ErrorSubject,
    problems: Problems,
    /// No route matches, so nothing else is known about the request.
    no_such_page: bool,
}

impl ApiError {
    /// An error with all problems of a request.
    pub fn of(subject: ErrorSubject, problems: impl Into<Problems>) -> Self {
        Self { subject, problems: problems.into(), no_such_page: false }
    }

    /// No route has this path and method.
    pub fn no_such_page() -> Self {
        let message = "There is nothing at this path for this method. Check both, and the base address.";
        Self {
            subject: ErrorSubject::Request,
            problems: DomainError::plain(ErrorCode::NotFound, message).into(),
            no_such_page: true,
        }
    }

    /// Converts errors about a subject; for `map_err`.
    pub fn for_subject<P: Into<Problems>>(subject: ErrorSubject) -> impl FnOnce(P) -> Self {
        move |problems| Self::of(subject, problems)
    }
}

impl<P: Into<Problems>> From<P> for ApiError {
    fn from(problems: P) -> Self {
        Self::of(ErrorSubject::Request, problems)
    }
}

impl From<UnsupportedRequest> for ApiError {
    fn from(_: UnsupportedRequest) -> Self {
        Self::no_such_page()
    }
}

/// An error in CoinGate's format.
#[derive(Serialize, ToSchema)]
#[schema(as = CoinGateError)]
pub struct ErrorResponse {
    message: String,
    reason: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<String>,
    /// Requite's stable code, which is more specific than `reason`.
    #[schema(value_type = schema::ErrorCode)]
    requite_code: &'static str,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Self { subject, problems, no_such_page } = self;
        let code = problems.as_slice().first().map_or(ErrorCode::Internal, |first| first.error.code);
        let (status, reason) = coingate(code, subject);
        let reason = if no_such_page { "PageNotFound" } else { reason };
        let message = match problems.as_slice() {
            [only] => format!("{} {}", summary(only), next_step(only)),
            many => format!("{} parameters are missing or wrong.", many.len()),
        };
        // As in CoinGate, each item is a sentence that begins with the parameter's name.
        let errors = if status == StatusCode::UNPROCESSABLE_ENTITY {
            problems.as_slice().iter().map(item).collect()
        } else {
            Vec::new()
        };
        let body = ErrorResponse { message, reason, errors, requite_code: code.as_str() };
        let mut response = (status, Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Token, Bearer"));
        }
        response
    }
}

/// The next step for the client, which on this surface is always a program.
fn next_step(problem: &InputProblem) -> String {
    let for_programs = match problem.error.code {
        ErrorCode::RequestMalformed if problem.place(parameter) == Some(parameter(Field::Funding)) => {
            "Take its id from the list of ledger accounts."
        }
        ErrorCode::InvalidApiKey => {
            "Send a valid key as 'Authorization: Token <key>' or 'Authorization: Bearer <key>'."
        }
        ErrorCode::Forbidden => "Ask an owner or admin of the account for a key that may do it.",
        code => return errors::next_step(Language::english(), code),
    };
    for_programs.to_owned()
}

/// The first words of messages that continue the parameter's name, as in 'can't be blank'.
const PREDICATES: [&str; 4] = ["can't", "has", "is", "must"];

/// The error as a complete sentence that begins with the parameter's name.
fn summary(problem: &InputProblem) -> String {
    let message = english(&problem.error);
    let goes_on = message.split(' ').next().is_some_and(|first| PREDICATES.contains(&first));
    let between = if goes_on { " " } else { ": " };
    let subject = problem.place(parameter).map(|name| format!("{name}{between}")).unwrap_or_default();
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{subject}{message}{end}")
}

fn item(problem: &InputProblem) -> String {
    let message = english(&problem.error);
    match problem.place(parameter) {
        Some(name) => format!("{name}: {message}"),
        None => message,
    }
}

/// CoinGate's name of an input.
pub fn parameter(field: Field) -> Place {
    name(PARAMETERS, field)
}

const PARAMETERS: &FieldNames = &[
    (Field::DestinationAddress, "address"),
    (Field::DestinationNetwork, "platform_id"),
    (Field::Network, "platform_id"),
    (Field::DestinationMemo, "address_memo"),
    (Field::AmountCurrency, "currency_id"),
    (Field::Coin, "currency_id"),
    (Field::Funding, "ledger_account_id"),
];
