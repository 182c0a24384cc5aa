//! The accounts that pay refunds on real networks: whether they run, what they hold, and what a person has to look at.

use super::{lost_deposits::section as lost_deposits_section, payout_reconciliation};
use crate::{
    chain::evm::connection::explorer_link,
    domain::{
        money::Money,
        operations::payout_activity::PayoutActivity,
        people::actor::Permission,
        refunds::transfer::{Held, Pause, PauseReason, SenderAccount},
    },
    languages::Language,
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
    texts::{
        amounts::in_coin,
        errors::{self, stored},
        payouts::{doubt, of_hold, older_memory},
        titles::Title,
    },
    ui::{
        components::{
            address::{AddressText, transaction_link},
            amount::listed_number,
            code_field::RecentCode,
            empty::EmptyState,
            facts::fact,
            field::{Field, Select},
            list::{Column, Table},
            notice::{Advice, NoticeList, SuccessNotice},
            qr::qr_code,
            status::Badge,
            time::{Time, timed},
            typed_text::TypedText,
        },
        page::{Content, page, query},
        pages::{operations::books::books_sections, refunds::transfer::held_refund},
    },
    web::{form_query::DoneQuery, forms::caller, language::language, paths},
};
use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn};

/// How many transfers that wait are shown.
const HELD_SHOWN: u32 = 50;

/// One section for each account.
#[component]
pub fn PayoutsPage() -> impl IntoView {
    let caller = caller();
    let done: DoneQuery = query();
    let language = language();
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
            view! { <EmptyState title=language.text("payouts-none")>{language.text("payouts-none-why")}</EmptyState> }
                .into_any()
        } else {
            let held: Vec<AnyView> = held.iter().map(|held| held_refund(language, held)).collect();
            view! {
                <p>{language.text("payouts-lead")}</p>
                <NoticeList kind="warning" id="held-title" title=language.text("payouts-held") items=held />
                {(!decides).then(|| view! { <p class="hint">{language.text("payouts-several-merchants")}</p> })}
                {accounts.iter().map(|account| account_section(language, account, may_act, now)).collect_view()}
                {may_act.then(|| pause_form(language, &accounts))}
            }
            .into_any()
        };
        let title = language.text("payouts-title");
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                <SuccessNotice done />
                <RecentCode requirement=code page=paths::PAYOUTS />
                {lost_deposits_section(language, requite.chain.as_ref(), &lost, may_act)}
                {body}
                {books_sections(language, &books, may_act && decides)}
            },
        ))
    })
}

fn account_section(language: Language, account: &PayoutAccount, may_act: bool, now: DateTime<Utc>) -> AnyView {
    let title_id = format!("payouts-{}-{}", account.network.code(), account.address);
    let heading = title_id.clone();
    view! {
        <section class="card stack" aria-labelledby=title_id>
            <h2 id=heading>
                {name(language, account)} " " <Badge status=colour(account.activity) label=account.activity.title(language) />
            </h2>
            {account.pause().map(|pause| pause_notice(language, pause))}
            {doubt(language, account.activity).map(|doubt| view! {
                <Advice kind="warning">
                    <p><strong>{timed(doubt)}</strong> " " {language.text("payouts-until-that-is-over")}</p>
                </Advice>
            })}
            {(account.activity == PayoutActivity::WaitsForAnother).then(|| view! {
                <Advice kind="warning"><p>{language.text("payouts-another-is-paused")}</p></Advice>
            })}
            {account.signer().map(|signer| signer_notice(language, signer))}
            {account.has_signer_forgotten(now).then(|| view! {
                <Advice kind="warning">
                    <p>{older_memory(language)} " " {language.text("payouts-operator-looks")}</p>
                </Advice>
            })}
            {account.coins.iter().filter_map(|coin| shortage(language, coin)).collect_view()}
            {facts(language, account)}
            {coins(language, account)}
            {match account.reconciling.as_ref().filter(|_| may_act) {
                Some(reconciling) => Some(payout_reconciliation::steps(language, account, reconciling)),
                None => unexplained(language, account),
            }}
        </section>
    }
    .into_any()
}

/// Its network, and its address if there are others on the same network.
fn name(language: Language, account: &PayoutAccount) -> AnyView {
    let network = account.network.title();
    if !account.is_one_of_several {
        return network.into_any();
    }
    let (before, after) = language.around_with("payouts-one-of-several", "account", [("network", network)]);
    view! { {before} <span class="mono">{ends_of(&account.address)}</span> {after} }.into_any()
}

/// The name that decides the colour of what an account does.
const fn colour(activity: PayoutActivity) -> &'static str {
    match activity {
        PayoutActivity::Running => "completed",
        PayoutActivity::NotStarted | PayoutActivity::WaitsForAnother => "pending",
        PayoutActivity::NotUsed => "expired",
        PayoutActivity::Paused
        | PayoutActivity::SignsNothing
        | PayoutActivity::NoAnswer { .. }
        | PayoutActivity::NoRound { .. }
        | PayoutActivity::NoBlock { .. } => "rejected",
    }
}

/// The first and last characters of an address, to tell a few of one's own apart.
fn ends_of(address: &str) -> String {
    let (first, last) = (address.get(..6), address.get(address.len().saturating_sub(4)..));
    first.zip(last).map_or_else(|| address.to_owned(), |(first, last)| format!("{first}…{last}"))
}

/// Who or what has paused it, and since when.
fn pause_notice(language: Language, pause: &Pause) -> AnyView {
    let Pause { reason, detail, at, by } = pause.clone();
    let detail = stored(language, &detail);
    let next = match reason {
        PauseReason::Operator => "payouts-next-of-operator",
        PauseReason::UnexplainedTransaction
        | PauseReason::UnexplainedTransfer
        | PauseReason::UnexplainedSignature
        | PauseReason::Displaced
        | PauseReason::ChainContradicts => "payouts-next-find-out",
        PauseReason::NotFollowed => "payouts-next-of-not-followed",
    };
    let reason = [("reason", reason.title(language))];
    let what = match by {
        Some(by) => {
            let (before, after) = language.around_with("payouts-nothing-is-signed-by", "who", reason);
            view! { {before} <TypedText text=errors::text(language, &by) /> {after} }.into_any()
        }
        None => language.with("payouts-nothing-is-signed", reason).into_any(),
    };
    view! {
        <Advice kind="error">
            <p class="wrap"><strong>{what}</strong> " " <TypedText text=detail /></p>
            <p>{language.text(next)} " " {language.text("payouts-cancelled-while-paused")}</p>
            {since(language, at)}
        </Advice>
    }
    .into_any()
}

/// Why its signer would sign nothing, also while no refund waits for it.
fn signer_notice(language: Language, held: &Held) -> AnyView {
    let Held { reason, detail, since: at } = held.clone();
    let detail = of_hold(language, reason, &detail);
    let what = language.with("payouts-nothing-would-be-signed", [("reason", reason.title(language))]);
    view! {
        <Advice kind="warning">
            <p class="wrap">
                <strong>{what}</strong> " " <TypedText text=detail /> " " {language.text("payouts-look-at-the-signer")}
            </p>
            {since(language, at)}
        </Advice>
    }
    .into_any()
}

fn since(language: Language, at: DateTime<Utc>) -> AnyView {
    let (before, after) = language.around("payouts-since", "at");
    view! { <p class="hint">{before} <Time at /> {after}</p> }.into_any()
}

/// Pauses the accounts of a network that run.
fn pause_form(language: Language, accounts: &[PayoutAccount]) -> Option<AnyView> {
    let mut networks: Vec<_> = accounts
        .iter()
        .filter(|account| account.state.is_some() && account.pause().is_none())
        .map(|account| (account.network.code(), account.network.title().to_owned()))
        .collect();
    networks.dedup();
    let (first, _) = *networks.first()?;
    let text = |id: &str| language.text(id);
    Some(
        view! {
            <form method="post" action=PausePayouts::url() class="card">
                <h2>{text("payouts-pause-title")}</h2>
                <p class="hint">{text("payouts-pause-hint")}</p>
                <Select name="network" label=text("payouts-network") options=networks value=first />
                <Field name="reason" label=text("payouts-pause-reason") required=true />
                <div class="actions">
                    <button class="button">{text("payouts-pause")}</button>
                </div>
            </form>
        }
        .into_any(),
    )
}

/// What has to be topped up.
fn shortage(language: Language, coin: &CoinReserve) -> Option<AnyView> {
    let held = coin.held.as_ref()?.amount;
    let sentence = match coin.missing() {
        Some(missing) => {
            let [held, needed, missing] = [held, coin.needed, missing].map(|amount| in_coin(language, amount));
            language.with("payouts-missing", [("held", held), ("needed", needed), ("missing", missing)])
        }
        None if coin.is_low() => {
            let id = if coin.is_gas { "payouts-low-for-fees" } else { "payouts-low" };
            language.with(id, [("coin", held.currency().coin())])
        }
        None => return None,
    };
    Some(
        view! {
            <Advice kind="warning">
                <p><strong>{language.text("payouts-top-up")}</strong> " " {sentence}</p>
            </Advice>
        }
        .into_any(),
    )
}

fn facts(language: Language, account: &PayoutAccount) -> AnyView {
    let address = account.address.clone();
    let shown = if account.is_used {
        fact(
            language.text("payouts-account"),
            view! {
                <AddressText address=address.clone() />
                <details>
                    <summary>{language.text("payouts-qr-code")}</summary>
                    <div class="qr" inner_html=qr_code(&address)></div>
                </details>
            },
        )
    } else {
        // Native coin there could let old transactions be mined (docs/custody.md).
        fact(language.text("payouts-account-not-used"), view! { <AddressText address /> })
    };
    view! {
        <dl class="facts">
            {shown}
            {account.state.as_ref().map(|state| progress(language, state))}
        </dl>
    }
    .into_any()
}

fn progress(language: Language, state: &SenderAccount) -> AnyView {
    let seen = match state.seen {
        Some(seen) => {
            let heights = [("latest", seen.latest.to_string()), ("final", seen.finalized.to_string())];
            let (before, after) = language.around_with("payouts-seen", "at", heights);
            view! { {before} <Time at=seen.at /> {after} }.into_any()
        }
        None => language.text("payouts-seen-none").into_any(),
    };
    view! {
        {fact(language.text("payouts-last-block"), seen)}
        {fact(language.text("payouts-next-nonce"), view! { <span class="number">{state.next_nonce}</span> })}
    }
    .into_any()
}

fn coins(language: Language, account: &PayoutAccount) -> AnyView {
    let rows = account.coins.iter().map(|coin| coin_row(language, coin)).collect();
    let columns = vec![
        Column::text(language.text("payouts-coin")),
        Column::number(language.text("payouts-held-of-coin")),
        Column::number(language.text("payouts-needed")),
        Column::number(language.text("payouts-balance")),
        Column::text(language.text("payouts-result")),
    ];
    view! { <Table label=language.text("payouts-coins") columns rows plain=true /> }.into_any()
}

fn coin_row(language: Language, coin: &CoinReserve) -> AnyView {
    let result = match &coin.held {
        None => "payouts-result-not-seen",
        Some(_) if coin.missing().is_some() || coin.is_awaited => "payouts-result-too-little",
        Some(_) if coin.is_low() => "payouts-result-low",
        Some(_) => "payouts-result-enough",
    };
    let title = coin.currency.coin();
    let name = if coin.is_gas { language.with("payouts-coin-for-fees", [("coin", title)]) } else { title.to_owned() };
    let number =
        |amount: Option<Money>| amount.map_or_else(|| "–".into_any(), |amount| listed_number(&amount.number()));
    let text = |id: &str| language.text(id);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=text("payouts-held-of-coin") class="end number">
                {number(coin.held.as_ref().map(|held| held.amount))}
            </td>
            <td data-label=text("payouts-needed") class="end number">{number(Some(coin.needed))}</td>
            <td data-label=text("payouts-balance") class="end number">
                {number(coin.balance.map(|balance| balance.available))}
            </td>
            <td data-label=text("payouts-result")>{text(result)}</td>
        </tr>
    }
    .into_any()
}

fn unexplained(language: Language, account: &PayoutAccount) -> Option<AnyView> {
    if account.unexplained.is_empty() {
        return None;
    }
    let rows = account.unexplained.iter().map(|found| unexplained_row(language, account, found)).collect();
    let columns: Vec<Column> = ["payouts-transaction", "payouts-what-it-did", "payouts-found"]
        .map(|id| Column::text(language.text(id)))
        .into();
    Some(
        view! {
            <h3>{language.text("payouts-unexplained")}</h3>
            <p class="hint">{language.text("payouts-unexplained-hint")}</p>
            <Table label=language.text("payouts-unexplained-list") columns rows plain=true />
        }
        .into_any(),
    )
}

fn unexplained_row(language: Language, account: &PayoutAccount, found: &UnexplainedTransaction) -> AnyView {
    let link = explorer_link(account.explorer.as_deref(), Some(&found.transaction_hash));
    let text = |id: &str| language.text(id);
    view! {
        <tr>
            <td data-label=text("payouts-transaction")>{transaction_link(link, found.transaction_hash.clone())}</td>
            <td data-label=text("payouts-what-it-did")>{stored(language, &found.detail)}</td>
            <td data-label=text("payouts-found")><Time at=found.found_at /></td>
        </tr>
    }
    .into_any()
}
