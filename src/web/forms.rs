//! The caller of a form, and the response to it, for server functions.

use super::{
    client_address::client_address,
    cookies,
    form_query::with_success_notice,
    notice, paths,
    periods::Calendar,
    saved_views,
    session::{SignedIn, browser_token, sign_in_page},
};
use crate::{
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{PayPageId, PolicyProposalId, RefundDraftId, RefundId, SavedViewId, UserId},
        names::Named,
        people::actor::Actor,
        refunds::draft::{AmountEntry, WizardStep},
        saved_views::SavedList,
    },
    error::Error,
    service::{intents::pay_page, people::session::Browser},
    state::Requite,
    texts::success::Success,
};
use axum::http::{header, request::Parts};
use leptos::prelude::use_context;
use std::net::IpAddr;
use uuid::Uuid;

/// The most characters of typed input that a page takes over in its URL. It asks for six.
const TYPED_MAX: usize = 16;
/// The same of an amount: a draft stores no more.
const AMOUNT_MAX: usize = 64;

#[derive(Debug, thiserror::Error)]
#[error("called outside of a request")]
struct OutsideOfRequest;

/// The application state and the current request.
pub fn request() -> Result<(Requite, Parts), Error> {
    let missing = || Error::fault(OutsideOfRequest);
    Ok((use_context::<Requite>().ok_or_else(missing)?, use_context::<Parts>().ok_or_else(missing)?))
}

/// The browser that sent a form.
pub fn browser(requite: &Requite, parts: &Parts) -> Browser {
    let user_agent = parts.headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok());
    Browser {
        address: client_address(requite, parts),
        user_agent: user_agent.map(str::to_owned),
        token: browser_token(requite, &parts.headers),
    }
}

/// The application state and the signed-in user.
pub fn caller() -> Result<(Requite, Actor), Error> {
    let (requite, parts) = request()?;
    let actor = actor_of(&requite, &parts)?;
    Ok((requite, actor))
}

/// When and in which time zone the page of a list is read.
pub fn calendar() -> Result<Calendar, Error> {
    let (requite, parts) = request()?;
    Ok(Calendar::new(&requite, &parts.headers, parts.extensions.get::<SignedIn>()))
}

/// The signed-in user of a request.
pub fn actor_of(requite: &Requite, parts: &Parts) -> Result<Actor, DomainError> {
    let signed_in = signed_in(parts)?;
    signed_in.require_set_up(parts.uri.path())?;
    Ok(signed_in.actor().at(client_address(requite, parts)))
}

/// The session of a request.
pub fn signed_in(parts: &Parts) -> Result<&SignedIn, DomainError> {
    let signed_in = parts.extensions.get::<SignedIn>();
    signed_in.ok_or_else(|| DomainError::new(ErrorCode::NotSignedIn, "error-not-signed-in"))
}

/// The code from the two inputs of a code field: the one-time code, or else the recovery code.
pub fn code_of(one_time: String, recovery: String) -> String {
    if one_time.trim().is_empty() { recovery } else { one_time }
}

/// Parses an id from a URL or a form. An invalid id gives the same error as an unknown one: the text with the id `unknown`.
pub fn id<T>(text: &str, make: impl FnOnce(Uuid) -> T, unknown: &'static str) -> Result<T, DomainError> {
    Uuid::try_parse(text).map(make).map_err(|_| DomainError::not_found(unknown))
}

/// The page that a form was sent from, by the id in the form. If that is not a valid id, the list, since other text
/// must not be put into a URL.
pub fn page_of<T>(text: &str, make: impl FnOnce(Uuid) -> T, page: impl FnOnce(T) -> String, list: &str) -> String {
    Uuid::try_parse(text).map_or_else(|_| list.to_owned(), |id| page(make(id)))
}

/// Responds to a form: redirects to the page in `done`, or to `back` with a notice about the error. A client that does
/// not accept HTML gets the error itself.
pub fn answer(back: &str, done: Result<String, Error>) -> Result<(), DomainError> {
    answer_keeping("", back, done)
}

/// The same for a form that shows again what was typed into one of its inputs.
pub fn answer_keeping(typed: &str, back: &str, done: Result<String, Error>) -> Result<(), DomainError> {
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
        if let Some(cookie) = notice::cookie(&error, typed) {
            cookies::set(&cookie);
        }
        leptos_axum::redirect(back, false);
    }
    Ok(())
}

/// Saves one step of the wizard and redirects to the next. If the input has errors, redirects to the same step, which
/// shows them.
pub async fn save_step(
    draft: &str,
    step: WizardStep,
    next: WizardStep,
    save: impl AsyncFnOnce(Requite, Actor, RefundDraftId) -> Result<bool, Error>,
) -> Result<(), DomainError> {
    let done = async {
        let (requite, actor) = caller()?;
        let id = id(draft, RefundDraftId, "error-unknown-refund-draft")?;
        let right = save(requite, actor, id).await?;
        let page = paths::refund_draft(id, if right { next } else { step });
        Ok(if right { page } else { format!("{page}?check=1") })
    };
    answer(&step_page(draft, step), done.await)
}

/// Redirects to the step of the amount, with what was typed there and could not be read.
pub fn show_amount_again(draft: &str, way: AmountEntry, amount: &str, price: &str) -> Result<(), DomainError> {
    let page = step_page(draft, WizardStep::Amount);
    let [amount, price] = [amount, price].map(|text| text.chars().take(AMOUNT_MAX).collect::<String>());
    let typed = [("way", way.as_str()), ("amount", amount.as_str()), ("price", price.as_str())];
    let typed = serde_urlencoded::to_string(typed).unwrap_or_default();
    answer(&page, Ok(format!("{page}?{typed}")))
}

/// The step of the wizard that a form was sent from.
pub fn step_page(draft: &str, step: WizardStep) -> String {
    page_of(draft, RefundDraftId, |id| paths::refund_draft(id, step), paths::PAYMENT_INTENTS)
}

/// Changes a member of the team, and redirects back to their page.
pub async fn act_on_member(
    member: &str,
    success: Success,
    act: impl AsyncFnOnce(Requite, Actor, UserId) -> Result<(), Error>,
) -> Result<(), DomainError> {
    let back = page_of(member, UserId, paths::member, paths::TEAM);
    let done = async {
        let (requite, actor) = caller()?;
        act(requite, actor, id(member, UserId, "error-unknown-user")?).await?;
        Ok(with_success_notice(&back, success))
    };
    answer(&back, done.await)
}

/// Acts on a refund, and redirects back to its page.
pub async fn act_on_refund(
    refund: &str,
    success: Success,
    act: impl AsyncFnOnce(Requite, Actor, RefundId) -> Result<(), Error>,
) -> Result<(), DomainError> {
    let back = page_of(refund, RefundId, paths::refund, paths::REFUNDS);
    let done = async {
        let (requite, actor) = caller()?;
        act(requite, actor, id(refund, RefundId, "error-unknown-refund")?).await?;
        Ok(with_success_notice(&back, success))
    };
    answer(&back, done.await)
}

/// Pauses or resumes payouts of a network, and redirects back to their page.
pub async fn act_on_payouts(
    network: &str,
    success: Success,
    act: impl AsyncFnOnce(Requite, Actor, Network) -> Result<(), Error>,
) -> Result<(), DomainError> {
    let done = async {
        let (requite, actor) = caller()?;
        let network = Network::parse(network).map_err(|error| error.on(Field::Network))?;
        act(requite, actor, network).await?;
        Ok(with_success_notice(paths::PAYOUTS, success))
    };
    answer(paths::PAYOUTS, done.await)
}

/// Approves or withdraws a change of the policy that waits, and redirects back to the settings.
pub async fn act_on_policy_proposal(
    proposal: &str,
    success: Success,
    act: impl AsyncFnOnce(Requite, Actor, PolicyProposalId) -> Result<(), Error>,
) -> Result<(), DomainError> {
    let done = async {
        let (requite, actor) = caller()?;
        act(requite, actor, id(proposal, PolicyProposalId, "error-unknown-change")?).await?;
        Ok(with_success_notice(paths::SETTINGS, success))
    };
    answer(paths::SETTINGS, done.await)
}

/// Changes a saved view, and redirects back to the list as it was shown.
pub async fn act_on_saved_view(
    view: &str,
    (list, query): (&str, &str),
    success: Success,
    act: impl AsyncFnOnce(Requite, Actor, SavedViewId) -> Result<(), Error>,
) -> Result<(), DomainError> {
    let Some(list) = SavedList::parse(list) else {
        return answer(paths::OVERVIEW, Err(DomainError::not_found("error-unknown-list").into()));
    };
    let query = saved_views::parse(list, query).text;
    let done = async {
        let (requite, actor) = caller()?;
        act(requite, actor, id(view, SavedViewId, "error-unknown-saved-view")?).await?;
        Ok(saved_views::address_after(list, &query, success))
    };
    answer(&saved_views::address(list, &query), done.await)
}

/// The last step of the wizard, with the end of the address as it was typed there.
pub fn confirm_page(draft: &str, typed: &str) -> String {
    let page = step_page(draft, WizardStep::Confirm);
    let typed: String = typed.trim().chars().take(TYPED_MAX).collect();
    if typed.is_empty() {
        return page;
    }
    format!("{page}?{}", serde_urlencoded::to_string([("typed", typed)]).unwrap_or_default())
}

/// The order of a payment page, for whoever has its link, and from where they ask. Each request counts, since nobody has to
/// sign in, and an order can have many payments. `page` is the id in the link.
pub fn order_of_link(page: &str) -> Result<(Requite, PayPageId, IpAddr), Error> {
    let (requite, parts) = request()?;
    let from = client_address(&requite, &parts);
    requite.pay_limits.count_attempt(from)?;
    Ok((requite, id(page, PayPageId, "error-unknown-order")?, from))
}

/// Executes a customer's form on the payment page of an order, and redirects back to the page. `page` is the id in the
/// link.
pub async fn act_on_order(
    page: &str,
    act: impl AsyncFnOnce(&Requite, PayPageId, Option<IpAddr>) -> Result<(), Error>,
) -> Result<(), DomainError> {
    let back = page_of(page, PayPageId, pay_page::path, pay_page::PAGE);
    let done = async {
        let (requite, id, from) = order_of_link(page)?;
        act(&requite, id, Some(from)).await?;
        Ok(back.clone())
    };
    answer(&back, done.await)
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
