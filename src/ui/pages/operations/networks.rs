//! The networks that are followed: their nodes, how far each was followed, and what to do about what is wrong.

use crate::{
    domain::operations::{
        networks::{NetworkFinding, NetworkVerdict, STILL_AFTER},
        server_settings::SettingsDifference,
    },
    languages::{Language, Value},
    service::operations::networks::{self, NetworkView, ShownSettings},
    store::chain::{
        cursors::{Cursor, CursorState, Traces},
        network_states::{NetworkExamination, NodeState},
    },
    texts::{
        errors::stored,
        networks::{catching_up, credit_rules, deposits_waiting, different_settings, lost_deposits, of_node},
    },
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
    web::{forms::caller, language::language, paths},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// One section for each network.
#[component]
pub fn NetworksPage() -> impl IntoView {
    let caller = caller();
    let language = language();
    page(async move {
        let (requite, actor) = caller?;
        let networks = networks::list(&requite.store, &requite.context(), requite.chain.as_ref(), &actor).await?;
        let now = requite.context().now;
        let body = if networks.is_empty() {
            view! { <EmptyState title=language.text("networks-none")>{language.text("networks-none-why")}</EmptyState> }
                .into_any()
        } else {
            networks.iter().map(|network| section(language, network, now)).collect_view().into_any()
        };
        let title = language.text("networks-title");
        Ok(Content::new(
            title.clone(),
            view! {
                <h1>{title}</h1>
                {body}
            },
        ))
    })
}

fn section(language: Language, view: &NetworkView, now: DateTime<Utc>) -> AnyView {
    let title_id = format!("network-{}", view.network.code());
    let heading = title_id.clone();
    let (status, label) = badge(view, now);
    view! {
        <section class="card stack" aria-labelledby=title_id>
            <h2 id=heading>{view.network.title()} " " <Badge status=status label=language.text(label) /></h2>
            {problem(language, view, now)}
            {waiting(language, view)}
            {view.difference.as_ref().map(|difference| different(language, difference))}
            {view.examination.as_ref().and_then(|examination| findings(language, examination))}
            {facts(language, view)}
            {nodes(language, &view.nodes)}
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

/// The name that decides the colour, and the id of the text.
fn badge(view: &NetworkView, now: DateTime<Utc>) -> (&'static str, &'static str) {
    let verdict = view.examination.as_ref().map(|examination| examination.verdict);
    match (&view.settings, verdict, &view.cursor) {
        (None, ..) => ("expired", "networks-not-connected"),
        (_, Some(NetworkVerdict::Wrong), _) => ("rejected", "networks-not-as-in-settings"),
        _ if is_away(view) => ("rejected", "networks-nodes-away"),
        (_, _, None) => ("pending", "networks-not-started"),
        (_, _, Some(cursor)) if is_not_looked_at(cursor, now) => ("rejected", "networks-not-followed"),
        (_, _, Some(cursor)) => match cursor.state {
            CursorState::Starting => ("pending", "networks-starting"),
            CursorState::Following => ("completed", "networks-followed"),
            CursorState::CatchingUp => ("pending", "networks-is-catching-up"),
            CursorState::Unreachable => ("rejected", "networks-nodes-away"),
            CursorState::Contradicted => ("rejected", "networks-nodes-contradict"),
            CursorState::Stopped => ("rejected", "networks-stopped"),
        },
    }
}

/// What is wrong, and what to do. The texts of nodes are not shown: they are a stranger's, and can contain a key.
fn problem(language: Language, view: &NetworkView, now: DateTime<Utc>) -> Option<AnyView> {
    view.settings.as_ref()?;
    let text = |id: &str| language.text(id);
    if is_away(view) {
        return Some(advice(text("networks-no-node"), Some(text("networks-repair-nodes"))));
    }
    let cursor = view.cursor.as_ref()?;
    let (what, todo) = match cursor.state {
        _ if is_not_looked_at(cursor, now) => (text("networks-no-server"), Some(text("networks-look-for-server"))),
        CursorState::Starting | CursorState::Following | CursorState::CatchingUp => {
            (view.lost_deposits > 0).then(|| (lost_deposits(language, view.lost_deposits), None))?
        }
        CursorState::Unreachable => (text("networks-too-few-nodes"), Some(text("networks-repair-nodes"))),
        CursorState::Contradicted => (text("networks-contradicted"), Some(text("networks-find-wrong-node"))),
        CursorState::Stopped => {
            let what = match &cursor.problem {
                Some(problem) => language.with("networks-is-stopped-because", [("problem", stored(language, problem))]),
                None => text("networks-is-stopped"),
            };
            (what, Some(text("networks-look-into-stop")))
        }
    };
    Some(advice(what, todo))
}

/// Deposits that are not credited although their time has come. The others are.
fn waiting(language: Language, view: &NetworkView) -> Vec<AnyView> {
    let told = view.waiting_deposits.iter().map(|(problem, number)| deposits_waiting(language, *problem, *number));
    told.map(|text| advice(text, None)).collect()
}

fn advice(what: String, todo: Option<String>) -> AnyView {
    view! {
        <Advice kind="error">
            <p class="wrap"><strong>{what}</strong></p>
            {todo.map(|todo| view! { <p>{todo}</p> })}
        </Advice>
    }
    .into_any()
}

fn different(language: Language, difference: &SettingsDifference) -> AnyView {
    let text = different_settings(language, difference);
    view! {
        <Advice kind="warning">
            <p class="wrap">{text}</p>
        </Advice>
    }
    .into_any()
}

/// What is unusual, as `requite doctor` says it.
fn findings(language: Language, examination: &NetworkExamination) -> Option<AnyView> {
    if examination.findings.is_empty() {
        return None;
    }
    let at = examination.at;
    let kind = if examination.verdict == NetworkVerdict::Wrong { "error" } else { "warning" };
    let items = examination.findings.iter().map(|finding| {
        let id = match (finding.is_wrong, finding.advice.is_empty()) {
            (false, false) => "networks-finding",
            (false, true) => "networks-finding-without-advice",
            (true, false) => "networks-finding-wrong",
            (true, true) => "networks-finding-wrong-without-advice",
        };
        let NetworkFinding { about, text, advice, .. } = finding;
        let values = [("about", about), ("text", text), ("advice", advice)];
        let text = language.with(id, values.map(|(name, text)| (name, stored(language, text))));
        view! { <li class="wrap">{text}</li> }
    });
    let items = items.collect_view();
    let (before, after) = language.around("networks-compared", "at");
    Some(
        view! {
            <Advice kind=kind>
                <p>
                    <strong>{before} <Time at /> {after}</strong> " " {language.text("networks-compare-again")}
                </p>
                <ul>{items}</ul>
            </Advice>
        }
        .into_any(),
    )
}

fn facts(language: Language, view: &NetworkView) -> AnyView {
    let text = |id: &str| language.text(id);
    view! {
        <dl class="facts">
            {view.settings.as_ref().map(|settings| fact(text("networks-chain-id"), chain(language, settings)))}
            {view.cursor.as_ref().map(|cursor| progress(language, cursor))}
            {view.settings.as_ref().map(|settings| rules(language, view, settings))}
            {fact(text("networks-was-run"), text(if view.was_run { "networks-run" } else { "networks-not-run" }))}
        </dl>
    }
    .into_any()
}

fn chain(language: Language, settings: &ShownSettings) -> String {
    let id = if settings.is_test_network { "networks-chain-of-test" } else { "networks-chain-main" };
    language.with(id, [("chain", settings.chain_id.to_string())])
}

fn progress(language: Language, cursor: &Cursor) -> AnyView {
    let text = |id: &str| language.text(id);
    let height = |height: Option<i64>| match height {
        Some(height) => view! { <span class="number">{height}</span> }.into_any(),
        None => text("networks-nodes-do-not-say").into_any(),
    };
    let followed = cursor.newest.as_ref().map(|newest| {
        let behind = cursor.heights.map_or(0, |heights| (heights.head - newest.height).max(0));
        let values = [("height", Value::from(newest.height.to_string())), ("count", Value::from(behind))];
        fact(text("networks-followed-to"), language.with("networks-followed-height", values))
    });
    let catching_up =
        cursor.behind.zip(cursor.newest.as_ref()).zip(cursor.heights).map(|(((from, since), newest), heights)| {
            let progress = catching_up(language, newest.height - from, heights.head - from, cursor.updated_at - since);
            let (before, after) = language.around_with("networks-catching-up-since", "since", [("progress", progress)]);
            fact(text("networks-catching-up"), view! { {before} <Time at=since /> {after} })
        });
    let untraced = match (cursor.traces, cursor.untraced) {
        (Traces::None, _) => Some(text("networks-untraced")),
        (_, untraced) => untraced.map(|(from, to)| {
            language.with("networks-read-again", [("from", from.to_string()), ("to", to.to_string())])
        }),
    };
    let untraced = untraced.map(|told| fact(text("networks-sent-by-contracts"), told));
    view! {
        {fact(text("networks-head"), height(cursor.heights.map(|heights| heights.head)))}
        {fact(text("networks-final"), height(cursor.heights.and_then(|heights| heights.finalized)))}
        {followed}
        {catching_up}
        {untraced}
        {fact(text("networks-looked-at"), view! { <Time at=cursor.updated_at seconds=true /> })}
    }
    .into_any()
}

fn rules(language: Language, view: &NetworkView, settings: &ShownSettings) -> AnyView {
    let account = |sender: &String| {
        let place = format!("{}#payouts-{}-{sender}", paths::PAYOUTS, view.network.code());
        view! { <li><a href=place class="mono wrap">{sender.clone()}</a></li> }
    };
    let accounts = if settings.senders.is_empty() {
        language.text("networks-no-accounts").into_any()
    } else {
        view! { <ul>{settings.senders.iter().map(account).collect_view()}</ul> }.into_any()
    };
    view! {
        {fact(language.text("networks-credited"), credit_rules(language, &settings.credit).join(" "))}
        {fact(language.text("networks-dust"), settings.dust.to_string())}
        {fact(language.text("networks-accounts"), accounts)}
    }
    .into_any()
}

fn nodes(language: Language, nodes: &[NodeState]) -> AnyView {
    if nodes.is_empty() {
        return view! { <p class="hint">{language.text("networks-no-node-asked")}</p> }.into_any();
    }
    let rows = nodes.iter().map(|node| node_row(language, node)).collect();
    let columns: Vec<Column> =
        ["networks-node", "networks-node-state", "networks-node-head"].map(|id| Column::text(language.text(id))).into();
    view! { <Table label=language.text("networks-nodes") columns rows plain=true /> }.into_any()
}

fn node_row(language: Language, node: &NodeState) -> AnyView {
    let text = |id: &str| language.text(id);
    let state = match node.failing {
        None => view! { <Badge status="completed" label=text("networks-node-answers") /> }.into_any(),
        Some((problem, since)) => {
            let (before, after) = language.around("networks-node-since", "since");
            view! {
                <Badge status="rejected" label=text("networks-node-silent") />
                <p class="hint">{of_node(language, problem)} " " {before} <Time at=since /> {after}</p>
            }
            .into_any()
        }
    };
    let answered = match node.answered {
        Some((head, at)) => view! {
            <span class="number">{head}</span>
            <p class="hint"><Time at seconds=true /></p>
        }
        .into_any(),
        None => text("networks-node-never").into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="wrap">{node.name.clone()}</th>
            <td data-label=text("networks-node-state") class="sentence">{state}</td>
            <td data-label=text("networks-node-head")>{answered}</td>
        </tr>
    }
    .into_any()
}
