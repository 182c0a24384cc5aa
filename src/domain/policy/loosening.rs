//! Which changes loosen a policy: after them a refund is possible that was refused, held or sent to an approver before.

use super::{CoolDown, RefundPolicy, WindowStart};
use crate::domain::{
    error::{DomainError, ErrorCode},
    ids::UserId,
    money::{Money, currency::Currency},
    people::actor::Actor,
};

/// The person who approves a change that loosens the policy: nobody approves their own.
pub fn require_another_owner(proposed_by: UserId, actor: &Actor) -> Result<UserId, DomainError> {
    actor.user().filter(|user| *user != proposed_by).ok_or_else(|| {
        let message = "error-another-owner";
        DomainError::new(ErrorCode::Forbidden, message)
    })
}

/// Whether any rule of `after` is weaker than in `before`, whatever else became stricter.
pub fn is_looser(before: &RefundPolicy, after: &RefundPolicy) -> bool {
    // Every field by name, so that a new one does not compile without its comparison.
    let RefundPolicy {
        version: _,
        window,
        window_start,
        refund_limit,
        daily_limit,
        merchant_daily_limit,
        currency_limits,
        destinations: _,
        cool_down,
        approval_from,
        renewal_tolerance,
        second_factor,
        loosening_delay,
    } = before;
    let is_currency_looser =
        |(currency, limit): (&Currency, &Money)| is_higher(Some(*limit), after.currency_limits.get(currency).copied());
    after.window > *window
        || (*window_start, after.window_start) == (WindowStart::Creation, WindowStart::Expiry)
        || is_higher(*refund_limit, after.refund_limit)
        || is_higher(*daily_limit, after.daily_limit)
        // Without a limit for everybody together, that of one person holds for all.
        || is_higher(merchant_daily_limit.or(*daily_limit), after.merchant_daily_limit.or(after.daily_limit))
        || currency_limits.iter().any(is_currency_looser)
        || after.destinations.iter().any(|kind| !before.allows(*kind))
        || is_cool_down_looser(*cool_down, after.cool_down)
        || is_higher(*approval_from, after.approval_from)
        || after.renewal_tolerance > *renewal_tolerance
        || (*second_factor && !after.second_factor)
        || after.loosening_delay < *loosening_delay
}

/// Whether a limit was raised or removed.
fn is_higher(before: Option<Money>, after: Option<Money>) -> bool {
    match (before, after) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => after.amount() > before.amount(),
    }
}

fn is_cool_down_looser(before: Option<CoolDown>, after: Option<CoolDown>) -> bool {
    match (before, after) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => after.wait < before.wait || after.from.amount() > before.from.amount(),
    }
}
