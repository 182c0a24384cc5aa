//! Decisions of people about payouts. All merchants of a server are paid from the same accounts, so each of them finds the
//! decision in its audit log.

use super::senders::paused_notice;
use crate::store::{Error, Store, engine::Transaction, notices, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, ErrorText},
        ids::MerchantId,
        people::actor::Actor,
        refunds::transfer::{Pause, SenderAccount},
    },
    store::refunds::senders::UnexplainedTransaction,
    texts::errors::{english_stored, english_text},
    values,
};
use serde_json::{Value as Json, json};
use std::{borrow::Cow, collections::HashMap};
use uuid::Uuid;

/// How many owners who can resume are named, for all accounts together.
const NAMED: u32 = 500;

/// Whether the merchant `$1` has an owner who is not the user `$2`.
const ANOTHER_OWNER: &str = "exists (select 1 from users another
    where another.merchant_id = $1 and another.role = 'owner' and another.disabled_at is null and another.id <> $2)";

/// What a person says about a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Explained<'a> {
    pub by: &'a Actor,
    pub text: &'a str,
    /// Whether no node knows the transaction any more.
    pub has_vanished: bool,
}

/// Who it is, in records: the system acts only for somebody on the command line here.
pub fn name_of(actor: &Actor) -> ErrorText {
    match actor {
        Actor::System { .. } => ErrorText::new("people-actor-command-line"),
        _ => actor.label(),
    }
}

impl Store {
    /// Pauses a sender for a person, also one that is not stored yet: its nonce is then taken over when it is reconciled. A
    /// pause that exists stays as it is, and it is noted that this person wanted it too. Returns whether it was running.
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
        let sql = "update senders set pause_reason = $1, pause_detail = $2, paused_at = $3, paused_by = $4
            where network = $5 and address = $6 and pause_reason is null";
        let Pause { reason, detail, at, by } = pause;
        let by = by.as_ref().map(ErrorText::stored);
        let values = values![<&'static str>::from(*reason), detail, *at, by, account.network, &account.address];
        let was_running = work.transaction.execute(sql, values).await? == 1;
        let sql = "update senders set pauses = pauses + 1 where network = $1 and address = $2";
        work.transaction.execute(sql, values![account.network, &account.address]).await?;
        take_part(&mut work, account.network).await?;
        let detail = json!({ "reason": english_stored(detail), "wasPaused": !was_running });
        audit_for_all(&mut work, "payouts.paused", (account.network, &account.address), detail).await?;
        work.commit().await?;
        Ok(was_running)
    }

    /// Returns the pauses that this person may not end, by account, with the names of the owners who may.
    pub async fn pauses_for_others(&self, actor: &Actor) -> Result<HashMap<(Network, String), Vec<String>>, Error> {
        let Some(user) = actor.user() else { return Ok(HashMap::new()) };
        let sql = format!(
            "select p.network, p.address, u.name from pause_participants p
                left join users u on u.merchant_id = $1 and u.role = 'owner' and u.disabled_at is null
                    and not exists (select 1 from pause_participants q
                        where q.network = p.network and q.address = p.address and q.user_id = u.id)
             where p.user_id = $2 and {ANOTHER_OWNER} order by u.name, u.id limit {NAMED}"
        );
        let mut pauses: HashMap<_, Vec<_>> = HashMap::new();
        for row in self.database.snapshot().await?.all(sql, values![actor.merchant(), user]).await? {
            let network = row.parse("network", |code| Network::parse(code).ok())?;
            pauses.entry((network, row.get("address")?)).or_default().extend(row.get::<Option<String>>("name")?);
        }
        Ok(pauses)
    }

    /// Ends the pause of an account for a person, as it was when they looked at it, unless its network is stopped. Whoever took
    /// part in it may not if there is another owner. `false` if it was not paused.
    pub async fn resume_sender_by(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        account: &SenderAccount,
    ) -> Result<bool, Error> {
        let mut work = self.begin(context, actor).await?;
        let suffix = work.transaction.for_update();
        // Locked before the account, as by whoever stops the network, so that it cannot be stopped in between.
        let sql = format!("select state from chain_cursors where network = $1{suffix}");
        let cursor = work.transaction.optional(sql, values![account.network]).await?;
        if cursor.map(|row| row.get::<String>("state")).transpose()?.as_deref() == Some("stopped") {
            return Err(network_stopped(account.network).into());
        }
        let sql = format!(
            "select pause_detail, pauses from senders
             where network = $1 and address = $2 and pause_reason is not null{suffix}"
        );
        let values = values![account.network, &account.address];
        let Some(row) = work.transaction.optional(sql, values).await? else { return Ok(false) };
        if row.get::<i64>("pauses")? != account.pauses {
            let message = "error-paused-again";
            return Err(DomainError::new(ErrorCode::PayoutsNotReconciled, message).into());
        }
        if is_left_to_others(&mut work.transaction, actor, (account.network, &account.address)).await? {
            let error = DomainError::new(ErrorCode::Forbidden, "error-resume-by-others");
            return Err(error.with("network", account.network.code()).into());
        }
        let detail: Option<String> = row.get("pause_detail")?;
        end_pause(&mut work.transaction, account.network, &account.address).await?;
        notices::clear(&mut work.transaction, context, paused_notice(account.network, &account.address)).await?;
        audit_for_all(
            &mut work,
            "payouts.resumed",
            (account.network, &account.address),
            json!({ "wasPausedFor": detail.as_deref().map(english_stored) }),
        )
        .await?;
        work.commit().await?;
        Ok(true)
    }

    /// Stores a person's explanation of an outgoing transaction, or forgets one that has vanished, so that it is found again if
    /// it comes back. `false` if it was explained meanwhile.
    pub async fn explain_transaction_by(
        &self,
        context: &Context<'_>,
        explained: &Explained<'_>,
        account: &SenderAccount,
        found: &UnexplainedTransaction,
    ) -> Result<bool, Error> {
        let Explained { by: actor, text: explanation, has_vanished } = *explained;
        let mut work = self.begin(context, actor).await?;
        let (network, address, hash) = (account.network, &account.address, &found.transaction_hash);
        // Of refunds whose payment was removed, what people were told stays explained, also if it vanishes.
        let is_removed = explain_removed(&mut work, account, found).await?;
        let (sql, values) = if has_vanished && !is_removed {
            let sql = "delete from unexplained_transactions
                where network = $1 and sender = $2 and transaction_hash = $3 and explained_at is null";
            (sql, values![network, address, hash])
        } else {
            // Of exactly what they have read.
            let sql = "update unexplained_transactions set explained_at = $1, explained_by = $2, explanation = $3
                where network = $4 and sender = $5 and transaction_hash = $6 and explained_at is null
                and (detail = $7 or $8 = 0)";
            let values = values![
                context.now,
                name_of(actor).stored(),
                explanation,
                network,
                address,
                hash,
                &found.detail,
                i64::from(is_removed)
            ];
            (sql, values)
        };
        if work.transaction.execute(sql, values).await? == 0 {
            return Ok(false);
        }
        take_part(&mut work, account.network).await?;
        let what = english_stored(&found.detail);
        let detail = json!({ "transaction": hash, "what": what, "explanation": explanation });
        audit_for_all(&mut work, "payouts.explained", (account.network, &account.address), detail).await?;
        work.commit().await?;
        Ok(true)
    }

    /// Writes to the audit log of each merchant what a person did about a pause, and notes that they took part in it.
    pub async fn audit_payouts(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        account: &SenderAccount,
        action: &'static str,
        detail: Json,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        take_part(&mut work, account.network).await?;
        audit_for_all(&mut work, action, (account.network, &account.address), detail).await?;
        work.commit().await
    }
}

/// Notes that a person has explained what a transaction means for the refunds that it had paid before its network removed its
/// block: the customers of those that it has not paid were paid in another way, and those that it has paid once more are
/// known. Returns whether there are any.
async fn explain_removed(
    work: &mut UnitOfWork<'_>,
    account: &SenderAccount,
    found: &UnexplainedTransaction,
) -> Result<bool, Error> {
    // Locked in the order in which others lock them.
    let sql = format!(
        "select transfer_id from removed_payments where transaction_hash = $1
            and (failed_at is not null and explained_at is null or failed_at is null and detail is not null)
            and transfer_id in (select t.id from transfers t
                join removed_payments r on r.transfer_id = t.id where t.network = $2 and t.sender = $3)
         order by transfer_id{}",
        work.transaction.for_update()
    );
    let rows = work.transaction.all(sql, values![&found.transaction_hash, account.network, &account.address]).await?;
    for row in &rows {
        let sql = "update removed_payments set explained_at = coalesce(explained_at, $1),
            detail = case when failed_at is not null then detail end where transfer_id = $2";
        work.transaction.execute(sql, values![work.context.now, row.get::<Uuid>("transfer_id")?]).await?;
    }
    Ok(!rows.is_empty())
}

/// The error that payouts of a network wait for people to look at the blocks that it has removed.
pub fn network_stopped(network: Network) -> DomainError {
    let error = DomainError::new(ErrorCode::PayoutsNotReconciled, "error-network-stopped");
    error.with("network", network.title()).with("code", network.code())
}

/// Notes that a person has done something while accounts of a network are paused. Of each of them, since a transaction of
/// one can explain what another would pay. Whoever runs the server is noted nowhere: they count as the second person.
pub(in crate::store) async fn take_part(work: &mut UnitOfWork<'_>, network: Network) -> Result<(), Error> {
    let Some(user) = work.actor.user() else { return Ok(()) };
    let sql = "insert into pause_participants (network, address, user_id, at)
        select network, address, $1, $2 from senders where network = $3 and pause_reason is not null
        on conflict (network, address, user_id) do nothing";
    let values = values![user, work.context.now, network];
    work.transaction.execute(sql, values).await?;
    Ok(())
}

/// Whether a person took part in a pause and there is another owner, so that this person may not end it. An owner who took
/// part too does not make up for it: nobody would have looked at what this one did.
async fn is_left_to_others(
    transaction: &mut Transaction,
    actor: &Actor,
    (network, address): (Network, &str),
) -> Result<bool, Error> {
    let Some(user) = actor.user() else { return Ok(false) };
    let sql = format!(
        "select user_id from pause_participants where user_id = $2 and network = $3 and address = $4 and {ANOTHER_OWNER}"
    );
    let values = values![actor.merchant(), user, network, address];
    Ok(transaction.optional(sql, values).await?.is_some())
}

/// An account is not paused any more.
pub(super) async fn end_pause(transaction: &mut Transaction, network: Network, address: &str) -> Result<bool, Error> {
    let sql = "update senders set pause_reason = null, pause_detail = null, paused_at = null, paused_by = null,
            not_followed_at = null
        where network = $1 and address = $2 and pause_reason is not null";
    let was_paused = transaction.execute(sql, values![network, address]).await? == 1;
    let sql = "delete from pause_participants where network = $1 and address = $2";
    transaction.execute(sql, values![network, address]).await?;
    Ok(was_paused)
}

/// Writes to the audit log of each merchant what was done about an account.
pub(in crate::store) async fn audit_for_all(
    work: &mut UnitOfWork<'_>,
    action: &'static str,
    (network, account): (Network, &str),
    mut detail: Json,
) -> Result<(), Error> {
    if let Some(members) = detail.as_object_mut() {
        members.insert("account".to_owned(), json!(account));
    }
    audit_for_network(work, action, network, detail).await
}

/// Writes to the audit log of each merchant what was done about a network. The person is named only to their own merchant.
pub(in crate::store) async fn audit_for_network(
    work: &mut UnitOfWork<'_>,
    action: &'static str,
    network: Network,
    mut detail: Json,
) -> Result<(), Error> {
    let actor = work.actor.clone();
    if let Some(members) = detail.as_object_mut() {
        members.insert("network".to_owned(), json!(network.code()));
    }
    for row in work.transaction.all("select id from merchants order by id", values![]).await? {
        let merchant = MerchantId(row.get("id")?);
        let is_own = actor.user().is_some() && actor.merchant() == merchant;
        let by = match (is_own, actor.user()) {
            (true, _) => actor.label(),
            (false, Some(_)) => ErrorText::new("people-actor-of-another-merchant"),
            (false, None) => name_of(&actor),
        };
        let mut detail = detail.clone();
        if let Some(members) = detail.as_object_mut() {
            members.insert("by".to_owned(), json!(english_text(&by)));
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
