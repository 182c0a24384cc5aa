//! Transactions with a base fee (EIP-1559), the only kind that Requite sends.

use super::authorization::Signature;
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_rlp::{BufMut, Decodable, Encodable, Header};
use bitcoin::secp256k1::{
    Message, Secp256k1,
    ecdsa::{RecoverableSignature, RecoveryId},
};

/// The first byte of an encoded transaction of this kind.
const KIND: u8 = 2;

/// A transaction before it is signed. All fees are in wei.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub chain_id: u64,
    pub nonce: u64,
    pub max_priority_fee_per_gas: u128,
    pub max_fee_per_gas: u128,
    pub gas_limit: u64,
    pub to: Address,
    /// Native coin, in wei.
    pub value: U256,
    pub data: Bytes,
}

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedTransaction {
    pub hash: B256,
    /// The bytes that are broadcast.
    pub raw: Bytes,
}

/// Why bytes are not a transaction of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not a signed EIP-1559 transaction")]
pub struct NotATransaction;

impl Transaction {
    /// What is signed.
    pub fn digest(&self) -> B256 {
        keccak256(self.unsigned())
    }

    /// The bytes whose hash is signed, as offline signers take them.
    pub fn unsigned(&self) -> Bytes {
        let mut encoded = vec![KIND];
        Header { list: true, payload_length: self.length() }.encode(&mut encoded);
        self.encode_fields(&mut encoded);
        encoded.into()
    }

    /// The transaction with its signature.
    pub fn signed(&self, signature: Signature) -> SignedTransaction {
        let (r, s) = (U256::from_be_bytes(signature.r.0), U256::from_be_bytes(signature.s.0));
        let payload_length = self.length() + signature.y_parity.length() + r.length() + s.length();
        let mut raw = vec![KIND];
        Header { list: true, payload_length }.encode(&mut raw);
        self.encode_fields(&mut raw);
        signature.y_parity.encode(&mut raw);
        r.encode(&mut raw);
        s.encode(&mut raw);
        SignedTransaction { hash: keccak256(&raw), raw: raw.into() }
    }

    /// Reads the bytes of a signed transaction. A transaction with an access list is refused: Requite never makes one.
    pub fn decode_signed(raw: &[u8]) -> Result<Self, NotATransaction> {
        Self::decode(raw).map(|(transaction, _)| transaction)
    }

    /// The account whose key has signed these bytes.
    pub fn signer_of(raw: &[u8]) -> Result<Address, NotATransaction> {
        let (transaction, Signature { r, s, y_parity }) = Self::decode(raw)?;
        let recover = || {
            let parity = RecoveryId::from_i32(i32::from(y_parity))?;
            let signature = RecoverableSignature::from_compact(&[r.as_slice(), s.as_slice()].concat(), parity)?;
            Secp256k1::verification_only().recover_ecdsa(&Message::from_digest(transaction.digest().0), &signature)
        };
        let key = recover().map_err(|_| NotATransaction)?.serialize_uncompressed();
        // The first byte is the kind of the encoding.
        Ok(Address::from_raw_public_key(key.split_at(1).1))
    }

    fn decode(raw: &[u8]) -> Result<(Self, Signature), NotATransaction> {
        let mut rest = raw.strip_prefix(&[KIND]).ok_or(NotATransaction)?;
        Self::decode_list(&mut rest).ok().filter(|_| rest.is_empty()).ok_or(NotATransaction)
    }

    fn decode_list(rest: &mut &[u8]) -> alloy_rlp::Result<(Self, Signature)> {
        let header = Header::decode(rest)?;
        if !header.list || header.payload_length != rest.len() {
            return Err(alloy_rlp::Error::UnexpectedString);
        }
        let transaction = Self {
            chain_id: Decodable::decode(rest)?,
            nonce: Decodable::decode(rest)?,
            max_priority_fee_per_gas: Decodable::decode(rest)?,
            max_fee_per_gas: Decodable::decode(rest)?,
            gas_limit: Decodable::decode(rest)?,
            to: Decodable::decode(rest)?,
            value: Decodable::decode(rest)?,
            data: Decodable::decode(rest)?,
        };
        let access_list = Header::decode(rest)?;
        if !access_list.list || access_list.payload_length != 0 {
            return Err(alloy_rlp::Error::UnexpectedLength);
        }
        let y_parity = bool::decode(rest)?;
        let (r, s) = (U256::decode(rest)?, U256::decode(rest)?);
        Ok((transaction, Signature { r: r.into(), s: s.into(), y_parity }))
    }

    fn length(&self) -> usize {
        let Self { chain_id, nonce, max_priority_fee_per_gas, max_fee_per_gas, gas_limit, to, value, data } = self;
        chain_id.length()
            + nonce.length()
            + max_priority_fee_per_gas.length()
            + max_fee_per_gas.length()
            + gas_limit.length()
            + to.length()
            + value.length()
            + data.length()
            + EMPTY_LIST.len()
    }

    fn encode_fields(&self, out: &mut dyn BufMut) {
        self.chain_id.encode(out);
        self.nonce.encode(out);
        self.max_priority_fee_per_gas.encode(out);
        self.max_fee_per_gas.encode(out);
        self.gas_limit.encode(out);
        self.to.encode(out);
        self.value.encode(out);
        self.data.encode(out);
        out.put_slice(&EMPTY_LIST);
    }
}

/// The access list, which is always empty: a list of no bytes.
const EMPTY_LIST: [u8; 1] = [alloy_rlp::EMPTY_LIST_CODE];
