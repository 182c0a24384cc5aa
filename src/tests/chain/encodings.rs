//! The encodings of EVM networks, compared with a real node and Circle's real contracts.

use crate::support::{
    anvil::Anvil,
    contracts::{Account, FiatToken},
};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_assert, prop_assert_eq},
    proptest,
    sample::{Index, select},
};
use requite::{
    chain::evm::rpc::{BlockTag, Call, LogFilter},
    domain::{
        address::network::Network,
        money::{Money, currency::Currency},
        names::Named,
    },
    evm::{
        abi::{self, Selector, address_word, returned_bool, returned_number, returned_text},
        authorization::{Authorization, Signature, cancellation_call, cancellation_digest, refund_nonce},
        transaction::Transaction,
        units::{from_units, to_units},
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use uuid::Uuid;

const MILLION: U256 = U256::from_limbs([1_000_000, 0, 0, 0]);

#[test]
fn selectors_and_topics_are_those_of_their_signatures() {
    for (selector, signature) in Selector::ALL {
        assert_eq!(selector.bytes(), keccak256(signature)[..4], "{signature}");
    }
    for (topic, signature) in [
        (abi::TRANSFER, "Transfer(address,address,uint256)"),
        (abi::AUTHORIZATION_USED, "AuthorizationUsed(address,bytes32)"),
        (abi::AUTHORIZATION_CANCELED, "AuthorizationCanceled(address,bytes32)"),
    ] {
        assert_eq!(topic, keccak256(signature), "{signature}");
    }
}

/// Asks a contract.
async fn ask(anvil: &Anvil, contract: Address, selector: Selector, arguments: &[B256]) -> Bytes {
    let question = Call::question(contract, selector.call(arguments));
    anvil.node.try_call(&question, BlockTag::Latest).await.unwrap()
}

async fn units_of(anvil: &Anvil, token: Address, holder: Address) -> U256 {
    returned_number(&ask(anvil, token, Selector::BALANCE_OF, &[address_word(holder)]).await).unwrap()
}

#[tokio::test]
async fn tokens_name_themselves_as_signatures_do() {
    for chain_id in [1, 8453, 84532] {
        let anvil = Anvil::start_as(chain_id).await;
        assert_eq!(anvil.node.chain_id().await.unwrap(), chain_id);
        for token in [&anvil.contracts.usdc, &anvil.contracts.eurc] {
            let separator = ask(&anvil, token.address, Selector::DOMAIN_SEPARATOR, &[]).await;
            assert_eq!(separator[..], token.domain(chain_id).separator()[..]);
        }
    }
}

#[tokio::test]
async fn answers_of_real_tokens_are_read() {
    let anvil = Anvil::start().await;
    let contracts = &anvil.contracts;
    for (token, name, symbol) in [
        (contracts.usdc.address, "USD Coin", "USDC"),
        (contracts.eurc.address, "EURC", "EURC"),
        (contracts.tether, "Tether USD", "USDT"),
        (contracts.fake_token, "USD Coin", "USDC"),
    ] {
        assert_eq!(returned_text(&ask(&anvil, token, Selector::NAME, &[]).await).as_deref(), Some(name));
        assert_eq!(returned_text(&ask(&anvil, token, Selector::SYMBOL, &[]).await).as_deref(), Some(symbol));
        assert_eq!(returned_number(&ask(&anvil, token, Selector::DECIMALS, &[]).await), Some(U256::from(6)));
    }
    let (usdc, stranger) = (contracts.usdc.address, contracts.accounts.stranger.address);
    assert_eq!(returned_text(&ask(&anvil, usdc, Selector::VERSION, &[]).await).as_deref(), Some("2"));
    let paused = async || returned_bool(&ask(&anvil, usdc, Selector::PAUSED, &[]).await);
    let blacklisted =
        async || returned_bool(&ask(&anvil, usdc, Selector::IS_BLACKLISTED, &[address_word(stranger)]).await);
    assert_eq!((paused().await, blacklisted().await), (Some(false), Some(false)));
    anvil.blacklist(usdc, stranger).await;
    anvil.pause(usdc).await;
    anvil.mine(1).await;
    assert_eq!((paused().await, blacklisted().await), (Some(true), Some(true)));
}

/// Sends a call from an account that is neither the payer nor the recipient, and tells whether it succeeded.
async fn submit(anvil: &Anvil, token: &FiatToken, call: Bytes) -> bool {
    let stranger = anvil.contracts.accounts.stranger.address;
    let hash = anvil.send_as(stranger, token.address, U256::ZERO, call).await;
    anvil.mine(1).await;
    anvil.node.receipts(&[hash]).await.unwrap()[0].as_ref().unwrap().succeeded()
}

fn authorization(payer: &Account, to: Address, refund: u128) -> Authorization {
    Authorization { from: payer.address, to, value: MILLION, nonce: refund_nonce(Uuid::from_u128(refund)) }
}

#[tokio::test]
async fn an_authorised_transfer_is_accepted_once() {
    let anvil = Anvil::start().await;
    let (payer, recipient) = (&anvil.contracts.accounts.merchant, Address::repeat_byte(0x22));
    for token in [&anvil.contracts.usdc, &anvil.contracts.eurc] {
        anvil.mint(token.address, payer.address, MILLION * U256::from(10)).await;
        anvil.mine(1).await;
        let payment = authorization(payer, recipient, 1);
        let call = payment.call(payer.sign(payment.digest(&token.domain(anvil.chain_id))));
        let used = async || {
            let arguments = [address_word(payer.address), payment.nonce];
            returned_bool(&ask(&anvil, token.address, Selector::AUTHORIZATION_STATE, &arguments).await).unwrap()
        };
        assert!(!used().await);
        assert!(submit(&anvil, token, call.clone()).await);
        assert!(used().await);
        assert!(!submit(&anvil, token, call).await, "the same refund was paid twice");
        assert_eq!(units_of(&anvil, token.address, recipient).await, MILLION);
    }
}

#[tokio::test]
async fn an_authorisation_says_who_receives_how_much_of_which_token_on_which_chain() {
    let anvil = Anvil::start().await;
    let contracts = &anvil.contracts;
    let (payer, token) = (&contracts.accounts.merchant, &contracts.usdc);
    anvil.mint(token.address, payer.address, MILLION * U256::from(10)).await;
    anvil.mine(1).await;
    let payment = authorization(payer, Address::repeat_byte(0x22), 1);
    let domain = token.domain(anvil.chain_id);
    let signed = payer.sign(payment.digest(&domain));
    let changed = [
        Authorization { to: Address::repeat_byte(0x23), ..payment.clone() },
        Authorization { value: payment.value + U256::ONE, ..payment.clone() },
        Authorization { nonce: refund_nonce(Uuid::from_u128(2)), ..payment.clone() },
        Authorization { from: contracts.accounts.owner.address, ..payment.clone() },
    ];
    for changed in changed {
        assert!(!submit(&anvil, token, changed.call(signed)).await, "{changed:?}");
    }
    for other in [token.domain(1), contracts.eurc.domain(anvil.chain_id)] {
        assert!(!submit(&anvil, token, payment.call(payer.sign(payment.digest(&other)))).await, "{other:?}");
    }
    let flipped = Signature { y_parity: !signed.y_parity, ..signed };
    assert!(!submit(&anvil, token, payment.call(flipped)).await);
    assert!(submit(&anvil, token, payment.call(signed)).await, "the unchanged one is accepted");
}

#[tokio::test]
async fn a_cancelled_authorisation_is_refused() {
    let anvil = Anvil::start().await;
    let (payer, token) = (&anvil.contracts.accounts.merchant, &anvil.contracts.usdc);
    anvil.mint(token.address, payer.address, MILLION).await;
    anvil.mine(1).await;
    let payment = authorization(payer, Address::repeat_byte(0x22), 1);
    let domain = token.domain(anvil.chain_id);
    let cancellation = payer.sign(cancellation_digest(&domain, payer.address, payment.nonce));
    let head = anvil.head().await.number.to::<u64>();
    assert!(submit(&anvil, token, cancellation_call(payer.address, payment.nonce, cancellation)).await);
    assert!(!submit(&anvil, token, payment.call(payer.sign(payment.digest(&domain)))).await);
    let topics = [vec![abi::AUTHORIZATION_CANCELED], vec![address_word(payer.address)], vec![payment.nonce]];
    let filter = LogFilter { from: head, to: head + 2, contracts: &[token.address], topics: &topics };
    assert_eq!(anvil.node.logs(&filter).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_signed_transaction_is_the_node_s_own() {
    let anvil = Anvil::start().await;
    let (payer, recipient) = (&anvil.contracts.accounts.merchant, Address::repeat_byte(0x22));
    for (nonce, value, data) in [
        (0, U256::from(5), Bytes::new()),
        (1, U256::from(10).pow(U256::from(20)), Bytes::new()),
        (2, U256::ZERO, Bytes::from(vec![0xab; 300])),
    ] {
        let transaction = Transaction {
            chain_id: anvil.chain_id,
            nonce,
            max_priority_fee_per_gas: 1_000_000_000,
            max_fee_per_gas: 100_000_000_000,
            gas_limit: 100_000,
            to: recipient,
            value,
            data,
        };
        let signed = transaction.signed(payer.sign(transaction.digest()));
        assert_eq!(anvil.node.send(&signed.raw).await.unwrap(), signed.hash);
        anvil.mine(1).await;
        let mined = anvil.node.transaction(signed.hash).await.unwrap().unwrap();
        assert_eq!((mined.from, mined.to, mined.value), (payer.address, Some(recipient), transaction.value));
        assert_eq!((mined.nonce.to::<u64>(), mined.input), (nonce, transaction.data));
        assert_eq!(anvil.raw(signed.hash).await, signed.raw);
    }
}

fn transactions() -> impl Strategy<Value = Transaction> {
    let fees = (any::<u128>(), any::<u128>());
    let payment = (any::<[u8; 20]>(), any::<[u64; 4]>(), vec(any::<u8>(), 0..300));
    (any::<u64>(), any::<u64>(), fees, any::<u64>(), payment).prop_map(
        |(chain_id, nonce, (tip, fee), gas_limit, (to, value, data))| Transaction {
            chain_id,
            nonce,
            max_priority_fee_per_gas: tip,
            max_fee_per_gas: fee,
            gas_limit,
            to: to.into(),
            value: U256::from_limbs(value),
            data: data.into(),
        },
    )
}

fn signatures() -> impl Strategy<Value = Signature> {
    let words = (any::<[u8; 32]>(), any::<[u8; 32]>(), any::<bool>());
    words.prop_map(|(r, s, y_parity)| Signature { r: r.into(), s: s.into(), y_parity })
}

/// A coin on a network where it can be sent, with its number of decimals there.
fn coins() -> impl Strategy<Value = (Network, Currency, u32)> {
    let listed = |network: Network| network.coins().iter().map(move |(coin, decimals)| (network, *coin, *decimals));
    select(Network::all().flat_map(listed).collect::<Vec<_>>())
}

/// Amounts of a coin, in all sizes, down to its smallest unit.
fn amounts() -> impl Strategy<Value = (Network, u32, Money)> {
    coins().prop_flat_map(|(network, coin, decimals)| {
        let scale = decimals.min(coin.decimals());
        let digits = (0..scale + 10).prop_flat_map(|digits| 0..10_i128.pow(digits + 1));
        let money =
            digits.prop_map(move |units| Money::new(Decimal::from_i128_with_scale(units, scale), coin).unwrap());
        (Just(network), Just(decimals), money)
    })
}

proptest! {
    #[test]
    fn a_transaction_is_read_as_it_was_written(transaction in transactions(), signature in signatures()) {
        let signed = transaction.signed(signature);
        prop_assert_eq!(signed.hash, keccak256(&signed.raw));
        prop_assert_eq!(Transaction::decode_signed(&signed.raw), Ok(transaction));
    }

    #[test]
    fn half_a_transaction_or_more_than_one_is_refused(
        transaction in transactions(), signature in signatures(), rest in vec(any::<u8>(), 1..9), cut in any::<Index>(),
    ) {
        let raw = transaction.signed(signature).raw;
        prop_assert!(Transaction::decode_signed(&[&raw[..], &rest].concat()).is_err());
        prop_assert!(Transaction::decode_signed(&raw[..cut.index(raw.len())]).is_err());
    }

    #[test]
    fn an_amount_in_units_is_the_same_amount((network, decimals, amount) in amounts()) {
        let units = to_units(network, amount).unwrap();
        // A second way: the digits without the point.
        let digits = format!("{:.1$}", amount.amount(), usize::try_from(decimals).unwrap()).replace('.', "");
        prop_assert_eq!(units.to_string(), digits.trim_start_matches('0').to_owned() + if units.is_zero() { "0" } else { "" });
        prop_assert_eq!(from_units(network, amount.currency(), units), Some(amount));
    }

    #[test]
    fn units_never_become_another_amount((network, coin, _) in coins(), limbs in any::<[u64; 4]>(), shift in 0_usize..256) {
        let units = U256::from_limbs(limbs) >> shift;
        if let Some(amount) = from_units(network, coin, units) {
            prop_assert_eq!(to_units(network, amount), Some(units));
        }
    }
}

#[test]
fn only_coins_of_the_network_have_units() {
    for network in Network::all() {
        let sent: BTreeSet<_> = network.coins().iter().map(|(coin, _)| coin.as_str()).collect();
        for coin in Currency::all() {
            let one = Money::new(Decimal::ONE, coin).unwrap();
            assert_eq!(to_units(network, one).is_some(), sent.contains(coin.as_str()), "{network} {coin}");
            let million_million = U256::from(10).pow(U256::from(12));
            assert_eq!(from_units(network, coin, million_million).is_some(), sent.contains(coin.as_str()));
        }
    }
}
