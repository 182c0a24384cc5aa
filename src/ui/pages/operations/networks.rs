//! The networks that are followed: their nodes, how far each was followed, and what to do about what is wrong.

use crate::{
    domain::{
        counted::counted,
        operations::{
            networks::{NetworkVerdict, STILL_AFTER},
            server_settings::SettingsDifference,
        },
    },
    service::operations::networks::{self, NetworkView, ShownSettings},
    store::chain::{
        cursors::{Cursor, CursorState, Traces},
        network_states::{NetworkExamination, NodeState},
    },
    texts::networks::{catching_up, credit_rules, different_settings, of_node},
    ui::{
        components::{
            empty::EmptyState,
            facts::fact,
            list::{Column, Table},
            notice::Advice,
            status::Badge,
            time::Time,
        },
        page::{Content, page},
    },
    web::{forms::caller, paths},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// What to do about nodes that do not answer.
const SILENT_NODES: &str = "More than half of the nodes have to answer. It goes on by itself as soon as they do, and \
    nothing is lost. Repair the nodes that do not, or name others in the settings.";

const NODE_COLUMNS: &[Column] =
    &[Column::text("Node"), Column::text("State"), Column::text("Newest block when last noted")];

/// One section for each network.
#[component]
pub fn NetworksPage() -> impl IntoView {
    let caller = caller();
    page(async move {
        let (requite, actor) = caller?;
        let networks = networks::list(&requite.store, &requite.context(), requite.chain.as_ref(), &actor).await?;
        let now = requite.context().now;
        let body = if networks.is_empty() {
            view! {
                <EmptyState title="No real network is connected">
                    "Deposits and refunds are simulated, or there are none. The documentation for production says how to connect a network."
                </EmptyState>
            }
            .into_any()
        } else {
            networks.iter().map(|network| section(network, now)).collect_view().into_any()
        };
        Ok(Content::new(
            "Networks",
            view! {
                <h1>"Networks"</h1>
                {body}
            },
        ))
    })
}

fn section(view: &NetworkView, now: DateTime<Utc>) -> AnyView {
    let title_id = format!("network-{}", view.network.code());
    let heading = title_id.clone();
    let (status, label) = badge(view, now);
    view! {
        <section class="card stack" aria-labelledby=title_id>
            <h2 id=heading>{view.network.title()} " " <Badge status=status label=label /></h2>
            {problem(view, now)}
            {view.difference.as_ref().map(difference)}
            {view.examination.as_ref().and_then(findings)}
            {facts(view)}
            {nodes(&view.nodes)}
        </section>
    }
    .into_any()
}

fn is_not_looked_at(cursor: &Cursor, now: DateTime<Utc>) -> bool {
    now - cursor.updated_at > STILL_AFTER
}

/// Whether no node answered when a server wanted to begin with the network, so that what is known of it is old.
fn is_away(view: &NetworkView) -> bool {
    view.examination.as_ref().is_some_and(|examination| examination.is_away(view.cursor.as_ref()))
}

fn badge(view: &NetworkView, now: DateTime<Utc>) -> (&'static str, &'static str) {
    let verdict = view.examination.as_ref().map(|examination| examination.verdict);
    match (&view.settings, verdict, &view.cursor) {
        (None, ..) => ("expired", "not connected any more"),
        (_, Some(NetworkVerdict::Wrong), _) => ("rejected", "not as in the settings"),
        _ if is_away(view) => ("rejected", "nodes do not answer"),
        (_, _, None) => ("pending", "not started yet"),
        (_, _, Some(cursor)) if is_not_looked_at(cursor, now) => ("rejected", "not followed"),
        (_, _, Some(cursor)) => match cursor.state {
            CursorState::Starting => ("pending", "starting"),
            CursorState::Following => ("completed", "followed"),
            CursorState::CatchingUp => ("pending", "catching up"),
            CursorState::Unreachable => ("rejected", "nodes do not answer"),
            CursorState::Contradicted => ("rejected", "nodes contradict each other"),
            CursorState::Stopped => ("rejected", "stopped"),
        },
    }
}

/// What is wrong, and what to do. The texts of nodes are not shown: they are a stranger's, and can contain a key.
fn problem(view: &NetworkView, now: DateTime<Utc>) -> Option<AnyView> {
    view.settings.as_ref()?;
    if is_away(view) {
        let what = "No node answers, so no deposit is seen, nothing is credited and nothing is paid.";
        return Some(advice(what.to_owned(), SILENT_NODES));
    }
    let cursor = view.cursor.as_ref()?;
    let (what, todo) = match cursor.state {
        _ if is_not_looked_at(cursor, now) => (
            "No server looks at this network.".to_owned(),
            "Look whether a server runs and what its log says. Deposits are found when one looks again.",
        ),
        CursorState::Starting | CursorState::Following | CursorState::CatchingUp => (cursor.problem.clone()?, ""),
        CursorState::Unreachable => {
            ("Too few nodes answer, so no deposit is seen and nothing is credited.".to_owned(), SILENT_NODES)
        }
        CursorState::Contradicted => (
            "The nodes contradict each other about a deposit, so nothing is credited.".to_owned(),
            "One of them is wrong or on another chain. Compare the newest deposits with an explorer, and remove that node \
             from the settings.",
        ),
        CursorState::Stopped => (
            cursor.problem.clone().unwrap_or_else(|| "The network is not followed any more.".to_owned()),
            "Nothing is followed, credited or paid until whoever runs the server has looked into it. If a node is of another \
             network, they remove it from the settings and restart the server. If the network really removed final blocks, \
             they run 'requite network resume' with its code.",
        ),
    };
    Some(advice(what, todo))
}

fn advice(what: String, todo: &'static str) -> AnyView {
    view! {
        <Advice kind="error">
            <p class="wrap"><strong>{what}</strong></p>
            <p>{todo}</p>
        </Advice>
    }
    .into_any()
}

fn difference(difference: &SettingsDifference) -> AnyView {
    let text = different_settings(difference);
    view! {
        <Advice kind="warning">
            <p class="wrap">{text}</p>
        </Advice>
    }
    .into_any()
}

/// What is unusual, as `requite doctor` says it.
fn findings(examination: &NetworkExamination) -> Option<AnyView> {
    if examination.findings.is_empty() {
        return None;
    }
    let at = examination.at;
    let kind = if examination.verdict == NetworkVerdict::Wrong { "error" } else { "warning" };
    let items = examination
        .findings
        .iter()
        .map(|finding| {
            let mark = finding.is_wrong.then_some("Wrong: ");
            view! { <li class="wrap">{mark} {finding.about.clone()} ": " {finding.text.clone()} ". " {finding.advice.clone()}</li> }
        })
        .collect_view();
    Some(
        view! {
            <Advice kind=kind>
                <p>
                    <strong>"Compared with the settings "</strong> <Time at /> ". "
                    "'requite doctor' on the server compares again."
                </p>
                <ul>{items}</ul>
            </Advice>
        }
        .into_any(),
    )
}

fn facts(view: &NetworkView) -> AnyView {
    view! {
        <dl class="facts">
            {view.settings.as_ref().map(|settings| fact("Chain id", chain(settings)))}
            {view.cursor.as_ref().map(progress)}
            {view.settings.as_ref().map(|settings| rules(view, settings))}
            {fact(
                "Run by the makers on the public network",
                if view.was_run { "Yes" } else { "Not yet: only on simulated chains. Begin with small limits." },
            )}
        </dl>
    }
    .into_any()
}

fn chain(settings: &ShownSettings) -> AnyView {
    let kind =
        if settings.is_test_network { ", a test network: its coins are worth nothing" } else { ", the main network" };
    view! { <span class="number">{settings.chain_id}</span> {kind} }.into_any()
}

fn progress(cursor: &Cursor) -> AnyView {
    let height = |height: Option<i64>| match height {
        Some(height) => view! { <span class="number">{height}</span> }.into_any(),
        None => "the nodes do not say".into_any(),
    };
    let followed = cursor.newest.as_ref().map(|newest| {
        let behind = cursor.heights.map_or(0, |heights| (heights.head - newest.height).max(0));
        let behind = match behind {
            0 => ", the newest one".to_owned(),
            behind => format!(", {} behind", counted(behind, "block")),
        };
        fact("Followed up to block", view! { <span class="number">{newest.height}</span> {behind} })
    });
    let catching_up =
        cursor.behind.zip(cursor.newest.as_ref()).zip(cursor.heights).map(|(((from, since), newest), heights)| {
            let text = catching_up(newest.height - from, heights.head - from, cursor.updated_at - since);
            fact("Catching up", view! { {text} ", since " <Time at=since /> })
        });
    let untraced = (cursor.traces == Traces::None)
        .then(|| fact("Coin that contracts send", "Not found: no node has trace_block or debug_traceBlockByHash."));
    view! {
        {fact("Newest block, by most nodes", height(cursor.heights.map(|heights| heights.head)))}
        {fact("Final up to block", height(cursor.heights.and_then(|heights| heights.finalized)))}
        {followed}
        {catching_up}
        {untraced}
        {fact("Last looked at", view! { <Time at=cursor.updated_at seconds=true /> })}
    }
    .into_any()
}

fn rules(view: &NetworkView, settings: &ShownSettings) -> AnyView {
    let account = |sender: &String| {
        let place = format!("{}#payouts-{}-{sender}", paths::PAYOUTS, view.network.code());
        view! { <li><a href=place class="mono wrap">{sender.clone()}</a></li> }
    };
    let accounts = if settings.senders.is_empty() {
        "None: deposits are credited, and no refund is sent".into_any()
    } else {
        view! { <ul>{settings.senders.iter().map(account).collect_view()}</ul> }.into_any()
    };
    view! {
        {fact("Deposits are credited", credit_rules(&settings.credit).join(" "))}
        {fact("Not credited below", settings.dust.to_string())}
        {fact("Accounts that pay refunds", accounts)}
    }
    .into_any()
}

fn nodes(nodes: &[NodeState]) -> AnyView {
    if nodes.is_empty() {
        return view! { <p class="hint">"No node was asked yet."</p> }.into_any();
    }
    let rows = nodes.iter().map(node_row).collect();
    view! { <Table label="Nodes" columns=NODE_COLUMNS rows plain=true /> }.into_any()
}

fn node_row(node: &NodeState) -> AnyView {
    let state = match node.failing {
        None => view! { <Badge status="completed" label="answers" /> }.into_any(),
        Some((problem, since)) => view! {
            <Badge status="rejected" label="does not answer" />
            <p class="hint">{of_node(problem)} " Since " <Time at=since /> "."</p>
        }
        .into_any(),
    };
    let answered = match node.answered {
        Some((head, at)) => view! {
            <span class="number">{head}</span>
            <p class="hint"><Time at seconds=true /></p>
        }
        .into_any(),
        None => "never".into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="wrap">{node.name.clone()}</th>
            <td data-label="State" class="sentence">{state}</td>
            <td data-label="Newest block when last noted">{answered}</td>
        </tr>
    }
    .into_any()
}
