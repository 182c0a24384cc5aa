//! Builds what was found as text, for the page of the search and for the palette.

use super::{
    page_index, paths,
    search_results::{Beginning, ResultGroup, ResultRow},
    time,
};
use crate::{
    domain::{
        intents::{
            payment::Payment,
            payment_intent::{IntentKind, PaymentIntent},
        },
        names::Named,
        people::actor::Actor,
        refunds::refund::Refund,
        search::{Command, SearchText},
        text::revealed,
    },
    error::Error,
    languages::Language,
    service::search::{self, GROUP_MAX, SearchFound, Subject},
    state::Requite,
    texts::{amounts::in_coin, intents::of_intent, payments::of_payment, search::parse, titles::Title},
};
use chrono::{DateTime, Utc};

/// What a text finds, and the page of the only thing with exactly this id, number, hash or name.
pub struct Search {
    pub groups: Vec<ResultGroup>,
    pub only: Option<String>,
    /// Whether e-mail addresses and addresses have to be complete.
    pub is_whole_customers_only: bool,
}

/// Whether this server is connected to real networks. In the sandbox there is nothing to see of payouts.
pub fn sends_for_real(requite: &Requite) -> bool {
    requite.chain.as_ref().is_some_and(|chain| chain.evm.is_some())
}

/// Searches. An empty text finds the pages that have keys.
pub async fn search(language: Language, requite: &Requite, actor: &Actor, text: &str) -> Result<Search, Error> {
    let name = |id: &str| language.text(id);
    let on_real_networks = sends_for_real(requite);
    let is_whole_customers_only = search::finds_whole_customers_only(actor);
    let Some(wanted) = parse(text) else {
        let rows = page_index::matching(language, actor, on_real_networks, None);
        let groups = vec![group(name("search-pages"), rows, None)];
        return Ok(Search { groups, only: None, is_whole_customers_only });
    };
    let found = search::find(requite.into(), &requite.context(), actor, &wanted).await?;
    let only = found.only.map(|only| match only {
        Subject::Intent(id) => paths::payment_intent(id),
        Subject::Refund(id) => paths::refund(id),
    });
    let pages = page_index::matching(language, actor, on_real_networks, Some(&wanted.typed));
    let more = |list: &str| {
        let query = serde_urlencoded::to_string([("search", &wanted.typed)]).unwrap_or_default();
        format!("{list}?{query}")
    };
    let intent = |intent: &PaymentIntent| of_found_intent(language, intent, &found);
    let refund = |refund: &Refund| refund_row(language, refund);
    let payment = |payment: &Payment| payment_row(language, payment);
    let intents = || more(paths::PAYMENT_INTENTS);
    let groups = [
        group(name("search-actions"), actions(language, &wanted, &found), None),
        rows_of(name("search-intents"), &found.found.intents, intent, intents),
        rows_of(name("search-refunds"), &found.found.refunds, refund, || more(paths::REFUNDS)),
        rows_of(name("search-payments"), &found.found.payments, payment, intents),
        group(name("search-customers"), customer(language, &wanted, &found).into_iter().collect(), None),
        group(name("search-pages"), pages, None),
    ];
    let groups = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    Ok(Search { groups, only, is_whole_customers_only })
}

fn group(title: String, rows: Vec<ResultRow>, more: Option<String>) -> ResultGroup {
    ResultGroup { title, rows, more }
}

fn rows_of<T>(title: String, found: &[T], row: impl Fn(&T) -> ResultRow, more: impl Fn() -> String) -> ResultGroup {
    let most = usize::try_from(GROUP_MAX).unwrap_or(usize::MAX);
    let rows = found.iter().take(most).map(row).collect();
    group(title, rows, (found.len() > most).then(more))
}

fn actions(language: Language, wanted: &SearchText, found: &SearchFound) -> Vec<ResultRow> {
    let intents = &found.found.intents;
    let of = |id| intents.iter().find(|intent: &&PaymentIntent| intent.id == id);
    let refunds = found.refundable.iter().filter_map(|(id, left)| {
        let intent = of(*id)?;
        Some(ResultRow {
            title: language.with("search-refund-order", [("number", intent.order_number.to_string())]),
            detail: language.text("search-up-to"),
            amount: in_coin(language, *left),
            begins: Some(Beginning::Refund(*id)),
            ..ResultRow::default()
        })
    });
    let approvals =
        found.found.refunds.iter().filter(|refund| found.approvable.contains(&refund.id)).map(|refund| ResultRow {
            title: language.text("search-approve"),
            href: String::new(),
            begins: Some(Beginning::Approval(refund.id)),
            ..refund_row(language, refund)
        });
    let most = usize::try_from(GROUP_MAX).unwrap_or(usize::MAX);
    match wanted.command {
        Some(Command::Refund) => refunds.take(most).collect(),
        Some(Command::Approve) => approvals.take(most).collect(),
        None => Vec::new(),
    }
}

/// Leads to everything of the customer whose whole e-mail address or address was typed.
fn customer(language: Language, wanted: &SearchText, found: &SearchFound) -> Option<ResultRow> {
    Some(ResultRow {
        title: language.text("search-customer"),
        detail: found.customer.as_ref()?.shown().as_str().to_owned(),
        href: paths::customer_of(&wanted.typed),
        ..ResultRow::default()
    })
}

fn times(language: Language, row: ResultRow, at: DateTime<Utc>) -> ResultRow {
    ResultRow { at: time::in_language(language, at, false), datetime: time::iso_8601(at), ..row }
}

fn of_found_intent(language: Language, intent: &PaymentIntent, found: &SearchFound) -> ResultRow {
    let (status, status_title) = of_intent(language, intent);
    let networks = intent.payment_methods.iter().map(|method| method.network.title()).collect::<Vec<_>>().join(", ");
    let amount = match intent.kind {
        IntentKind::Transient(asked) => in_coin(language, asked.amount),
        IntentKind::Continuous => in_coin(language, intent.paid),
    };
    let reference = found.found.references.get(&intent.id);
    let row = ResultRow {
        title: language.with("search-order", [("number", intent.order_number.to_string())]),
        detail: reference.map(|reference| revealed(reference)).unwrap_or_default(),
        href: paths::payment_intent(intent.id),
        amount,
        network: networks,
        status: status.to_owned(),
        status_title,
        ..ResultRow::default()
    };
    times(language, row, intent.created_at)
}

fn refund_row(language: Language, refund: &Refund) -> ResultRow {
    let numbers = [("number", refund.number.to_string()), ("order", refund.order_number.to_string())];
    let row = ResultRow {
        title: language.with("search-refund", numbers),
        detail: refund.customer_email.as_deref().map_or_else(|| refund.address.clone(), revealed),
        href: paths::refund(refund.id),
        amount: in_coin(language, refund.amount()),
        network: refund.network.title().to_owned(),
        status: refund.status.as_str().to_owned(),
        status_title: refund.status.title(language),
        ..ResultRow::default()
    };
    times(language, row, refund.created_at)
}

fn payment_row(language: Language, payment: &Payment) -> ResultRow {
    let (status, status_title) = of_payment(language, payment);
    let row = ResultRow {
        title: language.text("search-payment"),
        detail: payment.transaction_hash.clone().unwrap_or_default(),
        href: paths::payment_intent(payment.intent_id),
        amount: in_coin(language, payment.amount),
        network: payment.network.title().to_owned(),
        status: status.to_owned(),
        status_title,
        ..ResultRow::default()
    };
    times(language, row, payment.created_at)
}
