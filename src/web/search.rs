//! Builds what was found as text, for the page of the search and for the palette.

use super::{
    page_index, paths,
    search_results::{ResultGroup, ResultRow},
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
    service::search::{self, GROUP_MAX, SearchFound, Subject},
    state::Requite,
    texts::{intents::of_intent, payments::of_payment, titles::Title},
};
use chrono::{DateTime, Utc};

/// What a text finds, and the page of the only thing with exactly this id, number, hash or name.
pub struct Search {
    pub groups: Vec<ResultGroup>,
    pub only: Option<String>,
    /// Whether e-mail addresses and addresses have to be complete, and words of notes find nothing.
    pub is_whole_customers_only: bool,
}

/// Whether this server is connected to real networks. In the sandbox there is nothing to see of payouts.
pub fn sends_for_real(requite: &Requite) -> bool {
    requite.chain.as_ref().is_some_and(|chain| chain.evm.is_some())
}

/// Searches. An empty text finds the pages that have keys.
pub async fn search(requite: &Requite, actor: &Actor, text: &str) -> Result<Search, Error> {
    let on_real_networks = sends_for_real(requite);
    let is_whole_customers_only = search::finds_whole_customers_only(actor);
    let Some(wanted) = SearchText::parse(text) else {
        let rows = page_index::matching(actor, on_real_networks, None);
        let groups = vec![group("Go to", rows, None)];
        return Ok(Search { groups, only: None, is_whole_customers_only });
    };
    let found = search::find(requite.into(), &requite.context(), actor, &wanted).await?;
    let only = found.only.map(|only| match only {
        Subject::Intent(id) => paths::payment_intent(id),
        Subject::Refund(id) => paths::refund(id),
    });
    let pages = page_index::matching(actor, on_real_networks, Some(&wanted.typed));
    let more = |list: &str| {
        let query = serde_urlencoded::to_string([("search", &wanted.typed)]).unwrap_or_default();
        format!("{list}?{query}")
    };
    let groups = [
        group("Actions", actions(&wanted, &found), None),
        rows_of(
            "Payment intents",
            &found.found.intents,
            |intent| of_found_intent(intent, &found),
            || more(paths::PAYMENT_INTENTS),
        ),
        rows_of("Refunds", &found.found.refunds, refund_row, || more(paths::REFUNDS)),
        rows_of("Payments", &found.found.payments, payment_row, || more(paths::PAYMENT_INTENTS)),
        group("Customers", customer(&wanted, &found).into_iter().collect(), None),
        group("Go to", pages, None),
    ];
    let groups = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    Ok(Search { groups, only, is_whole_customers_only })
}

fn group(title: &str, rows: Vec<ResultRow>, more: Option<String>) -> ResultGroup {
    ResultGroup { title: title.to_owned(), rows, more }
}

fn rows_of<T>(title: &str, found: &[T], row: impl Fn(&T) -> ResultRow, more: impl Fn() -> String) -> ResultGroup {
    let most = usize::try_from(GROUP_MAX).unwrap_or(usize::MAX);
    let rows = found.iter().take(most).map(row).collect();
    group(title, rows, (found.len() > most).then(more))
}

fn actions(wanted: &SearchText, found: &SearchFound) -> Vec<ResultRow> {
    let intents = &found.found.intents;
    let of = |id| intents.iter().find(|intent: &&PaymentIntent| intent.id == id);
    let refunds = found.refundable.iter().filter_map(|(id, left)| {
        let intent = of(*id)?;
        Some(ResultRow {
            title: format!("Refund order #{}", intent.order_number),
            detail: "up to".to_owned(),
            amount: left.with_coin_symbol(),
            refund_of: Some(id.to_string()),
            ..ResultRow::default()
        })
    });
    let approvals = found
        .found
        .refunds
        .iter()
        .filter(|refund| found.approvable.contains(&refund.id))
        .map(|refund| ResultRow { title: "Approve or decline this refund".to_owned(), ..refund_row(refund) });
    let most = usize::try_from(GROUP_MAX).unwrap_or(usize::MAX);
    match wanted.command {
        Some(Command::Refund) => refunds.take(most).collect(),
        Some(Command::Approve) => approvals.take(most).collect(),
        None => Vec::new(),
    }
}

/// Leads to everything of the customer whose whole e-mail address or address was typed.
fn customer(wanted: &SearchText, found: &SearchFound) -> Option<ResultRow> {
    Some(ResultRow {
        title: "Everything of this customer".to_owned(),
        detail: found.customer.as_ref()?.shown().as_str().to_owned(),
        href: paths::customer_of(&wanted.typed),
        ..ResultRow::default()
    })
}

fn times(row: ResultRow, at: DateTime<Utc>) -> ResultRow {
    ResultRow { at: time::text(at), datetime: time::iso_8601(at), ..row }
}

fn of_found_intent(intent: &PaymentIntent, found: &SearchFound) -> ResultRow {
    let (status, status_title) = of_intent(intent);
    let networks = intent.payment_methods.iter().map(|method| method.network.title()).collect::<Vec<_>>().join(", ");
    let amount = match intent.kind {
        IntentKind::Transient(asked) => asked.amount.with_coin_symbol(),
        IntentKind::Continuous => intent.paid.with_coin_symbol(),
    };
    let reference = found.found.references.get(&intent.id);
    let row = ResultRow {
        title: format!("Order #{}", intent.order_number),
        detail: reference.map(|reference| revealed(reference)).unwrap_or_default(),
        href: paths::payment_intent(intent.id),
        amount,
        network: networks,
        status: status.to_owned(),
        status_title: status_title.to_owned(),
        ..ResultRow::default()
    };
    times(row, intent.created_at)
}

fn refund_row(refund: &Refund) -> ResultRow {
    let row = ResultRow {
        title: "Refund".to_owned(),
        detail: refund.customer_email.as_deref().map_or_else(|| refund.address.clone(), revealed),
        href: paths::refund(refund.id),
        amount: refund.amount().with_coin_symbol(),
        network: refund.network.title().to_owned(),
        status: refund.status.as_str().to_owned(),
        status_title: refund.status.title().to_owned(),
        ..ResultRow::default()
    };
    times(row, refund.created_at)
}

fn payment_row(payment: &Payment) -> ResultRow {
    let (status, status_title) = of_payment(payment);
    let row = ResultRow {
        title: "Payment".to_owned(),
        detail: payment.transaction_hash.clone().unwrap_or_default(),
        href: paths::payment_intent(payment.intent_id),
        amount: payment.amount.with_coin_symbol(),
        network: payment.network.title().to_owned(),
        status: status.to_owned(),
        status_title: status_title.to_owned(),
        ..ResultRow::default()
    };
    times(row, payment.created_at)
}
