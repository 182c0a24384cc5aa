//! Orders from before payment pages existed (0023).

use super::{migrate_to, write};
use crate::support::{Engine, new_database};
use requite::{
    domain::ids::MerchantId,
    store::{Database, Store},
};
use uuid::Uuid;

const MERCHANT: &str = "00000000-0000-0000-0000-000000000001";
const AT: &str = "2026-11-01T08:00:00.000000Z";

async fn old_orders_get_their_own_pages(engine: Engine) {
    let (url, _folder) = new_database(engine).await;
    let database = Database::open(&url).await.unwrap();
    migrate_to(&database, 22).await;
    let order = |number: i64| {
        format!(
            "insert into orders (merchant_id, number, title, description, reference, price_amount, price_currency, token, created_at,
                expires_at)
             values ('{MERCHANT}', {number}, 'Chair', '', '', '0000000001.000000000000000000', 'EUR', 't', '{AT}', '{AT}')"
        )
    };
    let merchant = format!(
        "insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Old', '1', '{AT}')"
    );
    write(&database, [merchant].into_iter().chain((1..=20).map(order))).await;
    database.migrate().await.unwrap();
    let (store, merchant) = (Store::new(database), MerchantId(Uuid::try_parse(MERCHANT).unwrap()));
    for number in 1..=20 {
        let order = store.order(merchant, number).await.unwrap();
        assert_eq!((order.page.0.get_version_num(), order.page.0.get_variant()), (4, uuid::Variant::RFC4122));
        assert_eq!(store.order_of_page(order.page).await.unwrap(), order);
    }
}

#[tokio::test]
async fn old_orders_get_their_own_pages_on_sqlite() {
    old_orders_get_their_own_pages(Engine::Sqlite).await;
}

#[tokio::test]
async fn old_orders_get_their_own_pages_on_postgres() {
    old_orders_get_their_own_pages(Engine::Postgres).await;
}
