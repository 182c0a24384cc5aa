//! Names that are not typed by anybody: those of the world's currencies.

use super::{ENGLISH, GERMAN, browse};
use crate::support::{Engine, TestApp};

#[tokio::test]
async fn the_currencies_of_the_books_have_the_names_of_the_language_in_its_order() {
    let app = TestApp::new(Engine::Sqlite).await;
    let owner = app.sign_in("owner@example.com").await;
    for (browser, names) in [
        (
            GERMAN,
            ["US-Dollar", "Euro", "Afghanischer Afghani", "Ägyptisches Pfund", "Albanischer Lek", "Schweizer Franken"],
        ),
        (ENGLISH, ["US dollar", "Euro", "Afghan afghani", "Albanian lek", "Egyptian pound", "Swiss franc"]),
    ] {
        let page = browse(&app, "/settings", None, &[browser, ("cookie", owner.cookie.as_str())]).await.text();
        let places = names.map(|name| page.find(&format!(">{name}</option>")));
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{names:?}: {places:?} in {page}");
    }
    owner.post("/do/statements/house-currency", &[("house_currency", "CHF")]).await;
    let page = browse(&app, "/settings", None, &[GERMAN, ("cookie", owner.cookie.as_str())]).await.text();
    // Nothing is booked yet, so it counts from this month on.
    assert!(page.contains("<p>Schweizer Franken. ") && !page.contains("Swiss franc"), "{page}");
}
