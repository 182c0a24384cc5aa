//! Quotes: the cost of a refund, before it is created.

use super::{
    dialect::{Caller, JsonObject},
    problem::Problem,
    requests::{self, NewQuote},
};
use crate::{
    api::{
        envelope::data,
        input::{access::scope, problems::Problems},
    },
    domain::{address::network::Network, ids::QuoteId, names::Named, refunds::quote::Quote},
    service::{pairs, refunds::quote},
    state::Requite,
    wire::{
        circle::{MoneyObject, utc},
        schema,
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa::ToSchema;

/// A quote. `amount` is deducted from the refundable amount of the payment intent. `send` is what the customer
/// receives: the amount at `coinRate`, minus the network fee if the customer pays it. `total` is what the balance pays:
/// `debit` plus `networkFee`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Quote)]
struct QuoteResponse {
    #[schema(value_type = Uuid)]
    id: QuoteId,
    network: Network,
    amount: MoneyObject,
    send: MoneyObject,
    debit: MoneyObject,
    network_fee: MoneyObject,
    /// When the network fee was determined.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    network_fee_date: Option<String>,
    #[schema(value_type = schema::FeePayer)]
    fee_payer: &'static str,
    total: MoneyObject,
    coin_rate: String,
    rate: String,
    rate_source: String,
    #[schema(format = DateTime)]
    rate_date: String,
    #[schema(format = DateTime)]
    create_date: String,
    #[schema(format = DateTime)]
    expires_on: String,
}

impl From<Quote> for QuoteResponse {
    fn from(quote: Quote) -> Self {
        let terms = quote.terms;
        Self {
            id: quote.id,
            network: terms.network,
            amount: terms.amount.into(),
            send: terms.send.into(),
            debit: terms.debit.into(),
            network_fee: terms.fee.into(),
            network_fee_date: terms.fee_at.map(utc),
            fee_payer: terms.fee_payer.as_str(),
            total: terms.total.into(),
            coin_rate: terms.coin_rate.to_string(),
            rate: terms.rate.to_string(),
            rate_source: terms.rate_source,
            rate_date: utc(terms.rate_at),
            create_date: utc(quote.created_at),
            expires_on: utc(quote.expires_at),
        }
    }
}

/// Creates a quote for a refund.
///
/// A refund with this `quoteId` has the quote's terms, until `expiresOn`.
#[utoipa::path(
    post,
    path = "/quotes",
    operation_id = "createQuote",
    tag = "Quotes",
    request_body = NewQuote,
    responses((status = 201, description = "The quote", body = QuoteResponse)),
)]
pub async fn create(
    Caller { actor, .. }: Caller<scope::Refund>,
    State(requite): State<Requite>,
    JsonObject { body, .. }: JsonObject,
) -> Result<Response, Problem> {
    let request = requests::quote(&body, &pairs::sent(requite.chain.as_ref()))?;
    let quote = quote::create((&requite).into(), &requite.context(), &actor, &request)
        .await
        .map_err(|error| Problems::from(error).at_places(|field| requests::quote_place(&body, field)))?;
    Ok(data(StatusCode::CREATED, QuoteResponse::from(quote)))
}
