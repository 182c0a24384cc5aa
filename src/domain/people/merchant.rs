//! Merchants.

use crate::domain::ids::MerchantId;

/// A merchant's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merchant {
    pub id: MerchantId,
    pub name: String,
    /// Circle's `merchantWalletId`.
    pub wallet_number: String,
}
