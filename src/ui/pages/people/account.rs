//! The user's own account and second factor.

use super::language_choice::language_form;
use crate::{
    domain::{
        names::Named,
        people::{actor::Actor, second_factor::TotpSecret},
    },
    islands::submit_button::SubmitButton,
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
        paths,
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
    let done: DoneQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let (_, parts) = request?;
        let user = signed_in(&parts)?.session.user.clone();
        let zone = Zone::of_request(&requite, &parts.headers);
        let chosen_language = signed_in(&parts)?.language();
        let merchant = team::merchant(&requite.store, &actor).await?;
        let factor = second_factor::get(&requite.store, &requite.context(), &actor).await?;
        let code_requirement =
            second_factor::code_requirement(&requite.store, &requite.settings.refund_policy(), &actor).await?;
        let recent = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let sessions = session::list(&requite.store, &requite.context(), &actor).await?;
        let body = match &factor {
            None => no_second_factor(code_requirement),
            Some(SecondFactor { confirmed_at: None, secret, .. }) => pending(secret, &user),
            Some(active) => turned_on(active),
        };
        Ok(Content::new(
            "Your account",
            view! {
                <h1>"Your account"</h1>
                <SuccessNotice done />
                <RecentCode requirement=recent page=paths::ACCOUNT />
                <div class="columns">
                    <div class="stack">
                        <section class="card stack" aria-labelledby="factor-title">
                            <h2 id="factor-title">"Second factor"</h2>
                            {body}
                        </section>
                        {sessions_card(sessions, &actor)}
                    </div>
                    <div class="stack">
                        {identity(&user, merchant.name)}
                        {password_form()}
                        {time_zone_form(zone)}
                        {language_form(chosen_language)}
                    </div>
                </div>
            },
        ))
    })
}

/// The message about the form that was just sent.
fn password_form() -> AnyView {
    view! {
        <section class="card" aria-labelledby="password-title">
            <h2 id="password-title">"Password"</h2>
            <form method="post" action=ChangePassword::url() class="stack">
                <Field name="old_password" label="Your password" kind="password" autocomplete="current-password" required=true />
                <Field name="new_password" label="New password" kind="password" autocomplete="new-password" required=true
                    hint="At least 15 characters; a sentence is good. Your other sessions end." />
                <div class="actions">
                    <button class="button">"Change the password"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// The choice of the time zone, for lists that are filtered by days.
fn time_zone_form(zone: Zone) -> AnyView {
    // The one in use first, where it is none of those that are offered: the server's setting may be.
    let in_use = Zone::offered().all(|offered| offered != zone).then_some(zone);
    let options = in_use.into_iter().chain(Zone::offered()).map(|offered| (offered.name(), offered.name())).collect();
    view! {
        <section class="card" id="time-zone" aria-labelledby="zone-title">
            <h2 id="zone-title">"Time zone"</h2>
            <form method="post" action=SetTimeZone::url() class="stack">
                <Select name="zone" label="Days of filters begin in" options value=zone.name() />
                <p class="hint">"It is stored in this browser only. Statements and reports always have days in UTC."</p>
                <div class="actions">
                    <button class="button">"Save the time zone"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn sessions_card(sessions: Vec<ListedSession>, actor: &Actor) -> AnyView {
    let here = actor.session().map(|session| session.id);
    let has_others = sessions.len() > 1;
    let rows = sessions
        .into_iter()
        .map(|session| {
            let end = (Some(session.id) != here).then(|| {
                view! {
                    <form method="post" action=EndSession::url()>
                        <input type="hidden" name="session" value=session.id.to_string() />
                        <button class="button">"End it"</button>
                    </form>
                }
            });
            let name = if end.is_none() { "This browser" } else { "Signed in" };
            session_item(name, session, end)
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="sessions-title">
            <h2 id="sessions-title">"Where you are signed in"</h2>
            <ol class="timeline">{rows}</ol>
            {has_others
                .then(|| {
                    view! {
                        <form method="post" action=EndOtherSessions::url()>
                            <button class="button">"End all other sessions"</button>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}

/// When and where a session began, and with what program.
pub fn session_item(name: &'static str, session: ListedSession, end: Option<impl IntoView>) -> impl IntoView {
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

fn identity(user: &User, merchant: String) -> AnyView {
    view! {
        <section class="card" aria-labelledby="who-title">
            <h2 id="who-title">"Who you are here"</h2>
            <dl class="facts">
                {fact("Name", view! { <TypedText text=user.name.clone() /> })}
                {fact("E-mail address", view! { <span class="wrap">{user.email.clone()}</span> })}
                {fact("Role", user.role.as_str())}
                {fact("Merchant", view! { <TypedText text=merchant /> })}
            </dl>
        </section>
    }
    .into_any()
}

fn no_second_factor(code_requirement: CodeRequirement) -> AnyView {
    view! {
        {(code_requirement == CodeRequirement::SetUp)
            .then(|| {
                view! {
                    <Advice kind="warning">
                        <p>"Your policy asks everybody for a code. Set up a second factor first; until then you can do nothing else."</p>
                    </Advice>
                }
            })}
        <p>
            "An app on your phone shows a new code every half minute. Where your policy says so, a refund is confirmed or \
             approved only with such a code, so that a stolen password or an open browser is not enough."
        </p>
        <p class="hint">"Any app for one-time codes (TOTP) will do."</p>
        <form method="post" action=EnrolSecondFactor::url() class="stack">
            {own_password()}
            <div class="actions">
                // A second click would replace the cookie of the first response, which never arrives.
                <SubmitButton label="Set up".to_owned() busy="Setting up…".to_owned() />
            </div>
        </form>
    }
    .into_any()
}

/// The password once more: whoever has only found an open browser does not know it.
fn own_password() -> AnyView {
    let hint = "Your other sessions end.";
    view! { <Field name="password" label="Your password" kind="password" autocomplete="current-password" required=true hint=hint /> }
        .into_any()
}

/// The secret for the app, shown until a first code proves that the app has it.
fn pending(secret: &TotpSecret, user: &User) -> AnyView {
    let text = secret.base32();
    let groups = groups_of_four(&text).into_iter().map(|group| view! { <span>{group}</span> }).collect_view();
    view! {
        <p>"Scan this with your app. It is not turned on before you have entered a first code."</p>
        {secret.uri(&user.email).map(|uri| view! {
            <div class="qr" role="img" aria-label="QR code of the secret" inner_html=qr_code(&uri)></div>
        })}
        <details>
            <summary>"I cannot scan it"</summary>
            <p class="hint">"Enter this secret in the app, as a time-based code."</p>
            <p class="address"><code aria-label=text.clone()>{groups}</code></p>
        </details>
        <form method="post" action=paths::RECOVERY_CODES class="stack">
            <input type="hidden" name="action" value="confirm" />
            <CodeField recovery=false />
            <div class="actions">
                // The response shows the recovery codes once, so a second click must not replace it.
                <SubmitButton label="Turn on".to_owned() busy="Turning on…".to_owned() />
            </div>
        </form>
        <details>
            <summary>"Start again with another secret"</summary>
            <form method="post" action=EnrolSecondFactor::url() class="stack">
                {own_password()}
                <div class="actions">
                    <SubmitButton label="Make another secret".to_owned() busy="Making it…".to_owned() />
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn turned_on(factor: &SecondFactor) -> AnyView {
    let since = factor.confirmed_at.map(|at| view! { <Time at /> });
    view! {
        <dl class="facts">
            {fact("Turned on", since)}
            {fact("Recovery codes left", factor.recovery_codes.to_string())}
        </dl>
        {(factor.recovery_codes < FEW)
            .then(|| {
                view! {
                    <Advice kind="warning">
                        <p>"You have few recovery codes left. Make new ones while you still have your app."</p>
                    </Advice>
                }
            })}
        // Separate forms, so that the Enter key sends only the form of its field.
        <details>
            <summary>"Make new recovery codes"</summary>
            <form method="post" action=paths::RECOVERY_CODES class="stack">
                <p class="hint">"They are shown once, and the old ones are worth nothing from then on."</p>
                <input type="hidden" name="action" value="renew" />
                <CodeField id="renew_code" />
                <div class="actions">
                    <SubmitButton label="Make new recovery codes".to_owned() busy="Making them…".to_owned() />
                </div>
            </form>
        </details>
        <details>
            <summary>"Turn off"</summary>
            <form method="post" action=TurnOffSecondFactor::url() class="stack">
                <p class="hint">"Where your policy asks for a code, you can confirm and approve nothing from then on."</p>
                <CodeField id="turn_off_code" />
                <div class="actions">
                    <button class="button">"Turn off"</button>
                </div>
            </form>
        </details>
        <p class="hint">
            "If you have lost both the app and the codes, whoever runs this server can turn it off for you."
        </p>
    }
    .into_any()
}

/// Shows the recovery codes in the response to the form that created them. Any other request is redirected to the
/// account.
#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    let shown_once = use_context::<ShownOnce>();
    page(async move {
        let Some(ShownOnce::RecoveryCodes(codes)) = shown_once else { return Ok(redirect_to(paths::ACCOUNT)) };
        let items = codes.iter().map(|code| view! { <li class="mono">{code.to_string()}</li> }).collect_view();
        Ok(Content::new(
            "Recovery codes",
            view! {
                <h1>"Recovery codes"</h1>
                <section class="card stack" aria-labelledby="codes-title">
                    <h2 id="codes-title">"Write these down now"</h2>
                    <Advice kind="warning">
                        <p role="status">
                            "Your second factor is turned on. This page is shown once: nobody can read these codes again, not \
                             even we."
                        </p>
                    </Advice>
                    <p>"If you do not have your app with you, each of these is good once in place of a code."</p>
                    <ul class="recovery-codes">{items}</ul>
                    <div class="actions">
                        <a class="button" data-kind="primary" href=paths::ACCOUNT>"I have kept them"</a>
                    </div>
                </section>
            },
        )
        .below(paths::ACCOUNT, "Your account"))
    })
}
