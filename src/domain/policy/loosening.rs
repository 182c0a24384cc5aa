//! Which changes loosen a policy: after them a refund is possible that was refused, held or sent to an approver before.

use super::{RefundPolicy, WindowStart};
use crate::domain::money::Money;

/// Whether any rule of `after` is weaker than in `before`, whatever else became stricter.
pub fn is_looser(before: &RefundPolicy, after: &RefundPolicy) -> bool {
    let everybody = |policy: &RefundPolicy| policy.merchant_daily_limit.or(policy.daily_limit);
    after.window > before.window
        || (before.window_start, after.window_start) == (WindowStart::Creation, WindowStart::Expiry)
        || is_higher(before.refund_limit, after.refund_limit)
        || is_higher(before.daily_limit, after.daily_limit)
        || is_higher(everybody(before), everybody(after))
        || before
            .currency_limits
            .iter()
            .any(|(currency, limit)| is_higher(Some(*limit), after.currency_limits.get(currency).copied()))
        || after.destinations.iter().any(|kind| !before.allows(*kind))
        || is_cool_down_looser(before, after)
        || is_higher(before.approval_from, after.approval_from)
        || after.renewal_tolerance > before.renewal_tolerance
        || (before.second_factor && !after.second_factor)
        || after.loosening_delay < before.loosening_delay
}

/// Whether a limit was raised or removed.
fn is_higher(before: Option<Money>, after: Option<Money>) -> bool {
    match (before, after) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => after.amount() > before.amount(),
    }
}

fn is_cool_down_looser(before: &RefundPolicy, after: &RefundPolicy) -> bool {
    match (before.cool_down, after.cool_down) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => after.wait < before.wait || after.from.amount() > before.from.amount(),
    }
}
