//! Payment intents with deposit addresses, written directly: as many as a test needs, at once.

use requite::store::Database;

pub const MERCHANT: &str = "00000000-0000-7000-8000-000000000001";
const AT: &str = "2026-11-01T08:00:00.000000Z";
const NONE: &str = "0000000000.000000000000000000";

/// Writes a merchant, and an intent for each address, with the order numbers from 1001 on. Each address is given with its
/// network and its index.
pub async fn write(database: &Database, addresses: &[(&str, Option<u32>, Option<String>)]) {
    let merchant = format!(
        "insert into merchants (id, name, wallet_number, created_at) values ('{MERCHANT}', 'Shop', '1', '{AT}')"
    );
    let (mut intents, mut methods) = (Vec::new(), Vec::new());
    for (number, (network, index, address)) in addresses.iter().enumerate() {
        let id = format!("00000000-0000-7000-9000-{number:012}");
        intents.push(format!(
            "('{id}', '{MERCHANT}', {}, 'continuous', 'USD', 'USD', '{NONE}', '{NONE}', '{NONE}', '{NONE}', '{NONE}', 0, 'active',
                '{AT}', '{AT}')",
            1001 + number
        ));
        let index = index.map_or_else(|| "null".to_owned(), |index| index.to_string());
        let address = address.as_ref().map_or_else(|| "null".to_owned(), |address| format!("'{address}'"));
        methods.push(format!("('{id}', 0, '{network}', {address}, {index})"));
    }
    let intents = format!(
        "insert into payment_intents (id, merchant_id, order_number, kind, currency, settlement_currency, paid, refunded, in_flight,
            left_to_refund, fees, pending_payments, status, created_at, updated_at) values {}",
        intents.join(", ")
    );
    let methods = format!(
        "insert into payment_methods (intent_id, seq, network, address, address_index) values {}",
        methods.join(", ")
    );
    let mut transaction = database.begin().await.unwrap();
    for sql in [merchant, intents, methods] {
        transaction.execute(sql, vec![]).await.unwrap();
    }
    transaction.commit().await.unwrap();
}
