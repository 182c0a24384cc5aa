//! The members of a merchant's team.

use super::{
    session::end_all,
    team::{USER_COLUMNS, User, user},
};
use crate::store::{Error, Store, policy::proposals, records::Change, unit_of_work::UnitOfWork};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode},
        ids::{MerchantId, UserId},
        names::Named,
        people::actor::{Actor, Role},
    },
    values,
};
use serde_json::{Value as Json, json};

/// A member of the team, with what a colleague who manages the team wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub user: User,
    pub has_second_factor: bool,
    /// The number of open sessions.
    pub sessions: i64,
    /// The number of working API keys that they made.
    pub api_keys: i64,
}

impl Store {
    /// Returns the members of a merchant's team, by name.
    pub async fn members(&self, context: &Context<'_>, merchant: MerchantId) -> Result<Vec<Member>, Error> {
        self.find_members(context, merchant, None).await
    }

    /// Returns one member of a merchant's team.
    pub async fn member(&self, context: &Context<'_>, merchant: MerchantId, id: UserId) -> Result<Member, Error> {
        let found = self.find_members(context, merchant, Some(id)).await?.pop();
        found.ok_or_else(|| DomainError::not_found("error-unknown-user").into())
    }

    async fn find_members(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        id: Option<UserId>,
    ) -> Result<Vec<Member>, Error> {
        let one = if id.is_some() { "and u.id = $3" } else { "" };
        let sql = format!(
            "select {USER_COLUMNS},
                (select count(*) from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as factors,
                (select count(*) from sessions s where s.user_id = u.id and s.expires_at > $2 and s.awaits_code = 0)
                    as sessions,
                (select count(*) from api_keys k where k.maker_id = u.id and k.revoked_at is null
                    and (k.expires_at is null or k.expires_at > $2)) as api_keys
             from users u where u.merchant_id = $1 {one} order by u.name, u.id limit 1000"
        );
        let mut values = values![merchant, context.now];
        values.extend(id.map(Into::into));
        let rows = self.database.snapshot().await?.all(sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(Member {
                    user: user(row)?,
                    has_second_factor: row.get::<i64>("factors")? > 0,
                    sessions: row.get("sessions")?,
                    api_keys: row.get("api_keys")?,
                })
            })
            .collect()
    }

    /// Changes a role. Refuses if no owner would be left.
    pub async fn change_role(&self, context: &Context<'_>, actor: &Actor, id: UserId, role: Role) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let before = lock(&mut work, id).await?;
        work.transaction.execute("update users set role = $1 where id = $2", values![role.as_str(), id]).await?;
        require_owner_left(&mut work).await?;
        if role != Role::Owner {
            proposals::withdraw_of(&mut work, id).await?;
        }
        let detail = json!({ "before": before.role.as_str(), "after": role.as_str() });
        record(work, "user.role_changed", id, detail).await
    }

    /// Disables a person, who is signed out everywhere and cannot sign in any more; or enables them again. Refuses if no
    /// owner would be left.
    pub async fn set_disabled(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: UserId,
        disabled: bool,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        let before = lock(&mut work, id).await?;
        if before.disabled_at.is_some() == disabled {
            return Ok(());
        }
        let at = disabled.then_some(context.now);
        work.transaction.execute("update users set disabled_at = $1 where id = $2", values![at, id]).await?;
        if disabled {
            end_all(&mut work, id, None).await?;
            proposals::withdraw_of(&mut work, id).await?;
        }
        require_owner_left(&mut work).await?;
        record(work, if disabled { "user.disabled" } else { "user.enabled" }, id, json!({})).await
    }
}

/// Locks the whole team, so that two owners cannot remove each other at the same time, and returns one of its members.
async fn lock(work: &mut UnitOfWork<'_>, id: UserId) -> Result<User, Error> {
    let suffix = work.transaction.for_update();
    let sql = format!("select {USER_COLUMNS} from users u where u.merchant_id = $1 order by u.id{suffix}");
    let team = work.transaction.all(sql, values![work.merchant()]).await?;
    let team = team.iter().map(user).collect::<Result<Vec<_>, Error>>()?;
    team.into_iter().find(|user| user.id == id).ok_or_else(|| DomainError::not_found("error-unknown-user").into())
}

async fn require_owner_left(work: &mut UnitOfWork<'_>) -> Result<(), Error> {
    let sql = "select id from users where merchant_id = $1 and role = 'owner' and disabled_at is null limit 1";
    if work.transaction.optional(sql, values![work.merchant()]).await?.is_none() {
        let message = "error-last-owner";
        return Err(DomainError::new(ErrorCode::LastOwner, message).into());
    }
    Ok(())
}

/// Writes the audit entry and commits.
async fn record(mut work: UnitOfWork<'_>, action: &'static str, id: UserId, detail: Json) -> Result<(), Error> {
    work.audit(Change { action, subject: id.0, detail }).await?;
    work.commit().await
}
