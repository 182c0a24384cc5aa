//! A person's second factor: setting it up, turning it off, and what is asked for when a policy requires it.

use crate::service::{fingerprint, policy};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        ids::UserId,
        people::{
            actor::{Actor, Permission},
            second_factor::{RECOVERY_CODES, RECOVERY_LENGTH, RecoveryCode, Secret, TypedCode},
        },
    },
    error::Error,
    state::Requite,
    store::people::second_factors::{SecondFactor, SubmittedCode},
};

/// What a person has to show before a refund of theirs is made or approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRequirement {
    /// Nothing: the policy does not say so.
    Nothing,
    /// A code.
    Code,
    /// A code, which they have no way to make yet.
    SetUp,
}

/// What this person will be asked for; pages show the field, or the way to set it up.
pub async fn demand(requite: &Requite, actor: &Actor) -> Result<CodeRequirement, Error> {
    let user = person(actor)?;
    if !policy::current(requite, actor.merchant()).await?.second_factor {
        return Ok(CodeRequirement::Nothing);
    }
    let factor = requite.store.second_factor(user).await?;
    let active = factor.is_some_and(|factor| factor.is_active());
    Ok(if active { CodeRequirement::Code } else { CodeRequirement::SetUp })
}

/// Reads what an actor typed as a code and counts the attempt. Whether it is needed and right is decided where it is used up,
/// in the transaction of what it is for.
pub fn typed(requite: &Requite, actor: &Actor, text: &str) -> Result<Option<SubmittedCode>, DomainError> {
    let Some(user) = actor.user() else { return Ok(None) };
    let code = TypedCode::parse(text);
    if code == Ok(None) {
        return Ok(None);
    }
    requite.code_limits.require(user)?;
    Ok(Some(match code {
        Ok(Some(TypedCode::OneTime(code))) => SubmittedCode::OneTime(code),
        Ok(Some(TypedCode::Recovery(code))) => SubmittedCode::Recovery(fingerprint::of_secret(code.as_str())),
        Ok(None) | Err(_) => SubmittedCode::Unreadable,
    }))
}

/// A person's own second factor, active or being set up.
pub async fn get(requite: &Requite, actor: &Actor) -> Result<Option<SecondFactor>, Error> {
    let factor = requite.store.second_factor(person(actor)?).await?;
    Ok(factor.filter(|factor| !factor.is_abandoned(requite.context().now)))
}

/// Begins to set it up: a new secret, which counts nowhere until [`confirm`].
pub async fn enrol(requite: &Requite, actor: &Actor) -> Result<Secret, Error> {
    let user = person(actor)?;
    let mut random = [0; Secret::LENGTH];
    requite.entropy.fill(&mut random);
    let secret = Secret::new(random);
    requite.store.begin_second_factor(actor, &requite.context(), user, &secret).await?;
    Ok(secret)
}

/// Turns it on for the first right code. Answers the recovery codes, which nobody can read again.
pub async fn confirm(requite: &Requite, actor: &Actor, code: &str) -> Result<Vec<RecoveryCode>, Error> {
    let user = person(actor)?;
    let Some(SubmittedCode::OneTime(code)) = typed(requite, actor, code)? else {
        let message = "Enter the six digits that the app shows.";
        return Err(DomainError::new(ErrorCode::SecondFactorWrong, message).on("code").into());
    };
    let codes = new_recovery_codes(requite);
    requite.store.confirm_second_factor(actor, &requite.context(), user, code, &hashes(&codes)).await?;
    Ok(codes)
}

/// Turns it off, for a code of the app or a recovery code.
pub async fn turn_off(requite: &Requite, actor: &Actor, code: &str) -> Result<(), Error> {
    let user = person(actor)?;
    let submitted = required(requite, actor, code)?;
    Ok(requite.store.end_second_factor(actor, &requite.context(), user, &submitted).await?)
}

/// Makes new recovery codes, for a code. The old ones are worth nothing from then on.
pub async fn renew_recovery_codes(requite: &Requite, actor: &Actor, code: &str) -> Result<Vec<RecoveryCode>, Error> {
    let user = person(actor)?;
    let submitted = required(requite, actor, code)?;
    let codes = new_recovery_codes(requite);
    requite.store.renew_recovery_codes(actor, &requite.context(), user, &submitted, &hashes(&codes)).await?;
    Ok(codes)
}

/// Forgets the second factor of somebody who has lost everything; for the command line, where nobody is signed in. Answers
/// whether there was one.
pub async fn reset(requite: &Requite, email: &str) -> Result<bool, Error> {
    let user = requite.store.user_by_email(&email.trim().to_lowercase()).await?;
    let user = user.ok_or_else(|| DomainError::not_found("user"))?;
    let actor = Actor::System { merchant: user.merchant_id };
    Ok(requite.store.reset_second_factor(&actor, &requite.context(), user.id).await?)
}

fn required(requite: &Requite, actor: &Actor, code: &str) -> Result<SubmittedCode, DomainError> {
    let absent = || DomainError::new(ErrorCode::SecondFactorWrong, "Enter a code.").on("code");
    typed(requite, actor, code)?.ok_or_else(absent)
}

fn new_recovery_codes(requite: &Requite) -> Vec<RecoveryCode> {
    let one = || {
        let mut random = [0; RECOVERY_LENGTH];
        requite.entropy.fill(&mut random);
        RecoveryCode::new(random)
    };
    std::iter::repeat_with(one).take(RECOVERY_CODES).collect()
}

fn hashes(codes: &[RecoveryCode]) -> Vec<String> {
    codes.iter().map(|code| fingerprint::of_secret(code.as_str())).collect()
}

/// Everybody who is signed in has their own; programs have none.
fn person(actor: &Actor) -> Result<UserId, DomainError> {
    actor.require(Permission::Read)?;
    actor.user().ok_or_else(|| DomainError::new(ErrorCode::Forbidden, "Only a person has a second factor."))
}
