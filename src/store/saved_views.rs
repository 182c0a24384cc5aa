//! Views of the console's lists that people have saved.

use super::{
    Error, Store,
    engine::{Row, listing::Conditions},
    records::Change,
    unit_of_work::UnitOfWork,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, SavedViewId, UserId},
        names::Named,
        people::actor::Actor,
        saved_views::{NewSavedView, SAVED_VIEWS_MAX, SavedList, SavedView},
    },
    values,
};
use serde_json::json;
use uuid::Uuid;

const COLUMNS: &str = "select id, user_id, list, name, query from saved_views";

impl Store {
    /// Returns the views of a list that a person sees: their own and those that the team shares, by name.
    pub async fn saved_views(
        &self,
        merchant: MerchantId,
        user: UserId,
        list: SavedList,
    ) -> Result<Vec<SavedView>, Error> {
        let sql = format!(
            "{COLUMNS} where merchant_id = $1 and list = $2 and (user_id = $3 or user_id is null)
             order by name, id limit {}",
            2 * SAVED_VIEWS_MAX
        );
        let rows = self.database.snapshot().await?.all(sql, values![merchant, list.as_str(), user]).await?;
        rows.iter().map(from_row).collect()
    }

    /// Saves a view of a person, or one that the team shares.
    pub async fn save_view(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        user: UserId,
        new: &NewSavedView,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        lock(&mut work).await?;
        let owner = (!new.is_shared).then_some(user);
        require_room(&mut work, owner).await?;
        require_new_name(&mut work, owner, new.list, &new.name).await?;
        let id = SavedViewId(context.id());
        work.transaction
            .execute(
                "insert into saved_views (id, merchant_id, user_id, list, name, query, created_at, updated_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $7)",
                values![
                    id,
                    actor.merchant(),
                    owner.map(|owner| owner.0),
                    new.list.as_str(),
                    &new.name,
                    &new.query,
                    context.now
                ],
            )
            .await?;
        let view = SavedView { id, list: new.list, owner, name: new.name.clone(), query: new.query.clone() };
        audit(&mut work, "saved_view.shared", &view).await?;
        work.commit().await
    }

    /// Gives a view another name.
    pub async fn rename_view(
        &self,
        context: &Context<'_>,
        actor: &Actor,
        id: SavedViewId,
        name: &str,
    ) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        lock(&mut work).await?;
        let view = load(&mut work, id).await?;
        view.require_changeable_by(actor)?;
        if view.name == name {
            return Ok(());
        }
        require_new_name(&mut work, view.owner, view.list, name).await?;
        let sql = "update saved_views set name = $1, updated_at = $2 where id = $3";
        work.transaction.execute(sql, values![name, context.now, id]).await?;
        audit(&mut work, "saved_view.renamed", &SavedView { name: name.to_owned(), ..view }).await?;
        work.commit().await
    }

    pub async fn delete_view(&self, context: &Context<'_>, actor: &Actor, id: SavedViewId) -> Result<(), Error> {
        let mut work = self.begin(context, actor).await?;
        lock(&mut work).await?;
        let view = load(&mut work, id).await?;
        view.require_changeable_by(actor)?;
        work.transaction.execute("delete from saved_views where id = $1", values![id]).await?;
        audit(&mut work, "saved_view.deleted", &view).await?;
        work.commit().await
    }
}

/// Locks the merchant, so that the number of views and their names cannot change before the commit.
async fn lock(work: &mut UnitOfWork<'_>) -> Result<(), Error> {
    let sql = format!("select id from merchants where id = $1{}", work.transaction.for_update());
    let merchant = work.merchant();
    work.transaction.one(sql, values![merchant]).await?;
    Ok(())
}

/// The views of a person, or those that the team shares.
fn of_owner(merchant: MerchantId, owner: Option<UserId>) -> Conditions {
    let mut conditions = Conditions::new("merchant_id = ?", values![merchant]);
    match owner {
        Some(owner) => conditions.and("user_id = ?", values![owner]),
        None => conditions.and("user_id is null", vec![]),
    }
    conditions
}

async fn require_room(work: &mut UnitOfWork<'_>, owner: Option<UserId>) -> Result<(), Error> {
    let (sql, values) = of_owner(work.merchant(), owner).finish("select count(*) as number from saved_views", "");
    let number: i64 = work.transaction.one(sql, values).await?.get("number")?;
    if number < i64::from(SAVED_VIEWS_MAX) {
        return Ok(());
    }
    Err(DomainError::new(ErrorCode::SavedViewLimitReached, "error-saved-views").with("count", SAVED_VIEWS_MAX).into())
}

async fn require_new_name(
    work: &mut UnitOfWork<'_>,
    owner: Option<UserId>,
    list: SavedList,
    name: &str,
) -> Result<(), Error> {
    let mut conditions = of_owner(work.merchant(), owner);
    conditions.and("list = ? and name = ?", values![list.as_str(), name]);
    let (sql, values) = conditions.finish("select id from saved_views", "");
    if work.transaction.optional(sql, values).await?.is_none() {
        return Ok(());
    }
    let message = "error-view-name-taken";
    Err(DomainError::new(ErrorCode::TextInvalid, message).on(Field::Name).into())
}

async fn load(work: &mut UnitOfWork<'_>, id: SavedViewId) -> Result<SavedView, Error> {
    let merchant = work.merchant();
    let sql = format!("{COLUMNS} where merchant_id = $1 and id = $2");
    let row = work.transaction.optional(sql, values![merchant, id]).await?;
    from_row(&row.ok_or_else(|| DomainError::not_found("error-unknown-saved-view"))?)
}

/// Records a change of a view that the team shares. What people save for themselves is nobody else's matter.
async fn audit(work: &mut UnitOfWork<'_>, action: &str, view: &SavedView) -> Result<(), Error> {
    if view.owner.is_some() {
        return Ok(());
    }
    let detail = json!({ "list": view.list.as_str(), "name": view.name, "query": view.query });
    work.audit(Change { action, subject: view.id.0, detail }).await
}

fn from_row(row: &Row) -> Result<SavedView, Error> {
    Ok(SavedView {
        id: SavedViewId(row.get("id")?),
        list: row.parse("list", SavedList::parse)?,
        owner: row.get::<Option<Uuid>>("user_id")?.map(UserId),
        name: row.get("name")?,
        query: row.get("query")?,
    })
}
