//! Sessions of the console, and the browsers that have signed in before.

use super::{
    second_factor::{self, SubmittedCode},
    team::{USER_COLUMNS, User, user},
};
use crate::store::{Error, Store, engine::Row, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{SessionId, UserId},
        people::actor::{Actor, CurrentSession},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Maximum number of remembered browsers of one person; the ones used longest ago are forgotten.
const BROWSERS: u32 = 20;

/// A session to begin.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    pub token_hash: &'a str,
    pub expires_at: DateTime<Utc>,
    /// The browser, as it calls itself.
    pub user_agent: Option<&'a str>,
    /// The password was right, and a code is still missing.
    pub awaits_code: bool,
    /// The hash that the password was compared with.
    pub password_hash: &'a str,
}

/// An open session and its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    pub id: SessionId,
    pub user: User,
    /// When a code was last entered in it.
    pub code_at: Option<DateTime<Utc>>,
    /// Whether the user has an active second factor.
    pub has_second_factor: bool,
    /// The code of the language that the user has chosen. It may be one that there is not any more.
    pub language: Option<String>,
    /// The name of the time zone that the user has chosen. It may be one that is not known any more.
    pub time_zone: Option<String>,
}

impl OpenSession {
    /// Returns the user as an actor in this session, with no network address as its origin.
    pub fn actor(&self) -> Actor {
        let mut actor = self.user.actor();
        if let Actor::User { session, .. } = &mut actor {
            *session = Some(CurrentSession { id: self.id, code_at: self.code_at });
        }
        actor
    }
}

/// A session as its user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSession {
    pub id: SessionId,
    pub created_at: DateTime<Utc>,
    pub origin: Option<String>,
    pub user_agent: Option<String>,
}

impl Store {
    /// Creates a session, and deletes all expired ones. Refuses if the person was disabled or got a new password since theirs
    /// was compared, which takes a while.
    pub async fn add_session(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        session: &NewSession<'_>,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let sql = format!(
            "select id from users where id = $1 and password_hash = $2 and disabled_at is null{}",
            work.transaction.for_update()
        );
        if work.transaction.optional(sql, values![actor.id(), session.password_hash]).await?.is_none() {
            let message = "error-credentials";
            return Err(DomainError::new(ErrorCode::InvalidCredentials, message).into());
        }
        let sql = "select user_id from second_factors where user_id = $1 and confirmed_at is not null";
        if !session.awaits_code && work.transaction.optional(sql, values![actor.id()]).await?.is_some() {
            let message = "error-second-factor-just-on";
            return Err(DomainError::new(ErrorCode::NotSignedIn, message).into());
        }
        work.transaction.execute("delete from sessions where expires_at <= $1", values![context.now]).await?;
        work.transaction
            .execute(
                "insert into sessions (token_hash, id, user_id, created_at, expires_at, origin, user_agent, awaits_code)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
                values![
                    session.token_hash,
                    SessionId(context.id()),
                    actor.id(),
                    context.now,
                    session.expires_at,
                    actor.origin(),
                    session.user_agent,
                    i64::from(session.awaits_code)
                ],
            )
            .await?;
        if !session.awaits_code {
            audit_sign_in(&mut work).await?;
        }
        work.commit().await
    }

    /// Opens a session that awaits a code, if the code is right. It then lasts until `expires_at`.
    pub async fn open_session(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        token_hash: &str,
        code: &SubmittedCode,
        expires_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let user = actor.user().ok_or_else(not_signed_in)?;
        second_factor::accept(&mut work, user, code).await?;
        let sql = "update sessions set awaits_code = 0, code_at = $1, expires_at = $2
            where token_hash = $3 and user_id = $4 and awaits_code = 1 and expires_at > $1";
        let opened = work.transaction.execute(sql, values![context.now, expires_at, token_hash, user]).await?;
        if opened == 0 {
            return Err(not_signed_in().into());
        }
        audit_sign_in(&mut work).await?;
        work.commit().await
    }

    /// Records that a code was entered in an open session, if the code is right.
    pub async fn enter_code(&self, context: &Context<'_>, actor: &Actor, code: &SubmittedCode) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let user = actor.user().ok_or_else(not_signed_in)?;
        let by = second_factor::accept(&mut work, user, code).await?;
        record_code(&mut work).await?;
        let detail = json!({ "by": by, "for": "settings" });
        work.audit(Change { action: "second_factor.used", subject: user.0, detail }).await?;
        work.commit().await
    }

    /// Returns the open session with this token.
    pub async fn session(&self, now: DateTime<Utc>, token_hash: &str) -> Result<Option<OpenSession>, Error> {
        let sql = format!(
            "select {USER_COLUMNS}, u.language, u.time_zone, s.id as session_id, s.code_at, f.confirmed_at
             from sessions s join users u on u.id = s.user_id left join second_factors f on f.user_id = u.id
             where s.token_hash = $1 and s.expires_at > $2 and s.awaits_code = 0 and u.disabled_at is null"
        );
        let row = self.database.snapshot().await?.optional(sql, values![token_hash, now]).await?;
        row.as_ref().map(open_session).transpose()
    }

    /// Returns the user of a session that awaits a code.
    pub async fn user_awaiting_code(&self, now: DateTime<Utc>, token_hash: &str) -> Result<Option<User>, Error> {
        let sql = format!(
            "select {USER_COLUMNS} from sessions s join users u on u.id = s.user_id
             where s.token_hash = $1 and s.expires_at > $2 and s.awaits_code = 1 and u.disabled_at is null"
        );
        let row = self.database.snapshot().await?.optional(sql, values![token_hash, now]).await?;
        row.as_ref().map(user).transpose()
    }

    /// Returns the open sessions of a person, newest first.
    pub async fn sessions(&self, now: DateTime<Utc>, user: UserId) -> Result<Vec<ListedSession>, Error> {
        let sql = "select id, created_at, origin, user_agent from sessions
            where user_id = $1 and expires_at > $2 and awaits_code = 0 order by created_at desc, id desc limit 100";
        let rows = self.database.snapshot().await?.all(sql, values![user, now]).await?;
        let listed = |row: &Row| {
            Ok(ListedSession {
                id: SessionId(row.get("id")?),
                created_at: row.get("created_at")?,
                origin: row.get("origin")?,
                user_agent: row.get("user_agent")?,
            })
        };
        rows.iter().map(listed).collect()
    }

    /// Ends the session with this token: its user signs out.
    pub async fn end_session(&self, token_hash: &str) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction.execute("delete from sessions where token_hash = $1", values![token_hash]).await?;
        transaction.commit().await
    }

    /// Ends one session of a person.
    pub async fn end_session_of(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        session: SessionId,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let sql = "delete from sessions where user_id = $1 and id = $2";
        if work.transaction.execute(sql, values![user, session]).await? > 0 {
            let detail = json!({ "session": session });
            work.audit(Change { action: "user.session_ended", subject: user.0, detail }).await?;
        }
        work.commit().await
    }

    /// Ends every session of a person except one, and forgets their browsers.
    pub async fn end_sessions(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        except: Option<SessionId>,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        end_all(&mut work, user, except).await?;
        work.audit(Change { action: "user.signed_out_everywhere", subject: user.0, detail: json!({}) }).await?;
        work.commit().await
    }

    /// Returns whose browser this is.
    pub async fn user_of_browser(&self, token_hash: &str) -> Result<Option<UserId>, Error> {
        let sql = "select user_id from known_browsers where token_hash = $1";
        let row = self.database.snapshot().await?.optional(sql, values![token_hash]).await?;
        Ok(row.map(|row| row.get("user_id")).transpose()?.map(UserId))
    }

    /// Remembers a browser in which a person has signed in.
    pub async fn remember_browser(&self, context: &Context<'_>, user: UserId, token_hash: &str) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        let sql = "insert into known_browsers (token_hash, user_id, created_at, used_at) values ($1, $2, $3, $3)
            on conflict (token_hash) do update set used_at = excluded.used_at";
        transaction.execute(sql, values![token_hash, user, context.now]).await?;
        let sql = format!(
            "delete from known_browsers where user_id = $1 and token_hash not in (
                select token_hash from known_browsers where user_id = $1 order by used_at desc, token_hash limit {BROWSERS})"
        );
        transaction.execute(sql, values![user]).await?;
        transaction.commit().await
    }
}

/// Ends the sessions of a person except one, and forgets their browsers.
pub(super) async fn end_all(work: &mut UnitOfWork<'_>, user: UserId, except: Option<SessionId>) -> Result<(), Error> {
    let kept = except.unwrap_or(SessionId(uuid::Uuid::nil()));
    work.transaction.execute("delete from sessions where user_id = $1 and id <> $2", values![user, kept]).await?;
    work.transaction.execute("delete from known_browsers where user_id = $1", values![user]).await.map(drop)?;
    Ok(())
}

/// Records that a code was entered in the actor's session.
pub(super) async fn record_code(work: &mut UnitOfWork<'_>) -> Result<(), Error> {
    let Some(session) = work.actor.session() else { return Ok(()) };
    let sql = "update sessions set code_at = $1 where id = $2";
    work.transaction.execute(sql, values![work.context.now, session.id]).await?;
    Ok(())
}

async fn audit_sign_in(work: &mut UnitOfWork<'_>) -> Result<(), Error> {
    let subject = work.actor.id().unwrap_or_default();
    work.audit(Change { action: "user.signed_in", subject, detail: json!({}) }).await
}

fn open_session(row: &Row) -> Result<OpenSession, Error> {
    Ok(OpenSession {
        id: SessionId(row.get("session_id")?),
        user: user(row)?,
        code_at: row.get("code_at")?,
        has_second_factor: row.get::<Option<DateTime<Utc>>>("confirmed_at")?.is_some(),
        language: row.get("language")?,
        time_zone: row.get("time_zone")?,
    })
}

fn not_signed_in() -> DomainError {
    DomainError::new(ErrorCode::NotSignedIn, "error-code-time-over")
}
