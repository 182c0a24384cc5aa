//! The overview: what needs a person, balances, and what was refunded over time.

use super::{
    quick_start::{QuickStart, quick_start},
    refunds::{list::refund_table, transfer::held_refund},
    reports::activity::{PeriodQuery, activity_section},
    waiting::{approvals_section, drafts_section},
};
use crate::{
    domain::{
        intents::payment_intent::IntentStatus,
        ledger::Balance,
        operations::{notice::Notice, watchdog::Overdue},
        paging::{PageRequest, Position, SortDirection},
        people::actor::{Actor, Permission},
        refunds::{
            refund::{Refund, RefundStatus},
            transfer::SenderAccount,
        },
        webhooks::Endpoint,
    },
    error::Error,
    service::{
        intents::{self, payment},
        ledger, mail,
        operations::{books, lost_deposits, payout_accounts, watchdog},
        refunds::{self, draft, transfer},
        reports::activity,
        webhooks,
    },
    state::Requite,
    store::refunds::{RefundFilter, held::HeldRefund},
    texts::{next_steps, titles::Title},
    ui::{
        components::{amount::grouped, empty::EmptyState, mark::currency_code, notice::NoticeList, time::Time},
        page::{Content, page, query},
    },
    web::{forms::caller, lists::refunds::ANY_REASON, paths},
};
use leptos::prelude::*;

/// How many refunds that wait are shown, and one more to know whether there are others.
const SHOWN_AT_ONCE: usize = 5;
const READ: u32 = 6;

/// Balances, work in progress, the newest refunds.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let caller = caller();
    let period: PeriodQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let balances = ledger::list(&requite.store, &actor).await?;
        let intents = intents::count(&requite.store, &actor).await?;
        let refunds = refunds::count(&requite.store, &actor).await?;
        let few = PageRequest::new(5, Position::Start, SortDirection::NewestFirst);
        let newest = refunds::list(&requite.store, &actor, &RefundFilter::default(), &few).await?.items;
        let unsupported = payment::unsupported(&requite.store, &actor, None, &few).await?;
        let overdue = watchdog::overdue(&requite.store, &requite.context(), &actor).await?;
        let held = transfer::held(&requite.store, &actor, READ).await?;
        let paused = payout_accounts::paused(&requite.store, &actor).await?;
        let lost = lost_deposits::list(&requite.store, &actor).await?;
        let notices = books::notices(&requite.store, &actor).await?;
        let broken = webhooks::broken(&requite.store, &actor).await?;
        let activity = activity::of_last_days(&requite.store, &requite.context(), &actor, period.days()).await?;
        let waiting = unsupported.items.len();
        let to_approve = to_approve(&requite, &actor).await?;
        let drafts = draft::unfinished(&requite.store, &actor, 5).await?;
        // Its last step is a refund.
        let start = refunds.is_empty().then(|| quick_start(&QuickStart::of(&requite), &actor)).flatten();
        Ok(Content::new(
            "Home",
            view! {
                <h1>"Home"</h1>
                {start}
                {(waiting > 0)
                    .then(|| {
                        view! {
                            <div class="notice" data-kind="warning">
                                <p>
                                    <strong>"Some deposits were not credited. "</strong>
                                    <a href=paths::UNSUPPORTED_FUNDS>"See what to do with them"</a>
                                </p>
                            </div>
                        }
                    })}
                {lost_section(lost.len())}
                {paused_section(&paused)}
                {notices_section(notices)}
                {held_section(&held)}
                {approvals_section(&to_approve, SHOWN_AT_ONCE)}
                {overdue_section(overdue)}
                {drafts_section(&drafts)}
                {broken_section(broken, actor.may(Permission::ManageWebhooks))}
                <section aria-labelledby="balances-title">
                    <h2 id="balances-title">"Balances"</h2>
                    {balances.is_empty().then(|| view! { <p>"No money has arrived yet. A balance appears with the first payment."</p> })}
                    <ul class="tiles">{balances.into_iter().map(balance_tile).collect_view()}</ul>
                </section>
                {numbers_section(&intents, &refunds)}
                <section aria-labelledby="newest-title">
                    <h2 id="newest-title">"Newest refunds"</h2>
                    {newest_refunds(newest)}
                </section>
                {(!intents.is_empty()).then(|| activity_section(&activity))}
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
fn numbers_section(intents: &[(IntentStatus, i64)], refunds: &[(RefundStatus, i64)]) -> AnyView {
    view! {
        <section aria-labelledby="work-title">
            <h2 id="work-title">"In numbers"</h2>
            <ul class="tiles" data-kind="numbers">
                {intent_tile("Waiting for payment", intents, &[IntentStatus::Created, IntentStatus::Pending], "pending")}
                {intent_tile("Paid", intents, &[IntentStatus::Complete], "complete")}
                {intent_tile("Can be paid several times", intents, &[IntentStatus::Active], "active")}
                {refund_tile("Refunds awaiting confirmation", refunds, &[RefundStatus::AwaitingConfirmation], "awaiting_confirmation")}
                {refund_tile("Refunds awaiting approval", refunds, &[RefundStatus::AwaitingApproval], "awaiting_approval")}
                {refund_tile("Refunds on their way", refunds, &[RefundStatus::Pending, RefundStatus::Processing], "processing")}
                {refund_tile("Refunds completed", refunds, &[RefundStatus::Completed], "completed")}
                {refund_tile("Refunds rejected", refunds, &[RefundStatus::Rejected], "rejected")}
            </ul>
        </section>
    }
    .into_any()
}

/// Deposits that were credited and are gone.
fn lost_section(number: usize) -> Option<AnyView> {
    let what = match number {
        0 => return None,
        1 => "A deposit that was credited was removed by its network. ".to_owned(),
        number => format!("{number} deposits that were credited were removed by their networks. "),
    };
    let page = format!("{}#lost-deposits", paths::PAYOUTS);
    Some(
        view! {
            <div class="notice" data-kind="error">
                <p><strong>{what}</strong> <a href=page>"An owner has to decide what is done"</a></p>
            </div>
        }
        .into_any(),
    )
}

/// Networks on which nothing is signed.
fn paused_section(paused: &[SenderAccount]) -> AnyView {
    let item = |account: &SenderAccount| {
        let pause = account.paused.as_ref()?;
        Some(
            view! {
                {account.network.title()} ", account " <span class="mono">{account.address.clone()}</span> ": "
                {pause.reason.title()} ", since " <Time at=pause.at /> "."
            }
            .into_any(),
        )
    };
    let items = paused.iter().filter_map(item).collect();
    view! {
        <NoticeList kind="error" id="paused-title" title="Payouts are paused" items>
            <p>"Refunds wait there. " <a href=paths::PAYOUTS>"See why; an owner can resume them"</a></p>
        </NoticeList>
    }
    .into_any()
}

/// What owners were also told by mail.
fn notices_section(notices: Vec<Notice>) -> AnyView {
    let items = notices
        .into_iter()
        .map(|notice| {
            view! { <a href=mail::page_of(notice.kind)>{notice.detail}</a> " Since " <Time at=notice.opened_at /> "." }
                .into_any()
        })
        .collect();
    view! {
        <NoticeList kind="warning" id="notices-title" title="On real networks" items />
    }
    .into_any()
}

/// Refunds that wait, the one that waits longest first.
fn held_section(held: &[HeldRefund]) -> AnyView {
    let items = held.iter().take(SHOWN_AT_ONCE).map(held_refund).collect();
    let more = (held.len() > SHOWN_AT_ONCE).then(|| {
        let all = format!("{}?held={ANY_REASON}&sort=oldest", paths::REFUNDS);
        view! { <p><a href=all>"All refunds that wait"</a></p> }
    });
    view! { <NoticeList kind="warning" id="held-title" title="Refunds that wait" items>{more}</NoticeList> }.into_any()
}

/// Everything that is overdue, with who is responsible and what to do about it.
fn overdue_section(overdue: Vec<Overdue>) -> AnyView {
    let items = overdue
        .into_iter()
        .map(|overdue| {
            view! {
                <a href=paths::overdue(&overdue)>{overdue.state.title()}</a>
                ", due from " {overdue.state.responsible().title()} " by " <Time at=overdue.deadline /> ". "
                {next_steps::of_stalled(overdue.state)}
            }
            .into_any()
        })
        .collect();
    view! { <NoticeList kind="warning" id="overdue-title" title="Overdue" items /> }.into_any()
}

/// Endpoints that were disabled after failures and receive nothing any more.
fn broken_section(broken: Vec<Endpoint>, may_manage: bool) -> AnyView {
    let items = broken
        .into_iter()
        .filter_map(|endpoint| Some((endpoint.disabled?, endpoint)))
        .map(|(disabled, endpoint)| {
            let address = if may_manage {
                view! { <a href=paths::webhook_endpoint(endpoint.id)>{endpoint.url}</a> }.into_any()
            } else {
                endpoint.url.into_any()
            };
            view! { {address} ": " {disabled.reason.title()} ", " <Time at=disabled.at /> "." }.into_any()
        })
        .collect();
    view! {
        <NoticeList kind="warning" id="broken-title" title="Callbacks are not sent any more" items>
            <p>"Repair the receiver, enable the endpoint again, and send what it missed. An owner or admin can do that."</p>
        </NoticeList>
    }
    .into_any()
}

fn balance_tile(balance: Balance) -> AnyView {
    let currency = balance.available.currency();
    view! {
        <li class="tile">
            <span class="tile-name">{currency_code(currency)} " " <span class="hint">{currency.coin()}</span></span>
            <span class="tile-value number">{grouped(&balance.available.number())}</span>
            <span class="hint">"available · " <span class="number">{grouped(&balance.reserved.number())}</span> " reserved for refunds"</span>
        </li>
    }
    .into_any()
}

fn intent_tile(name: &'static str, counts: &[(IntentStatus, i64)], of: &[IntentStatus], filter: &str) -> AnyView {
    let number: i64 = counts.iter().filter(|(status, _)| of.contains(status)).map(|(_, number)| number).sum();
    tile(name, number, format!("{}?status={filter}", paths::PAYMENT_INTENTS))
}

fn refund_tile(name: &'static str, counts: &[(RefundStatus, i64)], of: &[RefundStatus], filter: &str) -> AnyView {
    let number: i64 = counts.iter().filter(|(status, _)| of.contains(status)).map(|(_, number)| number).sum();
    tile(name, number, format!("{}?status={filter}", paths::REFUNDS))
}

fn tile(name: &'static str, number: i64, href: String) -> AnyView {
    view! {
        <li class="tile">
            <a class="tile-name" href=href>{name}</a>
            <span class="tile-value number">{number}</span>
        </li>
    }
    .into_any()
}

fn newest_refunds(refunds: Vec<Refund>) -> AnyView {
    if refunds.is_empty() {
        return view! {
            <EmptyState title="No refunds yet">
                "Open a paid " <a href=format!("{}?status=complete", paths::PAYMENT_INTENTS)>"payment intent"</a>
                " and choose Crypto refund from its menu."
            </EmptyState>
        }
        .into_any();
    }
    view! {
        {refund_table("The newest refunds", refunds)}
        <p><a href=paths::REFUNDS>"All refunds"</a></p>
    }
    .into_any()
}
