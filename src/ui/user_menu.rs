//! The menu of the signed-in user, and the choice of the theme.

use super::components::{
    icon::{Drawing, Icon},
    typed_text::TypedText,
};
use crate::{
    domain::{names::Named, text::revealed},
    languages::Language,
    server_fns::{appearance::SetTheme, session::SignOut},
    texts::people,
    web::{language::language, paths, session::SignedIn, theme::Theme},
};
use axum::http::request::Parts;
use leptos::{prelude::*, server_fn::ServerFn};

/// Name, role, theme, account, keys, and signing out.
pub fn user_menu(signed_in: &SignedIn, here: &str) -> AnyView {
    let user = &signed_in.session.user;
    let language = language();
    view! {
        <button type="button" id="user-button" class="user" popovertarget="user-menu">
            <span class="avatar" aria-hidden="true">{initials(&user.name)}</span>
            <span class="who"><TypedText text=user.name.clone() /></span>
        </button>
        <div id="user-menu" class="menu-list" popover="auto" role="group" aria-label=language.text("frame-your-menu")>
            <p class="menu-head">
                <strong><TypedText text=user.name.clone() /></strong>
                <span class="hint"><TypedText text=user.email.clone() /></span>
                <span class="hint">{language.with("frame-role", [("role", people::role(language, user.role))])}</span>
            </p>
            {theme_form(language, here)}
            <a class="menu-item" href=paths::ACCOUNT><Icon of=Drawing::Account /> {language.text("frame-your-account")}</a>
            {(!signed_in.must_set_up).then(|| keys_link(language))}
            <form method="post" action=SignOut::url()>
                <button class="menu-item"><Icon of=Drawing::SignOut /> {language.text("frame-sign-out")}</button>
            </form>
        </div>
    }
    .into_any()
}

/// Opens the list of keys, which `islands/palette.rs` does; without JavaScript it leads to the same list on a page.
fn keys_link(language: Language) -> AnyView {
    view! {
        <a class="menu-item" href=paths::KEYBOARD_SHORTCUTS data-opens="palette-keys">
            <Icon of=Drawing::Keys /> {language.text("components-keys")}
        </a>
    }
    .into_any()
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let name = revealed(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = match words.as_slice() {
        [] => return "?".to_owned(),
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    ends.iter().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// The choice of the theme behind one button, for who is not signed in: few tabs lead to the content.
pub fn theme_menu(here: &str) -> AnyView {
    let language = language();
    let (name, choice) = (language.text("frame-theme"), language.text("frame-theme-choice"));
    view! {
        <button type="button" class="button" data-kind="square" popovertarget="theme-menu" aria-label=name>
            <Icon of=Drawing::System />
        </button>
        <div id="theme-menu" class="menu-list" popover="auto" role="group" aria-label=choice>{theme_form(language, here)}</div>
    }
    .into_any()
}

/// Three buttons of one form; the theme in use is pressed.
fn theme_form(language: Language, here: &str) -> AnyView {
    let theme = use_context::<Parts>().map(|parts| Theme::of_request(&parts.headers)).unwrap_or_default();
    let choices = [
        (Theme::System, language.text("frame-theme-system"), Drawing::System),
        (Theme::Light, language.text("frame-theme-light"), Drawing::Light),
        (Theme::Dark, language.text("frame-theme-dark"), Drawing::Dark),
    ];
    let buttons = choices.map(|(choice, title, icon)| {
        let pressed = if choice == theme { "true" } else { "false" };
        view! {
            <button name="theme" value=choice.as_str() aria-pressed=pressed><Icon of=icon /> {title}</button>
        }
    });
    let back = here.to_owned();
    view! {
        <form method="post" action=SetTheme::url() class="segments" aria-label=language.text("frame-theme")>
            <input type="hidden" name="back" value=back />
            {buttons}
        </form>
    }
    .into_any()
}
