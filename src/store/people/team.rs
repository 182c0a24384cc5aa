//! Merchants and their users.

use crate::domain::people::merchant::Merchant;
use crate::store::{
    Error, Store,
    engine::{Row, Transaction},
    records::Change,
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, UserId},
        names::Named,
        people::actor::{Actor, Role},
    },
    values,
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// A member of a merchant's team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub merchant_id: MerchantId,
    /// In lower case; used to sign in.
    pub email: String,
    pub name: String,
    pub role: Role,
    /// argon2id in PHC format.
    pub password_hash: String,
    /// Since when the person cannot sign in any more.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// The columns that [`user`] reads, of the table `u`.
pub(super) const USER_COLUMNS: &str = "u.id, u.merchant_id, u.email, u.name, u.role, u.password_hash, u.disabled_at";

impl User {
    /// Returns the user as an actor, with no network address as its origin.
    pub fn actor(&self) -> Actor {
        Actor::User {
            id: self.id,
            merchant: self.merchant_id,
            role: self.role,
            name: self.name.clone(),
            origin: None,
            session: None,
        }
    }
}

impl Store {
    /// Creates a merchant.
    pub async fn add_merchant(&self, context: &Context<'_>, name: &str) -> Result<Merchant, Error> {
        let mut transaction = self.database.begin().await?;
        let row = transaction.one("select count(*) as number from merchants", vec![]).await?;
        let wallet_number = (1_000_000_001 + row.get::<i64>("number")?).to_string();
        let merchant = Merchant { id: MerchantId(context.id()), name: name.to_owned(), wallet_number };
        transaction
            .execute(
                "insert into merchants (id, name, wallet_number, created_at) values ($1, $2, $3, $4)",
                values![merchant.id, &merchant.name, &merchant.wallet_number, context.now],
            )
            .await?;
        transaction.execute("insert into ledger_periods (merchant_id) values ($1)", values![merchant.id]).await?;
        transaction.commit().await?;
        Ok(merchant)
    }

    /// Returns a merchant.
    pub async fn merchant(&self, id: MerchantId) -> Result<Merchant, Error> {
        load_merchant(&mut self.database.snapshot().await?, id).await
    }

    /// Returns every merchant, oldest first.
    pub async fn merchants(&self) -> Result<Vec<Merchant>, Error> {
        let sql = "select id, name, wallet_number from merchants order by created_at, id";
        self.database.snapshot().await?.all(sql, vec![]).await?.iter().map(merchant).collect()
    }

    /// Sets the number of a merchant's wallet.
    pub async fn set_wallet_number(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        number: &str,
    ) -> Result<Merchant, Error> {
        // Done on the command line, where nobody is signed in.
        let mut work = self.begin_as_system(merchant, context).await?;
        let sql = "update merchants set wallet_number = $1 where id = $2
            and not exists (select 1 from merchants where wallet_number = $1 and id <> $2)";
        if work.transaction.execute(sql, values![number, merchant]).await? == 0 {
            let message = "error-wallet-of-another";
            return Err(DomainError::new(ErrorCode::TextInvalid, message).into());
        }
        let detail = json!({ "walletId": number });
        work.audit(Change { action: "merchant.wallet_changed", subject: merchant.0, detail }).await?;
        let changed = load_merchant(&mut work.transaction, merchant).await?;
        work.commit().await?;
        Ok(changed)
    }

    /// Changes the name of a merchant.
    pub async fn rename_merchant(
        &self,
        context: &Context<'_>,
        merchant: MerchantId,
        name: &str,
    ) -> Result<Merchant, Error> {
        // Done on the command line, where nobody is signed in.
        let mut work = self.begin_as_system(merchant, context).await?;
        let before = load_merchant(&mut work.transaction, merchant).await?.name;
        let sql = "update merchants set name = $1 where id = $2
            and not exists (select 1 from merchants where name = $1 and id <> $2)";
        if work.transaction.execute(sql, values![name, merchant]).await? == 0 {
            let message = "error-merchant-name-taken";
            return Err(DomainError::new(ErrorCode::TextInvalid, message).into());
        }
        let detail = json!({ "name": name, "before": before });
        work.audit(Change { action: "merchant.renamed", subject: merchant.0, detail }).await?;
        let changed = load_merchant(&mut work.transaction, merchant).await?;
        work.commit().await?;
        Ok(changed)
    }

    /// Adds a user. E-mail addresses are in lower case and unique across all merchants.
    pub async fn add_user(&self, context: &Context<'_>, user: &User) -> Result<(), Error> {
        // Done on the command line, where nobody is signed in.
        let mut work = self.begin_as_system(user.merchant_id, context).await?;
        let inserted = work
            .transaction
            .execute(
                "insert into users (id, merchant_id, email, name, role, password_hash, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7) on conflict (email) do nothing",
                values![
                    user.id,
                    user.merchant_id,
                    &user.email,
                    &user.name,
                    user.role.as_str(),
                    &user.password_hash,
                    context.now
                ],
            )
            .await?;
        if inserted == 0 {
            let message = "error-email-taken";
            return Err(DomainError::new(ErrorCode::TextInvalid, message).on(Field::Email).into());
        }
        let detail = json!({ "email": user.email, "role": user.role.as_str() });
        work.audit(Change { action: "user.added", subject: user.id.0, detail }).await?;
        work.commit().await
    }

    /// Returns the user with this id.
    pub async fn user(&self, id: UserId) -> Result<Option<User>, Error> {
        let sql = format!("select {USER_COLUMNS} from users u where u.id = $1");
        let row = self.database.snapshot().await?.optional(sql, values![id]).await?;
        row.as_ref().map(user).transpose()
    }

    /// Stores the language that a person has chosen, by its code; none for that of the browser.
    pub async fn set_language(&self, user: UserId, code: Option<&str>) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction.execute("update users set language = $1 where id = $2", values![code, user]).await?;
        transaction.commit().await
    }

    /// Stores the time zone that a person has chosen, by its name; none for that of the browser.
    pub async fn set_time_zone(&self, user: UserId, name: Option<&str>) -> Result<(), Error> {
        let mut transaction = self.database.begin().await?;
        transaction.execute("update users set time_zone = $1 where id = $2", values![name, user]).await?;
        transaction.commit().await
    }

    /// Returns the user with this e-mail address.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>, Error> {
        let sql = format!("select {USER_COLUMNS} from users u where u.email = $1");
        let row = self.database.snapshot().await?.optional(sql, values![email]).await?;
        row.as_ref().map(user).transpose()
    }
}

pub(in crate::store) async fn load_merchant(transaction: &mut Transaction, id: MerchantId) -> Result<Merchant, Error> {
    let sql = "select id, name, wallet_number from merchants where id = $1";
    let row = transaction.optional(sql, values![id]).await?;
    merchant(&row.ok_or_else(|| DomainError::not_found("error-unknown-merchant"))?)
}

fn merchant(row: &Row) -> Result<Merchant, Error> {
    Ok(Merchant { id: MerchantId(row.get("id")?), name: row.get("name")?, wallet_number: row.get("wallet_number")? })
}

pub(super) fn user(row: &Row) -> Result<User, Error> {
    Ok(User {
        id: UserId(row.get("id")?),
        merchant_id: MerchantId(row.get("merchant_id")?),
        email: row.get("email")?,
        name: row.get("name")?,
        role: row.parse("role", Role::parse)?,
        password_hash: row.get("password_hash")?,
        disabled_at: row.get("disabled_at")?,
    })
}
