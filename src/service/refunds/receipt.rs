//! Receipts of completed refunds: for the team to print or to mail, and for customers by a link.

use super::confirmation::{can_mail, order_label};
use crate::service::customers::masking::{self, Personal};
use crate::{
    config::Settings,
    context::Context,
    domain::{
        customers::{CustomerKey, CustomerValue},
        error::{DomainError, ErrorCode},
        ids::RefundId,
        links::refund_of,
        mail::{MailKind, OrderLabel},
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
    /// Its memo, in the same way.
    pub memo: Option<Personal>,
    /// The link for customers, in the same way, since what it opens has the whole address; `None` before there is one, and
    /// for who may not share it.
    pub link: Option<Personal>,
    /// The number of mails that told the customer that the refund was sent; `None` if the reader can send no more.
    pub mails: Option<usize>,
}

/// The receipt for the team.
pub async fn of_refund(store: &Store, settings: &Settings, actor: &Actor, id: RefundId) -> Result<Receipt, Error> {
    let refund = super::get(store, actor, id).await?;
    require_completed(&refund)?;
    let may_share = actor.may(Permission::Refund);
    let shared = store.shared_receipt(id).await?.filter(|_| may_share);
    let mails = match refund.customer_email {
        Some(_) if may_share && can_mail(settings) => Some(mails_about(store, id).await?),
        _ => None,
    };
    Ok(Receipt {
        shop: masking::order_label(actor, order_label(store, &refund).await?),
        address: masking::recipient(actor, &refund),
        memo: masking::memo(actor, &refund),
        link: shared.map(|(_, key)| masking::receipt_link(actor, id, key.receipt_token(id))),
        mails,
        refund,
    })
}

/// How many mails have told the customer that the refund was sent.
async fn mails_about(store: &Store, id: RefundId) -> Result<usize, Error> {
    Ok(store.mails_of_refund(id).await?.iter().filter(|mail| mail.kind == MailKind::Completed).count())
}

/// Makes a link for the customer. A repetition changes nothing.
pub async fn share(store: &Store, context: &Context<'_>, actor: &Actor, id: RefundId) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    require_completed(&super::get(store, actor, id).await?)?;
    Ok(store.share_receipt(context, actor, id).await?)
}

/// Mails the customer once more that the refund was sent, with the link to the receipt. `seen` is the number of such mails
/// that the page showed, so that a second click sends no second one.
pub async fn mail_to_customer(
    store: &Store,
    context: &Context<'_>,
    actor: &Actor,
    id: RefundId,
    seen: usize,
) -> Result<(), Error> {
    actor.require(Permission::Refund)?;
    let refund = super::get(store, actor, id).await?;
    require_completed(&refund)?;
    if refund.customer_email.is_none() {
        return Err(DomainError::new(ErrorCode::Required, "error-receipt-no-email").into());
    }
    Ok(store.mail_receipt(context, actor, id, seen).await?)
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
    require_completed(&refund)?;
    Ok(Receipt {
        shop: order_label(store, &refund).await?,
        address: Personal::whole(CustomerKey::Address(refund.address.clone())),
        memo: refund.memo.clone().map(|memo| Personal::whole(CustomerValue::Memo(memo))),
        link: None,
        mails: None,
        refund,
    })
}

/// Nothing was received before a refund is completed.
fn require_completed(refund: &Refund) -> Result<(), DomainError> {
    if refund.status == RefundStatus::Completed { Ok(()) } else { Err(DomainError::not_found("error-unknown-receipt")) }
}
