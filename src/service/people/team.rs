//! Merchants and their users.

use super::session;
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, UserId},
        people::{
            actor::{Actor, Role},
            merchant::Merchant,
        },
        refunds::draft::parse_email,
    },
    error::Error,
    store::{Store, people::team::User},
};

/// Minimum length of a password (NIST SP 800-63B, section 3.1.1.2, for single-factor passwords).
const PASSWORD_MIN: usize = 15;

/// Maximum length of a wallet's id.
const WALLET_ID_MAX: usize = 20;

/// Sets the id of the wallet of the merchant with this name, for Circle's clients that know one already.
pub async fn set_wallet_id(store: &Store, context: &Context<'_>, name: &str, id: &str) -> Result<Merchant, Error> {
    if id.is_empty() || id.len() > WALLET_ID_MAX || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("The id of a wallet has 1 to {WALLET_ID_MAX} digits.");
        return Err(DomainError::new(ErrorCode::TextInvalid, message).into());
    }
    let known = store.merchants().await?.into_iter().find(|merchant| merchant.name == name);
    let merchant = known.ok_or_else(|| DomainError::not_found("merchant"))?;
    Ok(store.set_wallet_number(context, merchant.id, id).await?)
}

/// Adds a user to a merchant's team.
pub async fn add_user(
    store: &Store,
    context: &Context<'_>,
    merchant: MerchantId,
    email: &str,
    name: &str,
    role: Role,
    password: &str,
) -> Result<User, Error> {
    let email = parse_email(email)?.ok_or_else(|| DomainError::required(Field::Email))?.to_lowercase();
    if password.chars().count() < PASSWORD_MIN || password.chars().count() > 200 {
        let message = format!("The password must have at least {PASSWORD_MIN} characters; a sentence is good.");
        return Err(DomainError::new(ErrorCode::TextInvalid, message).on(Field::Password).into());
    }
    let user = User {
        id: UserId(context.id()),
        merchant_id: merchant,
        email,
        name: name.trim().to_owned(),
        role,
        password_hash: session::hash(password.to_owned()).await?,
    };
    store.add_user(context, &user).await?;
    Ok(user)
}

/// The merchant that the actor belongs to.
pub async fn merchant(store: &Store, actor: &Actor) -> Result<Merchant, Error> {
    Ok(store.merchant(actor.merchant()).await?)
}

/// The merchant with this name; created if there is none.
pub async fn merchant_named(store: &Store, context: &Context<'_>, name: &str) -> Result<Merchant, Error> {
    let known = store.merchants().await?.into_iter().find(|merchant| merchant.name == name);
    match known {
        Some(merchant) => Ok(merchant),
        None => Ok(store.add_merchant(context, name).await?),
    }
}
