//! Networks of the OP stack take a fee for the data of a transaction beside its gas. It is a gwei for each byte here.

use super::*;
use requite::{
    chain::evm::fees::{FeeLevel, data_fee, native_amount},
    evm::transaction::Transaction,
};

on_each_engine! {
    async fn the_fee_for_data_is_in_quotes_and_in_what_the_account_must_hold(engine: Engine) {
        let on_base = |file: String, anvil: &Anvil| {
            file.replace("[networks.ETH", "[networks.BASE").replace(&format!("USDT = \"{}\"", anvil.contracts.tether), "")
        };
        let rig = Rig::with_file(engine, on_base).await;
        let (connection, node) = (rig.connection(), &rig.anvil.node);
        let facts = &connection.settings.facts;
        let data = data_fee(node, facts).await.unwrap();
        assert!(data > U256::from(300_000_000_000_u64), "{data}");

        let level = FeeLevel::read(node, &node.latest().await.unwrap()).await.unwrap();
        let gas = U256::from(facts.transfer_gas(Usd)) * U256::from(level.expected());
        let fees = rig.app.requite.chain.as_ref().unwrap().fees.clone();
        let quoted = fees.network_fee(Network::Base, Usd, rig.app.context().now).await.unwrap();
        assert_eq!(quoted.amount, native_amount(Network::Base, Eth, gas + data).unwrap());

        let refund = rig.refund("5", Usd).await;
        rig.round().await.unwrap();
        let raw = rig.transfer(&refund).await.attempts[0].raw.parse::<alloy_primitives::Bytes>().unwrap();
        let gas = U256::from(Transaction::decode_signed(&raw).unwrap().gas_limit);
        rig.finalize().await;

        // Enough for the gas, and not for the data: it would be refused by the node after it had taken a nonce.
        let refund = rig.refund("5", Usd).await;
        let offer = FeeLevel::read(node, &node.latest().await.unwrap()).await.unwrap().offer();
        let gas = gas * U256::from(offer);
        rig.anvil.set_balance(rig.sender.address, gas + data).await;
        rig.round().await.unwrap();
        let held = rig.transfer(&refund).await.transfer;
        assert_eq!((held.held.unwrap().reason, held.nonce), (HeldReason::AwaitingGas, None));
        rig.anvil.set_balance(rig.sender.address, gas + data * U256::from(3)).await;
        rig.round().await.unwrap();
        assert_eq!(rig.transfer_status(&refund).await, TransferStatus::Broadcast);
        rig.finalize().await;
        assert_eq!((rig.status(&refund).await, rig.received(&refund).await), (RefundStatus::Completed, units(5)));
    }
}
