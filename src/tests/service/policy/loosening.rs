//! Loosening the policy: it waits, and for another owner where there is one.

use crate::support::{TestApp, code};
use chrono::Duration;
use requite::{
    domain::{
        error::ErrorCode,
        mail::{MailKind, MailState},
        people::actor::{Actor, Role},
        policy::{RefundPolicy, input::PolicyInput},
    },
    error::Error,
    languages::Language,
    service::{
        mail,
        people::members,
        policy::{self, PolicyChange},
    },
    store::policy::proposals::PolicyProposal,
    texts::times,
};

async fn current(app: &TestApp) -> RefundPolicy {
    policy::get(app.store(), &app.server_policy(), &app.owner).await.unwrap()
}

async fn change(app: &TestApp, actor: &Actor, edit: impl FnOnce(&mut PolicyInput)) -> Result<PolicyChange, Error> {
    let before = current(app).await;
    let mut input = PolicyInput::of(&before);
    edit(&mut input);
    let server = app.server_policy();
    Ok(policy::change(app.store(), &app.context(), &server, actor, before.version, &input).await?.unwrap())
}

async fn proposed(app: &TestApp, actor: &Actor, edit: impl FnOnce(&mut PolicyInput)) -> PolicyProposal {
    match change(app, actor, edit).await.unwrap() {
        PolicyChange::Proposed(proposal) => proposal,
        PolicyChange::Applied(policy) => panic!("in force already: {policy:?}"),
    }
}

fn no_limit(policy: &mut PolicyInput) {
    policy.refund_limit = String::new();
}

/// A strict policy whose loosening waits for a day.
async fn strict(app: &TestApp) {
    app.decide(|policy| {
        policy.refund_limit = "100".to_owned();
        policy.loosening_delay = "24h".to_owned();
    })
    .await;
}

/// A second owner.
async fn second_owner(app: &TestApp) -> Actor {
    let id = app.approver.user().unwrap();
    let operator = Actor::System { merchant: app.merchant };
    members::change_role(app.store(), &app.context(), &operator, id, Role::Owner).await.unwrap();
    members::get(app.store(), &app.context(), &app.owner, id).await.unwrap().user.actor()
}

on_both_engines! {
    async fn a_sole_owner_loosens_after_the_delay_and_tightens_at_once(app: &TestApp) {
        strict(app).await;
        let proposal = proposed(app, &app.owner, no_limit).await;
        assert_eq!(proposal.effective_at, app.context().now + Duration::hours(24));
        assert!(!proposal.needs_approval);
        assert!(current(app).await.refund_limit.is_some());
        let mails = app.mails().await;
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind, mail.recipient.as_str())).collect();
        assert_eq!(told, [(MailKind::PolicyLoosening, "owner@example.com")]);

        app.advance(Duration::hours(24) - Duration::seconds(1));
        app.work().await;
        assert!(current(app).await.refund_limit.is_some());
        app.advance(Duration::seconds(1));
        app.work().await;
        let applied = current(app).await;
        assert_eq!((applied.version, applied.refund_limit), (2, None));
        assert_eq!(policy::proposal(app.store(), &app.owner).await.unwrap(), None);
        let versions = policy::versions(app.store(), &app.viewer).await.unwrap();
        assert_eq!(versions[0].changed_by, "owner@example.com");

        // Shortening the delay is loosening too.
        let shorter = proposed(app, &app.owner, |policy| policy.loosening_delay = "1h".to_owned()).await;
        assert_eq!(shorter.effective_at, app.context().now + Duration::hours(24));
        // Tightening is in force at once, and ends what waits.
        change(app, &app.owner, |policy| policy.refund_limit = "50".to_owned()).await.unwrap();
        assert_eq!(policy::proposal(app.store(), &app.owner).await.unwrap(), None);
        app.advance(Duration::hours(25));
        app.work().await;
        assert_eq!(current(app).await.loosening_delay, Duration::hours(24));
    }

    async fn rules_from_before_there_was_a_delay_have_the_delay_of_the_server(app: &TestApp) {
        app.decide(|policy| policy.refund_limit = "100".to_owned()).await;
        app.unprotect("merchant_policies").await;
        let rules = "{\"window\":\"30d\",\"window_start\":\"creation\",\"destinations\":\"wallet\",\"renewal_tolerance\":\"1\"}";
        app.tamper(&format!("update merchant_policies set rules = '{rules}'")).await.unwrap();
        let server = RefundPolicy { loosening_delay: Duration::hours(24), ..app.server_policy() };
        let policy = policy::get(app.store(), &server, &app.owner).await.unwrap();
        assert_eq!(policy.loosening_delay, Duration::hours(24));
        // A policy that says that there is none has none.
        app.tamper(&format!("update merchant_policies set rules = '{}'", rules.replace('}', ",\"loosening_delay\":\"\"}")))
            .await
            .unwrap();
        let policy = policy::get(app.store(), &server, &app.owner).await.unwrap();
        assert_eq!(policy.loosening_delay, Duration::zero());
    }

    async fn with_a_second_owner_both_have_to_agree(app: &TestApp) {
        strict(app).await;
        let second = second_owner(app).await;
        app.store().set_language(second.user().unwrap(), Some("de")).await.unwrap();
        let proposal = proposed(app, &app.owner, no_limit).await;
        assert!(proposal.needs_approval);
        let mails = app.mails().await;
        assert_eq!(mails.len(), 2, "every owner gets a mail");
        for (recipient, code, subject, before) in [
            ("owner@example.com", "en", "The refund policy is about to be loosened", "approves it, but not before "),
            ("approver@example.com", "de", "Die Richtlinie für Erstattungen soll gelockert werden", "frühestens ab "),
        ] {
            let id = mails.iter().find(|mail| mail.recipient == recipient).unwrap().id;
            let body = mail::get(app.store(), &app.requite.settings, &app.owner, id).await.unwrap().body;
            assert_eq!(body.subject, subject);
            let at = times::in_language(Language::of_code(code).unwrap(), proposal.effective_at, false);
            assert!(body.text.contains(&format!("{before}{at}.")), "{}", body.text);
        }
        app.advance(Duration::hours(30));
        app.work().await;
        assert!(current(app).await.refund_limit.is_some(), "nobody has approved it");
        let approve = async |actor: &Actor| {
            policy::approve_proposal(app.store(), &app.context(), actor, proposal.id).await
        };
        assert_eq!(code(approve(&app.owner).await), ErrorCode::Forbidden);
        assert_eq!(code(approve(&app.operator).await), ErrorCode::Forbidden);
        approve(&second).await.unwrap();
        app.work().await;
        assert_eq!(current(app).await.refund_limit, None);
        assert_eq!(code(approve(&second).await), ErrorCode::PolicyProposalEnded);
        let versions = policy::versions(app.store(), &app.viewer).await.unwrap();
        assert_eq!(versions[0].changed_by, "owner@example.com");
        assert_eq!(versions[0].approved_by.as_deref(), Some("approver@example.com"));
        let page = app.sign_in("viewer@example.com").await.get("/settings").await.text();
        assert!(page.contains("approved by <bdi>approver@example.com</bdi>"), "{page}");
    }

    async fn an_approval_does_not_shorten_the_delay_and_every_owner_can_withdraw(app: &TestApp) {
        strict(app).await;
        let second = second_owner(app).await;
        let proposal = proposed(app, &app.owner, no_limit).await;
        policy::approve_proposal(app.store(), &app.context(), &second, proposal.id).await.unwrap();
        app.work().await;
        assert!(current(app).await.refund_limit.is_some());
        policy::withdraw_proposal(app.store(), &app.context(), &second, proposal.id).await.unwrap();
        app.advance(Duration::hours(30));
        app.work().await;
        assert!(current(app).await.refund_limit.is_some());
        let withdraw = policy::withdraw_proposal(app.store(), &app.context(), &second, proposal.id).await;
        assert_eq!(code(withdraw), ErrorCode::PolicyProposalEnded);
        // Without a delay the second owner is still needed.
        app.decide(|policy| policy.refund_limit = "90".to_owned()).await;
        let again = proposed(app, &second, no_limit).await;
        assert!(again.needs_approval);
    }

    /// Whether they made it or approved it.
    async fn what_somebody_wanted_who_is_no_longer_an_owner_does_not_take_effect(app: &TestApp) {
        strict(app).await;
        let second = second_owner(app).await;
        // Owners are changed on the command line.
        let (operator, id) = (Actor::System { merchant: app.merchant }, second.user().unwrap());
        let change_role = async |role: Role| {
            members::change_role(app.store(), &app.context(), &operator, id, role).await.unwrap();
        };
        let set_disabled = async |disabled: bool| {
            members::set_disabled(app.store(), &app.context(), &operator, id, disabled).await.unwrap();
        };
        let is_withdrawn = async || policy::proposal(app.store(), &app.owner).await.unwrap().is_none();

        let proposal = proposed(app, &second, no_limit).await;
        policy::approve_proposal(app.store(), &app.context(), &app.owner, proposal.id).await.unwrap();
        set_disabled(true).await;
        assert!(is_withdrawn().await);
        set_disabled(false).await;

        let proposal = proposed(app, &app.owner, no_limit).await;
        change_role(Role::Admin).await;
        assert!(!is_withdrawn().await, "they had not said anything about it");
        change_role(Role::Owner).await;
        policy::approve_proposal(app.store(), &app.context(), &second, proposal.id).await.unwrap();
        change_role(Role::Admin).await;
        assert!(is_withdrawn().await);
        app.advance(Duration::hours(30));
        app.work().await;
        assert!(current(app).await.refund_limit.is_some());
        let audited = "select count(*) from audit_entries where action = 'policy.proposal_withdrawn'";
        assert_eq!(app.count(audited).await, 2);
    }

    /// Somebody else may be using their account.
    async fn a_sole_owner_without_a_delay_gets_a_mail_at_once_too(app: &TestApp) {
        app.decide(|policy| policy.refund_limit = "100".to_owned()).await;
        assert!(app.mails().await.is_empty());
        let applied = change(app, &app.owner, no_limit).await.unwrap();
        assert!(matches!(applied, PolicyChange::Applied(_)), "{applied:?}");
        assert_eq!(current(app).await.refund_limit, None);
        assert_eq!(policy::proposal(app.store(), &app.owner).await.unwrap(), None);
        let mails = app.mails().await;
        assert_eq!(mails.iter().map(|mail| mail.kind).collect::<Vec<_>>(), [MailKind::PolicyLoosening]);
        let shown = mail::get(app.store(), &app.requite.settings, &app.owner, mails[0].id).await.unwrap();
        assert_eq!(shown.body.subject, "The refund policy was loosened");
        app.work().await;
        let mails = app.mails().await;
        assert_ne!(mails[0].state, MailState::Dropped);
        let versions = policy::versions(app.store(), &app.viewer).await.unwrap();
        assert_eq!((versions.len(), versions[0].changed_by.as_str()), (2, "owner@example.com"));
    }
}
