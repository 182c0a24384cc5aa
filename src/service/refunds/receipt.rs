//! Receipts of completed refunds: for the team to print, and for customers by a link.

use super::confirmation::order_label;
use crate::service::customers::masking::{self, Personal};
use crate::{
    context::Context,
    domain::{
        customers::CustomerKey,
        error::DomainError,
        ids::RefundId,
        links::refund_of,
        mail::OrderLabel,
        people::actor::{Actor, Permission},
        refunds::refund::{Refund, RefundStatus},
    },
    error::Error,
    limits::customer_links::LinkLimits,
    store::Store,
};
use std::net::IpAddr;

/// The path prefix of the page for customers.
pub const PAGE: &str = "/receipts/";

/// What a receipt says.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub shop: OrderLabel,
    pub refund: Refund,
    /// The address that was paid, as the reader sees it.
    pub address: Personal,
    /// The token of the link for customers; `None` before it was shared, and for who may not share it: what it opens has
    /// the whole address.
    pub token: Option<String>,
}

/// The receipt for the team.
pub async fn of_refund(store: &Store, actor: &Actor, id: RefundId) -> Result<Receipt, Error> {
    let refund = super::get(store, actor, id).await?;
    let shared = store.shared_receipt(id).await?.filter(|_| actor.may(Permission::Refund));
    let address = masking::recipient(actor, &refund);
    let receipt = receipt(store, refund, address, shared.map(|(_, key)| key.receipt_token(id))).await?;
    Ok(Receipt { shop: masking::order_label(actor, receipt.shop), ..receipt })
}

/// Makes a link for the customer. A repetition changes nothing.
pub async fn share(store: &Store, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    require_completed(&super::get(store, actor, id).await?)?;
    Ok(store.share_receipt(context, actor, id).await?)
}

/// The receipt for whoever has the link. An invalid signature gives the same error as an unknown refund.
pub async fn for_customer(store: &Store, limits: &LinkLimits, token: &str, from: IpAddr) -> Result<Receipt, Error> {
    limits.count_attempt(from)?;
    let unknown = || DomainError::not_found("error-unknown-link");
    let id = refund_of(token).ok_or_else(unknown)?;
    let (refund, key) = store.shared_receipt(id).await?.ok_or_else(unknown)?;
    if !key.signs_receipt(token) {
        return Err(unknown().into());
    }
    let address = Personal::whole(CustomerKey::Address(refund.address.clone()));
    receipt(store, refund, address, Some(token.to_owned())).await
}

async fn receipt(store: &Store, refund: Refund, address: Personal, token: Option<String>) -> Result<Receipt, Error> {
    require_completed(&refund)?;
    Ok(Receipt { shop: order_label(store, &refund).await?, refund, address, token })
}

/// Nothing was received before a refund is completed.
fn require_completed(refund: &Refund) -> Result<(), DomainError> {
    if refund.status == RefundStatus::Completed { Ok(()) } else { Err(DomainError::not_found("error-unknown-receipt")) }
}
