//! The log of callbacks, which CoinGate calls API callbacks, and the attempts to send each.

use super::{
    dialect::Caller,
    error::{ApiError, ErrorSubject},
    orders::page,
    parameters::{Parameters, whole_number},
    request_schemas::ListParameters,
    responses::PageResponse,
};
use crate::{
    api::input::{access::scope, path::PathNumber},
    domain::error::{DomainError, ErrorCode},
    service::webhooks::coingate_callbacks,
    state::Requite,
    store::{
        notifications::coingate_callbacks::{CallbackFilter, LoggedCallback},
        webhooks::deliveries::DeliveryAttempt,
    },
    wire::coingate::{self, callback, time},
};
use axum::{Json, extract::State, response::IntoResponse};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = ApiCallback)]
struct CallbackResponse {
    id: i64,
    /// `Order` or `MerchantRefund`.
    callbackable_type: &'static str,
    /// The number of the order or refund.
    callbackable_id: i64,
    #[schema(value_type = coingate::schema::CallbackStatus)]
    status: &'static str,
    /// The number of attempts so far.
    retries: i64,
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<&LoggedCallback> for CallbackResponse {
    fn from(callback: &LoggedCallback) -> Self {
        Self {
            id: callback::number(callback.number, callback.format),
            callbackable_type: callback::subject_name(callback.format),
            callbackable_id: callback.body.get("id").and_then(Value::as_i64).unwrap_or_default(),
            status: callback::status(callback.state, callback.attempts),
            retries: callback.attempts,
            created_at: time(callback.created_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = ApiCallbacks)]
struct CallbacksResponse {
    #[serde(flatten)]
    page: PageResponse,
    total_api_callbacks: i64,
    api_callbacks: Vec<CallbackResponse>,
}

/// Lists callbacks, the newest first.
#[utoipa::path(
    get,
    path = "/api_callbacks",
    operation_id = "listApiCallbacks",
    tag = "Callbacks",
    params(
        ListParameters,
        (
            "callbackable_type" = Option<coingate::schema::CallbackSubject>,
            Query,
            description = "Only callbacks of orders, or of refunds. There are none of CoinGate's other resources.",
        ),
        ("callbackable_id" = Option<i64>, Query, description = "Only callbacks of the order or refund with this number."),
    ),
    responses((status = 200, description = "A page of callbacks", body = CallbacksResponse)),
)]
pub async fn list(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    mut parameters: Parameters,
) -> Result<impl IntoResponse, ApiError> {
    let subject = parameters.optional("callbackable_type", |text| {
        callback::subject(text).ok_or_else(|| {
            let known = callback::SUBJECTS.join(", ");
            DomainError::plain(ErrorCode::FilterInvalid, format!("is not one of {known}"))
        })
    });
    let subject_number = parameters.optional("callbackable_id", whole_number);
    let page = page(&mut parameters, false);
    let page = parameters.finish(ErrorSubject::Request, || Some(page))?;
    let (callbacks, total) = match subject {
        // A resource that only CoinGate has.
        Some(None) => (Vec::new(), 0),
        _ => {
            let filter = CallbackFilter { format: subject.flatten(), subject_number };
            coingate_callbacks::list(&requite.store, &actor, &filter, page).await?
        }
    };
    let api_callbacks = callbacks.iter().map(CallbackResponse::from).collect();
    Ok(Json(CallbacksResponse { page: PageResponse::new(page, total), total_api_callbacks: total, api_callbacks }))
}

/// An attempt to send a callback.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiCallbackRetry)]
struct RetryResponse {
    #[schema(format = Uuid)]
    id: String,
    api_callback_id: i64,
    /// The HTTP status of the response; `null` if there was none.
    #[schema(required, example = "500")]
    response_status: Option<String>,
    /// What was sent, without the order's token.
    #[schema(value_type = Object)]
    callback_params: Value,
    #[schema(format = DateTime)]
    created_at: String,
}

impl RetryResponse {
    fn new(callback: &LoggedCallback, attempt: &DeliveryAttempt) -> Self {
        Self {
            id: attempt.id.to_string(),
            api_callback_id: callback::number(callback.number, callback.format),
            response_status: attempt.record.response_status.map(|status| status.to_string()),
            callback_params: callback::without_token(&callback.body),
            created_at: time(attempt.record.at),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = ApiCallbackRetries)]
struct RetriesResponse {
    retries: Vec<RetryResponse>,
}

/// Lists the attempts to send a callback, the newest first.
#[utoipa::path(
    get,
    path = "/api_callbacks/{id}/retries",
    operation_id = "listApiCallbackRetries",
    tag = "Callbacks",
    params(("id" = i64, Path, minimum = 1, description = "The callback's number.")),
    responses((status = 200, description = "The attempts", body = RetriesResponse)),
)]
pub async fn retries(
    Caller { actor, .. }: Caller<scope::Read>,
    State(requite): State<Requite>,
    number: PathNumber,
) -> Result<impl IntoResponse, ApiError> {
    let unknown = || ApiError::of(ErrorSubject::ApiCallback, DomainError::not_found("error-unknown-callback"));
    let (number, format) = callback::of_number(number.0.ok_or_else(unknown)?);
    let (callback, attempts) = coingate_callbacks::attempts(&requite.store, &actor, number, format)
        .await
        .map_err(ApiError::for_subject(ErrorSubject::ApiCallback))?;
    let retries = attempts.iter().map(|attempt| RetryResponse::new(&callback, attempt)).collect();
    Ok(Json(RetriesResponse { retries }))
}
