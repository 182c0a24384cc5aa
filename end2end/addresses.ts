import { randomBytes } from 'node:crypto'

// Published test vectors; a sandbox sends no money.

/** EIP-55, mixed case with the correct checksum. */
export const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
/** The same with one letter in the wrong case. */
export const EVM_WRONG_CHECKSUM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD'
export const EVM_LOWER_CASE = EVM.toLowerCase()
/** BIP-173, version 0. */
export const BITCOIN = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
export const SOLANA = '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T'
/** A wallet's key from Solana's documentation; the one above belongs to a program. */
export const SOLANA_KEY = '83astBRguLMdt2h5U1Tpdq5tjFoJ6noeGwaY3mDLVcri'
/** An account from the vectors of XLS-5, and the same with an embedded tag. */
export const XRP = 'r9cZA1mLK5R5Am25ArfXFmqgNwjZgnfk59'
export const XRP_WITH_TAG_14 = 'X7AcgcsBL6XDcUb289X4mJ8djcdyKaGo2K5VpXpmCqbV2gS'

/** An address that no other test refunds to: thresholds count what an address gets within a day. In lower case it has no checksum. */
export const freshAddress = () => `0x${randomBytes(20).toString('hex')}`
