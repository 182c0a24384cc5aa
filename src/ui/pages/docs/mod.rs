//! The API reference: the OpenAPI document as a public page, without scripts and without requests to other servers.

mod operation;
mod schema;
mod text;

use self::{operation::operation, schema::schemas, text::inline};
use crate::{
    api::openapi::{self, Surface, introduction},
    ui::page::{Content, page},
};
use leptos::prelude::*;
use strum::VariantArray;
use utoipa::openapi::path::Operation;

/// An operation with its place in the document.
#[derive(Clone, Copy)]
struct DocumentedOperation {
    path: &'static str,
    method: &'static str,
    operation: &'static Operation,
}

impl DocumentedOperation {
    fn tag(&self) -> &'static str {
        self.operation.tags.iter().flatten().next().map_or("", String::as_str)
    }

    fn id(&self) -> &'static str {
        self.operation.operation_id.as_deref().unwrap_or_default()
    }
}

/// The introduction, every operation and every schema.
#[component]
pub fn DocsPage() -> impl IntoView {
    page(async {
        let operations = openapi::operations();
        let operations: Vec<DocumentedOperation> =
            operations.map(|(path, method, operation)| DocumentedOperation { path, method, operation }).collect();
        let body = view! {
            <h1>"API reference"</h1>
            <p class="lead">{introduction::SUMMARY}</p>
            <p>
                "This page is made from the server's own document, "
                <a href="/openapi.json">"openapi.json"</a>
                " (OpenAPI 3.1), which generators of clients and other tools can read."
            </p>
            {introduction::SECTIONS.iter().map(introduction_section).collect_view()}
            {contents(&operations)}
            {Surface::VARIANTS.iter().map(|surface| of_surface(*surface, &operations)).collect_view()}
            {schemas()}
        };
        Ok(Content::new("API reference", body))
    })
}

fn contents(operations: &[DocumentedOperation]) -> AnyView {
    let groups = Surface::VARIANTS.iter().map(|surface| {
        let links = operations_of(*surface, operations).map(|placed| {
            view! {
                <li>
                    <a href=format!("#{}", placed.id())>{summary(placed.operation)}</a>
                </li>
            }
        });
        view! {
            <div>
                <h3>
                    <a href=format!("#{}", text::anchor(surface.title()))>{surface.title()}</a>
                </h3>
                <ul>{links.collect_view()}</ul>
            </div>
        }
    });
    view! {
        <nav aria-labelledby="contents">
            <h2 id="contents">"Operations"</h2>
            <div class="docs-contents">{groups.into_iter().collect_view()}</div>
        </nav>
    }
    .into_any()
}

fn introduction_section(section: &introduction::Section) -> AnyView {
    let id = text::anchor(section.title);
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{section.title}</h2>
            {section.paragraphs.iter().map(|paragraph| view! { <p>{inline(paragraph)}</p> }).collect_view()}
        </section>
    }
    .into_any()
}

fn of_surface(surface: Surface, operations: &[DocumentedOperation]) -> AnyView {
    let id = text::anchor(surface.title());
    let tags = surface.tags().iter().map(|(tag, description)| {
        let tagged = operations_of(surface, operations).filter(|placed| placed.tag() == *tag);
        view! {
            <h3>{*tag}</h3>
            <p class="hint">{*description}</p>
            {tagged.map(operation).collect_view()}
        }
    });
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{surface.title()}</h2>
            <p>{inline(surface.purpose())}</p>
            {tags.collect_view()}
        </section>
    }
    .into_any()
}

fn operations_of(surface: Surface, operations: &[DocumentedOperation]) -> impl Iterator<Item = DocumentedOperation> {
    operations.iter().copied().filter(move |placed| Surface::of(placed.path) == surface)
}

/// What an operation does, in a few words.
fn summary(operation: &'static Operation) -> &'static str {
    operation.summary.as_deref().unwrap_or_default().trim_end_matches('.')
}
