//! What a page says before its content.

use crate::{
    domain::error::{DomainError, ErrorCode},
    ui::components::notice::{Advice, Notice, NoticeList, SuccessNotice},
    web::{form_query::DoneQuery, paths},
};
use leptos::prelude::*;

/// Information, warnings and errors: of one thing, of several, and of a form. A form that was refused has the notice of its
/// error at the top of the page, with the focus, which would open this page there.
pub fn notices() -> AnyView {
    let error = DomainError::new(ErrorCode::Forbidden, "error-role-forbids");
    let done: DoneQuery = serde_urlencoded::from_str("done=endpoint-added").unwrap_or_default();
    let counted: DoneQuery = serde_urlencoded::from_str("done=failed-deliveries-repeated&number=3").unwrap_or_default();
    view! {
        <section aria-labelledby="notices-title">
            <h2 id="notices-title">"Notices"</h2>
            <Advice kind="info"><p>"Information: the endpoint was added."</p></Advice>
            <Advice kind="warning"><p><strong>"A warning. "</strong> "It says what to look at."</p></Advice>
            <Notice error />
            <SuccessNotice done />
            <SuccessNotice done=counted />
            <NoticeList kind="info" id="notices-info" title="What is new" items=vec!["One thing.".into_any()] />
            <NoticeList kind="warning" id="notices-warning" title="What needs somebody" items=examples() />
            <NoticeList kind="error" id="notices-error" title="What does not work" items=examples()>
                <p><a href=paths::STYLEGUIDE>"All of them"</a></p>
            </NoticeList>
        </section>
    }
    .into_any()
}

fn examples() -> Vec<AnyView> {
    let link = view! { "Two refunds wait for approval. " <a href=paths::AWAITING_APPROVAL>"Review them"</a> };
    vec![
        link.into_any(),
        "An address without a break: https://shop.example/a-very-long-path-of-an-endpoint/which-is-not-reached/since-monday"
            .into_any(),
    ]
}
