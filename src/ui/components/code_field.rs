//! Where a code of the second factor is asked for.

use super::notice::Advice;
use leptos::prelude::*;

/// Asks for a code of the app, or for a recovery code: those have letters, which the keypad of a phone does not offer.
#[component]
pub fn CodeField(
    /// Whether a recovery code is as good.
    #[prop(default = true)]
    recovery: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for="code">"Code of your app"</label>
            <input id="code" name="code" class="input" inputmode="numeric" autocomplete="one-time-code" maxlength="12"
                required=!recovery aria-describedby="code-hint" />
            <p class="hint" id="code-hint">"The six digits that your app shows now. Each is good once."</p>
        </div>
        {recovery.then(|| {
            view! {
                <details>
                    <summary>"Use a recovery code instead"</summary>
                    <div class="field">
                        <label for="recovery_code">"Recovery code"</label>
                        <input id="recovery_code" name="recovery_code" class="input mono" autocomplete="off"
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
                <a href="/account">"Set it up under Your account"</a> ", then come back to this page."
            </p>
        </Advice>
    }
}
