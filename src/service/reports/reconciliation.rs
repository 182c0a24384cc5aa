//! The daily reconciliation report.

use crate::{
    chain::payouts::Payouts,
    context::Context,
    domain::{
        error::{DomainError, ErrorCode, Field},
        ids::RefundId,
        people::actor::{Actor, Permission},
        reports::reconciliation::{Reconciliation, reconcile},
    },
    error::Error,
    service::{customers::masking, operations::whole_server},
    store::Store,
};
use chrono::{Days, NaiveDate, NaiveTime};

/// The report of one day (UTC).
pub async fn of_day(
    store: &Store,
    context: &Context<'_>,
    payouts: Option<&dyn Payouts>,
    actor: &Actor,
    day: NaiveDate,
) -> Result<Reconciliation, Error> {
    actor.require(Permission::Read)?;
    let next = day
        .checked_add_days(Days::new(1))
        .ok_or_else(|| DomainError::new(ErrorCode::FilterInvalid, "error-no-day-after").on(Field::Day))?;
    let (from, to) = (day.and_time(NaiveTime::MIN).and_utc(), next.and_time(NaiveTime::MIN).and_utc());
    let merchant = actor.merchant();
    let mut records = store.records_of_day(merchant, from, to).await?;
    if let Some(payouts) = payouts {
        let ids: Vec<RefundId> = records.refunds.iter().map(|refund| refund.id).collect();
        records.transfers = payouts.transfers(&ids).await?;
        let known = records.transfers.len();
        let settled = payouts.settled_between(from, to, context.now).await?;
        records.transfers.extend(settled.into_iter().filter(|transfer| !ids.contains(&transfer.id)));
        let others: Vec<_> = records.transfers.iter().skip(known).map(|transfer| transfer.id.0).collect();
        let states = store.refund_states(merchant, &others).await?;
        // Excludes transfers of other merchants.
        records.transfers.retain(|transfer| states.get(&transfer.id.0).is_none_or(|(own, _)| *own));
        records.delivered = states.into_iter().map(|(id, (_, status))| (id, status)).collect();
    }
    if whole_server::decides(store, actor).await? {
        records.unbooked = store.unbooked_movements(from, to).await?;
    }
    let mut report = reconcile(day, &records);
    for one in &mut report.unbooked.listed {
        one.movement = masking::movement(actor, one.movement.clone());
        one.explanation = one.explanation.as_deref().map(|text| masking::text(actor, text));
    }
    Ok(report)
}
