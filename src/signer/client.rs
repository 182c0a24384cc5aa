//! The server's end of the socket. What the signer answers is checked: the transaction is the one that was asked for.

use super::protocol::{
    Answer, CancellationRequest, Coin, Fees, LONGEST_ANSWER, Line, Passphrase, PaymentRequest, Refusal, Refused,
    Request, SignaturePage, SignaturesRequest, Signed, Status, TransferMemory, TransferRequest,
};
use crate::evm::{
    abi::{Selector, address_word, number_word},
    authorization::refund_nonce,
    transaction::Transaction,
};
use alloy_primitives::{Address, B256, U256};
use std::{io, path::PathBuf, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::UnixStream,
    time::timeout,
};
use zeroize::Zeroizing;

/// How long the signer may take. It computes for a few milliseconds, and flushes to the disk; an unlock takes longest.
const TIMEOUT: Duration = Duration::from_secs(5);

/// A client of the signer. Each request has a connection of its own, so a signer that was restarted is found again.
#[derive(Clone, Debug)]
pub struct SignerClient {
    socket: PathBuf,
}

/// Why a request has no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing is known about the request. It may have been signed; asked again, the signer gives the same bytes.
    #[error("the signer does not respond")]
    Away(#[source] io::Error),
    #[error("the signer refused: {1}")]
    Refused(Refusal, String),
    /// What answered is not the signer that was asked for, or not of this version.
    #[error("the signer's response cannot be used")]
    Unexpected(#[source] Unexpected),
}

/// What is wrong with an answer.
#[derive(Debug, thiserror::Error)]
pub enum Unexpected {
    #[error("it is not a response")]
    Syntax(#[source] serde_json::Error),
    #[error("it responds to another request")]
    OtherAnswer,
    #[error("the bytes are no transaction that this account has signed, or not the one of its hash")]
    NoTransaction,
    #[error("the transaction is not the one that was asked for: another {0}")]
    OtherTransaction(&'static str),
}

impl From<Unexpected> for Error {
    fn from(unexpected: Unexpected) -> Self {
        Self::Unexpected(unexpected)
    }
}

impl SignerClient {
    /// A client of the signer at this socket. It connects when it is asked.
    pub fn new(socket: impl Into<PathBuf>) -> Self {
        Self { socket: socket.into() }
    }

    pub async fn status(&self) -> Result<Status, Error> {
        match self.ask(Request::Status {}).await? {
            Answer::Status(status) => Ok(status),
            _ => Err(Unexpected::OtherAnswer.into()),
        }
    }

    pub async fn sign(&self, payment: &PaymentRequest) -> Result<Signed, Error> {
        let signed = self.signed(Request::Sign(payment.clone())).await?;
        check_payment(payment, &signed)?;
        Ok(signed)
    }

    pub async fn cancel(&self, cancellation: &CancellationRequest) -> Result<Signed, Error> {
        let signed = self.signed(Request::Cancel(cancellation.clone())).await?;
        check_cancellation(cancellation, &signed)?;
        Ok(signed)
    }

    /// A page of what was signed. The next page is after the sequence number of its last signature.
    pub async fn signatures(&self, page: SignaturesRequest) -> Result<SignaturePage, Error> {
        match self.ask(Request::Signatures(page)).await? {
            Answer::Signatures(page) => Ok(page),
            _ => Err(Unexpected::OtherAnswer.into()),
        }
    }

    /// What the memory knows of a transfer.
    pub async fn transfer(&self, asked: TransferRequest) -> Result<TransferMemory, Error> {
        match self.ask(Request::Transfer(asked)).await? {
            Answer::Transfer(memory) => Ok(memory),
            _ => Err(Unexpected::OtherAnswer.into()),
        }
    }

    pub async fn lock(&self) -> Result<(), Error> {
        self.done(Request::Lock {}).await
    }

    pub async fn unlock(&self, passphrase: Passphrase) -> Result<(), Error> {
        self.done(Request::Unlock { passphrase }).await
    }

    async fn signed(&self, request: Request) -> Result<Signed, Error> {
        // The real clock, also in tests: it is compared with the signer's, and says nothing about a refund.
        let until = Some(chrono::Utc::now() + TIMEOUT);
        match self.ask(Line { request, until }).await? {
            Answer::Signed(signed) => Ok(signed),
            _ => Err(Unexpected::OtherAnswer.into()),
        }
    }

    async fn done(&self, request: Request) -> Result<(), Error> {
        match self.ask(request).await? {
            Answer::Done {} => Ok(()),
            _ => Err(Unexpected::OtherAnswer.into()),
        }
    }

    async fn ask(&self, line: impl Into<Line> + Send) -> Result<Answer, Error> {
        let line = line.into();
        let answer = timeout(TIMEOUT, self.exchange(&line)).await;
        let answer = answer.map_err(|elapsed| Error::Away(elapsed.into()))?.map_err(Error::Away)?;
        match serde_json::from_slice(&answer).map_err(Unexpected::Syntax)? {
            Answer::Refused(Refused { reason, message }) => Err(Error::Refused(reason, message)),
            answer => Ok(answer),
        }
    }

    async fn exchange(&self, line: &Line) -> io::Result<Vec<u8>> {
        let mut stream = BufReader::new(UnixStream::connect(&self.socket).await?);
        let mut line = Zeroizing::new(serde_json::to_vec(line)?);
        line.push(b'\n');
        // A signer that refuses this user answers at once and closes, so the answer is there even if writing fails.
        let written = stream.write_all(&line).await;
        let mut answer = Vec::new();
        let limit = u64::try_from(LONGEST_ANSWER).unwrap_or(u64::MAX);
        (&mut stream).take(limit).read_until(b'\n', &mut answer).await?;
        if answer.pop() == Some(b'\n') {
            return Ok(answer);
        }
        written?;
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Checks that a transaction pays what was asked for, and nothing else.
fn check_payment(payment: &PaymentRequest, signed: &Signed) -> Result<(), Unexpected> {
    let transaction = decoded(signed, payment.account)?;
    check_envelope(&transaction, payment.chain_id, payment.nonce, payment.fees)?;
    let (to, value) = match payment.coin {
        Coin::Native => (payment.recipient, payment.amount),
        Coin::Token(contract) => (contract, U256::ZERO),
    };
    if transaction.to != to || transaction.value != value {
        return Err(Unexpected::OtherTransaction("recipient or amount"));
    }
    let words = [address_word(payment.recipient), number_word(payment.amount)];
    let is_as_asked = match payment.coin {
        Coin::Native => transaction.data.is_empty(),
        Coin::Token(_) => {
            let (validity, nonce) = ([B256::ZERO, number_word(U256::MAX)], refund_nonce(payment.transfer));
            let authorized = [&[address_word(signed.from)], words.as_slice(), &validity, &[nonce]].concat();
            transaction.data == Selector::TRANSFER.call(&words)
                || begins_with(&transaction, Selector::TRANSFER_WITH_AUTHORIZATION, &authorized)
        }
    };
    if is_as_asked { Ok(()) } else { Err(Unexpected::OtherTransaction("call")) }
}

/// Checks that a transaction pays nothing.
fn check_cancellation(cancellation: &CancellationRequest, signed: &Signed) -> Result<(), Unexpected> {
    let transaction = decoded(signed, cancellation.account)?;
    check_envelope(&transaction, cancellation.chain_id, cancellation.nonce, cancellation.fees)?;
    let revoked = [address_word(signed.from), refund_nonce(cancellation.transfer)];
    let is_empty = transaction.to == signed.from && transaction.data.is_empty();
    let is_revocation = begins_with(&transaction, Selector::CANCEL_AUTHORIZATION, &revoked);
    if transaction.value.is_zero() && (is_empty || is_revocation) {
        return Ok(());
    }
    Err(Unexpected::OtherTransaction("call"))
}

/// A signer refuses what another account is to pay. This is for one that does not.
fn decoded(signed: &Signed, account: Address) -> Result<Transaction, Unexpected> {
    if !signed.is_genuine() {
        return Err(Unexpected::NoTransaction);
    }
    if signed.from != account {
        return Err(Unexpected::OtherTransaction("account"));
    }
    Transaction::decode_signed(&signed.raw).map_err(|_| Unexpected::NoTransaction)
}

fn check_envelope(transaction: &Transaction, chain_id: u64, nonce: u64, fees: Fees) -> Result<(), Unexpected> {
    let Transaction { gas_limit, max_fee_per_gas, max_priority_fee_per_gas, .. } = *transaction;
    if (transaction.chain_id, transaction.nonce) != (chain_id, nonce) {
        return Err(Unexpected::OtherTransaction("network or nonce"));
    }
    if (Fees { gas_limit, max_fee_per_gas, max_priority_fee_per_gas }) != fees {
        return Err(Unexpected::OtherTransaction("fee"));
    }
    Ok(())
}

/// Whether a call has these first arguments, and after them only the three words of a signature.
fn begins_with(transaction: &Transaction, selector: Selector, arguments: &[B256]) -> bool {
    let rest = transaction.data.strip_prefix(selector.call(arguments).as_ref());
    rest.is_some_and(|signature| signature.len() == 3 * 32)
}
