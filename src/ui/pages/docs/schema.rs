//! Schemas: types of values, and members of objects.

use super::text::{inline, paragraphs};
use crate::{api::openapi, domain::error::ErrorCode, languages::Language, texts::errors::next_step};
use leptos::prelude::*;
use utoipa::openapi::{
    RefOr, Schema, SchemaFormat,
    schema::{ArrayItems, KnownFormat, Object, OneOf, SchemaType, Type},
};

type Described = &'static RefOr<Schema>;

/// Every named schema, as the target of links.
pub fn schemas() -> AnyView {
    let components = openapi::document().components.iter().flat_map(|components| &components.schemas);
    view! {
        <section aria-labelledby="shapes">
            <h2 id="shapes">"Shapes"</h2>
            {components.map(|(name, schema)| schema_section(name, schema)).collect_view()}
        </section>
    }
    .into_any()
}

/// The schema of a name.
pub fn named(name: &str) -> Option<Described> {
    openapi::document().components.as_ref()?.schemas.get(name)
}

fn schema_section(name: &'static str, schema: Described) -> AnyView {
    let what = if name == "ErrorCode" { error_codes() } else { schema_body(schema) };
    view! {
        <article class="docs-shape" id=format!("shape-{name}")>
            <h3>{name}</h3>
            {paragraphs(description(schema))}
            {what}
        </article>
    }
    .into_any()
}

/// Every error code with its next step.
fn error_codes() -> AnyView {
    let code = |code: &ErrorCode| {
        view! {
            <div>
                <dt><code>{code.as_str()}</code></dt>
                <dd>{next_step(Language::english(), *code)}</dd>
            </div>
        }
    };
    view! { <dl class="docs-members">{ErrorCode::ALL.iter().map(code).collect_view()}</dl> }.into_any()
}

fn schema_body(schema: Described) -> AnyView {
    match schema {
        RefOr::T(Schema::Object(object)) if object.properties.is_empty() => view! { <p>{kind(schema)}</p> }.into_any(),
        _ => members(schema),
    }
}

/// The members of an object, as a list.
pub fn members(schema: Described) -> AnyView {
    let (one_of, parts) = match schema {
        RefOr::T(Schema::AllOf(all)) => (false, all.items.as_slice()),
        RefOr::T(Schema::OneOf(one)) => (true, one.items.as_slice()),
        other => (false, std::slice::from_ref(other)),
    };
    let part = move |(index, part): (usize, Described)| match part {
        RefOr::T(Schema::Object(object)) => of_object(object),
        other => view! {
            <div>
                <dt>{if !one_of { "and" } else if index == 0 { "either" } else { "or" }}</dt>
                <dd>{(!one_of).then_some("everything of ")} {kind(other)}</dd>
            </div>
        }
        .into_any(),
    };
    view! { <dl class="docs-members">{parts.iter().enumerate().map(part).collect_view()}</dl> }.into_any()
}

fn of_object(object: &'static Object) -> AnyView {
    let members = object.properties.iter().map(|(name, schema)| {
        let required = object.required.contains(name);
        member(name, kind(schema), required, description(schema))
    });
    members.collect_view().into_any()
}

/// One member or parameter.
pub fn member(name: &'static str, kind: AnyView, required: bool, description: Option<&'static str>) -> AnyView {
    view! {
        <div>
            <dt><code>{name}</code></dt>
            <dd>
                <span class="hint">{kind} {(!required).then_some(", optional")}</span>
                {description.map(|description| view! { " " {inline(description)} })}
            </dd>
        </div>
    }
    .into_any()
}

/// The type of a schema in a few words, with links to named schemas.
pub fn kind(schema: Described) -> AnyView {
    match schema {
        RefOr::Ref(reference) => {
            let name = reference.ref_location.rsplit('/').next().unwrap_or_default();
            view! { <a href=format!("#shape-{name}")>{name}</a> }.into_any()
        }
        RefOr::T(Schema::Array(array)) => match &array.items {
            ArrayItems::RefOrSchema(items) => view! { "list of " {kind(items)} }.into_any(),
            ArrayItems::False => "list".into_any(),
        },
        RefOr::T(Schema::Object(object)) => simple(object),
        RefOr::T(Schema::OneOf(one)) => alternatives(one),
        RefOr::T(Schema::AllOf(_) | Schema::AnyOf(_)) => "object".into_any(),
        RefOr::T(_) => "anything".into_any(),
    }
}

fn alternatives(one: &'static OneOf) -> AnyView {
    let kinds =
        one.items.iter().enumerate().map(|(index, item)| view! { {(index > 0).then_some(" or ")} {kind(item)} });
    kinds.collect_view().into_any()
}

fn simple(object: &'static Object) -> AnyView {
    if let Some(words) = &object.enum_values {
        let word = |(index, word): (usize, &serde_json::Value)| {
            let word = word.as_str().unwrap_or_default().to_owned();
            view! { {(index > 0).then_some(", ")} <code>{word}</code> }
        };
        return view! { "one of " {words.iter().enumerate().map(word).collect_view()} }.into_any();
    }
    let type_name = |of: &Type| match of {
        Type::Object => "object",
        Type::String => match &object.format {
            Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)) => "UUID",
            Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)) => "time",
            _ if object.pattern.is_some() => "text with a number or name",
            _ => "text",
        },
        Type::Integer => "whole number",
        Type::Number => "number",
        Type::Boolean => "true or false",
        Type::Array => "list",
        Type::Null => "null",
    };
    match &object.schema_type {
        SchemaType::Type(of) => type_name(of).into_any(),
        SchemaType::Array(several) => several.iter().map(type_name).collect::<Vec<_>>().join(" or ").into_any(),
        SchemaType::AnyValue => "anything".into_any(),
    }
}

/// The description of a value, or else of its schema.
pub fn description(schema: Described) -> Option<&'static str> {
    let non_empty = |text: &'static String| Some(text.as_str()).filter(|text| !text.is_empty());
    match schema {
        RefOr::Ref(reference) => non_empty(&reference.description),
        RefOr::T(Schema::Array(array)) => array.description.as_deref(),
        RefOr::T(Schema::Object(object)) => object.description.as_deref(),
        RefOr::T(Schema::OneOf(one)) => one.description.as_deref().or_else(|| description(one.items.first()?)),
        RefOr::T(Schema::AllOf(all)) => all.description.as_deref(),
        RefOr::T(_) => None,
    }
}
