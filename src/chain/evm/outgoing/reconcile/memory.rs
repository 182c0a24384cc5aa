//! What the signer remembers and the database does not know.

use super::{Outgoing, Reconciliation};
use crate::{
    chain::{
        ChainError,
        evm::{
            assigned::may_be_signed_by_another,
            outgoing::{
                compare::{kind_of, paid_otherwise},
                raise::{is_paid_alike, may_be_version_of},
                sign::attempt,
                signer::NoMemory,
            },
        },
    },
    domain::{
        error::ErrorText,
        ids::RefundId,
        refunds::transfer::{Attempt, AttemptKind, Transfer, TransferStatus},
    },
    signer::protocol::{Purpose, Remembered, TransferRequest},
    store::refunds::transfers::TransferWithAttempts,
};
use alloy_primitives::B256;
use std::collections::{BTreeSet, HashMap};

/// Why nothing is sent that was signed for a refund of which nothing is owed any more.
const ENDED: ErrorText = ErrorText::new("payouts-detail-withheld-ended");

/// Why nothing is sent that has paid a refund before its block was removed.
const PAID_OTHERWISE: ErrorText = ErrorText::new("payouts-detail-withheld-paid-otherwise");

/// The signer's memory, without what the database knows too.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// In the order in which they were signed.
    unknown: Vec<Remembered>,
    /// Whether the database has signed versions that the signer does not remember.
    pub lacks_some: bool,
    known_hashes: BTreeSet<String>,
}

impl Memory {
    pub fn has(&self, hash: &str) -> bool {
        self.known_hashes.contains(hash) || self.unknown.iter().any(|one| one.signed.hash.to_string() == hash)
    }
}

/// Signatures for one nonce of one transfer.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub transfer: RefundId,
    pub nonce: u64,
    /// Not empty, in the order in which they were signed.
    pub signatures: Vec<Remembered>,
    /// Why none of them is ever sent, as a part of a sentence; `None` if a person may have them sent.
    pub withheld: Option<ErrorText>,
}

impl Group {
    /// Whether no two of its payments could be paid both.
    fn pays_in_one_way(&self) -> bool {
        let mut payments = self.signatures.iter().filter(|one| one.purpose == Purpose::Payment);
        let Some(first) = payments.next() else { return true };
        payments.all(|other| is_paid_alike(&first.signed.raw, &other.signed.raw))
    }
}

/// What could not be taken over.
#[derive(Debug, Default)]
pub(super) struct Remainder {
    /// Signatures for transfers that this database does not know, or knows differently.
    pub orphans: Vec<Group>,
    /// Possible revocations of transfers that are known.
    revocations: Vec<Group>,
}

impl Outgoing<'_> {
    /// Reads all that the signer remembers of the account, a page at a time, if it has or had its key and answers.
    pub(super) async fn read_memory(&self) -> Result<Result<Memory, NoMemory>, ChainError> {
        if let Some(reason) = self.no_memory().await? {
            return Ok(Err(reason));
        }
        let (mut memory, mut number, mut after) = (Memory::default(), 0, 0);
        // From the first nonce: a refund that was paid long ago can be planned again in a database that was restored.
        while let Some(page) = self.page_of_signatures(0, after).await? {
            let hashes: Vec<_> = page.signatures.iter().map(|one| one.signed.hash.to_string()).collect();
            let known = self.store.known_attempts(&hashes).await?;
            number += u64::try_from(known.len()).unwrap_or(u64::MAX);
            after = page.signatures.last().map_or(after, |last| last.signed.memory);
            let is_last = !page.more || page.signatures.is_empty();
            let is_unknown = |one: &Remembered| !known.contains(&one.signed.hash.to_string());
            memory.unknown.extend(page.signatures.into_iter().filter(is_unknown));
            memory.known_hashes.extend(known);
            if is_last {
                let stored = self.store.count_attempts(self.connection.settings.network, &self.address()).await?;
                memory.lacks_some = number < stored;
                return Ok(Ok(memory));
            }
            self.extend_lease().await?;
        }
        Ok(Err(NoMemory::NoAnswer))
    }

    /// Takes over the signatures of transfers that are planned here, or under way with the same nonce. One that is planned for
    /// another account is moved to this one if nothing else can pay it.
    pub(super) async fn adopt_remembered(
        &self,
        memory: &Memory,
        report: &mut Reconciliation,
    ) -> Result<Remainder, ChainError> {
        let (network, address) = (self.connection.settings.network, self.address());
        let otherwise = self.store.payments_made_otherwise(network).await?;
        let mut remainder = Remainder::default();
        for mut group in groups(&memory.unknown) {
            if group.signatures.iter().any(|one| otherwise.contains(&one.signed.hash.to_string())) {
                group.withheld = Some(PAID_OTHERWISE);
                remainder.orphans.push(group);
                continue;
            }
            if let Some(paid_by) = self.has_paid_a_refund(&group).await? {
                // Exactly that is sent again if it is in no block any more.
                group.signatures.retain(|one| one.signed.hash == paid_by);
                remainder.orphans.push(group);
                continue;
            }
            let Some(first) = group.signatures.first() else { continue };
            let Some(with) = self.store.refund_transfer(group.transfer).await? else {
                remainder.orphans.push(self.orphan(group, None).await?);
                continue;
            };
            let transfer = &with.transfer;
            let is_open = !transfer.status.is_final() && self.is_same_payment(transfer, first);
            if !is_open && !self.takes_over(transfer, &group).await? {
                remainder.orphans.push(self.orphan(group, Some(with.transfer)).await?);
                continue;
            }
            if transfer.status == TransferStatus::Planned {
                let taken = self.store.nonces_of_transfers(network, &address, group.nonce).await?;
                if first.purpose != Purpose::Payment {
                    remainder.revocations.push(group);
                } else if self.store.authorization_assigned(transfer.id).await?.is_some() {
                    group.withheld = Some(PAID_OTHERWISE);
                    remainder.orphans.push(group);
                } else if taken.contains(&group.nonce) || !group.pays_in_one_way() {
                    remainder.orphans.push(group);
                } else {
                    let versions = self.versions(&group.signatures, AttemptKind::Cancellation);
                    let (context, place) = (self.context(), (address.as_str(), group.nonce));
                    if self.store.adopt_transfer(&context, transfer, place, &versions).await? {
                        report.adopted.push(transfer.id);
                    }
                }
            } else if kind_of(transfer, first).is_some() {
                self.adopt_versions(&with, &group, report).await?;
            } else if first.purpose == Purpose::Cancellation {
                remainder.revocations.push(group);
            } else {
                remainder.orphans.push(self.orphan(group, Some(with.transfer)).await?);
            }
        }
        Ok(remainder)
    }

    /// Whether a transfer that is planned for another account becomes one of this account, whose signer has signed exactly its
    /// payment: the settings have changed since. Whatever is signed next would wait for that nonce, and no other account may pay
    /// it. Not if the nonce is used up: then nothing is paid by it.
    async fn takes_over(&self, transfer: &Transfer, group: &Group) -> Result<bool, ChainError> {
        let pays_it = |one: &Remembered| one.purpose == Purpose::Payment && self.pays_the_same(transfer, one);
        Ok(transfer.status == TransferStatus::Planned
            && transfer.sender != self.address()
            && group.signatures.iter().all(pays_it)
            && group.nonce >= self.final_nonce().await?
            && self.may_pay_for_others(transfer).await)
    }

    /// Whether this account may pay a refund that is planned for another one: a signer is asked for it, and no other has signed
    /// anything for the refund.
    async fn may_pay_for_others(&self, transfer: &Transfer) -> bool {
        let chain_id = self.connection.settings.facts.chain_id;
        let request = TransferRequest { transfer: transfer.id.0, chain_id, account: self.sender };
        for other in self.other_signers {
            if !other.transfer(request).await.is_ok_and(|memory| !memory.is_signed) {
                return false;
            }
        }
        self.is_used()
    }

    /// Whether a signer has signed a refund with another account than this one, which was left, or may have. The account that is
    /// to pay it now cannot as long as a signer knows it, so a person may have exactly that sent which this one has signed.
    async fn may_be_signed_elsewhere(&self, transfer: &Transfer) -> Result<bool, ChainError> {
        let accounts = self.accounts_of_network().await?;
        for signer in self.other_signers {
            if may_be_signed_by_another(*signer, (self.connection, &accounts), self.sender, transfer.id).await {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The one of these signatures that has completed a refund, whether its own, or another to which a person has assigned it
    /// while its own was lost.
    async fn has_paid_a_refund(&self, group: &Group) -> Result<Option<B256>, ChainError> {
        for signature in &group.signatures {
            if self.store.has_paid_a_refund(&signature.signed.hash.to_string()).await? {
                return Ok(Some(signature.signed.hash));
            }
        }
        Ok(None)
    }

    /// Finds out whether a person may have signatures sent that were not taken over. Never those that would pay a refund a
    /// second time, or one of which nothing is owed any more.
    async fn orphan(&self, mut group: Group, known: Option<Transfer>) -> Result<Group, ChainError> {
        let Some(transfer) = known else {
            let status = self.store.refund_status(group.transfer).await?;
            group.withheld = status.filter(|status| status.is_final()).map(|_| ENDED);
            return Ok(group);
        };
        let Transfer { status, sender, network, .. } = &transfer;
        let (is_planned, is_here) = (*status == TransferStatus::Planned, *network == self.connection.settings.network);
        let of_another = |id| ErrorText::new(id).with("account", sender.as_str()).with("network", network.title());
        group.withheld = if status.is_final() {
            Some(ENDED)
        } else if is_here && is_planned && *sender != self.address() {
            let is_sent = match self.is_left().await {
                true => !self.may_be_signed_elsewhere(&transfer).await?,
                false => self.may_pay_for_others(&transfer).await,
            };
            (!is_sent).then(|| of_another("payouts-detail-withheld-known-to-others"))
        } else if !is_here || *sender != self.address() {
            Some(of_another("payouts-detail-withheld-of-another-account"))
        } else if !is_planned {
            Some(ErrorText::new("payouts-detail-withheld-another-payment"))
        } else {
            None
        };
        Ok(group)
    }

    /// Takes over further versions with a nonce that the transfer has.
    async fn adopt_versions(
        &self,
        with: &TransferWithAttempts,
        group: &Group,
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        for signature in &group.signatures {
            let Some(kind) = kind_of(&with.transfer, signature) else { continue };
            if kind == AttemptKind::Payment && !may_be_version_of(with, &signature.signed.raw) {
                report.waiting.push(paid_otherwise(&with.transfer, group.nonce).stored());
                continue;
            }
            let version = attempt(&signature.signed, &signature.fees, kind, self.not_in_future(signature));
            self.store.record_further_attempt(&self.context(), with.transfer.id, &version).await?;
        }
        Ok(())
    }

    /// Takes over revocations, now that the transfers whose transactions failed are known to have failed.
    pub(super) async fn adopt_revocations(
        &self,
        remainder: &Remainder,
        report: &mut Reconciliation,
    ) -> Result<(), ChainError> {
        for group in &remainder.revocations {
            let Some(with) = self.store.refund_transfer(group.transfer).await? else { continue };
            let transfer = &with.transfer;
            if transfer.status.is_final() {
                continue;
            }
            let versions = self.versions(&group.signatures, AttemptKind::Revocation);
            if transfer.status != TransferStatus::Revoking
                || !self.store.adopt_revocation(&self.context(), transfer, group.nonce, &versions).await?
            {
                let text = ErrorText::new("payouts-detail-signer-has-revoked");
                let text = text.with("refund", group.transfer.to_string()).with("nonce", group.nonce.to_string());
                report.waiting.push(text.stored());
            }
        }
        Ok(())
    }

    /// The versions of a transfer; `second` is what its cancellations are.
    fn versions(&self, signatures: &[Remembered], second: AttemptKind) -> Vec<Attempt> {
        let version = |signature: &Remembered| {
            let kind = match signature.purpose {
                Purpose::Payment => AttemptKind::Payment,
                Purpose::Cancellation => second,
            };
            attempt(&signature.signed, &signature.fees, kind, self.not_in_future(signature))
        };
        signatures.iter().map(version).collect()
    }

    /// When it was signed, by the signer's clock, which can be ahead.
    fn not_in_future(&self, signature: &Remembered) -> chrono::DateTime<chrono::Utc> {
        signature.signed_at.min(self.context().now)
    }
}

/// By transfer and nonce, in the order of the first of each.
fn groups(signatures: &[Remembered]) -> Vec<Group> {
    let (mut groups, mut places): (Vec<Group>, _) = (Vec::new(), HashMap::new());
    for signature in signatures {
        let (transfer, nonce) = (RefundId(signature.transfer), signature.nonce);
        let place = *places.entry((transfer, nonce)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.signatures.push(signature.clone()),
            None => groups.push(Group { transfer, nonce, signatures: vec![signature.clone()], withheld: None }),
        }
    }
    groups
}
