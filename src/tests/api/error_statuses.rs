//! The response to every error code on each surface, compared with a stored list, so that any change of the mapping
//! tables appears as a diff.

use axum::{
    body::to_bytes,
    response::{IntoResponse, Response},
};
use requite::{
    api::{
        circle::error::{self as circle, ApiError as CircleError},
        coingate::error::{self as coingate, ApiError as CoinGateError, ErrorSubject},
        input::exceptions::Exceptions,
        native::problem::{self as native, Problem},
    },
    domain::error::{DomainError, ErrorCode},
};
use serde_json::Value;
use std::{collections::HashSet, fmt::Debug};

async fn parts(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// One line of the list: the code, Circle's status and number, the status of a problem document, and CoinGate's status
/// and reason for each subject.
async fn line(code: ErrorCode) -> String {
    let error = || DomainError::plain(code, "A message.");
    let (circle, body) = parts(CircleError::from(error()).into_response()).await;
    let number = &body["code"];
    let (native, _) = parts(Problem::from(error()).into_response()).await;
    let mut coingate = String::new();
    for subject in [ErrorSubject::Order, ErrorSubject::Refund, ErrorSubject::LedgerAccount, ErrorSubject::Request] {
        let (status, body) = parts(CoinGateError::of(subject, vec![error()]).into_response()).await;
        coingate.push_str(&format!(" {status} {}", body["reason"].as_str().unwrap()));
    }
    format!("{code}: Circle {circle} {number}, native {native}, CoinGate{coingate}\n")
}

#[tokio::test]
async fn every_code_is_answered_as_it_always_was() {
    let mut seen = String::new();
    for code in ErrorCode::ALL {
        seen.push_str(&line(*code).await);
    }
    let kept = include_str!("error_statuses.txt");
    for (seen, kept) in seen.lines().zip(kept.lines()) {
        assert_eq!(seen, kept);
    }
    assert_eq!(seen, kept, "a code is new, or is gone; the list is:\n{seen}");
}

/// Each exception differs from the default status of its kind of error, and no code is listed twice.
fn are_exceptions<A: Copy + Debug + PartialEq>(exceptions: &Exceptions<A>, usual: impl Fn(ErrorCode) -> A) {
    let mut seen = HashSet::new();
    for (answer, codes) in exceptions {
        for code in *codes {
            assert_ne!(*answer, usual(*code), "{code} is not an exception");
            assert!(seen.insert(*code), "{code} is there twice");
        }
    }
}

#[test]
fn every_exception_is_one() {
    are_exceptions(circle::EXCEPTIONS, |code| circle::default_answer(code.kind()));
    are_exceptions(native::EXCEPTIONS, |code| native::default_status(code.kind()));
    for subject in [ErrorSubject::Order, ErrorSubject::Refund, ErrorSubject::LedgerAccount, ErrorSubject::Request] {
        are_exceptions(coingate::EXCEPTIONS, |code| coingate::default_answer(code.kind(), subject));
    }
}
