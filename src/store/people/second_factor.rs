//! Users' second factors, and the only place where a code is accepted.

use super::session::{end_all, record_code};
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, UserId},
        people::{
            actor::Actor,
            second_factor::{OneTimeCode, SET_UP_TIME, TotpSecret, unreadable},
        },
        policy::RefundPolicy,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret shared with the authenticator app.
    pub secret: TotpSecret,
    pub begun_at: DateTime<Utc>,
    /// When the first correct code activated it. Until then its codes are not accepted.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The number of unused recovery codes.
    pub recovery_codes: i64,
}

/// A second-factor code as a person submitted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmittedCode {
    /// A code of the authenticator app.
    OneTime(OneTimeCode),
    /// The SHA-256 of a recovery code.
    Recovery(String),
    /// Neither. It is refused only where a code is checked, so that a person without a second factor gets that error
    /// first.
    Unreadable,
}

impl SecondFactor {
    /// Returns whether its codes are accepted.
    pub const fn is_active(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// Returns whether set-up began so long ago that it must start again: somebody else may have seen the secret on the
    /// page since.
    pub fn is_abandoned(&self, now: DateTime<Utc>) -> bool {
        !self.is_active() && now - self.begun_at >= SET_UP_TIME
    }
}

impl Store {
    /// Returns a user's second factor, active or not.
    pub async fn second_factor(&self, user: UserId) -> Result<Option<SecondFactor>, Error> {
        load(&mut self.database.snapshot().await?, user, "").await
    }

    /// Stores a secret that a first code has yet to confirm. Replaces an earlier unconfirmed one. Ends the user's other
    /// sessions; this one continues under the token with this hash.
    pub async fn begin_second_factor(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        secret: &TotpSecret,
        token_hash: &str,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        require_user(&mut work.transaction, actor.merchant(), user).await?;
        lock_user(&mut work, user).await?;
        let written = work
            .transaction
            .execute(
                "insert into second_factors (user_id, secret, created_at, last_step) values ($1, $2, $3, 0)
                 on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at
                 where second_factors.confirmed_at is null",
                values![user, secret.base32(), context.now],
            )
            .await?;
        if written == 0 {
            return Err(active().into());
        }
        let here = work.actor.session().map(|session| session.id);
        end_all(&mut work, user, here).await?;
        let sql = "update sessions set token_hash = $1 where id = $2";
        work.transaction.execute(sql, values![token_hash, here.map(|id| id.0)]).await?;
        audit(&mut work, user, "second_factor.begun", json!({})).await?;
        work.commit().await
    }

    /// Activates a second factor if the first code is correct, and stores its recovery codes.
    pub async fn confirm_second_factor(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        code: OneTimeCode,
        hashes: &[String],
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        lock_user(&mut work, user).await?;
        let suffix = work.transaction.for_update();
        let factor = load(&mut work.transaction, user, suffix).await?.ok_or_else(no_second_factor)?;
        if factor.is_active() {
            return Err(active().into());
        }
        if factor.is_abandoned(context.now) {
            return Err(set_up_expired().into());
        }
        let step = factor.secret.step_of(&code, context.now).ok_or_else(invalid_code)?;
        let activated = work
            .transaction
            .execute(
                "update second_factors set confirmed_at = $1, last_step = $2
                 where user_id = $3 and secret = $4 and confirmed_at is null",
                values![context.now, step, user, factor.secret.base32()],
            )
            .await?;
        if activated == 0 {
            return Err(invalid_code().into());
        }
        replace_recovery_codes(&mut work, user, hashes).await?;
        let here = work.actor.session().map(|session| session.id);
        end_all(&mut work, user, here).await?;
        record_code(&mut work).await?;
        audit(&mut work, user, "second_factor.turned_on", json!({})).await?;
        work.commit().await
    }

    /// Deletes a second factor. Requires one of its codes.
    pub async fn end_second_factor(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        code: &SubmittedCode,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let by = accept(&mut work, user, code).await?;
        delete(&mut work.transaction, user).await?;
        audit(&mut work, user, "second_factor.turned_off", json!({ "by": by })).await?;
        work.commit().await
    }

    /// Replaces the recovery codes. Requires a code.
    pub async fn renew_recovery_codes(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        code: &SubmittedCode,
        hashes: &[String],
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let by = accept(&mut work, user, code).await?;
        replace_recovery_codes(&mut work, user, hashes).await?;
        audit(&mut work, user, "second_factor.codes_renewed", json!({ "by": by })).await?;
        work.commit().await
    }

    /// Deletes the second factor of a user who lost the app and the recovery codes. Returns whether there was one.
    pub async fn reset_second_factor(&self, context: &Context<'_>, actor: &Actor, user: UserId) -> Result<bool, Error> {
        let mut work = self.begin(context, actor).await?;
        if !delete(&mut work.transaction, user).await? {
            return Ok(false);
        }
        audit(&mut work, user, "second_factor.reset", json!({})).await?;
        work.commit().await?;
        Ok(true)
    }
}

/// Checks and uses up the code that the policy requires of a person, in the transaction of the action: the code is used
/// up exactly if the action is committed. Call it after locking balances and before locking the audit chain
/// (ARCHITECTURE.md, order of locks). Actors other than a person, such as API keys, need no code.
pub(in crate::store) async fn require(
    work: &mut UnitOfWork<'_>,
    policy: &RefundPolicy,
    code: Option<&SubmittedCode>,
    purpose: &'static str,
) -> Result<(), Error> {
    let Some(user) = work.actor.user().filter(|_| policy.second_factor) else { return Ok(()) };
    let by = match code {
        Some(code) => accept(work, user, code).await?,
        None => {
            let factor = load(&mut work.transaction, user, "").await?;
            return Err(factor
                .filter(SecondFactor::is_active)
                .map_or_else(no_second_factor, |_| code_missing())
                .into());
        }
    };
    audit(work, user, "second_factor.used", json!({ "by": by, "for": purpose })).await
}

/// Uses up a code, or refuses it. Returns the kind of code in the words of the audit log. The conditions of the updates
/// ensure that a code works only once: of two concurrent uses, the second finds the row already changed.
pub(super) async fn accept(
    work: &mut UnitOfWork<'_>,
    user: UserId,
    code: &SubmittedCode,
) -> Result<&'static str, Error> {
    // Lock this row first, so that a recovery code and an app code used at the same time cannot deadlock.
    let suffix = work.transaction.for_update();
    let factor = load(&mut work.transaction, user, suffix).await?;
    let factor = factor.filter(SecondFactor::is_active).ok_or_else(no_second_factor)?;
    match code {
        SubmittedCode::OneTime(code) => {
            let step = factor.secret.step_of(code, work.context.now).ok_or_else(invalid_code)?;
            let used = work
                .transaction
                .execute(
                    "update second_factors set last_step = $1 where user_id = $2 and secret = $3 and last_step < $4",
                    values![step, user, factor.secret.base32(), step],
                )
                .await?;
            if used == 0 {
                let message = "error-code-used";
                return Err(DomainError::new(ErrorCode::SecondFactorWrong, message).on(Field::Code).into());
            }
            Ok("code of the app")
        }
        SubmittedCode::Recovery(hash) => {
            let used = work
                .transaction
                .execute(
                    "update recovery_codes set used_at = $1 where user_id = $2 and code_hash = $3 and used_at is null",
                    values![work.context.now, user, hash],
                )
                .await?;
            if used == 0 {
                return Err(invalid_code().into());
            }
            Ok("recovery code")
        }
        SubmittedCode::Unreadable => Err(unreadable().into()),
    }
}

async fn load(transaction: &mut Transaction, user: UserId, suffix: &str) -> Result<Option<SecondFactor>, Error> {
    let sql = format!(
        "select secret, created_at, confirmed_at,
            (select count(*) from recovery_codes c where c.user_id = f.user_id and c.used_at is null) as codes
        from second_factors f where f.user_id = $1{suffix}"
    );
    transaction.optional(sql, values![user]).await?.as_ref().map(from_row).transpose()
}

fn from_row(row: &Row) -> Result<SecondFactor, Error> {
    Ok(SecondFactor {
        secret: row.parse_secret("secret", TotpSecret::parse)?,
        begun_at: row.get("created_at")?,
        confirmed_at: row.get("confirmed_at")?,
        recovery_codes: row.get("codes")?,
    })
}

async fn require_user(transaction: &mut Transaction, merchant: MerchantId, user: UserId) -> Result<(), Error> {
    let sql = "select id from users where merchant_id = $1 and id = $2";
    let found = transaction.optional(sql, values![merchant, user]).await?;
    found.map(drop).ok_or_else(|| DomainError::not_found("error-unknown-user").into())
}

async fn replace_recovery_codes(work: &mut UnitOfWork<'_>, user: UserId, hashes: &[String]) -> Result<(), Error> {
    work.transaction.execute("delete from recovery_codes where user_id = $1", values![user]).await?;
    for hash in hashes {
        let sql = "insert into recovery_codes (user_id, code_hash, created_at) values ($1, $2, $3)";
        work.transaction.execute(sql, values![user, hash, work.context.now]).await?;
    }
    Ok(())
}

async fn delete(transaction: &mut Transaction, user: UserId) -> Result<bool, Error> {
    let deleted = transaction.execute("delete from second_factors where user_id = $1", values![user]).await?;
    transaction.execute("delete from recovery_codes where user_id = $1", values![user]).await?;
    Ok(deleted > 0)
}

/// Writes an audit entry. It contains no secrets, codes or hashes of codes.
async fn audit(work: &mut UnitOfWork<'_>, user: UserId, action: &'static str, detail: Json) -> Result<(), Error> {
    work.audit(Change { action, subject: user.0, detail }).await
}

fn no_second_factor() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorMissing, "error-second-factor-not-set-up")
}

fn set_up_expired() -> DomainError {
    let message = "error-set-up-expired";
    DomainError::new(ErrorCode::SecondFactorMissing, message)
}

fn code_missing() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorWrong, "error-code-needed").on(Field::Code)
}

fn invalid_code() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorWrong, "error-code-wrong").on(Field::Code)
}

fn active() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorActive, "error-second-factor-active")
}

/// Locks the user before the second factor and the sessions, so that a sign-in cannot begin a session without a code while
/// the second factor is turned on.
async fn lock_user(work: &mut UnitOfWork<'_>, user: UserId) -> Result<(), Error> {
    let sql = format!("select id from users where id = $1{}", work.transaction.for_update());
    work.transaction.optional(sql, values![user]).await.map(drop)?;
    Ok(())
}
