//! A unit of work: one transaction that changes something, with who changes it and when, and with what every change leaves
//! behind (`records/`).

use super::{
    Error, Store,
    engine::Transaction,
    records::{self, Change, IdempotentRequest, audit_chain, outbox, outbox::RecordedEvent},
};
use crate::{
    context::Context,
    domain::{ids::MerchantId, people::actor::Actor},
};
use futures::future::BoxFuture;
use serde_json::Value as Json;
use std::borrow::Cow;
use uuid::Uuid;

/// Something that is done for each recorded event, in the transaction of the change: it reads the state of that moment.
/// Gets the event and its facts. The audit chain is held already, so it must not take a lock that other transactions take
/// before the chain.
pub(in crate::store) type Subscriber =
    for<'s> fn(&'s mut UnitOfWork<'_>, &'s RecordedEvent<'_>, &'s Json) -> BoxFuture<'s, Result<(), Error>>;

/// A transaction that writes, with its actor and context. Dropped without [`UnitOfWork::commit`], it has changed nothing.
///
/// The parts are fields and not hidden behind methods, because statements borrow the transaction and the context at once.
pub(in crate::store) struct UnitOfWork<'a> {
    /// The engine's transaction.
    pub transaction: Transaction,
    /// Who makes the change.
    pub actor: Cow<'a, Actor>,
    /// When, and the source of new ids.
    pub context: Context<'a>,
    subscribers: &'static [Subscriber],
}

impl Store {
    /// Begins what an actor does.
    pub(in crate::store) async fn begin<'a>(
        &self,
        actor: &'a Actor,
        context: &Context<'a>,
    ) -> Result<UnitOfWork<'a>, Error> {
        let transaction = self.database.begin().await?;
        Ok(UnitOfWork { transaction, actor: Cow::Borrowed(actor), context: *context, subscribers: self.subscribers })
    }

    /// Begins what the server itself does for a merchant.
    pub(in crate::store) async fn begin_as_system<'a>(
        &self,
        merchant: MerchantId,
        context: &Context<'a>,
    ) -> Result<UnitOfWork<'a>, Error> {
        let transaction = self.database.begin().await?;
        let actor = Cow::Owned(Actor::System { merchant });
        Ok(UnitOfWork { transaction, actor, context: *context, subscribers: self.subscribers })
    }

    /// Begins what the server itself does for several merchants, or for one that it finds out in the transaction.
    pub(in crate::store) async fn begin_batch<'a>(&self, context: &Context<'a>) -> Result<Batch<'a>, Error> {
        // Nobody's, until `Batch::for_merchant` names somebody: before that nothing can be recorded.
        Ok(Batch(self.begin_as_system(MerchantId(Uuid::nil()), context).await?))
    }
}

impl<'a> UnitOfWork<'a> {
    /// Whose data is changed.
    pub fn merchant(&self) -> MerchantId {
        self.actor.merchant()
    }

    /// Writes the audit entry and the outgoing event of a change, and whatever the subscribers of events make of it. They
    /// share a transaction with the change itself, so there is never one without the others. To be called after every other
    /// lock of the transaction was taken ([`audit_chain::append`]).
    pub async fn record(&mut self, change: Change<'_>) -> Result<(), Error> {
        let event = self.record_without_subscribers(&change).await?;
        for subscriber in self.subscribers {
            subscriber(self, &event, &change.detail).await?;
        }
        Ok(())
    }

    /// Writes the audit entry and the event of a change whose receivers only the caller knows.
    pub async fn record_without_subscribers<'c>(&mut self, change: &Change<'c>) -> Result<RecordedEvent<'c>, Error> {
        let Self { transaction, actor, context, .. } = self;
        let number = audit_chain::append(transaction, actor, context, change).await?;
        let (id, merchant) = (context.id(), actor.merchant());
        let event = RecordedEvent { id, merchant, kind: change.action, subject: change.subject, number };
        outbox::insert(transaction, &event, Some(number), &change.detail, context.now).await?;
        Ok(event)
    }

    /// Writes an event that follows from another one: it has that one's place in the order, and no audit entry of its own.
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

    /// Writes an audit entry alone, of a change that nobody outside gets an event of.
    pub async fn audit(&mut self, change: Change<'_>) -> Result<(), Error> {
        audit_chain::append(&mut self.transaction, &self.actor, &self.context, &change).await.map(drop)
    }

    /// Takes an idempotency key for a new resource. Answers the resource of an earlier identical request, if there was one.
    pub async fn claim_key(&mut self, request: &IdempotentRequest, resource: Uuid) -> Result<Option<Uuid>, Error> {
        let merchant = self.merchant();
        records::claim_key(&mut self.transaction, &self.context, merchant, request, resource).await
    }

    /// Makes everything done in it true, at once.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.transaction.commit().await?)
    }
}

/// A unit of work of the server itself that comes to several merchants one after another.
pub(in crate::store) struct Batch<'a>(UnitOfWork<'a>);

impl<'a> Batch<'a> {
    /// The engine's transaction, for finding what is to be done.
    pub const fn transaction(&mut self) -> &mut Transaction {
        &mut self.0.transaction
    }

    /// The same unit of work, done for this merchant from now on.
    pub fn for_merchant(&mut self, merchant: MerchantId) -> &mut UnitOfWork<'a> {
        self.0.actor = Cow::Owned(Actor::System { merchant });
        &mut self.0
    }

    /// Makes everything done in it true, at once.
    pub async fn commit(self) -> Result<(), Error> {
        self.0.commit().await
    }
}
