//! The input for a second factor code.

use crate::{
    server_fns::session::EnterRecentCode, service::people::second_factor::CodeRequirement, web::language::language,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Two inputs: a code from the app, or a recovery code. Recovery codes have letters, which a phone's numeric keypad
/// lacks.
#[component]
pub fn CodeField(
    /// Whether a recovery code is accepted as well.
    #[prop(default = true)]
    recovery: bool,
    /// Makes the ids unique where a page has several of these fields.
    #[prop(default = "code")]
    id: &'static str,
) -> impl IntoView {
    let language = language();
    let (hint, recovery_id) = (format!("{id}-hint"), format!("recovery_{id}"));
    view! {
        <div class="field">
            <label for=id>{language.text("components-code")}</label>
            <input id=id name="code" class="input" inputmode="numeric" autocomplete="one-time-code" maxlength="12"
                required=!recovery aria-describedby=hint.clone() />
            <p class="hint" id=hint>{language.text("components-code-hint")}</p>
        </div>
        {recovery.then(|| {
            view! {
                <details>
                    <summary>{language.text("components-use-recovery-code")}</summary>
                    <div class="field">
                        <label for=recovery_id.clone()>{language.text("components-recovery-code")}</label>
                        <input id=recovery_id name="recovery_code" class="input mono" autocomplete="off"
                            autocapitalize="characters" spellcheck="false" maxlength="20" />
                    </div>
                </details>
            }
        })}
    }
}

/// Asks for a code before the forms of a page are sent, if their changes need one. It then counts for ten minutes.
#[component]
pub fn RecentCode(
    requirement: CodeRequirement,
    /// The page to come back to.
    #[prop(into)]
    page: String,
) -> impl IntoView {
    (requirement == CodeRequirement::Code).then(|| {
        let language = language();
        view! {
            <section class="card stack" aria-labelledby="recent-code-title">
                <h2 id="recent-code-title">{language.text("components-code-first")}</h2>
                <p class="hint">{language.text("components-code-first-text")}</p>
                <form method="post" action=EnterRecentCode::url() class="stack">
                    <input type="hidden" name="next" value=page />
                    <CodeField id="recent_code" />
                    <div class="actions">
                        <button class="button" data-kind="primary">{language.text("components-enter-code")}</button>
                    </div>
                </form>
            </section>
        }
    })
}
