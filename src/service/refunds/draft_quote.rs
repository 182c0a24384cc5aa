//! The quote of a draft when it is confirmed.

use super::{
    RefundServices,
    draft::{self, OpenDraft},
};
use crate::{
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::QuoteId,
        people::actor::Actor,
    },
    error::Error,
};

/// The quote of the draft. If it has expired without a conversion, for which the page shows no countdown, it is renewed:
/// only the network fee can have changed. If that has risen, the page has to show it first.
pub async fn current(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    open: &OpenDraft,
) -> Result<QuoteId, Error> {
    let not_shown = || {
        let message = "error-fee-risen";
        DomainError::new(ErrorCode::QuoteExpired, message).on(Field::Quote)
    };
    let shown = services.store.quote(actor.merchant(), open.draft.quote_id.ok_or_else(not_shown)?).await?;
    if shown.terms.is_converted() || shown.require_current(context.now).is_ok() {
        return Ok(shown.id);
    }
    draft::renew_quote(services, context, actor, open.draft.id).await?;
    let renewed = draft::get(services.store, actor, open.draft.id).await?.draft.quote_id.ok_or_else(not_shown)?;
    let renewed = services.store.quote(actor.merchant(), renewed).await?;
    // The customer must not get less either, if they pay the fee.
    let as_shown = renewed.terms.conversion() == shown.terms.conversion()
        && renewed.terms.total.amount() <= shown.terms.total.amount()
        && renewed.terms.send.amount() >= shown.terms.send.amount();
    if as_shown { Ok(renewed.id) } else { Err(not_shown().into()) }
}
