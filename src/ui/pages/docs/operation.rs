//! One operation: path, scope, parameters, body and responses.

use super::{
    DocumentedOperation,
    schema::{description, kind, member, members, named},
    summary,
    text::{around, inline, lang, paragraphs},
};
use crate::{api::openapi, languages::Language};
use leptos::prelude::*;
use utoipa::openapi::{
    RefOr, Required, Response, Schema,
    path::{Operation, ParameterIn},
};

/// The member of Circle's responses that has the content.
const DATA: &str = "data";

/// The section of an operation.
pub fn operation(language: Language, placed: DocumentedOperation) -> AnyView {
    let DocumentedOperation { path, method, operation } = placed;
    view! {
        <article class="card docs-operation" id=placed.id()>
            <h4 lang=lang(language)>{summary(operation)}</h4>
            <p class="docs-target">
                <span class="docs-method">{method.to_uppercase()}</span>
                " "
                <code>{path}</code>
            </p>
            {paragraphs(language, operation.description.as_deref())}
            {scope(language, operation)}
            {parameters(language, operation)}
            {body(language, operation)}
            {answers(language, path, operation)}
        </article>
    }
    .into_any()
}

fn scope(language: Language, operation: &'static Operation) -> AnyView {
    let text = match openapi::scope(operation) {
        Some(scope) => around(language.around("docs-scope", "scope"), view! { <code>{scope}</code> }.into_any()),
        None => language.text("docs-no-key").into_any(),
    };
    view! { <p class="hint">{text}</p> }.into_any()
}

fn parameters(language: Language, operation: &'static Operation) -> Option<AnyView> {
    let list = openapi::parameters(operation).map(|parameter| {
        let place = match parameter.parameter_in {
            ParameterIn::Path => language.text("docs-in-path"),
            ParameterIn::Header => language.text("docs-in-header"),
            _ => language.text("docs-in-query"),
        };
        let of = parameter.schema.as_ref().map(|schema| kind(language, schema));
        let required = parameter.required == Required::True;
        let kind = view! { {place} ", " {of} }.into_any();
        member(language, &parameter.name, kind, required, parameter.description.as_deref())
    });
    let list: Vec<_> = list.collect();
    (!list.is_empty())
        .then(|| view! { <h5>{language.text("docs-parameters")}</h5> <dl class="docs-members">{list}</dl> }.into_any())
}

fn body(language: Language, operation: &'static Operation) -> Option<AnyView> {
    let RefOr::T(body) = operation.request_body.as_ref()? else { return None };
    let RefOr::T(content) = body.content.get("application/json")? else { return None };
    let RefOr::Ref(reference) = content.schema.as_ref()? else { return None };
    let schema = named(reference.ref_location.rsplit('/').next()?)?;
    let has_form = body.content.len() > 1;
    let title = if has_form { language.text("docs-body-or-form") } else { language.text("docs-body") };
    Some(
        view! {
            <h5>{title}</h5>
            {kinds_of_body(schema).into_iter().map(|schema| kind_of_body(language, schema)).collect_view()}
        }
        .into_any(),
    )
}

/// Shows each alternative of a body.
fn kinds_of_body(schema: &'static RefOr<Schema>) -> Vec<&'static RefOr<Schema>> {
    let RefOr::T(Schema::OneOf(one)) = schema else { return vec![schema] };
    let kind = |item: &'static RefOr<Schema>| match item {
        RefOr::Ref(reference) => named(reference.ref_location.rsplit('/').next()?),
        RefOr::T(_) => Some(item),
    };
    one.items.iter().filter_map(kind).collect()
}

fn kind_of_body(language: Language, schema: &'static RefOr<Schema>) -> AnyView {
    let example = match schema {
        RefOr::T(Schema::Object(object)) => object.example.as_ref(),
        _ => None,
    };
    let example = example.and_then(|example| serde_json::to_string_pretty(example).ok());
    view! {
        {paragraphs(language, description(schema))}
        {members(language, schema)}
        {example.map(|example| {
            view! { <pre class="message" tabindex="0" role="group" aria-label=language.text("docs-example")>{example}</pre> }
        })}
    }
    .into_any()
}

fn answers(language: Language, path: &str, operation: &'static Operation) -> AnyView {
    let successes = operation.responses.responses.iter().filter_map(|(status, answer)| match answer {
        RefOr::T(answer) => Some(success(language, status, answer)),
        RefOr::Ref(_) => None,
    });
    let errors = operation.responses.responses.iter().filter(|(_, answer)| matches!(answer, RefOr::Ref(_)));
    let errors: Vec<_> = errors.map(|(status, _)| status.as_str()).collect();
    let error = (!errors.is_empty()).then(|| openapi::Surface::of(path).error_name());
    view! {
        <h5>{language.text("docs-responses")}</h5>
        <dl class="docs-members">
            {successes.collect_view()}
            {error.map(|error| view! {
                <div>
                    <dt><code>{errors.join(" ")}</code></dt>
                    <dd><a href=format!("#shape-{error}")>{error}</a></dd>
                </div>
            })}
        </dl>
    }
    .into_any()
}

fn success(language: Language, status: &'static str, answer: &'static Response) -> AnyView {
    let inside = answer.content.values().find_map(|content| match content {
        RefOr::T(content) => content.schema.as_ref(),
        RefOr::Ref(_) => None,
    });
    let of = inside.map(|schema| match schema {
        RefOr::T(Schema::Object(object)) if object.properties.contains_key(DATA) => {
            let data = object.properties.get(DATA).map(|data| kind(language, data));
            view! { <code>{DATA}</code> ": " {data} }.into_any()
        }
        other => kind(language, other),
    });
    view! {
        <div>
            <dt><code>{status}</code></dt>
            <dd>
                <span class="hint">{of}</span>
                " "
                <span lang=lang(language)>{inline(&answer.description)}</span>
            </dd>
        </div>
    }
    .into_any()
}
