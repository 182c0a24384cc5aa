//! Decisions of people about payouts. All merchants of a server are paid from the same accounts, so each of them finds the
//! decision in its audit log.

use super::senders::paused_notice;
use crate::store::{Error, Store, notices, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::{MerchantId, UserId},
        people::actor::Actor,
        refunds::transfer::{Pause, SenderAccount},
    },
    store::refunds::senders::UnexplainedTransaction,
    values,
};
use serde_json::{Value as Json, json};
use std::borrow::Cow;
use uuid::Uuid;

/// An owner of a merchant who is not this one.
pub(super) const ANOTHER_OWNER: &str =
    "select id from users where merchant_id = $1 and role = 'owner' and disabled_at is null and id <> $2 limit 1";

/// The name in records: the system acts only for somebody on the command line here.
pub fn name_of(actor: &Actor) -> String {
    match actor {
        Actor::System { .. } => "the command line".to_owned(),
        _ => actor.label(),
    }
}

impl Store {
    /// Pauses a sender for a person, also one that is not stored yet: its nonce is then taken over when it is reconciled. A
    /// pause that exists stays as it is. Returns whether it was running.
    pub async fn pause_sender_by(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        account: &SenderAccount,
        pause: &Pause,
    ) -> Result<bool, Error> {
        let mut work = self.begin(context, actor).await?;
        let sql =
            "insert into senders (network, address, next_nonce, asked) values ($1, $2, 0, 0) on conflict do nothing";
        work.transaction.execute(sql, values![account.network, &account.address]).await?;
        let sql = "update senders set pause_reason = $1, pause_detail = $2, paused_at = $3, paused_by = $4,
            paused_by_user = $5 where network = $6 and address = $7 and pause_reason is null";
        let Pause { reason, detail, at, by } = pause;
        let values = values![
            <&'static str>::from(*reason),
            detail,
            *at,
            by,
            actor.user().map(|user| user.0),
            account.network,
            &account.address
        ];
        if work.transaction.execute(sql, values).await? == 0 {
            return Ok(false);
        }
        audit_for_all(&mut work, "payouts.paused", (account.network, &account.address), json!({ "reason": detail }))
            .await?;
        work.commit().await?;
        Ok(true)
    }

    /// Ends a pause for a person. Whoever paused may not resume if another owner could. `false` if it was not paused.
    pub async fn resume_sender_by(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        account: &SenderAccount,
    ) -> Result<bool, Error> {
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        let sql = format!(
            "select paused_by_user, pause_reason, pause_detail from senders
             where network = $1 and address = $2 and pause_reason is not null{suffix}"
        );
        let values = values![account.network, &account.address];
        let Some(row) = work.transaction.optional(sql, values).await? else { return Ok(false) };
        let paused_by = row.get::<Option<Uuid>>("paused_by_user")?.map(UserId);
        if let Some(user) = actor.user().filter(|user| paused_by == Some(*user))
            && work.transaction.optional(ANOTHER_OWNER, values![actor.merchant(), user]).await?.is_some()
        {
            let message = "You have paused payouts, so another owner has to resume them.";
            return Err(DomainError::new(ErrorCode::Forbidden, message).into());
        }
        let detail: Option<String> = row.get("pause_detail")?;
        let sql = "update senders set pause_reason = null, pause_detail = null, paused_at = null, paused_by = null,
            paused_by_user = null where network = $1 and address = $2";
        work.transaction.execute(sql, values![account.network, &account.address]).await?;
        notices::clear(&mut work.transaction, context, paused_notice(account.network, &account.address)).await?;
        audit_for_all(
            &mut work,
            "payouts.resumed",
            (account.network, &account.address),
            json!({ "wasPausedFor": detail }),
        )
        .await?;
        work.commit().await?;
        Ok(true)
    }

    /// Stores a person's explanation of an outgoing transaction. `false` if it was explained meanwhile.
    pub async fn explain_transaction_by(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        account: &SenderAccount,
        found: &UnexplainedTransaction,
        explanation: &str,
    ) -> Result<bool, Error> {
        let mut work = self.begin(context, actor).await?;
        let sql = "update unexplained_transactions set explained_at = $1, explained_by = $2, explanation = $3
            where network = $4 and sender = $5 and transaction_hash = $6 and explained_at is null";
        let hash = &found.transaction_hash;
        let values =
            values![context.now, name_of(actor), explanation, account.network, &account.address, hash.as_str()];
        if work.transaction.execute(sql, values).await? == 0 {
            return Ok(false);
        }
        let detail = json!({ "transaction": hash, "what": found.detail, "explanation": explanation });
        audit_for_all(&mut work, "payouts.explained", (account.network, &account.address), detail).await?;
        work.commit().await?;
        Ok(true)
    }

    /// Writes to the audit log of each merchant what was done with payouts.
    pub async fn audit_payouts(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        account: &SenderAccount,
        action: &'static str,
        detail: Json,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        audit_for_all(&mut work, action, (account.network, &account.address), detail).await?;
        work.commit().await
    }
}

/// The person is named only to their own merchant.
pub(in crate::store) async fn audit_for_all(
    work: &mut UnitOfWork<'_>,
    action: &'static str,
    (network, account): (Network, &str),
    mut detail: Json,
) -> Result<(), Error> {
    let actor = work.actor.clone();
    if let Some(members) = detail.as_object_mut() {
        members.insert("network".to_owned(), json!(network.code()));
        members.insert("account".to_owned(), json!(account));
    }
    for row in work.transaction.all("select id from merchants order by id", values![]).await? {
        let merchant = MerchantId(row.get("id")?);
        let is_own = actor.user().is_some() && actor.merchant() == merchant;
        let by = match (is_own, actor.user()) {
            (true, _) => actor.label(),
            (false, Some(_)) => "an owner of another merchant".to_owned(),
            (false, None) => name_of(&actor),
        };
        let mut detail = detail.clone();
        if let Some(members) = detail.as_object_mut() {
            members.insert("by".to_owned(), json!(by));
        }
        if !is_own {
            work.actor = Cow::Owned(Actor::System { merchant });
        } else {
            work.actor = actor.clone();
        }
        work.audit(Change { action, subject: merchant.0, detail }).await?;
    }
    work.actor = actor;
    Ok(())
}
