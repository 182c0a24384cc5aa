//! Passwords: changing them, and links to choose a new one.

use super::{session::end_all, team::User};
use crate::store::{Error, Store, mail, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        error::DomainError,
        ids::{PasswordResetId, SessionId, UserId},
        links::LinkKey,
        mail::MailKind,
        people::actor::Actor,
    },
    values,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;

/// Minimum time between two mails to one person, so that nobody can fill their mailbox.
const MAILS_APART: Duration = Duration::minutes(2);
/// How long a link works.
const LIFETIME: Duration = Duration::hours(1);
/// How long one that does not work any more is kept.
const FORGOTTEN_AFTER: Duration = Duration::days(30);

/// A link to choose a new password.
#[derive(Clone, Debug)]
pub struct PasswordReset {
    pub user: UserId,
    /// Signs the link.
    pub key: LinkKey,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
}

impl PasswordReset {
    /// Whether the link still works.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}

impl Store {
    /// Enqueues a mail with a link to choose a new password. Does nothing if there was one just now.
    pub async fn mail_password_reset(&self, context: &Context<'_>, actor: &Actor, user: &User) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let sql = format!("select id from users where id = $1{}", work.transaction.for_update());
        work.transaction.one(sql, values![user.id]).await?;
        let sql = "select id from password_resets where user_id = $1 and created_at > $2 limit 1";
        if work.transaction.optional(sql, values![user.id, context.now - MAILS_APART]).await?.is_some() {
            return Ok(());
        }
        // Every link made is a good time to forget old ones. Mails about them were dropped long before.
        let old = values![context.now - FORGOTTEN_AFTER];
        work.transaction.execute("delete from password_resets where expires_at <= $1", old).await?;
        let (id, key) = (PasswordResetId(context.id()), LinkKey::new(context.random()));
        let sql =
            "insert into password_resets (id, user_id, link_key, created_at, expires_at) values ($1, $2, $3, $4, $5)";
        work.transaction.execute(sql, values![id, user.id, key.to_text(), context.now, context.now + LIFETIME]).await?;
        mail::add_for_member(&mut work, &user.email, MailKind::PasswordReset, id.0).await?;
        work.audit(Change { action: "user.password_reset_mailed", subject: user.id.0, detail: json!({}) }).await?;
        work.commit().await
    }

    /// Returns a link to choose a new password.
    pub async fn password_reset(&self, id: PasswordResetId) -> Result<Option<PasswordReset>, Error> {
        let sql = "select user_id, link_key, expires_at, used_at from password_resets where id = $1";
        let Some(row) = self.database.snapshot().await?.optional(sql, values![id]).await? else { return Ok(None) };
        Ok(Some(PasswordReset {
            user: UserId(row.get("user_id")?),
            key: row.parse_secret("link_key", LinkKey::parse)?,
            expires_at: row.get("expires_at")?,
            used_at: row.get("used_at")?,
        }))
    }

    /// Sets the password that was chosen with a link, which works once. Ends every session of the person.
    pub async fn use_password_reset(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: PasswordResetId,
        password_hash: &str,
    ) -> Result<(), Error> {
        let user = actor.user().ok_or_else(|| DomainError::not_found("error-unknown-user"))?;
        let mut work = self.begin(context, actor).await?;
        // The user first, as everywhere else, so that two links used at once do not deadlock.
        let sql = format!("select id from users where id = $1{}", work.transaction.for_update());
        work.transaction.one(sql, values![user]).await?;
        let sql = "update password_resets set used_at = $1 where id = $2 and used_at is null and expires_at > $1";
        if work.transaction.execute(sql, values![context.now, id]).await? == 0 {
            return Err(DomainError::not_found("error-unknown-link").into());
        }
        set_password(&mut work, user, password_hash, None, "link in a mail").await?;
        work.commit().await
    }

    /// Sets a password. Ends every session of the person except one.
    pub async fn change_password(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        password_hash: &str,
        except: Option<SessionId>,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let by = if actor.user().is_some() { "old password" } else { "command line" };
        set_password(&mut work, user, password_hash, except, by).await?;
        work.commit().await
    }
}

async fn set_password(
    work: &mut UnitOfWork<'_>,
    user: UserId,
    password_hash: &str,
    except: Option<SessionId>,
    by: &'static str,
) -> Result<(), Error> {
    let sql = "update users set password_hash = $1 where merchant_id = $2 and id = $3";
    if work.transaction.execute(sql, values![password_hash, work.merchant(), user]).await? == 0 {
        return Err(DomainError::not_found("error-unknown-user").into());
    }
    end_all(work, user, except).await?;
    // Older links must not undo the change.
    let sql = "update password_resets set used_at = $1 where user_id = $2 and used_at is null";
    work.transaction.execute(sql, values![work.context.now, user]).await?;
    work.audit(Change { action: "user.password_changed", subject: user.0, detail: json!({ "by": by }) }).await
}
