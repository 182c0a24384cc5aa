//! Says when the page is alive.

use leptos::prelude::document;

/// Marks the document, for browser tests that must not act on a page whose islands still sleep.
pub fn announce() {
    if let Some(root) = document().document_element() {
        // An element of an HTML document takes every data attribute.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
