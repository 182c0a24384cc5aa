//! Authorization: every use case that takes an actor, with the roles that are allowed.

use crate::support::{Engine, TestApp, money};
use alloy_primitives::B256;
use requite::{
    chain::evm::outgoing::reconcile::Orphans,
    domain::{
        address::network::Network,
        error::{ErrorCode, ErrorText},
        ids::{
            ApiKeyId, ApiLogId, IdempotencyKey, NoteId, PaymentId, PaymentIntentId, PolicyProposalId, QuoteId,
            RefundDraftId, RefundId, SavedViewId, SessionId, UserId, WebhookDeliveryId, WebhookEndpointId,
        },
        intents::{new_intent::NewIntent, payment::PaymentStatus},
        money::currency::Currency::Usd,
        names::Named,
        paging::PageRequest,
        people::{
            actor::{Actor, Permission, Role},
            api_key::{NewApiKey, RotationPeriod, Scopes},
        },
        policy::input::PolicyInput,
        refunds::{
            amount_basis::AmountBasis,
            draft::{AmountInput, RecipientInput},
            quote::FeePayer,
        },
        saved_views::{NewSavedView, SavedList},
        webhooks::{EndpointChange, EndpointInput},
    },
    error::Error,
    service::{
        customers,
        intents::{self, note, payment},
        mail,
        operations::{addresses, api_log, audit, books, history, payout_accounts, payout_status, payouts, watchdog},
        people::{api_key, members, second_factor, session},
        policy::{self, screening},
        refunds::{self, approval, draft, draft_list, quote, transfer},
        saved_views, simulate, webhooks,
    },
    store::{
        intents::IntentFilter,
        mail::MailFilter,
        operations::api_log::ApiLogFilter,
        operations::audit::AuditFilter,
        operations::history::{History, HistoryOf, HistoryPage},
        refunds::RefundFilter,
        webhooks::deliveries::DeliveryFilter,
    },
};
use strum::VariantArray;
use uuid::Uuid;

const EVERYBODY: &[Role] = Role::VARIANTS;
const REFUNDERS: &[Role] = &[Role::Owner, Role::Admin, Role::Approver, Role::Operator];
const INTENT_MAKERS: &[Role] = &[Role::Owner, Role::Admin, Role::Operator];
const APPROVERS: &[Role] = &[Role::Owner, Role::Admin, Role::Approver];
const ADMINS: &[Role] = &[Role::Owner, Role::Admin];
const OWNERS: &[Role] = &[Role::Owner];

type Attempt<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

/// Tries a use case on ids that do not exist: an allowed actor gets 'not found', any other actor gets 'forbidden'
/// before that.
type UseCase = for<'a> fn(&'a TestApp, &'a Actor) -> Attempt<'a>;

macro_rules! use_cases {
    ($($name:literal, $roles:expr, |$app:ident, $actor:ident| $call:expr;)*) => {
        vec![$(($name, $roles, {
            fn attempt<'a>($app: &'a TestApp, $actor: &'a Actor) -> Attempt<'a> {
                Box::pin(async move { $call.await.map(drop) })
            }
            let chosen: UseCase = attempt;
            chosen
        })),*]
    };
}

mod money;

fn unknown_id<T>(make: impl FnOnce(Uuid) -> T) -> T {
    make(Uuid::nil())
}

fn view(is_shared: bool) -> NewSavedView {
    NewSavedView { list: SavedList::Refunds, name: "New".to_owned(), query: String::new(), is_shared }
}

fn use_cases() -> Vec<(&'static str, &'static [Role], UseCase)> {
    use_cases! {
        "payment.of_intent", EVERYBODY, |app, actor|
            payment::of_intent(app.store(), actor, unknown_id(PaymentIntentId));
        "customer.find", EVERYBODY, |app, actor| customers::find(app.store(), actor, "nobody@shop.example", None);
        "customer.counts", EVERYBODY, |app, actor| customers::counts(app.store(), actor, "nobody@shop.example", None);
        "customer.reveal", REFUNDERS, |app, actor| async {
            let record = format!("refund_email.{}", Uuid::nil());
            customers::reveal(app.store(), &app.context(), actor, &record).await
        };
        "payment.simulate", INTENT_MAKERS, |app, actor|
            simulate::payment(
                (&app.requite).into(), &app.context(), actor, unknown_id(PaymentIntentId),
                simulate::SimulatedPayment::new(None, PaymentStatus::Paid),
            );
        "payment.finish", INTENT_MAKERS, |app, actor| simulate::finish_payment(
            (&app.requite).into(), &app.context(), actor, unknown_id(PaymentId), PaymentStatus::Paid,
        );
        "payment_intent.get", EVERYBODY, |app, actor| intents::get(app.store(), actor, unknown_id(PaymentIntentId));
        "history.list", EVERYBODY, |app, actor| async {
            let of = HistoryOf::Intent(unknown_id(PaymentIntentId));
            history::list(app.store(), actor, of, &HistoryPage::default()).await
        };
        "history.messages", EVERYBODY, |app, actor|
            async { history::messages(app.store(), &app.requite.settings, actor, &History::default()).await };
        "payment_intent.api_body", EVERYBODY, |app, actor| async {
            let intent = app.paid_intent("1", Usd, Network::Base).await;
            intents::api_body(app.store(), actor, &intent).await
        };
        "payment_intent.note", REFUNDERS, |app, actor|
            note::add(app.store(), &app.context(), actor, unknown_id(PaymentIntentId), unknown_id(NoteId), "x");
        "payment_intent.list", EVERYBODY, |app, actor|
            async { intents::list(app.store(), actor, &IntentFilter::default(), &PageRequest::first()).await };
        "payment_intent.count", EVERYBODY, |app, actor| intents::count(app.store(), actor);
        "payment_intent.create", INTENT_MAKERS, |app, actor| async {
            let new = NewIntent::transient(money("1", Usd), Usd, vec![Network::Base], chrono::Duration::hours(1))?;
            intents::create(app.store(), app.requite.chain.as_ref(), &app.context(), actor, &new, IdempotencyKey(app.context().id())).await
        };
        "payment_intent.expire", INTENT_MAKERS, |app, actor|
            intents::expire(app.store(), &app.context(), actor, unknown_id(PaymentIntentId));
        "quote.create", REFUNDERS, |app, actor| async {
            let order = quote::QuoteRequest {
                intent_id: unknown_id(PaymentIntentId),
                basis: AmountBasis::Overpaid,
                coin: None,
                network: Network::Base,
                funding: Usd,
                fee_payer: FeePayer::Merchant,
            };
            quote::create(app.refunds(), &app.context(), actor, &order).await
        };
        "refund.create", REFUNDERS, |app, actor| async {
            let intent = app.paid_intent("1", Usd, Network::Base).await;
            let mut order = app.order(&intent, "1");
            order.quote_id = Some(unknown_id(QuoteId));
            refunds::create(app.refunds(), &app.context(), actor, &order, IdempotencyKey(app.context().id())).await
        };
        "refund.get", EVERYBODY, |app, actor| refunds::get(app.store(), actor, unknown_id(RefundId));
        "refund.steps", EVERYBODY, |app, actor| refunds::steps(app.store(), actor, unknown_id(RefundId));
        "refund.list", EVERYBODY, |app, actor|
            async { refunds::list(app.store(), actor, &RefundFilter::default(), &PageRequest::first()).await };
        "refund.count", EVERYBODY, |app, actor| refunds::count(app.store(), actor);
        "draft.open", REFUNDERS, |app, actor|
            draft::open(app.refunds(), &app.context(), actor, unknown_id(PaymentIntentId));
        "draft_list.list", REFUNDERS, |app, actor|
            async { draft_list::list(app.refunds(), &app.context(), actor, &PageRequest::first()).await };
        "draft_list.ending_soonest", EVERYBODY, |app, actor|
            async { draft_list::ending_soonest(app.refunds(), &app.context(), actor, 1).await };
        "draft_list.total", REFUNDERS, |app, actor|
            async { draft_list::total(app.refunds(), &app.context(), actor).await };
        "draft_list.remove", REFUNDERS, |app, actor|
            async { draft_list::remove(app.store(), &app.context(), actor, unknown_id(RefundDraftId)).await };
        "draft.get", REFUNDERS, |app, actor| draft::get(app.store(), actor, unknown_id(RefundDraftId));
        "draft.save_recipient", REFUNDERS, |app, actor|
            draft::save_recipient(
                app.refunds(), &app.context(), actor, unknown_id(RefundDraftId), RecipientInput::default(),
            );
        "draft.save_amount", REFUNDERS, |app, actor|
            draft::save_amount(app.refunds(), &app.context(), actor, unknown_id(RefundDraftId), AmountInput::default());
        "draft.save_coin", REFUNDERS, |app, actor|
            draft::save_coin(app.refunds(), &app.context(), actor, unknown_id(RefundDraftId), "ETH");
        "draft.save_funding", REFUNDERS, |app, actor|
            draft::save_funding(
                app.refunds(), &app.context(), actor, unknown_id(RefundDraftId), "USD", FeePayer::Merchant,
            );
        "draft.renew_quote", REFUNDERS, |app, actor|
            draft::renew_quote(app.refunds(), &app.context(), actor, unknown_id(RefundDraftId));
        "draft.confirm", REFUNDERS, |app, actor| async {
            draft::confirm(
                app.refunds(), &app.context(), &app.requite.code_limits, actor, unknown_id(RefundDraftId),
                &draft::WizardConfirmation::default(),
            ).await
        };
        "policy.get", EVERYBODY, |app, actor| policy::get(app.store(), &app.server_policy(), actor);
        "policy.versions", EVERYBODY, |app, actor| policy::versions(app.store(), actor);
        "policy.change", OWNERS, |app, actor| async {
            policy::change(app.store(), &app.context(), &app.server_policy(), actor, 0, &PolicyInput::default()).await
        };
        "policy.proposal", EVERYBODY, |app, actor| policy::proposal(app.store(), actor);
        "policy.approve_proposal", OWNERS, |app, actor|
            policy::approve_proposal(app.store(), &app.context(), actor, unknown_id(PolicyProposalId));
        "policy.withdraw_proposal", OWNERS, |app, actor|
            policy::withdraw_proposal(app.store(), &app.context(), actor, unknown_id(PolicyProposalId));
        "payouts.status", EVERYBODY, |app, actor| payout_status::list((&app.requite).into(), actor, None);
        "payouts.waiting", EVERYBODY, |app, actor| payout_status::waiting((&app.requite).into(), actor, None);
        "payouts.pause", OWNERS, |app, actor| payouts::pause((&app.requite).into(), actor, None, "a reason");
        "payouts.pause_because", OWNERS, |app, actor| async {
            payouts::pause_because((&app.requite).into(), actor, None, &ErrorText::new("payouts-detail-on-command-line")).await
        };
        "payouts.resume", OWNERS, |app, actor| payouts::resume((&app.requite).into(), actor, Network::Base);
        "payouts.reconcile", OWNERS, |app, actor| payouts::reconcile((&app.requite).into(), actor, Network::Base, Orphans::Tell);
        "payouts.explain", OWNERS, |app, actor|
            payouts::explain((&app.requite).into(), actor, Network::Base, "0x", "an explanation");
        "books.list", EVERYBODY, |app, actor| books::list(app.store(), actor, None);
        "books.given_to_nobody", EVERYBODY, |app, actor| books::given_to_nobody(app.store(), actor);
        "books.notices", EVERYBODY, |app, actor| books::notices(app.store(), actor);
        "books.compare", OWNERS, |app, actor| books::compare((&app.requite).into(), actor, Network::Base);
        "addresses.advance", OWNERS, |app, actor| addresses::advance((&app.requite).into(), actor, Network::Base, 1);
        "payouts.assign", OWNERS, |app, actor|
            payouts::assign((&app.requite).into(), actor, Network::Base, B256::ZERO, unknown_id(RefundId));
        "session.list", EVERYBODY, |app, actor| session::list(app.store(), &app.context(), actor);
        "session.end", EVERYBODY, |app, actor| session::end(app.store(), &app.context(), actor, unknown_id(SessionId));
        "session.end_others", EVERYBODY, |app, actor| session::end_others(app.store(), &app.context(), actor);
        "members.list", ADMINS, |app, actor| members::list(app.store(), &app.context(), actor);
        "members.get", ADMINS, |app, actor| members::get(app.store(), &app.context(), actor, unknown_id(UserId));
        "members.sessions", ADMINS, |app, actor|
            members::sessions(app.store(), &app.context(), actor, unknown_id(UserId));
        "members.change_role", ADMINS, |app, actor|
            members::change_role(app.store(), &app.context(), actor, unknown_id(UserId), Role::Viewer);
        "members.set_disabled", ADMINS, |app, actor|
            members::set_disabled(app.store(), &app.context(), actor, unknown_id(UserId), true);
        "members.sign_out", ADMINS, |app, actor|
            members::sign_out(app.store(), &app.context(), actor, unknown_id(UserId));
        "members.mail_password_reset", ADMINS, |app, actor|
            members::mail_password_reset(app.store(), &app.context(), actor, unknown_id(UserId));
        "approval.review", APPROVERS, |app, actor|
            approval::review(app.refunds(), &app.context(), actor, unknown_id(RefundId));
        "approval.renew_quote", APPROVERS, |app, actor|
            approval::renew_quote(app.refunds(), &app.context(), actor, unknown_id(RefundId));
        "approval.approve", APPROVERS, |app, actor|
            approval::approve(app.refunds(), &app.context(), actor, unknown_id(RefundId), "x", None);
        "approval.decline", APPROVERS, |app, actor|
            approval::decline(app.store(), &app.context(), actor, unknown_id(RefundId), "x");
        "approval.stop", REFUNDERS, |app, actor|
            approval::stop(app.store(), &app.context(), actor, unknown_id(RefundId), "x");
        "second_factor.demand", EVERYBODY, |app, actor| second_factor::code_requirement(app.store(), &app.server_policy(), actor);
        "second_factor.get", EVERYBODY, |app, actor| second_factor::get(app.store(), &app.context(), actor);
        "second_factor.enrol", EVERYBODY, |app, actor| app.enroll(actor);
        "second_factor.confirm", EVERYBODY, |app, actor|
            second_factor::confirm(app.store(), &app.context(), actor, app.typed("123456"));
        "second_factor.turn_off", EVERYBODY, |app, actor|
            second_factor::turn_off(app.store(), &app.context(), actor, app.typed("123456"));
        "second_factor.renew_recovery_codes", EVERYBODY, |app, actor|
            second_factor::renew_recovery_codes(app.store(), &app.context(), actor, app.typed("123456"));
        "audit.list", ADMINS, |app, actor|
            async { audit::list(app.store(), actor, &AuditFilter::default(), &PageRequest::first()).await };
        "payout_accounts.list", EVERYBODY, |app, actor|
            payout_accounts::list(app.store(), &app.context(), app.requite.chain.as_ref(), actor);
        "payout_accounts.paused", EVERYBODY, |app, actor| payout_accounts::paused(app.store(), actor);
        "transfer.held", EVERYBODY, |app, actor| transfer::held(app.store(), actor, 10);
        "transfer.cancel", OWNERS, |app, actor|
            transfer::cancel(app.store(), &app.context(), actor, unknown_id(RefundId));
        "transfer.withdraw", OWNERS, |app, actor| async {
            transfer::withdraw(app.refunds(), &app.context(), actor, unknown_id(RefundId), "x").await
        };
        "watchdog.overdue", EVERYBODY, |app, actor| watchdog::overdue(app.store(), &app.context(), actor);
        "screening.records", EVERYBODY, |app, actor| screening::records(app.store(), actor, unknown_id(RefundId));
        "webhook.create", ADMINS, |app, actor| async {
            let input = EndpointInput { url: "https://shop.example/hooks".to_owned(), ..EndpointInput::default() };
            webhooks::create(app.store(), &app.context(), app.requite.sender.allowed_targets(), actor, &input).await
        };
        "webhook.list", ADMINS, |app, actor| webhooks::list(app.store(), actor);
        "webhook.broken", EVERYBODY, |app, actor| webhooks::broken(app.store(), actor);
        "webhook.get", ADMINS, |app, actor| webhooks::get(app.store(), actor, unknown_id(WebhookEndpointId));
        "webhook.change", ADMINS, |app, actor| async {
            webhooks::change(
                app.store(), &app.context(), app.requite.sender.allowed_targets(), actor,
                unknown_id(WebhookEndpointId), &EndpointChange::default(),
            ).await
        };
        "webhook.rotate_secret", ADMINS, |app, actor|
            webhooks::rotate_secret(app.store(), &app.context(), actor, unknown_id(WebhookEndpointId));
        "webhook.delete", ADMINS, |app, actor|
            webhooks::delete(app.store(), &app.context(), actor, unknown_id(WebhookEndpointId));
        "webhook.send_test", ADMINS, |app, actor|
            webhooks::send_test(app.store(), &app.context(), actor, unknown_id(WebhookEndpointId));
        "webhook.deliveries", ADMINS, |app, actor| async {
            webhooks::deliveries(app.store(), actor, &DeliveryFilter::default(), &PageRequest::first()).await
        };
        "webhook.delivery", ADMINS, |app, actor| webhooks::delivery(app.store(), actor, unknown_id(WebhookDeliveryId));
        "webhook.redeliver", ADMINS, |app, actor|
            webhooks::redeliver(app.store(), &app.context(), actor, unknown_id(WebhookDeliveryId));
        "webhook.redeliver_failed", ADMINS, |app, actor| webhooks::redeliver_failed(
            app.store(), &app.context(), actor, unknown_id(WebhookEndpointId), app.context().now);
        "api_key.create", ADMINS, |app, actor| async {
            let new = NewApiKey::parse("new", "read", "", "").unwrap();
            api_key::create(app.store(), &app.context(), app.requite.settings.mode, actor, &new).await
        };
        "api_log.list", ADMINS, |app, actor| async {
            api_log::list(app.store(), actor, &ApiLogFilter::default(), &PageRequest::first()).await
        };
        "api_log.get", ADMINS, |app, actor| api_log::get(app.store(), actor, unknown_id(ApiLogId));
        "api_key.list", ADMINS, |app, actor| api_key::list(app.store(), actor);
        "api_key.get", ADMINS, |app, actor| api_key::get(app.store(), actor, unknown_id(ApiKeyId));
        "api_key.replace", ADMINS, |app, actor|
            api_key::replace(
                app.store(), &app.context(), app.requite.settings.mode, actor, unknown_id(ApiKeyId), RotationPeriod::Day,
            );
        "api_key.revoke", ADMINS, |app, actor|
            api_key::revoke(app.store(), &app.context(), actor, unknown_id(ApiKeyId));
        "approval.decision", EVERYBODY, |app, actor| approval::decision(app.store(), actor, unknown_id(RefundId));
        "payment_intent.total", EVERYBODY, |app, actor|
            async { intents::total(app.store(), actor, &IntentFilter::default()).await };
        "refund.total", EVERYBODY, |app, actor|
            async { refunds::total(app.store(), actor, &RefundFilter::default()).await };
        "audit.total", ADMINS, |app, actor| async { audit::total(app.store(), actor, &AuditFilter::default()).await };
        "api_log.total", ADMINS, |app, actor|
            async { api_log::total(app.store(), actor, &ApiLogFilter::default()).await };
        "webhook.total_of_deliveries", ADMINS, |app, actor|
            async { webhooks::total_of_deliveries(app.store(), actor, &DeliveryFilter::default()).await };
        "mail.total", ADMINS, |app, actor|
            async { mail::total(app.store(), actor, &MailFilter::default()).await };
        "mail.list", ADMINS, |app, actor|
            async { mail::list(app.store(), actor, &MailFilter::default(), &PageRequest::first()).await };
        "mail.text_about_refund", REFUNDERS, |app, actor| async {
            let intent = app.paid_intent("100", Usd, Network::Base).await;
            app.asked_refund(&intent, "1").await;
            let sent = app.mails().await.remove(0);
            mail::text_about_refund(app.store(), &app.requite.settings, actor, &sent).await
        };
        "webhook.targets", ADMINS, |app, actor|
            async { webhooks::targets(app.store(), &app.context(), actor).await };
        "saved_views.of_list", EVERYBODY, |app, actor| saved_views::of_list(app.store(), actor, SavedList::Refunds);
        "saved_views.save", EVERYBODY, |app, actor|
            async { saved_views::save(app.store(), &app.context(), actor, &view(false)).await };
        "saved_views.share", ADMINS, |app, actor|
            async { saved_views::save(app.store(), &app.context(), actor, &view(true)).await };
        "saved_views.rename", EVERYBODY, |app, actor|
            saved_views::rename(app.store(), &app.context(), actor, unknown_id(SavedViewId), "Other");
        "saved_views.delete", EVERYBODY, |app, actor|
            saved_views::delete(app.store(), &app.context(), actor, unknown_id(SavedViewId));
    }
}

#[tokio::test]
async fn each_use_case_is_allowed_for_its_roles_only() {
    let app = TestApp::new(Engine::Sqlite).await;
    for (name, roles, attempt) in use_cases().into_iter().chain(money::use_cases()) {
        for role in Role::all() {
            let actor = Actor::User {
                // An existing one, because an API key refers to its maker.
                id: app.viewer.user().unwrap(),
                merchant: app.merchant,
                role,
                name: role.as_str().to_owned(),
                origin: None,
                session: None,
            };
            let result = attempt(&app, &actor).await;
            let refused = result.as_ref().err().is_some_and(|error| error.code() == ErrorCode::Forbidden);
            assert_eq!(refused, !roles.contains(&role), "{name} as {}: {result:?}", role.as_str());
            let broken = result.as_ref().err().is_some_and(|error| error.code() == ErrorCode::Internal);
            assert!(!broken, "{name} as {}: {result:?}", role.as_str());
        }
    }
}

#[test]
fn a_key_is_limited_to_its_scopes_and_never_decides() {
    use Permission as P;
    for (scopes, allowed) in [
        ("read", vec![P::Read, P::ReadCustomers]),
        ("payment", vec![P::Read, P::ReadCustomers, P::ManageIntents]),
        ("refund", vec![P::Read, P::ReadCustomers, P::Refund]),
        ("approve", vec![P::Read, P::ReadCustomers, P::Approve]),
        ("admin", vec![P::Read, P::ReadCustomers, P::ManageWebhooks]),
        ("read payment refund admin", vec![P::Read, P::ReadCustomers, P::ManageIntents, P::Refund, P::ManageWebhooks]),
    ] {
        let key = Actor::ApiKey {
            id: ApiKeyId(Uuid::nil()),
            merchant: requite::domain::ids::MerchantId(Uuid::nil()),
            name: "shop".to_owned(),
            scopes: Scopes::parse(scopes.split_whitespace()).unwrap(),
            maker: None,
            strict_circle: false,
            origin: None,
        };
        let may: Vec<_> = P::VARIANTS.iter().copied().filter(|permission| key.may(*permission)).collect();
        assert_eq!(may, allowed, "{scopes}");
    }
}
