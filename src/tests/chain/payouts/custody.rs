//! Custodies that are the rig's signer, except for what a test changes of it.

use super::*;
use alloy_primitives::Bytes;
use requite::{
    chain::evm::custody::{CustodyError, Signature},
    domain::refunds::transfer::Attempt,
    evm::transaction::Transaction,
    signer::protocol::{
        CancellationRequest, Fees, PaymentRequest, SignaturePage, SignaturesRequest, Status, TransferMemory,
        TransferRequest,
    },
};
use std::ops::Deref;

/// What a custody does in another way than a signer. The rest is passed to the signer.
#[async_trait::async_trait]
pub(super) trait Alteration: Send + Sync {
    async fn status(&self, signer: &SignerClient) -> Result<Status, CustodyError> {
        Custody::status(signer).await
    }

    async fn sign(&self, signer: &SignerClient, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        Custody::sign(signer, request).await
    }

    async fn cancel(&self, signer: &SignerClient, request: &CancellationRequest) -> Result<Signature, CustodyError> {
        Custody::cancel(signer, request).await
    }
}

/// A signer with an alteration.
pub(super) struct Altered<A> {
    pub(super) signer: SignerClient,
    pub(super) alteration: A,
}

impl<A> Altered<A> {
    pub(super) fn new(rig: &Rig, alteration: A) -> Self {
        Self { signer: rig.signer_client(), alteration }
    }
}

impl<A> Deref for Altered<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.alteration
    }
}

#[async_trait::async_trait]
impl<A: Alteration> Custody for Altered<A> {
    async fn status(&self) -> Result<Status, CustodyError> {
        self.alteration.status(&self.signer).await
    }

    async fn sign(&self, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        self.alteration.sign(&self.signer, request).await
    }

    async fn cancel(&self, request: &CancellationRequest) -> Result<Signature, CustodyError> {
        self.alteration.cancel(&self.signer, request).await
    }

    async fn signatures(&self, request: SignaturesRequest) -> Result<SignaturePage, CustodyError> {
        Custody::signatures(&self.signer, request).await
    }

    async fn transfer(&self, request: TransferRequest) -> Result<TransferMemory, CustodyError> {
        Custody::transfer(&self.signer, request).await
    }
}

/// Signs, and its answers are lost, as if the server had died before it stored them.
pub(super) struct LostAnswers;

#[async_trait::async_trait]
impl Alteration for LostAnswers {
    async fn sign(&self, signer: &SignerClient, request: &PaymentRequest) -> Result<Signature, CustodyError> {
        Custody::sign(signer, request).await?;
        Err(CustodyError::Away("the answer was lost".into()))
    }

    async fn cancel(&self, signer: &SignerClient, request: &CancellationRequest) -> Result<Signature, CustodyError> {
        Custody::cancel(signer, request).await?;
        Err(CustodyError::Away("the answer was lost".into()))
    }
}

impl Rig {
    pub(super) fn signer_client(&self) -> SignerClient {
        SignerClient::new(self.folder.path().join("signer.sock"))
    }

    /// A request for the payment of a refund that was signed before, with both fees doubled.
    pub(super) fn dearer(&self, refund: &Refund, signed: &Attempt) -> PaymentRequest {
        let sent = Transaction::decode_signed(&signed.raw.parse::<Bytes>().unwrap()).unwrap();
        let (connection, owed) = (self.connection(), refund.terms.send);
        PaymentRequest {
            transfer: refund.id.0,
            chain_id: CHAIN,
            account: self.sender.address,
            nonce: sent.nonce,
            coin: connection.coin(owed.currency()).unwrap(),
            recipient: refund.address.parse().unwrap(),
            amount: connection.units(owed).unwrap(),
            fees: Fees {
                gas_limit: sent.gas_limit,
                max_fee_per_gas: sent.max_fee_per_gas * 2,
                max_priority_fee_per_gas: sent.max_priority_fee_per_gas * 2,
            },
        }
    }
}
