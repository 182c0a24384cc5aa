//! The user's own account and second factor.

use super::language_choice::language_form;
use crate::{
    domain::people::{actor::Actor, second_factor::TotpSecret},
    islands::submit_button::SubmitButton,
    languages::Language,
    server_fns::{
        appearance::SetTimeZone,
        password::ChangePassword,
        second_factor::{EnrolSecondFactor, TurnOffSecondFactor},
        session::{EndOtherSessions, EndSession},
    },
    service::people::{
        second_factor::{self, CodeRequirement},
        session, team,
    },
    store::people::{second_factor::SecondFactor, session::ListedSession, team::User},
    texts::{people, titles::Title},
    ui::{
        components::{
            address::groups_of_four,
            code_field::{CodeField, RecentCode},
            facts::fact,
            field::{Field, Select},
            notice::{Advice, SuccessNotice},
            qr::qr_code,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query, redirect_to},
    },
    web::{
        form_query::DoneQuery,
        forms::{caller, request, signed_in},
        language::language,
        paths,
        periods::Calendar,
        shown_once::ShownOnce,
        zone::Zone,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// With fewer recovery codes than this, the page suggests new ones.
const FEW: i64 = 3;

/// Who is signed in, and their second factor in each of its states.
#[component]
pub fn AccountPage() -> impl IntoView {
    let (caller, request) = (caller(), request());
    let language = language();
    let done: DoneQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let (_, parts) = request?;
        let reader = signed_in(&parts)?;
        let user = reader.session.user.clone();
        let (chosen_language, chosen_zone) = (reader.language(), reader.time_zone());
        let calendar = Calendar::new(&requite, &parts.headers, Some(reader));
        let merchant = team::merchant(&requite.store, &actor).await?;
        let factor = second_factor::get(&requite.store, &requite.context(), &actor).await?;
        let code_requirement =
            second_factor::code_requirement(&requite.store, &requite.settings.refund_policy(), &actor).await?;
        let recent = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let sessions = session::list(&requite.store, &requite.context(), &actor).await?;
        let body = match &factor {
            None => no_second_factor(language, code_requirement),
            Some(SecondFactor { confirmed_at: None, secret, .. }) => pending(language, secret, &user),
            Some(active) => turned_on(language, active),
        };
        Ok(Content::new(
            language.text("people-account"),
            view! {
                <h1>{language.text("people-account")}</h1>
                <SuccessNotice done />
                <RecentCode requirement=recent page=paths::ACCOUNT />
                <div class="columns">
                    <div class="stack">
                        <section class="card stack" aria-labelledby="factor-title">
                            <h2 id="factor-title">{language.text("people-factor")}</h2>
                            {body}
                        </section>
                        {sessions_card(language, sessions, &actor)}
                    </div>
                    <div class="stack">
                        {identity(language, &user, merchant.name)}
                        {password_form(language)}
                        {time_zone_form(language, chosen_zone, &calendar)}
                        {language_form(chosen_language)}
                    </div>
                </div>
            },
        ))
    })
}

/// The form to change the password.
fn password_form(language: Language) -> AnyView {
    let text = |id: &str| language.text(id);
    view! {
        <section class="card" aria-labelledby="password-title">
            <h2 id="password-title">{text("people-password")}</h2>
            <form method="post" action=ChangePassword::url() class="stack">
                <Field name="old_password" label=text("people-your-password") kind="password" autocomplete="current-password"
                    required=true />
                <Field name="new_password" label=text("people-new-password") kind="password" autocomplete="new-password"
                    required=true hint=text("people-password-rule-others") />
                <div class="actions">
                    <button class="button">{text("people-change-password")}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// The choice of the time zone, for lists that are filtered by days, and which one is in use. Without a choice it is that of the
/// browser.
fn time_zone_form(language: Language, chosen: Option<Zone>, calendar: &Calendar) -> AnyView {
    let text = |id: &str| language.text(id);
    // The chosen one too, where it is none of those that are offered.
    let other = chosen.filter(|chosen| Zone::offered().all(|offered| offered != *chosen));
    let zones = other.into_iter().chain(Zone::offered());
    let zones = zones.map(|offered| (offered.name(), offered.name().to_owned()));
    let options = std::iter::once(("", text("people-zone-of-browser"))).chain(zones).collect();
    let in_use = [("zone", calendar.zone.name().to_owned()), ("source", calendar.zone_source.title(language))];
    view! {
        <section class="card" id="time-zone" aria-labelledby="zone-title">
            <h2 id="zone-title">{text("people-zone")}</h2>
            <form method="post" action=SetTimeZone::url() class="stack">
                <Select name="zone" label=text("people-zone-days") options value=chosen.map(Zone::name).unwrap_or_default() />
                <p class="hint">{language.with("people-zone-in-use", in_use)}</p>
                <p class="hint">{text("people-zone-stored")}</p>
                <div class="actions">
                    <button class="button">{text("people-zone-save")}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn sessions_card(language: Language, sessions: Vec<ListedSession>, actor: &Actor) -> AnyView {
    let here = actor.session().map(|session| session.id);
    let has_others = sessions.len() > 1;
    let rows = sessions
        .into_iter()
        .map(|session| {
            let end = (Some(session.id) != here).then(|| {
                view! {
                    <form method="post" action=EndSession::url()>
                        <input type="hidden" name="session" value=session.id.to_string() />
                        <button class="button">{language.text("people-end-session")}</button>
                    </form>
                }
            });
            let name = if end.is_none() { "people-this-browser" } else { "people-signed-in" };
            session_item(language.text(name), session, end)
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="sessions-title">
            <h2 id="sessions-title">{language.text("people-where")}</h2>
            <ol class="timeline">{rows}</ol>
            {has_others
                .then(|| {
                    view! {
                        <form method="post" action=EndOtherSessions::url()>
                            <button class="button">{language.text("people-end-sessions")}</button>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}

/// When and where a session began, and with what program.
pub fn session_item(name: String, session: ListedSession, end: Option<impl IntoView>) -> impl IntoView {
    view! {
        <li>
            <span class="timeline-what">{name}</span>
            <Time at=session.created_at />
            <span class="timeline-detail">{session.origin}</span>
            <span class="timeline-detail wrap"><TypedText text=session.user_agent.unwrap_or_default() /></span>
            {end}
        </li>
    }
}

fn identity(language: Language, user: &User, merchant: String) -> AnyView {
    let name = |id: &str| language.text(id);
    view! {
        <section class="card" aria-labelledby="who-title">
            <h2 id="who-title">{name("people-who")}</h2>
            <dl class="facts">
                {fact(name("people-name"), view! { <TypedText text=user.name.clone() /> })}
                {fact(name("people-email"), view! { <span class="wrap">{user.email.clone()}</span> })}
                {fact(name("people-role"), people::role(language, user.role))}
                {fact(name("people-merchant"), view! { <TypedText text=merchant /> })}
            </dl>
        </section>
    }
    .into_any()
}

fn no_second_factor(language: Language, code_requirement: CodeRequirement) -> AnyView {
    view! {
        {(code_requirement == CodeRequirement::SetUp)
            .then(|| {
                view! {
                    <Advice kind="warning">
                        <p>{language.text("people-factor-asked")}</p>
                    </Advice>
                }
            })}
        <p>{language.text("people-factor-what")}</p>
        <p class="hint">{language.text("people-factor-app")}</p>
        <form method="post" action=EnrolSecondFactor::url() class="stack">
            {own_password(language)}
            <div class="actions">
                // A second click would replace the cookie of the first response, which never arrives.
                <SubmitButton label=language.text("people-factor-begin") busy=language.text("people-factor-beginning") />
            </div>
        </form>
    }
    .into_any()
}

/// The password once more: whoever has only found an open browser does not know it.
fn own_password(language: Language) -> AnyView {
    let (label, hint) = (language.text("people-your-password"), language.text("people-sessions-end"));
    view! { <Field name="password" label kind="password" autocomplete="current-password" required=true hint=hint /> }
        .into_any()
}

/// The secret for the app, shown until a first code proves that the app has it.
fn pending(language: Language, secret: &TotpSecret, user: &User) -> AnyView {
    let text = |id: &str| language.text(id);
    let shown = secret.base32();
    let groups = groups_of_four(&shown).into_iter().map(|group| view! { <span>{group}</span> }).collect_view();
    view! {
        <p>{text("people-factor-scan")}</p>
        {secret.uri(&user.email).map(|uri| view! {
            <div class="qr" role="img" aria-label=text("people-factor-qr") inner_html=qr_code(&uri)></div>
        })}
        <details>
            <summary>{text("people-factor-no-scan")}</summary>
            <p class="hint">{text("people-factor-secret")}</p>
            <p class="address"><code aria-label=shown.clone()>{groups}</code></p>
        </details>
        <form method="post" action=paths::RECOVERY_CODES class="stack">
            <input type="hidden" name="action" value="confirm" />
            <CodeField recovery=false />
            <div class="actions">
                // The response shows the recovery codes once, so a second click must not replace it.
                <SubmitButton label=text("people-factor-on") busy=text("people-factor-turning-on") />
            </div>
        </form>
        <details>
            <summary>{text("people-factor-again")}</summary>
            <form method="post" action=EnrolSecondFactor::url() class="stack">
                {own_password(language)}
                <div class="actions">
                    <SubmitButton label=text("people-factor-other") busy=text("people-making") />
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn turned_on(language: Language, factor: &SecondFactor) -> AnyView {
    let text = |id: &str| language.text(id);
    let since = factor.confirmed_at.map(|at| view! { <Time at /> });
    view! {
        <dl class="facts">
            {fact(text("people-factor-since"), since)}
            {fact(text("people-recovery-left"), factor.recovery_codes.to_string())}
        </dl>
        {(factor.recovery_codes < FEW)
            .then(|| {
                view! {
                    <Advice kind="warning">
                        <p>{language.text("people-recovery-few")}</p>
                    </Advice>
                }
            })}
        // Separate forms, so that the Enter key sends only the form of its field.
        <details>
            <summary>{text("people-recovery-new")}</summary>
            <form method="post" action=paths::RECOVERY_CODES class="stack">
                <p class="hint">{text("people-recovery-new-text")}</p>
                <input type="hidden" name="action" value="renew" />
                <CodeField id="renew_code" />
                <div class="actions">
                    <SubmitButton label=text("people-recovery-new") busy=text("people-recovery-making") />
                </div>
            </form>
        </details>
        <details>
            <summary>{text("people-factor-off")}</summary>
            <form method="post" action=TurnOffSecondFactor::url() class="stack">
                <p class="hint">{text("people-factor-off-text")}</p>
                <CodeField id="turn_off_code" />
                <div class="actions">
                    <button class="button">{text("people-factor-off")}</button>
                </div>
            </form>
        </details>
        <p class="hint">{text("people-factor-lost")}</p>
    }
    .into_any()
}

/// Shows the recovery codes in the response to the form that created them. Any other request is redirected to the
/// account.
#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    let shown_once = use_context::<ShownOnce>();
    let language = language();
    page(async move {
        let Some(ShownOnce::RecoveryCodes(codes)) = shown_once else { return Ok(redirect_to(paths::ACCOUNT)) };
        let items = codes.iter().map(|code| view! { <li class="mono">{code.to_string()}</li> }).collect_view();
        Ok(Content::new(
            language.text("people-recovery"),
            view! {
                <h1>{language.text("people-recovery")}</h1>
                <section class="card stack" aria-labelledby="codes-title">
                    <h2 id="codes-title">{language.text("people-recovery-write")}</h2>
                    <Advice kind="warning">
                        <p role="status">{language.text("people-recovery-once")}</p>
                    </Advice>
                    <p>{language.text("people-recovery-use")}</p>
                    <ul class="recovery-codes">{items}</ul>
                    <div class="actions">
                        <a class="button" data-kind="primary" href=paths::ACCOUNT>{language.text("people-recovery-kept")}</a>
                    </div>
                </section>
            },
        )
        .below(paths::ACCOUNT, language.text("people-account")))
    })
}
