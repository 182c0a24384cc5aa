//! Webhooks: signatures, forbidden addresses, event filters and retry schedule.

use chrono::{DateTime, Duration, TimeZone, Utc};
use data_encoding::BASE64;
use proptest::prelude::*;
use requite::domain::{
    error::{ErrorCode, Field},
    webhooks::{
        EndpointInput,
        allowed_targets::{AllowedTargets, is_public},
        event::{EVENTS, EventFilter},
        payload::{BODY_MAX_BYTES, Event, PayloadStyle},
        schedule::{AttemptOutcome, RetryDecision, decide_retry, is_given_up, retry_after},
        signature::{SigningSecret, headers},
        url::EndpointUrl,
    },
};
use serde_json::json;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 0, 0).unwrap()
}

/// The example of the Standard Webhooks reference libraries.
#[test]
fn a_known_message_has_its_known_signature() {
    let secret = SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let at = Utc.timestamp_opt(1_614_265_330, 0).unwrap();
    let [id, time, signature] = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#, &[&secret]);
    assert_eq!(id, ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned()));
    assert_eq!(time, ("webhook-timestamp", "1614265330".to_owned()));
    let known = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    assert_eq!(signature, ("webhook-signature", known.to_owned()));
}

proptest! {
    /// The reference library accepts Requite's signatures, with either secret during a rotation, and refuses those of
    /// other secrets or for changed bodies.
    #[test]
    fn the_reference_library_verifies_signatures(old: [u8; 32], new: [u8; 32], other: [u8; 32], body: String) {
        prop_assume!(old != other && new != other);
        let (old, new, other) = (SigningSecret::new(old), SigningSecret::new(new), SigningSecret::new(other));
        let id = Uuid::now_v7().to_string();
        let mut message = http::HeaderMap::new();
        for (name, value) in headers(&id, Utc::now(), &body, &[&new, &old]) {
            message.insert(name, value.parse().unwrap());
        }
        let changed = format!("{body}x");
        let library = |secret: &SigningSecret| standardwebhooks::Webhook::new(&secret.reveal()).unwrap();
        prop_assert!(library(&new).verify(body.as_bytes(), &message).is_ok());
        prop_assert!(library(&old).verify(body.as_bytes(), &message).is_ok());
        prop_assert!(library(&other).verify(body.as_bytes(), &message).is_err());
        prop_assert!(library(&new).verify(changed.as_bytes(), &message).is_err());
    }
}

#[test]
fn secrets_parse_back_and_are_never_printed() {
    let secret = SigningSecret::new([7; 32]);
    assert_eq!(SigningSecret::parse(&secret.reveal()).unwrap(), secret);
    assert!(!format!("{secret:?}").contains(&secret.reveal()[6..]));
    for length in [0, 23, 65] {
        assert!(SigningSecret::parse(&format!("whsec_{}", BASE64.encode(&vec![1; length]))).is_err(), "{length}");
    }
    assert!(SigningSecret::parse("whsec_!").is_err() && SigningSecret::parse(&BASE64.encode(&[1; 32])).is_err());
}

#[test]
fn only_public_internet_addresses_are_called() {
    // The first and the last address of each block, and the addresses next to it.
    let closed = [
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.255",
        "192.0.2.0",
        "192.0.2.255",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff:ffff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "ffff::1",
        "4000::1",
        "1fff::1",
    ];
    for address in closed {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    let open = [
        "1.0.0.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2001:db7:ffff::1",
        "2001:db9::1",
        "2003::1",
        "2606:4700::1111",
        "3ffe::1",
    ];
    for address in open {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
    let here = |allowed_targets: AllowedTargets, address: &str| allowed_targets.allows(address.parse().unwrap());
    assert!(
        here(AllowedTargets::public_and_loopback(), "127.0.0.1") && here(AllowedTargets::public_and_loopback(), "::1")
    );
    for address in ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fe80::1", "0.0.0.0"] {
        assert!(!here(AllowedTargets::public_and_loopback(), address), "{address}");
    }
}

#[test]
fn an_endpoint_is_an_https_url_on_the_public_internet() {
    for right in [
        "https://shop.example/hooks?tenant=7",
        "https://shop.example:443/",
        "https://shop.example:80/",
        " https://shop.example/hooks ",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/x",
        "https://bücher.example/",
    ] {
        assert!(EndpointUrl::parse(right, AllowedTargets::public()).is_ok(), "{right}");
    }
    let refused =
        |text: &str, allowed_targets| EndpointUrl::parse(text, allowed_targets).map(|url| url.to_string()).unwrap_err();
    for wrong in [
        "shop.example/hooks",
        "ftp://shop.example/",
        "http://shop.example/",
        "https://",
        "https://me:secret@shop.example/",
        "https://me@shop.example/",
        "https://shop.example/#part",
        "https://shop.example:0/",
        "https://shop.example/a b",
        "https://shop.example/a\tb",
        "https://intranet/",
        "https://localhost/",
        "https://localhost./",
        "https://a.localhost/",
        "http://127.0.0.1/",
        // Other spellings of numbers that programs parse.
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[fd00:ec2::254]/",
        "https://10.0.0.1/",
        "https://①②⑦.0.0.1/",
        // Services that are no web servers.
        "https://shop.example:22/",
        "https://shop.example:25/",
        "https://shop.example:6379/",
        "https://shop.example:8443/",
    ] {
        let error = refused(wrong, AllowedTargets::public());
        assert_eq!((error.code, error.field), (ErrorCode::WebhookUrlInvalid, Some(Field::Url)), "{wrong}");
    }
    let listed = AllowedTargets::public().with_ports(&[8443, 9443]);
    assert!(EndpointUrl::parse("https://shop.example:8443/", listed).is_ok());
    assert!(EndpointUrl::parse("https://shop.example:6379/", listed).is_err());
    assert_eq!(refused("", AllowedTargets::public()).code, ErrorCode::Required);
    assert_eq!(
        refused(&format!("https://shop.example/{}", "a".repeat(2000)), AllowedTargets::public()).code,
        ErrorCode::WebhookUrlInvalid
    );
    for here in ["http://127.0.0.1:8080/", "http://localhost:8080/hooks", "http://[::1]:1/", "https://localhost/"] {
        assert!(EndpointUrl::parse(here, AllowedTargets::public_and_loopback()).is_ok(), "{here}");
    }
    for not_here in ["http://shop.example/", "http://10.0.0.1/", "https://192.168.1.1/", "http://169.254.169.254/"] {
        assert!(EndpointUrl::parse(not_here, AllowedTargets::public_and_loopback()).is_err(), "{not_here}");
    }
}

#[test]
fn all_errors_are_reported_at_once() {
    let input = EndpointInput {
        url: "http://x".to_owned(),
        description: "d".repeat(201),
        events: "refund.created, refund.eaten".to_owned(),
        payload: "fat".to_owned(),
    };
    let fields: Vec<_> = input
        .parse(AllowedTargets::public())
        .unwrap_err()
        .into_iter()
        .map(|error| error.field.unwrap().name())
        .collect();
    assert_eq!(fields, ["url", "description", "events", "payload"]);
}

#[test]
fn a_filter_matches_the_events_it_names() {
    let filter = |text: &str| EventFilter::parse(text).unwrap();
    let matched = |text: &str| -> Vec<&str> {
        let filter = filter(text);
        EVENTS.iter().copied().filter(|name| filter.matches(name)).collect()
    };
    assert_eq!(matched("").len(), EVENTS.len());
    assert_eq!(matched("* refund.created").len(), EVENTS.len());
    assert_eq!(matched("refund.completed refund.rejected"), ["refund.completed", "refund.rejected"]);
    // All events of a family, and none of another family whose name starts with the same letters.
    assert_eq!(matched("payment.*"), ["payment.pending", "payment.paid", "payment.failed"]);
    assert!(matched("payment_intent.*").iter().all(|name| name.starts_with("payment_intent.")));
    assert_eq!(
        filter("refund.created,refund.*\nunsupported_funds.received refund.created").to_string(),
        "refund.* unsupported_funds.received"
    );
    for unknown in ["refund", "refund.", ".*", "refund.*.*", "policy.changed", "webhook.test", "Refund.created", "ref*"]
    {
        assert_eq!(EventFilter::parse(unknown).unwrap_err().code, ErrorCode::WebhookEventUnknown, "{unknown}");
    }
    // Internal events are never sent, whatever the filter names.
    for own in ["policy.changed", "deny_list.imported", "webhook.test"] {
        assert!(!filter("*").matches(own), "{own}");
    }
    // An event type that no longer exists matches nothing and causes no error.
    let stored = EventFilter::stored("refund.eaten refund.created");
    assert!(stored.matches("refund.created") && !stored.matches("refund.eaten"));
}

#[test]
fn the_retry_schedule_is_that_of_standard_webhooks() {
    let failed = AttemptOutcome::Answered { status: 500, retry_after: None };
    let wait = |tries, chance| match decide_retry(failed, tries, now(), chance) {
        RetryDecision::Again { at, pause: None } => (at - now()).num_seconds(),
        other => panic!("{other:?}"),
    };
    let waits: Vec<i64> = (1..=9).map(|tries| wait(tries, 0)).collect();
    assert_eq!(waits, [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    assert_eq!(decide_retry(failed, 10, now(), 0), RetryDecision::GivenUp);
    assert_eq!(decide_retry(AttemptOutcome::Unanswered, 10, now(), 0), RetryDecision::GivenUp);
    // Jitter adds up to a fifth and never shortens the delay.
    assert_eq!((wait(2, 100), wait(2, 200), wait(2, 201)), (330, 360, 300));
    for chance in 0..=u16::MAX {
        assert!((300..=360).contains(&wait(2, chance)));
    }
}

#[test]
fn response_statuses_are_handled_as_in_standard_webhooks() {
    let answered = |status, retry_after| decide_retry(AttemptOutcome::Answered { status, retry_after }, 1, now(), 0);
    for status in [200, 201, 202, 204, 299] {
        assert_eq!(answered(status, None), RetryDecision::Delivered);
    }
    assert_eq!(answered(410, Some(Duration::hours(1))), RetryDecision::Gone);
    for status in [100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 408, 429, 500, 502, 503, 504, 599] {
        assert_eq!(
            answered(status, None),
            RetryDecision::Again { at: now() + Duration::seconds(5), pause: None },
            "{status}"
        );
    }
    let again = |seconds, pause: Option<i64>| RetryDecision::Again {
        at: now() + Duration::seconds(seconds),
        pause: pause.map(|pause| now() + Duration::seconds(pause)),
    };
    assert_eq!(answered(429, Some(Duration::seconds(90))), again(90, Some(90)));
    assert_eq!(answered(503, Some(Duration::hours(3))), again(3 * 3_600, Some(3_600)));
    // At most a day, and never sooner than the schedule.
    assert_eq!(answered(503, Some(Duration::days(400))), again(86_400, Some(3_600)));
    assert_eq!(answered(429, Some(Duration::seconds(1))), again(5, Some(1)));
    assert_eq!(answered(400, Some(Duration::seconds(60))), again(60, None));
}

#[test]
fn retry_after_is_a_number_or_a_date() {
    assert_eq!(retry_after(" 120 ", now()), Some(Duration::seconds(120)));
    assert_eq!(retry_after("Mon, 23 Nov 2026 08:01:30 GMT", now()), Some(Duration::seconds(90)));
    assert_eq!(retry_after("Sun, 22 Nov 2026 08:00:00 GMT", now()), Some(Duration::zero()));
    for nonsense in ["", "soon", "-5", "1.5", "99999999999999999999", "2026-11-23"] {
        assert_eq!(retry_after(nonsense, now()), None, "{nonsense}");
    }
}

#[test]
fn five_days_of_failure_disable_an_endpoint() {
    assert!(!is_given_up(now() - Duration::days(5) + Duration::seconds(1), now()));
    assert!(is_given_up(now() - Duration::days(5), now()));
}

#[test]
fn a_thin_message_has_ids_only_and_a_full_one_has_the_data() {
    let event =
        |facts| Event { id: Uuid::nil(), kind: "refund.completed".to_owned(), subject: Uuid::max(), facts, at: now() };
    let small = event(
        json!({"refundId": Uuid::max(), "paymentIntentId": Uuid::nil(), "address": "0x1", "transactionHash": "0xabc"}),
    );
    let full: serde_json::Value = serde_json::from_str(&small.body(PayloadStyle::Full)).unwrap();
    assert_eq!(full["type"], "refund.completed");
    assert_eq!(full["timestamp"], "2026-11-23T08:00:00.000000Z");
    assert_eq!((&full["data"]["transactionHash"], &full["data"]["id"]), (&json!("0xabc"), &json!(Uuid::max())));
    let thin: serde_json::Value = serde_json::from_str(&small.body(PayloadStyle::Thin)).unwrap();
    assert_eq!(thin["data"], json!({"id": Uuid::max(), "refundId": Uuid::max(), "paymentIntentId": Uuid::nil()}));
    // A message above the size limit is sent thin.
    let large = event(json!({"refundId": Uuid::max(), "detail": "x".repeat(BODY_MAX_BYTES)}));
    assert!(large.body(PayloadStyle::Full).len() < 1_000);
    // Metadata that does not fit is left out alone.
    let metadata = json!({ "cart": "x".repeat(BODY_MAX_BYTES) });
    let long = event(json!({"refundId": Uuid::max(), "amount": "1", "metadata": metadata})).body(PayloadStyle::Full);
    assert!(long.contains("\"amount\":\"1\"") && !long.contains("metadata"), "{long}");
    let fits = event(json!({"metadata": {"cart": "7"}}));
    assert!(fits.body(PayloadStyle::Full).contains("\"cart\":\"7\""));
    assert!(!fits.body(PayloadStyle::Thin).contains("cart"));
    // A payload that is not an object causes no error.
    assert!(event(json!(null)).body(PayloadStyle::Full).contains("\"data\":{\"id\""));
}
