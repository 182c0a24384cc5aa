//! The progress of a refund.

use crate::domain::{error::DomainError, refunds::progress::Progress};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Returns the progress of a refund. It changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "refunds/progress", input = GetUrl)]
pub async fn refund_progress(id: String) -> Result<Progress, DomainError> {
    use crate::{
        domain::ids::RefundId,
        error::Error,
        service::refunds::{self, transfer},
        web::{forms, language::language, refund_progress::progress},
    };
    let found = async {
        let (requite, actor) = forms::caller()?;
        let language = language();
        let id = forms::id(&id, RefundId, "error-unknown-refund")?;
        let refund = refunds::get(&requite.store, &actor, id).await?;
        let steps = refunds::steps(&requite.store, &actor, id).await?;
        let transfer = transfer::of_refund(&requite.store, requite.chain.as_ref(), &actor, &refund).await?;
        Ok::<_, Error>(progress(language, &refund, &steps, transfer.as_ref(), requite.context().now))
    };
    found.await.map_err(Error::into_domain_error)
}
