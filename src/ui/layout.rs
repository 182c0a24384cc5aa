//! The frame of every page: test mode, the bar with the trail, the search and the user's menu, the navigation, and the
//! notice about a refused form.

use super::{
    components::{
        command_palette::CommandPalette,
        icon::{Drawing, Icon},
        notice::RefusedForm,
        typed_text::TypedText,
    },
    navigation::{group_of, navigation},
    user_menu::{theme_menu, user_menu},
};
use crate::{
    config::Mode,
    languages::Language,
    state::Requite,
    web::{
        cookies,
        language::language,
        notice, paths,
        session::{SignedIn, sign_in_page},
    },
};
use axum::http::request::Parts;
use leptos::prelude::*;

/// A page above another one.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub href: String,
    pub title: String,
}

/// The frame around a page. Without a session it has no navigation, and a link to sign in.
#[component]
pub fn Layout(
    /// The name of the page.
    #[prop(into)]
    title: String,
    /// The pages above it, the highest first.
    crumbs: Vec<Crumb>,
    children: Children,
) -> impl IntoView {
    let (language, parts) = (language(), use_context::<Parts>());
    let here = parts.as_ref().and_then(|parts| parts.uri.path_and_query()).map(ToString::to_string).unwrap_or_default();
    // Somebody who has to set up a second factor first may open no other page.
    let signed_in = parts.as_ref().and_then(|parts| parts.extensions.get::<SignedIn>().cloned());
    let actor = signed_in.as_ref().filter(|signed_in| !signed_in.must_set_up).map(SignedIn::actor);
    let group = actor.as_ref().zip(parts.as_ref()).and_then(|(actor, parts)| group_of(language, actor, &parts.uri));
    let end = match &signed_in {
        Some(signed_in) => user_menu(signed_in, &here),
        None => view! {
            {theme_menu(&here)}
            <a class="button" href=sign_in_page(&here)>{language.text("frame-sign-in")}</a>
        }
        .into_any(),
    };
    // The button that opens the navigation is drawn there, and follows the content in the document with what it opens.
    let start = actor.is_none().then(|| brand(language));
    let trail = actor.is_some().then(|| trail(language, group, crumbs, title));
    let frame = if actor.is_some() { "navigation" } else { "plain" };
    view! {
        <a class="skip" href="#main">{language.text("skip")}</a>
        <div class="frame" data-kind=frame>
            <header class="top">
                {test_mode()}
                <div class="bar">{start} {trail} {actor.as_ref().map(|_| search_form(language))} <div class="bar-end">{end}</div></div>
            </header>
            <main id="main">
                {refused_form()}
                {children()}
            </main>
            {actor.as_ref().map(|actor| navigation(language, actor))}
        </div>
        <CommandPalette />
    }
}

/// Where the page is: its group and the pages above it.
fn trail(language: Language, group: Option<String>, crumbs: Vec<Crumb>, title: String) -> AnyView {
    let is_deep = !crumbs.is_empty();
    let group = group.map(|group| view! { <li data-kind="group">{group} <Icon of=Drawing::Separator /></li> });
    let links = crumbs.into_iter().map(|Crumb { href, title }| {
        view! {
            <li>
                <a href=href>{title}</a>
                <Icon of=Drawing::Separator />
            </li>
        }
    });
    view! {
        <nav class="trail" aria-label=language.text("frame-breadcrumb") data-kind=if is_deep { "deep" } else { "flat" }>
            <ol>
                {group} {links.collect_view()} <li aria-current="page"><TypedText text=title /></li>
            </ol>
        </nav>
    }
    .into_any()
}

fn search_form(language: Language) -> AnyView {
    let search = language.text("frame-search");
    view! {
        <form method="get" action=paths::SEARCH class="find" role="search" aria-label=language.text("frame-search-everything")>
            <Icon of=Drawing::Search />
            <input
                type="search"
                name="q"
                class="input"
                aria-label=search.clone()
                aria-keyshortcuts="Control+K Meta+K /"
                placeholder=search
                autocomplete="off"
            />
            <span class="find-keys" aria-hidden="true">
                <kbd>{language.text("components-key-control")}</kbd> " " <kbd>"K"</kbd>
            </span>
        </form>
    }
    .into_any()
}

/// A page without navigation, for signing in and for errors before it.
pub fn bare_layout(content: impl IntoView) -> AnyView {
    view! {
        <div class="frame" data-kind="bare">
            <header class="top">{test_mode()}</header>
            <main id="main" class="narrow">
                <p class="brand">{mark()} "Requite"</p>
                {refused_form()}
                {content}
            </main>
        </div>
    }
    .into_any()
}

/// The notice about a refused form, shown once.
pub(super) fn refused_form() -> Option<impl IntoView> {
    let error = notice::read(&use_context::<Parts>()?.headers)?.error;
    cookies::set(&notice::removal_cookie());
    Some(view! { <RefusedForm error /> })
}

/// Says in a sandbox that no real money moves.
pub(super) fn test_mode() -> Option<impl IntoView> {
    let requite = use_context::<Requite>()?;
    let evm = requite.chain.as_ref().and_then(|chain| chain.evm.as_ref());
    // A sandbox takes test networks only.
    let networks = evm.iter().flat_map(|evm| &evm.connections).map(|connection| connection.settings.network.title());
    let networks = networks.collect::<Vec<_>>().join(", ");
    let language = language();
    let explanation = if networks.is_empty() {
        language.text("test-mode-nothing-real")
    } else {
        language.with("test-mode-networks", [("networks", networks)])
    };
    let sandbox = requite.settings.mode == Mode::Sandbox;
    sandbox.then(|| {
        view! {
            <p class="test-mode"><Icon of=Drawing::TestMode /> <strong>{language.text("test-mode")}</strong> " " <span>{explanation}</span></p>
        }
    })
}

/// The name of the console, as a link to its first page.
pub(super) fn brand(language: Language) -> AnyView {
    view! { <a class="brand" href=paths::OVERVIEW aria-label=language.text("frame-brand")>{mark()} "Requite"</a> }
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
