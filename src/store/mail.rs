//! The queue of mail to customers and to members of the team. A mail is enqueued in the transaction of the change it reports; workers on several
//! servers share the queue.

use super::{
    CorruptColumn, Error, Store,
    engine::{
        Row, Transaction,
        lease::LeaseQueue,
        listing::{Conditions, in_reading_order},
    },
    intents::customer_languages,
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorText},
        ids::{MailId, MerchantId, NoticeId, PasswordResetId, PolicyProposalId, RefundId},
        mail::{Mail, MailKind, MailState, MailSubject, SendOutcome, next_attempt},
        names::Named,
        paging::{Page, PageRequest, Total},
        refunds::refund::Refund,
    },
    languages::Language,
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use uuid::Uuid;

pub(in crate::store) const COLUMNS: &str =
    "select id, merchant_id, refund_id, subject_id, occasion, recipient, language, state, tries, next_attempt_at, problem,
    created_at, updated_at";
pub(in crate::store) const QUEUE: LeaseQueue = LeaseQueue::new("mail_outbox", "state = 'waiting'");

/// Filters of a list of mails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailFilter {
    pub state: Option<MailState>,
    pub kind: Option<MailKind>,
    /// Earliest time at which it was written, inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Latest time at which it was written, inclusive.
    pub to: Option<DateTime<Utc>>,
}

impl MailFilter {
    fn conditions(&self, merchant: MerchantId) -> Conditions {
        let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
        conditions.and_some("state = ?", self.state.map(MailState::as_str));
        conditions.and_some("occasion = ?", self.kind.map(MailKind::as_str));
        conditions.and_some("created_at >= ?", self.from);
        conditions.and_some("created_at <= ?", self.to);
        conditions
    }
}

/// A mail leased to this server for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeasedMail {
    pub mail: Mail,
    /// End of the lease.
    pub held_until: DateTime<Utc>,
}

impl Store {
    /// Leases mails that are due. Several servers share the queue; mails leased by another server are skipped.
    pub async fn claim_due_mails(
        &self,
        context: &Context<'_>,
        lease: Duration,
        limit: u32,
    ) -> Result<Vec<LeasedMail>, Error> {
        if !QUEUE.has_due(&mut self.database.snapshot().await?, context.now).await? {
            return Ok(Vec::new());
        }
        let mut transaction = self.database.begin().await?;
        let held_until = context.now + lease;
        let mut assignments = Vec::new();
        for row in QUEUE.lock_due(&mut transaction, COLUMNS, context.now, limit).await? {
            let mail = from_row(&row)?;
            QUEUE.lease(&mut transaction, mail.id.0, held_until, &self.server).await?;
            assignments.push(LeasedMail { mail, held_until });
        }
        transaction.commit().await?;
        Ok(assignments)
    }

    /// Marks a leased mail as dropped: what it is about was decided, or is no news any more.
    pub async fn drop_mail(&self, context: &Context<'_>, leased: &LeasedMail) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let held = QUEUE.held(3);
        let sql = format!(
            "update mail_outbox set state = 'dropped', leased_until = null, updated_at = $1 where id = $2 and {held}"
        );
        transaction.execute(sql, values![context.now, leased.mail.id, leased.held_until]).await?;
        transaction.commit().await
    }

    /// Returns one of the merchant's mails.
    pub async fn mail(&self, merchant: MerchantId, id: MailId) -> Result<Mail, Error> {
        let sql = format!("{COLUMNS} from mail_outbox where merchant_id = $1 and id = $2");
        let row = self.database.snapshot().await?.optional(sql, values![merchant, id]).await?;
        from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-mail"))?)
    }

    /// Returns one page of the merchant's mails.
    pub async fn mails(
        &self,
        merchant: MerchantId,
        filter: &MailFilter,
        request: &PageRequest,
    ) -> Result<Page<Mail>, Error> {
        let (sql, values) = filter.conditions(merchant).page(COLUMNS, "mail_outbox", "created_at", request);
        let rows = in_reading_order(self.database.snapshot().await?.all(sql, values).await?, request);
        let mails = rows.iter().map(from_row).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::from_rows(mails, request, |mail| mail.id.0))
    }

    /// Returns how many of the merchant's mails match.
    pub async fn total_of_mails(&self, merchant: MerchantId, filter: &MailFilter) -> Result<Total, Error> {
        filter.conditions(merchant).total(&mut self.database.snapshot().await?, "mail_outbox").await
    }

    /// Returns how many of a merchant's mails wait to be sent; of more than `most` one more than that.
    pub async fn count_waiting_mails(&self, merchant: MerchantId, most: u32) -> Result<i64, Error> {
        let sql = format!(
            "select count(*) as number from (select 1 as one from mail_outbox
                where merchant_id = $1 and state = 'waiting' limit {}) as waiting",
            most.saturating_add(1)
        );
        Ok(self.database.snapshot().await?.one(sql, values![merchant]).await?.get("number")?)
    }

    /// Returns the mails about a refund, oldest first.
    pub async fn mails_of_refund(&self, id: RefundId) -> Result<Vec<Mail>, Error> {
        of_refund(&mut self.database.snapshot().await?, id).await
    }
}

/// Records the outcome of an attempt, unless another server has taken the mail meanwhile. After `deadline` the mail
/// would come too late, so there is no further attempt. All attempts are in the language of the first one. Returns whether the
/// mail has failed for good.
pub(super) async fn finish(
    work: &mut UnitOfWork<'_>,
    leased: &LeasedMail,
    language: Language,
    outcome: &SendOutcome,
    deadline: DateTime<Utc>,
) -> Result<bool, Error> {
    let now = work.context.now;
    let tries = leased.mail.tries + 1;
    let (state, problem, next) = match outcome {
        SendOutcome::Sent => (MailState::Sent, None, None),
        SendOutcome::Refused(problem) => (MailState::Failed, Some(problem), None),
        SendOutcome::Later(problem) => match next_attempt(tries, now, deadline) {
            Some(at) => (MailState::Waiting, Some(problem), Some(at)),
            None => (MailState::Failed, Some(problem), None),
        },
    };
    let changed = work
        .transaction
        .execute(
            format!(
                "update mail_outbox set state = $1, tries = $2, problem = $3, next_attempt_at = $4, leased_until = null,
                    updated_at = $5, language = $6 where id = $7 and {}",
                QUEUE.held(8)
            ),
            values![
                state.as_str(),
                tries,
                problem.map(ErrorText::stored),
                next.unwrap_or(now),
                now,
                language.code(),
                leased.mail.id,
                leased.held_until
            ],
        )
        .await?;
    Ok(changed == 1 && state == MailState::Failed)
}

pub(super) async fn of_refund(transaction: &mut Transaction, id: RefundId) -> Result<Vec<Mail>, Error> {
    let sql = format!("{COLUMNS} from mail_outbox where refund_id = $1 order by created_at, id");
    transaction.all(sql, values![id]).await?.iter().map(from_row).collect()
}

/// Enqueues a mail to the customer of a refund, due immediately. It is in their language, if that is known.
pub(super) async fn add(work: &mut UnitOfWork<'_>, refund: &Refund, kind: MailKind) -> Result<(), Error> {
    let recipient = refund
        .customer_email
        .as_ref()
        .ok_or_else(|| CorruptColumn::new("customer_email", "missing").of_table("refunds"))?;
    let language = customer_languages::of_refund(&mut work.transaction, refund).await?;
    work.transaction
        .execute(
            "insert into mail_outbox (id, merchant_id, refund_id, occasion, recipient, state, tries, next_attempt_at,
                created_at, updated_at, language)
             values ($1, $2, $3, $4, $5, 'waiting', 0, $6, $6, $6, $7)",
            values![
                MailId(work.context.id()),
                refund.merchant_id,
                refund.id,
                kind.as_str(),
                recipient,
                work.context.now,
                language
            ],
        )
        .await?;
    Ok(())
}

/// Enqueues a mail to a member of the team, due immediately.
pub(super) async fn add_for_member(
    work: &mut UnitOfWork<'_>,
    recipient: &str,
    kind: MailKind,
    subject: Uuid,
) -> Result<(), Error> {
    let (context, merchant) = (work.context, work.merchant());
    insert_for_member(&mut work.transaction, &context, merchant, recipient, kind, subject).await
}

/// Enqueues a mail to every owner of every merchant who can sign in: all are paid from the same accounts.
pub(super) async fn add_for_all_owners(
    transaction: &mut Transaction,
    context: &Context<'_>,
    kind: MailKind,
    subject: Uuid,
) -> Result<(), Error> {
    let sql =
        "select merchant_id, email from users where role = 'owner' and disabled_at is null order by merchant_id, id";
    for row in transaction.all(sql, vec![]).await? {
        let (merchant, email) = (MerchantId(row.get("merchant_id")?), row.get::<String>("email")?);
        insert_for_member(transaction, context, merchant, &email, kind, subject).await?;
    }
    Ok(())
}

/// The mail is in the language that the member has chosen.
async fn insert_for_member(
    transaction: &mut Transaction,
    context: &Context<'_>,
    merchant: MerchantId,
    recipient: &str,
    kind: MailKind,
    subject: Uuid,
) -> Result<(), Error> {
    let sql =
        "insert into mail_outbox (id, merchant_id, subject_id, occasion, recipient, state, tries, next_attempt_at,
            created_at, updated_at, language)
         values ($1, $2, $3, $4, $5, 'waiting', 0, $6, $6, $6,
            (select language from users where email = $5 and merchant_id = $2))";
    let values = values![MailId(context.id()), merchant, subject, kind.as_str(), recipient, context.now];
    transaction.execute(sql, values).await?;
    Ok(())
}

/// Records who had the mail sent to the customer again.
pub(super) async fn record_again(work: &mut UnitOfWork<'_>, refund: &Refund) -> Result<(), Error> {
    let detail = json!({ "refundId": refund.id, "paymentIntentId": refund.intent_id });
    work.record(Change { action: "mail.again", subject: refund.id.0, detail }).await
}

fn subject(row: &Row, kind: MailKind) -> Result<MailSubject, Error> {
    Ok(match kind {
        MailKind::Confirmation => MailSubject::Confirmation(RefundId(row.get("refund_id")?)),
        MailKind::Completed => MailSubject::Completed(RefundId(row.get("refund_id")?)),
        MailKind::Rejected => MailSubject::Rejected(RefundId(row.get("refund_id")?)),
        MailKind::PasswordReset => MailSubject::PasswordReset(PasswordResetId(row.get("subject_id")?)),
        MailKind::PolicyLoosening => MailSubject::PolicyLoosening(PolicyProposalId(row.get("subject_id")?)),
        MailKind::Notice => MailSubject::Notice(NoticeId(row.get("subject_id")?)),
    })
}

pub(in crate::store) fn from_row(row: &Row) -> Result<Mail, Error> {
    let kind = row.parse("occasion", MailKind::parse)?;
    Ok(Mail {
        id: MailId(row.get("id")?),
        merchant: MerchantId(row.get("merchant_id")?),
        about: subject(row, kind)?,
        kind,
        recipient: row.get("recipient")?,
        language: row.get("language")?,
        state: row.parse("state", MailState::parse)?,
        tries: row.get("tries")?,
        next_attempt_at: row.get("next_attempt_at")?,
        problem: row.get::<Option<String>>("problem")?.as_deref().map(ErrorText::of_stored),
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
