//! Following a refund.

use crate::domain::error::DomainError;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// How far a refund has come, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Name of the status.
    pub status: String,
    /// The status as a person reads it.
    pub title: String,
    /// What happens next and who must act.
    pub sentence: String,
    /// Whether nothing can follow.
    pub is_final: bool,
    /// The transaction on the chain.
    pub transaction_hash: Option<String>,
    /// The steps so far, the newest first.
    pub steps: Vec<ProgressStep>,
}

/// One step of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressStep {
    /// Name of the status.
    pub status: String,
    /// The status as a person reads it.
    pub title: String,
    /// What there is to say about it.
    pub detail: Option<String>,
    /// When, in UTC, for people.
    pub at: String,
    /// When, for programs.
    pub datetime: String,
}

/// How far a refund has come. Reading changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "refunds/progress", input = GetUrl)]
pub async fn refund_progress(id: String) -> Result<Progress, DomainError> {
    use crate::{
        domain::{error::DomainError, ids::RefundId},
        error::Error,
        service::refunds,
        ui::pages::refunds::progress,
        web::forms,
    };
    let found = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&id, RefundId, "refund")?;
        let refund = refunds::get(&requite, &actor, id).await?;
        let steps = refunds::steps(&requite, &actor, id).await?;
        Ok::<_, Error>(progress(&refund, &steps, requite.context().now))
    };
    found.await.map_err(|error| -> DomainError { error.into_domain_error() })
}
