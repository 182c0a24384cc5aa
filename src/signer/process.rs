//! The state of the signer, and its answer to a request. Requests are answered one after the other.

use super::{
    audit_log::{Entry, Tally},
    key::Key,
    keystore::{self, Keystore},
    memory::{self, Memory},
    policy::{NetworkPolicy, Policy},
    protocol::{
        Answer, CancellationRequest, ChainStatus, CoinStatus, Line, PAGE, Passphrase, PaymentRequest, Refusal, Refused,
        Request, SignaturePage, SignaturesRequest, Status, TransferMemory, TransferRequest,
    },
    sign::{Decision, Denial, Signing},
};
use crate::context::Clock;
use alloy_primitives::{Address, U256};
use chrono::{DateTime, SubsecRound, Utc};
use std::{error::Error as StdError, sync::Arc};
use tokio::sync::Mutex;

/// A signer that has opened its memory.
pub struct Signer {
    policy: Policy,
    keystore: Keystore,
    clock: Arc<dyn Clock>,
    /// The users who may lock and unlock the key.
    operators: [u32; 2],
    state: Mutex<State>,
}

struct State {
    memory: Memory,
    /// `None` while the signer is locked.
    key: Option<Key>,
    /// The newest time that was seen. Time never goes back: limits would start anew.
    now: DateTime<Utc>,
    tally: Tally,
}

/// What is to be signed.
enum Asked<'a> {
    Payment(&'a PaymentRequest),
    Cancellation(&'a CancellationRequest),
}

impl Asked<'_> {
    const fn account(&self) -> Address {
        match self {
            Self::Payment(payment) => payment.account,
            Self::Cancellation(cancellation) => cancellation.account,
        }
    }
}

/// What the user at the other end of the socket may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    pub uid: u32,
    /// May ask for signatures.
    pub is_client: bool,
    /// May lock and unlock the key.
    pub is_operator: bool,
}

impl Signer {
    /// A locked signer. `own_uid` is the user that it runs as, who may lock and unlock it, as root may.
    pub async fn new(
        policy: Policy,
        keystore: Keystore,
        memory: Memory,
        clock: Arc<dyn Clock>,
        own_uid: u32,
    ) -> Result<Self, memory::Error> {
        let now = memory.newest_time().await?;
        let state = Mutex::new(State { memory, key: None, now, tally: Tally::default() });
        Ok(Self { policy, keystore, clock, operators: [0, own_uid], state })
    }

    pub fn peer(&self, uid: u32) -> Peer {
        Peer { uid, is_client: self.policy.peers.contains(&uid), is_operator: self.operators.contains(&uid) }
    }

    pub const fn address(&self) -> Address {
        self.keystore.address()
    }

    /// Answers a line.
    pub async fn answer(&self, peer: Peer, line: &[u8]) -> Answer {
        let Line { request, until } = match serde_json::from_slice(line) {
            Ok(read) => read,
            Err(error) => {
                // Without the error's own text, which may quote a passphrase.
                let message = format!(
                    "this is not a request of this version (column {}); run the same version of the server and the signer",
                    error.column()
                );
                return self.refuse(peer, "malformed", Refusal::Malformed, message).await;
            }
        };
        let is_allowed = match request {
            Request::Status {} => peer.is_client || peer.is_operator,
            Request::Sign(_) | Request::Cancel(_) | Request::Signatures(_) | Request::Transfer(_) => peer.is_client,
            Request::Lock {} | Request::Unlock { .. } => peer.is_operator,
        };
        if !is_allowed {
            let message = format!("user {} may not ask for this", peer.uid);
            return self.refuse(peer, request.name(), Refusal::NotAllowed, message).await;
        }
        match &request {
            Request::Status {} | Request::Signatures(_) | Request::Transfer(_) => self.read(peer, &request).await,
            Request::Sign(payment) => self.sign(peer, &request, Asked::Payment(payment), until).await,
            Request::Cancel(cancellation) => self.sign(peer, &request, Asked::Cancellation(cancellation), until).await,
            Request::Lock {} => self.lock(peer).await,
            Request::Unlock { passphrase } => self.unlock_for(peer, passphrase.clone()).await,
        }
    }

    /// Refuses what never became a request, and logs it.
    pub async fn refuse(&self, peer: Peer, request: &'static str, reason: Refusal, message: String) -> Answer {
        let mut state = self.state.lock().await;
        state.see(self.clock.now());
        let entry = Entry { peer: peer.uid, request, outcome: reason.name(), detail: message.clone() };
        match state.log(entry).await {
            Ok(()) => Answer::Refused(Refused { reason, message }),
            Err(error) => memory_failed(&error),
        }
    }

    /// Unlocks the key.
    pub async fn unlock(&self, passphrase: Passphrase) -> Result<(), keystore::Error> {
        let keystore = self.keystore.clone();
        // The derivation takes half a second of computing, during which other requests are answered.
        let decrypted = tokio::task::spawn_blocking(move || keystore.decrypt(&passphrase)).await;
        let key = decrypted.map_err(|_| keystore::Error::Parameters)??;
        self.state.lock().await.key = Some(key);
        Ok(())
    }

    /// Writes what was only counted, and closes the memory.
    pub async fn close(&self) -> Result<(), memory::Error> {
        let mut state = self.state.lock().await;
        state.key = None;
        let entries = state.tally.entries();
        if !entries.is_empty() {
            state.memory.log(&entries, state.now).await?;
            state.tally.clear();
        }
        state.memory.close().await;
        Ok(())
    }

    async fn read(&self, peer: Peer, request: &Request) -> Answer {
        let mut state = self.state.lock().await;
        state.see(self.clock.now());
        // Only counted: a server asks for the state every few seconds.
        state.tally.count(peer.uid, request.name(), "answered");
        let answer = match request {
            Request::Signatures(asked) => self.page(&state, *asked).await.map(Answer::Signatures),
            Request::Transfer(asked) => self.transfer(&state, *asked).await.map(Answer::Transfer),
            _ => self.status(&state).await.map(Answer::Status),
        };
        answer.unwrap_or_else(|error| memory_failed(&error))
    }

    async fn page(&self, state: &State, asked: SignaturesRequest) -> Result<SignaturePage, memory::Error> {
        let (signatures, more) = state.memory.page(asked, PAGE).await?;
        let has_account = self.has_account(state, asked.chain_id, asked.account).await?;
        Ok(SignaturePage { signatures, more, has_account })
    }

    /// Whether an account's key is or was this signer's, so that what it has signed is in the memory.
    async fn has_account(&self, state: &State, chain_id: u64, account: Address) -> Result<bool, memory::Error> {
        Ok(account == self.address() || state.memory.has_key(chain_id, account).await?)
    }

    async fn transfer(&self, state: &State, asked: TransferRequest) -> Result<TransferMemory, memory::Error> {
        let TransferRequest { transfer, chain_id, account } = asked;
        Ok(TransferMemory {
            is_signed: state.memory.transfer(transfer).await?.is_some(),
            has_account: self.has_account(state, chain_id, account).await?,
            memory_started: state.memory.started(),
        })
    }

    async fn status(&self, state: &State) -> Result<Status, memory::Error> {
        let mut chains = Vec::new();
        for (chain_id, network) in self.policy.networks() {
            chains.push(self.chain_status(state, chain_id, network).await?);
        }
        Ok(Status {
            address: self.address(),
            locked: state.key.is_none(),
            memory_started: state.memory.started(),
            time: state.now,
            signatures_of_day: state.memory.signatures_of_day(state.now).await?,
            signatures_per_day: self.policy.signatures_per_day,
            chains,
        })
    }

    async fn chain_status(
        &self,
        state: &State,
        chain_id: u64,
        network: &NetworkPolicy,
    ) -> Result<ChainStatus, memory::Error> {
        let memory = &state.memory;
        let mut coins = Vec::new();
        for (coin, policy) in network.coins() {
            coins.push(CoinStatus {
                coin,
                decimals: policy.decimals,
                domain_separator: policy.domain.as_ref().map(|domain| domain.separator()),
                per_transfer: policy.per_transfer,
                per_day: policy.per_day,
                spent_of_day: memory.spent(chain_id, coin, state.now).await?,
            });
        }
        let fees = memory.fees(chain_id, state.now).await?;
        let (highest_nonce, signatures) = memory.summary(chain_id, self.address()).await?;
        Ok(ChainStatus {
            chain_id,
            highest_nonce,
            signatures,
            max_fee_per_gas: network.max_fee_per_gas,
            max_gas_limit: network.max_gas_limit,
            max_fee: network.max_fee,
            max_fees_per_day: network.max_fees_per_day,
            fees_of_day: fees.values().fold(U256::ZERO, |sum, fee| sum.saturating_add(*fee)),
            coins,
        })
    }

    /// Decides, remembers and answers, in this order, before the next request begins.
    async fn sign(&self, peer: Peer, request: &Request, asked: Asked<'_>, until: Option<DateTime<Utc>>) -> Answer {
        let mut state = self.state.lock().await;
        state.see(self.clock.now());
        let decision = match &state.key {
            // First of all, since unlocking this key would not help.
            _ if asked.account() != self.address() => Err(other_account(self.address(), asked.account())),
            None => Err(Denial::Refused(Refused { reason: Refusal::Locked, message: "the key is locked".to_owned() })),
            Some(key) => {
                let signing = Signing { policy: &self.policy, memory: &state.memory, key, now: state.now };
                match asked {
                    Asked::Payment(payment) => signing.payment(payment).await,
                    Asked::Cancellation(cancellation) => signing.cancellation(cancellation).await,
                }
            }
        };
        // Nothing was remembered yet, so nobody sees the signature.
        let decision = match decision {
            Ok(Decision::New(_)) if until.is_some_and(|until| self.clock.now() > until) => {
                let message = "whoever asked for this signature has given up waiting for it".to_owned();
                Err(Denial::Refused(Refused { reason: Refusal::Busy, message }))
            }
            decision => decision,
        };
        let entry = |outcome| Entry {
            peer: peer.uid,
            request: request.name(),
            outcome,
            detail: serde_json::to_string(request).unwrap_or_default(),
        };
        let remembered = match decision {
            Ok(Decision::New(new)) => {
                let mut entries = state.tally.entries();
                entries.push(Entry::signed(peer.uid, request.name(), new.transaction.hash));
                let remembered = state.memory.remember(&new, &entries, state.now).await;
                if remembered.is_ok() {
                    state.tally.clear();
                }
                remembered.map(Answer::Signed)
            }
            Ok(Decision::Again(signed)) => state.log(entry("signed_before")).await.map(|()| Answer::Signed(signed)),
            Err(Denial::Refused(refused)) => {
                state.log(entry(refused.reason.name())).await.map(|()| Answer::Refused(refused))
            }
            Err(Denial::Memory(error)) => Err(error),
            Err(Denial::Signing(error)) => {
                // A machine that computes wrongly: nothing may be signed by it until somebody has looked.
                state.key = None;
                tracing::error!(%error, "the key is locked");
                let refused = Refused { reason: Refusal::Locked, message: error.to_string() };
                state.log(entry("signing_failed")).await.map(|()| Answer::Refused(refused))
            }
        };
        remembered.unwrap_or_else(|error| memory_failed(&error))
    }

    async fn lock(&self, peer: Peer) -> Answer {
        let mut state = self.state.lock().await;
        state.see(self.clock.now());
        // First of all, and even if it cannot be logged.
        state.key = None;
        match state.log(Entry { peer: peer.uid, request: "lock", outcome: "done", detail: String::new() }).await {
            Ok(()) => Answer::Done {},
            Err(error) => memory_failed(&error),
        }
    }

    async fn unlock_for(&self, peer: Peer, passphrase: Passphrase) -> Answer {
        match self.unlock(passphrase).await {
            Ok(()) => {
                let mut state = self.state.lock().await;
                state.see(self.clock.now());
                let entry = Entry { peer: peer.uid, request: "unlock", outcome: "done", detail: String::new() };
                match state.log(entry).await {
                    Ok(()) => Answer::Done {},
                    Err(error) => memory_failed(&error),
                }
            }
            Err(error) => self.refuse(peer, "unlock", Refusal::WrongPassphrase, error.to_string()).await,
        }
    }
}

impl State {
    fn see(&mut self, now: DateTime<Utc>) {
        // As exact as the memory, so that a restart changes nothing.
        self.now = self.now.max(now.trunc_subsecs(3));
    }

    /// Logs a request that signed nothing, or counts it if there are too many.
    async fn log(&mut self, entry: Entry) -> Result<(), memory::Error> {
        if !self.tally.admit(&entry, self.now) {
            return Ok(());
        }
        let mut entries = self.tally.entries();
        entries.push(entry);
        self.memory.log(&entries, self.now).await?;
        self.tally.clear();
        Ok(())
    }
}

/// Refuses to sign for an account whose key this signer does not have. A signature with its own key would pay from its own
/// account, and whoever has it could send it.
fn other_account(own: Address, asked: Address) -> Denial {
    let message = format!(
        "this signer has the key of {own}, and {asked} is to pay; as the 'signer' of that account, the file of networks has \
         to name the socket of the signer that has its key"
    );
    Denial::Refused(Refused { reason: Refusal::OtherAccount, message })
}

/// The cause is in the process's own log alone: it names files.
fn memory_failed(error: &memory::Error) -> Answer {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    tracing::error!(%error, cause, "the memory failed; nothing was signed");
    let message = "the signer's memory failed, so nothing is signed".to_owned();
    Answer::Refused(Refused { reason: Refusal::MemoryFailed, message })
}
