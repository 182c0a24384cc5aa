//! Keys from before their makers were stored (0032).

use super::{count, migrate_to, write};
use crate::support::{Engine, new_database};
use requite::store::Database;
use uuid::Uuid;

const MERCHANT: &str = "00000000-0000-0000-0000-000000000001";
const AT: &str = "2026-11-01T08:00:00.000000Z";
const ANN: Uuid = Uuid::from_u128(2);
const BEA: Uuid = Uuid::from_u128(3);
const MADE: Uuid = Uuid::from_u128(4);
const REPLACED: Uuid = Uuid::from_u128(5);
const COMMAND_LINE: Uuid = Uuid::from_u128(6);

fn user(id: Uuid, name: &str) -> String {
    format!(
        "insert into users (id, merchant_id, email, name, role, password_hash, created_at)
         values ('{id}', '{MERCHANT}', '{name}@example.com', '{name}', 'owner', 'x', '{AT}')"
    )
}

fn key(id: Uuid) -> String {
    format!(
        "insert into api_keys (id, merchant_id, name, token_hash, hint, created_at)
         values ('{id}', '{MERCHANT}', 'shop', '{id}', 'rq', '{AT}')"
    )
}

fn entry(number: u128, (kind, actor): (&str, Option<Uuid>), action: &str, key: Uuid) -> String {
    let actor = actor.map_or("null".to_owned(), |id| format!("'{id}'"));
    let id = Uuid::from_u128(100 + number);
    format!(
        "insert into audit_entries (id, merchant_id, actor_kind, actor_id, action, subject_id, detail, at, number, hash)
         values ('{id}', '{MERCHANT}', '{kind}', {actor}, '{action}', '{key}', '{{}}', '{AT}', {number}, 'x')"
    )
}

async fn makers_of_old_keys_are_found_in_the_audit_log(engine: Engine) {
    let (url, _folder) = new_database(engine).await;
    let database = Database::open(&url).await.unwrap();
    migrate_to(&database, 31).await;
    let statements = [
        format!(
            "insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', '{AT}')"
        ),
        user(ANN, "ann"),
        user(BEA, "bea"),
        key(MADE),
        key(REPLACED),
        key(COMMAND_LINE),
        entry(1, ("user", Some(ANN)), "api_key.created", MADE),
        // Who revokes a key did not make it.
        entry(2, ("user", Some(BEA)), "api_key.revoked", MADE),
        entry(3, ("user", Some(BEA)), "api_key.replaced", REPLACED),
        entry(4, ("system", None), "api_key.created", COMMAND_LINE),
    ];
    write(&database, statements).await;
    database.migrate().await.unwrap();
    for (key, maker) in [(MADE, Some(ANN)), (REPLACED, Some(BEA)), (COMMAND_LINE, None)] {
        let is_maker = maker.map_or("is null".to_owned(), |maker| format!("= '{maker}'"));
        assert_eq!(count(&database, "api_keys", &format!("id = '{key}' and maker_id {is_maker}")).await, 1, "{key}");
    }
}

#[tokio::test]
async fn makers_of_old_keys_are_found_in_the_audit_log_on_sqlite() {
    makers_of_old_keys_are_found_in_the_audit_log(Engine::Sqlite).await;
}

#[tokio::test]
async fn makers_of_old_keys_are_found_in_the_audit_log_on_postgres() {
    makers_of_old_keys_are_found_in_the_audit_log(Engine::Postgres).await;
}
