//! The client of nodes against a real one.

use crate::support::{
    anvil::Anvil,
    contracts::{Paying, Payment, accept, pretend},
};
use alloy_primitives::{Address, B256, Bytes, U256};
use requite::{
    chain::evm::rpc::{BlockTag, Call, LogFilter, RpcError},
    evm::abi::{self, Selector, address_word, number_word, returned_bool, returned_number},
};

const SOMEBODY: Address = Address::repeat_byte(0x22);

fn units(number: u64) -> U256 {
    U256::from(number)
}

fn is_refused<T>(answer: &Result<T, RpcError>) -> bool {
    matches!(answer, Err(RpcError::Refused { .. }))
}

#[tokio::test]
async fn blocks_are_read_by_tag_number_and_hash() {
    let anvil = Anvil::start().await;
    anvil.mine(10).await;
    let node = &anvil.node;
    let head = anvil.head().await;
    let number = head.number.to::<u64>();
    for (tag, expected) in [
        (BlockTag::Safe, number - 4),
        (BlockTag::Finalized, number - 8),
        (BlockTag::Number(number - 2), number - 2),
        (BlockTag::Hash(head.hash), number),
        (BlockTag::Pending, number + 1),
    ] {
        let header = node.header(tag).await.unwrap().unwrap();
        assert_eq!(header.number.to::<u64>(), expected, "{tag:?}");
        assert!(header.base_fee_per_gas.is_some());
    }
    let parent = node.header(BlockTag::Hash(head.parent_hash)).await.unwrap().unwrap();
    assert_eq!(parent.number.to::<u64>(), number - 1);
    assert!(parent.timestamp <= head.timestamp);
    assert_eq!(node.header(BlockTag::Number(number + 1)).await.unwrap(), None);
    assert_eq!(node.header(BlockTag::Hash(B256::repeat_byte(1))).await.unwrap(), None);
}

#[tokio::test]
async fn a_transaction_is_followed_from_the_pool_into_its_block() {
    let anvil = Anvil::start().await;
    let (node, customer) = (&anvil.node, anvil.contracts.accounts.customer.address);
    let hash = anvil.send_as(customer, SOMEBODY, units(7), Bytes::new()).await;
    let waiting = node.transaction(hash).await.unwrap().unwrap();
    assert_eq!((waiting.from, waiting.to, waiting.value), (customer, Some(SOMEBODY), units(7)));
    assert_eq!(waiting.block_hash, None);
    assert_eq!(node.receipts(&[hash]).await.unwrap(), [None]);
    assert_eq!(node.transaction_count(customer, BlockTag::Latest).await.unwrap(), 0);
    assert_eq!(node.transaction_count(customer, BlockTag::Pending).await.unwrap(), 1);

    anvil.mine(1).await;
    let head = anvil.head().await;
    let block = node.block(BlockTag::Hash(head.hash)).await.unwrap().unwrap();
    assert_eq!(block.header, head);
    assert_eq!(block.transactions, [node.transaction(hash).await.unwrap().unwrap()]);
    assert_eq!(block.transactions[0].block_hash, Some(head.hash));
    let receipts = node.receipts(&[B256::ZERO, hash]).await.unwrap();
    assert_eq!(receipts[0], None);
    let receipt = receipts[1].as_ref().unwrap();
    assert!(receipt.succeeded());
    assert_eq!((receipt.block_hash, receipt.gas_used.to::<u64>()), (head.hash, 21_000));
    assert!(receipt.effective_gas_price.to::<u128>() > 0);
    assert_eq!(node.balance(SOMEBODY, BlockTag::Latest).await.unwrap(), units(7));
    assert_eq!(node.balance(SOMEBODY, BlockTag::Hash(head.parent_hash)).await.unwrap(), U256::ZERO);
    assert_eq!(node.transaction(B256::ZERO).await.unwrap(), None);
}

#[tokio::test]
async fn a_balance_at_a_block_that_was_replaced_is_refused() {
    let anvil = Anvil::start().await;
    let customer = anvil.contracts.accounts.customer.address;
    anvil.send_as(customer, SOMEBODY, units(7), Bytes::new()).await;
    anvil.mine(1).await;
    let replaced = anvil.head().await;
    anvil.reorg(1).await;
    assert_eq!(anvil.head().await.number, replaced.number);
    assert!(is_refused(&anvil.node.balance(SOMEBODY, BlockTag::Hash(replaced.hash)).await));
    assert_eq!(anvil.node.balance(SOMEBODY, BlockTag::Latest).await.unwrap(), U256::ZERO);
}

#[tokio::test]
async fn logs_are_filtered_by_contract_topic_and_block() {
    let anvil = Anvil::start().await;
    let contracts = &anvil.contracts;
    let (usdc, fake, customer) = (contracts.usdc.address, contracts.fake_token, contracts.accounts.customer.address);
    let minted = anvil.mint(usdc, customer, units(100)).await;
    anvil.mine(1).await;
    let first = anvil.head().await.number.to::<u64>();
    let paid = anvil.transfer(usdc, customer, SOMEBODY, units(30)).await;
    anvil.send_as(customer, fake, U256::ZERO, pretend(customer, SOMEBODY, units(40))).await;
    anvil.mine(1).await;
    let logs = async |from, contracts: &[Address], topics: &[Vec<B256>]| {
        let filter = LogFilter { from, to: first + 1, contracts, topics };
        anvil.node.logs(&filter).await.unwrap()
    };
    let to_somebody = [vec![abi::TRANSFER], vec![], vec![address_word(SOMEBODY)]];
    let found = logs(first, &[usdc], &to_somebody).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].transaction_hash, found[0].address, found[0].removed), (paid, usdc, false));
    assert_eq!(returned_number(&found[0].data), Some(units(30)));
    assert_eq!(found[0].block_hash, anvil.head().await.hash);
    assert_eq!(logs(first, &[usdc, fake], &to_somebody).await.len(), 2);
    assert_eq!(logs(first + 1, &[usdc], &[vec![abi::TRANSFER]]).await.len(), 1);
    let either = [vec![abi::TRANSFER], vec![], vec![address_word(SOMEBODY), address_word(customer)]];
    let found = logs(first, &[usdc], &either).await;
    assert_eq!(found.iter().map(|log| log.transaction_hash).collect::<Vec<_>>(), [minted, paid]);
}

#[tokio::test]
async fn a_call_that_fails_is_refused_before_it_is_sent() {
    let anvil = Anvil::start().await;
    let contracts = &anvil.contracts;
    let (usdc, customer) = (contracts.usdc.address, contracts.accounts.customer.address);
    let data = Selector::TRANSFER.call(&[address_word(SOMEBODY), number_word(units(5))]);
    let transfer = Call { from: Some(customer), to: usdc, value: U256::ZERO, data };
    assert!(is_refused(&anvil.node.try_call(&transfer, BlockTag::Latest).await), "nothing to send");
    assert!(is_refused(&anvil.node.estimate_gas(&transfer).await));
    anvil.mint(usdc, customer, units(5)).await;
    anvil.mine(1).await;
    let answer = anvil.node.try_call(&transfer, BlockTag::Latest).await.unwrap();
    assert_eq!(returned_bool(&answer), Some(true));
    assert!(anvil.node.estimate_gas(&transfer).await.unwrap() > 21_000);

    let refuser = contracts.refuser;
    let coin = Call { from: Some(customer), to: refuser, value: units(5), data: Bytes::new() };
    assert!(is_refused(&anvil.node.estimate_gas(&coin).await), "the contract refuses coin");
    anvil.send_as(customer, refuser, U256::ZERO, accept()).await;
    anvil.mine(1).await;
    assert!(anvil.node.estimate_gas(&coin).await.unwrap() > 21_000, "a contract needs more than a plain transfer");
    assert!(!anvil.node.code(refuser, BlockTag::Latest).await.unwrap().is_empty());
    assert!(anvil.node.code(customer, BlockTag::Latest).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_a_contract_pays_is_in_no_transaction() {
    let anvil = Anvil::start().await;
    let contracts = &anvil.contracts;
    let (payer, usdc, tether) = (contracts.payer, contracts.usdc.address, contracts.tether);
    let customer = contracts.accounts.customer.address;
    anvil.set_balance(payer, units(1_000)).await;
    anvil.mint(usdc, payer, units(1_000)).await;
    anvil.mint(tether, payer, units(1_000)).await;
    anvil.mine(1).await;
    let pay = |token, number| Payment { token, recipient: SOMEBODY, units: units(number) };
    let payments = [pay(None, 1), pay(None, 2), pay(Some(usdc), 3), pay(Some(usdc), 4), pay(Some(tether), 5)];
    for (paying, succeeds, coins, logs) in
        [(Paying::PayAndRevert, false, 0, 0), (Paying::PayInVain, true, 0, 0), (Paying::Pay, true, 3, 3)]
    {
        let hash = anvil.send_as(customer, payer, U256::ZERO, Payment::calls(paying, &payments)).await;
        anvil.mine(1).await;
        let receipt = anvil.node.receipts(&[hash]).await.unwrap().remove(0).unwrap();
        assert_eq!((receipt.succeeded(), receipt.logs.len()), (succeeds, logs), "{paying:?}");
        assert_eq!(anvil.node.balance(SOMEBODY, BlockTag::Latest).await.unwrap(), units(coins));
        let block = anvil.node.block(BlockTag::Latest).await.unwrap().unwrap();
        assert!(block.transactions.iter().all(|transaction| transaction.to != Some(SOMEBODY)));
    }
}
