//! What other tests rely on: how the test chain is reorganised, and what the people behind its tokens can do.

use crate::support::{
    anvil::{Anvil, Replayed},
    contracts::get_l1_fee,
};
use alloy_primitives::{Address, B256, Bytes, U256};
use requite::{
    chain::evm::rpc::{BlockTag, Call, Receipt},
    evm::abi::{Selector, address_word, returned_number},
};

const SOMEBODY: Address = Address::repeat_byte(0x22);

async fn succeeded(anvil: &Anvil, hash: B256) -> Option<bool> {
    anvil.node.receipts(&[hash]).await.unwrap()[0].as_ref().map(Receipt::succeeded)
}

#[tokio::test]
async fn blocks_are_replaced_and_transactions_move_or_are_forgotten() {
    let anvil = Anvil::start().await;
    let customer = anvil.contracts.accounts.customer.address;
    let hash = anvil.send_as(customer, SOMEBODY, U256::from(7), Bytes::new()).await;
    anvil.mine(3).await;
    let raw = anvil.raw(hash).await;
    let (before, mined) = (anvil.head().await, anvil.node.transaction(hash).await.unwrap().unwrap());

    anvil.reorg_with(3, &[(1, Replayed::Raw(raw))]).await;
    let moved = anvil.node.transaction(hash).await.unwrap().unwrap();
    assert!(moved.block_hash.is_some() && moved.block_hash != mined.block_hash);
    let head = anvil.head().await;
    assert_eq!(head.number, before.number);
    assert_ne!(head.hash, before.hash);
    assert_eq!(moved.block_hash, Some(head.parent_hash));

    anvil.reorg(3).await;
    assert_eq!(anvil.node.transaction(hash).await.unwrap(), None);
    assert_eq!(anvil.node.transaction_count(customer, BlockTag::Pending).await.unwrap(), 0);

    let other = Replayed::Sent { from: customer, to: customer, value: U256::ZERO, data: Bytes::new() };
    anvil.reorg_with(2, &[(0, other)]).await;
    assert_eq!(anvil.node.transaction_count(customer, BlockTag::Latest).await.unwrap(), 1, "the nonce is spent");

    anvil.rollback(2).await;
    assert_eq!(anvil.head().await.number.to::<u64>(), before.number.to::<u64>() - 2, "the chain is shorter");
}

#[tokio::test]
async fn the_pool_the_fees_and_the_accounts_are_the_test_s() {
    let anvil = Anvil::start().await;
    let customer = anvil.contracts.accounts.customer.address;
    let dropped = anvil.send_as(customer, SOMEBODY, U256::from(7), Bytes::new()).await;
    anvil.drop_transaction(dropped).await;
    anvil.mine(1).await;
    assert_eq!(succeeded(&anvil, dropped).await, None);

    anvil.set_base_fee(1_000_000_000_000).await;
    anvil.mine(1).await;
    assert_eq!(anvil.head().await.base_fee_per_gas.unwrap().to::<u64>(), 1_000_000_000_000);

    let snapshot = anvil.snapshot().await;
    let exchange = Address::repeat_byte(0x33);
    anvil.set_balance(exchange, U256::from(10).pow(U256::from(20))).await;
    anvil.impersonate(exchange).await;
    anvil.set_automine(true).await;
    anvil.send_as(exchange, SOMEBODY, U256::from(9), Bytes::new()).await;
    anvil.set_automine(false).await;
    anvil.mine(1).await;
    assert_eq!(anvil.node.balance(SOMEBODY, BlockTag::Latest).await.unwrap(), U256::from(9));
    anvil.revert(snapshot).await;
    assert_eq!(anvil.node.balance(SOMEBODY, BlockTag::Latest).await.unwrap(), U256::ZERO);

    let answers_seven = Bytes::from_static(&[0x60, 7, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0xf3]);
    anvil.set_code(SOMEBODY, &answers_seven).await;
    assert_eq!(anvil.node.code(SOMEBODY, BlockTag::Latest).await.unwrap(), answers_seven);
}

#[tokio::test]
async fn people_behind_a_token_are_before_a_payment_that_waits() {
    let anvil = Anvil::start().await;
    let contracts = &anvil.contracts;
    let (customer, stranger) = (contracts.accounts.customer.address, contracts.accounts.stranger.address);
    for token in [contracts.usdc.address, contracts.eurc.address, contracts.tether] {
        anvil.mint(token, customer, U256::from(100)).await;
        anvil.mine(1).await;
        let pay = async |recipient: Address| anvil.transfer(token, customer, recipient, U256::ONE).await;
        for (blocked, what) in [
            (paid_while_blacklisting(&anvil, token, customer, pay(stranger)).await, "the payer is blacklisted"),
            (paid_while_pausing(&anvil, token, pay(stranger)).await, "the token is paused"),
        ] {
            assert_eq!(blocked, Some(false), "{token} {what}");
        }
        // USDT lets everybody receive.
        let received = paid_while_blacklisting(&anvil, token, stranger, pay(stranger)).await;
        assert_eq!(received, Some(token == contracts.tether), "{token}");
        let paid = pay(stranger).await;
        anvil.mine(1).await;
        assert_eq!(succeeded(&anvil, paid).await, Some(true), "nothing is forbidden any more");
    }
}

/// Whether a payment succeeds if somebody is blacklisted while it waits in the pool. Afterwards nobody is.
async fn paid_while_blacklisting(
    anvil: &Anvil,
    token: Address,
    who: Address,
    pay: impl Future<Output = B256>,
) -> Option<bool> {
    let paid = pay.await;
    anvil.blacklist(token, who).await;
    anvil.mine(1).await;
    anvil.unblacklist(token, who).await;
    anvil.mine(1).await;
    succeeded(anvil, paid).await
}

/// Whether a payment succeeds if the token is paused while it waits in the pool. Afterwards it is not.
async fn paid_while_pausing(anvil: &Anvil, token: Address, pay: impl Future<Output = B256>) -> Option<bool> {
    let paid = pay.await;
    anvil.pause(token).await;
    anvil.mine(1).await;
    anvil.unpause(token).await;
    anvil.mine(1).await;
    succeeded(anvil, paid).await
}

#[tokio::test]
async fn the_fee_for_data_is_a_price_for_each_byte() {
    let anvil = Anvil::start().await;
    let data = Bytes::from(vec![1; 70]);
    let question = Call::question(anvil.contracts.gas_oracle, get_l1_fee(&data));
    let answer = anvil.node.try_call(&question, BlockTag::Latest).await.unwrap();
    assert_eq!(returned_number(&answer), Some(U256::from(70_000_000_000_u64)));
    let balance = Selector::BALANCE_OF.call(&[address_word(SOMEBODY)]);
    assert!(anvil.node.try_call(&Call::question(anvil.contracts.gas_oracle, balance), BlockTag::Latest).await.is_err());
}
