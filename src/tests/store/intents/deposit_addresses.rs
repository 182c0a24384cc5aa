//! The list of deposit addresses.

use crate::support::{deposit_rows, new_database};
use requite::{
    domain::address::network::Network,
    store::{Database, Store, intents::deposit_addresses::DepositAddress},
};

const AT: &str = "2026-11-01T08:00:00.000000Z";

on_each_engine! {
    async fn deposit_addresses_are_listed_by_index_each_once(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let database = Database::open(&url).await.unwrap();
        database.migrate().await.unwrap();
        let address = |index: u32| Some(format!("0x{index:040x}"));
        deposit_rows::write(
            &database,
            &[
                ("ETH", Some(7), address(7)),
                ("BASE", Some(0), address(0)),
                ("BASE", Some(2), address(2)),
                ("POLY", Some(3), address(3)),
                // Waits for its address.
                ("BASE", Some(8), None),
                // From before addresses had an index.
                ("BASE", None, address(9)),
                // Another form of addresses, which counts for itself.
                ("BTC", Some(1), Some("bc1q".to_owned())),
                ("OP", Some(5), address(5)),
            ],
        )
        .await;
        let left_out = format!(
            "insert into skipped_addresses (form, address_index, address, skipped_at) values ('evm', 4, '{}', '{AT}'),
                ('bitcoin', 6, 'bc1p', '{AT}')",
            address(4).unwrap()
        );
        let mut transaction = database.begin().await.unwrap();
        transaction.execute(left_out, vec![]).await.unwrap();
        transaction.commit().await.unwrap();
        let store = Store::new(database);
        let networks = [Network::Eth, Network::Base, Network::Poly, Network::Op];
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let page = store.deposit_addresses(&networks, after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.index);
            let order = |one: &DepositAddress| one.given_to.as_ref().map(|order| (order.network, order.order_number));
            pages.push(page.iter().map(|one| (one.index, order(one))).collect::<Vec<_>>());
        }
        let expected = vec![
            vec![(0, Some((Network::Base, 1002))), (2, Some((Network::Base, 1003)))],
            vec![(3, Some((Network::Poly, 1004))), (4, None)],
            vec![(5, Some((Network::Op, 1008))), (7, Some((Network::Eth, 1001)))],
        ];
        assert_eq!(pages, expected);
        let first = &store.deposit_addresses(&[Network::Base], None, 1).await.unwrap()[0];
        let order = first.given_to.as_ref().unwrap();
        assert_eq!((order.merchant.as_str(), first.address.as_str()), ("Shop", address(0).unwrap().as_str()));
        assert_eq!(order.merchant_id.to_string(), deposit_rows::MERCHANT);
    }
}
