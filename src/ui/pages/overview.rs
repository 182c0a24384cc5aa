//! The overview: what needs a person, balances, and what was refunded over time.

use super::{
    quick_start::{QuickStart, quick_start},
    refunds::{list::refund_table, transfer::held_refund},
    reports::activity::{PeriodQuery, activity_section},
    waiting::{approvals_section, drafts_section, endpoints_sections, low_balances_section, unsupported_section},
};
use crate::{
    domain::{
        intents::payment_intent::IntentStatus,
        ledger::Balance,
        operations::{notice::Notice, watchdog::Overdue},
        paging::{PageRequest, Position, SortDirection, Total},
        people::actor::{Actor, Permission},
        refunds::{
            refund::{Refund, RefundStatus},
            transfer::SenderAccount,
        },
    },
    error::Error,
    languages::Language,
    service::{
        intents::{self, payment},
        ledger, mail,
        operations::{books, lost_deposits, payout_accounts, watchdog},
        refunds::{self, draft_list, transfer},
        reports::activity,
        webhooks,
    },
    state::Requite,
    store::{
        intents::unsupported_funds::UnsupportedFilter,
        refunds::{RefundFilter, held::HeldRefund},
    },
    texts::{errors, next_steps, numbers::grouped, titles::Title},
    ui::{
        components::{amount::listed_number, empty::EmptyState, mark::currency_code, notice::NoticeList, time::Time},
        page::{Content, page, query},
    },
    web::{forms::caller, language::language, lists::refunds::ANY_REASON, paths},
};
use leptos::prelude::*;

/// How many refunds that wait are shown, and one more to know whether there are others.
const SHOWN_AT_ONCE: usize = 5;
const READ: u32 = 6;

/// Balances, work in progress, the newest refunds.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let language = language();
    let caller = caller();
    let period: PeriodQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let balances = ledger::list(&requite.store, &actor).await?;
        let low_balances = ledger::low(&requite.store, &actor).await?;
        let intents = intents::count(&requite.store, &actor).await?;
        let refunds = refunds::count(&requite.store, &actor).await?;
        let few = PageRequest::new(5, Position::Start, SortDirection::NewestFirst);
        let newest = refunds::list(&requite.store, &actor, &RefundFilter::default(), &few).await?.items;
        let unsupported = payment::total_of_unsupported(&requite.store, &actor, &UnsupportedFilter::default()).await?;
        let overdue = watchdog::overdue(&requite.store, &requite.context(), &actor).await?;
        let held = transfer::held(&requite.store, &actor, READ).await?;
        let paused = payout_accounts::paused(&requite.store, &actor).await?;
        let lost = lost_deposits::list(&requite.store, &actor).await?;
        let notices = books::notices(&requite.store, &actor).await?;
        let broken = webhooks::broken(&requite.store, &actor).await?;
        let (rates, context) = (requite.rates.as_ref(), requite.context());
        let activity = activity::of_last_days(&requite.store, rates, &context, &actor, period.days()).await?;
        let to_approve = to_approve(&requite, &actor).await?;
        let drafts = draft_list::ending_soonest((&requite).into(), &requite.context(), &actor, 5).await?;
        // Its last step is a refund.
        let start = refunds.is_empty().then(|| quick_start(language, &QuickStart::of(&requite), &actor)).flatten();
        let needs_nobody = unsupported == Total::Exactly(0)
            && (lost.is_empty() && paused.is_empty() && notices.is_empty() && held.is_empty() && overdue.is_empty())
            && (low_balances.is_empty() && to_approve.is_empty() && drafts.is_empty() && broken.is_empty())
            && start.is_none();
        let title = language.text("home-title");
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {needs_nobody.then(|| view! { <p class="hint">{language.text("home-nothing")}</p> })}
                {start}
                {unsupported_section(language, unsupported)}
                {lost_section(language, lost.len())}
                {paused_section(language, &paused)}
                {notices_section(language, notices)}
                {low_balances_section(language, &low_balances, actor.may(Permission::ManagePolicy))}
                {held_section(language, &held)}
                {approvals_section(language, &to_approve, SHOWN_AT_ONCE)}
                {overdue_section(language, overdue)}
                {drafts_section(language, &drafts)}
                {endpoints_sections(language, &broken, actor.may(Permission::ManageWebhooks))}
                {balances_section(language, balances)}
                {numbers_section(language, &intents, &refunds)}
                <section aria-labelledby="newest-title">
                    <h2 id="newest-title">{language.text("home-newest")}</h2>
                    {newest_refunds(language, newest)}
                </section>
                {(!intents.is_empty()).then(|| activity_section(language, &activity))}
            },
        ))
    })
}

/// Refunds that the person may approve, the one that waits longest first.
async fn to_approve(requite: &Requite, actor: &Actor) -> Result<Vec<Refund>, Error> {
    if !actor.may(Permission::Approve) {
        return Ok(Vec::new());
    }
    let oldest = PageRequest::new(READ, Position::Start, SortDirection::OldestFirst);
    let waiting = RefundFilter { status: Some(RefundStatus::AwaitingApproval), ..RefundFilter::default() };
    Ok(refunds::list(&requite.store, actor, &waiting, &oldest).await?.items)
}

/// How many payment intents and refunds are in each state, with a link to each list.
fn numbers_section(language: Language, intents: &[(IntentStatus, i64)], refunds: &[(RefundStatus, i64)]) -> AnyView {
    type I = IntentStatus;
    type R = RefundStatus;
    let of_intents = |id: &str, of: &[IntentStatus], filter: &str| intent_tile(language, id, intents, of, filter);
    let of_refunds = |id: &str, of: &[RefundStatus], filter: &str| refund_tile(language, id, refunds, of, filter);
    view! {
        <section aria-labelledby="work-title">
            <h2 id="work-title">{language.text("home-numbers")}</h2>
            <ul class="tiles" data-kind="numbers">
                {of_intents("home-intents-waiting", &[I::Created, I::Pending], "pending")}
                {of_intents("home-intents-paid", &[I::Complete], "complete")}
                {of_intents("home-intents-active", &[I::Active], "active")}
                {of_refunds("home-refunds-confirmation", &[R::AwaitingConfirmation], "awaiting_confirmation")}
                {of_refunds("home-refunds-approval", &[R::AwaitingApproval], "awaiting_approval")}
                {of_refunds("home-refunds-on-their-way", &[R::Pending, R::Processing], "processing")}
                {of_refunds("home-refunds-completed", &[R::Completed], "completed")}
                {of_refunds("home-refunds-rejected", &[R::Rejected], "rejected")}
            </ul>
        </section>
    }
    .into_any()
}

/// Deposits that were credited and are gone.
fn lost_section(language: Language, number: usize) -> Option<AnyView> {
    let page = format!("{}#lost-deposits", paths::PAYOUTS);
    (number > 0).then(|| {
        view! {
            <div class="notice" data-kind="error">
                <p>
                    <strong>{language.with("home-lost", [("count", number)])}</strong> " "
                    <a href=page>{language.text("home-lost-link")}</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// Networks on which nothing is signed.
fn paused_section(language: Language, paused: &[SenderAccount]) -> AnyView {
    let item = |account: &SenderAccount| {
        let pause = account.paused.as_ref()?;
        let (network, reason) = (account.network.title(), pause.reason.title(language));
        let (before, after) = language.around_with("home-paused-account", "account", [("network", network)]);
        let (reason, end) = language.around_with("home-paused-since", "at", [("reason", reason)]);
        Some(
            view! {
                {before} <span class="mono">{account.address.clone()}</span> {after} " "
                {reason} <Time at=pause.at /> {end}
            }
            .into_any(),
        )
    };
    let items = paused.iter().filter_map(item).collect();
    view! {
        <NoticeList kind="error" id="paused-title" title=language.text("home-paused") items>
            <p>{language.text("home-paused-wait")} " " <a href=paths::PAYOUTS>{language.text("home-paused-link")}</a></p>
        </NoticeList>
    }
    .into_any()
}

/// What owners were also told by mail.
fn notices_section(language: Language, notices: Vec<Notice>) -> AnyView {
    let items = notices
        .into_iter()
        .map(|notice| {
            let (before, after) = language.around("home-notices-since", "at");
            view! {
                <a href=mail::page_of(notice.kind)>{errors::text(language, &notice.detail)}</a> " "
                {before} <Time at=notice.opened_at /> {after}
            }
            .into_any()
        })
        .collect();
    view! {
        <NoticeList kind="warning" id="notices-title" title=language.text("home-notices") items />
    }
    .into_any()
}

/// Refunds that wait, the one that waits longest first.
fn held_section(language: Language, held: &[HeldRefund]) -> AnyView {
    let items = held.iter().take(SHOWN_AT_ONCE).map(|held| held_refund(language, held)).collect();
    let more = (held.len() > SHOWN_AT_ONCE).then(|| {
        let all = format!("{}?held={ANY_REASON}&sort=oldest", paths::REFUNDS);
        view! { <p><a href=all>{language.text("home-held-all")}</a></p> }
    });
    view! { <NoticeList kind="warning" id="held-title" title=language.text("home-held") items>{more}</NoticeList> }
        .into_any()
}

/// Everything that is overdue, with who is responsible and what to do about it.
fn overdue_section(language: Language, overdue: Vec<Overdue>) -> AnyView {
    let items = overdue
        .into_iter()
        .map(|overdue| {
            let who = overdue.state.responsible().title(language);
            let (before, after) = language.around_with("home-overdue-since", "at", [("who", who)]);
            view! {
                <a href=paths::overdue(&overdue)>{overdue.state.title(language)}</a>
                {before} <Time at=overdue.deadline /> {after} " "
                {next_steps::of_stalled(language, overdue.state)}
            }
            .into_any()
        })
        .collect();
    view! { <NoticeList kind="warning" id="overdue-title" title=language.text("home-overdue") items /> }.into_any()
}

fn balances_section(language: Language, balances: Vec<Balance>) -> AnyView {
    let none = balances.is_empty().then(|| view! { <p>{language.text("home-balances-none")}</p> });
    let tiles = balances.into_iter().map(|balance| balance_tile(language, balance)).collect_view();
    view! {
        <section aria-labelledby="balances-title">
            <h2 id="balances-title">{language.text("home-balances")}</h2>
            {none}
            <ul class="tiles">{tiles}</ul>
        </section>
    }
    .into_any()
}

fn balance_tile(language: Language, balance: Balance) -> AnyView {
    let currency = balance.available.currency();
    let (before, after) = language.around("home-balances-reserved", "amount");
    view! {
        <li class="tile">
            <span class="tile-name">
                <a href=paths::balance(currency)>{currency_code(currency)}</a> " " <span class="hint">{currency.coin()}</span>
            </span>
            <span class="tile-value number">{listed_number(&balance.available.number())}</span>
            <span class="hint">{before} <span class="number">{listed_number(&balance.reserved.number())}</span> {after}</span>
        </li>
    }
    .into_any()
}

fn intent_tile(
    language: Language,
    id: &str,
    counts: &[(IntentStatus, i64)],
    of: &[IntentStatus],
    filter: &str,
) -> AnyView {
    let number: i64 = counts.iter().filter(|(status, _)| of.contains(status)).map(|(_, number)| number).sum();
    tile(language, id, number, format!("{}?status={filter}", paths::PAYMENT_INTENTS))
}

fn refund_tile(
    language: Language,
    id: &str,
    counts: &[(RefundStatus, i64)],
    of: &[RefundStatus],
    filter: &str,
) -> AnyView {
    let number: i64 = counts.iter().filter(|(status, _)| of.contains(status)).map(|(_, number)| number).sum();
    tile(language, id, number, format!("{}?status={filter}", paths::REFUNDS))
}

fn tile(language: Language, id: &str, number: i64, href: String) -> AnyView {
    view! {
        <li class="tile">
            <a class="tile-name" href=href>{language.text(id)}</a>
            <span class="tile-value number">{grouped(language, number)}</span>
        </li>
    }
    .into_any()
}

fn newest_refunds(language: Language, refunds: Vec<Refund>) -> AnyView {
    if refunds.is_empty() {
        let (before, after) = language.around("home-newest-none-text", "intent");
        let intents = format!("{}?status=complete", paths::PAYMENT_INTENTS);
        return view! {
            <EmptyState title=language.text("home-newest-none")>
                {before} <a href=intents>{language.text("home-newest-none-intent")}</a> {after}
            </EmptyState>
        }
        .into_any();
    }
    view! {
        {refund_table(language, language.text("home-newest-label"), refunds)}
        <p><a href=paths::REFUNDS>{language.text("home-newest-all")}</a></p>
    }
    .into_any()
}
