//! The team: everybody in it, and one member with what can be changed.

use super::account::session_item;
use crate::{
    domain::{ids::UserId, names::Named, people::actor::Role},
    server_fns::team::{ChangeRole, DisableMember, MailNewPassword, SignOutMember},
    service::people::{members, second_factor},
    store::people::{api_key::ApiKey, members::Member, session::ListedSession},
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
        paths,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

const COLUMNS: &[Column] = &[
    Column::text("Name"),
    Column::text("Role"),
    Column::text("State"),
    Column::text("Second factor"),
    Column::number("Sessions"),
];

#[component]
pub fn TeamPage() -> impl IntoView {
    let caller = caller();
    page(async move {
        let (requite, actor) = caller?;
        let members = members::list(&requite.store, &requite.context(), &actor).await?;
        let rows = members.into_iter().map(row).collect();
        Ok(Content::new(
            "Team",
            view! {
                <ListHead title="Team" file=Some(paths::TEAM_FILE.to_owned()) saved_as="team.csv" />
                <p class="hint">
                    "Whoever runs this server adds people on the command line: " <span class="mono">"requite user add"</span> "."
                </p>
                <List label="Team" columns=COLUMNS rows>
                    <EmptyState title="Nobody">"There is nobody in the team."</EmptyState>
                </List>
            },
        ))
    })
}

fn row(member: Member) -> AnyView {
    let state = state(&member);
    let Member { user, has_second_factor, sessions, .. } = member;
    view! {
        <tr>
            <th scope="row">
                <a class="wrap" href=paths::member(user.id)><TypedText text=user.name /></a>
                <p class="hint wrap">{mail_address(&user.email)}</p>
            </th>
            <td data-label="Role">{user.role.as_str()}</td>
            <td data-label="State">{state}</td>
            <td data-label="Second factor">{if has_second_factor { "yes" } else { "no" }}</td>
            <td data-label="Sessions" class="end">{sessions}</td>
        </tr>
    }
    .into_any()
}

fn state(member: &Member) -> AnyView {
    let (status, label) =
        if member.user.disabled_at.is_some() { ("disabled", "disabled") } else { ("completed", "can sign in") };
    view! { <Badge status=status label=label /> }.into_any()
}

/// One member: facts, sessions, and the forms to change them.
#[component]
pub fn MemberPage() -> impl IntoView {
    let caller = caller();
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
                    {facts(&member)} <div class="stack">{role_form(&member)} {access(&member)}</div>
                </div>
            }
            .into_any()
        } else {
            view! {
                {facts(&member)}
                <p class="hint">"You cannot change this person here: owners are changed on the server's command line, and nobody changes themselves."</p>
            }
            .into_any()
        };
        Ok(Content::new(
            member.user.name.clone(),
            view! {
                <h1 class="wrap"><TypedText text=member.user.name.clone() /></h1>
                <SuccessNotice done />
                {body}
                {keys_of(&member, keys)}
                {sessions_of(sessions)}
            },
        )
        .below(paths::TEAM, "Team"))
    })
}

fn facts(member: &Member) -> AnyView {
    let user = &member.user;
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"Who it is"</h2>
            <dl class="facts">
                {fact("E-mail address", view! { <span class="wrap">{mail_address(&user.email)}</span> })}
                {fact("Role", user.role.as_str())}
                {fact("State", state(member))}
                {user.disabled_at.map(|at| fact("Disabled", view! { <Time at /> }))}
                {fact("Second factor", if member.has_second_factor { "Set up" } else { "None" })}
            </dl>
        </section>
    }
    .into_any()
}

/// The API keys that somebody has made and may have kept. They depend on neither their maker's role nor their account.
fn keys_of(member: &Member, keys: Vec<ApiKey>) -> Option<AnyView> {
    let items = keys.iter().map(|key| {
        view! {
            <li>
                <TypedText text=key.name.clone() /> " " <span class="mono">{key.hint.clone()} "…"</span> " "
                <span class="hint">{key.scopes.iter().map(Named::as_str).collect::<Vec<_>>().join(", ")}</span>
            </li>
        }
    });
    let items = items.collect_view();
    let is_disabled = member.user.disabled_at.is_some();
    (!keys.is_empty()).then(|| {
        view! {
            <section class="card stack" aria-labelledby="keys-title">
                <h2 id="keys-title">"Working API keys made by them"</h2>
                {is_disabled.then(|| {
                    view! { <Advice kind="warning"><p>"Programs still use them, and this person may have kept them."</p></Advice> }
                })}
                <ul class="stack">{items}</ul>
                <p class="hint">
                    "They work on whatever this person may do now. " <a href=paths::API_KEYS>"Replace or revoke them"</a> "."
                </p>
            </section>
        }
        .into_any()
    })
}

fn role_form(member: &Member) -> AnyView {
    let roles = Role::all().filter(|role| *role != Role::Owner).map(|role| (role.as_str(), meaning(role)));
    view! {
        <section class="card" aria-labelledby="role-title">
            <h2 id="role-title">"Role"</h2>
            <form method="post" action=ChangeRole::url() class="stack">
                <input type="hidden" name="member" value=member.user.id.to_string() />
                <Select name="role" label="What they may do" options=roles.collect() value=member.user.role.as_str() />
                <div class="actions">
                    <button class="button">"Change the role"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

const fn meaning(role: Role) -> &'static str {
    match role {
        Role::Owner => "Owner: everything, including the policy and other owners",
        Role::Admin => "Admin: everything except the policy and owners",
        Role::Approver => "Approver: refund, and approve refunds of others",
        Role::Operator => "Operator: payment intents and refunds, customers masked",
        Role::Viewer => "Viewer: read, customers masked",
    }
}

fn access(member: &Member) -> AnyView {
    let id = member.user.id.to_string();
    let is_disabled = member.user.disabled_at.is_some();
    let explanation = if is_disabled {
        "They can sign in again, with their old password and second factor."
    } else {
        "For somebody who has left: they are signed out everywhere and cannot sign in any more."
    };
    view! {
        <section class="card stack" aria-labelledby="access-title">
            <h2 id="access-title">"Access"</h2>
            {(!is_disabled)
                .then(|| {
                    view! {
                        <form method="post" action=SignOutMember::url()>
                            <input type="hidden" name="member" value=id.clone() />
                            <button class="button">"Sign out everywhere"</button>
                        </form>
                        <form method="post" action=MailNewPassword::url()>
                            <input type="hidden" name="member" value=id.clone() />
                            <button class="button">"Mail a link to a new password"</button>
                        </form>
                    }
                })}
            <form method="post" action=DisableMember::url() class="stack">
                <input type="hidden" name="member" value=id.clone() />
                <input type="hidden" name="disabled" value=if is_disabled { "false" } else { "true" } />
                <p class="hint">{explanation}</p>
                <div class="actions">
                    <button class="button">{if is_disabled { "Enable the account" } else { "Disable the account" }}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn sessions_of(sessions: Vec<ListedSession>) -> AnyView {
    let empty = sessions.is_empty();
    let rows = sessions.into_iter().map(|session| session_item("Signed in", session, None::<()>)).collect_view();
    view! {
        <section class="card" aria-labelledby="sessions-title">
            <h2 id="sessions-title">"Open sessions"</h2>
            {empty.then(|| view! { <p class="hint">"None."</p> })}
            <ol class="timeline">{rows}</ol>
        </section>
    }
    .into_any()
}
