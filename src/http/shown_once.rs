//! Forms whose response is a page instead of a redirect, because the page shows something only once: a secret, or what is
//! masked on other pages.
//!
//! Recovery codes and API keys are stored only as hashes, so no later request could show them. They must not be in a
//! URL, which is kept in browser histories, nor in a cookie, which is kept on disk. So they are in the response to the
//! form itself, which is not cached. Reloading the page sends the form again: a second factor code in it is already
//! used up, and an API key is created a second time under the same name, which the list of keys shows. If the response
//! is lost, new codes or a new key must be created. What is masked of a customer is revealed once more, and each time is in
//! the audit log.

use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::ApiKeyId,
        people::{actor::Actor, api_key::RotationPeriod},
    },
    error::Error,
    service::{
        customers,
        people::{
            api_key,
            second_factor::{self, CodeAttempt},
        },
    },
    state::Requite,
    web::{
        form_query::{ApiKeyInput, RefusedForm},
        forms::{self, actor_of, code_of},
        notice, paths,
        session::safe_next,
        shown_once::ShownOnce,
    },
};
use axum::{
    Form, RequestExt,
    body::Body,
    extract::Request,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use leptos::prelude::{IntoView, provide_context};

/// The response to an accepted form.
enum FormOutcome {
    /// Show the page.
    Show(ShownOnce),
    /// Redirect to the page on which the input is corrected.
    Correct(String),
}

/// The fields of a form; a name may occur several times.
struct FormMembers(Vec<(String, String)>);

impl FormMembers {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.as_str())
    }

    fn all(&self, name: &str) -> String {
        let values = self.0.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(" ")
    }
}

/// Executes the form and shows the result once. If the form is refused, redirects back with a notice.
pub async fn answer_form<IV: IntoView + 'static>(
    requite: Requite,
    request: Request,
    context: impl Fn() + Clone + Send + Sync + 'static,
    shell: impl Fn() -> IV + Clone + Send + Sync + 'static,
) -> Response {
    let (parts, body) = request.into_parts();
    let form = Request::from_parts(parts.clone(), body).extract::<Form<Vec<(String, String)>>, _>().await;
    let form = match form {
        Ok(Form(members)) => FormMembers(members),
        Err(rejection) => return rejection.into_response(),
    };
    let answer = async {
        let actor = actor_of(&requite, &parts)?;
        match parts.uri.path() {
            paths::NEW_API_KEY => api_key(&requite, &actor, &form).await,
            paths::REVEALED => customer(&requite, &actor, &form).await,
            _ => recovery_codes(&requite, &actor, &form).await,
        }
    };
    match answer.await {
        Ok(FormOutcome::Show(shown_once)) => {
            let context = move || {
                context();
                provide_context(shown_once.clone());
            };
            let page = leptos_axum::render_app_async_with_context(context, shell);
            page(Request::from_parts(parts, Body::empty())).await
        }
        Ok(FormOutcome::Correct(page)) => Redirect::to(&page).into_response(),
        Err(error) => {
            let cookie = notice::cookie(&error.into_domain_error(), "");
            let cookies = cookie.into_iter().fold(CookieJar::new(), CookieJar::add);
            let back = match parts.uri.path() {
                paths::NEW_API_KEY => key_page(&form),
                paths::REVEALED => safe_next(form.get("back")),
                _ => paths::ACCOUNT.to_owned(),
            };
            (cookies, Redirect::to(&back)).into_response()
        }
    }
}

/// Turns the second factor on, or replaces the recovery codes.
async fn recovery_codes(requite: &Requite, actor: &Actor, form: &FormMembers) -> Result<FormOutcome, Error> {
    let code = code_of(form.get("code").to_owned(), form.get("recovery_code").to_owned());
    let code = CodeAttempt { limits: &requite.code_limits, typed: &code };
    let context = requite.context();
    let codes = match form.get("action") {
        "renew" => second_factor::renew_recovery_codes(&requite.store, &context, actor, code).await?,
        "confirm" => second_factor::confirm(&requite.store, &context, actor, code).await?,
        _ => return Err(DomainError::new(ErrorCode::RequestMalformed, "error-form-incomplete").into()),
    };
    Ok(FormOutcome::Show(ShownOnce::RecoveryCodes(codes)))
}

/// Reveals what a record has of its customer.
async fn customer(requite: &Requite, actor: &Actor, form: &FormMembers) -> Result<FormOutcome, Error> {
    let revealed = customers::reveal(&requite.store, &requite.context(), actor, form.get("record")).await?;
    Ok(FormOutcome::Show(ShownOnce::Customer(revealed, safe_next(form.get("back")))))
}

fn key_input(form: &FormMembers) -> ApiKeyInput {
    ApiKeyInput {
        name: form.get("name").to_owned(),
        scopes: form.all("scopes"),
        addresses: form.get("addresses").to_owned(),
        callback_format: form.get("callback_format").to_owned(),
        strict_circle: form.get("strict_circle").to_owned(),
    }
}

/// The page that the form of a key was sent from, with its input.
fn key_page(form: &FormMembers) -> String {
    match form.get("replaces") {
        "" => RefusedForm::address(paths::API_KEYS, key_input(form)),
        old => forms::page_of(old, ApiKeyId, paths::api_key, paths::API_KEYS),
    }
}

/// Creates a key, or replaces one.
async fn api_key(requite: &Requite, actor: &Actor, form: &FormMembers) -> Result<FormOutcome, Error> {
    let (context, mode) = (requite.context(), requite.settings.mode);
    let (key, secret) = match form.get("replaces") {
        "" => {
            let input = key_input(form);
            match input.parse() {
                Ok(new) => api_key::create(&requite.store, &context, mode, actor, &new).await?,
                Err(_) => return Ok(FormOutcome::Correct(RefusedForm::address(paths::API_KEYS, input))),
            }
        }
        old => {
            let id = forms::id(old, ApiKeyId, "error-unknown-api-key")?;
            api_key::replace(&requite.store, &context, mode, actor, id, RotationPeriod::parse(form.get("overlap"))?)
                .await?
        }
    };
    Ok(FormOutcome::Show(ShownOnce::ApiKey(Box::new(key), secret)))
}
