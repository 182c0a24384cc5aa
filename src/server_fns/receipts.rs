//! Receipts that customers can open, or are mailed.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Makes a link with which the customer can open the receipt of a refund.
#[server(prefix = "/do", endpoint = "receipts/share")]
pub async fn share_receipt(refund: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::refunds::receipt,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&refund, RefundId, paths::receipt, paths::REFUNDS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&refund, RefundId, "error-unknown-refund")?;
        receipt::share(&requite.store, &requite.context(), &actor, id).await?;
        Ok(form_query::with_success_notice(&page, Success::ReceiptShared))
    };
    forms::answer(&page, done.await)
}

/// Mails the receipt to the customer. `mails` is how many such mails the page showed.
#[server(prefix = "/do", endpoint = "receipts/mail")]
pub async fn mail_receipt(refund: String, #[server(default)] mails: usize) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::refunds::receipt,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&refund, RefundId, paths::receipt, paths::REFUNDS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&refund, RefundId, "error-unknown-refund")?;
        receipt::mail_to_customer(&requite.store, &requite.context(), &actor, id, mails).await?;
        Ok(form_query::with_success_notice(&page, Success::ReceiptMailed))
    };
    forms::answer(&page, done.await)
}
