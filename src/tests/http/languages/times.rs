//! In which variant of the page's language the script writes times. `end2end/tests/live.spec.ts` sees what it writes.

use super::{ENGLISH, GERMAN, browse};
use crate::support::{Engine, TestApp};

#[tokio::test]
async fn times_are_in_the_language_of_the_page_whatever_the_browser_prefers() {
    let app = TestApp::new(Engine::Sqlite).await;
    let viewer = app.sign_in("viewer@example.com").await;
    let locale = async |browser: (&'static str, &'static str)| {
        let page = browse(&app, "/refunds", None, &[browser, ("cookie", viewer.cookie.as_str())]).await.text();
        let (_, rest) = page.split_once(" data-locale=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_eq!(locale(GERMAN).await, "de-AT");
    assert_eq!(locale(ENGLISH).await, "en-GB");
    assert_eq!(locale(("accept-language", "fr-CA")).await, "en");
    for hostile in ["de-\"><script>", "de_", "de-x-y-z-1-2-3-4-5-6-7-8-9", "de-abcdefghi"] {
        assert!(["de", "en"].contains(&locale(("accept-language", hostile)).await.as_str()), "{hostile}");
    }
    viewer.post("/do/language", &[("language", "de")]).await;
    // This browser wants English first, and German of no country.
    assert_eq!(locale(ENGLISH).await, "de");
}
