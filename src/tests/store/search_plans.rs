//! Every look-up of the search, what is asked for each answer about a refund, each page of a statement, and each page of a
//! balance uses an index, also among many rows. The plans of both engines say so.

use crate::support::{CUSTOMER, Engine, TestApp, money};
use requite::{
    domain::{
        address::network::Network,
        customers::{CustomerKey, CustomerPart},
        ids::{NoteId, RefundId},
        ledger::PostingReason,
        money::currency::Currency::{Eth, Usd},
        names::Named,
        paging::{PageRequest, Position, SortDirection, Total},
    },
    service::intents::note,
    store::{
        Database,
        customers::{self, CustomerLists},
        intents::{
            orders::NumberedPage,
            unsupported_funds::{self, UnsupportedFilter},
        },
        ledger,
        refunds::held,
        reports::{
            balance_lists::{self, BalanceListFilter},
            holds::holds_of,
            statements::{self as balances, EntryFilter, SourceFilter},
        },
        search::statements,
    },
    texts,
    web::paths,
};
use rust_decimal::Decimal;
use uuid::Uuid;

/// The tables with many rows, and the names that the statements give them.
const LARGE: [&str; 28] = [
    "payment_intents",
    "payment_methods",
    "orders",
    "payments",
    "refunds",
    "note_words",
    "intent_notes",
    "intent_note_words",
    "theirs",
    "transfers",
    "transfer_attempts",
    "quotes",
    "ledger_transactions",
    "ledger_postings",
    "balance_entries",
    "b",
    "e",
    "y",
    "paid",
    "decided",
    "refunded",
    "i",
    "m",
    "o",
    "p",
    "q",
    "r",
    "t",
];

/// Copies the rows of a table ten thousand times, with other values in some columns. `#` is the number of the copy.
pub(super) async fn multiply(database: &Database, table: &str, changed: &[(&str, &str)]) {
    let mut transaction = database.begin().await.unwrap();
    let mut columns = transaction.one(format!("select * from {table} limit 1"), vec![]).await.unwrap().columns();
    // The database calculates it.
    columns.retain(|column| column != "sorted_amount");
    let value = |column: &String| {
        let other = changed.iter().find(|(name, _)| name == column).map(|(_, value)| value.replace('#', "n.i"));
        other.unwrap_or_else(|| format!("t.{column}"))
    };
    let values = columns.iter().map(value).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "insert into {table} ({}) with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000)
         select {values} from (select * from {table} limit 1) as t cross join n",
        columns.join(", ")
    );
    transaction.execute(sql, vec![]).await.unwrap();
    transaction.commit().await.unwrap();
}

/// An id of the row with this number, as SQL.
pub(super) fn id(engine: Engine, group: &str) -> String {
    match engine {
        Engine::Sqlite => format!("printf('{group}-0000-7000-8000-%012d', #)"),
        Engine::Postgres => format!("('{group}-0000-7000-8000-' || lpad((#)::text, 12, '0'))::uuid"),
    }
}

async fn fill(app: &TestApp, engine: Engine, database: &Database) {
    app.fund("1000", Usd).await;
    let intent = app.paid_intent("100", Usd, Network::Base).await;
    let mut wanted = app.order(&intent, "1");
    wanted.note = Some("parcel".to_owned());
    wanted.customer_email = Some("anna@shop.example".to_owned());
    app.refund(&wanted).await.unwrap();
    note::add(app.store(), &app.context(), &app.owner, intent.id, NoteId(Uuid::from_u128(1)), "parcel").await.unwrap();
    let [intent, payment, quote, refund, page, noted, booked] =
        ["aaaa0001", "aaaa0002", "aaaa0003", "aaaa0004", "aaaa0005", "aaaa0006", "aaaa0007"]
            .map(|group| id(engine, group));
    multiply(database, "payment_intents", &[("id", &intent), ("order_number", "# + 5000")]).await;
    multiply(
        database,
        "payment_methods",
        &[("intent_id", &intent), ("address", "'0xDEF' || #"), ("address_index", "null")],
    )
    .await;
    let order = [
        ("number", "# + 5000"),
        ("intent_id", &*intent),
        ("page_id", &page),
        ("reference", "'Shop-' || #"),
        ("purchaser_email", "'paul' || # || '@buyer.example'"),
    ];
    multiply(database, "orders", &order).await;
    let hash = "'0xABCDEF' || #";
    let paid =
        [("id", &*payment), ("intent_id", &intent), ("transaction_hash", hash), ("from_address", "'0xFED' || #")];
    multiply(database, "payments", &paid).await;
    multiply(database, "quotes", &[("id", &quote)]).await;
    let refunded = [
        ("id", &*refund),
        ("intent_id", &intent),
        ("quote_id", &quote),
        ("number", "# + 5000"),
        ("status", "case when # <= 100 then t.status else 'completed' end"),
        ("address", "'0x5aA' || #"),
        ("transaction_hash", hash),
        ("customer_email", "'anna' || # || '@shop.example'"),
    ];
    multiply(database, "refunds", &refunded).await;
    let booking = [("id", &*booked), ("movement", "'refund_reserved'"), ("subject_id", &refund)];
    multiply(database, "ledger_transactions", &booking).await;
    // Entries follow in another transaction.
    app.unprotect("ledger_postings").await;
    let posting = [("transaction_id", &*booked), ("seq", "0"), ("currency", "'USD'"), ("kind", "'available'")];
    multiply(database, "ledger_postings", &posting).await;
    let entry = [
        ("transaction_id", &*booked),
        ("seq", "0"),
        ("currency", "'USD'"),
        ("number", "# + 5000"),
        ("currency_number", "# + 5000"),
        ("movement", "case when # % 100 = 0 then 'refund_reserved' else 'payment_settled' end"),
    ];
    multiply(database, "balance_entries", &entry).await;
    multiply(database, "intent_notes", &[("id", &noted), ("intent_id", &intent)]).await;
    multiply(database, "intent_note_words", &[("note_id", &noted), ("intent_id", &intent)]).await;
    let words = [("note_id", &*noted), ("intent_id", &intent), ("word", "'word' || #")];
    multiply(database, "intent_note_words", &words).await;
    multiply(database, "note_words", &[("refund_id", &refund)]).await;
    multiply(database, "note_words", &[("refund_id", &refund), ("word", "'word' || #")]).await;
    let mut transaction = database.begin().await.unwrap();
    for sql in [
        "insert into transfers (id, network, sender, recipient, currency, amount, status, nonce, planned_at, updated_at)
         select id, network, '0x1', address, currency, amount, 'signed', number, created_at, created_at from refunds",
        "insert into transfer_attempts (hash, transfer_id, seq, kind, raw, max_fee_per_gas, max_priority_fee_per_gas, signed_at)
         select '0xfeed00' || nonce, id, 1, 'payment', '0x', '1', '1', planned_at from transfers",
        "analyze",
    ] {
        transaction.execute(sql, vec![]).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

on_each_engine! {
    async fn no_look_up_scans_a_table(engine: Engine) {
        let app = TestApp::new(engine).await;
        let database = Database::open(&app.url).await.unwrap();
        fill(&app, engine, &database).await;
        let (explain, column, full, by_subject, of_kind) = match engine {
            Engine::Sqlite => ("explain query plan", "detail", "SCAN ", "(subject_id=?)", "movement=?"),
            Engine::Postgres => (
                "explain",
                "QUERY PLAN",
                "Seq Scan on ",
                "ledger_transactions_subject_id_movement_key",
                "balance_entries_of_movement",
            ),
        };
        let mut asked = Vec::new();
        let whole_hash = format!("0x{}", "ab".repeat(32));
        for text in [
            "aaaa0004-0000-7000-8000-000000000077",
            "aaaa0004-0000-7000-8000-00000000",
            "#5077",
            "0xabcdef77",
            "0xfeed0050",
            &whole_hash,
            CUSTOMER,
            "0xdef77",
            "anna77@shop.example",
            "anna",
            "paul77",
            "shop-77",
            "parcel",
            "word77",
            "parcel word77",
            "1",
        ] {
            let search = texts::search::parse(text).unwrap();
            for statement in statements(app.merchant, &search.clone().of_whole_customers(), database.search_syntax(), None, 6) {
                asked.push((format!("{text} as a whole"), statement));
            }
            // Everything matches 'anna', so that lists rightly read everything.
            for bound in [Some(25), None].into_iter().filter(|bound| bound.is_some() || text != "anna") {
                for statement in statements(app.merchant, &search, database.search_syntax(), bound, 6) {
                    asked.push((format!("{text} {bound:?}"), statement));
                }
            }
            if text != "anna" {
                let page = (database.search_syntax(), PageRequest::first());
                let filter = UnsupportedFilter { search: Some(search), ..UnsupportedFilter::default() };
                let unsupported = unsupported_funds::statement(app.merchant, &filter, page.0, &page.1);
                asked.push((format!("{text} among unsupported funds"), unsupported));
            }
        }
        for text in ["anna77@shop.example", "paul77@buyer.example", CUSTOMER, "0xfed77"] {
            let key = CustomerKey::parse(text).unwrap();
            let request = PageRequest::first();
            for statement in customers::statements(app.merchant, &key, database.search_syntax(), &request) {
                asked.push((format!("customer {text}"), statement));
            }
        }
        let of = |source| EntryFilter { source: Some(source), ..EntryFilter::default() };
        let (filters, at) = ([of(SourceFilter::Order(5077)), of(SourceFilter::Refund(5077))], app.context().now);
        let times = EntryFilter { from: Some(at), to: Some(at), currency: Some(Usd), source: None };
        for filter in filters.iter().chain([&times, &EntryFilter::default()]) {
            for oldest_first in [true, false] {
                let page = NumberedPage { number: 3, size: 100, oldest_first };
                let numbers = (5_001, 15_000);
                for statement in balances::statements(app.merchant, filter, numbers, page, database.search_syntax()) {
                    asked.push((format!("{filter:?}"), statement));
                }
            }
        }
        for (reason, position) in [
            (None, Position::Start),
            (Some(PostingReason::RefundReserved), Position::After(Uuid::from_u128(9_000))),
        ] {
            let filter = BalanceListFilter { currency: Usd, reason, from: Some(at), to: Some(at) };
            for direction in [SortDirection::NewestFirst, SortDirection::OldestFirst] {
                let request = PageRequest::new(25, position, direction);
                for statement in balance_lists::statements(app.merchant, &filter, (5_001, 15_000), &request) {
                    asked.push((format!("{filter:?} {request:?}"), statement));
                }
            }
        }
        asked.push(("what refunds reserve".to_owned(), holds_of(app.merchant, Usd)));
        let snapshot = database.snapshot().await.unwrap();
        let needed = held::sums_needed(&snapshot, Network::Base, Usd, Some(RefundId(Uuid::nil())));
        drop(snapshot);
        asked.push(("what refunds need".to_owned(), needed));
        let postings = "postings of a refund";
        asked.push((postings.to_owned(), ledger::postings_of_refund(app.merchant, RefundId(Uuid::nil()))));
        asked.push(("accounts without gas".to_owned(), (held::WITHOUT_GAS.to_owned(), vec![])));
        let mut scans = Vec::new();
        for (text, (sql, values)) in asked {
            let mut snapshot = database.snapshot().await.unwrap();
            if engine == Engine::Postgres {
                // It then scans only where no index serves, also if that would be as fast.
                snapshot.execute("set local enable_seqscan = off", vec![]).await.unwrap();
            }
            let plan = snapshot.all(format!("{explain} {sql}"), values).await.unwrap();
            let plan: Vec<String> = plan.iter().map(|row| row.get(column).unwrap()).collect();
            // Others are empty tables, and what the statements themselves select.
            let is_scan = |line: &String| {
                let scanned = line.split_once(full).and_then(|(_, rest)| rest.split_whitespace().next());
                scanned.is_some_and(|table| LARGE.contains(&table))
            };
            // An index of something else, whose rows are all compared with the text, is a scan too.
            // How long a found word is decides whether masked roles may find by it.
            let is_filter = |line: &String| {
                let compared = line.replace("length(word)", "");
                line.contains("Filter:") && ["lower(", ")::text", "(word"].iter().any(|part| compared.contains(part))
            };
            // A page of a statement reads the entries between two numbers, not those before or after it.
            let between = if engine == Engine::Sqlite { "number>?" } else { "number >= " };
            let is_unbound = sql.contains("number between") && !plan.iter().any(|line| line.contains(between));
            // Those of a merchant by time are an index too, and all of them.
            let reads_all_postings = text == postings && !plan.iter().any(|line| line.contains(by_subject));
            // The other entries of the balance are not read.
            let reads_all_kinds = sql.contains("b.movement = ") && !plan.iter().any(|line| line.contains(of_kind));
            if is_unbound || reads_all_postings || reads_all_kinds || plan.iter().any(|line| is_scan(line) || is_filter(line)) {
                scans.push(format!("{text}: {sql}\n{}", plan.join("\n")));
            }
        }
        assert!(scans.is_empty(), "{}", scans.join("\n\n"));
        let text = texts::search::parse("0xfeed005077").unwrap();
        let found = app.store().search(app.merchant, &text, 6).await.unwrap();
        assert_eq!(found.refunds.iter().map(|refund| refund.number).collect::<Vec<_>>(), [5077], "not confirmed yet");
        let needed = app.store().sums_needed_by_refunds(Network::Base, Usd, None).await.unwrap();
        assert_eq!(needed, [(Some("0x1".to_owned()), money("101", Usd))], "those that are open");
        totals_say_what_they_are_without(&app, &database).await;
    }

    async fn sums_of_amounts_are_exact(engine: Engine) {
        let app = TestApp::new(engine).await;
        let amounts = ["0.999999999999999999", "0.000000000000000001", "9999999.000000001", "0.5"];
        for (index, amount) in amounts.into_iter().enumerate() {
            let (address, amount) = (format!("0x{index}"), money(amount, Eth));
            app.store().add_sender(&app.context(), Network::Base, &address, 0, None).await.unwrap();
            app.store().record_floats(&app.context(), Network::Base, &address, &[amount]).await.unwrap();
        }
        let database = Database::open(&app.url).await.unwrap();
        let mut snapshot = database.snapshot().await.unwrap();
        let sql = format!("select {} as total from floats", snapshot.exact_sum("amount"));
        let total: Decimal = snapshot.one(sql, vec![]).await.unwrap().get("total").unwrap();
        assert_eq!(total.to_string().trim_end_matches('0'), "10000000.500000001");
    }
}

/// A customer with one order more than are considered, of which five were paid: what was paid for the one that is left out
/// is not known.
async fn totals_say_what_they_are_without(app: &TestApp, database: &Database) {
    const MANY: &str = "many@shop.example";
    let orders = 5_001..=5_001 + customers::CONSIDERED_MAX;
    let mut transaction = database.begin().await.unwrap();
    for sql in [
        format!(
            "update orders set purchaser_email = '{MANY}' where number between {} and {}",
            orders.start(),
            orders.end()
        ),
        format!(
            "delete from payments where intent_id in
                (select intent_id from orders where purchaser_email = '{MANY}' and number > 5005)"
        ),
    ] {
        transaction.execute(sql, vec![]).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let key = CustomerKey::parse(MANY).unwrap();
    let totals = async || {
        let all = CustomerLists::All(PageRequest::first());
        app.store().customer(app.merchant, &key, &all).await.unwrap().totals
    };
    let cut = totals().await;
    assert!(cut.is_without_payments && cut.is_without_refunds, "{cut:?}");
    let console = app.sign_in("owner@example.com").await;
    let page = console.get(&paths::customer_of(MANY)).await.text();
    for what in ["payments", "refunds"] {
        assert!(page.contains(&format!("Only the newest 1,000 {what} are included.")), "{page}");
    }
    // More rows are counted than are listed.
    assert!(page.contains(">1,001 payment intents<") && page.contains(">5 payments<"), "{page}");
    assert_eq!(page.matches("The newest 1,000 are listed").count(), 3, "intents, refunds and notes: {page}");
    let sql = format!("update orders set purchaser_email = null where number = {}", orders.end());
    let mut transaction = database.begin().await.unwrap();
    transaction.execute(sql, vec![]).await.unwrap();
    transaction.commit().await.unwrap();
    let whole = totals().await;
    assert_eq!(whole.sums[0].paid, money("500", Usd));
    assert!(!whole.is_without_payments && !whole.is_without_refunds, "{whole:?}");
    // One order more than are counted: what belongs to the one that is left out is not counted.
    let mut transaction = database.begin().await.unwrap();
    transaction.execute(format!("update orders set purchaser_email = '{MANY}'"), vec![]).await.unwrap();
    transaction.commit().await.unwrap();
    let parts: Vec<_> = CustomerPart::all().collect();
    let counts = app.store().customer_counts(app.merchant, &key, &parts).await.unwrap();
    assert_eq!((counts[&CustomerPart::Intents], counts[&CustomerPart::Notes]), (Total::More, Total::More));
    assert!(matches!(counts[&CustomerPart::Payments], Total::AtLeast(9_000..=9_010)), "{counts:?}");
    let page = console.get(&paths::customer_of(MANY)).await.text();
    assert!(page.contains(">More than 10,000 payment intents<") && page.contains(">At least 9,0"), "{page}");
}
