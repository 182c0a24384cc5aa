//! The one form that is answered by a page instead of a redirect: what it shows is shown once.
//!
//! Recovery codes are kept as hashes only, so no later request could show them. They must not be in an address, which stays
//! in histories, nor in a cookie, which stays on disks. So they are in the answer to the form itself, which no cache keeps.
//! Loading it again sends the form again, and the code in it is used up. Whoever loses the answer makes new ones.

use super::notice;
use crate::{
    domain::second_factor::RecoveryCode,
    error::Error,
    service::second_factor,
    state::Requite,
    ui::forms::{actor_of, code_of},
};
use axum::{
    Form, RequestExt,
    body::Body,
    extract::Request,
    http::header::SET_COOKIE,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::{IntoView, provide_context};
use serde::Deserialize;

/// Where the form is sent, and the page's address.
pub const PATH: &str = "/account/recovery-codes";

/// Recovery codes to be shown with this answer.
#[derive(Clone, Debug)]
pub struct Issued(pub Vec<RecoveryCode>);

/// What is done to get them.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Deed {
    /// Turning the second factor on.
    #[default]
    Confirm,
    /// Putting new codes in place of the old ones.
    Renew,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    deed: Deed,
    code: String,
    recovery_code: String,
}

/// Does what the form asks for and shows the codes; back to the account page with a notice when it is refused.
pub async fn issue<IV: IntoView + 'static>(
    requite: Requite,
    request: Request,
    context: impl Fn() + Clone + Send + Sync + 'static,
    shell: impl Fn() -> IV + Clone + Send + Sync + 'static,
) -> Response {
    let (parts, body) = request.into_parts();
    let form = Request::from_parts(parts.clone(), body).extract::<Form<Wish>, _>().await;
    let Form(wish) = match form {
        Ok(form) => form,
        Err(rejection) => return rejection.into_response(),
    };
    let done = async {
        let actor = actor_of(&requite, &parts)?;
        let code = code_of(wish.code, wish.recovery_code);
        Ok::<_, Error>(match wish.deed {
            Deed::Confirm => second_factor::confirm(&requite, &actor, &code).await?,
            Deed::Renew => second_factor::renew_recovery_codes(&requite, &actor, &code).await?,
        })
    };
    match done.await {
        Ok(codes) => {
            let context = move || {
                context();
                provide_context(Issued(codes.clone()));
            };
            let page = leptos_axum::render_app_async_with_context(context, shell);
            page(Request::from_parts(parts, Body::empty())).await
        }
        Err(error) => {
            let mut answer = Redirect::to("/account").into_response();
            if let Some(cookie) = notice::cookie(&error.into_refusal()) {
                answer.headers_mut().insert(SET_COOKIE, cookie);
            }
            answer
        }
    }
}
