//! Signed links: in mails to a customer's confirmation and to a new password, and to the receipt of a refund.

use super::ids::{PasswordResetId, RefundId};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// Domain separation: signatures for another purpose are not valid here.
const PURPOSE: &[u8] = b"requite refund confirmation";
const RESET_PURPOSE: &[u8] = b"requite new password";
const RECEIPT_PURPOSE: &[u8] = b"requite refund receipt";
const ID_BYTES: usize = 16;

/// The key that signs the links of one refund, or the link to one new password. Links are generated when needed and never stored.
#[derive(Clone)]
pub struct LinkKey([u8; 32]);

impl LinkKey {
    /// A key from random bytes.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Parses the text in the database.
    pub fn parse(text: &str) -> Option<Self> {
        HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The text for the database.
    pub fn to_text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// The token of a link: the id of a refund and its signature.
    pub fn token(&self, refund: RefundId) -> String {
        self.token_for(PURPOSE, refund.0)
    }

    /// The token of a link to choose a new password.
    pub fn reset_token(&self, reset: PasswordResetId) -> String {
        self.token_for(RESET_PURPOSE, reset.0)
    }

    /// The token of a link to the receipt of a refund.
    pub fn receipt_token(&self, refund: RefundId) -> String {
        self.token_for(RECEIPT_PURPOSE, refund.0)
    }

    fn token_for(&self, purpose: &[u8], id: Uuid) -> String {
        let mut bytes = id.as_bytes().to_vec();
        bytes.extend(self.signature(purpose, id).into_iter().flat_map(|mac| mac.finalize().into_bytes()));
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Whether the token was signed with this key; compared in constant time.
    pub fn signs(&self, token: &str) -> bool {
        self.signs_for(PURPOSE, token)
    }

    /// The same for a link to choose a new password.
    pub fn signs_reset(&self, token: &str) -> bool {
        self.signs_for(RESET_PURPOSE, token)
    }

    /// The same for a link to a receipt.
    pub fn signs_receipt(&self, token: &str) -> bool {
        self.signs_for(RECEIPT_PURPOSE, token)
    }

    fn signs_for(&self, purpose: &[u8], token: &str) -> bool {
        let Some((id, signature)) = parts(token) else { return false };
        self.signature(purpose, id).is_some_and(|mac| mac.verify_slice(&signature).is_ok())
    }

    /// Never `None`: HMAC accepts keys of every length.
    fn signature(&self, purpose: &[u8], id: Uuid) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(purpose);
        mac.update(id.as_bytes());
        Some(mac)
    }
}

/// The key must not be logged.
impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey(…)")
    }
}

/// The refund id in a token, unverified: check the token with [`LinkKey::signs`].
pub fn refund_of(token: &str) -> Option<RefundId> {
    parts(token).map(|(id, _)| RefundId(id))
}

/// The id of a link to choose a new password, unverified: check the token with [`LinkKey::signs_reset`].
pub fn reset_of(token: &str) -> Option<PasswordResetId> {
    parts(token).map(|(id, _)| PasswordResetId(id))
}

fn parts(token: &str) -> Option<(Uuid, Vec<u8>)> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let (id, signature) = bytes.split_at_checked(ID_BYTES)?;
    Some((Uuid::from_slice(id).ok()?, signature.to_vec()))
}
