//! Where a code of the second factor is asked for.

use super::notice::Advice;
use crate::web::paths;
use leptos::prelude::*;

/// Asks for a code of the app, or for a recovery code: those have letters, which the keypad of a phone does not offer.
#[component]
pub fn CodeField(
    /// Whether a recovery code is as good.
    #[prop(default = true)]
    recovery: bool,
    /// Tells the fields apart where a page has several.
    #[prop(default = "code")]
    id: &'static str,
) -> impl IntoView {
    let (hint, recovery_id) = (format!("{id}-hint"), format!("recovery_{id}"));
    view! {
        <div class="field">
            <label for=id>"Code of your app"</label>
            <input id=id name="code" class="input" inputmode="numeric" autocomplete="one-time-code" maxlength="12"
                required=!recovery aria-describedby=hint.clone() />
            <p class="hint" id=hint>"The six digits that your app shows now. Each is good once."</p>
        </div>
        {recovery.then(|| {
            view! {
                <details>
                    <summary>"Use a recovery code instead"</summary>
                    <div class="field">
                        <label for=recovery_id.clone()>"Recovery code"</label>
                        <input id=recovery_id name="recovery_code" class="input mono" autocomplete="off"
                            autocapitalize="characters" spellcheck="false" maxlength="20" />
                    </div>
                </details>
            }
        })}
    }
}

/// Takes the place of a form that asks for a code, for somebody who has no way to make one yet.
#[component]
pub fn SetUpFirst() -> impl IntoView {
    view! {
        <Advice kind="warning">
            <p>
                <strong>"A code of your second factor is required, and you have not set one up. "</strong>
                <a href=paths::ACCOUNT>"Set it up under Your account"</a> ", then come back to this page."
            </p>
        </Advice>
    }
}
