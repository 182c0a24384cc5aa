//! What all operations of a surface share in the document: error responses and response headers.

use super::{examples, webhooks};
use crate::{
    api::{
        circle::error::ErrorResponse as CircleError,
        coingate::error::ErrorResponse as CoinGateError,
        input::idempotency,
        native::problem::ProblemDocument,
        routing::{operations_mut, parameters},
        surface::{NameAndDescription, Surface},
    },
    domain::error::ErrorCode,
    wire::{
        coingate::{
            self,
            callback_content::{OrderCallback, RefundCallback},
        },
        schema,
    },
};
use serde_json::Value;
use std::collections::BTreeSet;
use strum::VariantArray;
use utoipa::{
    ToSchema,
    openapi::{
        Components, ContentBuilder, Header, ObjectBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema,
        Server, path::Operation, schema::AdditionalProperties,
    },
};

/// The traits of an operation that decide which error responses it has.
#[derive(Clone, Copy, Debug)]
struct OperationTraits {
    needs_key: bool,
    has_input: bool,
    has_body: bool,
    has_id: bool,
    /// Whether it takes an idempotency key.
    has_name: bool,
}

struct ErrorResponses {
    status: &'static str,
    /// The error in the example.
    code: ErrorCode,
    meaning: &'static str,
    /// Whether a surface has it.
    on: fn(Surface) -> bool,
    when: fn(OperationTraits) -> bool,
}

const REFUSALS: &[ErrorResponses] = &[
    ErrorResponses {
        status: "400",
        code: ErrorCode::AmountExceedsRefundable,
        meaning: "Something about the request is wrong, or a rule forbids it",
        on: |surface| surface != Surface::CoinGate,
        when: |kind| kind.has_input,
    },
    ErrorResponses {
        status: "401",
        code: ErrorCode::InvalidApiKey,
        meaning: "The API key is missing or not valid",
        on: every_surface,
        when: |kind| kind.needs_key,
    },
    ErrorResponses {
        status: "403",
        code: ErrorCode::Forbidden,
        meaning: "The API key may not do this; for example, it lacks the required scope",
        on: every_surface,
        when: |kind| kind.needs_key,
    },
    ErrorResponses {
        status: "404",
        code: ErrorCode::NotFound,
        meaning: "It does not exist, or it belongs to another merchant",
        on: every_surface,
        when: |kind| kind.has_id || kind.has_body,
    },
    ErrorResponses {
        status: "409",
        code: ErrorCode::IdempotencyKeyReused,
        meaning: "The state has changed in the meantime, or the idempotency key was used for another request",
        on: |surface| surface != Surface::Native,
        when: |kind| kind.has_body || kind.has_id,
    },
    ErrorResponses {
        status: "409",
        code: ErrorCode::QuoteExpired,
        meaning: "The state has changed in the meantime",
        on: |surface| surface == Surface::Native,
        when: |kind| kind.has_body || kind.has_id,
    },
    ErrorResponses {
        status: "413",
        code: ErrorCode::RequestTooLarge,
        meaning: "The body is too large",
        on: every_surface,
        when: |kind| kind.has_body,
    },
    ErrorResponses {
        status: "415",
        code: ErrorCode::RequestMalformed,
        meaning: "The body is not JSON",
        on: |surface| surface != Surface::CoinGate,
        when: |kind| kind.has_body,
    },
    ErrorResponses {
        status: "422",
        code: ErrorCode::AmountNotPositive,
        meaning: "Something about the request is wrong, or a rule forbids it",
        on: |surface| surface == Surface::CoinGate,
        when: |kind| kind.has_input,
    },
    ErrorResponses {
        status: "422",
        code: ErrorCode::IdempotencyKeyReused,
        meaning: "The idempotency key was used for another request",
        on: |surface| surface == Surface::Native,
        when: |kind| kind.has_name,
    },
    ErrorResponses {
        status: "429",
        code: ErrorCode::RateLimited,
        meaning: "Too many requests",
        on: every_surface,
        when: |kind| kind.needs_key,
    },
    ErrorResponses {
        status: "5XX",
        code: ErrorCode::Internal,
        meaning: "A failure of the server. Either nothing was done, or only the response was lost",
        on: every_surface,
        when: |kind| kind.needs_key,
    },
];

/// The error responses of an operation with these traits.
fn error_responses(surface: Surface, kind: OperationTraits) -> impl Iterator<Item = &'static ErrorResponses> {
    REFUSALS.iter().filter(move |refused| (refused.on)(surface) && (refused.when)(kind))
}

fn response_name(surface: Surface, status: &str) -> String {
    format!("{}{status}", surface.error_name().trim_end_matches("Error"))
}

fn response(surface: Surface, refused: &ErrorResponses) -> Response {
    // A range of statuses is shown by its first one.
    let status = refused.status.replace("XX", "00").parse().unwrap_or_default();
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(surface.error_name())))
        .example(Some(examples::of_error(surface, status, refused.code, refused.meaning)))
        .build();
    let response = ResponseBuilder::new().description(refused.meaning).content(surface.error_content_type(), content);
    let mut response = response.build();
    if refused.status == "429" {
        add_rate_limit_headers(&mut response);
        response.headers.insert("Retry-After".to_owned(), header_ref("Retry-After"));
    }
    response
}

const fn every_surface(_: Surface) -> bool {
    true
}

const HEADERS: [NameAndDescription; 5] = [
    ("RateLimit", "The requests that are left, and the seconds until the limit is full again: `\"key\";r=599;t=1`."),
    ("RateLimit-Policy", "How many requests a key may make in 60 seconds: `\"key\";q=600;w=60`."),
    ("Retry-After", "After how many seconds to try again."),
    ("Link", "The URLs of pages of the list: self, first, and next and prev if those pages exist (RFC 8288)."),
    ("X-Request-Id", "The request ID, as in the server's logs."),
];

/// Adds everything that operations share.
pub fn finish(openapi: &mut OpenApi) {
    let components = openapi.components.get_or_insert_with(Components::new);
    for (name, description) in HEADERS {
        let mut header = Header::default();
        header.description = Some(description.to_owned());
        components.headers.insert(name.to_owned(), RefOr::T(header));
    }
    // Only parameters refer to these, and utoipa does not collect the schemas of parameters.
    add_schema::<schema::RefundSort>(components);
    add_schema::<coingate::schema::CurrencyKind>(components);
    add_schema::<coingate::schema::TradeSide>(components);
    add_schema::<coingate::schema::EntrySource>(components);
    add_schema::<coingate::schema::CallbackSubject>(components);
    add_schema::<coingate::schema::ListedSymbol>(components);
    add_schema::<CircleError>(components);
    add_schema::<ProblemDocument<'_>>(components);
    add_schema::<CoinGateError>(components);
    add_schema::<schema::PaymentStatusFilter>(components);
    add_schema::<schema::TransferKind>(components);
    // Nor does it collect those of webhooks.
    add_schema::<webhooks::WebhookMessage>(components);
    add_schema::<webhooks::CircleEnvelope>(components);
    add_schema::<OrderCallback>(components);
    add_schema::<RefundCallback>(components);
    for &surface in Surface::VARIANTS {
        for refused in error_responses(
            surface,
            OperationTraits { needs_key: true, has_input: true, has_body: true, has_id: true, has_name: true },
        ) {
            components.responses.insert(response_name(surface, refused.status), response(surface, refused).into());
        }
    }
    for (path, item) in &mut openapi.paths.paths {
        let surface = Surface::of(path);
        if surface == Surface::CoinGate {
            item.servers = Some(vec![Server::new("/"), Server::new("/api")]);
        }
        let has_id = path.contains('{');
        for (_, operation) in operations_mut(item) {
            complete(operation, surface, has_id);
            if path.starts_with("/v1/") {
                wrap_in_data(operation);
            }
        }
    }
    close_requests(openapi);
}

/// Whether unknown members of a body are refused: on Requite's own surface, and in the sandbox's operations.
fn refuses_unknown_members(path: &str) -> bool {
    Surface::of(path) == Surface::Native || path.starts_with("/v1/mocks/")
}

/// Allows no other members in objects that are only in such bodies. `Money` is in others too.
fn close_requests(openapi: &mut OpenApi) {
    let components = serde_json::to_value(&openapi.components).unwrap_or_default();
    let (mut closed, mut open) = (BTreeSet::new(), BTreeSet::new());
    for (path, item) in &mut openapi.paths.paths {
        for (_, operation) in operations_mut(item) {
            let mut operation = serde_json::to_value(&*operation).unwrap_or_default();
            if refuses_unknown_members(path) {
                add_referred(&operation["requestBody"].take(), &components, &mut closed);
            }
            add_referred(&operation, &components, &mut open);
        }
    }
    let components = openapi.components.get_or_insert_with(Components::new);
    for name in closed.difference(&open) {
        if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(name)
            && !object.properties.is_empty()
        {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
}

/// Adds the names of the schemas that a part of the document refers to, also through others.
fn add_referred(part: &Value, components: &Value, names: &mut BTreeSet<String>) {
    match part {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            if let Some(name) = reference.and_then(|reference| reference.strip_prefix("#/components/schemas/"))
                && names.insert(name.to_owned())
            {
                add_referred(&components["schemas"][name], components, names);
            }
            members.values().for_each(|member| add_referred(member, components, names));
        }
        Value::Array(items) => items.iter().for_each(|item| add_referred(item, components, names)),
        _ => {}
    }
}

fn complete(operation: &mut Operation, surface: Surface, has_id: bool) {
    let takes = |name: &str| parameters(operation).any(|parameter| parameter.name == name);
    let kind = OperationTraits {
        needs_key: operation.security.as_ref().is_some_and(|security| !security.is_empty()),
        // Requite's own surface refuses unknown parameters on operations without any.
        has_input: surface == Surface::Native
            || operation.request_body.is_some()
            || parameters(operation).next().is_some(),
        has_body: operation.request_body.is_some(),
        has_id,
        has_name: takes(idempotency::HEADER),
    };
    let paged = takes("pageAfter");
    for answer in operation.responses.responses.values_mut() {
        let RefOr::T(answer) = answer else { continue };
        answer.headers.insert("X-Request-Id".to_owned(), header_ref("X-Request-Id"));
        if kind.needs_key {
            add_rate_limit_headers(answer);
        }
        if paged {
            answer.headers.insert("Link".to_owned(), header_ref("Link"));
        }
    }
    for refused in error_responses(surface, kind) {
        let name = response_name(surface, refused.status);
        operation.responses.responses.insert(refused.status.to_owned(), Ref::from_response_name(name).into());
    }
}

/// Wraps every successful response in `data`, as [`crate::api::envelope`] does.
fn wrap_in_data(operation: &mut Operation) {
    for answer in operation.responses.responses.values_mut() {
        let RefOr::T(answer) = answer else { continue };
        for content in answer.content.values_mut() {
            let RefOr::T(content) = content else { continue };
            let inside = content.schema.take().unwrap_or_default();
            content.schema = Some(ObjectBuilder::new().property("data", inside).required("data").into());
        }
    }
}

fn add_rate_limit_headers(answer: &mut Response) {
    for name in ["RateLimit", "RateLimit-Policy"] {
        answer.headers.insert(name.to_owned(), header_ref(name));
    }
}

fn header_ref(name: &str) -> RefOr<Header> {
    RefOr::Ref(Ref::new(format!("#/components/headers/{name}")))
}

fn add_schema<T: ToSchema>(components: &mut Components) {
    let mut schemas: Vec<(String, RefOr<Schema>)> = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    components.schemas.extend(schemas);
}
