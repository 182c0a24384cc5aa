//! Second factors of people, and the one place where a code is accepted.

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
            second_factor::{OneTimeCode, SET_UP_TIME, Secret, unreadable},
        },
        policy::RefundPolicy,
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};

/// A person's second factor as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// What the app knows too.
    pub secret: Secret,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When a right code activated it; before that it counts nowhere.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// How many recovery codes are still good.
    pub recovery_codes: i64,
}

/// What a person submitted as a code of their second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmittedCode {
    /// A code of the app.
    OneTime(OneTimeCode),
    /// The SHA-256 of a recovery code.
    Recovery(String),
    /// Something that is neither. It is refused where a code is needed and not before, so that whoever has no second factor
    /// learns that first.
    Unreadable,
}

impl SecondFactor {
    /// Whether a code of it counts.
    pub const fn is_active(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// Whether it was begun so long ago that nobody is holding their phone to the screen any more. What such a page showed
    /// may have been seen by somebody else since.
    pub fn is_abandoned(&self, now: DateTime<Utc>) -> bool {
        !self.is_active() && now - self.begun_at >= SET_UP_TIME
    }
}

impl Store {
    /// A person's second factor, active or not.
    pub async fn second_factor(&self, user: UserId) -> Result<Option<SecondFactor>, Error> {
        load(&mut self.database.snapshot().await?, user, "").await
    }

    /// Keeps a secret that a first code has yet to confirm, in place of an earlier one that never was.
    pub async fn begin_second_factor(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        user: UserId,
        secret: &Secret,
    ) -> Result<(), Error> {
        let mut work = self.begin(actor, context).await?;
        require_user(&mut work.transaction, actor.merchant(), user).await?;
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
        audit(&mut work, user, "second_factor.begun", json!({})).await?;
        work.commit().await
    }

    /// Activates a second factor whose first code is right, with these recovery codes.
    pub async fn confirm_second_factor(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        user: UserId,
        code: OneTimeCode,
        hashes: &[String],
    ) -> Result<(), Error> {
        let mut work = self.begin(actor, context).await?;
        let suffix = work.transaction.for_update();
        let factor = load(&mut work.transaction, user, suffix).await?.ok_or_else(missing)?;
        if factor.is_active() {
            return Err(active().into());
        }
        if factor.is_abandoned(context.now) {
            return Err(abandoned().into());
        }
        let step = factor.secret.step_of(&code, context.now).ok_or_else(wrong)?;
        let activated = work
            .transaction
            .execute(
                "update second_factors set confirmed_at = $1, last_step = $2
                 where user_id = $3 and secret = $4 and confirmed_at is null",
                values![context.now, step, user, factor.secret.base32()],
            )
            .await?;
        if activated == 0 {
            return Err(wrong().into());
        }
        replace_recovery_codes(&mut work, user, hashes).await?;
        audit(&mut work, user, "second_factor.turned_on", json!({})).await?;
        work.commit().await
    }

    /// Deletes a second factor, for a code of it.
    pub async fn end_second_factor(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        user: UserId,
        code: &SubmittedCode,
    ) -> Result<(), Error> {
        let mut work = self.begin(actor, context).await?;
        let by = accept(&mut work, user, code).await?;
        delete(&mut work.transaction, user).await?;
        audit(&mut work, user, "second_factor.turned_off", json!({ "by": by })).await?;
        work.commit().await
    }

    /// Puts new recovery codes in place of the old ones, for a code.
    pub async fn renew_recovery_codes(
        &self,
        actor: &Actor,
        context: &Context<'_>,
        user: UserId,
        code: &SubmittedCode,
        hashes: &[String],
    ) -> Result<(), Error> {
        let mut work = self.begin(actor, context).await?;
        let by = accept(&mut work, user, code).await?;
        replace_recovery_codes(&mut work, user, hashes).await?;
        audit(&mut work, user, "second_factor.codes_renewed", json!({ "by": by })).await?;
        work.commit().await
    }

    /// Deletes the second factor of somebody who has lost app and codes. Answers whether there was one.
    pub async fn reset_second_factor(&self, actor: &Actor, context: &Context<'_>, user: UserId) -> Result<bool, Error> {
        let mut work = self.begin(actor, context).await?;
        if !delete(&mut work.transaction, user).await? {
            return Ok(false);
        }
        audit(&mut work, user, "second_factor.reset", json!({})).await?;
        work.commit().await?;
        Ok(true)
    }
}

/// Accepts the code that a policy asks a person for, in the transaction of what it is for: a code is used up exactly when the
/// thing is done. To be called after balances were locked and before the audit chain is (ARCHITECTURE.md, order of locks).
/// Programs are not asked.
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
            return Err(factor.filter(SecondFactor::is_active).map_or_else(missing, |_| absent()).into());
        }
    };
    audit(work, user, "second_factor.used", json!({ "by": by, "for": purpose })).await
}

/// Uses a code up, or refuses it. Answers what it was, in words for the audit log. The conditions of the updates are what
/// makes two simultaneous uses of one code one use: the second finds the row changed.
async fn accept(work: &mut UnitOfWork<'_>, user: UserId, code: &SubmittedCode) -> Result<&'static str, Error> {
    // The row is held first, so that a recovery code and a code of the app never wait for each other in a circle.
    let suffix = work.transaction.for_update();
    let factor = load(&mut work.transaction, user, suffix).await?;
    let factor = factor.filter(SecondFactor::is_active).ok_or_else(missing)?;
    match code {
        SubmittedCode::OneTime(code) => {
            let step = factor.secret.step_of(code, work.context.now).ok_or_else(wrong)?;
            let used = work
                .transaction
                .execute(
                    "update second_factors set last_step = $1 where user_id = $2 and secret = $3 and last_step < $4",
                    values![step, user, factor.secret.base32(), step],
                )
                .await?;
            if used == 0 {
                let message =
                    "This code was used already. Wait for the next one: there is a new one every half minute.";
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
                return Err(wrong().into());
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
        secret: row.parse_secret("secret", Secret::parse)?,
        begun_at: row.get("created_at")?,
        confirmed_at: row.get("confirmed_at")?,
        recovery_codes: row.get("codes")?,
    })
}

async fn require_user(transaction: &mut Transaction, merchant: MerchantId, user: UserId) -> Result<(), Error> {
    let sql = "select id from users where merchant_id = $1 and id = $2";
    let found = transaction.optional(sql, values![merchant, user]).await?;
    found.map(drop).ok_or_else(|| DomainError::not_found("user").into())
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

/// Leaves the audit entry of a change. Neither secrets nor codes nor their hashes are in it.
async fn audit(work: &mut UnitOfWork<'_>, user: UserId, action: &'static str, detail: Json) -> Result<(), Error> {
    work.audit(Change { action, subject: user.0, detail }).await
}

fn missing() -> DomainError {
    DomainError::new(
        ErrorCode::SecondFactorMissing,
        "A code of your second factor is required, and you have not set one up.",
    )
}

fn abandoned() -> DomainError {
    let message = "This was begun more than a quarter of an hour ago. Begin again, with a new secret.";
    DomainError::new(ErrorCode::SecondFactorMissing, message)
}

fn absent() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorWrong, "A code of your second factor is required.").on(Field::Code)
}

fn wrong() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorWrong, "The code is wrong or too old.").on(Field::Code)
}

fn active() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorActive, "Your second factor is turned on already.")
}
