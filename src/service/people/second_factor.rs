//! Second factor: set-up, removal, and requirement by policy.

use super::{password, session::new_token};
use crate::service::fingerprint;
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::UserId,
        people::{
            actor::{Actor, Permission},
            second_factor::{CODE_COUNTS_FOR, ParsedCode, RECOVERY_CODES, RECOVERY_LENGTH, RecoveryCode, TotpSecret},
        },
        policy::RefundPolicy,
    },
    error::Error,
    limits::{
        second_factor::{CodeLimits, CodeSource},
        sign_in::SignInLimits,
    },
    store::{
        Store,
        people::second_factor::{SecondFactor, SubmittedCode},
    },
};

/// What a user has to enter before creating or approving a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRequirement {
    /// Nothing, since the policy requires no code.
    Nothing,
    Code,
    /// A code, but the user has no second factor yet.
    SetUp,
}

/// What this user will have to enter; pages show the field, or a link to the set-up.
pub async fn code_requirement(
    store: &Store,
    server_policy: &RefundPolicy,
    actor: &Actor,
) -> Result<CodeRequirement, Error> {
    let user = require_user_id(actor)?;
    if !store.policy(actor.merchant(), server_policy).await?.second_factor {
        return Ok(CodeRequirement::Nothing);
    }
    let factor = store.second_factor(user).await?;
    let active = factor.is_some_and(|factor| factor.is_active());
    Ok(if active { CodeRequirement::Code } else { CodeRequirement::SetUp })
}

/// What this user has to enter before changing keys, webhooks, the policy or the team. A code is asked for where there is a
/// second factor, whatever the policy says: otherwise one stolen session could switch off what protects refunds.
pub async fn recent_code_requirement(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
) -> Result<CodeRequirement, Error> {
    let Some(user) = actor.user() else { return Ok(CodeRequirement::Nothing) };
    let entered = actor.session().and_then(|session| session.code_at);
    if entered.is_some_and(|at| context.now < at + CODE_COUNTS_FOR) {
        return Ok(CodeRequirement::Nothing);
    }
    let active = store.second_factor(user).await?.is_some_and(|factor| factor.is_active());
    Ok(if active { CodeRequirement::Code } else { CodeRequirement::Nothing })
}

/// Rejects a user with a second factor who has entered no code within the last minutes.
pub async fn require_recent_code(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<(), Error> {
    match recent_code_requirement(store, context, actor).await? {
        CodeRequirement::Nothing => Ok(()),
        CodeRequirement::Code | CodeRequirement::SetUp => Err(no_recent_code().into()),
    }
}

/// The same for what only somebody with a second factor may do, whatever the policy says.
pub async fn own_code_requirement(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
) -> Result<CodeRequirement, Error> {
    let Some(user) = actor.user() else { return Ok(CodeRequirement::Nothing) };
    if !store.second_factor(user).await?.is_some_and(|factor| factor.is_active()) {
        return Ok(CodeRequirement::SetUp);
    }
    recent_code_requirement(store, context, actor).await
}

/// Rejects a user who has no second factor, or has entered no code within the last minutes.
pub async fn require_own_code(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<(), Error> {
    match own_code_requirement(store, context, actor).await? {
        CodeRequirement::Nothing => Ok(()),
        CodeRequirement::Code => Err(no_recent_code().into()),
        CodeRequirement::SetUp => {
            let message = "error-second-factor-needed";
            Err(DomainError::new(ErrorCode::SecondFactorMissing, message).into())
        }
    }
}

/// Accepts a code for the changes of the next minutes in this session.
pub async fn enter_code(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    code: CodeAttempt<'_>,
) -> Result<(), Error> {
    require_user_id(actor)?;
    let submitted = code.count_required(actor)?;
    Ok(store.enter_code(context, actor, &submitted).await?)
}

/// A code as it was typed, and the limit on attempts.
#[derive(Clone, Copy)]
pub struct CodeAttempt<'a> {
    pub limits: &'a CodeLimits,
    /// Empty when nothing was typed.
    pub typed: &'a str,
}

impl CodeAttempt<'_> {
    /// Parses the code and counts the attempt. The transaction that uses it checks whether it is required and correct.
    pub fn count(self, actor: &Actor) -> Result<Option<SubmittedCode>, DomainError> {
        let Some(user) = actor.user() else { return Ok(None) };
        let session = actor.session().map(|session| CodeSource::Session(session.id));
        self.count_from(&session.unwrap_or(CodeSource::User(user)))
    }

    fn count_from(self, source: &CodeSource) -> Result<Option<SubmittedCode>, DomainError> {
        let code = ParsedCode::parse(self.typed);
        if code == Ok(None) {
            return Ok(None);
        }
        self.limits.count_attempt(source)?;
        Ok(Some(match code {
            Ok(Some(ParsedCode::OneTime(code))) => SubmittedCode::OneTime(code),
            Ok(Some(ParsedCode::Recovery(code))) => SubmittedCode::Recovery(fingerprint::of_secret(code.as_str())),
            Ok(None) | Err(_) => SubmittedCode::Unreadable,
        }))
    }

    /// The same, where a code is always required.
    fn count_required(self, actor: &Actor) -> Result<SubmittedCode, DomainError> {
        self.count(actor)?.ok_or_else(no_code)
    }

    /// The same at sign-in. `browser` is the hash of a browser in which the user has signed in before.
    pub(super) fn count_at_sign_in(self, user: UserId, browser: Option<&str>) -> Result<SubmittedCode, DomainError> {
        let source = browser.map_or(CodeSource::User(user), |browser| CodeSource::Browser(browser.to_owned()));
        self.count_from(&source)?.ok_or_else(no_code)
    }
}

fn no_recent_code() -> DomainError {
    let message = "error-recent-code-needed";
    DomainError::new(ErrorCode::SecondFactorWrong, message).on(Field::Code)
}

fn no_code() -> DomainError {
    DomainError::new(ErrorCode::SecondFactorWrong, "error-code-missing").on(Field::Code)
}

/// The user's own second factor, active or being set up.
pub async fn get(store: &Store, context: &Context<'_>, actor: &Actor) -> Result<Option<SecondFactor>, Error> {
    let factor = store.second_factor(require_user_id(actor)?).await?;
    Ok(factor.filter(|factor| !factor.is_abandoned(context.now)))
}

/// A set-up that has begun.
#[derive(Debug)]
pub struct BegunSetUp {
    pub secret: TotpSecret,
    /// The new token of the session.
    pub token: String,
}

/// Starts the set-up: a new secret, which has no effect until [`confirm`]. Asks for the password: otherwise a stolen session
/// could set up a second factor of its own, and lock the person out. Ends the user's other sessions and gives this one a new
/// token, since whoever has a session could read the secret on its page.
pub async fn enroll(
    store: &Store,
    context: &Context<'_>,
    limits: &SignInLimits,
    actor: &Actor,
    password: &str,
) -> Result<BegunSetUp, Error> {
    let user = require_user_id(actor)?;
    password::require_own(store, limits, user, password).await?;
    let (secret, token) = (TotpSecret::new(context.random()), new_token(context));
    store.begin_second_factor(context, actor, user, &secret, &fingerprint::of_secret(&token)).await?;
    Ok(BegunSetUp { secret, token })
}

/// Activates it with the first correct code, and ends the user's other sessions, which were begun without one. Returns
/// the recovery codes, which cannot be shown again.
pub async fn confirm(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    code: CodeAttempt<'_>,
) -> Result<Vec<RecoveryCode>, Error> {
    let user = require_user_id(actor)?;
    let Some(SubmittedCode::OneTime(code)) = code.count(actor)? else {
        let message = "error-six-digits";
        return Err(DomainError::new(ErrorCode::SecondFactorWrong, message).on(Field::Code).into());
    };
    let codes = new_recovery_codes(context);
    store.confirm_second_factor(context, actor, user, code, &hashes(&codes)).await?;
    Ok(codes)
}

/// Removes it; needs a one-time code or a recovery code.
pub async fn turn_off(store: &Store, context: &Context<'_>, actor: &Actor, code: CodeAttempt<'_>) -> Result<(), Error> {
    let user = require_user_id(actor)?;
    let submitted = code.count_required(actor)?;
    Ok(store.end_second_factor(context, actor, user, &submitted).await?)
}

/// Creates new recovery codes; needs a code. The old ones become invalid.
pub async fn renew_recovery_codes(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    code: CodeAttempt<'_>,
) -> Result<Vec<RecoveryCode>, Error> {
    let user = require_user_id(actor)?;
    let submitted = code.count_required(actor)?;
    let codes = new_recovery_codes(context);
    store.renew_recovery_codes(context, actor, user, &submitted, &hashes(&codes)).await?;
    Ok(codes)
}

/// Removes the second factor of a user who has lost app and recovery codes; for the command line, which has no
/// signed-in user. Returns whether there was one.
pub async fn reset(store: &Store, context: &Context<'_>, email: &str) -> Result<bool, Error> {
    let user = store.user_by_email(&email.trim().to_lowercase()).await?;
    let user = user.ok_or_else(|| DomainError::not_found("error-unknown-user"))?;
    let actor = Actor::System { merchant: user.merchant_id };
    Ok(store.reset_second_factor(context, &actor, user.id).await?)
}

fn new_recovery_codes(context: &Context<'_>) -> Vec<RecoveryCode> {
    let one = || RecoveryCode::new(context.random::<RECOVERY_LENGTH>());
    std::iter::repeat_with(one).take(RECOVERY_CODES).collect()
}

fn hashes(codes: &[RecoveryCode]) -> Vec<String> {
    codes.iter().map(|code| fingerprint::of_secret(code.as_str())).collect()
}

/// The user of the actor; API keys have no second factor.
fn require_user_id(actor: &Actor) -> Result<UserId, DomainError> {
    actor.require(Permission::Read)?;
    actor.user().ok_or_else(|| DomainError::new(ErrorCode::Forbidden, "error-second-factor-of-people"))
}
