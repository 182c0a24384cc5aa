//! A unit of work: one write transaction together with the actor, the time, and the records that every change must
//! produce (`records/`).

use super::{
    Error, Store,
    engine::Transaction,
    records::{
        self, Change, IdempotentRequest, audit_chain,
        balance_entries::{self, BookedChange},
        outbox,
        outbox::RecordedEvent,
    },
};
use crate::{
    context::Context,
    domain::{ids::MerchantId, people::actor::Actor},
};
use futures::future::BoxFuture;
use serde_json::Value as Json;
use std::borrow::Cow;
use uuid::Uuid;

/// A function called for each recorded event, inside the transaction of the change, so that it reads the state as of
/// that change. Receives the event and its facts. The audit chain is already locked at this point, so a subscriber must
/// not take a lock that other transactions take before the chain.
pub(in crate::store) type Subscriber =
    for<'s> fn(&'s mut UnitOfWork<'_>, &'s RecordedEvent<'_>, &'s Json) -> BoxFuture<'s, Result<(), Error>>;

/// A write transaction with its actor and context. Dropping it without [`UnitOfWork::commit`] rolls it back.
///
/// The parts are public fields rather than methods because statements borrow the transaction and the context at the
/// same time.
pub(in crate::store) struct UnitOfWork<'a> {
    pub transaction: Transaction,
    /// Who makes the change.
    pub actor: Cow<'a, Actor>,
    /// The current time, and the source of new ids.
    pub context: Context<'a>,
    /// The changes of available balances, whose entries are written at the commit.
    pub booked: Vec<BookedChange>,
    subscribers: &'static [Subscriber],
}

impl Store {
    /// Begins a transaction on behalf of an actor.
    pub(in crate::store) async fn begin<'a>(
        &self,
        context: &Context<'a>,
        actor: &'a Actor,
    ) -> Result<UnitOfWork<'a>, Error> {
        let transaction = self.database.begin().await?;
        Ok(self.unit_of_work(transaction, Cow::Borrowed(actor), context))
    }

    /// Begins a transaction in which the server itself acts for one merchant.
    pub(in crate::store) async fn begin_as_system<'a>(
        &self,
        merchant: MerchantId,
        context: &Context<'a>,
    ) -> Result<UnitOfWork<'a>, Error> {
        let transaction = self.database.begin().await?;
        let actor = Cow::Owned(Actor::System { merchant });
        Ok(self.unit_of_work(transaction, actor, context))
    }

    fn unit_of_work<'a>(
        &self,
        transaction: Transaction,
        actor: Cow<'a, Actor>,
        context: &Context<'a>,
    ) -> UnitOfWork<'a> {
        UnitOfWork { transaction, actor, context: *context, booked: Vec::new(), subscribers: self.subscribers }
    }

    /// Begins a transaction in which the server itself acts for several merchants, or for one that is only known after
    /// a query in the transaction.
    pub(in crate::store) async fn begin_batch<'a>(&self, context: &Context<'a>) -> Result<Batch<'a>, Error> {
        // The nil merchant is a placeholder until `Batch::for_merchant` sets the real one. Nothing can be recorded
        // before that.
        Ok(Batch(self.begin_as_system(MerchantId(Uuid::nil()), context).await?))
    }
}

impl<'a> UnitOfWork<'a> {
    /// Returns the merchant whose data is changed.
    pub fn merchant(&self) -> MerchantId {
        self.actor.merchant()
    }

    /// Writes the audit entry and the outbox event of a change, and calls the event subscribers. All of it is in the
    /// same transaction as the change, so none exists without the others. Call it after taking every other lock, for
    /// the reason given at [`audit_chain::append`].
    pub async fn record(&mut self, change: Change<'_>) -> Result<(), Error> {
        let event = self.record_without_subscribers(&change).await?;
        for subscriber in self.subscribers {
            subscriber(self, &event, &change.detail).await?;
        }
        Ok(())
    }

    /// Writes the audit entry and the outbox event of a change, and calls no subscribers: the caller enqueues the
    /// deliveries itself.
    pub async fn record_without_subscribers<'c>(&mut self, change: &Change<'c>) -> Result<RecordedEvent<'c>, Error> {
        let Self { transaction, actor, context, .. } = self;
        let number = audit_chain::append(transaction, context, actor, change).await?;
        let (id, merchant) = (context.id(), actor.merchant());
        let event = RecordedEvent { id, merchant, kind: change.action, subject: change.subject, number };
        outbox::insert(transaction, &event, Some(number), &change.detail, context.now).await?;
        Ok(event)
    }

    /// Writes an event that another event causes. It shares the number of its cause and has no audit entry of its own.
    pub async fn record_consequence<'c>(
        &mut self,
        cause: &RecordedEvent<'_>,
        kind: &'c str,
        subject: Uuid,
        facts: &Json,
    ) -> Result<RecordedEvent<'c>, Error> {
        let RecordedEvent { merchant, number, .. } = *cause;
        let event = RecordedEvent { id: self.context.id(), merchant, kind, subject, number };
        outbox::insert(&mut self.transaction, &event, None, facts, self.context.now).await?;
        Ok(event)
    }

    /// Writes only an audit entry, for a change that is not published as an event.
    pub async fn audit(&mut self, change: Change<'_>) -> Result<(), Error> {
        audit_chain::append(&mut self.transaction, &self.context, &self.actor, &change).await.map(drop)
    }

    /// Claims an idempotency key for a new resource. Returns the resource of an earlier identical request, if there is
    /// one.
    pub async fn claim_key(&mut self, request: &IdempotentRequest, resource: Uuid) -> Result<Option<Uuid>, Error> {
        let merchant = self.merchant();
        records::claim_key(&mut self.transaction, &self.context, merchant, request, resource).await
    }

    /// Writes the entries of the balances that were changed, and commits the transaction.
    pub async fn commit(mut self) -> Result<(), Error> {
        balance_entries::write(&mut self.transaction, &self.booked).await?;
        self.transaction.commit().await
    }
}

/// A unit of work in which the server acts for several merchants, one after another.
pub(in crate::store) struct Batch<'a>(UnitOfWork<'a>);

impl<'a> Batch<'a> {
    /// Returns the transaction, for queries made before the merchant is known.
    pub const fn transaction(&mut self) -> &mut Transaction {
        &mut self.0.transaction
    }

    /// Sets the merchant for which the unit of work acts from now on, and returns the unit of work.
    pub fn for_merchant(&mut self, merchant: MerchantId) -> &mut UnitOfWork<'a> {
        self.0.actor = Cow::Owned(Actor::System { merchant });
        &mut self.0
    }

    /// Commits the transaction.
    pub async fn commit(self) -> Result<(), Error> {
        self.0.commit().await
    }
}
