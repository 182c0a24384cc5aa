//! More lists as CSV files: payment intents, unfinished refunds, unsupported funds, and the API log.

use super::{
    exports::{ListFile, file},
    refused_files::FileQuery,
};
use crate::{
    domain::{
        intents::{
            order::ListedOrder,
            payment::Payment,
            payment_intent::{AmountDue, PaymentIntent},
        },
        names::Named,
        paging::{Page, PageRequest},
        people::actor::Actor,
    },
    error::Error,
    languages::Language,
    service::{
        intents::{self, order, payment},
        operations::api_log,
        refunds::draft_list::{self, ListedDraft},
    },
    state::Requite,
    store::{
        Store,
        intents::{IntentFilter, unsupported_funds::UnsupportedFilter},
        operations::api_log::{ApiLogEntry, ApiLogFilter},
    },
    texts::next_steps,
    web::{
        lists::{
            PageQuery,
            api_log::{ApiLogFilters, ApiLogQuery, RequestColumn},
            intents::{IntentColumn, IntentFilters, IntentQuery},
            unsupported_funds::{UnsupportedColumn, UnsupportedFilters, UnsupportedQuery},
        },
        periods::Calendar,
        session::SignedIn,
        time,
    },
};
use axum::{Extension, extract::State, response::Response};

const INTENT_COLUMNS: [&str; 18] = [
    "id",
    "order_number",
    "status",
    "context",
    "created_at",
    "expires_at",
    "last_paid_at",
    "amount",
    "currency",
    "paid",
    "refunded",
    "in_flight",
    "left_to_refund",
    "settlement_currency",
    "networks",
    "type",
    "order_reference",
    "customer_email",
];

/// Without the ids of the drafts, which nobody but their authors can open.
const DRAFT_COLUMNS: [&str; 5] =
    ["payment_intent_id", "order_number", "begun_by", "updated_at", "can_be_confirmed_until"];

const PAYMENT_COLUMNS: [&str; 14] = [
    "id",
    "arrived_at",
    "amount",
    "currency",
    "network",
    "payment_intent_id",
    "reason",
    "explanation",
    "from_address",
    "transaction_hash",
    "handled_at",
    "handled_by",
    "handled_note",
    "order_number",
];

const REQUEST_COLUMNS: [&str; 8] = ["id", "at", "method", "path", "status", "milliseconds", "key", "request_id"];

/// `/payment-intents.csv`.
pub(super) struct PaymentIntents;

impl ListFile for PaymentIntents {
    type Filters = IntentFilters;
    type Column = IntentColumn;
    type Filter = IntentFilter;
    type Row = (PaymentIntent, ListedOrder);
    const NAME: &'static str = "payment-intents.csv";
    const COLUMNS: &'static [&'static str] = &INTENT_COLUMNS;

    fn filter(query: &IntentQuery, calendar: &Calendar) -> IntentFilter {
        query.filter(calendar)
    }

    async fn page(
        store: &Store,
        actor: &Actor,
        filter: &IntentFilter,
        page: &PageRequest,
    ) -> Result<Page<(PaymentIntent, ListedOrder)>, Error> {
        let found = intents::list(store, actor, filter, page).await?;
        let mut orders = order::listed(store, actor, &found.items).await?;
        Ok(found.map(|intent| {
            let order = orders.remove(&intent.id).unwrap_or_default();
            (intent, order)
        }))
    }

    fn line((intent, order): &(PaymentIntent, ListedOrder)) -> Vec<String> {
        intent_line(intent, order).into()
    }
}

fn intent_line(intent: &PaymentIntent, order: &ListedOrder) -> [String; 18] {
    let due = intent.amount_due();
    let networks: Vec<_> = intent.payment_methods.iter().map(|method| method.network.code()).collect();
    [
        intent.id.to_string(),
        intent.order_number.to_string(),
        intent.status().as_str().to_owned(),
        intent.context().map(|context| context.as_str().to_owned()).unwrap_or_default(),
        time::iso_8601(intent.created_at),
        due.map(|due| time::iso_8601(due.expires_at)).unwrap_or_default(),
        intent.last_paid_at.map(time::iso_8601).unwrap_or_default(),
        due.map(|AmountDue { amount, .. }| amount.number()).unwrap_or_default(),
        intent.currency().code().to_owned(),
        intent.paid.number(),
        intent.refunded.number(),
        intent.in_flight.number(),
        intent.left().number(),
        intent.settlement_currency.code().to_owned(),
        networks.join(" "),
        intent.kind.as_str().to_owned(),
        order.reference.clone(),
        order.purchaser_email.clone().unwrap_or_default(),
    ]
}

/// `/refund-drafts.csv`: the unfinished refunds of everybody, without what is in them.
pub async fn refund_drafts(
    State(requite): State<Requite>,
    Extension(signed_in): Extension<SignedIn>,
    FileQuery(query): FileQuery<PageQuery>,
) -> Response {
    let actor = signed_in.actor();
    let place = requite.file_limits.place(signed_in.session.id);
    let load = move |page: PageRequest| {
        let (requite, actor) = (requite.clone(), actor.clone());
        async move { draft_list::list((&requite).into(), &requite.context(), &actor, &page).await }
    };
    file(place, "refund-drafts.csv", &DRAFT_COLUMNS, query.direction(), load, draft_line).await
}

fn draft_line(ListedDraft { draft, until, .. }: &ListedDraft) -> Vec<String> {
    vec![
        draft.intent.id.to_string(),
        draft.intent.order_number.to_string(),
        draft.author.clone(),
        time::iso_8601(draft.updated_at),
        time::iso_8601(*until),
    ]
}

/// `/unsupported-funds.csv`.
pub(super) struct UnsupportedFunds;

impl ListFile for UnsupportedFunds {
    type Filters = UnsupportedFilters;
    type Column = UnsupportedColumn;
    type Filter = UnsupportedFilter;
    type Row = Payment;
    const NAME: &'static str = "unsupported-funds.csv";
    const COLUMNS: &'static [&'static str] = &PAYMENT_COLUMNS;

    fn filter(query: &UnsupportedQuery, calendar: &Calendar) -> UnsupportedFilter {
        query.filter(calendar)
    }

    async fn page(
        store: &Store,
        actor: &Actor,
        filter: &UnsupportedFilter,
        page: &PageRequest,
    ) -> Result<Page<Payment>, Error> {
        payment::unsupported(store, actor, filter, page).await
    }

    fn line(payment: &Payment) -> Vec<String> {
        payment_line(payment).into()
    }
}

fn payment_line(payment: &Payment) -> [String; 14] {
    let handled = payment.handled.as_ref();
    [
        payment.id.to_string(),
        time::iso_8601(payment.created_at),
        payment.amount.number(),
        payment.amount.currency().code().to_owned(),
        payment.network.code().to_owned(),
        payment.intent_id.to_string(),
        payment.unsupported.map(|reason| reason.as_str().to_owned()).unwrap_or_default(),
        payment.unsupported.map(|reason| next_steps::of_unsupported(Language::english(), reason)).unwrap_or_default(),
        payment.from_address.clone().unwrap_or_default(),
        payment.transaction_hash.clone().unwrap_or_default(),
        handled.map(|handled| time::iso_8601(handled.at)).unwrap_or_default(),
        handled.map(|handled| handled.by.clone()).unwrap_or_default(),
        handled.map(|handled| handled.note.clone()).unwrap_or_default(),
        payment.order_number.to_string(),
    ]
}

/// `/developers/api-log.csv`, without what was sent and answered.
pub(super) struct ApiRequests;

impl ListFile for ApiRequests {
    type Filters = ApiLogFilters;
    type Column = RequestColumn;
    type Filter = ApiLogFilter;
    type Row = ApiLogEntry;
    const NAME: &'static str = "api-log.csv";
    const COLUMNS: &'static [&'static str] = &REQUEST_COLUMNS;

    fn filter(query: &ApiLogQuery, calendar: &Calendar) -> ApiLogFilter {
        query.filter(calendar)
    }

    async fn page(
        store: &Store,
        actor: &Actor,
        filter: &ApiLogFilter,
        page: &PageRequest,
    ) -> Result<Page<ApiLogEntry>, Error> {
        api_log::list(store, actor, filter, page).await
    }

    fn line(entry: &ApiLogEntry) -> Vec<String> {
        request_line(entry).into()
    }
}

fn request_line(entry: &ApiLogEntry) -> [String; 8] {
    [
        entry.id.to_string(),
        time::iso_8601(entry.created_at),
        entry.method.clone(),
        entry.path.clone(),
        entry.status.to_string(),
        entry.milliseconds.to_string(),
        entry.key_name.clone(),
        entry.request_id.clone(),
    ]
}
