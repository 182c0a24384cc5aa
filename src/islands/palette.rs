//! The search that opens over a page, and the keys that open pages. The page has everything that is shown, also the names and
//! keys of pages, and what is found comes as HTML; the document is the only state. So little of it is code that every page
//! loads.

use super::{local_time::show_local_times, timer::after};
use crate::server_fns::search::search;
use leptos::{
    prelude::{document, window_event_listener_untyped},
    wasm_bindgen::JsCast,
};
use std::time::Duration;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

/// How long `g` waits for the key of a page.
const SECOND_KEY: Duration = Duration::from_millis(1500);
const PALETTE: &str = "palette";
const KEYS: &str = "palette-keys";
const INPUT: &str = "palette-input";
const LIST: &str = "palette-results";
const STATUS: &str = "palette-status";
/// The link of the user's menu that opens the list of keys, and the button of that menu.
const KEYS_LINK: &str = "[data-opens=palette-keys]";
const MENU_BUTTON: &str = "user-button";
/// The text that the options were found for, as an attribute of the list.
const FOUND_FOR: &str = "data-for";
const BUSY: &str = "aria-busy";
/// That `g` was pressed, as an attribute of the list of keys.
const GOING: &str = "data-going";

/// Listens to keys, and to the link to their list, if the page has a palette.
pub fn listen_to_keys() {
    if element(PALETTE).is_none() {
        return;
    }
    let _ = window_event_listener_untyped("keydown", |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && is_used(event)
        {
            event.prevent_default();
        }
    });
    let _ = window_event_listener_untyped("input", |event| {
        if target(&event).is_some_and(|target| target.id() == INPUT) {
            look_up();
        }
    });
    let _ = window_event_listener_untyped("click", |event| {
        if target(&event).is_some_and(|target| target.closest(KEYS_LINK).is_ok_and(|link| link.is_some())) {
            event.prevent_default();
            // The dialog closes the menu, and gives the focus back to what has it now: the link would be gone.
            if let Some(button) = element(MENU_BUTTON).and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
            open(KEYS);
        }
    });
}

fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn typed() -> String {
    element(INPUT)
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
        .map(|input| input.value())
        .unwrap_or_default()
}

/// Acts on a key, and returns whether it meant something here.
fn is_used(event: &KeyboardEvent) -> bool {
    let (key, has_control) = (event.key(), event.ctrl_key() || event.meta_key());
    if event.is_composing() || event.alt_key() {
        return false;
    }
    let target = target(event);
    if target.as_ref().is_some_and(|target| target.id() == INPUT) && !has_control {
        return choose(&key);
    }
    let is_open = document().query_selector("dialog[open]").ok().flatten().is_some();
    if has_control {
        let is_wanted = (key == "k" || key == "K") && !event.shift_key();
        if is_wanted && !is_open {
            open(PALETTE);
        }
        return is_wanted;
    }
    let is_field =
        |target: Element| target.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some();
    if is_open || target.is_some_and(is_field) {
        return false;
    }
    match key.as_str() {
        "/" => open(PALETTE),
        "?" => open(KEYS),
        _ => return go(&key),
    }
    true
}

/// Opens a dialog. Closing it gives the focus back to what had it.
fn open(id: &str) {
    let Some(dialog) = element(id).and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) else { return };
    if dialog.show_modal().is_ok()
        && id == PALETTE
        && let Some(input) = element(INPUT).and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
    {
        input.select();
        look_up();
    }
}

/// `g` and then the key of a page, which is a link in the list of keys.
fn go(key: &str) -> bool {
    let Some(keys) = element(KEYS) else { return false };
    if key == "g" {
        // Setting an attribute cannot fail.
        let _ = keys.set_attribute(GOING, "");
        after(SECOND_KEY, stop_going);
        return false;
    }
    if !keys.has_attribute(GOING) {
        return false;
    }
    stop_going();
    let is_plain = key.len() == 1 && key.as_bytes().iter().all(u8::is_ascii_alphabetic);
    let link = is_plain.then(|| keys.query_selector(&["[data-key=", key, "]"].concat()).ok().flatten()).flatten();
    link.is_some_and(|link| click(&link))
}

fn stop_going() {
    if let Some(keys) = element(KEYS) {
        let _ = keys.remove_attribute(GOING);
    }
}

fn click(element: &Element) -> bool {
    let element = element.dyn_ref::<HtmlElement>();
    element.inspect(|element| element.click()).is_some()
}

/// Asks for what was typed. While an answer is awaited nothing else is asked; after it, only the newest text is.
fn look_up() {
    let Some(list) = element(LIST).filter(|list| !list.has_attribute(BUSY)) else { return };
    let _ = list.set_attribute(BUSY, "true");
    leptos::task::spawn_local(async move {
        loop {
            let text = typed();
            let answer = search(text.clone()).await.ok();
            if typed() == text {
                show(&list, &text, answer.as_deref());
                return;
            }
        }
    });
}

fn show(list: &Element, text: &str, found: Option<&str>) {
    list.set_inner_html(found.unwrap_or_default());
    let _ = list.set_attribute(FOUND_FOR, text);
    let _ = list.remove_attribute(BUSY);
    if let Some(status) = element(STATUS) {
        let told = list.first_element_child().and_then(|found| found.get_attribute("data-status"));
        let told = told.or_else(|| status.get_attribute("data-failed"));
        status.set_text_content(told.as_deref());
    }
    mark(0);
    show_local_times();
}

/// The keys within the field. Enter opens the chosen option, but not one that was found for another text.
fn choose(key: &str) -> bool {
    let (Some(list), Some((now, count))) = (element(LIST), position()) else { return false };
    match key {
        "ArrowDown" => mark((now + 1) % count),
        "ArrowUp" => mark((now + count - 1) % count),
        "Enter" if list.get_attribute(FOUND_FOR).is_some_and(|text| text == typed()) => {
            return option(now).is_some_and(|option| click(&option));
        }
        _ => return false,
    }
    true
}

fn options() -> Option<web_sys::NodeList> {
    document().query_selector_all("#palette-results [role=option]").ok()
}

fn option(index: u32) -> Option<Element> {
    options()?.get(index)?.dyn_into().ok()
}

/// The position of the chosen option, and their number, if there are any.
fn position() -> Option<(u32, u32)> {
    let count = options()?.length();
    let is_chosen = |index: &u32| {
        option(*index).is_some_and(|option| option.get_attribute("aria-selected").as_deref() == Some("true"))
    };
    (count > 0).then(|| ((0..count).find(is_chosen).unwrap_or_default(), count))
}

/// Chooses an option, and tells the field.
fn mark(chosen: u32) {
    let (Some(list), Some(input), Some(options)) = (element(LIST), element(INPUT), options()) else { return };
    let has_any = options.length() > 0;
    let _ = list.toggle_attribute_with_force("hidden", !has_any);
    let _ = input.set_attribute("aria-expanded", if has_any { "true" } else { "false" });
    let _ = input.remove_attribute("aria-activedescendant");
    for index in 0..options.length() {
        let Some(option) = option(index) else { continue };
        let is_chosen = index == chosen;
        let _ = option.set_attribute("aria-selected", if is_chosen { "true" } else { "false" });
        if is_chosen {
            let _ = input.set_attribute("aria-activedescendant", &option.id());
            // Only as far as the list has to scroll: the page behind it does not.
            let place = web_sys::ScrollIntoViewOptions::new();
            place.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&place);
        }
    }
}
