//! Schemas: types of values, and members of objects.

use super::text::{around, inline, lang, paragraphs};
use crate::{api::openapi, domain::error::ErrorCode, languages::Language, texts::errors::next_step};
use leptos::prelude::*;
use utoipa::openapi::{
    RefOr, Schema, SchemaFormat,
    schema::{ArrayItems, KnownFormat, Object, OneOf, SchemaType, Type},
};

type Described = &'static RefOr<Schema>;

/// Every named schema, as the target of links.
pub fn schemas(language: Language) -> AnyView {
    let components = openapi::document().components.iter().flat_map(|components| &components.schemas);
    view! {
        <section aria-labelledby="shapes">
            <h2 id="shapes">{language.text("docs-schemas")}</h2>
            {components.map(|(name, schema)| schema_section(language, name, schema)).collect_view()}
        </section>
    }
    .into_any()
}

/// The schema of a name.
pub fn named(name: &str) -> Option<Described> {
    openapi::document().components.as_ref()?.schemas.get(name)
}

fn schema_section(language: Language, name: &'static str, schema: Described) -> AnyView {
    let what = if name == stringify!(ErrorCode) { error_codes(language) } else { schema_body(language, schema) };
    view! {
        <article class="docs-shape" id=format!("shape-{name}")>
            <h3>{name}</h3>
            {paragraphs(language, description(schema))}
            {what}
        </article>
    }
    .into_any()
}

/// Every error code with its next step.
fn error_codes(language: Language) -> AnyView {
    let code = |code: &ErrorCode| {
        view! {
            <div>
                <dt><code>{code.as_str()}</code></dt>
                <dd>{next_step(language, *code)}</dd>
            </div>
        }
    };
    view! { <dl class="docs-members">{ErrorCode::ALL.iter().map(code).collect_view()}</dl> }.into_any()
}

fn schema_body(language: Language, schema: Described) -> AnyView {
    match schema {
        RefOr::T(Schema::Object(object)) if object.properties.is_empty() => {
            view! { <p>{kind(language, schema)}</p> }.into_any()
        }
        _ => members(language, schema),
    }
}

/// The members of an object, as a list.
pub fn members(language: Language, schema: Described) -> AnyView {
    let (one_of, parts) = match schema {
        RefOr::T(Schema::AllOf(all)) => (false, all.items.as_slice()),
        RefOr::T(Schema::OneOf(one)) => (true, one.items.as_slice()),
        other => (false, std::slice::from_ref(other)),
    };
    let part = move |(index, part): (usize, Described)| match part {
        RefOr::T(Schema::Object(object)) => of_object(language, object),
        other => {
            let (joint, of) = match (one_of, index) {
                (false, _) => {
                    let all = around(language.around("docs-everything-of", "schema"), kind(language, other));
                    (language.text("docs-and"), all)
                }
                (true, 0) => (language.text("docs-either"), kind(language, other)),
                (true, _) => (language.text("docs-or"), kind(language, other)),
            };
            view! {
                <div>
                    <dt>{joint}</dt>
                    <dd>{of}</dd>
                </div>
            }
            .into_any()
        }
    };
    view! { <dl class="docs-members">{parts.iter().enumerate().map(part).collect_view()}</dl> }.into_any()
}

fn of_object(language: Language, object: &'static Object) -> AnyView {
    let members = object.properties.iter().map(|(name, schema)| {
        let required = object.required.contains(name);
        member(language, name, kind(language, schema), required, description(schema))
    });
    members.collect_view().into_any()
}

/// One member or parameter.
pub fn member(
    language: Language,
    name: &'static str,
    kind: AnyView,
    required: bool,
    description: Option<&'static str>,
) -> AnyView {
    let optional = (!required).then(|| view! { ", " {language.text("docs-optional")} });
    view! {
        <div>
            <dt><code>{name}</code></dt>
            <dd>
                <span class="hint">{kind} {optional}</span>
                {description.map(|description| view! { " " <span lang=lang(language)>{inline(description)}</span> })}
            </dd>
        </div>
    }
    .into_any()
}

/// The type of a schema in a few words, with links to named schemas.
pub fn kind(language: Language, schema: Described) -> AnyView {
    match schema {
        RefOr::Ref(reference) => {
            let name = reference.ref_location.rsplit('/').next().unwrap_or_default();
            view! { <a href=format!("#shape-{name}")>{name}</a> }.into_any()
        }
        RefOr::T(Schema::Array(array)) => match &array.items {
            ArrayItems::RefOrSchema(items) => around(language.around("docs-list-of", "kind"), kind(language, items)),
            ArrayItems::False => language.text("docs-list").into_any(),
        },
        RefOr::T(Schema::Object(object)) => simple(language, object),
        RefOr::T(Schema::OneOf(one)) => alternatives(language, one),
        RefOr::T(Schema::AllOf(_) | Schema::AnyOf(_)) => language.text("docs-object").into_any(),
        RefOr::T(_) => language.text("docs-anything").into_any(),
    }
}

fn alternatives(language: Language, one: &'static OneOf) -> AnyView {
    let kinds = one.items.iter().enumerate().map(|(index, item)| {
        let joint = (index > 0).then(|| view! { " " {language.text("docs-or")} " " });
        view! { {joint} {kind(language, item)} }
    });
    kinds.collect_view().into_any()
}

fn simple(language: Language, object: &'static Object) -> AnyView {
    if let Some(words) = &object.enum_values {
        let word = |(index, word): (usize, &serde_json::Value)| {
            let word = word.as_str().unwrap_or_default().to_owned();
            view! { {(index > 0).then_some(", ")} <code>{word}</code> }
        };
        let words = words.iter().enumerate().map(word).collect_view().into_any();
        return around(language.around("docs-one-of", "words"), words);
    }
    match &object.schema_type {
        SchemaType::Type(of) => type_name(language, object, of).into_any(),
        SchemaType::Array(several) => {
            let names = several.iter().enumerate().map(|(index, of)| {
                let joint = (index > 0).then(|| view! { " " {language.text("docs-or")} " " });
                view! { {joint} {type_name(language, object, of)} }
            });
            names.collect_view().into_any()
        }
        SchemaType::AnyValue => language.text("docs-anything").into_any(),
    }
}

/// What values of a type are.
fn type_name(language: Language, object: &Object, of: &Type) -> String {
    match of {
        Type::Object => language.text("docs-object"),
        Type::String => match &object.format {
            Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)) => language.text("docs-uuid"),
            Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)) => language.text("docs-time"),
            _ if object.pattern.is_some() => language.text("docs-number-or-name"),
            _ => language.text("docs-string"),
        },
        Type::Integer => language.text("docs-integer"),
        Type::Number => language.text("docs-number"),
        Type::Boolean => language.text("docs-boolean"),
        Type::Array => language.text("docs-list"),
        Type::Null => language.text("docs-null"),
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
