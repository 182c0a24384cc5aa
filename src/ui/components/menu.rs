//! Menus. They are popovers, which the browser opens without a script and closes on Escape or a click elsewhere.

use super::icon::{Drawing, Icon};
use crate::web::language::language;
use leptos::prelude::*;

/// The actions of a page, behind a button with three dots.
#[component]
pub fn ActionsMenu(children: Children) -> impl IntoView {
    let language = language();
    view! {
        <div class="menu">
            <button type="button" class="button" data-kind="square" popovertarget="actions" aria-label=language.text("components-actions")>
                <Icon of=Drawing::Actions />
            </button>
            <div id="actions" class="menu-list" popover="auto" role="group" aria-label=language.text("components-what-can-be-done")>
                {children()}
            </div>
        </div>
    }
}
