//! The errors that islands can find by themselves. The browser has no catalogues, so the server passes the sentences.

/// The ids of errors, each with the names of its values.
pub type Errors = [(&'static str, &'static [&'static str])];

/// What the checks can find.
pub const AMOUNT: &Errors = &[
    ("error-amount-malformed", &[]),
    ("error-amount-ambiguous", &[]),
    ("error-amount-not-positive", &[]),
    ("error-amount-too-large", &[]),
    ("error-amount-too-precise", &["currency", "places"]),
    ("error-amount-above-left", &["left"]),
];

/// What the checks of the address and of the memo can find.
pub const ADDRESS: &Errors = &[
    ("error-address-missing", &[]),
    ("error-address-too-long", &[]),
    ("error-address-link", &[]),
    ("error-address-transaction", &[]),
    ("error-address-name", &[]),
    ("error-address-space", &["position"]),
    ("error-address-foreign-character", &["position"]),
    ("error-address-bad-character", &["position", "character", "network", "article"]),
    ("error-address-wrong-network", &["network", "article", "other", "other-article"]),
    ("error-address-wrong-networks", &["network", "article", "others", "other-article", "last"]),
    ("error-address-test-network", &["network"]),
    ("error-address-missing-prefix", &["network"]),
    ("error-address-capital-prefix", &["network", "article"]),
    ("error-address-wrong-length", &["network", "article"]),
    ("error-address-mixed-case", &[]),
    ("error-address-checksum-capitals", &[]),
    ("error-address-checksum-end", &[]),
    ("error-address-malformed", &["network", "article"]),
    ("error-address-token-contract", &[]),
    ("error-address-secret-key", &[]),
    ("error-address-burn", &[]),
    ("error-address-form-evm", &["network", "article"]),
    ("error-address-form-bitcoin", &["network", "article"]),
    ("error-address-form-litecoin", &["network", "article"]),
    ("error-address-form-solana", &["network", "article"]),
    ("error-address-form-xrp", &["network", "article"]),
    ("error-address-form-stellar", &["network", "article"]),
    ("error-address-form-algorand", &["network", "article"]),
    ("error-address-form-tron", &["network", "article"]),
    ("error-address-form-near", &["network", "article"]),
    ("error-address-form-noble", &["network", "article"]),
    ("error-address-form-hedera", &["network", "article"]),
    ("error-address-no-checksum", &["network"]),
    ("error-address-no-checksum-evm", &[]),
    ("error-address-future-bitcoin", &[]),
    ("error-address-future-litecoin", &[]),
    ("error-address-no-key", &[]),
    ("error-memo-not-supported", &["network"]),
    ("error-memo-and-not-needed", &[]),
    ("error-memo-inside", &[]),
    ("error-memo-other-tag", &["tag"]),
    ("error-memo-characters", &[]),
    ("error-memo-tag", &["most"]),
    ("error-memo-too-long", &["most"]),
    ("error-memo-stellar", &[]),
];
