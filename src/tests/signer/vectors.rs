//! Signatures are the same to the byte as those of viem 2, with which the expected values were made.

use super::{AUTHORIZED, CHAIN, FEES, GWEI, PLAIN, RECIPIENT, Rig, SENDER, key, payment};
use alloy_primitives::{U256, b256, bytes, hex, keccak256};
use requite::{
    evm::{
        authorization::{Authorization, Signature, TokenDomain},
        transaction::Transaction,
    },
    signer::protocol::{Coin, Fees, PaymentRequest},
};
use uuid::Uuid;

/// 0123456789ab7cde8f0123456789abcd, of whose hash the nonce of the authorisation is made.
const TRANSFER: Uuid = Uuid::from_u128(0x0123_4567_89ab_7cde_8f01_2345_6789_abcd);
const HIGHER: (u128, u128) = (40 * GWEI, 2 * GWEI);

const TRANSACTION: &str = "02f879827a69078459682f008506fc23ac0082fde89470997970c51812dc3a010c7d01b50e0d17dc79c888ab54a98ceb1f0ad284a9059cbbc001a0c527d2c41828bba6074afcabdff5fed48ca6c54f97a57d03713ba6bf2ecf0613a053efaf40afbc18fcc7248bba5a30981c76aa849deef3a520068000aa08e3c104";
const NATIVE: &str = "02f874827a69078459682f008506fc23ac008252089470997970c51812dc3a010c7d01b50e0d17dc79c8872bdc545d6b4b8780c080a0f75d11c0e295557d35bd1f3fc247fbb8682dea92025ab9fe8cac0e0ee9647eb6a06c05bd140ff3e0083d1f2b908731a695b247a559139ef7554885443aed0f73f4";
const PLAIN_TOKEN: &str = "02f8b2827a69088459682f008506fc23ac0082fde894e7f1725e7734ce288f8367e1bb143e90bb3f051280b844a9059cbb00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c800000000000000000000000000000000000000000000000000000000004c4b40c001a0cd6569a07bb6dd873cd6b98973dfdbb2082eceae06022c2cbdf5687c75a936b1a07982e33abf35d9430098b2d809cb018a964b839252d777193518839c8138f991";
const AUTHORIZED_TOKEN: &str = "02f90194827a69808459682f008506fc23ac008301d4c0945fbdb2315678afecb367f032d93f642f64180aa380b90124e3ee160e000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb9226600000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c800000000000000000000000000000000000000000000000000000000004c4b400000000000000000000000000000000000000000000000000000000000000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe46401b897e91eef545b45e0c4f7412489bbc501144a333ad2f23b980e8d6935000000000000000000000000000000000000000000000000000000000000001b7048afbefe98a9cb00eee01e4b32464833720ca6192125dd8ad35a7650d296d135901d23e60c96ab153edef409732830bf1902b31d2c78dd15f11622a89df885c001a01d89df44109b54c10bc8ab97c3f84f0b2f0c78b36f0de30af97a73c9f1a25a17a044bb55f16927258e47300911a4b5e3d1757f314f14e57643299aea2d15c3f5fb";
const REVOKED: &str = "02f90113827a698084773594008509502f90008301d4c0945fbdb2315678afecb367f032d93f642f64180aa380b8a45a049a70000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266e46401b897e91eef545b45e0c4f7412489bbc501144a333ad2f23b980e8d6935000000000000000000000000000000000000000000000000000000000000001b9281fffeb5af73be71c6babd0f48da1df8a5e478baf36b0ab791eb130f1bb2cf53af14d645c81fc8ca559a97ec9a3a9dc046a676ad441fbb310d391340a29350c080a01f8d78223c892bbcb2557a816250fa69ee051872f64a459e25012aa36bc3d273a00c1e3c0e738e7df804b2b082d430993230e338505b92ad3dcef41b8daada2ae5";
const CANCELLED: &str = "02f86d827a690784773594008509502f900082520894f39fd6e51aad88f6f4ce6ab8827279cfffb922668080c001a0eed5f8cd69681c0dd30485d48bb521c39964667dbc83d47f0d2944227fb1eb10a0538ba1243553d46b6baa13fb69336175693c0a4424fb497982f5b5feb4a2f58e";

#[test]
fn a_transaction_is_signed_as_by_viem() {
    let key = key();
    assert_eq!(key.address(), SENDER);
    let transaction = Transaction {
        chain_id: CHAIN,
        nonce: 7,
        max_priority_fee_per_gas: 3 * GWEI / 2,
        max_fee_per_gas: 30 * GWEI,
        gas_limit: 65_000,
        to: RECIPIENT,
        value: U256::from(12_345_678_901_234_567_890_u128),
        data: bytes!("a9059cbb"),
    };
    let signed = transaction.signed(key.sign(transaction.digest()).unwrap());
    assert_eq!(hex::encode(&signed.raw), TRANSACTION);
    assert_eq!(Transaction::decode_signed(&signed.raw), Ok(transaction));
}

#[test]
fn an_authorisation_is_signed_as_by_viem() {
    let domain =
        TokenDomain { name: "USD Coin".to_owned(), version: "2".to_owned(), chain_id: CHAIN, contract: AUTHORIZED };
    let nonce = b256!("abababababababababababababababababababababababababababababababab");
    let authorization = Authorization { from: SENDER, to: RECIPIENT, value: U256::from(5_000_000), nonce };
    let signature = key().sign(authorization.digest(&domain)).unwrap();
    let expected = Signature {
        r: b256!("f8bf9c098e8b72676a967578bacaa2056567b66a0976d7c51b1130d30ad6df82"),
        s: b256!("6ff6c8136897a2e0a2cb24eda5db030219d595f2309a661b00fa272277b4aa22"),
        // 1c at the end of viem's signature.
        y_parity: true,
    };
    assert_eq!(signature, expected);
}

#[test]
fn the_s_of_a_signature_is_the_lower_one() {
    let half_of_order = b256!("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
    let key = key();
    let lower = |number: u64| key.sign(keccak256(number.to_be_bytes())).unwrap().s <= half_of_order;
    assert!((0..200).all(lower));
}

#[tokio::test]
async fn payments_and_cancellations_are_the_bytes_of_viem() {
    let rig = Rig::new().await;
    let amount = U256::from(5_000_000);
    let fees = |gas_limit| Fees { gas_limit, ..FEES };
    let higher = |gas_limit| Fees { gas_limit, max_fee_per_gas: HIGHER.0, max_priority_fee_per_gas: HIGHER.1 };

    let native = PaymentRequest { amount: U256::from(12_345_678_901_234_567_u64), ..payment(7) };
    let token = PaymentRequest { coin: Coin::Token(PLAIN), amount, fees: fees(65_000), ..payment(8) };
    let authorized =
        PaymentRequest { transfer: TRANSFER, coin: Coin::Token(AUTHORIZED), amount, fees: fees(120_000), ..payment(0) };
    for (payment, expected) in [(&native, NATIVE), (&token, PLAIN_TOKEN), (&authorized, AUTHORIZED_TOKEN)] {
        let signed = rig.sign(payment).await;
        assert_eq!(hex::encode(&signed.raw), expected);
        assert_eq!((signed.from, signed.hash), (SENDER, keccak256(&signed.raw)));
    }
    let native = PaymentRequest { fees: higher(21_000), ..native };
    assert_eq!(hex::encode(rig.cancel(&native).await.raw), CANCELLED);
    let authorized = PaymentRequest { fees: higher(120_000), ..authorized };
    assert_eq!(hex::encode(rig.cancel(&authorized).await.raw), REVOKED);
}
