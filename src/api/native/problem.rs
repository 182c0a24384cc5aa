//! Errors as problem documents (RFC 9457): `type`, `title`, `status`, `detail`, and as extensions `code`, `errors` and
//! `requestId`.

use crate::{
    api::input::{
        idempotency,
        kind::{ErrorKind, Exceptions, exception, kind},
        problems::{Problems, UnsupportedRequest},
    },
    domain::error::{DomainError, ErrorCode},
    wire::schema,
};
use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// An answer other than success: at least one refusal.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    status: StatusCode,
    errors: Vec<DomainError>,
}

impl Problem {
    fn of(errors: Vec<DomainError>) -> Self {
        Self { status: status(common_code(&errors)), errors }
    }
}

/// The code of the whole. Different refusals have no common one but the most general; each has its own in `errors`.
fn common_code(errors: &[DomainError]) -> ErrorCode {
    match errors {
        [] => ErrorCode::Internal,
        [first, rest @ ..] if rest.iter().all(|other| other.code == first.code) => first.code,
        _ => ErrorCode::RequestMalformed,
    }
}

/// What a kind of refusal is answered with. 409 is for what was overtaken; a name that was used for another request is 422
/// (draft-ietf-httpapi-idempotency-key-header).
pub const fn usual(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::NotSignedIn => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Invalid | ErrorKind::NotPossible => StatusCode::BAD_REQUEST,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        ErrorKind::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The codes that are answered otherwise: as on Circle's surface, which alone has subscriptions.
pub const EXCEPTIONS: &Exceptions<StatusCode> =
    &[(StatusCode::TOO_MANY_REQUESTS, &[ErrorCode::SubscriptionLimitReached])];

fn status(code: ErrorCode) -> StatusCode {
    exception(EXCEPTIONS, code).unwrap_or_else(|| usual(kind(code)))
}

impl<P: Into<Problems>> From<P> for Problem {
    fn from(problems: P) -> Self {
        Self::of(problems.into().into_errors())
    }
}

impl From<UnsupportedRequest> for Problem {
    fn from(request: UnsupportedRequest) -> Self {
        Self { status: request.status(), errors: vec![DomainError::new(request.code(), request.message())] }
    }
}

/// What went wrong: a problem document (RFC 9457).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub struct Document<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[schema(value_type = schema::ErrorCode)]
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Item<'a>>,
    request_id: &'a str,
}

/// One thing that is wrong with one input.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemItem)]
struct Item<'a> {
    #[schema(value_type = schema::ErrorCode)]
    code: &'static str,
    detail: &'a str,
    #[serde(flatten)]
    place: Place,
}

/// Where it is: in the body (RFC 6901, as the fragment of a URI), in the query, or in a header.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProblemPlace)]
enum Place {
    Pointer(String),
    Parameter(String),
    Header(&'static str),
}

impl Place {
    fn of(code: ErrorCode, field: &str) -> Self {
        match field {
            idempotency::HEADER => Self::Header(idempotency::HEADER),
            parameter if code == ErrorCode::FilterInvalid => Self::Parameter(parameter.to_owned()),
            field => Self::Pointer(format!("#/{}", member(field).replace('.', "/"))),
        }
    }
}

/// The member of a request that an input of the domain is read from.
fn member(native: &str) -> Cow<'_, str> {
    match native {
        "amount" => "amount.amount".into(),
        "funding" => "fundingCurrency".into(),
        "destination.recipient" => "destination.addressBookId".into(),
        "destination.sender" => "destination.useOriginalSender".into(),
        "expected_refundable" => "expectedRefundable.amount".into(),
        "override_reason" => "overrideReason".into(),
        "fee_payer" => "feePayer".into(),
        "quote" => "quoteId".into(),
        "email" => "customerEmail".into(),
        "idempotency_key" => "idempotencyKey".into(),
        other => other.into(),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // The request's id is known to the layer below, which writes the body.
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes the problem that an answer carries, with the id under which the log knows the request.
pub async fn write(request: Request, next: Next) -> Response {
    let id = request.headers().get("x-request-id").cloned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let (mut parts, _) = response.into_parts();
    let id = id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or_default();
    let (document, status) = (document(&problem, id), parts.status);
    let body = Json(document).into_response();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        parts.headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, body.into_body())
}

fn document<'a>(problem: &'a Problem, request_id: &'a str) -> Document<'a> {
    let code = common_code(&problem.errors);
    let detail = match problem.errors.as_slice() {
        [only] => format!("{} {}", only.message, code.next_step()),
        many => format!("{} values of the request are missing or wrong.", many.len()),
    };
    let item = |error: &'a DomainError| {
        let place = Place::of(error.code, error.field.as_deref()?);
        Some(Item { code: error.code.as_str(), detail: &error.message, place })
    };
    Document {
        r#type: format!("urn:requite:problem:{code}"),
        title: problem.status.canonical_reason().unwrap_or("Error"),
        status: problem.status.as_u16(),
        detail,
        code: code.as_str(),
        errors: problem.errors.iter().filter_map(item).collect(),
        request_id,
    }
}
