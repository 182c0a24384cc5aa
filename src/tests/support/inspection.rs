//! What tests read from the database, and changes to it that no code in Requite makes.

use super::*;

impl TestApp {
    pub async fn available(&self, currency: Currency) -> Money {
        self.balance(currency).await.0
    }

    /// Returns the available and the reserved amount.
    pub async fn balance(&self, currency: Currency) -> (Money, Money) {
        let balances = self.requite.store.balances(self.merchant).await.unwrap();
        let balance = balances.into_iter().find(|balance| balance.available.currency() == currency);
        balance.map_or((Money::zero(currency), Money::zero(currency)), |balance| (balance.available, balance.reserved))
    }

    /// Returns the number of rows of each table. If it is the same before and after, no row was inserted or deleted.
    pub async fn row_counts(&self) -> BTreeMap<String, i64> {
        let tables = [
            "payment_intents",
            "orders",
            "payment_methods",
            "address_book_recipients",
            "intent_timeline",
            "payments",
            "quotes",
            "refunds",
            "refund_decisions",
            "refund_confirmations",
            "mail_outbox",
            "refund_screenings",
            "refund_checks",
            "deny_lists",
            "merchant_policies",
            "second_factors",
            "recovery_codes",
            "note_words",
            "intent_notes",
            "intent_note_words",
            "refund_timeline",
            "refund_drafts",
            "ledger_accounts",
            "ledger_transactions",
            "ledger_postings",
            "balance_entries",
            "idempotency_records",
            "audit_entries",
            "outbox_events",
            "sandbox_transfers",
            "webhook_endpoints",
            "webhook_deliveries",
            "webhook_attempts",
            "users",
            "api_keys",
            "policy_proposals",
            "password_resets",
        ];
        // One statement: each connection costs PostgreSQL a process, and tests count after every refused request.
        let counts: Vec<_> = tables.iter().map(|table| format!("select '{table}', count(*) from {table}")).collect();
        let rows = self.rows(&counts.join(" union all ")).await;
        assert_eq!(rows.len(), tables.len());
        rows.into_iter().collect()
    }

    /// Returns the rows of a query, each a name and a number.
    async fn rows(&self, sql: &str) -> Vec<(String, i64)> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap()
        }
    }

    /// Returns the number that a query selects.
    pub async fn count(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0)
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0)
        }
    }

    /// Returns the texts that a query selects, one in each row.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        }
    }

    /// Executes a statement that no code in Requite would.
    pub async fn tamper(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await?;
            Ok(sqlx::query(sql).execute(&mut connection).await?.rows_affected())
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await?;
            Ok(sqlx::query(sql).execute(&mut connection).await?.rows_affected())
        }
    }

    /// Removes the triggers that protect a table, as somebody with access to the database could.
    pub async fn unprotect(&self, table: &str) {
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            let triggers = "select name from sqlite_schema where type = 'trigger' and tbl_name = $1";
            for row in sqlx::query(triggers).bind(table).fetch_all(&mut connection).await.unwrap() {
                self.tamper(&format!("drop trigger {}", row.get::<String, _>(0))).await.unwrap();
            }
        } else {
            self.tamper(&format!("alter table {table} disable trigger user")).await.unwrap();
        }
    }

    /// Whether the query returns a row.
    pub async fn exists(&self, query: &str) -> bool {
        self.tamper(&format!("update merchants set name = name where exists ({query})")).await.unwrap() > 0
    }
}
