//! Circle's error body `{code, message, errors}` (1.8), and the one table from Requite's codes to Circle's.

use crate::domain::error::{DomainError, ErrorCode};
use crate::wire::schema;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE},
    response::{IntoResponse, Response},
};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use utoipa::ToSchema;

/// The status and Circle's code of each reason. No wildcard: a new reason has to be placed here before it compiles.
pub const fn circle(code: ErrorCode) -> (StatusCode, i32) {
    use ErrorCode as E;
    match code {
        // Section 1.8 names both 1 and 401 for a missing or wrong key; the vendor's own OpenAPI file says 401.
        E::NotSignedIn | E::InvalidCredentials | E::InvalidApiKey => (StatusCode::UNAUTHORIZED, 401),
        // Codes are asked of people only, so that no program ever meets these.
        E::SecondFactorMissing | E::SecondFactorWrong => (StatusCode::FORBIDDEN, 3),
        E::Forbidden | E::OwnRefund | E::SandboxOnly | E::ApiKeyNotFromHere => (StatusCode::FORBIDDEN, 3),
        // Circle's number is for its payment intents, payments and refunds; a webhook's id gets the same.
        E::NotFound => (StatusCode::NOT_FOUND, 1051),
        E::RequestMalformed
        | E::Required
        | E::TextInvalid
        | E::FilterInvalid
        | E::IdempotencyKeyInvalid
        | E::EmailInvalid
        | E::QuoteMismatch
        | E::PaymentNotPossible
        | E::WebhookUrlInvalid
        | E::WebhookEventUnknown
        | E::WebhookLimitReached
        | E::ApiKeyScopeInvalid
        | E::ApiKeyAddressInvalid
        | E::ApiKeyLimitReached
        | E::ConfirmationMissing => (StatusCode::BAD_REQUEST, 2),
        E::RequestTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, 2),
        // Circle's document has a 429 for one subscription too many, as for one request too many.
        E::RateLimited | E::SubscriptionLimitReached => (StatusCode::TOO_MANY_REQUESTS, 429),
        E::IdempotencyKeyReused => (StatusCode::CONFLICT, 1083),
        E::CurrencyUnknown | E::CurrencyMismatch => (StatusCode::BAD_REQUEST, 1078),
        E::AmountMalformed | E::AmountNotPositive | E::AmountTooPrecise | E::AmountTooLarge | E::AmountBelowFee => {
            (StatusCode::BAD_REQUEST, 1077)
        }
        E::RecipientExists => (StatusCode::BAD_REQUEST, 2003),
        E::RecipientInactive => (StatusCode::BAD_REQUEST, 5003),
        E::RecipientNotFound => (StatusCode::BAD_REQUEST, 5004),
        E::SenderUnknown | E::SenderAmbiguous => (StatusCode::BAD_REQUEST, 5011),
        E::NetworkUnknown => (StatusCode::BAD_REQUEST, 2005),
        E::PairUnsupported => (StatusCode::BAD_REQUEST, 5015),
        E::AddressInvalid
        | E::AddressIsOwn
        | E::AddressLooksAlike
        | E::DestinationNotAllowed
        | E::DestinationDenied => (StatusCode::BAD_REQUEST, 5014),
        E::MemoNotSupported | E::MemoMissing | E::MemoInvalid | E::MemoConflict => (StatusCode::BAD_REQUEST, 5011),
        E::IntentNotPaid | E::PaymentPending | E::RefundWindowClosed => (StatusCode::BAD_REQUEST, 1085),
        // A limit of the merchant's own: nothing that Circle has a code for but that of a wrong amount.
        E::RefundLimitExceeded | E::DailyLimitExceeded => (StatusCode::BAD_REQUEST, 1077),
        E::PolicyStale
        | E::DenyListOlder
        | E::ApprovalNotPossible
        | E::ApprovalStale
        | E::ConfirmationNotPossible
        | E::RefundNotSettleable
        | E::RateMoved
        | E::SecondFactorActive => (StatusCode::CONFLICT, 1085),
        E::AmountExceedsRefundable | E::NothingLeftToRefund | E::NothingOverpaid => (StatusCode::BAD_REQUEST, 1087),
        E::WebhookDisabled => (StatusCode::CONFLICT, 2),
        // Right when it was asked, overtaken since: a conflict, and nothing that Circle has a finer code for.
        E::ExpectedRefundableStale | E::QuoteExpired => (StatusCode::CONFLICT, 1085),
        E::InsufficientBalance => (StatusCode::BAD_REQUEST, 1093),
        E::IntentNotExpirable | E::OrderNotCancelable => (StatusCode::BAD_REQUEST, 1084),
        E::RateUnavailable | E::RateStale | E::RailUnavailable | E::MailUnavailable => {
            (StatusCode::SERVICE_UNAVAILABLE, -1)
        }
        E::Internal => (StatusCode::INTERNAL_SERVER_ERROR, -1),
    }
}

/// Longer values are not repeated in the answer.
const ECHO_MAX: usize = 128;

/// One thing that is wrong with a request. The refusal's field is a location in Circle's spelling.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong and where.
    pub error: DomainError,
    /// What was sent there, when it is short.
    pub invalid_value: Option<Value>,
    /// The bound that was overstepped, where whoever noticed it knows more of it than its code says.
    pub constraints: Option<Value>,
}

impl From<DomainError> for Problem {
    fn from(error: DomainError) -> Self {
        Self { error, invalid_value: None, constraints: None }
    }
}

/// A value as it is repeated in the answer: when it is simple and short.
pub fn echo(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => (text.len() <= ECHO_MAX).then(|| value.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.clone()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An answer other than success.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The request is refused, for at least one reason.
    Refused(Vec<Problem>),
    /// It is not a request that this API knows; no rule of Requite has a say.
    Unknown {
        /// The status, which is also Circle's code then, as in the vendor's OpenAPI file.
        status: StatusCode,
        /// What to do instead.
        message: &'static str,
    },
}

impl ApiError {
    /// No route has this path.
    pub const fn no_such_path() -> Self {
        let message = "There is nothing at this path. Check the path and the base address.";
        Self::Unknown { status: StatusCode::NOT_FOUND, message }
    }

    /// The route has no such method.
    pub const fn method_not_allowed() -> Self {
        let message = "This path does not take this method. The Allow header lists those that it takes.";
        Self::Unknown { status: StatusCode::METHOD_NOT_ALLOWED, message }
    }

    /// The body is announced as something else than JSON.
    pub const fn not_json() -> Self {
        let message = "The body must be JSON. Send it with 'Content-Type: application/json'.";
        Self::Unknown { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, message }
    }

    /// The same error with what the request had at each location, where that is short and not said yet: a rule that refuses a value
    /// has not seen how it was written.
    #[must_use]
    pub fn with_values_of(mut self, body: &Value) -> Self {
        if let Self::Refused(problems) = &mut self {
            for problem in problems.iter_mut().filter(|problem| problem.invalid_value.is_none()) {
                let Some(field) = problem.error.field.as_deref() else { continue };
                problem.invalid_value = body.pointer(&format!("/{}", field.replace('.', "/"))).and_then(echo);
            }
        }
        self
    }

    /// The same error with its native field names turned into Circle's locations.
    #[must_use]
    pub fn located(mut self, location: impl Fn(&str) -> Cow<'static, str>) -> Self {
        if let Self::Refused(problems) = &mut self {
            for problem in problems {
                problem.error.field = problem.error.field.as_deref().map(&location);
            }
        }
        self
    }
}

impl From<DomainError> for ApiError {
    fn from(error: DomainError) -> Self {
        Self::Refused(vec![error.into()])
    }
}

impl From<Vec<DomainError>> for ApiError {
    fn from(errors: Vec<DomainError>) -> Self {
        Self::Refused(errors.into_iter().map(Problem::from).collect())
    }
}

impl From<crate::store::Error> for ApiError {
    fn from(error: crate::store::Error) -> Self {
        crate::error::Error::from(error).into()
    }
}

impl From<crate::error::Error> for ApiError {
    fn from(error: crate::error::Error) -> Self {
        error.into_domain_error().into()
    }
}

/// What went wrong, in Circle's shape.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CircleError)]
pub struct Body {
    code: i32,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Item>,
    #[schema(value_type = schema::ErrorCode)]
    requite_code: &'static str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CircleErrorItem)]
struct Item {
    error: &'static str,
    message: Cow<'static, str>,
    location: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    invalid_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    constraints: Option<Value>,
    #[schema(value_type = schema::ErrorCode)]
    requite_code: &'static str,
}

impl Item {
    fn of(problem: Problem) -> Option<Self> {
        let DomainError { code, message, field, most } = problem.error;
        let (error, constraints) = word(code, most);
        let (invalid_value, constraints) = (problem.invalid_value, problem.constraints.or(constraints));
        Some(Self { error, message, location: field?, invalid_value, constraints, requite_code: code.as_str() })
    }
}

/// The code of a request that this API does not know.
pub fn unknown(status: StatusCode) -> ErrorCode {
    if status == StatusCode::NOT_FOUND { ErrorCode::NotFound } else { ErrorCode::RequestMalformed }
}

/// Circle's word for what is wrong with one input, and the bound that was overstepped (1.8).
fn word(code: ErrorCode, most: Option<Decimal>) -> (&'static str, Option<Value>) {
    match code {
        ErrorCode::Required => ("required", None),
        ErrorCode::AmountNotPositive => ("min_value", Some(json!({"min": "0", "inclusive": false}))),
        ErrorCode::AmountTooLarge => ("max_value", Some(json!({"max": "10000000000", "inclusive": false}))),
        ErrorCode::AmountExceedsRefundable | ErrorCode::RefundLimitExceeded => {
            ("max_value", most.map(|most| json!({"max": most.to_string(), "inclusive": true})))
        }
        ErrorCode::AmountTooPrecise | ErrorCode::AmountMalformed => ("number_format", None),
        _ => ("invalid_value", None),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::Unknown { status, message } => {
                let code = unknown(status);
                let message = message.to_owned();
                (status, Body { code: status.as_u16().into(), message, errors: vec![], requite_code: code.as_str() })
            }
            Self::Refused(problems) => refused(problems),
        };
        let mut response = (status, Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110, section 11.6.1: a 401 names the scheme.
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn refused(problems: Vec<Problem>) -> (StatusCode, Body) {
    let summary = match problems.as_slice() {
        [] => DomainError::new(ErrorCode::Internal, "Something went wrong on our side."),
        [only] => only.error.clone(),
        [first, rest @ ..] => {
            let alike = rest.iter().all(|other| other.error.code == first.error.code);
            // Different problems have no common code but the most general one; each has its own in `errors`.
            let code = if alike { first.error.code } else { ErrorCode::RequestMalformed };
            DomainError::new(code, format!("{} values of the request are missing or wrong.", problems.len()))
        }
    };
    let (status, code) = circle(summary.code);
    let message = format!("{} {}", summary.message, summary.code.next_step());
    let errors = problems.into_iter().filter_map(Item::of).collect();
    (status, Body { code, message, errors, requite_code: summary.code.as_str() })
}
