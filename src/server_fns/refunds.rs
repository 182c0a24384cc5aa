//! Following a refund.

use crate::{domain::refusal::Refusal, islands::refund_progress::Progress};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// How far a refund has come. Reading changes nothing, so it is a GET.
#[server(prefix = "/do", endpoint = "refunds/progress", input = GetUrl)]
pub async fn refund_progress(id: String) -> Result<Progress, Refusal> {
    use crate::{
        domain::{ids::RefundId, refusal::Refusal},
        error::Error,
        service::refund,
        ui::{forms, pages::refunds::progress},
    };
    let found = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&id, RefundId, "refund")?;
        let refund = refund::get(&requite, &actor, id).await?;
        let steps = refund::steps(&requite, &actor, id).await?;
        Ok::<_, Error>(progress(&refund, &steps, requite.moment().now))
    };
    found.await.map_err(|error| -> Refusal { error.into_refusal() })
}
