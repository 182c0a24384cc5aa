//! How server functions learn who sends a form, and how they answer.

use super::{
    notice,
    session::{SignedIn, client_address, sign_in_page},
};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::RefundDraftId,
        people::actor::Actor,
        refunds::draft::Step,
    },
    error::Error,
    state::Requite,
};
use axum::http::{HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use uuid::Uuid;

/// The application and the request that is being answered.
pub fn request() -> Result<(Requite, Parts), Error> {
    let missing = || Error::Fault("called outside of a request".to_owned());
    Ok((use_context::<Requite>().ok_or_else(missing)?, use_context::<Parts>().ok_or_else(missing)?))
}

/// The application and the person who sends the form or opens the page.
pub fn caller() -> Result<(Requite, Actor), Error> {
    let (requite, parts) = request()?;
    let actor = actor_of(&requite, &parts)?;
    Ok((requite, actor))
}

/// The person whose request it is.
pub fn actor_of(requite: &Requite, parts: &Parts) -> Result<Actor, DomainError> {
    let signed_in = parts.extensions.get::<SignedIn>();
    let signed_in = signed_in.ok_or_else(|| DomainError::new(ErrorCode::NotSignedIn, "You are not signed in."))?;
    Ok(signed_in.user.actor().at(client_address(requite, parts)))
}

/// What was typed in the two inputs of a code field, of which one is enough.
pub fn code_of(one_time: String, recovery: String) -> String {
    if one_time.trim().is_empty() { recovery } else { one_time }
}

/// Reads an id from an address or a form. One that cannot be an id is treated like one that does not exist.
pub fn id<T>(text: &str, make: impl FnOnce(Uuid) -> T, what: &'static str) -> Result<T, DomainError> {
    Uuid::try_parse(text).map(make).map_err(|_| DomainError::not_found(what))
}

/// Adds a cookie to the answer.
pub fn set_cookie(cookie: Option<HeaderValue>) {
    if let (Some(cookie), Some(response)) = (cookie, use_context::<ResponseOptions>()) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// Answers a form: on to the page that `done` names, or `back` with a notice that says why not. A program that does not ask
/// for HTML gets the refusal itself.
pub fn answer(back: &str, done: Result<String, Error>) -> Result<(), DomainError> {
    let error = match done {
        Ok(page) => {
            leptos_axum::redirect(&page, false);
            return Ok(());
        }
        Err(error) => error.into_domain_error(),
    };
    if !asks_for_html() {
        return Err(error);
    }
    if error.code == ErrorCode::NotSignedIn {
        leptos_axum::redirect(&sign_in_page(back), false);
    } else {
        set_cookie(notice::cookie(&error));
        leptos_axum::redirect(back, false);
    }
    Ok(())
}

/// Saves one step of the wizard and goes on; back to the same step, which says what is wrong, when it is not right.
pub async fn save_step(
    draft: &str,
    step: Step,
    next: Step,
    save: impl AsyncFnOnce(Requite, Actor, RefundDraftId) -> Result<bool, Error>,
) -> Result<(), DomainError> {
    let done = async {
        let (requite, actor) = caller()?;
        let id = id(draft, RefundDraftId, "refund draft")?;
        let right = save(requite, actor, id).await?;
        Ok(if right { step_page(id, next) } else { format!("{}?check=1", step_page(id, step)) })
    };
    answer(&format!("/refund-drafts/{draft}/{}", step.as_str()), done.await)
}

/// The address of a step of the wizard.
pub fn step_page(draft: RefundDraftId, step: Step) -> String {
    format!("/refund-drafts/{draft}/{}", step.as_str())
}

fn asks_for_html() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        parts
            .headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"))
    })
}
