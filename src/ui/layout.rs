//! The frame of every page: navigation, the notice about a refused form, and the menu of the signed-in user.

use super::components::{notice::Notice, typed_text::TypedText};
use crate::{
    config::Mode,
    domain::{names::Named, people::actor::Permission},
    server_fns::{appearance::SetTheme, session::SignOut},
    state::Requite,
    web::{
        cookies, notice, paths,
        session::{SignedIn, sign_in_page},
        theme::Theme,
    },
};
use axum::http::request::Parts;
use leptos::{prelude::*, server_fn::ServerFn};

const PAGES: [(&str, &str); 5] = [
    (paths::OVERVIEW, "Overview"),
    (paths::PAYMENT_INTENTS, "Payment intents"),
    (paths::REFUNDS, "Refunds"),
    (paths::UNSUPPORTED_FUNDS, "Unsupported funds"),
    (paths::CURRENCIES, "Currencies"),
];

/// The navigation around a page; without a session, a link to sign in.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let parts = use_context::<Parts>();
    let path = parts.as_ref().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let here = parts.as_ref().and_then(|parts| parts.uri.path_and_query()).map(ToString::to_string).unwrap_or_default();
    let signed_in = parts.as_ref().and_then(|parts| parts.extensions.get::<SignedIn>().cloned());
    let links = signed_in.is_some().then(|| links(&path));
    let way_in = signed_in.is_none().then(|| view! { <a href=sign_in_page(&here)>"Sign in"</a> });
    view! {
        <a class="skip" href="#main">"Skip to the content"</a>
        <header class="bar">
            <a class="brand" href=paths::OVERVIEW aria-label="Requite, overview">{mark()} "Requite"</a>
            {links}
            <div class="bar-end">
                {sandbox_mark()}
                {theme_form(&here)}
                {signed_in.map(|signed_in| signed_in_user(&signed_in))}
                {way_in}
            </div>
        </header>
        <main id="main">
            {refused_form()}
            {children()}
        </main>
    }
}

fn links(path: &str) -> AnyView {
    let links = PAGES.map(|(href, title)| {
        let current = if href == paths::OVERVIEW { path == href } else { path.starts_with(href) };
        view! {
            <li>
                <a href=href aria-current=current.then_some("page")>{title}</a>
            </li>
        }
    });
    view! {
        <nav aria-label="Main">
            <ul>{links}</ul>
        </nav>
    }
    .into_any()
}

/// A page without navigation, for signing in and for errors.
pub fn bare_layout(content: impl IntoView) -> AnyView {
    view! {
        <main id="main" class="narrow">
            <p class="brand">{mark()} "Requite"</p>
            {refused_form()}
            {content}
        </main>
    }
    .into_any()
}

/// The notice about a refused form, shown once.
pub(super) fn refused_form() -> Option<impl IntoView> {
    let error = notice::read(&use_context::<Parts>()?.headers)?;
    cookies::set(&notice::removal_cookie());
    Some(view! { <Notice error /> })
}

pub(super) fn sandbox_mark() -> Option<impl IntoView> {
    let requite = use_context::<Requite>()?;
    let evm = requite.chain.as_ref().and_then(|chain| chain.evm.as_ref());
    // A sandbox takes test networks only.
    let networks = evm.iter().flat_map(|evm| &evm.connections).map(|connection| connection.settings.network.title());
    let networks = networks.collect::<Vec<_>>().join(", ");
    let title = if networks.is_empty() {
        "Nothing real moves".to_owned()
    } else {
        format!("Coins of test networks move, in place of {networks}")
    };
    let sandbox = requite.settings.mode == Mode::Sandbox;
    sandbox.then(|| view! { <span class="badge" data-status="sandbox" title=title>"Sandbox"</span> })
}

fn theme_form(here: &str) -> AnyView {
    let theme = use_context::<Parts>().map(|parts| Theme::of_request(&parts.headers)).unwrap_or_default();
    let (next, label) = match theme {
        Theme::Dark => (Theme::System, "Theme: dark"),
        Theme::Light => (Theme::Dark, "Theme: light"),
        Theme::System => (Theme::Light, "Theme: as the system"),
    };
    let back = here.to_owned();
    view! {
        <form method="post" action=SetTheme::url()>
            <input type="hidden" name="theme" value=next.as_str() />
            <input type="hidden" name="back" value=back />
            <button class="icon" title=label aria-label=format!("{label}. Change")>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                    <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" />
                    <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" />
                </svg>
            </button>
        </form>
    }
    .into_any()
}

/// Whether this server is connected to real networks. In the sandbox there is nothing to see of payouts.
fn sends_for_real() -> bool {
    use_context::<Requite>().and_then(|requite| requite.chain).is_some_and(|chain| chain.evm.is_some())
}

fn signed_in_user(signed_in: &SignedIn) -> AnyView {
    let user = &signed_in.session.user;
    view! {
        <details class="menu">
            <summary>
                <span class="who"><TypedText text=user.name.clone() /></span>
            </summary>
            <div class="menu-list">
                <p class="hint"><TypedText text=user.email.clone() /> <br /> {user.role.as_str()}</p>
                <a class="menu-item" href=paths::ACCOUNT>"Your account"</a>
                <a class="menu-item" href=paths::RECONCILIATION>"Reconciliation"</a>
                {sends_for_real().then(|| view! { <a class="menu-item" href=paths::PAYOUTS>"Payouts"</a> })}
                {(sends_for_real() && user.actor().may(Permission::ReadNetworks))
                    .then(|| view! { <a class="menu-item" href=paths::NETWORKS>"Networks"</a> })}
                <a class="menu-item" href=paths::SETTINGS>"Settings"</a>
                {user.actor()
                    .may(Permission::ManageApiKeys)
                    .then(|| {
                        view! {
                            <a class="menu-item" href=paths::API_KEYS>"API keys"</a>
                            <a class="menu-item" href=paths::API_LOG>"API log"</a>
                        }
                    })}
                {user.actor()
                    .may(Permission::ManageWebhooks)
                    .then(|| {
                        view! {
                            <a class="menu-item" href=paths::WEBHOOK_ENDPOINTS>"Webhooks"</a>
                            <a class="menu-item" href=paths::MAIL>"Mail outbox"</a>
                        }
                    })}
                {user.actor().may(Permission::ManagePeople).then(|| view! { <a class="menu-item" href=paths::TEAM>"Team"</a> })}
                {user.actor().may(Permission::ReadAudit).then(|| view! { <a class="menu-item" href=paths::AUDIT>"Audit log"</a> })}
                <a class="menu-item" href=paths::DOCS>"API reference"</a>
                <form method="post" action=SignOut::url()>
                    <button class="menu-item">"Sign out"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

pub(super) fn mark() -> AnyView {
    view! {
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path
                d="M16.5 10a6.5 6.5 0 1 1-2-4.7M15 2v3.6h-3.6"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
                stroke-linejoin="round"
            />
        </svg>
    }
    .into_any()
}
