//! Refunds in responses of Requite's own surface.

use super::transfer_response::TransferResponse;
use crate::{
    domain::{
        address::network::Network,
        ids::{PaymentIntentId, QuoteId, RefundId},
        money::Money,
        names::Named,
        policy::recorded_checks::RecordedCheck,
        refunds::{
            quote::{Quote, QuoteTerms},
            refund::{Refund, RefundStep, RejectionType},
            transfer::HeldReason,
            warning::Warning,
        },
    },
    languages::Language,
    service::refunds::{approval::ApprovalReview, transfer::TransferView},
    texts::{errors, next_steps},
    wire::{
        circle::{MoneyObject, utc},
        schema,
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A refund. `amount` is deducted from the refundable amount of the payment intent, `send` is what the customer
/// receives, and `total` is what the balance pays.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Refund)]
pub struct RefundResponse {
    #[schema(value_type = Uuid)]
    id: RefundId,
    number: i64,
    #[schema(value_type = Uuid)]
    payment_intent_id: PaymentIntentId,
    #[schema(value_type = schema::RefundStatus)]
    status: &'static str,
    /// What happens next and who must act, in words for a person. If the transfer is on hold, it says what to do.
    next_step: String,
    /// Why the transfer is on hold or, while the status is `pending`, will be on hold, as far as that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::HeldReason)]
    held_reason: Option<&'static str>,
    destination: DestinationResponse,
    #[serde(flatten)]
    terms: TermsResponse,
    #[schema(value_type = Uuid)]
    quote_id: QuoteId,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    customer_email: Option<String>,
    #[schema(value_type = schema::RefundReason)]
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    override_reason: Option<String>,
    /// The warnings about the address that the reason overrides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<schema::OverridableWarning>)]
    overrides: Vec<&'static str>,
    created_by: String,
    approval_needed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    held_until: Option<String>,
    /// Until when the customer can confirm the address, if they are asked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    confirm_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    transaction_hash: Option<String>,
    /// Who or what rejected the refund.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::RejectionType)]
    rejection_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rejection_reason: Option<String>,
    #[schema(format = DateTime)]
    create_date: String,
    #[schema(format = DateTime)]
    update_date: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundDestination)]
struct DestinationResponse {
    network: Network,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    memo: Option<String>,
}

/// The terms of a conversion. `value` is what the customer is owed, in the currency in which the refund was requested.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Terms)]
pub(super) struct TermsResponse {
    amount: MoneyObject,
    value: ValueObject,
    coin_rate: String,
    send: MoneyObject,
    rate: String,
    rate_source: String,
    #[schema(format = DateTime)]
    rate_date: String,
    debit: MoneyObject,
    network_fee: MoneyObject,
    /// When the network fee was determined.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    network_fee_date: Option<String>,
    #[schema(value_type = schema::FeePayer)]
    fee_payer: &'static str,
    total: MoneyObject,
}

/// An amount in the currency of a price, which is not always one that is paid.
#[derive(Serialize, ToSchema)]
#[schema(as = RefundValue)]
struct ValueObject {
    #[schema(schema_with = schema::amount)]
    amount: String,
    /// A code of ISO 4217, or the code of a coin.
    currency: &'static str,
}

impl From<Money> for ValueObject {
    fn from(value: Money) -> Self {
        Self { amount: MoneyObject::from(value).into_amount(), currency: value.currency().code() }
    }
}

impl From<QuoteTerms> for TermsResponse {
    fn from(terms: QuoteTerms) -> Self {
        Self {
            amount: terms.amount.into(),
            value: terms.value.into(),
            coin_rate: terms.coin_rate.to_string(),
            send: terms.send.into(),
            rate: terms.rate.to_string(),
            rate_source: terms.rate_source,
            rate_date: utc(terms.rate_at),
            debit: terms.debit.into(),
            network_fee: terms.fee.into(),
            network_fee_date: terms.fee_at.map(utc),
            fee_payer: terms.fee_payer.as_str(),
            total: terms.total.into(),
        }
    }
}

impl RefundResponse {
    /// Renders a refund as it is now.
    pub fn new(refund: Refund, now: DateTime<Utc>) -> Self {
        Self {
            next_step: next_steps::of_refund(Language::english(), &refund, now).in_utc(Language::english()),
            id: refund.id,
            number: refund.number,
            payment_intent_id: refund.intent_id,
            status: refund.status.as_str(),
            held_reason: refund.transfer_held.map(HeldReason::as_str),
            destination: DestinationResponse {
                network: refund.network,
                address: refund.address_sent,
                memo: refund.memo,
            },
            terms: refund.terms.into(),
            quote_id: refund.quote_id,
            customer_email: refund.customer_email,
            reason: refund.reason.as_str(),
            note: refund.note,
            override_reason: refund.override_reason,
            overrides: refund.overrides.iter().copied().map(Warning::as_str).collect(),
            created_by: errors::english_text(&refund.created_by),
            approval_needed: refund.approval_needed,
            held_until: refund.held_until.map(utc),
            confirm_until: refund.confirm_until.map(utc),
            transaction_hash: refund.transaction_hash,
            rejection_type: refund.rejection_type.map(RejectionType::as_str),
            rejection_reason: refund.rejection_reason.as_ref().map(errors::english_text),
            create_date: utc(refund.created_at),
            update_date: utc(refund.updated_at),
        }
    }
}

/// A refund with its timeline, its transfer on a real network if there is one and, if it awaits approval and the key may
/// approve, what the approver needs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RefundDetail)]
pub struct RefundDetailResponse {
    #[serde(flatten)]
    refund: RefundResponse,
    /// The statuses, the newest first.
    timeline: Vec<StepResponse>,
    /// What each rule said when the refund was created. Empty if the refund is from before that was recorded.
    checks: Vec<RecordedCheckResponse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    transfer: Option<TransferResponse>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    approval: Option<ApprovalResponse>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RefundStep)]
struct StepResponse {
    #[schema(value_type = schema::RefundStatus)]
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
    #[schema(format = DateTime)]
    time: String,
}

/// What a rule said about a refund that was created.
#[derive(Serialize, ToSchema)]
#[schema(as = RecordedCheck)]
struct RecordedCheckResponse {
    #[schema(value_type = schema::Rule)]
    rule: &'static str,
    #[schema(value_type = schema::CheckOutcome)]
    outcome: &'static str,
    /// What was compared, in words for a person.
    detail: String,
}

/// The terms to approve. The approval must contain `seal`. If `quoteExpired` is true, renew the quote first.
/// `obstacle` is the reason why this key cannot approve the refund.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RefundApproval)]
struct ApprovalResponse {
    seal: String,
    #[schema(value_type = Uuid)]
    quote_id: QuoteId,
    quote_expired: bool,
    #[schema(format = DateTime)]
    expires_on: String,
    total: MoneyObject,
    dearer_by_percent: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    obstacle: Option<ObstacleResponse>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Obstacle)]
struct ObstacleResponse {
    #[schema(value_type = schema::ErrorCode)]
    code: &'static str,
    detail: String,
}

impl RefundDetailResponse {
    /// Renders a refund with its steps, its checks, its transfer and, if it awaits approval, its review.
    pub fn new(
        refund: Refund,
        steps: Vec<RefundStep>,
        checks: &[RecordedCheck],
        transfer: Option<TransferView>,
        review: Option<ApprovalReview>,
        now: DateTime<Utc>,
    ) -> Self {
        let told = |step: &RefundStep| step.detail.as_ref().map(errors::english_text);
        let step = |it: RefundStep| StepResponse { status: it.status.as_str(), detail: told(&it), time: utc(it.at) };
        Self {
            refund: RefundResponse::new(refund, now),
            timeline: steps.into_iter().map(step).collect(),
            checks: checks.iter().map(RecordedCheckResponse::from).collect(),
            transfer: transfer.map(TransferResponse::from),
            approval: review.map(ApprovalResponse::from),
        }
    }
}

impl From<&RecordedCheck> for RecordedCheckResponse {
    fn from(check: &RecordedCheck) -> Self {
        Self { rule: check.rule.as_str(), outcome: check.outcome.as_str(), detail: errors::english_text(&check.said) }
    }
}

impl From<ApprovalReview> for ApprovalResponse {
    fn from(review: ApprovalReview) -> Self {
        let Quote { id, terms, expires_at, .. } = review.quote;
        Self {
            seal: review.seal.to_string(),
            quote_id: id,
            quote_expired: !review.is_current,
            expires_on: utc(expires_at),
            total: terms.total.into(),
            dearer_by_percent: review.dearer_by.round_dp(4).normalize().to_string(),
            obstacle: review
                .obstacle
                .map(|error| ObstacleResponse { code: error.code.as_str(), detail: errors::english(&error) }),
        }
    }
}
