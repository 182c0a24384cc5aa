//! The complete table of allowed status transitions, so that adding a status fails here first.

use requite::domain::{
    error::ErrorCode, intents::payment_intent::IntentStatus, names::Named, refunds::refund::RefundStatus,
};
use requite::{languages::Language, texts::errors::next_step};
use std::collections::HashSet;

#[test]
fn a_refund_only_moves_forward_and_never_leaves_a_final_status() {
    use RefundStatus::{AwaitingApproval, AwaitingConfirmation, Completed, Pending, Processing, Rejected};
    let allowed = [
        (AwaitingConfirmation, AwaitingApproval),
        (AwaitingConfirmation, Pending),
        (AwaitingConfirmation, Rejected),
        (AwaitingApproval, Pending),
        (AwaitingApproval, Rejected),
        (Pending, Processing),
        (Pending, Rejected),
        (Processing, Completed),
        (Processing, Rejected),
    ];
    for from in RefundStatus::all() {
        for to in RefundStatus::all() {
            assert_eq!(from.can_become(to), allowed.contains(&(from, to)), "{from:?} → {to:?}");
        }
        assert_eq!(from.is_final(), RefundStatus::all().all(|to| !from.can_become(to)));
        assert_eq!(RefundStatus::parse(from.as_str()), Some(from));
    }
}

#[test]
fn every_status_change_of_a_refund_has_its_event_names() {
    use RefundStatus::{AwaitingApproval, AwaitingConfirmation, Completed, Pending, Processing, Rejected};
    let transitions: [(Option<RefundStatus>, RefundStatus, &[&str]); 10] = [
        (None, Pending, &["refund.created"]),
        (None, AwaitingApproval, &["refund.created", "refund.awaiting_approval"]),
        (None, AwaitingConfirmation, &["refund.created", "refund.awaiting_confirmation"]),
        (Some(AwaitingConfirmation), AwaitingConfirmation, &["refund.confirmation_undelivered"]),
        (Some(AwaitingConfirmation), AwaitingApproval, &["refund.confirmed", "refund.awaiting_approval"]),
        (Some(AwaitingConfirmation), Pending, &["refund.confirmed"]),
        (Some(AwaitingConfirmation), Rejected, &["refund.rejected"]),
        (Some(AwaitingApproval), Pending, &["refund.approved"]),
        (Some(Pending), Processing, &["refund.processing"]),
        (Some(Processing), Completed, &["refund.completed"]),
    ];
    for (before, now, names) in transitions {
        assert_eq!(RefundStatus::events(before, now), names, "{before:?} → {now:?}");
        assert!(names.iter().all(|name| requite::domain::webhooks::event::is_sent_to_endpoints(name)));
    }
}

#[test]
fn an_intent_follows_the_allowed_transitions_only() {
    use IntentStatus::{Active, Complete, Created, Expired, Failed, Pending, Refunded};
    let allowed = [
        (Created, Pending),
        (Created, Expired),
        (Created, Failed),
        (Pending, Complete),
        // A continuous intent keeps its status.
        (Pending, Active),
        (Pending, Expired),
        (Pending, Failed),
        // A network removed the block that held the only payment.
        (Complete, Pending),
        (Complete, Complete),
        (Complete, Refunded),
        (Refunded, Refunded),
    ];
    for from in IntentStatus::all() {
        for to in IntentStatus::all() {
            assert_eq!(from.can_become(to), allowed.contains(&(from, to)), "{from:?} → {to:?}");
        }
        assert_eq!(IntentStatus::parse(from.as_str()), Some(from));
    }
}

#[test]
fn every_error_code_is_unique_and_has_a_next_step() {
    let codes: HashSet<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes.len(), ErrorCode::ALL.len());
    for code in ErrorCode::ALL {
        assert!(next_step(Language::english(), *code).ends_with('.'), "{code}");
        assert!(code.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
    }
}
