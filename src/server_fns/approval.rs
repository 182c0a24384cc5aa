//! Decisions on refunds that await approval.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Opens the page for deciding on a refund. Renews the quote at the current rate if it has expired.
#[server(prefix = "/do", endpoint = "approvals/open")]
pub async fn open_approval(refund: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::refunds::approval,
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&refund, RefundId, "error-unknown-refund")?;
        let context = requite.context();
        if !approval::review((&requite).into(), &context, &actor, id).await?.is_current {
            approval::renew_quote((&requite).into(), &context, &actor, id).await?;
        }
        Ok(paths::approval(id))
    };
    forms::answer(&forms::page_of(&refund, RefundId, paths::refund, paths::REFUNDS), done.await)
}

/// Approves what the page showed, which `seal` identifies.
#[server(prefix = "/do", endpoint = "approvals/approve")]
pub async fn approve_refund(
    refund: String,
    #[server(default)] seal: String,
    #[server(default)] code: String,
    #[server(default)] recovery_code: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::{people::second_factor::CodeAttempt, refunds::approval},
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&refund, RefundId, "error-unknown-refund")?;
        let code = forms::code_of(code, recovery_code);
        let code = CodeAttempt { limits: &requite.code_limits, typed: &code };
        approval::approve((&requite).into(), &requite.context(), &actor, id, &seal, Some(code)).await?;
        Ok(paths::refund(id))
    };
    forms::answer(&forms::page_of(&refund, RefundId, paths::approval, paths::REFUNDS), done.await)
}

/// Declines a refund that awaits approval.
#[server(prefix = "/do", endpoint = "approvals/decline")]
pub async fn decline_refund(refund: String, #[server(default)] reason: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::refunds::approval,
        web::{forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&refund, RefundId, "error-unknown-refund")?;
        approval::decline(&requite.store, &requite.context(), &actor, id, &reason).await?;
        Ok(paths::refund(id))
    };
    forms::answer(&forms::page_of(&refund, RefundId, paths::approval, paths::REFUNDS), done.await)
}

/// Stops a refund that is in cool-down or awaits its customer, or one's own that awaits approval.
#[server(prefix = "/do", endpoint = "approvals/stop")]
pub async fn stop_refund(refund: String, #[server(default)] reason: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::refunds::approval,
        web::{forms, paths},
    };
    let page = forms::page_of(&refund, RefundId, paths::refund, paths::REFUNDS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&refund, RefundId, "error-unknown-refund")?;
        approval::stop(&requite.store, &requite.context(), &actor, id, &reason).await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}
