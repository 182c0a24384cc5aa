//! The use cases of balances, of deposits that were not credited, and of reports.

use super::{ADMINS, Attempt, EVERYBODY, INTENT_MAKERS, OWNERS, REFUNDERS, UseCase, unknown_id};
use crate::support::{TestApp, money};
use requite::{
    domain::{
        ids::{IdempotencyKey, PaymentId},
        money::currency::Currency::Usd,
        paging::PageRequest,
        people::actor::{Actor, Role},
        reports::month::Month,
    },
    service::{
        intents::payment,
        ledger,
        reports::{activity, balances, reconciliation, statements},
        simulate,
    },
    store::{
        intents::unsupported_funds::UnsupportedFilter,
        reports::{balance_lists::BalanceListFilter, movements::MovementFilter},
    },
};

const DOLLARS: BalanceListFilter = BalanceListFilter { currency: Usd, reason: None, from: None, to: None };

pub(super) fn use_cases() -> Vec<(&'static str, &'static [Role], UseCase)> {
    use_cases! {
        "balance.list", EVERYBODY, |app, actor| ledger::list(app.store(), actor);
        "balance.minimums", EVERYBODY, |app, actor| ledger::minimum_balances(app.store(), actor);
        "balance.low", EVERYBODY, |app, actor| ledger::low(app.store(), actor);
        "balance.set_minimums", OWNERS, |app, actor| async {
            ledger::set_minimum_balances(app.store(), &app.context(), actor, "100 USD").await
        };
        "balances.list", EVERYBODY, |app, actor|
            async { balances::list((&app.requite).into(), &app.context(), actor).await };
        "balances.of_currency", EVERYBODY, |app, actor|
            async { balances::of_currency((&app.requite).into(), &app.context(), actor, Usd).await };
        "balances.entries", EVERYBODY, |app, actor|
            async { balances::entries(app.store(), actor, &DOLLARS, &PageRequest::first()).await };
        "balances.total_of_entries", EVERYBODY, |app, actor|
            async { balances::total_of_entries(app.store(), actor, &DOLLARS).await };
        "balances.holds", EVERYBODY, |app, actor| balances::holds(app.store(), actor, Usd);
        "simulate.top_up", INTENT_MAKERS, |app, actor| async {
            let key = IdempotencyKey(app.context().id());
            simulate::top_up((&app.requite).into(), &app.context(), actor, money("1", Usd), key).await
        };
        "payment.unsupported", EVERYBODY, |app, actor| async {
            payment::unsupported(app.store(), actor, &UnsupportedFilter::default(), &PageRequest::first()).await
        };
        "payment.to_deal_with", EVERYBODY, |app, actor| payment::to_deal_with(app.store(), actor, &[]);
        "payment.mark_handled", REFUNDERS, |app, actor|
            payment::mark_handled(app.store(), &app.context(), actor, unknown_id(PaymentId), "x");
        "payment.total_of_unsupported", EVERYBODY, |app, actor| async {
            payment::total_of_unsupported(app.store(), actor, &UnsupportedFilter::default()).await
        };
        "reconciliation.of_day", EVERYBODY, |app, actor|
            reconciliation::of_day(
                app.store(), &app.context(), app.requite.payouts(), actor, app.context().now.date_naive(),
            );
        "statements.list", EVERYBODY, |app, actor|
            statements::list(app.store(), &app.context(), actor, None, statements::PAGE_SIZE);
        "statements.of_month", EVERYBODY, |app, actor|
            statements::of_month(app.store(), &app.context(), actor, Month::of(app.context().now));
        "statements.movements", EVERYBODY, |app, actor| async {
            let filter = MovementFilter { month: Month::of(app.context().now), currency: None, reason: None };
            statements::movements(app.store(), actor, &filter, &PageRequest::first()).await
        };
        "statements.total_of_movements", EVERYBODY, |app, actor| async {
            let filter = MovementFilter { month: Month::of(app.context().now), currency: None, reason: None };
            statements::total_of_movements(app.store(), actor, &filter).await
        };
        "statements.close", ADMINS, |app, actor|
            statements::close(app.store(), &app.context(), actor, Month::of(app.context().now));
        "statements.house_currencies", EVERYBODY, |app, actor| statements::house_currencies(app.store(), actor);
        "statements.choose_house_currency", OWNERS, |app, actor| async {
            let (context, rates) = (app.context(), app.requite.rates.as_ref());
            statements::choose_house_currency(app.store(), rates, &context, actor, "EUR").await
        };
        "activity.of_last_days", EVERYBODY, |app, actor| async {
            activity::of_last_days(app.store(), app.requite.rates.as_ref(), &app.context(), actor, 7).await
        };
    }
}
