//! The forms that are answered by a page instead of a redirect: what it shows is shown once.
//!
//! Recovery codes and API keys are kept as hashes only, so no later request could show them. They must not be in an address,
//! which stays in histories, nor in a cookie, which stays on disks. So they are in the answer to the form itself, which no
//! cache keeps. Loading it again sends the form again: a code in it is used up, and an API key is made a second time under
//! the same name, which its list shows. Whoever loses the answer makes a new one.

use crate::web::notice;
use crate::{
    domain::{
        ids::ApiKeyId,
        people::{
            actor::Actor,
            api_key::{NewApiKey, Overlap},
            second_factor::RecoveryCode,
        },
    },
    error::Error,
    service::people::{api_key, second_factor},
    state::Requite,
    store::people::api_keys::ApiKey,
    ui::pages::people::api_keys,
    web::forms::{self, actor_of, code_of},
};
use axum::{
    Form, RequestExt,
    body::Body,
    extract::Request,
    http::header::SET_COOKIE,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::{IntoView, provide_context};

/// Where the forms are sent that recovery codes answer, and the page's address.
pub const RECOVERY_CODES: &str = "/account/recovery-codes";
/// Where the forms are sent that an API key answers, and the page's address.
pub const API_KEY: &str = "/developers/api-keys/issued";

/// What is shown with this answer.
#[derive(Clone, Debug)]
pub enum Issued {
    /// Recovery codes.
    RecoveryCodes(Vec<RecoveryCode>),
    /// A key and its secret.
    ApiKey(Box<ApiKey>, String),
}

/// What a form came to.
enum Outcome {
    Issued(Issued),
    /// Something in it is wrong; the page to correct it on.
    Correct(String),
}

/// The members of a form, some of them several times.
struct Wish(Vec<(String, String)>);

impl Wish {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.as_str())
    }

    fn all(&self, name: &str) -> String {
        let values = self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(" ")
    }
}

/// Does what the form asks for and shows the answer; back to where it came from with a notice when it is refused.
pub async fn issue<IV: IntoView + 'static>(
    requite: Requite,
    request: Request,
    context: impl Fn() + Clone + Send + Sync + 'static,
    shell: impl Fn() -> IV + Clone + Send + Sync + 'static,
) -> Response {
    let (parts, body) = request.into_parts();
    let form = Request::from_parts(parts.clone(), body).extract::<Form<Vec<(String, String)>>, _>().await;
    let wish = match form {
        Ok(Form(wish)) => Wish(wish),
        Err(rejection) => return rejection.into_response(),
    };
    let is_key = parts.uri.path() == API_KEY;
    let done = async {
        let actor = actor_of(&requite, &parts)?;
        if is_key { api_key(&requite, &actor, &wish).await } else { recovery_codes(&requite, &actor, &wish).await }
    };
    match done.await {
        Ok(Outcome::Issued(issued)) => {
            let context = move || {
                context();
                provide_context(issued.clone());
            };
            let page = leptos_axum::render_app_async_with_context(context, shell);
            page(Request::from_parts(parts, Body::empty())).await
        }
        Ok(Outcome::Correct(page)) => Redirect::to(&page).into_response(),
        Err(error) => {
            let mut answer = Redirect::to(if is_key { api_keys::LIST } else { "/account" }).into_response();
            if let Some(cookie) = notice::cookie(&error.into_domain_error()) {
                answer.headers_mut().insert(SET_COOKIE, cookie);
            }
            answer
        }
    }
}

/// Turning the second factor on, or putting new codes in place of the old ones.
async fn recovery_codes(requite: &Requite, actor: &Actor, wish: &Wish) -> Result<Outcome, Error> {
    let code = code_of(wish.get("code").to_owned(), wish.get("recovery_code").to_owned());
    let codes = match wish.get("deed") {
        "renew" => second_factor::renew_recovery_codes(requite, actor, &code).await?,
        _ => second_factor::confirm(requite, actor, &code).await?,
    };
    Ok(Outcome::Issued(Issued::RecoveryCodes(codes)))
}

/// Making a key, or one that takes another's place.
async fn api_key(requite: &Requite, actor: &Actor, wish: &Wish) -> Result<Outcome, Error> {
    let (key, secret) = match wish.get("replaces") {
        "" => {
            let (name, scopes, addresses) = (wish.get("name"), wish.all("scopes"), wish.get("addresses"));
            match NewApiKey::parse(name, &scopes, addresses) {
                Ok(new) => api_key::create(requite, actor, &new).await?,
                Err(_) => return Ok(Outcome::Correct(api_keys::page_to_correct(name, &scopes, addresses))),
            }
        }
        old => {
            let id = forms::id(old, ApiKeyId, "API key")?;
            api_key::replace(requite, actor, id, Overlap::parse(wish.get("overlap"))?).await?
        }
    };
    Ok(Outcome::Issued(Issued::ApiKey(Box::new(key), secret)))
}
