//! The accounts that pay refunds on real networks: whether they run, what they hold, and what a person has to look at.

use super::{lost_deposits::section as lost_deposits_section, payout_reconciliation};
use crate::{
    chain::evm::{connection::explorer_link, examine::signer::OLDER_MEMORY},
    domain::{
        money::Money,
        operations::payout_activity::PayoutActivity,
        people::actor::Permission,
        refunds::transfer::{Held, Pause, PauseReason, SenderAccount},
    },
    islands::transaction::transaction_link,
    server_fns::payouts::PausePayouts,
    service::{
        operations::{
            books, lost_deposits,
            payout_accounts::{self, CoinReserve, PayoutAccount},
            whole_server,
        },
        people::second_factor::{self, CodeRequirement},
        refunds::transfer,
    },
    store::refunds::senders::UnexplainedTransaction,
    texts::{payouts::doubt, titles::Title},
    ui::{
        components::{
            address::AddressText,
            amount::grouped,
            code_field::RecentCode,
            empty::EmptyState,
            facts::fact,
            field::{Field, Select},
            list::{Column, Table},
            notice::{Advice, NoticeList, SuccessNotice},
            qr::qr_code,
            status::Badge,
            time::Time,
            typed_text::TypedText,
        },
        page::{Content, page, query},
        pages::{operations::books::books_sections, refunds::transfer::held_refund},
    },
    web::{form_query::DoneQuery, forms::caller, paths},
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// How many transfers that wait are shown.
const HELD_SHOWN: u32 = 50;

const COIN_COLUMNS: &[Column] = &[
    Column::text("Coin"),
    Column::number("The account holds"),
    Column::number("Open refunds need"),
    Column::number("Your balance"),
    Column::text("Result"),
];

const UNEXPLAINED_COLUMNS: &[Column] =
    &[Column::text("Transaction"), Column::text("What it did"), Column::text("Found")];

/// One section for each account.
#[component]
pub fn PayoutsPage() -> impl IntoView {
    let caller = caller();
    let done: DoneQuery = query();
    page(async move {
        let (requite, actor) = caller?;
        let accounts =
            payout_accounts::list(&requite.store, &requite.context(), requite.chain.as_ref(), &actor).await?;
        let held = transfer::held(&requite.store, &actor, HELD_SHOWN).await?;
        let books = books::list(&requite.store, &actor, None).await?;
        let (may_act, now) = (actor.may(Permission::ManagePayouts), requite.context().now);
        let decides = whole_server::decides(&requite.store, &actor).await?;
        let code = second_factor::recent_code_requirement(&requite.store, &requite.context(), &actor).await?;
        let lost = lost_deposits::list(&requite.store, &actor).await?;
        let is_paused = accounts.iter().any(|account| account.pause().is_some());
        let code = if may_act && (decides && (is_paused || !books.open.is_empty()) || !lost.is_empty()) {
            code
        } else {
            CodeRequirement::Nothing
        };
        let body = if accounts.is_empty() {
            view! {
                <EmptyState title="No account pays refunds">
                    "This server is connected to no real network, or the file of its networks names no sender."
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <p>
                    "Refunds on real networks are paid by these accounts. They hold little, so they have to be topped up from \
                     your own wallet."
                </p>
                <NoticeList kind="warning" id="held-title" title="Refunds that wait" items=held.iter().map(held_refund).collect() />
                {(!decides).then(|| view! {
                    <p class="hint">
                        "This server has several merchants. Whoever runs the server reconciles and resumes payouts with \
                         'requite payouts', and sees what is not explained."
                    </p>
                })}
                {accounts.iter().map(|account| account_section(account, may_act, now)).collect_view()}
                {may_act.then(|| pause_form(&accounts))}
            }
            .into_any()
        };
        Ok(Content::new(
            "Payouts",
            view! {
                <h1>"Payouts"</h1>
                <SuccessNotice done />
                <RecentCode requirement=code page=paths::PAYOUTS />
                {lost_deposits_section(requite.chain.as_ref(), &lost, may_act)}
                {body}
                {books_sections(&books, may_act && decides)}
            },
        ))
    })
}

fn account_section(account: &PayoutAccount, may_act: bool, now: DateTime<Utc>) -> AnyView {
    let title_id = format!("payouts-{}-{}", account.network.code(), account.address);
    let paused = account.pause();
    let status = match account.activity {
        PayoutActivity::Running => "completed",
        PayoutActivity::NotStarted | PayoutActivity::WaitsForAnother => "pending",
        PayoutActivity::NotUsed => "expired",
        PayoutActivity::Paused
        | PayoutActivity::SignsNothing
        | PayoutActivity::NoAnswer { .. }
        | PayoutActivity::NoRound { .. }
        | PayoutActivity::NoBlock { .. } => "rejected",
    };
    let heading = title_id.clone();
    view! {
        <section class="card stack" aria-labelledby=title_id>
            <h2 id=heading>
                {account.network.title()}
                {account.is_one_of_several.then(|| view! { ", account " <span class="mono">{ends_of(&account.address)}</span> })}
                " " <Badge status=status label=account.activity.title() />
            </h2>
            {paused.map(pause_notice)}
            {doubt(account.activity).map(|doubt| view! {
                <Advice kind="warning">
                    <p><strong>"It is running, but " {doubt} "."</strong> " Refunds wait until that is over."</p>
                </Advice>
            })}
            {(account.activity == PayoutActivity::WaitsForAnother).then(|| view! {
                <Advice kind="warning">
                    <p>"Nothing is signed for it, because another account of this network is paused. It could have paid the same refunds."</p>
                </Advice>
            })}
            {account.signer().map(signer_notice)}
            {account.has_signer_forgotten(now).then(|| view! {
                <Advice kind="warning"><p>{OLDER_MEMORY} " Whoever runs the server has to look at it."</p></Advice>
            })}
            {account.coins.iter().filter_map(shortage).collect_view()}
            {facts(account)}
            {coins(account)}
            {match account.reconciling.as_ref().filter(|_| may_act) {
                Some(reconciling) => Some(payout_reconciliation::steps(account, reconciling)),
                None => unexplained(account),
            }}
        </section>
    }
    .into_any()
}

/// The first and last characters of an address, to tell a few of one's own apart.
fn ends_of(address: &str) -> String {
    let (first, last) = (address.get(..6), address.get(address.len().saturating_sub(4)..));
    first.zip(last).map_or_else(|| address.to_owned(), |(first, last)| format!("{first}…{last}"))
}

/// Who or what has paused it, and since when.
fn pause_notice(pause: &Pause) -> AnyView {
    let Pause { reason, detail, at, by } = pause.clone();
    let by = by.map(|by| view! { ", by " <TypedText text=by /> });
    let next = match reason {
        PauseReason::Operator => {
            "Refunds wait until an owner resumes payouts. If a backup was restored, compare before you resume."
        }
        PauseReason::UnexplainedTransaction
        | PauseReason::UnexplainedTransfer
        | PauseReason::UnexplainedSignature
        | PauseReason::Displaced
        | PauseReason::ChainContradicts => {
            "Refunds wait. An owner has to find out what happened: compare, explain what is listed, and resume."
        }
        PauseReason::NotFollowed => {
            "Refunds wait. If no backup was restored, an owner only has to resume. Otherwise compare and explain first."
        }
    };
    view! {
        <Advice kind="error">
            <p class="wrap">
                <strong>"Nothing is signed: " {reason.title()} {by} "."</strong> " " <TypedText text=detail />
            </p>
            <p>{next}</p>
            <p class="hint">"Since " <Time at /></p>
        </Advice>
    }
    .into_any()
}

/// Why its signer would sign nothing, also while no refund waits for it.
fn signer_notice(held: &Held) -> AnyView {
    let Held { reason, detail, since } = held.clone();
    view! {
        <Advice kind="warning">
            <p class="wrap">
                <strong>"Nothing would be signed: " {reason.title()} ". "</strong> <TypedText text=detail />
                " Whoever runs the server has to look at it; until then refunds wait."
            </p>
            <p class="hint">"Since " <Time at=since /></p>
        </Advice>
    }
    .into_any()
}

/// Pauses the accounts of a network that run.
fn pause_form(accounts: &[PayoutAccount]) -> Option<AnyView> {
    let mut networks: Vec<_> = accounts
        .iter()
        .filter(|account| account.state.is_some() && account.pause().is_none())
        .map(|account| (account.network.code(), account.network.title()))
        .collect();
    networks.dedup();
    let (first, _) = *networks.first()?;
    Some(
        view! {
            <form method="post" action=PausePayouts::url() class="card">
                <h2>"Pause payouts"</h2>
                <p class="hint">
                    "Nothing more is signed. What was signed before is followed to its end, since it may be paid any moment. \
                     If there is another owner, whoever pauses, compares or explains cannot resume."
                </p>
                <Select name="network" label="Network" options=networks value=first />
                <Field name="reason" label="Why payouts are paused" required=true />
                <div class="actions">
                    <button class="button">"Pause"</button>
                </div>
            </form>
        }
        .into_any(),
    )
}

/// What has to be topped up.
fn shortage(coin: &CoinReserve) -> Option<AnyView> {
    let held = coin.held.as_ref()?.amount;
    let sentence = match coin.missing() {
        Some(missing) => format!(
            "The account holds {} and open refunds need {}: {} is missing.",
            held.with_coin_symbol(),
            coin.needed.with_coin_symbol(),
            missing.with_coin_symbol()
        ),
        None if coin.is_low() => {
            let fees = if coin.is_gas { ", in which it pays the network's fees" } else { "" };
            format!("The account is low on {}{fees}.", held.currency().coin())
        }
        None => return None,
    };
    Some(
        view! {
            <Advice kind="warning">
                <p><strong>"Top it up. "</strong> {sentence}</p>
            </Advice>
        }
        .into_any(),
    )
}

fn facts(account: &PayoutAccount) -> AnyView {
    let address = account.address.clone();
    let shown = if account.is_used {
        fact(
            "Account, for topping up",
            view! {
                <AddressText address=address.clone() />
                <details>
                    <summary>"QR code"</summary>
                    <div class="qr" inner_html=qr_code(&address)></div>
                </details>
            },
        )
        .into_any()
    } else {
        // Native coin there could let old transactions be mined (docs/custody.md).
        fact("Account that is not used any more: send it nothing", view! { <AddressText address /> }).into_any()
    };
    view! {
        <dl class="facts">
            {shown}
            {account.state.as_ref().map(progress)}
        </dl>
    }
    .into_any()
}

fn progress(state: &SenderAccount) -> AnyView {
    let seen = match state.seen {
        Some(seen) => view! {
            <span class="number">{seen.latest}</span> ", final up to " <span class="number">{seen.finalized}</span> ", "
            <Time at=seen.at />
        }
        .into_any(),
        None => "none yet".into_any(),
    };
    view! {
        {fact("Last block seen", seen)}
        {fact("Next nonce", view! { <span class="number">{state.next_nonce}</span> })}
    }
    .into_any()
}

fn coins(account: &PayoutAccount) -> AnyView {
    let rows = account.coins.iter().map(coin_row).collect();
    view! { <Table label="What the account holds" columns=COIN_COLUMNS rows plain=true /> }.into_any()
}

fn coin_row(coin: &CoinReserve) -> AnyView {
    let result = match &coin.held {
        None => "not seen yet",
        Some(_) if coin.missing().is_some() || coin.is_awaited => "too little",
        Some(_) if coin.is_low() => "low",
        Some(_) => "enough",
    };
    let number = |amount: Option<Money>| amount.map_or_else(|| "–".into_any(), |amount| grouped(&amount.number()));
    view! {
        <tr>
            <th scope="row">{coin.currency.coin()} {coin.is_gas.then_some(", also for fees")}</th>
            <td data-label="The account holds" class="end number">{number(coin.held.as_ref().map(|held| held.amount))}</td>
            <td data-label="Open refunds need" class="end number">{number(Some(coin.needed))}</td>
            <td data-label="Your balance" class="end number">{number(coin.balance.map(|balance| balance.available))}</td>
            <td data-label="Result">{result}</td>
        </tr>
    }
    .into_any()
}

fn unexplained(account: &PayoutAccount) -> Option<AnyView> {
    if account.unexplained.is_empty() {
        return None;
    }
    let rows = account.unexplained.iter().map(|found| unexplained_row(account, found)).collect();
    Some(
        view! {
            <h3>"Transactions that nobody has explained"</h3>
            <p class="hint">"They left the account, and this database knows no refund for them. Look them up before you resume payouts."</p>
            <Table label="Unexplained transactions" columns=UNEXPLAINED_COLUMNS rows plain=true />
        }
        .into_any(),
    )
}

fn unexplained_row(account: &PayoutAccount, found: &UnexplainedTransaction) -> AnyView {
    let link = explorer_link(account.explorer.as_deref(), Some(&found.transaction_hash));
    view! {
        <tr>
            <td data-label="Transaction">{transaction_link(link, found.transaction_hash.clone())}</td>
            <td data-label="What it did">{found.detail.clone()}</td>
            <td data-label="Found"><Time at=found.found_at /></td>
        </tr>
    }
    .into_any()
}
