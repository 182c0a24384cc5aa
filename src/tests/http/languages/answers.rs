//! Answers to requests that no page has answered: refused files, forms that are too long, and what everybody gets while no
//! session can be read.

use super::{ENGLISH, GERMAN, assert_german, browse};
use crate::support::{Engine, TestApp};
use axum::http::StatusCode;

#[tokio::test]
async fn why_a_file_is_refused_is_told_in_the_language_of_the_reader() {
    let app = TestApp::new(Engine::Sqlite).await;
    let viewer = app.sign_in("viewer@example.com").await;
    let get = async |path: &str, browser: (&'static str, &'static str)| {
        browse(&app, path, None, &[browser, ("cookie", viewer.cookie.as_str())]).await
    };
    let of_lists = ["/audit.csv", "/team.csv", "/developers/api-keys.csv", "/developers/mail.csv"];
    let forbidden = "Ihre Rolle erlaubt das nicht. Bitten Sie jemanden, der die Berechtigung dazu hat.\n";
    let unknown = "Diesen Kontoauszug gibt es nicht. Prüfen Sie, ob die ID oder Adresse vollständig kopiert ist.\n";
    let unreadable = "Die URL der Datei ist nicht gültig. Korrigieren Sie den Filter.\n";
    let expected = of_lists.map(|path| (path, StatusCode::FORBIDDEN, forbidden)).into_iter().chain([
        ("/statements/2026-13/movements.csv", StatusCode::NOT_FOUND, unknown),
        ("/refunds.csv?sort=newest&sort=oldest", StatusCode::UNPROCESSABLE_ENTITY, unreadable),
    ]);
    for (path, status, words) in expected {
        let german = get(path, GERMAN).await;
        assert_eq!((german.status, german.text().as_str()), (status, words), "{path}");
        assert_eq!(german.header("content-language"), Some("de"), "{path}");
        let english = get(path, ENGLISH).await;
        assert_eq!((english.status, english.header("content-language")), (status, Some("en")), "{path}");
        assert!(!english.text().contains("Sie "), "{path}: {}", english.text());
    }
    // What a person has chosen counts more than their browser, as on pages.
    viewer.post("/do/language", &[("language", "de")]).await;
    assert_eq!(get("/audit.csv", ENGLISH).await.text(), forbidden);

    // Files are for programs too.
    let file = get("/refunds.csv", GERMAN).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.text().starts_with("id,payment_intent_id,status,"), "{}", file.text());
}

#[tokio::test]
async fn that_no_session_can_be_read_is_told_in_the_language_of_the_browser() {
    let app = TestApp::new(Engine::Sqlite).await;
    let viewer = app.sign_in("viewer@example.com").await;
    app.tamper("alter table sessions rename to unreadable_sessions").await.unwrap();
    for (browser, code, words) in [
        (GERMAN, "de", "Requite erreicht seine Datenbank nicht. Versuchen Sie es in einer Minute noch einmal.\n"),
        (ENGLISH, "en", "Requite cannot reach its database. Try again in a minute.\n"),
    ] {
        let answer = browse(&app, "/refunds", None, &[browser, ("cookie", viewer.cookie.as_str())]).await;
        assert_eq!((answer.status, answer.text().as_str()), (StatusCode::SERVICE_UNAVAILABLE, words));
        assert_eq!(answer.header("content-language"), Some(code));
    }
}

#[tokio::test]
async fn that_a_form_is_too_long_is_told_on_a_page_in_the_language() {
    let app = TestApp::new(Engine::Sqlite).await;
    let owner = app.sign_in("owner@example.com").await;
    let long = "x".repeat(70_000);
    let form = [("name", "Shop"), ("addresses", long.as_str())];
    let headers = [
        GERMAN,
        ("cookie", owner.cookie.as_str()),
        ("origin", "http://localhost"),
        ("sec-fetch-site", "same-origin"),
        ("content-length", "70020"),
    ];
    let answer = browse(&app, "/developers/api-keys/issued", Some(&form), &headers).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_german(
        &answer,
        &["Dieses Formular ist zu lang, deshalb wurde nichts getan.", "Senden Sie eine kleinere Anfrage."],
    );
}
