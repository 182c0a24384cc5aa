//! Marks a page as hydrated.

use leptos::prelude::document;

/// Marks the document, so that browser tests wait until the islands are hydrated.
pub fn mark_hydrated() {
    if let Some(root) = document().document_element() {
        // Setting a data attribute on an HTML element cannot fail.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
