//! A second factor: setting it up, and what a policy that requires it changes.

use crate::support::{CUSTOMER, TestApp, code};
use chrono::Duration;
use requite::{
    domain::{
        address::network::Network,
        error::ErrorCode,
        ids::{IdempotencyKey, RefundDraftId},
        money::currency::Currency::Usd,
        paging::PageRequest,
        people::{actor::Actor, second_factor::RecoveryCode},
        refunds::{
            draft::{AmountInput, RecipientInput},
            quote::FeePayer,
            refund::{Refund, RefundStatus},
        },
    },
    error::Error,
    service::{
        operations::audit,
        people::{
            api_key,
            second_factor::{self, CodeRequirement},
        },
        refunds::{
            self, approval,
            draft::{self, WizardConfirmation},
        },
    },
    store::{operations::audit::AuditFilter, people::second_factor::SecondFactor},
};

/// Requires a second factor, as the owner.
async fn require_second_factor(app: &TestApp) {
    app.decide(|policy| policy.second_factor = "yes".to_owned()).await;
}

/// A draft of the owner, ready to be confirmed.
async fn draft_of(app: &TestApp) -> RefundDraftId {
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let id = draft::open(app.refunds(), &app.context(), &app.owner, intent.id).await.unwrap().id;
    let recipient = RecipientInput {
        network: "BASE".to_owned(),
        address: CUSTOMER.to_owned(),
        reason: "duplicate".to_owned(),
        ..RecipientInput::default()
    };
    draft::save_recipient(app.refunds(), &app.context(), &app.owner, id, recipient).await.unwrap();
    let amount = AmountInput { amount: "25".to_owned(), ..AmountInput::default() };
    draft::save_amount(app.refunds(), &app.context(), &app.owner, id, amount).await.unwrap();
    draft::save_funding(app.refunds(), &app.context(), &app.owner, id, "USD", FeePayer::Merchant).await.unwrap();
    draft::renew_quote(app.refunds(), &app.context(), &app.owner, id).await.unwrap();
    id
}

/// What the owner's confirm page submits with this code.
async fn with_code(app: &TestApp, id: RefundDraftId, code: &str) -> WizardConfirmation {
    let open = draft::get(app.store(), &app.owner, id).await.unwrap();
    WizardConfirmation {
        quote_id: open.draft.quote_id,
        confirmed: true,
        typed: String::new(),
        left: open.intent.left().number(),
        code: code.to_owned(),
    }
}

/// A refund by the owner that awaits approval, and the seal that the approver sees.
async fn waiting(app: &TestApp) -> (Refund, String) {
    app.decide(|policy| policy.approval_from = "1".to_owned()).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let refund = app.refund(&app.order(&intent, "25")).await.unwrap();
    assert_eq!(refund.status, RefundStatus::AwaitingApproval);
    let seal =
        approval::review(app.refunds(), &app.context(), &app.approver, refund.id).await.unwrap().seal.to_string();
    (refund, seal)
}

/// A code that is invalid at this time.
pub fn invalid_code(app: &TestApp, secret: &requite::domain::people::second_factor::TotpSecret) -> String {
    let near: Vec<_> = (-2..=2).map(|steps| app.app_code_at(secret, steps)).collect();
    (0..10).map(|digit| digit.to_string().repeat(6)).find(|code| !near.contains(code)).unwrap()
}

async fn demand(app: &TestApp, actor: &Actor) -> CodeRequirement {
    second_factor::code_requirement(app.store(), &app.server_policy(), actor).await.unwrap()
}

pub async fn factor(app: &TestApp, actor: &Actor) -> Option<SecondFactor> {
    second_factor::get(app.store(), &app.context(), actor).await.unwrap()
}

async fn confirm(app: &TestApp, actor: &Actor, typed: &str) -> Result<Vec<RecoveryCode>, Error> {
    second_factor::confirm(app.store(), &app.context(), actor, app.typed(typed)).await
}

async fn turn_off(app: &TestApp, typed: &str) -> Result<(), Error> {
    second_factor::turn_off(app.store(), &app.context(), &app.owner, app.typed(typed)).await
}

async fn reset(app: &TestApp, email: &str) -> Result<bool, Error> {
    second_factor::reset(app.store(), &app.context(), email).await
}

async fn renew(app: &TestApp, actor: &Actor, typed: &str) -> Result<(), ErrorCode> {
    let renewed = second_factor::renew_recovery_codes(app.store(), &app.context(), actor, app.typed(typed)).await;
    renewed.map(drop).map_err(|error| error.code())
}

on_both_engines! {
    async fn it_is_active_only_after_a_correct_first_code(app: &TestApp) {
        require_second_factor(app).await;
        let actor = &app.viewer;
        assert_eq!(demand(app, actor).await, CodeRequirement::SetUp);
        let unknown = confirm(app, actor, "123456").await;
        assert_eq!(code(unknown), ErrorCode::SecondFactorMissing);
        let abandoned = app.enroll(actor).await.unwrap();
        let secret = app.enroll(actor).await.unwrap();
        assert_ne!(abandoned, secret);
        assert_eq!(demand(app, actor).await, CodeRequirement::SetUp);
        assert_eq!(renew(app, actor, &app.app_code(&secret)).await, Err(ErrorCode::SecondFactorMissing));
        let rows = app.row_counts().await;
        for typed in [app.app_code(&abandoned), invalid_code(app, &secret), String::new(), "ABCDE-FGHJK".to_owned()] {
            let refused = confirm(app, actor, &typed).await;
            assert_eq!(code(refused), ErrorCode::SecondFactorWrong, "{typed}");
        }
        assert_eq!(app.row_counts().await, rows);
        let codes = confirm(app, actor, &app.app_code(&secret)).await.unwrap();
        assert_eq!(codes.len(), 10);
        assert_eq!(demand(app, actor).await, CodeRequirement::Code);
        assert_eq!(demand(app, &app.owner).await, CodeRequirement::SetUp);
        let kept = factor(app, actor).await.unwrap();
        assert_eq!((kept.recovery_codes, kept.confirmed_at), (10, Some(app.requite.context().now)));
        // Replacing it requires one of its codes.
        assert_eq!(code(app.enroll(actor).await), ErrorCode::SecondFactorActive);
        app.advance(Duration::seconds(30));
        let again = confirm(app, actor, &app.app_code(&secret)).await;
        assert_eq!(code(again), ErrorCode::SecondFactorActive);
        // The code that turned it on is used up, and so are all older ones.
        assert_eq!(renew(app, actor, &app.app_code_at(&secret, -1)).await, Err(ErrorCode::SecondFactorWrong));
        assert_eq!(renew(app, actor, &app.app_code(&secret)).await, Ok(()));
    }

    async fn an_expired_setup_must_be_started_again(app: &TestApp) {
        let secret = app.enroll(&app.owner).await.unwrap();
        app.advance(Duration::minutes(15) - Duration::seconds(1));
        assert!(factor(app, &app.owner).await.is_some());
        app.advance(Duration::seconds(1));
        // No page shows the secret any more, and its codes do not turn it on.
        assert_eq!(factor(app, &app.owner).await, None);
        let rows = app.row_counts().await;
        let late = confirm(app, &app.owner, &app.app_code(&secret)).await;
        assert_eq!(code(late), ErrorCode::SecondFactorMissing);
        assert_eq!(app.row_counts().await, rows);
        let (_, codes) = app.enrol(&app.owner).await;
        assert_eq!(codes.len(), 10);
        // An active second factor never expires.
        app.advance(Duration::days(400));
        assert!(factor(app, &app.owner).await.is_some_and(|factor| factor.is_active()));
    }

    async fn a_missing_second_factor_is_reported_before_input_errors(app: &TestApp) {
        require_second_factor(app).await;
        let id = draft_of(app).await;
        for typed in ["", "123456", "12 34", "no code at all"] {
            let confirmation = with_code(app, id, typed).await;
            let refused = app.confirm_draft(id, &confirmation).await;
            assert_eq!(code(refused), ErrorCode::SecondFactorMissing, "{typed}");
        }
        app.enrol(&app.owner).await;
        let confirmation = with_code(app, id, "no code at all").await;
        let refused = app.confirm_draft(id, &confirmation).await;
        assert_eq!(code(refused), ErrorCode::SecondFactorWrong);
    }

    async fn no_code_is_accepted_twice_or_after_a_newer_one(app: &TestApp) {
        let (secret, _) = app.enrol(&app.owner).await;
        app.advance(Duration::seconds(30));
        assert_eq!(renew(app, &app.owner, &app.app_code(&secret)).await, Ok(()));
        let rows = app.row_counts().await;
        for steps in [0, -1] {
            let replayed = renew(app, &app.owner, &app.app_code_at(&secret, steps)).await;
            assert_eq!(replayed, Err(ErrorCode::SecondFactorWrong), "{steps}");
        }
        assert_eq!(app.row_counts().await, rows);
        // One code cannot be used for two actions.
        let off = turn_off(app, &app.app_code(&secret)).await;
        assert_eq!(code(off), ErrorCode::SecondFactorWrong);
    }

    async fn codes_are_accepted_one_step_early_or_late(app: &TestApp) {
        let (secret, _) = app.enrol(&app.owner).await;
        for (steps, expected) in [
            (-2, Err(ErrorCode::SecondFactorWrong)),
            (2, Err(ErrorCode::SecondFactorWrong)),
            (-1, Ok(())),
            (0, Ok(())),
            (1, Ok(())),
        ] {
            app.advance(Duration::minutes(3));
            assert_eq!(renew(app, &app.owner, &app.app_code_at(&secret, steps)).await, expected, "{steps}");
        }
    }

    async fn a_recovery_code_works_once(app: &TestApp) {
        let (_, codes) = app.enrol(&app.owner).await;
        let (_, others) = app.enrol(&app.approver).await;
        require_second_factor(app).await;
        let (first, second) = (draft_of(app).await, draft_of(app).await);
        let foreign = with_code(app, first, &others[0]).await;
        let refused = app.confirm_draft(first, &foreign).await;
        assert_eq!(code(refused), ErrorCode::SecondFactorWrong);
        let good = with_code(app, first, &codes[3].to_lowercase()).await;
        app.confirm_draft(first, &good).await.unwrap();
        let kept = factor(app, &app.owner).await.unwrap();
        assert_eq!(kept.recovery_codes, 9);
        let again = with_code(app, second, &codes[3]).await;
        let refused = app.confirm_draft(second, &again).await;
        assert_eq!(code(refused), ErrorCode::SecondFactorWrong);
        // New codes invalidate all old ones.
        assert_eq!(renew(app, &app.owner, &codes[0]).await, Ok(()));
        assert_eq!(renew(app, &app.owner, &codes[1]).await, Err(ErrorCode::SecondFactorWrong));
        let plain = codes[4].replace('-', "");
        assert!(!app.exists(&format!("select 1 from recovery_codes where code_hash like '%{plain}%'")).await);
    }

    async fn turning_it_off_needs_a_code_and_deletes_its_data(app: &TestApp) {
        let (secret, codes) = app.enrol(&app.owner).await;
        for typed in [invalid_code(app, &secret), String::new()] {
            let refused = turn_off(app, &typed).await;
            assert_eq!(code(refused), ErrorCode::SecondFactorWrong);
        }
        turn_off(app, &codes[9]).await.unwrap();
        assert_eq!(factor(app, &app.owner).await, None);
        assert_eq!(app.count("select count(*) from recovery_codes").await, 0);
        assert_eq!(renew(app, &app.owner, &codes[8]).await, Err(ErrorCode::SecondFactorMissing));
        let (newer, _) = app.enrol(&app.owner).await;
        assert_ne!(newer, secret);
        assert!(reset(app, " Owner@example.com ").await.unwrap());
        assert!(!reset(app, "owner@example.com").await.unwrap());
        assert_eq!(code(reset(app, "nobody@example.com").await), ErrorCode::NotFound);
    }

    async fn wrong_codes_are_rate_limited_per_person(app: &TestApp) {
        let (secret, _) = app.enrol(&app.owner).await;
        let (other, _) = app.enrol(&app.approver).await;
        app.advance(Duration::hours(1));
        for _ in 0..10 {
            assert_eq!(renew(app, &app.owner, &invalid_code(app, &secret)).await, Err(ErrorCode::SecondFactorWrong));
        }
        assert_eq!(renew(app, &app.owner, &app.app_code(&secret)).await, Err(ErrorCode::RateLimited));
        assert_eq!(renew(app, &app.approver, &app.app_code(&other)).await, Ok(()));
        // Correct codes are never limited.
        for _ in 0..30 {
            app.advance(Duration::seconds(30));
            assert_eq!(renew(app, &app.owner, &app.app_code(&secret)).await, Ok(()));
        }
    }

    async fn no_refund_is_created_without_the_code_that_the_policy_requires(app: &TestApp) {
        let free = draft_of(app).await;
        let unasked = with_code(app, free, "").await;
        app.confirm_draft(free, &unasked).await.unwrap();
        require_second_factor(app).await;
        let id = draft_of(app).await;
        let rows = app.row_counts().await;
        for typed in ["", "123456"] {
            let refused = app.confirm_draft(id, &with_code(app, id, typed).await).await;
            assert_eq!(code(refused), ErrorCode::SecondFactorMissing, "{typed}");
        }
        assert_eq!(app.row_counts().await, rows);
        let (secret, _) = app.enrol(&app.owner).await;
        let (others, _) = app.enrol(&app.approver).await;
        draft::renew_quote(app.refunds(), &app.context(), &app.owner, id).await.unwrap();
        let rows = app.row_counts().await;
        for typed in [String::new(), invalid_code(app, &secret), "no code".to_owned(), app.app_code(&others)] {
            let refused = app.confirm_draft(id, &with_code(app, id, &typed).await).await;
            assert_eq!(code(refused), ErrorCode::SecondFactorWrong, "{typed}");
        }
        // Another error in the same request does not use up the correct code.
        let right = app.app_code(&secret);
        let unticked = WizardConfirmation { confirmed: false, ..with_code(app, id, &right).await };
        let refused = app.confirm_draft(id, &unticked).await;
        assert_eq!(code(refused), ErrorCode::ConfirmationMissing);
        let stale = WizardConfirmation { left: "99".to_owned(), ..with_code(app, id, &right).await };
        let refused = app.confirm_draft(id, &stale).await;
        assert_eq!(code(refused), ErrorCode::ExpectedRefundableStale);
        assert_eq!(app.row_counts().await, rows);
        app.confirm_draft(id, &with_code(app, id, &right).await).await.unwrap();
        // A person cannot bypass the wizard either.
        let intent = app.paid_intent("10", Usd, Network::Base).await;
        assert_eq!(code(app.refund(&app.order(&intent, "1")).await), ErrorCode::SecondFactorWrong);
    }

    async fn a_double_click_makes_one_refund_with_one_code(app: &TestApp) {
        let (secret, _) = app.enrol(&app.owner).await;
        require_second_factor(app).await;
        let id = draft_of(app).await;
        let confirmation = with_code(app, id, &app.app_code(&secret)).await;
        let clicks: Vec<_> = (0..6)
            .map(|_| {
                let (app, confirmation) = (app.clone(), confirmation.clone());
                tokio::spawn(async move { app.confirm_draft(id, &confirmation).await.unwrap() })
            })
            .collect();
        let mut refunds = Vec::new();
        for click in clicks {
            refunds.push(click.await.unwrap());
        }
        refunds.dedup();
        assert_eq!((refunds.len(), app.count("select count(*) from refunds").await), (1, 1));
    }

    async fn of_two_simultaneous_uses_of_one_code_one_succeeds(app: &TestApp) {
        let (secret, recovery) = app.enrol(&app.owner).await;
        require_second_factor(app).await;
        for (round, typed) in [app.app_code(&secret), recovery[0].clone()].into_iter().enumerate() {
            let mut attempts = Vec::new();
            for _ in 0..3 {
                let id = draft_of(app).await;
                let (app, confirmation) = (app.clone(), with_code(app, id, &typed).await);
                attempts.push(tokio::spawn(async move {
                    app.confirm_draft(id, &confirmation).await.map_err(|error| error.code())
                }));
            }
            let mut results = Vec::new();
            for attempt in attempts {
                results.push(attempt.await.unwrap());
            }
            assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
            assert_eq!(results.iter().filter(|result| **result == Err(ErrorCode::SecondFactorWrong)).count(), 2);
            let refunds = app.count("select count(*) from refunds").await;
            assert_eq!(usize::try_from(refunds).unwrap(), round + 1);
        }
    }

    async fn an_approver_approves_with_their_own_code(app: &TestApp) {
        let (mine, _) = app.enrol(&app.owner).await;
        let (refund, seal) = waiting(app).await;
        require_second_factor(app).await;
        let approve = async |typed: String| {
            approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, &seal, Some(app.typed(&typed)))
                .await
        };
        let rows = app.row_counts().await;
        assert_eq!(code(approve(String::new()).await), ErrorCode::SecondFactorMissing);
        assert_eq!(app.row_counts().await, rows);
        let (secret, _) = app.enrol(&app.approver).await;
        let rows = app.row_counts().await;
        for typed in [String::new(), invalid_code(app, &secret), app.app_code(&mine)] {
            assert_eq!(code(approve(typed).await), ErrorCode::SecondFactorWrong);
        }
        let right = app.app_code(&secret);
        let code_now = Some(app.typed(&right));
        let stale =
            approval::approve(app.refunds(), &app.context(), &app.approver, refund.id, "another", code_now).await;
        assert_eq!(code(stale), ErrorCode::ApprovalStale);
        assert_eq!(app.row_counts().await, rows);
        assert_eq!(app.reload_refund(&refund).await.status, RefundStatus::AwaitingApproval);
        assert_eq!(approve(right.clone()).await.unwrap().status, RefundStatus::Pending);
        assert_eq!(code(approve(right).await), ErrorCode::ApprovalNotPossible);
        app.settle().await;
    }

    async fn api_keys_need_no_second_factor(app: &TestApp) {
        require_second_factor(app).await;
        let (mode, from) = (app.requite.settings.mode, std::net::Ipv4Addr::LOCALHOST.into());
        let key = api_key::authenticate(app.store(), &app.context(), mode, &app.api_key, from).await.unwrap();
        let intent = app.paid_intent("100", Usd, Network::Base).await;
        let id = IdempotencyKey(app.requite.context().id());
        refunds::create(app.refunds(), &app.context(), &key, &app.order(&intent, "25"), id).await.unwrap();
        assert_eq!(code(app.enroll(&key).await), ErrorCode::Forbidden);
    }

    async fn every_change_is_audited_without_secrets(app: &TestApp) {
        let (secret, codes) = app.enrol(&app.owner).await;
        require_second_factor(app).await;
        let id = draft_of(app).await;
        let used = app.app_code(&secret);
        app.confirm_draft(id, &with_code(app, id, &used).await).await.unwrap();
        app.advance(Duration::seconds(30));
        let (context, code) = (app.context(), app.app_code(&secret));
        let renewed =
            second_factor::renew_recovery_codes(app.store(), &context, &app.owner, app.typed(&code)).await.unwrap();
        turn_off(app, &renewed[0].to_string()).await.unwrap();
        app.enrol(&app.owner).await;
        reset(app, "owner@example.com").await.unwrap();
        let log = audit::list(app.store(), &app.owner, &AuditFilter::default(), &PageRequest::first()).await.unwrap();
        let mut actions: Vec<_> = log.items.iter().filter(|entry| entry.action.starts_with("second_factor.")).collect();
        actions.reverse();
        let names: Vec<_> = actions.iter().map(|entry| entry.action.trim_start_matches("second_factor.")).collect();
        assert_eq!(names, ["begun", "turned_on", "used", "codes_renewed", "turned_off", "begun", "turned_on", "reset"]);
        let entries = format!("{:?}", log.items);
        for secret in [secret.base32(), used, codes[0].clone(), codes[0].replace('-', ""), renewed[0].as_str().to_owned()] {
            assert!(!entries.contains(&secret), "{secret}");
        }
    }
}
