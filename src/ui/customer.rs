//! The layout of pages for customers: the shop's name, and no part of the console. Customers are not signed in; a
//! secret in the page's URL gives them access. These pages are in the language of the browser.

use super::components::{notice::Notice, typed_text::TypedText};
use super::{
    layout::{mark, refused_form, test_mode},
    page::{Content, set_status, tab_title},
};
use crate::{
    domain::{
        error::{DomainError, ErrorCode},
        mail::OrderName,
    },
    error::Error,
    texts::mail,
    web::language::language,
};
use axum::http::{HeaderName, HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Meta;

/// A page for customers, rendered when `load` has finished, or the error of `load`. `load` also returns the shop's
/// name.
pub fn customer_page(load: impl Future<Output = Result<(String, Content), Error>> + Send + 'static) -> impl IntoView {
    set_headers();
    Suspend::new(async move {
        match load.await {
            Ok((shop, Content { title, body, .. })) => {
                let name = shop.clone();
                view! {
                    {tab_title(&format!("{title} · {shop}"))}
                    <CustomerLayout shop=name>{body}</CustomerLayout>
                }
                .into_any()
            }
            Err(error) => refused(&error.into_domain_error()),
        }
    })
}

/// What an order is called, in the language of the page.
pub fn order_name(called: &OrderName) -> String {
    mail::order_name(language(), called)
}

/// The page, with the shop's name at the top and a line about Requite at the bottom.
#[component]
fn CustomerLayout(
    /// The shop, if known.
    #[prop(into)]
    shop: String,
    children: Children,
) -> impl IntoView {
    let language = language();
    let name = (!shop.is_empty()).then(|| view! { <p class="brand"><TypedText text=shop /></p> });
    view! {
        <Meta name="robots" content="noindex, nofollow" />
        <a class="skip" href="#main">{language.text("skip")}</a>
        <div class="frame" data-kind="customer">
            <header class="top">{test_mode()} <div class="bar">{name}</div></header>
            <main id="main" class="customer">{refused_form()} {children()}</main>
            <footer class="customer-foot">
                <p class="hint">{mark()} {language.text("customer-foot")}</p>
            </footer>
        </div>
    }
}

/// The URL of the page is a secret, so search engines must not index it and other
/// sites must not learn it. The origin may be sent, since browsers that may not send it omit it from forms as well, and
/// such forms would be refused as forged.
fn set_headers() {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    response.insert_header(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response.insert_header(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
}

fn refused(error: &DomainError) -> AnyView {
    set_status(error);
    let is_unknown = error.code == ErrorCode::NotFound;
    let language = language();
    let title = language.text(if is_unknown { "customer-link-invalid" } else { "customer-failed" });
    let body = if is_unknown {
        view! {
            <h1>{title.clone()}</h1>
            <p>{language.text("customer-link-invalid-text")}</p>
        }
        .into_any()
    } else {
        view! {
            <h1>{title.clone()}</h1>
            <Notice error=error.clone() />
        }
        .into_any()
    };
    view! {
        {tab_title(&title)}
        <CustomerLayout shop="">{body}</CustomerLayout>
    }
    .into_any()
}
