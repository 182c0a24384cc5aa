//! The API reference: the OpenAPI document as a public page, without scripts and without requests to other servers. Whoever is
//! signed in also finds the keys of the console here.

mod operation;
mod schema;
mod text;

use self::{
    operation::operation,
    schema::schemas,
    text::{inline, lang},
};
use crate::{
    api::openapi::{self, Surface, introduction},
    languages::Language,
    ui::{
        components::command_palette::KeysSection,
        page::{Content, page},
    },
    web::language::language,
};
use leptos::prelude::*;
use strum::VariantArray;
use utoipa::openapi::path::Operation;

/// Where the document is, and the name of its file.
const DOCUMENT: [&str; 2] = ["/openapi.json", "openapi.json"];

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

/// The introduction, every operation and every schema, and the keys.
#[component]
pub fn DocsPage() -> impl IntoView {
    let language = language();
    page(async move {
        let operations = openapi::operations();
        let operations: Vec<DocumentedOperation> =
            operations.map(|(path, method, operation)| DocumentedOperation { path, method, operation }).collect();
        let title = language.text("docs-title");
        let [address, file] = DOCUMENT;
        let (before, after) = language.around("docs-source", "document");
        let surfaces = Surface::VARIANTS.iter().map(|surface| of_surface(language, *surface, &operations));
        let body = view! {
            <h1>{title.clone()}</h1>
            <p class="lead" lang=lang(language)>{introduction::SUMMARY}</p>
            <p>{before} <a href=address>{file}</a> {after}</p>
            {introduction::SECTIONS.iter().map(|section| introduction_section(language, section)).collect_view()}
            {contents(language, &operations)}
            {surfaces.collect_view()}
            {schemas(language)}
            <KeysSection />
        };
        Ok(Content::new(title, body))
    })
}

fn contents(language: Language, operations: &[DocumentedOperation]) -> AnyView {
    let groups = Surface::VARIANTS.iter().map(|surface| {
        let links = operations_of(*surface, operations).map(|placed| {
            view! {
                <li>
                    <a href=format!("#{}", placed.id()) lang=lang(language)>{summary(placed.operation)}</a>
                </li>
            }
        });
        view! {
            <div>
                <h3>
                    <a href=format!("#{}", text::anchor(surface.title())) lang=lang(language)>{surface.title()}</a>
                </h3>
                <ul>{links.collect_view()}</ul>
            </div>
        }
    });
    view! {
        <nav aria-labelledby="contents">
            <h2 id="contents">{language.text("docs-operations")}</h2>
            <div class="docs-contents">{groups.into_iter().collect_view()}</div>
        </nav>
    }
    .into_any()
}

fn introduction_section(language: Language, section: &introduction::Section) -> AnyView {
    let id = text::anchor(section.title);
    view! {
        <section aria-labelledby=id.clone() lang=lang(language)>
            <h2 id=id.clone()>{section.title}</h2>
            {section.paragraphs.iter().map(|paragraph| view! { <p>{inline(paragraph)}</p> }).collect_view()}
        </section>
    }
    .into_any()
}

fn of_surface(language: Language, surface: Surface, operations: &[DocumentedOperation]) -> AnyView {
    let id = text::anchor(surface.title());
    let tags = surface.tags().iter().map(|(tag, description)| {
        let tagged = operations_of(surface, operations).filter(|placed| placed.tag() == *tag);
        view! {
            <h3 lang=lang(language)>{*tag}</h3>
            <p class="hint" lang=lang(language)>{*description}</p>
            {tagged.map(|placed| operation(language, placed)).collect_view()}
        }
    });
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone() lang=lang(language)>{surface.title()}</h2>
            <p lang=lang(language)>{inline(surface.purpose())}</p>
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
