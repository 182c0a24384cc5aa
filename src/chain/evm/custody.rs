//! Who signs. The server has no key: it names the parts of a payment, and a custody decides whether it signs them.

use crate::{
    chain::Cause,
    signer::{
        client::{Error as ClientError, SignerClient},
        protocol::{
            CancellationRequest, PaymentRequest, Refusal, SignaturePage, SignaturesRequest, Signed, Status,
            TransferMemory, TransferRequest,
        },
    },
};
use alloy_primitives::Address;

/// What a custody answers to a request for a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    Signed(Signed),
    /// People have to sign, which may take days. The same request, with the same nonce and fees, is sent again in every
    /// round until they have signed or refused. It may take the account's next nonce, so until then no other transfer of
    /// this account is signed for the first time: they wait, planned, and are signed after it in their order. What was
    /// signed before is still followed, raised and cancelled. A merchant who wants width uses several accounts.
    Waiting {
        /// Who has to do what.
        detail: String,
    },
}

/// Why a custody did not sign.
#[derive(Debug, thiserror::Error)]
pub enum CustodyError {
    /// Not reached, or it did not answer in time. It may have signed.
    #[error("the signer does not respond")]
    Away(#[source] Cause),
    #[error("the signer refuses: {message}")]
    Refused {
        reason: Refusal,
        /// For people.
        message: String,
    },
    /// It signed something else than was asked for, or its answer makes no sense.
    #[error("the signer's response is not what was asked for")]
    Unexpected(#[source] Cause),
}

/// Signs payments: a separate process with its own memory and limits, people with a multi-signature wallet, or a hardware
/// module. For each transfer it signs one payment with one nonce, for ever, and refuses any other.
#[async_trait::async_trait]
pub trait Custody: Send + Sync {
    /// Its account, and what it may sign.
    async fn status(&self) -> Result<Status, CustodyError>;

    /// Signs a payment. The same request again gives the same bytes; with fees at least an eighth higher, a replacement.
    async fn sign(&self, request: &PaymentRequest) -> Result<Signature, CustodyError>;

    /// Signs the transaction that takes the nonce of a signed payment and pays nothing.
    async fn cancel(&self, request: &CancellationRequest) -> Result<Signature, CustodyError>;

    /// A page of what was signed for an account with nonces from `from_nonce` on, and whether more follows.
    async fn signatures(&self, request: SignaturesRequest) -> Result<SignaturePage, CustodyError>;

    /// Whether it remembers what an account has signed: it has the account's key, or had it before.
    async fn remembers(&self, chain_id: u64, account: Address) -> Result<bool, CustodyError> {
        // Nothing has these numbers, so the page is empty.
        let request = SignaturesRequest { chain_id, account, from_nonce: u64::MAX, after: u64::MAX };
        Ok(self.signatures(request).await?.has_account)
    }

    /// Whether anything was ever signed for a transfer.
    async fn transfer(&self, request: TransferRequest) -> Result<TransferMemory, CustodyError>;
}

impl From<ClientError> for CustodyError {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Refused(reason, message) => Self::Refused { reason, message },
            ClientError::Away(cause) => Self::Away(cause.into()),
            ClientError::Unexpected(cause) => Self::Unexpected(cause.into()),
        }
    }
}

#[async_trait::async_trait]
impl Custody for SignerClient {
    async fn status(&self) -> Result<Status, CustodyError> {
        Ok(SignerClient::status(self).await?)
    }

    async fn sign(&self, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        Ok(Signature::Signed(SignerClient::sign(self, request).await?))
    }

    async fn cancel(&self, request: &CancellationRequest) -> Result<Signature, CustodyError> {
        Ok(Signature::Signed(SignerClient::cancel(self, request).await?))
    }

    async fn signatures(&self, request: SignaturesRequest) -> Result<SignaturePage, CustodyError> {
        Ok(SignerClient::signatures(self, request).await?)
    }

    async fn transfer(&self, request: TransferRequest) -> Result<TransferMemory, CustodyError> {
        Ok(SignerClient::transfer(self, request).await?)
    }
}

/// The custody of a server that has no signer, for work that only reads. It signs nothing and knows nothing.
pub struct NoSigner;

fn no_signer() -> CustodyError {
    CustodyError::Away("this server has no signer".into())
}

#[async_trait::async_trait]
impl Custody for NoSigner {
    async fn status(&self) -> Result<Status, CustodyError> {
        Err(no_signer())
    }

    async fn sign(&self, _: &PaymentRequest) -> Result<Signature, CustodyError> {
        Err(no_signer())
    }

    async fn cancel(&self, _: &CancellationRequest) -> Result<Signature, CustodyError> {
        Err(no_signer())
    }

    async fn signatures(&self, _: SignaturesRequest) -> Result<SignaturePage, CustodyError> {
        Err(no_signer())
    }

    async fn transfer(&self, _: TransferRequest) -> Result<TransferMemory, CustodyError> {
        Err(no_signer())
    }
}
