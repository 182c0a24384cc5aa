//! The link that confirms a notification subscription. It was sent to the subscription's URL and contains an
//! unguessable token, so it needs no API key. The response has the format of Amazon
//! SNS.

use crate::{
    error::{Error, with_causes},
    service::webhooks::circle_subscriptions,
    state::Requite,
    wire::circle::notification::CONFIRMATION_PATH,
};
use axum::{
    Router,
    extract::{Query, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct SubscriptionQuery {
    token: String,
}

/// The route.
pub fn router(requite: Requite) -> Router {
    Router::new().route(CONFIRMATION_PATH, get(confirm)).with_state(requite)
}

async fn confirm(State(requite): State<Requite>, Query(visit): Query<SubscriptionQuery>) -> Response {
    match circle_subscriptions::confirm(&requite.store, &requite.context(), &visit.token).await {
        Ok(subscription) => {
            let result = format!("<SubscriptionArn>{}</SubscriptionArn>", subscription.arn());
            let result = format!("<ConfirmSubscriptionResult>{result}</ConfirmSubscriptionResult>");
            answer(StatusCode::OK, "ConfirmSubscriptionResponse", &result)
        }
        Err(Error::Refused(_)) => {
            let message = "This link is not one of a subscription, or its time is over.";
            let error =
                format!("<Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>{message}</Message></Error>");
            answer(StatusCode::NOT_FOUND, "ErrorResponse", &error)
        }
        Err(error) => {
            tracing::error!(error = %with_causes(&error), "a subscription cannot be confirmed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Builds the XML response. Nothing is escaped, because `inside` contains no external input.
fn answer(status: StatusCode, name: &str, inside: &str) -> Response {
    let body = format!("<{name} xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">{inside}</{name}>\n");
    (status, [(CONTENT_TYPE, "text/xml; charset=utf-8")], body).into_response()
}
