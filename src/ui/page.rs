//! Renders a page after loading its data, or an error page with the right status.

use super::components::notice::Notice;
use super::layout::{Crumb, Layout, bare_layout};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        text::revealed,
    },
    error::Error,
    web::{
        language::language,
        paths,
        session::{SignedIn, sign_in_page},
    },
};
use axum::http::request::Parts;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The content of a page after loading.
pub struct Content {
    /// The name of the page, for the tab and for screen readers.
    pub title: String,
    /// The pages above it, the highest first.
    pub crumbs: Vec<Crumb>,
    /// The content of the page, without the navigation.
    pub body: AnyView,
}

impl Content {
    /// A page with a title.
    pub fn new(title: impl Into<String>, body: impl IntoView + 'static) -> Self {
        Self { title: title.into(), crumbs: Vec::new(), body: body.into_any() }
    }

    /// Places the page below another one, to which the trail in the bar then leads.
    #[must_use]
    pub fn below(mut self, href: impl Into<String>, title: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { href: href.into(), title: title.into() });
        self
    }
}

/// A page of the console with the navigation around it, rendered when `load` has finished.
pub fn page(load: impl Future<Output = Result<Content, Error>> + Send + 'static) -> impl IntoView {
    Suspend::new(async move {
        match load.await {
            Ok(Content { title, crumbs, body }) => view! {
                {tab_title(&title)}
                <Layout title crumbs>{body}</Layout>
            }
            .into_any(),
            Err(error) => refused(&error.into_domain_error()),
        }
    })
}

/// A page without navigation, rendered when `load` has finished.
pub fn bare_page(load: impl Future<Output = Result<Content, Error>> + Send + 'static) -> impl IntoView {
    Suspend::new(async move {
        match load.await {
            Ok(Content { title, body, .. }) => view! {
                {tab_title(&title)}
                {bare_layout(body)}
            }
            .into_any(),
            Err(error) => refused(&error.into_domain_error()),
        }
    })
}

/// The name of a page, for the tab and for screen readers. Leptos does not escape titles: a name that contains
/// `</title>` would end the title, and the rest would be parsed as HTML.
pub fn tab_title(name: &str) -> AnyView {
    let text = format!("{} · Requite", revealed(name).replace('&', "&amp;").replace('<', "&lt;"));
    view! { <Title text /> }.into_any()
}

/// A path parameter of the page.
pub fn param(name: &str) -> String {
    use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default()
}

/// The query parameters of the page. An invalid query counts as an empty one.
pub fn query<T: serde::de::DeserializeOwned + Default>() -> T {
    use_context::<Parts>()
        .and_then(|parts| serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).ok())
        .unwrap_or_default()
}

/// Redirects the browser instead of showing the page.
pub fn redirect_to(path: &str) -> Content {
    leptos_axum::redirect(path, false);
    let language = language();
    let (before, after) = language.around("frame-moved-to", "link");
    let link = view! { <a href=path.to_owned()>{language.text("frame-continue-here")}</a> };
    Content::new(language.text("frame-moved"), view! { <p>{before} {link} {after}</p> })
}

/// Sets the HTTP status of an error.
pub(super) fn set_status(error: &DomainError) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(error.status_code());
    }
}

/// The error page. Whoever is signed in keeps the navigation, to go on from there.
fn refused(error: &DomainError) -> AnyView {
    if error.code == ErrorCode::NotSignedIn {
        let here = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
        leptos_axum::redirect(&sign_in_page(&here), false);
        return ().into_any();
    }
    set_status(error);
    let language = language();
    let title = language.text(if error.code == ErrorCode::NotFound { "frame-not-found" } else { "frame-failed" });
    let parts = use_context::<Parts>();
    let is_signed_in = parts.as_ref().is_some_and(|parts| parts.extensions.get::<SignedIn>().is_some());
    let request_id =
        parts.and_then(|parts| parts.headers.get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned));
    let content = view! {
        <h1>{title.clone()}</h1>
        <Notice error=error.clone() />
        <p class="actions">
            <a class="button" href=paths::OVERVIEW>{language.text("frame-first-page")}</a>
        </p>
        <p class="hint">{language.text("frame-request")} " " <span class="mono">{request_id}</span></p>
    };
    let tab = tab_title(&title);
    let framed = if is_signed_in {
        view! { <Layout title crumbs=Vec::new()>{content}</Layout> }.into_any()
    } else {
        bare_layout(content)
    };
    view! {
        {tab}
        {framed}
    }
    .into_any()
}
