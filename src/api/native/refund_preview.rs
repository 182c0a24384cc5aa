//! What creating a refund would do, in responses of Requite's own surface and of Circle's.

use super::refund_responses::TermsResponse;
use crate::{
    domain::{ledger::Posting, money, names::Named, policy::refund_rules::RuleResult, refunds::transfer::HeldReason},
    languages::Language,
    store::{refunds::creation::Preview, webhooks::queue::PlannedDelivery},
    texts::{errors, next_steps},
    wire::{
        circle::{MoneyObject, utc},
        schema,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// What creating a refund would do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RefundPreview)]
pub struct PreviewResponse {
    /// Whether the refund would be created.
    possible: bool,
    checks: Vec<CheckResponse>,
    #[schema(value_type = schema::RecipientState)]
    recipient_state: &'static str,
    /// What to know about a recipient that is not refused, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    recipient_note: Option<String>,
    /// The first status of the refund.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::RefundStatus)]
    status: Option<&'static str>,
    /// What would happen next, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_step: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    held_until: Option<String>,
    /// Why the network would not pay it at once, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::HeldReason)]
    held_reason: Option<&'static str>,
    refundable: MoneyObject,
    available: MoneyObject,
    #[serde(flatten)]
    terms: TermsResponse,
    #[schema(format = DateTime)]
    expires_on: String,
    postings: Vec<PostingResponse>,
    /// The webhooks that are sent when it is created. Later changes of its status have their own.
    callbacks: Vec<PlannedCallback>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Check)]
struct CheckResponse {
    #[schema(value_type = schema::Rule)]
    rule: &'static str,
    passed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = schema::ErrorCode)]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Posting)]
struct PostingResponse {
    #[schema(value_type = schema::Account)]
    account: &'static str,
    #[schema(value_type = schema::Currency)]
    currency: &'static str,
    amount: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Callback)]
struct PlannedCallback {
    #[schema(value_type = schema::EventType)]
    event: String,
    /// The URL that receives it.
    url: String,
}

impl From<Preview> for PreviewResponse {
    fn from(preview: Preview) -> Self {
        let possible = preview.checks.iter().all(|check| check.result.is_ok());
        let check = |check: RuleResult| {
            let error = check.result.err();
            CheckResponse {
                rule: check.rule.as_str(),
                passed: error.is_none(),
                code: error.as_ref().map(|error| error.code.as_str()),
                detail: error.as_ref().map(errors::english),
            }
        };
        let posting = |posting: &Posting| PostingResponse {
            account: posting.account.as_str(),
            currency: posting.currency.code(),
            amount: money::number(posting.amount, posting.currency),
        };
        let callback = |PlannedDelivery { event, url }| PlannedCallback { event, url };
        Self {
            possible,
            checks: preview.checks.into_iter().map(check).collect(),
            recipient_state: preview.recipient.state.as_str(),
            recipient_note: preview.recipient.note().as_ref().map(errors::english_text),
            status: possible.then(|| preview.holds.first_status().as_str()),
            held_reason: preview.refund.as_ref().and_then(|new| new.transfer_held).map(HeldReason::as_str),
            next_step: preview.refund.map(|new| {
                let english = Language::english();
                next_steps::of_refund(english, &new, new.created_at).in_utc(english)
            }),
            held_until: preview.holds.held_until.filter(|_| possible).map(utc),
            refundable: preview.left.into(),
            available: preview.available.into(),
            terms: preview.quote.terms.into(),
            expires_on: utc(preview.quote.expires_at),
            postings: preview.postings.postings().iter().map(posting).collect(),
            callbacks: preview.deliveries.into_iter().map(callback).collect(),
        }
    }
}
