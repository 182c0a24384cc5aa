//! Examples of every response and message in the document. They are made from the schemas, so they always fit them: a table
//! has a value for each name of a member, and the lists of values have a usual one.

use crate::{
    api::{
        circle::error::circle,
        coingate::error::{ErrorSubject, coingate},
        native::problem,
        routing::operations_mut,
        surface::Surface,
    },
    domain::error::ErrorCode,
    languages::Language,
    texts::errors::next_step,
};
use serde_json::{Map, Value, json};
use utoipa::openapi::{Content, OpenApi, RefOr, path::Operation};

/// The time in all examples.
const TIME: &str = "2026-01-31T12:00:00.000000Z";
const ID: &str = "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f";

/// The example of a text by the name of its member.
const TEXTS: &[(&[&str], &str)] = &[
    (&["id", "refundId", "paymentIntentId", "Token"], ID),
    (&["amount", "request_amount", "price_amount", "refund_amount", "pay_amount", "total_amount", "balance"], "40.00"),
    (&["send", "total", "value", "left"], "40.00"),
    (&["rate", "coinRate", "receive_amount"], "1"),
    (&["underpaid_amount", "overpaid_amount", "worth"], "0"),
    (&["credit_amount", "debit_amount", "fee", "network_fee"], "0.02"),
    (&["address", "addresses", "payment_address", "crypto_address"], "0x71C7656EC7ab88b098defB751B7401B5f6d8976F"),
    (
        &["transactionHash", "transaction_hash", "txid", "hash"],
        "0x9fc76417374aa880d4449a1f7f31ec597f00b1f6f3dd2d66f4c9c6c445836d8b",
    ),
    (&["url", "endpoint", "payment_url", "callback_url", "success_url", "cancel_url"], "https://shop.example/hooks"),
    (&["SubscribeURL"], "https://requite.example/notifications/confirm?Action=ConfirmSubscription"),
    (&["email", "customerEmail", "purchaser_email"], "ann@example.com"),
    (&["merchantWalletId", "masterWalletId"], "1000000001"),
    (&["addressTag", "memo", "address_memo", "additional_address_field"], "1234"),
    (&["message"], "pong"),
    (&["Message"], "{\"notificationType\":\"paymentIntents\",\"version\":1}"),
    (&["TopicArn"], "arn:aws:sns:us-east-1:908968368384:sandbox_platform-notifications-topic"),
    (&["MessageId"], ID),
    (&["Timestamp", "timestamp", "time", "date"], TIME),
    (&["Type", "type"], "blockchain"),
    (&["seal"], "6a7f0c0f9d6e4b1c8a2d3e4f5a6b7c8d"),
    (&["secret"], "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
    (&["rateSource", "source"], "sandbox table"),
    (&["createdBy", "created_by"], "API key Shop"),
    (&["closedBy"], "owner@shop.example"),
    (&["month"], "2026-01"),
    (&["opening"], "100.00"),
    (&["received"], "40.00"),
    (&["paid"], "20.00"),
    (&["fees"], "0.02"),
    (&["closing"], "119.98"),
    (&["nickname", "name", "title"], "Ann"),
    (&["note", "description", "detail"], "Second parcel"),
    (&["reason", "rejectionReason", "compliance_rejection_reason"], "requested_by_merchant"),
    (&["overrideReason"], "The customer confirmed it by telephone"),
    (&["recipientNote"], "This address has never been used on Ethereum."),
    (&["bns"], "ann.eth"),
    (&["nextStep", "next_step"], "It is sent in a moment."),
    (&["unsupportedDetail"], "It arrived after the first refund, so it was not credited."),
    (&["dearerByPercent"], "0.1"),
    (&["conversion_rate", "credited_amount", "debited_amount", "reserved", "closing_balance"], "40.00"),
    (&["orderable_type", "callbackable_type"], "Order"),
    (&["payment_gateway", "processor"], "requite"),
    (&["payment_request_uri"], "ethereum:0x71C7656EC7ab88b098defB751B7401B5f6d8976F@8453"),
    (&["kind", "source_type"], "Order"),
    (&["purpose"], "Order 1001"),
    (&["account_type", "status"], "active"),
    (&["currency"], "USDC"),
    (&["sort"], "created_at_desc"),
    (&["ping"], "pong"),
    (&["body"], "{}"),
    (&["events"], "refund.*"),
    (&["error"], "timeout"),
    (&["symbol", "iso_symbol", "price_currency", "receive_currency", "pay_currency"], "USDC"),
    (&["worthCurrency"], "USD"),
    (&["id_name"], "base"),
    (&["order_id", "reference"], "shop-7"),
    (&["token"], "3kVb9QhS1nW0aXrTf2LzKm8d"),
    (&["Value"], ID),
];

/// The values of lists that are preferred to the first one.
const USUAL: &[&str] = &["BASE", "USD", "pending", "refund", "refund.completed", "Notification", "as_paid", "closed"];

/// Members that only unusual objects have.
const UNUSUAL: &[&str] = &[
    "disabledReason",
    "disabledDate",
    "failingSince",
    "oldSecretValidUntil",
    "rejectionReason",
    "rejectionType",
    "compliance_rejection_reason",
    "overrideReason",
    "unsupported",
    "pendingReason",
    "pendingDetail",
    "waitsFor",
    "heldUntil",
    "approval",
    "transfer",
    "heldReason",
    "addressTag",
    "memo",
    "address_memo",
    "crypto_address_memo",
    "additional_address_field",
    "binance_refund_id",
    "rejection_reason",
    "disabled_message",
    "date_from",
    "date_to",
    "context",
    "confirmUntil",
    "Token",
    "SubscribeURL",
];

/// Adds an example to each response and each message that has none.
pub fn add(openapi: &mut OpenApi) {
    let components = serde_json::to_value(&openapi.components).unwrap_or_default();
    let sampler = Sampler { components: &components };
    let webhooks = openapi.webhooks.iter_mut().flat_map(|webhooks| webhooks.paths.values_mut());
    for item in openapi.paths.paths.values_mut().chain(webhooks) {
        for (_, operation) in operations_mut(item) {
            contents(operation).for_each(|content| sampler.add(content));
        }
    }
}

fn contents(operation: &mut Operation) -> impl Iterator<Item = &mut Content> {
    let answers = operation.responses.responses.values_mut().filter_map(inline);
    let body = operation.request_body.iter_mut().filter_map(inline);
    let contents = answers.flat_map(|answer| answer.content.values_mut());
    contents.chain(body.flat_map(|body| body.content.values_mut())).filter_map(inline)
}

/// The value, unless it is a reference.
const fn inline<T>(value: &mut RefOr<T>) -> Option<&mut T> {
    match value {
        RefOr::T(value) => Some(value),
        RefOr::Ref(_) => None,
    }
}

/// The example of an error response.
pub fn of_error(surface: Surface, status: u16, code: ErrorCode, text: &str) -> Value {
    let message = format!("{text}. {}", next_step(Language::english(), code));
    match surface {
        Surface::Circle => json!({ "code": circle(code).1, "message": message, "requiteCode": code.as_str() }),
        Surface::CoinGate => {
            let reason = coingate(code, ErrorSubject::Order).1;
            json!({ "message": message, "reason": reason, "requite_code": code.as_str() })
        }
        Surface::Native => problem::example(status, code, message),
    }
}

struct Sampler<'a> {
    components: &'a Value,
}

impl Sampler<'_> {
    fn add(&self, content: &mut Content) {
        let Some(schema) = content.schema.as_ref().and_then(|schema| serde_json::to_value(schema).ok()) else { return };
        if content.example.is_none() && content.examples.is_empty() {
            content.example = Some(self.value(&schema, ""));
        }
    }

    /// The example of a schema, which is that of a member with this name.
    fn value(&self, schema: &Value, name: &str) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let pointer = reference.trim_start_matches("#/components");
            return self.components.pointer(pointer).map_or(Value::Null, |schema| self.value(schema, name));
        }
        if let Some(example) =
            schema.pointer("/examples/0").or_else(|| schema.get("example")).or_else(|| schema.get("const"))
        {
            return example.clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            let usual = values.iter().find(|value| value.as_str().is_some_and(|text| USUAL.contains(&text)));
            return usual.or_else(|| values.first()).cloned().unwrap_or_default();
        }
        let variants = ["oneOf", "anyOf"].into_iter().find_map(|kind| schema[kind].as_array());
        if let Some(variant) = variants.and_then(|variants| variants.iter().find(|variant| variant["type"] != "null")) {
            return self.value(variant, name);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts = parts.iter().filter_map(|part| self.value(part, name).as_object().cloned());
            return Value::Object(parts.flatten().collect());
        }
        self.of_type(schema, name)
    }

    fn of_type(&self, schema: &Value, name: &str) -> Value {
        let kinds = &schema["type"];
        let kind = kinds.as_array().and_then(|kinds| kinds.iter().find(|kind| *kind != "null")).unwrap_or(kinds);
        match kind.as_str() {
            Some("object") => self.object(schema),
            Some("array") => json!([self.value(&schema["items"], name)]),
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
            Some("boolean") => json!(true),
            Some("string") => json!(text(schema, name)),
            _ => json!({}),
        }
    }

    fn member(&self, schema: &Value, name: &str) -> Value {
        let nullable = schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("null")));
        if nullable && UNUSUAL.contains(&name) { Value::Null } else { self.value(schema, name) }
    }

    fn object(&self, schema: &Value) -> Value {
        let members = schema["properties"].as_object().into_iter().flatten();
        let required = |name: &String| schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
        let usual = members.filter(|(name, _)| required(name) || !UNUSUAL.contains(&name.as_str()));
        let mut object: Map<String, Value> =
            usual.map(|(name, schema)| (name.clone(), self.member(schema, name))).collect();
        if let Some(values) =
            schema.get("additionalProperties").filter(|values| values.is_object() && object.is_empty())
        {
            object.insert("EUR".to_owned(), self.value(values, "rate"));
        }
        Value::Object(object)
    }
}

fn text(schema: &Value, name: &str) -> &'static str {
    match schema["format"].as_str() {
        Some("uuid") => return ID,
        Some("date-time") => return TIME,
        _ => {}
    }
    // Without a name it is the whole body.
    let unnamed = if schema.get("pattern").is_some() { "1.08" } else { "OK" };
    if name.is_empty() {
        return unnamed;
    }
    TEXTS.iter().find(|(names, _)| names.contains(&name)).map_or("", |(_, text)| text)
}
