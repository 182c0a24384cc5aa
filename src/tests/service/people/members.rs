//! Changing the team: roles, people who leave, sessions, new passwords.

use crate::support::{PASSWORD, TestApp, code};
use chrono::Duration;
use requite::{
    domain::{
        error::ErrorCode,
        ids::{ApiKeyId, PolicyProposalId, UserId, WebhookEndpointId},
        mail::{MailKind, MailSubject},
        people::{
            actor::{Actor, Role},
            api_key::{NewApiKey, RotationPeriod},
        },
        policy::input::PolicyInput,
        webhooks::EndpointInput,
    },
    error::Error,
    service::{
        mail,
        people::{
            api_key, members, password_reset,
            second_factor::{self, CodeRequirement},
            session::{self, Browser},
        },
        policy::{self, PolicyChange},
        webhooks,
    },
};
use std::net::IpAddr;

const NEW_PASSWORD: &str = "another sentence, and a longer one";

fn browser() -> Browser {
    Browser { address: IpAddr::from([192, 0, 2, 7]), user_agent: None, token: None }
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Result<String, Error> {
    let limits = &app.requite.sign_in_limits;
    Ok(session::sign_in(app.store(), &app.context(), limits, email, password, &browser()).await?.token)
}

async fn is_open(app: &TestApp, token: &str) -> bool {
    session::open_session(app.store(), &app.context(), token).await.unwrap().is_some()
}

fn id(actor: &Actor) -> UserId {
    actor.user().unwrap()
}

/// An administrator who is no owner.
async fn admin(app: &TestApp) -> Actor {
    members::change_role(app.store(), &app.context(), &app.owner, id(&app.approver), Role::Admin).await.unwrap();
    let member = members::get(app.store(), &app.context(), &app.owner, id(&app.approver)).await.unwrap();
    member.user.actor()
}

/// The token of the link in the newest mail to a member.
async fn mailed_token(app: &TestApp) -> String {
    let mails = app.mails().await;
    let mail = mails.into_iter().find(|mail| mail.kind == MailKind::PasswordReset).unwrap();
    let MailSubject::PasswordReset(id) = mail.about else { panic!("{mail:?}") };
    app.store().password_reset(id).await.unwrap().unwrap().key.reset_token(id)
}

async fn choose(app: &TestApp, token: &str, password: &str) -> Result<(), Error> {
    let (limits, address) = (&app.requite.sign_in_limits, browser().address);
    password_reset::choose(app.store(), &app.context(), limits, token, password, address).await
}

/// What somebody with a stolen session would change.
struct Targets {
    key: ApiKeyId,
    endpoint: WebhookEndpointId,
    /// Of another owner.
    proposal: PolicyProposalId,
}

impl Targets {
    async fn prepare(app: &TestApp) -> Self {
        app.decide(|policy| policy.refund_limit = "100".to_owned()).await;
        let operator = Actor::System { merchant: app.merchant };
        members::change_role(app.store(), &app.context(), &operator, id(&app.approver), Role::Owner).await.unwrap();
        let second =
            members::get(app.store(), &app.context(), &app.owner, id(&app.approver)).await.unwrap().user.actor();
        let looser = |input: &mut PolicyInput| input.refund_limit = "200".to_owned();
        let PolicyChange::Proposed(proposal) = change_policy(app, &second, looser).await.unwrap() else {
            panic!("it is in force already")
        };
        let mode = app.requite.settings.mode;
        let new = NewApiKey::parse("shop", "refund", "", "").unwrap();
        Self {
            key: api_key::create(app.store(), &app.context(), mode, &app.owner, &new).await.unwrap().0.id,
            endpoint: app.endpoint("https://shop.example/", "").await.id,
            proposal: proposal.id,
        }
    }

    async fn change_everything(&self, app: &TestApp, actor: &Actor) -> [(&'static str, Result<(), Error>); 11] {
        let (store, context, mode) = (app.store(), &app.context(), app.requite.settings.mode);
        let allowed = app.requite.sender.allowed_targets();
        let new_key = NewApiKey::parse("thief", "refund", "", "").unwrap();
        let thief = EndpointInput { url: "https://thief.example/".to_owned(), ..EndpointInput::default() };
        let (limits, edit) = (&app.requite.sign_in_limits, |_: &mut PolicyInput| {});
        [
            ("a new key", api_key::create(store, context, mode, actor, &new_key).await.map(drop)),
            (
                "another secret of a key",
                api_key::replace(store, context, mode, actor, self.key, RotationPeriod::None).await.map(drop),
            ),
            ("a new endpoint", webhooks::create(store, context, allowed, actor, &thief).await.map(drop)),
            (
                "another URL",
                webhooks::change(store, context, allowed, actor, self.endpoint, &thief.into()).await.map(drop),
            ),
            (
                "another secret of an endpoint",
                webhooks::rotate_secret(store, context, actor, self.endpoint).await.map(drop),
            ),
            ("no endpoint", webhooks::delete(store, context, actor, self.endpoint).await),
            ("an approval", policy::approve_proposal(store, context, actor, self.proposal).await),
            ("the policy", change_policy(app, actor, edit).await.map(drop)),
            ("a role", members::change_role(store, context, actor, id(&app.viewer), Role::Admin).await),
            ("somebody out", members::set_disabled(store, context, actor, id(&app.operator), true).await),
            ("a password", password_reset::change(store, context, limits, actor, PASSWORD, NEW_PASSWORD).await),
        ]
    }
}

async fn change_policy(
    app: &TestApp,
    actor: &Actor,
    edit: impl FnOnce(&mut PolicyInput),
) -> Result<PolicyChange, Error> {
    let server = app.server_policy();
    let before = policy::get(app.store(), &server, actor).await?;
    let mut input = PolicyInput::of(&before);
    edit(&mut input);
    Ok(policy::change(app.store(), &app.context(), &server, actor, before.version, &input).await?.unwrap())
}

on_both_engines! {
    async fn somebody_who_has_left_is_signed_out_and_stays_out(app: &TestApp) {
        let token = sign_in(app, "operator@example.com", PASSWORD).await.unwrap();
        members::set_disabled(app.store(), &app.context(), &app.owner, id(&app.operator), true).await.unwrap();
        assert!(!is_open(app, &token).await);
        assert_eq!(code(sign_in(app, "operator@example.com", PASSWORD).await), ErrorCode::InvalidCredentials);
        // Nor does a link to a new password let them in.
        let address = browser().address;
        password_reset::request(app.store(), &app.context(), "operator@example.com", address).await.unwrap();
        assert_eq!(app.count("select count(*) from mail_outbox").await, 0);
        members::set_disabled(app.store(), &app.context(), &app.owner, id(&app.operator), false).await.unwrap();
        sign_in(app, "operator@example.com", PASSWORD).await.unwrap();
        for action in ["user.disabled", "user.enabled"] {
            assert!(app.exists(&format!("select 1 from audit_entries where action = '{action}'")).await);
        }
    }

    /// A sandbox without a mail server shows mails with their links.
    async fn a_link_to_a_new_password_is_shown_to_nobody_who_may_not_manage_the_account(app: &TestApp) {
        let admin = admin(app).await;
        for email in ["owner@example.com", "operator@example.com"] {
            password_reset::request(app.store(), &app.context(), email, browser().address).await.unwrap();
        }
        let mails = app.mails().await;
        let link = async |actor: &Actor, recipient: &str| {
            let mail = mails.iter().find(|mail| mail.recipient == recipient).unwrap();
            mail::get(app.store(), &app.requite.settings, actor, mail.id).await.unwrap().page
        };
        assert_eq!(link(&admin, "owner@example.com").await, None);
        assert!(link(&admin, "operator@example.com").await.is_some());
        assert!(link(&app.owner, "owner@example.com").await.is_some(), "their own");
    }

    async fn owners_are_changed_on_the_command_line_and_there_is_always_one(app: &TestApp) {
        let admin = admin(app).await;
        let role = async |actor: &Actor, colleague: &Actor, role| {
            members::change_role(app.store(), &app.context(), actor, id(colleague), role).await
        };
        role(&admin, &app.operator, Role::Viewer).await.unwrap();
        assert_eq!(code(role(&admin, &app.owner, Role::Viewer).await), ErrorCode::Forbidden);
        assert_eq!(code(role(&admin, &app.operator, Role::Owner).await), ErrorCode::Forbidden);
        assert_eq!(code(role(&admin, &admin, Role::Viewer).await), ErrorCode::Forbidden, "not one's own");
        let disable = members::set_disabled(app.store(), &app.context(), &admin, id(&app.owner), true).await;
        assert_eq!(code(disable), ErrorCode::Forbidden);
        // The command line may do everything, except remove the last owner.
        let operator = Actor::System { merchant: app.merchant };
        assert_eq!(code(role(&operator, &app.owner, Role::Viewer).await), ErrorCode::LastOwner);
        let disable = members::set_disabled(app.store(), &app.context(), &operator, id(&app.owner), true).await;
        assert_eq!(code(disable), ErrorCode::LastOwner);
        assert_eq!(code(role(&app.owner, &app.viewer, Role::Owner).await), ErrorCode::Forbidden);
        role(&operator, &app.viewer, Role::Owner).await.unwrap();
        // An owner cannot remove the other, and then be the only one whom the policy waits for.
        assert_eq!(code(role(&app.owner, &app.viewer, Role::Viewer).await), ErrorCode::Forbidden);
        let disable = members::set_disabled(app.store(), &app.context(), &app.owner, id(&app.viewer), true).await;
        assert_eq!(code(disable), ErrorCode::Forbidden);
        role(&operator, &app.owner, Role::Viewer).await.unwrap();
    }

    async fn a_new_password_by_mail_ends_every_session_and_works_once(app: &TestApp) {
        let before = sign_in(app, "operator@example.com", PASSWORD).await.unwrap();
        let address = browser().address;
        let request = async |email: &str| {
            password_reset::request(app.store(), &app.context(), email, address).await.unwrap();
        };
        request("nobody@example.com").await;
        assert_eq!(app.count("select count(*) from mail_outbox").await, 0);
        request(" Operator@example.com").await;
        request("operator@example.com").await;
        assert_eq!(app.count("select count(*) from mail_outbox").await, 1, "one mail, however often it is asked for");
        let token = mailed_token(app).await;
        let user = password_reset::user_of(app.store(), &app.context(), &token).await.unwrap();
        assert_eq!(user.email, "operator@example.com");
        assert_eq!(code(choose(app, &token, "short").await), ErrorCode::TextInvalid);
        let mut forged = token.clone().into_bytes();
        forged[30] = if forged[30] == b'A' { b'B' } else { b'A' };
        assert_eq!(code(choose(app, std::str::from_utf8(&forged).unwrap(), NEW_PASSWORD).await), ErrorCode::NotFound);
        choose(app, &token, NEW_PASSWORD).await.unwrap();
        assert!(!is_open(app, &before).await);
        assert_eq!(code(sign_in(app, "operator@example.com", PASSWORD).await), ErrorCode::InvalidCredentials);
        sign_in(app, "operator@example.com", NEW_PASSWORD).await.unwrap();
        assert_eq!(code(choose(app, &token, PASSWORD).await), ErrorCode::NotFound, "a link works once");
        // And for an hour.
        app.advance(Duration::minutes(3));
        members::mail_password_reset(app.store(), &app.context(), &app.owner, id(&app.operator)).await.unwrap();
        let late = mailed_token(app).await;
        app.advance(Duration::hours(1));
        assert_eq!(code(choose(app, &late, PASSWORD).await), ErrorCode::NotFound);
        // Old links are not kept for ever.
        app.advance(Duration::days(31));
        members::mail_password_reset(app.store(), &app.context(), &app.owner, id(&app.operator)).await.unwrap();
        assert_eq!(app.count("select count(*) from password_resets").await, 1);
    }

    async fn changing_the_own_password_needs_the_old_one_and_ends_other_sessions(app: &TestApp) {
        let (here, elsewhere) = (
            sign_in(app, "operator@example.com", PASSWORD).await.unwrap(),
            sign_in(app, "operator@example.com", PASSWORD).await.unwrap(),
        );
        let me = session::open_session(app.store(), &app.context(), &here).await.unwrap().unwrap().actor();
        let limits = &app.requite.sign_in_limits;
        let change = async |old: &str, new: &str| {
            password_reset::change(app.store(), &app.context(), limits, &me, old, new).await
        };
        assert_eq!(code(change("not my password at all", NEW_PASSWORD).await), ErrorCode::TextInvalid);
        assert_eq!(code(change(PASSWORD, "short").await), ErrorCode::TextInvalid);
        change(PASSWORD, NEW_PASSWORD).await.unwrap();
        assert!(is_open(app, &here).await && !is_open(app, &elsewhere).await);
        sign_in(app, "operator@example.com", NEW_PASSWORD).await.unwrap();
    }

    /// One stolen session of an owner with a second factor.
    async fn keys_webhooks_the_policy_and_people_need_a_recent_code(app: &TestApp) {
        let targets = Targets::prepare(app).await;
        let (secret, _) = app.enrol(&app.owner).await;
        let token = sign_in(app, "owner@example.com", PASSWORD).await.unwrap();
        session::enter_code(app.store(), &app.context(), &token, app.typed(&app.app_code(&secret)), &browser()).await.unwrap();
        app.advance(Duration::minutes(10));
        let stolen = session::open_session(app.store(), &app.context(), &token).await.unwrap().unwrap().actor();
        let rows = app.row_counts().await;
        for (what, result) in targets.change_everything(app, &stolen).await {
            let refused = result.err().unwrap_or_else(|| panic!("{what} was possible"));
            assert_eq!(code(Err::<(), _>(refused)), ErrorCode::SecondFactorWrong, "{what}");
        }
        assert_eq!(app.row_counts().await, rows);
        assert_eq!(
            second_factor::recent_code_requirement(app.store(), &app.context(), &stolen).await.unwrap(),
            CodeRequirement::Code
        );
        // With a code everything is possible for ten minutes.
        let wrong = second_factor::enter_code(app.store(), &app.context(), &stolen, app.typed("000000")).await;
        assert_eq!(code(wrong), ErrorCode::SecondFactorWrong);
        let typed = app.app_code(&secret);
        second_factor::enter_code(app.store(), &app.context(), &stolen, app.typed(&typed)).await.unwrap();
        let owner = session::open_session(app.store(), &app.context(), &token).await.unwrap().unwrap().actor();
        for (what, result) in targets.change_everything(app, &owner).await {
            result.unwrap_or_else(|error| panic!("{what}: {error}"));
        }
        // Nobody else is asked: the operator has no second factor.
        assert_eq!(
            second_factor::recent_code_requirement(app.store(), &app.context(), &app.operator).await.unwrap(),
            CodeRequirement::Nothing
        );
    }
}
