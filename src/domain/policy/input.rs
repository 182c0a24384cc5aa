//! The refund policy as text.

use super::{CoolDown, DestinationKind, LONGEST, RefundPolicy, WindowStart};
use crate::domain::{
    error::{DomainError, ErrorCode, Field},
    money::{Money, amounts, currency::Currency},
    names::Named,
};
use chrono::Duration;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A policy as typed and as stored: as text, so that a form can show invalid input again and old versions stay exactly
/// as they were saved. An empty text means that the rule is not set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyInput {
    /// Such as `30d`.
    pub window: String,
    /// `creation` or `expiry`.
    pub window_start: String,
    /// In US dollars.
    pub refund_limit: String,
    /// In US dollars.
    pub daily_limit: String,
    /// In US dollars; empty means that the daily limit holds for all together.
    pub merchant_daily_limit: String,
    /// Amounts with their currencies, such as `0.5 BTC`, one a line.
    pub currency_limits: String,
    /// Names of kinds, separated by spaces.
    pub destinations: String,
    /// Such as `24h`.
    pub cool_down: String,
    /// In US dollars; empty with a wait means every first refund.
    pub cool_down_from: String,
    /// In US dollars.
    pub approval_from: String,
    /// In percent.
    pub renewal_tolerance: String,
    /// `yes`, or nothing.
    pub second_factor: String,
    /// Such as `24h`; empty means that loosening takes effect at once.
    pub loosening_delay: String,
}

impl PolicyInput {
    /// Parses the policy with the given version and returns every error.
    pub fn parse(&self, version: i64) -> Result<RefundPolicy, Vec<DomainError>> {
        let mut errors = Vec::new();
        let mut record = |error: DomainError| errors.push(error);
        let window = required_span(&self.window, Field::Window).map_err(&mut record).unwrap_or_default();
        let window_start = self.parse_window_start().map_err(&mut record).unwrap_or(WindowStart::Creation);
        let mut limit = |text: &str, field| dollars(text, field).map_err(&mut record).unwrap_or_default();
        let refund_limit = limit(&self.refund_limit, Field::RefundLimit);
        let daily_limit = limit(&self.daily_limit, Field::DailyLimit);
        let merchant_daily_limit = limit(&self.merchant_daily_limit, Field::MerchantDailyLimit);
        let approval_from = limit(&self.approval_from, Field::ApprovalFrom);
        let cool_down_from = limit(&self.cool_down_from, Field::CoolDownFrom);
        let currency_limits =
            amounts::parse(&self.currency_limits, Field::CurrencyLimits).map_err(&mut record).unwrap_or_default();
        let destinations = self.parse_destinations().map_err(&mut record).unwrap_or_default();
        let wait = optional_span(&self.cool_down, Field::CoolDown).map_err(&mut record).unwrap_or_default();
        if cool_down_from.is_some() && wait.is_none() && self.cool_down.trim().is_empty() {
            record(DomainError::required(Field::CoolDown));
        }
        let loosening_delay =
            optional_span(&self.loosening_delay, Field::LooseningDelay).map_err(&mut record).unwrap_or_default();
        let renewal_tolerance = self.parse_tolerance().map_err(&mut record).unwrap_or_default();
        if !errors.is_empty() {
            return Err(errors);
        }
        let nothing = Money::zero(Currency::Usd);
        Ok(RefundPolicy {
            version,
            window,
            window_start,
            refund_limit,
            daily_limit,
            merchant_daily_limit,
            currency_limits,
            destinations,
            cool_down: wait.map(|wait| CoolDown { wait, from: cool_down_from.unwrap_or(nothing) }),
            approval_from,
            renewal_tolerance,
            second_factor: self.second_factor == "yes",
            loosening_delay: loosening_delay.unwrap_or_default(),
        })
    }

    /// Changes every number, such as from the way in which a language writes it, and returns every error.
    pub fn map_numbers(
        mut self,
        change: impl Fn(&str) -> Result<String, DomainError>,
    ) -> Result<Self, Vec<DomainError>> {
        let mut errors = Vec::new();
        for (text, field) in [
            (&mut self.refund_limit, Field::RefundLimit),
            (&mut self.daily_limit, Field::DailyLimit),
            (&mut self.merchant_daily_limit, Field::MerchantDailyLimit),
            (&mut self.cool_down_from, Field::CoolDownFrom),
            (&mut self.approval_from, Field::ApprovalFrom),
            (&mut self.renewal_tolerance, Field::RenewalTolerance),
        ] {
            match change(text) {
                Ok(changed) => *text = changed,
                Err(error) => errors.push(error.on(field)),
            }
        }
        match amounts::map_numbers(&self.currency_limits, change) {
            Ok(changed) => self.currency_limits = changed,
            Err(error) => errors.push(error.on(Field::CurrencyLimits)),
        }
        if errors.is_empty() { Ok(self) } else { Err(errors) }
    }

    /// Formats a policy; parsing the result gives the same policy.
    pub fn of(policy: &RefundPolicy) -> Self {
        let number = |money: Option<Money>| money.map(Money::number).unwrap_or_default();
        let names: Vec<_> = policy.destinations.iter().map(|kind| kind.as_str()).collect();
        Self {
            window: span_text(policy.window),
            window_start: policy.window_start.as_str().to_owned(),
            refund_limit: number(policy.refund_limit),
            daily_limit: number(policy.daily_limit),
            merchant_daily_limit: number(policy.merchant_daily_limit),
            currency_limits: amounts::text(&policy.currency_limits),
            destinations: names.join(" "),
            cool_down: policy.cool_down.map(|cool_down| span_text(cool_down.wait)).unwrap_or_default(),
            // A threshold of zero (every first refund) is written as an empty text.
            cool_down_from: number(policy.cool_down.map(|cool_down| cool_down.from).filter(|from| !from.is_zero())),
            approval_from: number(policy.approval_from),
            renewal_tolerance: policy.renewal_tolerance.normalize().to_string(),
            second_factor: if policy.second_factor { "yes".to_owned() } else { String::new() },
            loosening_delay: if policy.loosening_delay.is_zero() {
                String::new()
            } else {
                span_text(policy.loosening_delay)
            },
        }
    }

    fn parse_window_start(&self) -> Result<WindowStart, DomainError> {
        WindowStart::parse(&self.window_start).ok_or_else(|| DomainError::required(Field::WindowStart))
    }

    fn parse_destinations(&self) -> Result<Vec<DestinationKind>, DomainError> {
        let mut kinds = Vec::new();
        for name in self.destinations.split_whitespace() {
            kinds.push(DestinationKind::parse(name).ok_or_else(|| {
                DomainError::new(ErrorCode::TextInvalid, "error-destination-unknown").on(Field::Destinations)
            })?);
        }
        if kinds.is_empty() {
            let message = "error-destination-missing";
            return Err(DomainError::new(ErrorCode::Required, message).on(Field::Destinations));
        }
        kinds.sort_unstable();
        kinds.dedup();
        Ok(kinds)
    }

    fn parse_tolerance(&self) -> Result<Decimal, DomainError> {
        let percent = Decimal::from_str_exact(self.renewal_tolerance.trim()).ok();
        let fits =
            |percent: &Decimal| !percent.is_sign_negative() && *percent <= Decimal::ONE_HUNDRED && percent.scale() <= 4;
        percent.filter(fits).map(|percent| percent.normalize()).ok_or_else(|| {
            let message = "error-percentage";
            DomainError::new(ErrorCode::TextInvalid, message).on(Field::RenewalTolerance)
        })
    }
}

/// Parses a limit in US dollars; empty means none.
fn dollars(text: &str, field: Field) -> Result<Option<Money>, DomainError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Money::parse(text, Currency::Usd).map(Some).map_err(|error| error.on(field))
}

/// Units of durations, the longest first.
const UNITS: [(char, i64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Parses a duration such as `30d`, `12h` or `90s`, in whole seconds; empty means none.
fn optional_span(text: &str, field: Field) -> Result<Option<Duration>, DomainError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    // A form takes one whole number and one unit; humantime alone would also take `1.5d` and `30 days`.
    let number = text.trim().strip_suffix(UNITS.map(|(unit, _)| unit)).unwrap_or_default();
    let whole = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let span = whole.then(|| humantime::parse_duration(text.trim()).ok()).flatten();
    let span = span.and_then(|span| Duration::from_std(span).ok());
    let span = span.filter(|span| *span > Duration::zero() && *span <= LONGEST);
    span.map(Some).ok_or_else(|| {
        let message = "error-span";
        DomainError::new(ErrorCode::TextInvalid, message).on(field)
    })
}

fn required_span(text: &str, field: Field) -> Result<Duration, DomainError> {
    optional_span(text, field)?.ok_or_else(|| DomainError::required(field))
}

/// Formats a duration as typed and stored: a whole number of the largest unit that divides it.
pub fn span_text(span: Duration) -> String {
    let seconds = span.num_seconds();
    let unit = UNITS.iter().find(|(_, unit)| seconds % unit == 0 && seconds >= *unit);
    unit.map_or_else(|| format!("{seconds}s"), |(name, unit)| format!("{}{name}", seconds / unit))
}
