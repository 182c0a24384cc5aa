//! Times in the reader's time zone, with UTC as the tooltip.

use js_sys::{Date, Function, Object, Reflect};
use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue},
};
use web_sys::Element;

/// Rewrites every `<time data-local>` of the page, whose value is the style of the time (`Intl.DateTimeFormat`), in the language
/// of the page, and in the time zone that the reader has chosen, otherwise in that of the browser. The server's text, which is
/// UTC, becomes the title.
pub fn show_local_times() {
    let root = document().document_element();
    let of_page = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name));
    // An empty one would be an error.
    let locale = of_page("data-locale").unwrap_or_else(|| "default".to_owned());
    let zone = of_page("data-zone");
    let Ok(times) = document().query_selector_all("time[data-local]") else { return };
    for index in 0..times.length() {
        if let Some(time) = times.get(index).and_then(|node| node.dyn_into::<Element>().ok()) {
            show_local_time(&time, &locale, zone.as_deref());
        }
    }
}

fn show_local_time(time: &Element, locale: &str, zone: Option<&str>) {
    // This one is already rewritten: the function is called again whenever new times appear.
    if time.has_attribute("title") {
        return;
    }
    let Some(utc) = time.get_attribute("datetime") else { return };
    let style =
        if time.get_attribute("data-local").is_some_and(|style| style == "medium") { "medium" } else { "short" };
    let date = Date::new(&JsValue::from_str(&utc));
    // A browser that does not know the zone shows its own.
    let written = zone.and_then(|zone| written(&date, locale, style, Some(zone)));
    let text = written.or_else(|| self::written(&date, locale, style, None));
    if let Some(text) = text {
        let _ = time.set_attribute("title", &time.text_content().unwrap_or_default());
        time.set_text_content(Some(&text));
    }
}

/// The time in words; `None` if the browser does not know the zone. It is called by its name, since `to_locale_string` of
/// `js_sys` ends the program when the browser throws.
fn written(date: &Date, locale: &str, style: &str, zone: Option<&str>) -> Option<String> {
    let options = Object::new();
    for (key, value) in [("dateStyle", Some("medium")), ("timeStyle", Some(style)), ("timeZone", zone)] {
        if let Some(value) = value {
            // Setting a property on a plain object cannot fail.
            let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
        }
    }
    let write = Reflect::get(date, &JsValue::from_str("toLocaleString")).ok()?.dyn_into::<Function>().ok()?;
    write.call2(date, &JsValue::from_str(locale), &options).ok()?.as_string()
}
