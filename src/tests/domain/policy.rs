//! A merchant's policy: parsed from text and formatted back.

use crate::support::money;
use chrono::{Duration, TimeZone, Utc};
use proptest::prelude::*;
use requite::domain::{
    address::network::Network,
    error::{ErrorCode, Field},
    money::currency::Currency::{Btc, Eur, Usd},
    names::Named,
    policy::{DestinationKind, RefundPolicy, SpentToday, WindowStart, input::PolicyInput, loosening::is_looser},
    refunds::new_refund::Destination,
};
use strum::VariantArray;

fn server() -> RefundPolicy {
    RefundPolicy::of_server(Duration::days(30), WindowStart::Creation)
}

fn input() -> PolicyInput {
    PolicyInput::of(&server())
}

#[test]
fn without_a_policy_only_the_refund_window_applies() {
    let policy = server();
    assert_eq!(input().parse(0), Ok(policy.clone()));
    let huge = money("999999999", Usd);
    assert_eq!(policy.require_within_limit(huge, Some(huge), None), Ok(()));
    assert_eq!(policy.require_within_day(None, &SpentToday { by_author: Some(huge), by_merchant: Some(huge) }), Ok(()));
    let holds = policy.holds(None, false, Utc::now());
    assert_eq!((holds.needs_approval, holds.held_until), (false, None));
    assert!(DestinationKind::all().all(|kind| policy.allows(kind)));
}

#[test]
fn all_errors_are_reported_with_their_fields() {
    let wrong = PolicyInput {
        window: "soon".to_owned(),
        window_start: "yesterday".to_owned(),
        refund_limit: "-1".to_owned(),
        daily_limit: "1.2345678".to_owned(),
        merchant_daily_limit: "all".to_owned(),
        currency_limits: "1 BTC\n2 BTC".to_owned(),
        destinations: "wallet moon".to_owned(),
        cool_down: "0h".to_owned(),
        cool_down_from: "x".to_owned(),
        approval_from: "1,000".to_owned(),
        renewal_tolerance: "101".to_owned(),
        second_factor: String::new(),
        loosening_delay: "later".to_owned(),
    };
    let errors = wrong.parse(1).unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field.unwrap().name()).collect();
    let all = [
        "window",
        "window_start",
        "refund_limit",
        "daily_limit",
        "merchant_daily_limit",
        "approval_from",
        "cool_down_from",
        "currency_limits",
        "destinations",
        "cool_down",
        "loosening_delay",
        "renewal_tolerance",
    ];
    assert_eq!(fields, all);
    for lines in ["BTC", "0 BTC", "1 DOGE", "1", "-1 BTC", "0.123456789 BTC"] {
        let wrong = PolicyInput { currency_limits: lines.to_owned(), ..input() };
        assert_eq!(wrong.parse(1).unwrap_err()[0].field, Some(Field::CurrencyLimits), "{lines}");
    }
    let nowhere = PolicyInput { destinations: " ".to_owned(), ..input() };
    assert_eq!(nowhere.parse(1).unwrap_err()[0].code, ErrorCode::Required);
    let from_without_wait = PolicyInput { cool_down_from: "5".to_owned(), ..input() };
    assert_eq!(from_without_wait.parse(1).unwrap_err()[0].field, Some(Field::CoolDown));
    for span in ["", "0d", "30", "d", "-1d", "1.5d", "4000d", "99999999999s", "30 days", "30x"] {
        let wrong = PolicyInput { window: span.to_owned(), ..input() };
        assert_eq!(wrong.parse(1).unwrap_err()[0].field, Some(Field::Window), "{span}");
    }
}

#[test]
fn limits_are_exact_to_the_last_unit_and_an_unknown_value_counts_as_large() {
    let typed = PolicyInput {
        refund_limit: "100".to_owned(),
        daily_limit: "150".to_owned(),
        merchant_daily_limit: "200".to_owned(),
        currency_limits: "0.5 BTC".to_owned(),
        approval_from: "50".to_owned(),
        cool_down: "24h".to_owned(),
        cool_down_from: "20".to_owned(),
        ..input()
    };
    let policy = typed.parse(1).unwrap();
    let usd = |amount| Some(money(amount, Usd));
    let limit = |amount, worth| policy.require_within_limit(amount, None, worth).map_err(|error| error.code);
    assert_eq!(limit(money("90", Eur), usd("100")), Ok(()));
    assert_eq!(limit(money("90", Eur), usd("100.01")), Err(ErrorCode::RefundLimitExceeded));
    assert_eq!(limit(money("90", Eur), None), Err(ErrorCode::RefundLimitExceeded));
    assert_eq!(limit(money("0.5", Btc), usd("1")), Ok(()));
    assert_eq!(limit(money("0.50000001", Btc), usd("1")), Err(ErrorCode::RefundLimitExceeded));
    let sends = |sent| policy.require_within_limit(money("1", Eur), Some(sent), usd("1")).map_err(|error| error.code);
    assert_eq!(sends(money("0.5", Btc)), Ok(()));
    assert_eq!(sends(money("0.50000001", Btc)), Err(ErrorCode::RefundLimitExceeded));
    let day = |policy: &RefundPolicy, worth, author, merchant| {
        let spent = SpentToday { by_author: usd(author), by_merchant: usd(merchant) };
        policy.require_within_day(worth, &spent).map_err(|error| error.code)
    };
    assert_eq!(day(&policy, usd("50"), "100", "150"), Ok(()));
    assert_eq!(day(&policy, usd("50.01"), "100", "100"), Err(ErrorCode::DailyLimitExceeded));
    assert_eq!(day(&policy, usd("50.01"), "0", "150"), Err(ErrorCode::DailyLimitExceeded));
    assert_eq!(day(&policy, None, "0", "0"), Err(ErrorCode::DailyLimitExceeded));
    let unknown = SpentToday { by_author: usd("0"), by_merchant: None };
    let after_unknown = policy.require_within_day(usd("1"), &unknown).map_err(|error| error.code);
    assert_eq!(after_unknown, Err(ErrorCode::DailyLimitExceeded));
    let without = RefundPolicy { merchant_daily_limit: None, ..policy.clone() };
    assert_eq!(day(&without, usd("50.01"), "0", "100"), Err(ErrorCode::DailyLimitExceeded));
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap();
    let waits = |worth, known| {
        let holds = policy.holds(worth, known, now);
        (holds.needs_approval, holds.held_until.map(|until| until - now))
    };
    assert_eq!(waits(usd("19.99"), false), (false, None));
    assert_eq!(waits(usd("20"), false), (false, Some(Duration::hours(24))));
    assert_eq!(waits(usd("49.99"), true), (false, None));
    assert_eq!(waits(usd("50"), true), (true, None));
    assert_eq!(waits(None, false), (true, Some(Duration::hours(24))));
}

#[test]
fn a_change_is_looser_if_any_rule_is() {
    let strict = PolicyInput {
        refund_limit: "100".to_owned(),
        daily_limit: "500".to_owned(),
        merchant_daily_limit: "900".to_owned(),
        currency_limits: "0.5 BTC".to_owned(),
        destinations: "wallet shared".to_owned(),
        cool_down: "24h".to_owned(),
        cool_down_from: "20".to_owned(),
        approval_from: "50".to_owned(),
        renewal_tolerance: "1".to_owned(),
        second_factor: "yes".to_owned(),
        loosening_delay: "12h".to_owned(),
        ..input()
    };
    let parsed = |input: &PolicyInput| input.parse(1).unwrap();
    type Change = (&'static str, fn(&mut PolicyInput) -> &mut String, &'static str, &'static str);
    // The rule, and what loosens and tightens it.
    let changes: [Change; 11] = [
        ("window", |policy| &mut policy.window, "31d", "29d"),
        ("refund limit", |policy| &mut policy.refund_limit, "100.01", "99.99"),
        ("daily limit", |policy| &mut policy.daily_limit, "", "499"),
        ("limit of everybody", |policy| &mut policy.merchant_daily_limit, "901", ""),
        ("currency limits", |policy| &mut policy.currency_limits, "", "0.5 BTC\n1 ETH"),
        ("destinations", |policy| &mut policy.destinations, "wallet program", "wallet"),
        ("cool-down", |policy| &mut policy.cool_down, "23h", "25h"),
        ("its threshold", |policy| &mut policy.cool_down_from, "21", ""),
        ("approval", |policy| &mut policy.approval_from, "50.01", "0"),
        ("tolerance", |policy| &mut policy.renewal_tolerance, "1.1", "0"),
        ("delay", |policy| &mut policy.loosening_delay, "11h", "13h"),
    ];
    for (rule, field, loose, tight) in changes {
        let (mut looser, mut tighter) = (strict.clone(), strict.clone());
        *field(&mut looser) = loose.to_owned();
        *field(&mut tighter) = tight.to_owned();
        // Whatever else becomes stricter.
        looser.approval_from = if rule == "approval" { looser.approval_from } else { "1".to_owned() };
        assert!(is_looser(&parsed(&strict), &parsed(&looser)), "{rule}");
        assert!(!is_looser(&parsed(&strict), &parsed(&tighter)), "{rule}");
    }
    let without_codes = PolicyInput { second_factor: String::new(), ..strict.clone() };
    assert!(is_looser(&parsed(&strict), &parsed(&without_codes)));
    let from_expiry = PolicyInput { window_start: "expiry".to_owned(), ..strict.clone() };
    assert!(is_looser(&parsed(&strict), &parsed(&from_expiry)));
    assert!(!is_looser(&parsed(&strict), &parsed(&strict)));
    assert!(!is_looser(&server(), &parsed(&strict)) && is_looser(&parsed(&strict), &server()));
}

#[test]
fn the_kind_of_a_destination_follows_from_its_address_and_memo() {
    let to = |network, address, memo| Destination::parse(network, address, memo, true).unwrap();
    let stellar = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ";
    let muxed = "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ";
    let cases = [
        (to(Network::Base, crate::support::CUSTOMER, None), DestinationKind::Wallet),
        (Destination::parse(Network::Xlm, stellar, Some("42"), false).unwrap(), DestinationKind::Shared),
        (to(Network::Xlm, stellar, None), DestinationKind::Wallet),
        (Destination::parse(Network::Xlm, muxed, None, false).unwrap(), DestinationKind::Shared),
    ];
    for (destination, kind) in cases {
        assert_eq!(DestinationKind::of(&destination), kind, "{}", destination.address);
        for allowed in DestinationKind::all() {
            let policy = PolicyInput { destinations: allowed.as_str().to_owned(), ..input() }.parse(1).unwrap();
            let expected = if allowed == kind { Ok(()) } else { Err(ErrorCode::DestinationNotAllowed) };
            assert_eq!(policy.require_allowed(&destination).map_err(|error| error.code), expected);
        }
    }
}

proptest! {
    #[test]
    fn a_policy_reads_back_unchanged(
        window in 1_i64..=3_660 * 86_400,
        limit in proptest::option::of(0_u64..1_000_000),
        wait in proptest::option::of(1_i64..10_000_000),
        tolerance in 0_u32..=10_000,
        second_factor: bool,
        kinds in proptest::sample::subsequence(DestinationKind::VARIANTS, 1..=3),
    ) {
        let amount = limit.map(|limit| limit.to_string()).unwrap_or_default();
        let typed = PolicyInput {
            window: format!("{window}s"),
            window_start: "expiry".to_owned(),
            refund_limit: amount.clone(),
            daily_limit: amount.clone(),
            merchant_daily_limit: amount.clone(),
            currency_limits: "5 ETH\n 0.25  BTC\n".to_owned(),
            destinations: kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" "),
            cool_down: wait.map(|wait| format!("{wait}s")).unwrap_or_default(),
            cool_down_from: if wait.is_some() { amount.clone() } else { String::new() },
            approval_from: amount,
            renewal_tolerance: rust_decimal::Decimal::new(tolerance.into(), 2).to_string(),
            second_factor: if second_factor { "yes".to_owned() } else { String::new() },
            loosening_delay: wait.map(|wait| format!("{wait}s")).unwrap_or_default(),
        };
        let policy = typed.parse(7).unwrap();
        prop_assert_eq!(policy.window, Duration::seconds(window));
        prop_assert_eq!(PolicyInput::of(&policy).parse(7).unwrap(), policy);
    }
}
