//! A database remembers whether its data is a sandbox's, and which chains it has used.

use crate::support::new_database;
use requite::{
    config::Mode,
    domain::address::network::Network,
    store::{Database, Store, operations::installation::InstallationError},
};

async fn open(url: &str) -> Store {
    let database = Database::open(url).await.unwrap();
    database.migrate().await.unwrap();
    Store::new(database)
}

on_each_engine! {
    async fn a_database_keeps_the_mode_of_its_first_start(engine: Engine) {
        for (first, other, text) in [
            (Mode::Sandbox, Mode::Production, "holds the data of a sandbox, so it cannot be used in production"),
            (Mode::Production, Mode::Sandbox, "holds the data of a production server, so it cannot be used in a sandbox"),
        ] {
            let (url, _folder) = new_database(engine).await;
            let store = open(&url).await;
            store.record_mode(first).await.unwrap();
            store.record_mode(first).await.unwrap();
            store.close().await;
            let store = open(&url).await;
            let refused = store.record_mode(other).await.unwrap_err();
            assert!(refused.to_string().contains(text), "{refused}");
            store.record_mode(first).await.unwrap();
        }
    }

    async fn a_network_keeps_its_chain_id(engine: Engine) {
        let (url, _folder) = new_database(engine).await;
        let store = open(&url).await;
        // Compared only, so nothing is recorded.
        store.compare_chain_ids(&[(Network::Base, 1), (Network::Eth, 2)]).await.unwrap();
        store.record_chain_ids(&[]).await.unwrap();
        store.record_chain_ids(&[(Network::Base, 84_532), (Network::Eth, 1)]).await.unwrap();
        store.record_chain_ids(&[(Network::Base, 84_532), (Network::Op, 10)]).await.unwrap();
        let wrong = [(Network::Arb, 42_161), (Network::Base, 8_453)];
        for refused in [store.compare_chain_ids(&wrong).await, store.record_chain_ids(&wrong).await] {
            let refused = refused.unwrap_err();
            assert!(matches!(
                refused,
                InstallationError::ChainId { network: Network::Base, recorded: 84_532, configured: 8_453 }
            ));
            assert!(refused.to_string().contains("BASE with chain ID 84532, and the settings say 8453"), "{refused}");
        }
        // What was refused has left nothing behind.
        store.compare_chain_ids(&[(Network::Arb, 5), (Network::Base, 84_532), (Network::Op, 10)]).await.unwrap();
    }
}
