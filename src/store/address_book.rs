//! Circle's address book.

use super::{
    Error, Store,
    engine::{
        Row, Transaction,
        listing::{Conditions, in_reading_order},
    },
    records::{Change, Idempotent, IdempotentRequest},
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        address::{canonical, memo::Memo, network::Network},
        address_book::{NewRecipient, Recipient, RecipientMetadata, RecipientReview, RecipientStatus},
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, RecipientId},
        names::Named,
        paging::{Page, PageRequest},
        people::actor::Actor,
        refunds::new_refund::Destination,
        webhooks::event::RECIPIENT_CHANGED,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

/// Maximum number of entries reviewed in one run.
const ROUND: u32 = 100;

/// Filters of a list of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientFilter {
    /// Matches in whatever case the address is typed.
    pub address: Option<String>,
    pub network: Option<Network>,
    /// The customer's e-mail address, matched without regard to case.
    pub email: Option<String>,
    pub status: Option<RecipientStatus>,
    /// Earliest creation time, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest creation time, inclusive.
    pub to: Option<DateTime<Utc>>,
}

const COLUMNS: &str =
    "select id, merchant_id, network, address, coalesce(address_sent, address) as address_sent, memo, nickname, email, bns,
    status, due_at, created_at, updated_at";
const TABLE: &str = "address_book_recipients";
/// The audit action and event of a deleted entry.
const DELETED: &str = "address_book_recipient.deleted";

impl Store {
    /// Adds an entry, once per idempotency key. Its review is due immediately.
    pub async fn add_recipient(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        new: &NewRecipient,
        idempotent: &IdempotentRequest,
    ) -> Result<Idempotent<Recipient>, Error> {
        let (id, merchant) = (RecipientId(context.id()), actor.merchant());
        let mut work = self.begin(context, actor).await?;
        if let Some(earlier) = work.claim_key(idempotent, id.0).await? {
            // The entry is returned even if it was deleted since: the earlier request did create it.
            let sql = format!("{COLUMNS} from {TABLE} where merchant_id = $1 and id = $2");
            return Ok(Idempotent::Replayed(from_row(&work.transaction.one(sql, values![merchant, earlier]).await?)?));
        }
        let inserted = work.transaction
            .execute(
                "insert into address_book_recipients (id, merchant_id, network, address, memo, nickname, email, bns, status,
                    due_at, created_at, updated_at, address_sent)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9, $9, $9, $10) on conflict do nothing",
                values![
                    id,
                    merchant,
                    new.destination.network(),
                    new.destination.address.as_str(),
                    new.memo(),
                    &new.metadata.nickname,
                    &new.metadata.email,
                    &new.metadata.bns,
                    context.now,
                    new.destination.address.as_typed()
                ],
            )
            .await?;
        if inserted == 0 {
            let message = "error-recipient-exists";
            return Err(DomainError::new(ErrorCode::RecipientExists, message).on(Field::DestinationAddress).into());
        }
        let recipient = load(&mut work.transaction, merchant, id, "").await?;
        record(&mut work, &recipient, RecipientStatus::Pending.event()).await?;
        work.commit().await?;
        Ok(Idempotent::Created(recipient))
    }

    /// Returns one entry.
    pub async fn recipient(&self, merchant: MerchantId, id: RecipientId) -> Result<Recipient, Error> {
        load(&mut self.database.snapshot().await?, merchant, id, "").await
    }

    /// Returns one page of the merchant's entries.
    pub async fn recipients(
        &self,
        merchant: MerchantId,
        filter: &RecipientFilter,
        request: &PageRequest,
    ) -> Result<Page<Recipient>, Error> {
        let mut conditions = Conditions::new("merchant_id = ? and deleted_at is null", values![merchant]);
        let address = filter.address.as_ref().map(|text| canonical(text).unwrap_or_else(|| text.clone()));
        conditions.and_some("address = ?", address);
        conditions.and_some("network = ?", filter.network);
        conditions.and_some("email = ?", filter.email.as_ref().map(|email| email.trim().to_lowercase()));
        conditions.and_some("status = ?", filter.status.map(RecipientStatus::as_str));
        conditions.and_some("created_at >= ?", filter.from);
        conditions.and_some("created_at <= ?", filter.to);
        let (sql, values) = conditions.page(COLUMNS, TABLE, "created_at", request);
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        let recipients = rows.iter().map(from_row).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::from_rows(in_reading_order(recipients, request), request, |recipient| recipient.id.0))
    }

    /// Changes an entry's metadata. The address itself never changes.
    pub async fn change_recipient(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RecipientId,
        change: impl FnOnce(RecipientMetadata) -> Result<RecipientMetadata, Vec<DomainError>>,
    ) -> Result<Result<Recipient, Vec<DomainError>>, Error> {
        let mut work = self.begin(context, actor).await?;
        let lock = work.transaction.for_update();
        let before = load(&mut work.transaction, actor.merchant(), id, lock).await?;
        let metadata = match change(before.metadata.clone()) {
            Ok(metadata) if metadata == before.metadata => return Ok(Ok(before)),
            Ok(metadata) => metadata,
            Err(errors) => return Ok(Err(errors)),
        };
        work.transaction
            .execute(
                "update address_book_recipients set nickname = $1, email = $2, bns = $3, updated_at = $4 where id = $5",
                values![&metadata.nickname, &metadata.email, &metadata.bns, context.now, id],
            )
            .await?;
        let recipient = load(&mut work.transaction, actor.merchant(), id, "").await?;
        record(&mut work, &recipient, RECIPIENT_CHANGED).await?;
        work.commit().await?;
        Ok(Ok(recipient))
    }

    /// Deletes an entry from the address book. Refunds already made to it are not affected.
    pub async fn delete_recipient(&self, context: &Context<'_>, actor: &Actor, id: RecipientId) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let lock = work.transaction.for_update();
        let recipient = load(&mut work.transaction, actor.merchant(), id, lock).await?;
        let sql = "update address_book_recipients set deleted_at = $1, updated_at = $1, due_at = null where id = $2";
        work.transaction.execute(sql, values![context.now, id]).await?;
        record(&mut work, &recipient, DELETED).await?;
        work.commit().await
    }

    /// Returns the entries whose review is due, the longest due first.
    pub async fn due_recipients(&self, now: DateTime<Utc>) -> Result<Vec<Recipient>, Error> {
        let sql = format!(
            "{COLUMNS} from {TABLE} where due_at is not null and due_at <= $1 and deleted_at is null
             order by due_at, id limit {ROUND}"
        );
        self.database.snapshot().await?.all(sql, values![now]).await?.iter().map(from_row).collect()
    }

    /// Saves the result of a review. Does nothing if another server saved one first.
    pub async fn save_recipient_review(
        &self,
        context: &Context<'_>,
        seen: &Recipient,
        review: RecipientReview,
    ) -> Result<(), Error> {
        let RecipientReview { status, due_at } = review;
        let mut work = self.begin_as_system(seen.merchant_id, context).await?;
        let moved = work
            .transaction
            .execute(
                "update address_book_recipients set status = $1, due_at = $2,
                    updated_at = case when status = $1 then updated_at else $3 end
                 where id = $4 and status = $5 and due_at = $6 and deleted_at is null",
                values![status.as_str(), due_at, context.now, seen.id, seen.status.as_str(), seen.due_at],
            )
            .await?;
        if moved == 1 && status != seen.status {
            let recipient = load(&mut work.transaction, seen.merchant_id, seen.id, "").await?;
            record(&mut work, &recipient, status.event()).await?;
        }
        work.commit().await
    }
}

/// Records a change for the audit log and for notifications. The customer's e-mail address is left out, so that neither
/// reveals who the customer is.
async fn record(work: &mut UnitOfWork<'_>, recipient: &Recipient, action: &str) -> Result<(), Error> {
    let detail: Json = json!({
        "addressBookRecipientId": recipient.id,
        "network": recipient.network,
        "address": recipient.address,
        "memo": recipient.memo,
        "nickname": recipient.metadata.nickname,
        "status": recipient.status.as_str(),
    });
    work.record(Change { action, subject: recipient.id.0, detail }).await
}

/// Returns when the merchant added this address to its book. Only active entries count, because only those can be
/// refunded to.
pub(super) async fn in_book_since(
    transaction: &mut Transaction,
    merchant: MerchantId,
    destination: &Destination,
) -> Result<Option<DateTime<Utc>>, Error> {
    let sql = "select created_at from address_book_recipients where merchant_id = $1 and address = $2 and network = $3
        and coalesce(memo, '') = $4 and status = 'active' and deleted_at is null order by created_at limit 1";
    let memo = destination.memo.as_ref().map_or("", Memo::as_str);
    let row =
        transaction.optional(sql, values![merchant, destination.address.as_str(), destination.network(), memo]).await?;
    row.map(|row| Ok(row.get("created_at")?)).transpose()
}

pub(super) async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    id: RecipientId,
    suffix: &str,
) -> Result<Recipient, Error> {
    let sql = format!("{COLUMNS} from {TABLE} where merchant_id = $1 and id = $2 and deleted_at is null{suffix}");
    let row = transaction.optional(sql, values![merchant, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-recipient"))?)
}

fn from_row(row: &Row) -> Result<Recipient, Error> {
    Ok(Recipient {
        id: RecipientId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        network: row.parse("network", |code| Network::parse(code).ok())?,
        address: row.get("address")?,
        address_sent: row.get("address_sent")?,
        memo: row.get("memo")?,
        metadata: RecipientMetadata { nickname: row.get("nickname")?, email: row.get("email")?, bns: row.get("bns")? },
        status: row.parse("status", RecipientStatus::parse)?,
        due_at: row.get("due_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
