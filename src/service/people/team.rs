//! Merchants and their users.

use super::password;
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::{MerchantId, UserId},
        people::{
            actor::{Actor, Permission, Role},
            merchant::Merchant,
        },
        text::parse_email,
        text::{self, Lines},
    },
    error::Error,
    languages::Language,
    store::{Store, people::team::User},
};
use chrono_tz::Tz;

/// Maximum length of the name of a person or a merchant.
const NAME_MAX: usize = 100;

/// Maximum length of a wallet's id.
const WALLET_ID_MAX: usize = 20;

/// The merchant with this name, which is created if it does not exist. Without a name, the only merchant; if there is none
/// yet, one with the default name is created.
pub async fn chosen_merchant(
    store: &Store,
    context: &Context<'_>,
    name: Option<&str>,
    default: &str,
) -> Result<Merchant, Error> {
    match find_merchant(store, name).await? {
        Some(found) => Ok(found),
        None => merchant_named(store, context, name.unwrap_or(default)).await,
    }
}

/// The merchant with this name; without a name, the only merchant. Several without a name are an error.
pub async fn find_merchant(store: &Store, name: Option<&str>) -> Result<Option<Merchant>, Error> {
    let mut all = store.merchants().await?;
    if let Some(name) = name {
        return Ok(all.into_iter().find(|merchant| merchant.name == name));
    }
    if all.len() > 1 {
        let names = all.iter().map(|merchant| merchant.name.as_str()).collect::<Vec<_>>().join(", ");
        return Err(DomainError::new(ErrorCode::Required, "error-several-merchants").with("names", names).into());
    }
    Ok(all.pop())
}

/// Changes the name of a merchant.
pub async fn rename_merchant(
    store: &Store,
    context: &Context<'_>,
    merchant: MerchantId,
    name: &str,
) -> Result<Merchant, Error> {
    Ok(store.rename_merchant(context, merchant, &parse_name(name)?).await?)
}

/// Sets the id of the wallet of a merchant, for Circle's clients that know one already.
pub async fn set_wallet_id(
    store: &Store,
    context: &Context<'_>,
    merchant: MerchantId,
    id: &str,
) -> Result<Merchant, Error> {
    if id.is_empty() || id.len() > WALLET_ID_MAX || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        let error = DomainError::new(ErrorCode::TextInvalid, "error-wallet-id");
        return Err(error.with("most", WALLET_ID_MAX).into());
    }
    Ok(store.set_wallet_number(context, merchant, id).await?)
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
    let name = parse_name(name)?;
    let email = parse_email(email)?.ok_or_else(|| DomainError::required(Field::Email))?.to_lowercase();
    password::require_strong(password)?;
    let user = User {
        id: UserId(context.id()),
        merchant_id: merchant,
        email,
        name,
        role,
        password_hash: password::hash(password.to_owned(), None).await?,
        disabled_at: None,
    };
    store.add_user(context, &user).await?;
    Ok(user)
}

/// The member of a merchant's team with this e-mail address.
pub async fn member(store: &Store, merchant: MerchantId, email: &str) -> Result<User, Error> {
    let user = store.user_by_email(&email.trim().to_lowercase()).await?;
    user.filter(|user| user.merchant_id == merchant).ok_or_else(|| DomainError::not_found("error-unknown-user").into())
}

/// The user with this e-mail address, of whatever merchant; for the command line.
pub async fn user(store: &Store, email: &str) -> Result<User, Error> {
    let user = store.user_by_email(&email.trim().to_lowercase()).await?;
    user.ok_or_else(|| DomainError::not_found("error-unknown-user").into())
}

/// Stores the language that the actor has chosen for the console; none for that of the browser. Each person has their own.
pub async fn choose_language(store: &Store, actor: &Actor, language: Option<Language>) -> Result<(), Error> {
    actor.require(Permission::Read)?;
    let only_a_person = || DomainError::new(ErrorCode::Forbidden, "error-language-of-a-person");
    let user = actor.user().ok_or_else(only_a_person)?;
    Ok(store.set_language(user, language.map(Language::code)).await?)
}

/// Stores the time zone that the actor has chosen for the days of filters; none for that of the browser.
pub async fn choose_time_zone(store: &Store, actor: &Actor, zone: Option<Tz>) -> Result<(), Error> {
    actor.require(Permission::Read)?;
    let only_a_person = || DomainError::new(ErrorCode::Forbidden, "error-time-zone-of-a-person");
    let user = actor.user().ok_or_else(only_a_person)?;
    Ok(store.set_time_zone(user, zone.map(Tz::name)).await?)
}

/// The merchant that the actor belongs to.
pub async fn merchant(store: &Store, actor: &Actor) -> Result<Merchant, Error> {
    Ok(store.merchant(actor.merchant()).await?)
}

/// The merchant with this name; created if there is none.
pub async fn merchant_named(store: &Store, context: &Context<'_>, name: &str) -> Result<Merchant, Error> {
    let known = store.merchants().await?.into_iter().find(|merchant| [name, name.trim()].contains(&&*merchant.name));
    match known {
        Some(merchant) => Ok(merchant),
        None => Ok(store.add_merchant(context, &parse_name(name)?).await?),
    }
}

fn parse_name(name: &str) -> Result<String, DomainError> {
    let name = text::parse(name, Lines::One, NAME_MAX).map_err(|error| DomainError::from(error).on(Field::Name))?;
    name.ok_or_else(|| DomainError::required(Field::Name))
}
