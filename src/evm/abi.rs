//! Calls of the contracts that Requite knows, in Solidity's ABI. Written by hand because there are a dozen of them, all
//! with arguments of one word: a general encoder would be larger than this file.

use alloy_primitives::{Address, B256, Bytes, U256, b256};

/// The topic of `Transfer(address indexed from, address indexed to, uint256 value)`.
pub const TRANSFER: B256 = b256!("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
/// The topic of `AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce)` (EIP-3009).
pub const AUTHORIZATION_USED: B256 = b256!("98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5");
/// The topic of `AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce)` (EIP-3009).
pub const AUTHORIZATION_CANCELED: B256 = b256!("1cdd46ff242716cdaa72d159d339a485b3438398348d68f09d7c8c0a59353d81");

/// A function of a contract, by the first four bytes of the hash of its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selector([u8; 4]);

macro_rules! selectors {
    ($($name:ident = $bytes:literal $signature:literal;)*) => {
        impl Selector {
            $(#[doc = concat!("`", $signature, "`")] pub const $name: Self = Self(u32::to_be_bytes($bytes));)*
            /// Each selector with the signature that it is made from; a test compares them.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, $signature)),*];
        }
    };
}

selectors! {
    TRANSFER = 0xa905_9cbb "transfer(address,uint256)";
    TRANSFER_WITH_AUTHORIZATION = 0xe3ee_160e
        "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";
    CANCEL_AUTHORIZATION = 0x5a04_9a70 "cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)";
    AUTHORIZATION_STATE = 0xe94a_0102 "authorizationState(address,bytes32)";
    DOMAIN_SEPARATOR = 0x3644_e515 "DOMAIN_SEPARATOR()";
    BALANCE_OF = 0x70a0_8231 "balanceOf(address)";
    SYMBOL = 0x95d8_9b41 "symbol()";
    DECIMALS = 0x313c_e567 "decimals()";
    NAME = 0x06fd_de03 "name()";
    VERSION = 0x54fd_4d50 "version()";
    PAUSED = 0x5c97_5abb "paused()";
    GET_L1_FEE = 0x4994_8e0e "getL1Fee(bytes)";
    IS_BLACKLISTED = 0xfe57_5a87 "isBlacklisted(address)";
    IS_BLACK_LISTED = 0xe47d_6060 "isBlackListed(address)";
}

impl Selector {
    pub const fn bytes(self) -> [u8; 4] {
        self.0
    }

    /// A call of this function.
    pub fn call(self, arguments: &[B256]) -> Bytes {
        let mut data = self.0.to_vec();
        data.extend(arguments.iter().flatten());
        data.into()
    }
}

/// Asks the oracle of an OP network for the fee of publishing a transaction's bytes.
pub fn l1_fee_call(bytes: &[u8]) -> Bytes {
    let mut data =
        Selector::GET_L1_FEE.call(&[number_word(U256::from(32)), number_word(U256::from(bytes.len()))]).to_vec();
    data.extend_from_slice(bytes);
    data.resize(4 + 64 + bytes.len().next_multiple_of(32), 0);
    data.into()
}

/// An address as an argument or topic: 12 zero bytes before it.
pub fn address_word(address: Address) -> B256 {
    address.into_word()
}

/// A number as an argument.
pub fn number_word(number: U256) -> B256 {
    number.into()
}

/// The address in a word; `None` if the word holds anything else.
pub fn word_address(word: B256) -> Option<Address> {
    let (zeros, address) = word.split_at(12);
    zeros.iter().all(|byte| *byte == 0).then(|| Address::from_slice(address))
}

/// The number that a function returned.
pub fn returned_number(data: &[u8]) -> Option<U256> {
    (data.len() == 32).then(|| U256::from_be_slice(data))
}

/// The truth value that a function returned.
pub fn returned_bool(data: &[u8]) -> Option<bool> {
    match returned_number(data)? {
        number if number.is_zero() => Some(false),
        number if number == U256::ONE => Some(true),
        _ => None,
    }
}

/// The text that a function returned: its place, its length, and its bytes. Some old tokens return 32 bytes instead.
pub fn returned_text(data: &[u8]) -> Option<String> {
    if data.len() == 32 {
        let end = data.iter().position(|byte| *byte == 0).unwrap_or(32);
        return String::from_utf8(data.get(..end)?.to_vec()).ok();
    }
    let number_at = |at: usize| usize::try_from(returned_number(data.get(at..at.checked_add(32)?)?)?).ok();
    let place = number_at(0)?;
    let length = number_at(place)?;
    let start = place.checked_add(32)?;
    String::from_utf8(data.get(start..start.checked_add(length)?)?.to_vec()).ok()
}
