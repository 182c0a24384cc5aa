//! Repeated requests for refunds. A request is the same as an earlier one if all that the caller says is the same.

use super::{
    RefundServices,
    order::{NewOrderRefund, OrderRefundTerms},
};
use crate::service::fingerprint;
use crate::{
    context::Context,
    domain::{
        address::memo::Memo,
        ids::IdempotencyKey,
        money::Money,
        names::Named,
        people::actor::Actor,
        refunds::{
            new_refund::{Destination, NewRefund},
            payee::{Payee, RefundRequest},
            refund::Refund,
            warning::{OverrideReason, Warning},
        },
        webhooks::url::EndpointUrl,
    },
    error::Error,
    store::records::{Idempotent, IdempotentRequest},
};
use std::time::Duration;

/// The longest time between the commit of a refund and the record that its response was sent.
const RESPONSE_SENT_WITHIN: Duration = Duration::from_secs(1);
/// How often is looked for that record within this time.
const LOOKS: u32 = 20;

/// The first part of every fingerprint. Fingerprints from before it was added leave out the quote, the expected amount, the
/// e-mail address, the reason and the notes.
const EVERYTHING: &str = "everything";

/// The values that all requests for refunds by amount have, as parts of a fingerprint.
macro_rules! terms {
    ($request:expr) => {
        [
            $request.intent_id.to_string(),
            $request.amount.to_string(),
            $request.coin.code().to_owned(),
            $request.funding.code().to_owned(),
            $request.fee_payer.as_str().to_owned(),
            text($request.quote_id),
            text($request.expected_refundable),
            text($request.customer_email.as_ref()),
            $request.reason.as_str().to_owned(),
            text($request.note.as_ref()),
            text($request.override_reason.as_ref().map(|reason| reason.text.as_str())),
        ]
    };
}

/// The request for a refund to an address.
pub(super) fn of_refund(context: &Context<'_>, new: &NewRefund, key: Option<IdempotencyKey>) -> IdempotentRequest {
    let [network, address, memo] = destination(&new.destination);
    let (price, callback) = (text(new.price_part), text(new.callback_url.as_ref().map(EndpointUrl::as_str)));
    let rest = [price.as_str(), confirms(new.customer_confirms).unwrap_or_default(), callback.as_str()];
    let terms = terms!(new);
    let parts = [EVERYTHING, "address", network, address, memo].into_iter().chain(rest);
    let overrides = overrides(new.override_reason.as_ref());
    let complete = fingerprint::of(parts.chain(terms.iter().chain(&overrides).map(String::as_str)));
    let (intent, amount) = (new.intent_id.to_string(), new.amount.to_string());
    let payment = ["address", &intent, network, address, memo, &amount, new.coin.code()];
    identified(context, key, [complete, earlier_of_refund(new), fingerprint::of(payment)])
}

/// The request for a refund to a payee, as requested: not with the address that it is resolved to.
pub(super) fn of_payee(
    context: &Context<'_>,
    request: &RefundRequest,
    key: Option<IdempotencyKey>,
) -> Result<IdempotentRequest, Error> {
    let (kind, first, second) = match &request.payee {
        Payee::Address(destination) => return Ok(of_refund(context, &request.new_refund(destination.clone())?, key)),
        Payee::Recipient(id) => ("recipient", id.to_string(), ""),
        Payee::OriginalSender { memo, memo_not_needed } => {
            ("sender", text(memo.as_ref()), if *memo_not_needed { "no memo" } else { "" })
        }
    };
    let network = request.network.map(|network| network.code()).unwrap_or_default();
    let terms = terms!(request);
    let parts = [EVERYTHING, kind, first.as_str(), second, network].into_iter();
    let overrides = overrides(request.override_reason.as_ref());
    let complete = fingerprint::of(parts.chain(terms.iter().chain(&overrides).map(String::as_str)));
    let (intent, amount) = (request.intent_id.to_string(), request.amount.to_string());
    let payment = [kind, &first, second, &intent, network, &amount, request.coin.code()];
    Ok(identified(context, key, [complete, earlier_of_payee(request, [kind, &first]), fingerprint::of(payment)]))
}

/// The request for a refund by price. Not with the resolved amount, which changes with every other refund of the order.
pub(super) fn of_order(
    context: &Context<'_>,
    request: &NewOrderRefund,
    part: Money,
    key: Option<IdempotencyKey>,
) -> IdempotentRequest {
    let OrderRefundTerms {
        destination: to,
        coin,
        funding,
        customer_email,
        reason,
        note,
        override_reason,
        customer_confirms,
        callback_url,
    } = &request.terms;
    let [network, address, memo] = destination(to);
    let (number, part) = (request.number.to_string(), part.to_string());
    let terms = [
        text(customer_email.as_ref()),
        reason.as_str().to_owned(),
        text(note.as_ref()),
        text(override_reason.as_ref().map(|reason| reason.text.as_str())),
        text(callback_url.as_ref().map(EndpointUrl::as_str)),
    ];
    // Fingerprints from before contain the same, but not the terms.
    let earlier = ["price", number.as_str(), network, address, memo, part.as_str(), coin.code(), funding.code()]
        .into_iter()
        .chain(confirms(*customer_confirms));
    let overrides = overrides(override_reason.as_ref());
    let complete = [EVERYTHING].into_iter().chain(terms.iter().map(String::as_str)).chain(earlier.clone());
    let complete = complete.chain(overrides.iter().map(String::as_str));
    let payment = ["price", &number, network, address, memo, &part, coin.code()];
    identified(context, key, [fingerprint::of(complete), fingerprint::of(earlier), fingerprint::of(payment)])
}

/// Without a key, a request that pays the same is a repetition until the response to the first was sent.
fn identified(
    context: &Context<'_>,
    key: Option<IdempotencyKey>,
    [fingerprint, earlier_fingerprint, payment]: [String; 3],
) -> IdempotentRequest {
    IdempotentRequest {
        key: key.unwrap_or_else(|| IdempotencyKey(context.id())),
        operation: "refund.create",
        fingerprint,
        earlier_fingerprint: Some(earlier_fingerprint),
        keyless: key.is_none().then_some(payment),
    }
}

fn destination(destination: &Destination) -> [&str; 3] {
    let memo = destination.memo.as_ref().map(Memo::as_str).unwrap_or_default();
    [destination.network().code(), destination.address.as_str(), memo]
}

/// The warnings that a request names, only if it does: fingerprints from before they could be named stay valid.
fn overrides(reason: Option<&OverrideReason>) -> Option<String> {
    let named = reason?.overrides.as_deref()?;
    Some(format!("overrides {}", Warning::codes(named)))
}

fn confirms(customer_confirms: bool) -> Option<&'static str> {
    customer_confirms.then_some("customer confirms")
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The fingerprint that was stored before it contained everything.
fn earlier_of_refund(new: &NewRefund) -> String {
    let (id, amount, value) = (new.intent_id.to_string(), new.amount.number(), new.value().to_string());
    let [network, address, memo] = destination(&new.destination);
    let currency = new.amount.currency().code();
    let parts =
        [id.as_str(), network, address, memo, amount.as_str(), currency, new.funding.code(), new.fee_payer.as_str()];
    let other_coin = new.coin != new.amount.currency() || new.price_part.is_some();
    let coin = other_coin.then_some([new.coin.code(), value.as_str()]);
    fingerprint::of(parts.into_iter().chain(coin.into_iter().flatten()))
}

/// The same for a payee.
fn earlier_of_payee(request: &RefundRequest, payee: [&str; 2]) -> String {
    let (intent, amount) = (request.intent_id.to_string(), request.amount.to_string());
    let rest =
        [intent.as_str(), amount.as_str(), request.coin.code(), request.funding.code(), request.fee_payer.as_str()];
    fingerprint::of(payee.into_iter().chain(rest))
}

/// The refund of an earlier request of which this one is a repetition. Without a key such a request is a new refund as
/// soon as the response to the first was sent, so a response that is being sent at this moment is awaited.
pub(super) async fn earlier_refund(
    services: RefundServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    request: &IdempotentRequest,
) -> Result<Option<Refund>, Error> {
    let (mut awaited, mut looks) = (None, 0);
    loop {
        let found = services.store.earlier_refund(context.now, actor.merchant(), request).await?;
        let Some(earlier) = found else { return Ok(None) };
        if request.keyless.is_none() {
            return Ok(Some(earlier));
        }
        // Of several equal requests each awaits the response to the one before it, not to the first.
        looks = if awaited == Some(earlier.id) { looks + 1 } else { 0 };
        if looks == LOOKS {
            return Ok(Some(earlier));
        }
        awaited = Some(earlier.id);
        tokio::time::sleep(RESPONSE_SENT_WITHIN / LOOKS).await;
    }
}

/// Whether a refund that was found while this one was created is to be awaited like one that was found before: of equal
/// requests without keys that arrive together, only one can be the first.
pub(super) const fn is_overtaken(result: &Idempotent<Refund>, request: &IdempotentRequest) -> bool {
    matches!(result, Idempotent::Replayed(_)) && request.keyless.is_some()
}
