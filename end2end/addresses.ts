// Published test vectors; nobody's money is sent anywhere in a sandbox.

/** EIP-55, mixed case with the right checksum. */
export const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
/** The same with one letter in the wrong case. */
export const EVM_WRONG_CHECKSUM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD'
export const EVM_LOWER_CASE = EVM.toLowerCase()
/** BIP-173, version 0. */
export const BITCOIN = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
export const SOLANA = '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T'
/** A wallet's key of Solana's documentation; the one above belongs to a program. */
export const SOLANA_KEY = '83astBRguLMdt2h5U1Tpdq5tjFoJ6noeGwaY3mDLVcri'
/** An account of the vectors of XLS-5, and the same with a tag inside. */
export const XRP = 'r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59'
export const XRP_WITH_TAG_14 = 'X7AcgcsBL6XDcUb289X4mJ8djcdyKaGo2K5VpXpmCqbV2gS'
