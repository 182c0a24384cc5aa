//! Refund drafts: the form as a person has filled it in so far.

use crate::store::{
    Error, Store,
    engine::{
        Row, Transaction,
        listing::{Conditions, in_reading_order},
    },
    intents,
    records::Change,
};
use crate::{
    context::Context,
    domain::{
        error::DomainError,
        ids::{MerchantId, PaymentIntentId, QuoteId, RefundDraftId, RefundId, UserId},
        intents::payment_intent::PaymentIntent,
        names::Named,
        paging::{Page, PageRequest, Total},
        people::actor::Actor,
        policy::WindowStart,
        refunds::{
            draft::{AmountEntry, AmountInput, RecipientInput, RefundDraft},
            quote::FeePayer,
        },
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

const SELECT: &str =
    "select id, merchant_id, intent_id, user_id, network, address, memo, memo_not_needed, email, reason, note, override_reason, overrides, coin, basis, amount,
    price, funding, fee_payer, quote_id, refund_id, created_at, updated_at from refund_drafts";

/// A draft that somebody has typed something into and that has not become a refund, with whose it is and what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct UnfinishedDraft {
    pub id: RefundDraftId,
    pub user: UserId,
    /// The name of the person.
    pub author: String,
    pub intent: PaymentIntent,
    pub updated_at: DateTime<Utc>,
}

/// Which intents can be refunded, as [`RefundPolicy::deadline`] says of one.
///
/// [`RefundPolicy::deadline`]: crate::domain::policy::RefundPolicy::deadline
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundableSince {
    pub start: WindowStart,
    /// The earliest start of a window that has not ended.
    pub at: DateTime<Utc>,
}

impl RefundableSince {
    /// When the window of the intent `i` starts, as an expression in SQL.
    fn window_start(self) -> String {
        let start = match self.start {
            WindowStart::Creation => "i.created_at",
            WindowStart::Expiry => "i.expires_at",
        };
        format!("case i.kind when 'transient' then {start} else coalesce(i.last_paid_at, i.created_at) end")
    }

    fn condition(self) -> String {
        let start = self.window_start();
        format!("exists (select 1 from payment_intents i where i.id = refund_drafts.intent_id and {start} >= ?)")
    }
}

/// The columns that [`with_intents`] reads.
const UNFINISHED: &str = "select id, user_id, intent_id, updated_at,
    (select u.name from users u where u.id = refund_drafts.user_id) as author";

impl Store {
    /// Returns a page of the drafts of everybody that can still become refunds, the one that was begun last first. Those of
    /// people who have been disabled are left out.
    pub async fn unfinished_drafts_of_team(
        &self,
        merchant: MerchantId,
        since: RefundableSince,
        request: &PageRequest,
    ) -> Result<Page<UnfinishedDraft>, Error> {
        let (sql, values) = of_team(merchant, since).page(UNFINISHED, "refund_drafts", "created_at", request);
        let mut snapshot = self.database.snapshot().await?;
        let rows = in_reading_order(snapshot.all(sql, values).await?, request);
        let drafts = with_intents(&mut snapshot, merchant, &rows).await?;
        Ok(Page::from_rows(drafts, request, |draft| draft.id.0))
    }

    /// Returns how many rows the list of [`Store::unfinished_drafts_of_team`] has.
    pub async fn total_of_drafts(&self, merchant: MerchantId, since: RefundableSince) -> Result<Total, Error> {
        of_team(merchant, since).total(&mut self.database.snapshot().await?, "refund_drafts").await
    }

    /// Returns the person's own drafts that can still become refunds, the one whose time ends first at the beginning.
    pub async fn drafts_ending_soonest(
        &self,
        merchant: MerchantId,
        user: UserId,
        since: RefundableSince,
        limit: u32,
    ) -> Result<Vec<UnfinishedDraft>, Error> {
        let mut conditions = unfinished(merchant, since);
        conditions.and("user_id = ?", values![user]);
        let start = since.window_start();
        let order = format!(
            " order by (select {start} from payment_intents i where i.id = refund_drafts.intent_id), id limit {limit}"
        );
        let (sql, values) = conditions.finish(&format!("{UNFINISHED} from refund_drafts"), &order);
        let mut snapshot = self.database.snapshot().await?;
        let rows = snapshot.all(sql, values).await?;
        with_intents(&mut snapshot, merchant, &rows).await
    }

    /// Returns the person's open draft for an intent. Creates one if there is none.
    pub async fn open_draft(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        user: UserId,
        intent: PaymentIntentId,
    ) -> Result<RefundDraft, Error> {
        let mut transaction = self.database.begin().await?;
        transaction
            .execute(
                "insert into refund_drafts (id, merchant_id, intent_id, user_id, network, address, memo, email, reason, note,
                    amount, funding, created_at, updated_at)
                 values ($1, $2, $3, $4, '', '', '', '', '', '', '', '', $5, $5) on conflict do nothing",
                values![RefundDraftId(context.id()), merchant, intent, user, context.now],
            )
            .await?;
        let sql = format!("{SELECT} where merchant_id = $1 and intent_id = $2 and user_id = $3 and refund_id is null");
        let draft = from_row(&transaction.one(sql, values![merchant, intent, user]).await?)?;
        transaction.commit().await?;
        Ok(draft)
    }

    /// Deletes one of the person's own drafts. One that has become a refund stays.
    pub async fn discard_draft(&self, merchant: MerchantId, user: UserId, id: RefundDraftId) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "delete from refund_drafts where merchant_id = $1 and user_id = $2 and id = $3 and refund_id is null";
        transaction.execute(sql, values![merchant, user, id]).await?;
        transaction.commit().await
    }

    /// Deletes a draft of anybody. One that has become a refund stays. It is in the audit log who has deleted a colleague's.
    pub async fn discard_draft_of_anybody(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: RefundDraftId,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let sql = format!(
            "select user_id, intent_id from refund_drafts where merchant_id = $1 and id = $2 and refund_id is null{}",
            work.transaction.for_update()
        );
        let Some(row) = work.transaction.optional(sql, values![actor.merchant(), id]).await? else { return Ok(()) };
        let (author, intent): (Uuid, Uuid) = (row.get("user_id")?, row.get("intent_id")?);
        work.transaction.execute("delete from refund_drafts where id = $1", values![id]).await?;
        if actor.user() != Some(UserId(author)) {
            let detail = json!({ "author": author, "paymentIntentId": intent });
            work.audit(Change { action: "refund_draft.discarded", subject: id.0, detail }).await?;
        }
        work.commit().await
    }

    /// Returns one of the person's own drafts.
    pub async fn draft(&self, merchant: MerchantId, user: UserId, id: RefundDraftId) -> Result<RefundDraft, Error> {
        load(&mut self.database.snapshot().await?, merchant, user, id).await
    }

    /// Saves a draft. A draft that has become a refund is not changed any more.
    pub async fn save_draft(&self, context: &Context<'_>, draft: &RefundDraft) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction
            .execute(
                "update refund_drafts set network = $1, address = $2, memo = $3, email = $4, reason = $5, note = $6,
                    amount = $7, funding = $8, quote_id = $9, updated_at = $10, memo_not_needed = $11,
                    override_reason = $12, fee_payer = $13, coin = $14, basis = $15, price = $16, overrides = $17
                 where id = $18 and refund_id is null",
                values![
                    &draft.recipient.network,
                    &draft.recipient.address,
                    &draft.recipient.memo,
                    &draft.recipient.email,
                    &draft.recipient.reason,
                    &draft.recipient.note,
                    &draft.amount.amount,
                    &draft.funding,
                    draft.quote_id.map(|id| id.0),
                    context.now,
                    i64::from(draft.recipient.memo_not_needed),
                    &draft.recipient.override_reason,
                    draft.fee_payer.as_str(),
                    &draft.coin,
                    draft.amount.entry.as_str(),
                    &draft.amount.price,
                    &draft.recipient.overrides,
                    draft.id
                ],
            )
            .await?;
        transaction.commit().await
    }

    /// Sets the quote of a draft, unless the draft changed since it was read: the quote would not match it.
    pub async fn set_draft_quote(
        &self,
        context: &Context<'_>,
        read: &RefundDraft,
        quote: QuoteId,
    ) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction
            .execute(
                "update refund_drafts set quote_id = $1, updated_at = $2
                 where id = $3 and refund_id is null and updated_at = $4",
                values![quote, context.now, read.id, read.updated_at],
            )
            .await?;
        transaction.commit().await
    }
}

/// The drafts that can still become refunds.
fn unfinished(merchant: MerchantId, since: RefundableSince) -> Conditions {
    let begun = "merchant_id = ? and refund_id is null and (address <> '' or amount <> '')";
    let mut conditions = Conditions::new(begun, values![merchant]);
    conditions.and(&since.condition(), values![since.at]);
    conditions
}

fn of_team(merchant: MerchantId, since: RefundableSince) -> Conditions {
    let mut conditions = unfinished(merchant, since);
    let is_enabled = "exists (select 1 from users u where u.id = refund_drafts.user_id and u.disabled_at is null)";
    conditions.and(is_enabled, vec![]);
    conditions
}

/// Reads drafts with the intents that they are about.
async fn with_intents(
    snapshot: &mut Transaction,
    merchant: MerchantId,
    rows: &[Row],
) -> Result<Vec<UnfinishedDraft>, Error> {
    let ids = rows.iter().map(|row| Ok::<_, Error>(PaymentIntentId(row.get("intent_id")?)));
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    let intents = intents::load_all(snapshot, merchant, &ids).await?;
    let intents: HashMap<_, _> = intents.into_iter().map(|intent| (intent.id, intent)).collect();
    let mut drafts = Vec::new();
    for (row, intent) in rows.iter().zip(&ids) {
        let Some(intent) = intents.get(intent) else { continue };
        drafts.push(UnfinishedDraft {
            id: RefundDraftId(row.get("id")?),
            user: UserId(row.get("user_id")?),
            author: row.get("author")?,
            intent: intent.clone(),
            updated_at: row.get("updated_at")?,
        });
    }
    Ok(drafts)
}

async fn load(
    transaction: &mut Transaction,
    merchant: MerchantId,
    user: UserId,
    id: RefundDraftId,
) -> Result<RefundDraft, Error> {
    let sql = format!("{SELECT} where merchant_id = $1 and user_id = $2 and id = $3");
    let row = transaction.optional(sql, values![merchant, user, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-refund-draft"))?)
}

fn from_row(row: &Row) -> Result<RefundDraft, Error> {
    Ok(RefundDraft {
        id: RefundDraftId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        intent_id: PaymentIntentId(row.get("intent_id")?),
        user_id: UserId(row.get("user_id")?),
        recipient: RecipientInput {
            network: row.get("network")?,
            address: row.get("address")?,
            memo: row.get("memo")?,
            memo_not_needed: row.get::<i64>("memo_not_needed")? != 0,
            email: row.get("email")?,
            reason: row.get("reason")?,
            note: row.get("note")?,
            override_reason: row.get("override_reason")?,
            overrides: row.get("overrides")?,
        },
        coin: row.get("coin")?,
        amount: AmountInput {
            entry: row.parse("basis", AmountEntry::parse)?,
            amount: row.get("amount")?,
            price: row.get("price")?,
        },
        funding: row.get("funding")?,
        fee_payer: row.parse("fee_payer", |name| FeePayer::parse(name).ok())?,
        quote_id: row.get::<Option<Uuid>>("quote_id")?.map(QuoteId),
        refund_id: row.get::<Option<Uuid>>("refund_id")?.map(RefundId),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
