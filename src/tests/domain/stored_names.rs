//! Names that are stored, hashed, signed or sent. Databases, clients and browsers depend on them, so they never change.

use requite::domain::{
    address::network::Network,
    address_book::RecipientStatus,
    customers::{CustomerField, CustomerPart},
    error::{DomainError, ErrorCode, ErrorText, Field, TextValue},
    intents::{
        order::OrderStatus,
        payment::{FundsState, PaymentStatus, UnsupportedReason},
        payment_intent::{IntentStatus, PaidContext, RefundExtent},
    },
    ledger::{AccountKind, PostingReason},
    mail::{MailKind, MailState},
    money::currency::Currency,
    names::Named,
    operations::{
        books::{AccountRole, EntryKind, Flow},
        networks::DepositProblem,
        notice::NoticeKind,
        watchdog::StalledState,
    },
    people::{
        actor::{ActorKind, Role},
        api_key::{RotationPeriod, Scope},
    },
    policy::{
        DestinationKind, WindowStart, recorded_checks::CheckOutcome, refund_rules::Rule, screening::ScreeningStage,
    },
    refunds::{
        approval::ApprovalDecision,
        confirmation::Answer,
        draft::{AmountEntry, WizardStep},
        quote::FeePayer,
        refund::{RefundReason, RefundStatus, RejectionType},
        refund_sort::RefundSort,
        transfer::HeldReason,
        warning::Warning,
    },
    reports::transfer::TransferKind,
    saved_views::SavedList,
    webhooks::{
        CallbackFormat, DeliveryState, DisabledReason, MessageFormat, SubscriptionStatus, payload::PayloadStyle,
    },
};
use requite::{
    api::input::caller::Scheme,
    store::{
        chain::{
            cursors::{CursorState, Traces},
            deposits::{CoinProof, DepositStage},
            sandbox::SandboxOutcome,
        },
        policy::proposals::ProposalOutcome,
    },
    web::{periods::Period, theme::Theme},
};
use rust_decimal::Decimal;
use serde::Serialize;

macro_rules! names {
    ($type:ty) => {
        names!($type, as_str)
    };
    ($type:ty, $name:ident) => {
        <$type>::all().map(|value| value.$name()).collect::<Vec<_>>().join(" ")
    };
}

#[test]
fn status_names_never_change() {
    let expected = [
        (names!(RefundStatus), "awaiting_confirmation awaiting_approval pending processing completed rejected"),
        (names!(RejectionType), "shopper compliance merchant processing"),
        (names!(ActorKind), "user api_key customer anonymous system"),
        (names!(RefundReason), "requested_by_customer duplicate overpaid not_delivered other"),
        (names!(ApprovalDecision), "approved declined stopped"),
        (names!(Warning), "address_looks_alike address_is_contract address_paid_before"),
        (names!(Answer), "confirmed refused"),
        (names!(IntentStatus), "created pending complete active expired failed refunded"),
        (names!(PaidContext), "underpaid paid overpaid"),
        (names!(RefundExtent), "not_refunded partially_refunded fully_refunded"),
        (names!(PaymentStatus), "pending paid failed"),
        (names!(UnsupportedReason), "intent_refunded intent_expired wrong_currency wrong_network dust"),
        (names!(OrderStatus), "new pending confirming paid invalid expired canceled refunded partially_refunded"),
        (names!(RecipientStatus), "pending inactive active denied"),
        (names!(MailKind), "confirmation completed rejected password_reset policy_loosening notice"),
        (names!(NoticeKind), "low_float refunds_wait payouts_paused unexplained_transfer network_stopped"),
        (names!(AccountRole), "deposits sender"),
        (names!(Flow), "in out"),
        (
            names!(EntryKind),
            "credited waiting unsupported opening sweep top_up payout network_fee not_given_out unknown difference explained",
        ),
        (names!(MailState), "waiting sent failed dropped"),
        (names!(ProposalOutcome), "applied withdrawn outdated"),
        (names!(DeliveryState), "waiting delivered failed withheld"),
        (names!(SubscriptionStatus), "pending confirmed deleted"),
        (names!(DisabledReason), "person gone failing"),
        (names!(SandboxOutcome), "settle reject hang"),
        (
            names!(HeldReason),
            "awaiting_funds awaiting_gas fee_too_high recipient_blocked sender_blocked token_paused recipient_refuses \
             signer_away signer_locked signer_refuses awaiting_signatures paused account_removed network_away \
             payment_removed assigned_to_another displaced",
        ),
        (names!(CursorState), "starting following catching_up unreachable contradicted stopped"),
        (names!(Traces), "unknown trace_block debug_trace none"),
        (names!(DepositStage), "seen credited final reorged dropped lost"),
        (names!(DepositProblem), "refused unconfirmed contradicted unanswered"),
        (names!(CoinProof), "traces balance"),
        (
            names!(StalledState),
            "refund_awaiting_confirmation refund_awaiting_approval refund_pending refund_processing \
             payment_intent_created payment_intent_pending payment_pending",
        ),
    ];
    for (names, expected) in expected {
        assert_eq!(names, expected);
    }
}

#[test]
fn option_names_never_change() {
    let expected = [
        (names!(Currency, code), "USD EUR USDT ETH BTC LTC SOL XRP XLM TRX POL AVAX"),
        (names!(Network, code), "ETH BASE ARB OP POLY AVAX BTC LTC SOL XRP XLM ALGO TRX NEAR NOBLE HBAR"),
        (names!(FeePayer), "merchant customer"),
        (names!(AmountEntry), "as_paid price overpaid"),
        (names!(WizardStep), "recipient amount funding review confirm"),
        (names!(CustomerField), "order_email refund_email refund_address refund_memo receipt_link payment_sender"),
        (names!(CustomerPart), "intents payments refunds unsupported notes"),
        (names!(RefundSort), "created updated amount"),
        (names!(Role), "owner admin approver operator viewer"),
        (names!(Scope), "read payment refund approve admin"),
        (names!(RotationPeriod), "none 1h 24h 7d"),
        (names!(WindowStart), "creation expiry"),
        (names!(DestinationKind), "wallet shared program"),
        (names!(PayloadStyle), "full thin"),
        (names!(ScreeningStage), "entry approval payout"),
        (names!(TransferKind), "payment refund"),
        (names!(CallbackFormat), "form json"),
        (names!(MessageFormat), "standard coingate_refund coingate_order circle"),
        (names!(Theme), "system light dark"),
        (names!(SavedList), "payment_intents refunds unsupported_funds api_log audit webhook_deliveries mails"),
        (names!(FundsState), "open handled all"),
        (names!(Period), "today last_7_days last_30_days this_month last_month"),
        (names!(Scheme), "Bearer Token"),
    ];
    for (names, expected) in expected {
        assert_eq!(names, expected);
    }
}

#[test]
fn ledger_names_never_change() {
    assert_eq!(names!(AccountKind), "available reserved deposits paid_out fees rounding exchange");
    assert_eq!(
        names!(PostingReason),
        "payment_settled payment_taken_back deposit_written_off deposit_recovered refund_reserved refund_repriced refund_corrected \
         refund_completed refund_released sandbox_funding"
    );
}

/// By network, in the order of the list. The counters of deposit addresses are kept under these names.
#[test]
fn names_of_address_forms_never_change() {
    assert_eq!(
        Network::all().map(|network| network.address_form().as_str()).collect::<Vec<_>>().join(" "),
        "evm evm evm evm evm evm bitcoin litecoin solana xrp stellar algorand tron near noble hedera"
    );
}

#[test]
fn rule_names_never_change() {
    assert_eq!(names!(CheckOutcome), "passed not_checked warned overridden");
    assert_eq!(
        names!(Rule),
        "idempotency_key order_fits screening address_history recipient_on_chain destination refundable price_part expected_refundable \
         within_refundable refund_limit daily_limit quote_matches quote_current balance"
    );
}

/// Serde and strum have an attribute each.
#[test]
fn a_name_serializes_as_itself() {
    fn check<T: Named + Serialize>() {
        for value in T::all() {
            assert_eq!(serde_json::to_value(value).unwrap(), value.as_str());
        }
    }
    check::<Currency>();
    check::<Network>();
    check::<Role>();
}

/// Programs match on codes, and the notice cookie contains them.
#[test]
fn an_error_code_serializes_as_its_name() {
    for code in ErrorCode::ALL {
        assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
    }
}

/// Notices of networks are stored like this. Those of older versions are sentences.
#[test]
fn a_text_is_stored_and_masked_with_its_values() {
    let low = ErrorText::new("payouts-notice-low").with("account", "0x1: \u{e9}").with("fee", 2_i64);
    assert_eq!(low.stored(), "\u{1f}18:payouts-notice-low7:account8:t0x1: \u{e9}3:fee2:n2");
    assert_eq!(ErrorText::of_stored(&low.stored()), low);
    let left = ErrorText::new("error-amount-above-left").with("left", TextValue::amount("12.50 USDC"));
    assert_eq!(left.stored(), "\u{1f}23:error-amount-above-left4:left11:a12.50 USDC");
    assert_eq!(ErrorText::of_stored(&left.stored()), left);
    let sentence = ErrorText::plain("The node's answer: no.");
    assert_eq!(sentence.stored(), "The node's answer: no.");
    assert_eq!(ErrorText::of_stored("The node's answer: no."), sentence);
    let told = |account: &str| {
        let story = ErrorText::new("payouts-movement-to-sender").with("account", account);
        ErrorText::new("payouts-movement-in-transaction")
            .with("story", TextValue::sentences([story]))
            .with("fee", 2_i64)
    };
    assert_eq!(told("0x1").map_values(&|text| text.replace("0x1", "0x…")), told("0x…"));
}

/// The notice cookie and the responses of server functions contain this text.
#[test]
fn an_error_serializes_as_it_always_did() {
    let bare = DomainError::plain(ErrorCode::NotFound, "There is no such refund.");
    let with_values = DomainError::new(ErrorCode::AmountExceedsRefundable, "error-amount-above-left")
        .with("left", "12:50 é USDC")
        .with("sentences", TextValue::sentences([ErrorText::new("error-span"), ErrorText::plain("no")]));
    let on_field = DomainError::required(Field::DestinationAddress);
    let on_item = DomainError::plain(ErrorCode::PairUnsupported, "No.").on(Field::PaymentMethodNetwork(2));
    let bounded =
        DomainError::plain(ErrorCode::AmountTooLarge, "Too much.").on(Field::Amount).at_most(Decimal::new(1250, 2));
    let expected = [
        (bare, r#"{"code":"not_found","message":"There is no such refund.","field":null}"#),
        (on_field, r#"{"code":"required","message":"\u001f14:error-required","field":"destination.address"}"#),
        (on_item, r#"{"code":"pair_unsupported","message":"No.","field":"payment_methods.2.network"}"#),
        (bounded, r#"{"code":"amount_too_large","message":"Too much.","field":"amount","most":"12.50"}"#),
    ];
    for (error, text) in expected {
        assert_eq!(serde_json::to_string(&error).unwrap(), text);
        assert_eq!(serde_json::from_str::<DomainError>(text).unwrap(), error);
    }
    let stored = serde_json::to_string(&with_values).unwrap();
    assert_eq!(serde_json::from_str::<DomainError>(&stored).unwrap(), with_values);
    // A text that begins like one with an id stays what it is.
    let marked = ErrorText::plain("\u{1f}5:error");
    assert_eq!(ErrorText::of_stored(&marked.stored()), marked);
    for field in Field::ALL {
        assert_eq!(serde_json::to_value(field).unwrap(), *field.name());
        assert_eq!(serde_json::from_value::<Field>(field.name().into()).unwrap(), *field);
    }
}
