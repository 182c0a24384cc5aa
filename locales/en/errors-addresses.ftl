# What is wrong with an address or a memo. Islands show most of these while somebody types. The articles are
# those of English: a, an.

error-address-missing = The address is missing. Paste the address that the customer sent.
error-address-too-long = This text is longer than any address. Paste only the address, with nothing before or after it.
error-address-link = This is a link, not an address. Ask the customer to send only the address.
error-address-transaction = This is the hash of a transaction, not an address. Ask the customer for the address that should receive the refund.
error-address-name = This is a name, not an address, and names are not resolved. Ask the customer for the address itself.
error-address-space = There is a space or a line break at character { $position }. Paste one address, without spaces or line breaks.
error-address-foreign-character = Character { $position } is invisible or not a plain Latin letter or digit, even if it looks like one. Ask the customer to copy the address from the wallet again.
error-address-bad-character = Character { $position }, '{ $character }', never appears in { $article } { $network } address. Ask the customer to copy it again.
error-address-wrong-network = This looks like { $other-article } { $other } address, but the refund is sent on { $network }. Ask the customer for { $article } { $network } address or change the network.
error-address-wrong-networks = This looks like { $other-article } { $others } or { $last } address, but the refund is sent on { $network }. Ask the customer for { $article } { $network } address or change the network.
error-address-test-network = This is an address of a { $network } test network, where coins have no value. Ask the customer for an address of the real { $network } network.
error-address-missing-prefix = The 0x at the start of this { $network } address is missing. Ask the customer to copy the whole address again.
error-address-capital-prefix = { $article } { $network } address starts with 0x and a lowercase x, but this one has an uppercase X. Ask the customer to copy it again.
error-address-wrong-length = This does not have the length of { $article } { $network } address, so a part is missing or something was added. Ask the customer to copy it again.
error-address-mixed-case = This address mixes uppercase and lowercase letters, which this kind of address never does. Ask the customer to copy it again.
error-address-checksum-capitals = The uppercase letters of this address do not match its checksum, so at least one character is wrong. Ask the customer to copy it again.
error-address-checksum-end = The characters of this address do not match the checksum at its end, so at least one character is wrong. Ask the customer to copy it again.
error-address-malformed = This has the form of { $article } { $network } address but cannot receive money. Ask the customer to copy it again.
error-address-token-contract = This is the contract address of a coin, not a person's address, so the money would be lost. Ask the customer for their own address.
error-address-secret-key = This is a secret key, not an address, and anyone who has read it can take the customer's money. Ask the customer for the address, and to move the money to a new wallet.
error-address-burn = Nobody can spend what is sent to this address, so the money would be lost. Ask the customer for their own address.

error-address-form-evm = This is not { $article } { $network } address: those start with 0x. Ask the customer for the right address.
error-address-form-bitcoin = This is not { $article } { $network } address: those start with 1, 3 or bc1. Ask the customer for the right address.
error-address-form-litecoin = This is not { $article } { $network } address: those start with L, M or ltc1. Ask the customer for the right address.
error-address-form-solana = This is not { $article } { $network } address: those have 32 to 44 letters and digits. Ask the customer for the right address.
error-address-form-xrp = This is not { $article } { $network } address: those start with r or X. Ask the customer for the right address.
error-address-form-stellar = This is not { $article } { $network } address: those start with G or M. Ask the customer for the right address.
error-address-form-algorand = This is not { $article } { $network } address: those have 58 uppercase letters and digits. Ask the customer for the right address.
error-address-form-tron = This is not { $article } { $network } address: those start with T. Ask the customer for the right address.
error-address-form-near = This is not { $article } { $network } address: those end in .near or .tg, or have 64 digits and letters from a to f. Ask the customer for the right address.
error-address-form-noble = This is not { $article } { $network } address: those start with noble1. Ask the customer for the right address.
error-address-form-hedera = This is not { $article } { $network } address: those look like 0.0.12345. Ask the customer for the right address.

# Warnings about addresses that are valid.
error-address-no-checksum = { $network } addresses like this have no checksum, so a wrong character cannot be detected. Compare it with the customer's message character by character.
error-address-no-checksum-evm = This address was entered without the mix of uppercase and lowercase letters that reveals a wrong character. Compare it with the customer's message character by character.
error-address-future-bitcoin = This kind of Bitcoin address is not in use yet, and others could take what is sent to it. Ask the customer for an address that starts with bc1q, bc1p, 1 or 3.
error-address-future-litecoin = This kind of Litecoin address is not in use yet, and others could take what is sent to it. Ask the customer for an address that starts with ltc1q, ltc1p, L or M.
error-address-no-key = This Solana address belongs to a program, not to a person's key. Ask the customer whether it is a shared wallet, and compare it character by character.

# Memos.
error-memo-not-supported = { $network } has no memo or tag, so it would be lost.
error-memo-missing = On { $network }, exchanges need a memo to identify the customer. Ask the customer for it, or state that none is needed.
error-memo-missing-tag = On { $network }, exchanges need a destination tag to identify the customer. Ask the customer for it, or state that none is needed.
error-memo-and-not-needed = A memo was entered, but the box 'no memo needed' is ticked.
error-memo-inside = This address already contains the customer's number, so it takes no separate memo.
error-memo-other-tag = The tag differs from the one in the address, which is { $tag }.
error-memo-characters = The memo contains characters other than plain letters, digits and signs.
error-memo-tag = A destination tag is a number from 0 to { $most }.
error-memo-too-long = The memo is longer than { $most } characters.
error-memo-stellar = A memo on Stellar has at most 28 characters, or is a 64-character hash.
