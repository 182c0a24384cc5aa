//! Deposits that were credited and then removed by the network, when the money was spent: the list, and what an owner
//! decides about each.

use crate::{
    chain::{Chain, evm::deposits::Watch},
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        people::actor::{Actor, Permission},
        text::parse_note,
    },
    error::Error,
    rates::RateSource,
    service::{customers::masking, people::second_factor::require_recent_code},
    state::Requite,
    store::{
        Store,
        chain::{
            deposits::{ChainDeposit, DepositStage},
            lost_deposits::{LostDeposit, Resolution},
        },
    },
};
use rust_decimal::Decimal;
use uuid::Uuid;

/// The fewest characters that explain a loss.
pub const NOTE_MIN: usize = 10;
/// How many are listed.
const SHOWN: u32 = 100;

/// What these use cases need.
#[derive(Clone, Copy)]
pub struct LostDepositServices<'a> {
    pub store: &'a Store,
    pub chain: Option<&'a Chain>,
    pub rates: &'a dyn RateSource,
    pub fee_percent: Decimal,
}

impl<'a> From<&'a Requite> for LostDepositServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            chain: requite.chain.as_ref(),
            rates: requite.rates.as_ref(),
            fee_percent: requite.settings.payment_fee_percent,
        }
    }
}

/// Those of the merchant that wait for a decision; of all merchants for the system.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<LostDeposit>, Error> {
    actor.require(Permission::Read)?;
    let merchant = (!matches!(actor, Actor::System { .. })).then(|| actor.merchant());
    let mut deposits = store.deposits_to_decide(merchant, SHOWN).await?;
    for (_, note) in deposits.iter_mut().filter_map(|lost| lost.written_off.as_mut()) {
        *note = masking::text(actor, note);
    }
    Ok(deposits)
}

/// Decides that a deposit is lost. What it did to the balance is in the result.
pub async fn write_off(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: Uuid,
    note: &str,
) -> Result<Resolution, Error> {
    actor.require(Permission::ManagePayouts)?;
    require_recent_code(store, context, actor).await?;
    let note = parse_note(note, Field::Note)?.ok_or_else(|| DomainError::required(Field::Note))?;
    if note.chars().count() < NOTE_MIN {
        let error = DomainError::new(ErrorCode::TextInvalid, "error-note-too-short");
        return Err(error.with("least", NOTE_MIN).on(Field::Note).into());
    }
    let found = store.lost_deposit(actor, id).await?;
    Ok(store.write_deposit_off(context, actor, &found, &note).await?)
}

/// Decides that a deposit that was written off has arrived after all: it is in a final block, and the nodes agree about it.
pub async fn recover(
    services: LostDepositServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: Uuid,
) -> Result<(), Error> {
    actor.require(Permission::ManagePayouts)?;
    require_recent_code(services.store, context, actor).await?;
    let found = services.store.lost_deposit(actor, id).await?;
    if found.stage != DepositStage::Final {
        let message = "error-deposit-not-final";
        return Err(DomainError::new(ErrorCode::DepositNotLost, message).into());
    }
    require_agreed(services, &found).await?;
    Ok(services.store.recover_deposit(context, actor, &found).await?)
}

/// Asks all nodes whether the deposit is where it was seen.
async fn require_agreed(services: LostDepositServices<'_>, found: &ChainDeposit) -> Result<(), Error> {
    let connection = services.chain.and_then(|chain| chain.evm.as_ref()?.connection(found.network));
    let connection = connection.ok_or_else(|| {
        let error = DomainError::new(ErrorCode::ChainUnavailable, "error-no-node");
        error.with("network", found.network.title())
    })?;
    let watch = Watch { store: services.store, connection, rates: services.rates, fee_percent: services.fee_percent };
    match watch.is_confirmed(found).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(DomainError::new(ErrorCode::DepositNotLost, "error-deposit-in-no-block").into()),
        Err(error) => {
            tracing::warn!(error = %crate::error::with_causes(&error), "a deposit that is said to be back cannot be confirmed");
            Err(DomainError::new(ErrorCode::NodesDisagree, "error-nodes-disagree").into())
        }
    }
}
