//! Sandbox only: simulates what a customer or a network does. Circle's API does not have these operations.

use super::{
    dialect::{Caller, JsonObject},
    error::ApiError,
    mock_requests::{MockOutcome, MockPayment},
    requests::intent_location,
};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, path::PathId, problems::Problems, reader::Reader},
    },
    domain::{ids::PaymentId, intents::payment::PaymentStatus},
    service::{
        people::team,
        simulate::{self, SimulatedPayment},
    },
    state::Requite,
    wire::circle::TransferObject,
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Simulates a payment.
///
/// The payment arrives on the deposit address of the payment intent.
#[utoipa::path(
    post,
    path = "/mocks/paymentIntents/{id}/payments",
    operation_id = "mockPayment",
    tag = "Sandbox",
    params(("id" = uuid::Uuid, Path, description = "The payment intent.")),
    request_body = MockPayment,
    responses((status = 201, description = "The payment", body = TransferObject)),
)]
pub async fn create_payment(
    Caller { actor, .. }: Caller<scope::Payment>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, ApiError> {
    requite.settings.require_simulation()?;
    let id = id.intent()?;
    let MockPayment { amount, outcome, chain } = Reader::new(&body).body()?;
    let status = outcome.unwrap_or(PaymentStatus::Paid);
    let simulated = SimulatedPayment { amount, network: chain, status };
    let merchant = team::merchant(&requite.store, &actor).await?;
    let payment = simulate::payment((&requite).into(), &requite.context(), &actor, id, simulated)
        .await
        .map_err(|error| Problems::from(error).at_places(intent_location))?;
    Ok(data(StatusCode::CREATED, TransferObject::payment(payment, None, &merchant)))
}

/// Simulates the end of a pending payment.
#[utoipa::path(
    post,
    path = "/mocks/payments/{id}",
    operation_id = "finishMockPayment",
    tag = "Sandbox",
    params(("id" = uuid::Uuid, Path, description = "The payment.")),
    request_body = MockOutcome,
    responses((status = 200, description = "The payment", body = TransferObject)),
)]
pub async fn finish_payment(
    Caller { actor, .. }: Caller<scope::Payment>,
    State(requite): State<Requite>,
    id: PathId,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, ApiError> {
    requite.settings.require_simulation()?;
    let id = PaymentId(id.transfer()?);
    let MockOutcome { outcome } = Reader::new(&body).body()?;
    let merchant = team::merchant(&requite.store, &actor).await?;
    let payment = simulate::finish_payment((&requite).into(), &requite.context(), &actor, id, outcome.0).await?;
    Ok(data(StatusCode::OK, TransferObject::payment(payment, None, &merchant)))
}
