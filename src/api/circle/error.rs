//! Circle's error body `{code, message, errors}`, and the status and Circle's number for each code.

use crate::{
    api::input::{
        exceptions::{Exceptions, exception},
        problems::{InputProblem, Problems, UnsupportedRequest},
    },
    domain::error::{DomainError, ErrorCode, ErrorKind, Field},
    languages::Language,
    texts::errors::{english, next_step},
    wire::schema,
};
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

/// A status with Circle's number for it.
pub type StatusAndCode = (StatusCode, i32);

/// The default response to a kind of error.
pub const fn default_answer(kind: ErrorKind) -> StatusAndCode {
    match kind {
        // Section 1.8 names both 1 and 401 for a missing or wrong key; the vendor's own OpenAPI file says 401.
        ErrorKind::NotSignedIn => (StatusCode::UNAUTHORIZED, 401),
        ErrorKind::Forbidden => (StatusCode::FORBIDDEN, 3),
        // 1051 is Circle's 'not found' for payment intents, payments and refunds; other ids get the same number.
        ErrorKind::NotFound => (StatusCode::NOT_FOUND, 1051),
        ErrorKind::Invalid | ErrorKind::NotPossible => (StatusCode::BAD_REQUEST, 2),
        ErrorKind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, 2),
        // The state has changed since the caller read it. Circle has no more specific number.
        ErrorKind::Conflict => (StatusCode::CONFLICT, 1085),
        ErrorKind::KeyReused => (StatusCode::CONFLICT, 1083),
        ErrorKind::RateLimited => (StatusCode::TOO_MANY_REQUESTS, 429),
        ErrorKind::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, -1),
        ErrorKind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, -1),
    }
}

/// Codes with their own number in Circle's API, or with a different status.
pub const EXCEPTIONS: &Exceptions<StatusAndCode> = {
    use ErrorCode as E;
    const BAD: StatusCode = StatusCode::BAD_REQUEST;
    &[
        // Circle's document uses 429 both for too many subscriptions and for too many requests.
        ((StatusCode::TOO_MANY_REQUESTS, 429), &[E::SubscriptionLimitReached]),
        ((StatusCode::CONFLICT, 2), &[E::WebhookDisabled]),
        ((BAD, 1078), &[E::CurrencyUnknown, E::CurrencyMismatch]),
        (
            (BAD, 1077),
            &[
                E::AmountMalformed,
                E::AmountNotPositive,
                E::AmountTooPrecise,
                E::AmountTooLarge,
                E::AmountBelowFee,
                // A limit set by the merchant. Circle's closest number is that of an invalid amount.
                E::RefundLimitExceeded,
                E::DailyLimitExceeded,
            ],
        ),
        ((BAD, 1084), &[E::IntentNotExpirable, E::OrderNotCancelable]),
        ((BAD, 1085), &[E::IntentNotPaid, E::PaymentPending, E::PaymentLost, E::RefundWindowClosed]),
        ((BAD, 1087), &[E::AmountExceedsRefundable, E::NothingLeftToRefund, E::NothingOverpaid]),
        ((BAD, 1093), &[E::InsufficientBalance]),
        ((BAD, 2003), &[E::RecipientExists]),
        ((BAD, 2005), &[E::NetworkUnknown]),
        ((BAD, 5003), &[E::RecipientInactive]),
        ((BAD, 5004), &[E::RecipientNotFound]),
        (
            (BAD, 5011),
            &[
                E::MemoNotSupported,
                E::MemoMissing,
                E::MemoInvalid,
                E::MemoConflict,
                E::SenderUnknown,
                E::SenderAmbiguous,
            ],
        ),
        (
            (BAD, 5014),
            &[
                E::AddressInvalid,
                E::AddressIsOwn,
                E::AddressLooksAlike,
                E::AddressIsContract,
                E::AddressPaidBefore,
                E::AddressIsToken,
                E::AddressNotOnNetwork,
                E::AddressBlocked,
                E::DestinationNotAllowed,
                E::DestinationDenied,
            ],
        ),
        ((BAD, 5015), &[E::PairUnsupported]),
    ]
};

/// The status and Circle's number for a code.
pub fn circle(code: ErrorCode) -> StatusAndCode {
    exception(EXCEPTIONS, code).unwrap_or_else(|| default_answer(code.kind()))
}

/// An error response.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The request is refused, for at least one reason.
    Refused(Problems),
    /// The API has no such path, method or content type.
    Unsupported(UnsupportedRequest),
}

impl<P: Into<Problems>> From<P> for ApiError {
    fn from(problems: P) -> Self {
        Self::Refused(problems.into())
    }
}

impl From<UnsupportedRequest> for ApiError {
    fn from(request: UnsupportedRequest) -> Self {
        Self::Unsupported(request)
    }
}

/// An error in Circle's format. `code` is Circle's number.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CircleError)]
pub struct ErrorResponse {
    code: i32,
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<CircleErrorItem>,
    #[schema(value_type = schema::ErrorCode)]
    requite_code: &'static str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CircleErrorItem)]
struct CircleErrorItem {
    error: &'static str,
    message: String,
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

impl CircleErrorItem {
    fn of(problem: InputProblem) -> Option<Self> {
        let location = problem.place(Field::name)?;
        let (message, DomainError { code, most, .. }) = (english(&problem.error), problem.error);
        let (error, constraints) = keyword(code, most);
        let (invalid_value, constraints) = (problem.invalid_value, problem.constraints.or(constraints));
        Some(Self { error, message, location, invalid_value, constraints, requite_code: code.as_str() })
    }
}

/// The bound that an item names next to its keyword.
#[derive(Clone, Copy)]
enum Bound {
    None,
    /// More than this amount.
    Above(&'static str),
    /// Less than this amount.
    Below(&'static str),
    /// At most what the error says.
    AtMost,
}

/// Circle's keywords for errors of an input. Every other error of an input is an `invalid_value`.
const KEYWORDS: &Exceptions<(&str, Bound)> = &[
    (("required", Bound::None), &[ErrorCode::Required]),
    (("min_value", Bound::Above("0")), &[ErrorCode::AmountNotPositive]),
    (("max_value", Bound::Below("10000000000")), &[ErrorCode::AmountTooLarge]),
    (("max_value", Bound::AtMost), &[ErrorCode::AmountExceedsRefundable, ErrorCode::RefundLimitExceeded]),
    (("number_format", Bound::None), &[ErrorCode::AmountTooPrecise, ErrorCode::AmountMalformed]),
];

/// Circle's keyword for an input error, and the limit that was exceeded.
fn keyword(code: ErrorCode, most: Option<Decimal>) -> (&'static str, Option<Value>) {
    let (keyword, bound) = exception(KEYWORDS, code).unwrap_or(("invalid_value", Bound::None));
    let constraints = match bound {
        Bound::None => None,
        Bound::Above(min) => Some(json!({"min": min, "inclusive": false})),
        Bound::Below(max) => Some(json!({"max": max, "inclusive": false})),
        Bound::AtMost => most.map(|most| json!({"max": most.to_string(), "inclusive": true})),
    };
    (keyword, constraints)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::Unsupported(request) => unsupported(request),
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

/// As in the vendor's OpenAPI file, the number equals the status.
fn unsupported(request: UnsupportedRequest) -> (StatusCode, ErrorResponse) {
    let (status, message) = (request.status(), request.message().to_owned());
    let requite_code = request.code().as_str();
    (status, ErrorResponse { code: status.as_u16().into(), message, errors: Vec::new(), requite_code })
}

fn refused(problems: Problems) -> (StatusCode, ErrorResponse) {
    let summary = match problems.as_slice() {
        [] => DomainError::plain(ErrorCode::Internal, "Something went wrong on our side."),
        [only] => only.error.clone(),
        many => DomainError::plain(
            problems.common_code(),
            format!("{} values of the request are missing or wrong.", many.len()),
        ),
    };
    let (status, code) = circle(summary.code);
    // The items say what is wrong with each value; the next step of one code would be about none of them.
    let next = if problems.as_slice().len() > 1 {
        "Each is in 'errors'.".to_owned()
    } else {
        next_step(Language::english(), summary.code)
    };
    let message = format!("{} {next}", english(&summary));
    let errors = problems.into_vec().into_iter().filter_map(CircleErrorItem::of).collect();
    (status, ErrorResponse { code, message, errors, requite_code: summary.code.as_str() })
}
