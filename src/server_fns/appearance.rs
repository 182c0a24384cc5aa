//! The theme, which is stored in a cookie, and the time zone and the language, which are stored with the person.

use crate::domain::error::DomainError;
use leptos::prelude::*;

/// Stores the theme in a cookie: `light`, `dark`, or anything else for the system's preference.
#[server(prefix = "/do", endpoint = "theme")]
pub async fn set_theme(theme: String, #[server(default)] back: String) -> Result<(), DomainError> {
    use crate::{
        domain::names::Named,
        web::{cookies, forms, session::safe_next, theme::Theme},
    };
    cookies::set(&Theme::parse(&theme).unwrap_or_default().cookie());
    let back = safe_next(&back);
    forms::answer(&back, Ok(back.clone()))
}

/// Stores the time zone that the user has chosen for the days of filters, by its name; an empty one for that of the browser.
#[server(prefix = "/do", endpoint = "time-zone")]
pub async fn set_time_zone(zone: String) -> Result<(), DomainError> {
    use crate::{
        domain::error::ErrorCode,
        error::Error,
        service::people::team,
        texts::success::Success,
        web::{form_query::with_success_notice, forms, paths, zone::Zone},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let unknown = || DomainError::new(ErrorCode::TextInvalid, "error-time-zone");
        let chosen = match zone.as_str() {
            "" => None,
            name => Some(Zone::parse(name).ok_or_else(unknown)?),
        };
        team::choose_time_zone(&requite.store, &actor, chosen.map(Zone::tz)).await?;
        Ok::<_, Error>(with_success_notice(paths::ACCOUNT, Success::TimeZoneChanged))
    };
    forms::answer(paths::ACCOUNT, done.await)
}

/// Stores the language that the user has chosen for the console, by its code; an empty one for that of the browser.
#[server(prefix = "/do", endpoint = "language")]
pub async fn set_language(language: String) -> Result<(), DomainError> {
    use crate::{
        domain::error::ErrorCode,
        error::Error,
        languages::Language,
        service::people::team,
        texts::success::Success,
        web::{form_query::with_success_notice, forms, paths},
    };
    let done = async {
        let (requite, actor) = forms::caller()?;
        let unknown = || DomainError::new(ErrorCode::TextInvalid, "error-language-unknown");
        let chosen = match language.as_str() {
            "" => None,
            code => Some(Language::of_code(code).ok_or_else(unknown)?),
        };
        team::choose_language(&requite.store, &actor, chosen).await?;
        Ok::<_, Error>(with_success_notice(paths::ACCOUNT, Success::LanguageChosen))
    };
    forms::answer(paths::ACCOUNT, done.await)
}
