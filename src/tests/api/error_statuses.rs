//! What every code is answered with on each surface, as a list that is kept: a change of the tables shows here as a change of lines.

use axum::{
    body::to_bytes,
    response::{IntoResponse, Response},
};
use requite::{
    api::{
        circle::error::ApiError as CircleError,
        coingate::error::{ApiError as CoinGateError, Subject},
        native::problem::Problem,
    },
    domain::error::{DomainError, ErrorCode},
};
use serde_json::Value;

async fn parts(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// A code, Circle's status and number, the status of a problem document, and CoinGate's status with its reason for each subject.
async fn line(code: ErrorCode) -> String {
    let error = || DomainError::new(code, "A message.");
    let (circle, body) = parts(CircleError::from(error()).into_response()).await;
    let number = &body["code"];
    let (native, _) = parts(Problem::from(error()).into_response()).await;
    let mut coingate = String::new();
    for subject in [Subject::Order, Subject::Refund, Subject::LedgerAccount, Subject::Request] {
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
