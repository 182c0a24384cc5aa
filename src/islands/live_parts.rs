//! Parts of a page that are brought up to date without loading it anew. The page is requested again, and what differs is
//! replaced: the focus, what was typed and what was opened stay.

use super::local_time::show_local_times;
use leptos::{
    prelude::{document, window},
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, HtmlElement, Node, NodeList, Response, SupportedType};

/// What marks a part.
const PARTS: &str = "[data-live]";
const ISLANDS: &str = "[data-live] leptos-island";

/// Brings the parts up to date. If what had the focus is gone, the element with the id `otherwise` gets it. Returns whether
/// that was possible: not after the session has ended, for instance.
pub async fn refresh_parts(otherwise: &str) -> bool {
    let Some(page) = new_page().await else { return false };
    let page_now = document();
    let (Some(shown), Some(new), Some(islands)) = (find(&page_now, PARTS), find(&page, PARTS), find(&page, ISLANDS))
    else {
        return false;
    };
    if shown.length() != new.length() {
        return false;
    }
    let focus = page_now.active_element();
    for index in 0..shown.length() {
        if let (Some(shown), Some(new)) = (shown.get(index), new.get(index)) {
            update(&shown, &new);
        }
    }
    for index in 0..islands.length() {
        if let Some(island) = islands.get(index).filter(|island| page_now.contains(Some(island))) {
            start(&island);
        }
    }
    show_local_times();
    if focus.is_some_and(|focus| !focus.is_connected())
        && let Some(place) = page_now.get_element_by_id(otherwise)
        && let Some(place) = place.dyn_ref::<HtmlElement>()
    {
        let _ = place.focus();
    }
    true
}

/// This page as it is now.
async fn new_page() -> Option<Document> {
    let answer = JsFuture::from(window().fetch_with_str("")).await.ok()?;
    let text = JsFuture::from(answer.unchecked_into::<Response>().text().ok()?).await.ok()?;
    DomParser::new().ok()?.parse_from_string(&text.as_string()?, SupportedType::TextHtml).ok()
}

fn find(page: &Document, selector: &str) -> Option<NodeList> {
    page.query_selector_all(selector).ok()
}

/// Makes the content equal to that of the new page. What stays is not moved, since that would take the focus from it.
fn update(shown: &Node, new: &Node) {
    let (mut place, mut next) = (shown.first_child(), new.first_child());
    while let Some(node) = next {
        // Before it becomes a part of this page.
        next = node.next_sibling();
        let mut kept = place.clone();
        while kept.as_ref().is_some_and(|kept| !is_same(kept, &node)) {
            kept = kept.and_then(|kept| kept.next_sibling());
        }
        match kept {
            Some(kept) => {
                remove(shown, place, Some(&kept));
                place = kept.next_sibling();
                // A script has rewritten times into the reader's zone, and runs islands.
                if !matches!(kept.node_name().as_str(), "TIME" | "LEPTOS-ISLAND") {
                    update(&kept, &node);
                }
            }
            None => {
                let _ = shown.insert_before(&node, place.as_ref());
            }
        }
    }
    remove(shown, place, None);
}

/// Removes what is shown from `place` on.
fn remove(shown: &Node, mut place: Option<Node>, end: Option<&Node>) {
    while let Some(node) = place.filter(|node| Some(node) != end) {
        place = node.next_sibling();
        let _ = shown.remove_child(&node);
    }
}

/// Whether two nodes differ in their content at most. A row of a list or of facts is told by its time or its name.
fn is_same(shown: &Node, new: &Node) -> bool {
    shell(shown).is_some_and(|shown| shown.is_equal_node(shell(new).as_ref())) && row(shown) == row(new)
}

/// A node without its content, without what a reader has opened, and without what a script has added to times.
fn shell(node: &Node) -> Option<Node> {
    let shell = node.clone_node().ok()?;
    if let Some(element) = shell.dyn_ref::<Element>() {
        for name in ["open", "title"] {
            let _ = element.remove_attribute(name);
        }
    }
    Some(shell)
}

fn row(node: &Node) -> Option<String> {
    let element = node.dyn_ref::<Element>()?;
    if !element.matches("li, tr, dl > div").ok()? {
        return None;
    }
    let mark = element.query_selector("time, dt").ok()??;
    mark.get_attribute("datetime").or_else(|| mark.text_content())
}

/// Starts an island that is new, as Leptos does when a page is loaded.
fn start(island: &Node) {
    let name = island.dyn_ref::<Element>().and_then(|island| island.get_attribute("data-component"));
    if let Ok(hydrate) = js_sys::Reflect::get(&window(), &JsValue::from_str("__hydrateIsland"))
        && let Some(hydrate) = hydrate.dyn_ref::<js_sys::Function>()
        && let Some(name) = name
    {
        let _ = hydrate.call2(&JsValue::NULL, island, &JsValue::from_str(&name));
    }
}
