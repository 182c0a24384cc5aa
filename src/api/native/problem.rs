//! Errors as problem documents (RFC 9457): `type`, `title`, `status`, `detail`, and as extensions `code`, `errors` and
//! `requestId`.

use crate::{
    api::input::{
        exceptions::{Exceptions, exception},
        field_names::{FieldNames, Place, name},
        idempotency,
        problems::{InputProblem, Problems, UnsupportedRequest},
    },
    domain::error::{DomainError, ErrorCode, ErrorKind, Field},
    languages::Language,
    texts::errors::{english, next_step},
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
use serde_json::{Value, json};
use utoipa::ToSchema;

/// An error response.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    status: StatusCode,
    problems: Problems,
}

/// The default status of a kind of error. 409 means that the state has changed; an idempotency key that was used for a
/// different request is 422 (draft-ietf-httpapi-idempotency-key-header).
pub const fn default_status(kind: ErrorKind) -> StatusCode {
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

/// Codes with a different status: the same as on Circle's surface, the only one with subscriptions.
pub const EXCEPTIONS: &Exceptions<StatusCode> =
    &[(StatusCode::TOO_MANY_REQUESTS, &[ErrorCode::SubscriptionLimitReached])];

fn status(code: ErrorCode) -> StatusCode {
    exception(EXCEPTIONS, code).unwrap_or_else(|| default_status(code.kind()))
}

impl<P: Into<Problems>> From<P> for Problem {
    fn from(problems: P) -> Self {
        let problems = problems.into();
        Self { status: status(problems.common_code()), problems }
    }
}

impl From<UnsupportedRequest> for Problem {
    fn from(request: UnsupportedRequest) -> Self {
        let error = DomainError::plain(request.code(), request.message());
        Self { status: request.status(), problems: error.into() }
    }
}

/// An error as a problem document (RFC 9457).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub struct ProblemDocument<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    #[schema(value_type = schema::ErrorCode)]
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemItem>,
    request_id: &'a str,
}

/// One error of one input, with its place.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemItem)]
struct ProblemItem {
    #[schema(value_type = schema::ErrorCode)]
    code: &'static str,
    detail: String,
    /// A JSON pointer to the input in the body, as a URI fragment (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pointer: Option<String>,
    /// The parameter in the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    parameter: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    header: Option<&'static str>,
}

impl ProblemItem {
    fn new(error: &DomainError, place: Place) -> Self {
        let item =
            Self { code: error.code.as_str(), detail: english(error), pointer: None, parameter: None, header: None };
        if place == idempotency::HEADER {
            Self { header: Some(idempotency::HEADER), ..item }
        } else if error.code == ErrorCode::FilterInvalid {
            Self { parameter: Some(place), ..item }
        } else {
            Self { pointer: Some(format!("#/{}", place.replace('.', "/"))), ..item }
        }
    }
}

/// The member of a request that a field of the domain is read from.
pub fn member(field: Field) -> Place {
    name(MEMBERS, field)
}

const MEMBERS: &FieldNames = &[
    (Field::Amount, "amount.amount"),
    (Field::Funding, "fundingCurrency"),
    (Field::DestinationRecipient, "destination.addressBookId"),
    (Field::DestinationSender, "destination.useOriginalSender"),
    (Field::ExpectedRefundable, "expectedRefundable.amount"),
    (Field::OverrideReason, "overrideReason"),
    (Field::FeePayer, "feePayer"),
    (Field::Quote, "quoteId"),
    (Field::Email, "customerEmail"),
    (Field::IdempotencyKey, "idempotencyKey"),
];

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // The layer with `write` adds the body, because it knows the request's id.
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A layer that writes the problem document of an error response, with the request's id.
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

/// The document of an error without places, as an example.
pub fn example(status: u16, code: ErrorCode, detail: String) -> Value {
    let title = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
    json!({
        "type": format!("urn:requite:problem:{code}"),
        "title": title,
        "status": status,
        "detail": detail,
        "code": code.as_str(),
        "requestId": "7d3f0f35-2b8e-4f0e-9f43-0a1d7b7e3c52",
    })
}

fn document<'a>(problem: &Problem, request_id: &'a str) -> ProblemDocument<'a> {
    let code = problem.problems.common_code();
    let problems = problem.problems.as_slice();
    let detail = match problems {
        [only] => format!("{} {}", english(&only.error), next_step(Language::english(), code)),
        many => format!("{} values of the request are missing or wrong.", many.len()),
    };
    let item = |problem: &InputProblem| Some(ProblemItem::new(&problem.error, problem.place(member)?));
    ProblemDocument {
        r#type: format!("urn:requite:problem:{code}"),
        title: problem.status.canonical_reason().unwrap_or("Error"),
        status: problem.status.as_u16(),
        detail,
        code: code.as_str(),
        errors: problems.iter().filter_map(item).collect(),
        request_id,
    }
}
