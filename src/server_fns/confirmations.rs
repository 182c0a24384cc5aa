//! What customers answer, and asking them again.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// A customer's answer to what their page showed, which `seal` names. They are not signed in: `token` is from their mail.
#[server(prefix = "/do", endpoint = "confirmations/answer")]
pub async fn answer_confirmation(
    token: String,
    #[server(default)] seal: String,
    #[server(default)] answer: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::{names::Named, refunds::confirmation::Answer},
        service::refunds::confirmation,
        web::{forms, session::client_address},
    };
    // Only what can stand in an address goes back into one.
    let is_token = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let page = format!("{}{}", confirmation::PAGE, if is_token { token.as_str() } else { "x" });
    let done = async {
        let (requite, parts) = forms::request()?;
        let answer = Answer::parse(&answer).ok_or_else(|| DomainError::required("answer"))?;
        confirmation::answer(&requite, &token, answer, &seal, client_address(&requite, &parts)).await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}

/// Mails the customer of a refund again.
#[server(prefix = "/do", endpoint = "confirmations/mail-again")]
pub async fn mail_customer_again(refund: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::refunds::confirmation,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&refund, RefundId, paths::refund, paths::REFUNDS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        confirmation::mail_again(&requite, &actor, forms::id(&refund, RefundId, "refund")?).await?;
        Ok(form_query::done(&page, "mailed"))
    };
    forms::answer(&page, done.await)
}
