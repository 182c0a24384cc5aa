//! Errors as problem documents (RFC 9457): `type`, `title`, `status`, `detail`, and as extensions `code`, `errors` and
//! `requestId`.

use crate::wire::schema;
use crate::{
    api::{
        circle::error::{ApiError, circle, unknown},
        idempotency,
    },
    domain::error::{DomainError, ErrorCode},
    error::Error,
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

/// What is read of a request by what the surfaces share; its refusal becomes a problem.
pub type Read<T> = Result<T, ApiError>;

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

/// The status of each reason is the one that Circle's surface has, but that 409 is for a request of the same name that is still
/// under way (draft-ietf-httpapi-idempotency-key-header), and a name that was used for another one is 422.
const fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        _ => circle(code).0,
    }
}

impl From<DomainError> for Problem {
    fn from(error: DomainError) -> Self {
        Self::of(vec![error])
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        error.into_domain_error().into()
    }
}

/// The reading of requests is shared with Circle's surface, and so are its errors; only their shape differs.
impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Refused(problems) => Self::of(problems.into_iter().map(|problem| problem.error).collect()),
            ApiError::Unknown { status, message } => {
                Self { status, errors: vec![DomainError::new(unknown(status), message)] }
            }
        }
    }
}

/// What somebody typed may be wrong in several ways.
impl From<Vec<DomainError>> for Problem {
    fn from(errors: Vec<DomainError>) -> Self {
        Self::of(errors)
    }
}

/// The path has no such method.
pub async fn method_not_allowed() -> Problem {
    ApiError::method_not_allowed().into()
}

/// Nothing has this path.
pub fn no_such_path() -> Problem {
    ApiError::no_such_path().into()
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
