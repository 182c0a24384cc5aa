//! Customers' answers to confirmation requests, and mailing the request again.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Stores a customer's answer to what their page showed, which `seal` identifies. Customers are not signed in; `token`
/// comes from the link in their mail.
#[server(prefix = "/do", endpoint = "confirmations/answer")]
pub async fn answer_confirmation(
    token: String,
    #[server(default)] seal: String,
    #[server(default)] answer: String,
) -> Result<(), DomainError> {
    use crate::{
        domain::{error::Field, names::Named, refunds::confirmation::Answer},
        service::refunds::confirmation,
        web::{client_address::client_address, forms, language::language},
    };
    let language = language();
    // Input from the form is only put into the redirect address if it looks like a token.
    let is_token = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let page = format!("{}{}", confirmation::PAGE, if is_token { token.as_str() } else { "x" });
    let done = async {
        let (requite, parts) = forms::request()?;
        let answer = Answer::parse(&answer).ok_or_else(|| DomainError::required(Field::Answer))?;
        let from = client_address(&requite, &parts);
        confirmation::answer((&requite).into(), &requite.context(), &token, answer, &seal, (from, language)).await?;
        Ok(page.clone())
    };
    forms::answer(&page, done.await)
}

/// Sends the confirmation request of a refund to the customer again.
#[server(prefix = "/do", endpoint = "confirmations/mail-again")]
pub async fn mail_customer_again(refund: String) -> Result<(), DomainError> {
    use crate::{
        domain::ids::RefundId,
        service::refunds::confirmation,
        texts::success::Success,
        web::{form_query, forms, paths},
    };
    let page = forms::page_of(&refund, RefundId, paths::refund, paths::REFUNDS);
    let done = async {
        let (requite, actor) = forms::caller()?;
        let id = forms::id(&refund, RefundId, "error-unknown-refund")?;
        confirmation::resend_mail(&requite.store, &requite.context(), &actor, id).await?;
        Ok(form_query::with_success_notice(&page, Success::ConfirmationMailed))
    };
    forms::answer(&page, done.await)
}
