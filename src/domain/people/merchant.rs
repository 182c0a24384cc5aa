//! Whose payment intents, refunds and balances they are.

use crate::domain::ids::MerchantId;

/// A merchant's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merchant {
    /// Its id.
    pub id: MerchantId,
    /// What it is called.
    pub name: String,
    /// Circle's merchantWalletId.
    pub wallet_number: String,
}
