//! Sessions of the console.

use super::team::{User, user};
use crate::store::{Error, Store, records::Change};
use crate::{context::Context, domain::people::actor::Actor, values};
use chrono::{DateTime, Utc};
use serde_json::json;

impl Store {
    /// Creates a session, and deletes all expired ones.
    pub async fn add_session(
        &self,
        context: &Context<'_>,
        token_hash: &str,
        actor: &Actor,
        expires_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        work.transaction.execute("delete from sessions where expires_at <= $1", values![context.now]).await?;
        work.transaction
            .execute(
                "insert into sessions (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)",
                values![token_hash, actor.id(), context.now, expires_at],
            )
            .await?;
        let subject = actor.id().unwrap_or_default();
        work.audit(Change { action: "user.signed_in", subject, detail: json!({}) }).await?;
        work.commit().await
    }

    /// Returns the user of a session that has not expired.
    pub async fn user_of_session(&self, now: DateTime<Utc>, token_hash: &str) -> Result<Option<User>, Error> {
        let sql = "select u.id, u.merchant_id, u.email, u.name, u.role, u.password_hash
            from sessions s join users u on u.id = s.user_id where s.token_hash = $1 and s.expires_at > $2";
        let row = self.database.snapshot().await?.optional(sql, values![token_hash, now]).await?;
        row.as_ref().map(user).transpose()
    }

    /// Deletes a session.
    pub async fn end_session(&self, token_hash: &str) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction.execute("delete from sessions where token_hash = $1", values![token_hash]).await?;
        transaction.commit().await
    }
}
