//! The team: everybody in it, and one member with what can be changed.

use super::account::session_item;
use crate::{
    domain::{ids::UserId, names::Named, people::actor::Role},
    languages::Language,
    server_fns::team::{ChangeRole, DisableMember, MailNewPassword, SignOutMember},
    service::people::{members, second_factor},
    store::people::{api_key::ApiKey, members::Member, session::ListedSession},
    texts::people,
    ui::{
        components::{
            code_field::RecentCode,
            empty::EmptyState,
            facts::fact,
            field::Select,
            list::{Column, List, ListHead},
            notice::{Advice, SuccessNotice},
            status::Badge,
            time::Time,
            typed_text::{TypedText, mail_address},
        },
        page::{Content, page, param, query},
    },
    web::{
        form_query::DoneQuery,
        forms::{caller, id},
        language::language,
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

/// How to add somebody, the same in every language.
const ADD: &str = "requite user add";

fn columns(language: Language) -> Vec<Column> {
    let names = ["people-name", "people-role", "people-state", "people-factor-column"];
    let sessions = Column::number(language.text("people-sessions"));
    names.into_iter().map(|id| Column::text(language.text(id))).chain([sessions]).collect()
}

#[component]
pub fn TeamPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let members = members::list(&requite.store, &requite.context(), &actor).await?;
        let rows = members.into_iter().map(|member| row(language, member)).collect();
        let (before, after) = language.around("people-team-add", "command");
        Ok(Content::new(
            language.text("people-team"),
            view! {
                <ListHead title=language.text("people-team") file=Some(paths::TEAM_FILE.to_owned()) saved_as="team.csv" />
                <p class="hint">{before} <span class="mono">{ADD}</span> {after}</p>
                <List label=language.text("people-team") columns=columns(language) rows>
                    <EmptyState title=language.text("people-team-nobody")>
                        {language.text("people-team-nobody-text")}
                    </EmptyState>
                </List>
            },
        ))
    })
}

fn row(language: Language, member: Member) -> AnyView {
    let state = state(language, &member);
    let Member { user, has_second_factor, sessions, .. } = member;
    let has_factor = language.text(if has_second_factor { "people-yes" } else { "people-no" });
    view! {
        <tr>
            <th scope="row">
                <a class="wrap" href=paths::member(user.id)><TypedText text=user.name /></a>
                <p class="hint wrap">{mail_address(&user.email)}</p>
            </th>
            <td data-label=language.text("people-role")>{people::role(language, user.role)}</td>
            <td data-label=language.text("people-state")>{state}</td>
            <td data-label=language.text("people-factor-column")>{has_factor}</td>
            <td data-label=language.text("people-sessions") class="end">{sessions}</td>
        </tr>
    }
    .into_any()
}

fn state(language: Language, member: &Member) -> AnyView {
    let is_disabled = member.user.disabled_at.is_some();
    let (status, id) = if is_disabled { ("disabled", "people-disabled") } else { ("completed", "people-can-sign-in") };
    view! { <Badge status label=language.text(id) /> }.into_any()
}

/// One member: facts, sessions, and the forms to change them.
#[component]
pub fn MemberPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    let id_text = param("id");
    let done: DoneQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let context = requite.context();
        let member =
            members::get(&requite.store, &context, &actor, id(&id_text, UserId, "error-unknown-user")?).await?;
        let sessions = members::sessions(&requite.store, &context, &actor, member.user.id).await?;
        let keys = members::working_keys(&requite.store, &context, &actor, member.user.id).await?;
        let code = second_factor::recent_code_requirement(&requite.store, &context, &actor).await?;
        let may_manage = members::may_manage(&actor, &member);
        let page = paths::member(member.user.id);
        let body = if may_manage {
            view! {
                <RecentCode requirement=code page=page />
                <div class="columns">
                    {facts(language, &member)}
                    <div class="stack">{role_form(language, &member)} {access(language, &member)}</div>
                </div>
            }
            .into_any()
        } else {
            view! {
                {facts(language, &member)}
                <p class="hint">{language.text("people-not-yours")}</p>
            }
            .into_any()
        };
        Ok(Content::new(
            member.user.name.clone(),
            view! {
                <h1 class="wrap"><TypedText text=member.user.name.clone() /></h1>
                <SuccessNotice done />
                {body}
                {keys_of(language, &member, keys)}
                {sessions_of(language, sessions)}
            },
        )
        .below(paths::TEAM, language.text("people-team")))
    })
}

fn facts(language: Language, member: &Member) -> AnyView {
    let name = |id: &str| language.text(id);
    let user = &member.user;
    let factor = name(if member.has_second_factor { "people-factor-done" } else { "people-factor-none" });
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">{name("people-member")}</h2>
            <dl class="facts">
                {fact(name("people-email"), view! { <span class="wrap">{mail_address(&user.email)}</span> })}
                {fact(name("people-role"), people::role(language, user.role))}
                {fact(name("people-state"), state(language, member))}
                {user.disabled_at.map(|at| fact(name("people-disabled-at"), view! { <Time at /> }))}
                {fact(name("people-factor"), factor)}
            </dl>
        </section>
    }
    .into_any()
}

/// The API keys that somebody has made and may have kept. They depend on neither their maker's role nor their account.
fn keys_of(language: Language, member: &Member, keys: Vec<ApiKey>) -> Option<AnyView> {
    let items = keys.iter().map(|key| {
        view! {
            <li>
                <TypedText text=key.name.clone() /> " " <span class="mono">{key.hint.clone()} "…"</span> " "
                <span class="hint">{people::scopes(language, key.scopes)}</span>
            </li>
        }
    });
    let items = items.collect_view();
    let is_disabled = member.user.disabled_at.is_some();
    let (before, after) = language.around("people-keys-work-on", "keys");
    (!keys.is_empty()).then(|| {
        view! {
            <section class="card stack" aria-labelledby="keys-title">
                <h2 id="keys-title">{language.text("people-keys-made")}</h2>
                {is_disabled.then(|| {
                    view! { <Advice kind="warning"><p>{language.text("people-keys-kept")}</p></Advice> }
                })}
                <ul class="stack">{items}</ul>
                <p class="hint">
                    {before} <a href=paths::API_KEYS>{language.text("people-keys-replace")}</a> {after}
                </p>
            </section>
        }
        .into_any()
    })
}

fn role_form(language: Language, member: &Member) -> AnyView {
    let roles = Role::all().filter(|role| *role != Role::Owner);
    let roles = roles.map(|role| (role.as_str(), people::of_role(language, role))).collect();
    view! {
        <section class="card" aria-labelledby="role-title">
            <h2 id="role-title">{language.text("people-role")}</h2>
            <form method="post" action=ChangeRole::url() class="stack">
                <input type="hidden" name="member" value=member.user.id.to_string() />
                <Select name="role" label=language.text("people-may") options=roles value=member.user.role.as_str() />
                <div class="actions">
                    <button class="button">{language.text("people-change-role")}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn access(language: Language, member: &Member) -> AnyView {
    let id = member.user.id.to_string();
    let is_disabled = member.user.disabled_at.is_some();
    let (explanation, change) =
        if is_disabled { ("people-enable-text", "people-enable") } else { ("people-disable-text", "people-disable") };
    view! {
        <section class="card stack" aria-labelledby="access-title">
            <h2 id="access-title">{language.text("people-access")}</h2>
            {(!is_disabled)
                .then(|| {
                    view! {
                        <form method="post" action=SignOutMember::url()>
                            <input type="hidden" name="member" value=id.clone() />
                            <button class="button">{language.text("people-sign-out")}</button>
                        </form>
                        <form method="post" action=MailNewPassword::url()>
                            <input type="hidden" name="member" value=id.clone() />
                            <button class="button">{language.text("people-mail-password")}</button>
                        </form>
                    }
                })}
            <form method="post" action=DisableMember::url() class="stack">
                <input type="hidden" name="member" value=id.clone() />
                <input type="hidden" name="disabled" value=if is_disabled { "false" } else { "true" } />
                <p class="hint">{language.text(explanation)}</p>
                <div class="actions">
                    <button class="button">{language.text(change)}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn sessions_of(language: Language, sessions: Vec<ListedSession>) -> AnyView {
    let empty = sessions.is_empty();
    let name = || language.text("people-signed-in");
    let rows = sessions.into_iter().map(|session| session_item(name(), session, None::<()>)).collect_view();
    view! {
        <section class="card" aria-labelledby="sessions-title">
            <h2 id="sessions-title">{language.text("people-open-sessions")}</h2>
            {empty.then(|| view! { <p class="hint">{language.text("people-no-sessions")}</p> })}
            <ol class="timeline">{rows}</ol>
        </section>
    }
    .into_any()
}
