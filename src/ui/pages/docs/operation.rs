//! One operation: path, scope, parameters, body and responses.

use super::{
    DocumentedOperation,
    schema::{description, kind, member, members, named},
    summary,
    text::{inline, paragraphs},
};
use crate::api::openapi;
use leptos::prelude::*;
use utoipa::openapi::{
    RefOr, Required, Response, Schema,
    path::{Operation, ParameterIn},
};

/// The section of an operation.
pub fn operation(placed: DocumentedOperation) -> AnyView {
    let DocumentedOperation { path, method, operation } = placed;
    view! {
        <article class="card docs-operation" id=placed.id()>
            <h4>{summary(operation)}</h4>
            <p class="docs-target">
                <span class="docs-method">{method.to_uppercase()}</span>
                " "
                <code>{path}</code>
            </p>
            {paragraphs(operation.description.as_deref())}
            {scope(operation)}
            {parameters(operation)}
            {body(operation)}
            {answers(path, operation)}
        </article>
    }
    .into_any()
}

fn scope(operation: &'static Operation) -> AnyView {
    match openapi::scope(operation) {
        Some(scope) => view! { <p class="hint">"Scope: " <code>{scope}</code></p> }.into_any(),
        None => view! { <p class="hint">"Needs no key."</p> }.into_any(),
    }
}

fn parameters(operation: &'static Operation) -> Option<AnyView> {
    let list = openapi::parameters(operation).map(|parameter| {
        let place = match parameter.parameter_in {
            ParameterIn::Path => "path, ",
            ParameterIn::Header => "header, ",
            _ => "query, ",
        };
        let of = parameter.schema.as_ref().map(kind);
        let required = parameter.required == Required::True;
        member(&parameter.name, view! { {place} {of} }.into_any(), required, parameter.description.as_deref())
    });
    let list: Vec<_> = list.collect();
    (!list.is_empty()).then(|| view! { <h5>"Parameters"</h5> <dl class="docs-members">{list}</dl> }.into_any())
}

fn body(operation: &'static Operation) -> Option<AnyView> {
    let RefOr::T(body) = operation.request_body.as_ref()? else { return None };
    let RefOr::T(content) = body.content.get("application/json")? else { return None };
    let RefOr::Ref(reference) = content.schema.as_ref()? else { return None };
    let schema = named(reference.ref_location.rsplit('/').next()?)?;
    let form = body.content.len() > 1;
    Some(
        view! {
            <h5>"Body, as JSON" {form.then_some(" or form-encoded")}</h5>
            {kinds_of_body(schema).into_iter().map(kind_of_body).collect_view()}
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

fn kind_of_body(schema: &'static RefOr<Schema>) -> AnyView {
    let example = match schema {
        RefOr::T(Schema::Object(object)) => object.example.as_ref(),
        _ => None,
    };
    let example = example.and_then(|example| serde_json::to_string_pretty(example).ok());
    view! {
        {paragraphs(description(schema))}
        {members(schema)}
        {example.map(|example| view! { <pre class="message" tabindex="0" role="group" aria-label="Example">{example}</pre> })}
    }
    .into_any()
}

fn answers(path: &str, operation: &'static Operation) -> AnyView {
    let successes = operation.responses.responses.iter().filter_map(|(status, answer)| match answer {
        RefOr::T(answer) => Some(success(status, answer)),
        RefOr::Ref(_) => None,
    });
    let errors = operation.responses.responses.iter().filter(|(_, answer)| matches!(answer, RefOr::Ref(_)));
    let errors: Vec<_> = errors.map(|(status, _)| status.as_str()).collect();
    let error = (!errors.is_empty()).then(|| openapi::Surface::of(path).error_name());
    view! {
        <h5>"Answers"</h5>
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

fn success(status: &'static str, answer: &'static Response) -> AnyView {
    let inside = answer.content.values().find_map(|content| match content {
        RefOr::T(content) => content.schema.as_ref(),
        RefOr::Ref(_) => None,
    });
    let of = inside.map(|schema| match schema {
        RefOr::T(Schema::Object(object)) if object.properties.contains_key("data") => {
            let data = object.properties.get("data").map(kind);
            view! { <code>"data"</code> ": " {data} }.into_any()
        }
        other => kind(other),
    });
    view! {
        <div>
            <dt><code>{status}</code></dt>
            <dd>
                <span class="hint">{of}</span>
                " "
                {inline(&answer.description)}
            </dd>
        </div>
    }
    .into_any()
}
