//! The recipient of a refund: the history of the address, and what the chain says about it. Every way to a refund asks
//! here, before money is reserved.

use super::{
    RefundServices,
    draft::{self, OpenDraft},
    require_sent,
};
use crate::service::{customers::masking, pairs};
use crate::{
    chain::Chain,
    context::Context,
    domain::{
        address::{Address, network::Network},
        error::{DomainError, ErrorText, Field},
        ids::RefundDraftId,
        money::currency::Currency,
        names::Named,
        people::actor::Actor,
        policy::{
            recipient::{RecipientOnChain, RecipientState},
            warnings::Warnings,
        },
        refunds::warning::Warning,
    },
    error::Error,
};
use chrono::{DateTime, Utc};

/// What is known about the recipient of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientReview {
    /// Every error in the recipient step, from the input, from the history of the address, and from the chain.
    pub problems: Vec<DomainError>,
    /// `None` if the input has no valid address.
    pub on_chain: Option<RecipientOnChain>,
    /// The warnings among the errors.
    pub warnings: Vec<Warning>,
}

/// What an address is for somebody who sends this coin to it.
pub(in crate::service) async fn on_chain(
    chain: Option<&Chain>,
    network: Network,
    address: &str,
    coin: Currency,
    now: DateTime<Utc>,
) -> RecipientOnChain {
    match chain {
        Some(chain) => chain.recipients.look_at(network, address, coin, now).await,
        None => RecipientOnChain { state: RecipientState::NotKnown, network },
    }
}

/// Checks the recipient of a draft of this actor.
pub async fn review(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    open: &OpenDraft,
) -> Result<RecipientReview, Error> {
    let coin = open.draft.coin(&open.intent);
    let recipient = match open.draft.recipient.parse(coin) {
        Ok(recipient) => recipient,
        Err(problems) => {
            let problems = network_first(services, &open.draft.recipient.network, coin, problems);
            return Ok(RecipientReview { problems, on_chain: None, warnings: Vec::new() });
        }
    };
    let (merchant, to) = (open.draft.merchant_id, &recipient.destination);
    let screened = services.screening.screen(&to.address).await?;
    let history = masking::address_history(actor, services.store.address_history(merchant, to).await?);
    let on_chain = on_chain(services.chain, to.network(), to.address.as_str(), coin, context.now).await;
    let policy = services.policy(merchant).await?;
    let warnings = Warnings::about(&history, on_chain, to.network());
    let reason = recipient.override_reason.as_ref();
    // In the order of the rules of a refund.
    let problem = require_sent(services, to.network(), (coin, Field::DestinationNetwork))
        .and_then(|()| screened.require_clear())
        .and_then(|()| history.require_not_own())
        .and_then(|()| warnings.require_overridden(Warning::AddressLooksAlike, reason))
        .and_then(|()| warnings.require_overridden(Warning::AddressPaidBefore, reason))
        .and_then(|()| on_chain.require_usable(to.network(), coin))
        .and_then(|()| warnings.require_overridden(Warning::AddressIsContract, reason))
        .and_then(|()| policy.require_allowed(to))
        .err();
    let is_warning = problem.as_ref().is_some_and(|error| Warning::all().any(|warning| warning.code() == error.code));
    let warnings = if is_warning { warnings.open(reason) } else { Vec::new() };
    Ok(RecipientReview { problems: problem.into_iter().collect(), on_chain: Some(on_chain), warnings })
}

/// Says that nothing is sent on the network instead of what is wrong with an address there.
fn network_first(
    services: RefundServices<'_>,
    code: &str,
    coin: Currency,
    mut problems: Vec<DomainError>,
) -> Vec<DomainError> {
    let sent = pairs::sent(services.chain);
    let network = Some(code).filter(|code| !code.is_empty()).map(|code| sent.parse_network(code));
    let Some(Err(refusal)) = network.map(|network| sent.require(network?, coin)) else { return problems };
    let of_address = [Field::DestinationNetwork, Field::DestinationAddress, Field::DestinationMemo];
    problems.retain(|problem| !problem.field.is_some_and(|field| of_address.contains(&field)));
    problems.insert(0, refusal.on(Field::DestinationNetwork));
    problems
}

/// What the chain says about an address during typing; `None` if there is nothing to say. An address that is not valid
/// is reported by the form itself.
pub async fn advice(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundDraftId,
    network: &str,
    address: &str,
) -> Result<Option<ErrorText>, Error> {
    let open = draft::get(services.store, actor, id).await?;
    let coin = open.draft.coin(&open.intent);
    let Ok(network) = Network::parse(network) else { return Ok(None) };
    let Ok(address) = Address::parse(network, address) else { return Ok(None) };
    let found = on_chain(services.chain, network, address.as_str(), coin, context.now).await;
    let problem = found.require_usable(network, coin).err().map(|error| error.message);
    Ok(problem.or_else(|| found.contract_warning(network)).or_else(|| found.note()))
}
