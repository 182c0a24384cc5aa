//! Times in the reader's time zone, with UTC as the tooltip.

use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue},
};
use web_sys::Element;

/// Rewrites every `<time data-local>` of the page, whose value is the style of the time (`Intl.DateTimeFormat`), in the language
/// of the page. The server's text, which is UTC, becomes the title.
pub fn show_local_times() {
    let locale = document().document_element().and_then(|root| root.get_attribute("data-locale"));
    // An empty one would be an error.
    let locale = locale.unwrap_or_else(|| "default".to_owned());
    let Ok(times) = document().query_selector_all("time[data-local]") else { return };
    for index in 0..times.length() {
        if let Some(time) = times.get(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            show_local_time(&time, &locale);
        }
    }
}

fn show_local_time(time: &Element, locale: &str) {
    // This one is already rewritten: the function is called again whenever new times appear.
    if time.has_attribute("title") {
        return;
    }
    let Some(utc) = time.get_attribute("datetime") else { return };
    let style =
        if time.get_attribute("data-local").is_some_and(|style| style == "medium") { "medium" } else { "short" };
    let date = js_sys::Date::new(&JsValue::from_str(&utc));
    let options = js_sys::Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", style)] {
        // Setting a property on a plain object cannot fail.
        let _ = js_sys::Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let text = date.to_locale_string(locale, &options);
    if let Some(text) = text.as_string() {
        let _ = time.set_attribute("title", &time.text_content().unwrap_or_default());
        time.set_text_content(Some(&text));
    }
}
