//! The components of pages, each in each state, for people who design pages. Only a sandbox has this page.
//! `docs/design-language.md` explains the choices.

use crate::{
    config::Mode,
    domain::{
        error::{DomainError, ErrorCode},
        names::Named,
        paging::Total,
        refunds::refund::RefundStatus,
    },
    ui::{
        components::{
            address::AddressText,
            amount::aligned,
            chips::{chip, chips},
            columns::columns_form,
            empty::EmptyState,
            facts::fact,
            field::{Field, Select},
            icon::{Drawing, Icon},
            list::{Column, ListHead, NothingMatches, Table, filter_form, total_line},
            menu::ActionsMenu,
            notice::{Advice, Notice},
            pagination::Pagination,
            status::{Badge, RefundBadge},
            time::Time,
        },
        page::{Content, page},
    },
    web::{
        embedded_files,
        forms::caller,
        list_query::PageLinks,
        lists::refunds::{RefundColumn, RefundFilters, RefundQuery},
        paths,
    },
};
use leptos::prelude::*;
use strum::VariantArray;

const ROWS: [(&str, &str, RefundStatus, &str); 4] = [
    ("#1015", "12.50 USDC", RefundStatus::Completed, "anna.schmidt@shop.example"),
    (
        "#1016",
        "12000.00 USDC",
        RefundStatus::AwaitingApproval,
        "a-very-long-name-of-a-customer@department.shop.example",
    ),
    ("#1017", "0.171805 ETH", RefundStatus::Processing, "müller@shop.example"),
    ("#1018", "7.00 EURC", RefundStatus::Rejected, "–"),
];

/// Every section, one below the other.
#[component]
pub fn StyleguidePage() -> impl IntoView {
    let caller = caller();
    page(async move {
        let (requite, _) = caller?;
        if requite.settings.mode != Mode::Sandbox {
            return Err(DomainError::not_found("error-unknown-page").into());
        }
        let now = requite.context().now;
        Ok(Content::new(
            "Style guide",
            view! {
                <ListHead title="Style guide" file=None saved_as="" />
                <p class="lead">"Each component in each state, as pages use it."</p>
                {type_scale()}
                {icons()}
                {buttons()}
                {badges()}
                {notices()}
                {inputs()}
                {lists()}
                <section aria-labelledby="facts-title">
                    <h2 id="facts-title">"Facts and progress"</h2>
                    <div class="columns">
                        <div class="card">
                            <dl class="facts">
                                {fact("Address", view! { <AddressText address="0x8ba1f109551bD432803012645Ac136ddd64DBA72" /> })}
                                {fact("Created", view! { <Time at=now /> })}
                                {fact("Note", "–")}
                            </dl>
                            <dl class="facts numbers">{fact("Paid", "100.00 USDC")} {fact("Left to refund", "87.50 USDC")}</dl>
                        </div>
                        <ol class="timeline card">
                            <li data-status="completed">
                                <span class="timeline-what">"completed"</span>
                                <Time at=now />
                                <span class="timeline-detail">"12.50 USDC arrived."</span>
                            </li>
                            <li data-status="processing">
                                <span class="timeline-what">"processing"</span>
                                <Time at=now />
                            </li>
                        </ol>
                    </div>
                </section>
            },
        ))
    })
}

fn type_scale() -> AnyView {
    view! {
        <section aria-labelledby="type-title">
            <h2 id="type-title">"Type"</h2>
            <div class="card">
                <p class="tile-value number">"1,234.56 Tile"</p>
                <p class="lead">"Large: the first sentence of a page, and headings in it. Größe, Straße, Łódź, çağ."</p>
                <p>"Body: sentences, inputs and tables, with a " <a href="#type-title">"link"</a> "."</p>
                <p class="hint">"Small: hints, labels and times."</p>
                <p class="mono wrap">"Mono: 0x8ba1f109551bD432803012645Ac136ddd64DBA72"</p>
                <p class="hint">
                    "Typeface and icons have their own " <a href=embedded_files::licences()>"licences"</a> "."
                </p>
            </div>
        </section>
    }
    .into_any()
}

fn icons() -> AnyView {
    let all = Drawing::VARIANTS.iter().map(|drawing| {
        view! {
            <li>
                <Icon of=*drawing />
                {drawing.name()}
            </li>
        }
    });
    view! {
        <section aria-labelledby="icons-title">
            <h2 id="icons-title">"Icons"</h2>
            <ul class="specimens card">{all.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn buttons() -> AnyView {
    view! {
        <section aria-labelledby="buttons-title">
            <h2 id="buttons-title">"Buttons and menus"</h2>
            <div class="card"><div class="actions">
                <button type="button" class="button" data-kind="primary">"Primary"</button>
                <button type="button" class="button">"Plain"</button>
                <button type="button" class="button"><Icon of=Drawing::Export /> "With an icon"</button>
                <button type="button" class="button" data-kind="quiet">"Quiet"</button>
                <button type="button" class="button" aria-disabled="true">"Working"</button>
                <button type="button" class="chip">"Chip"</button>
                <ActionsMenu>
                    <button type="button" class="menu-item">"An action"</button>
                    <span class="menu-item" aria-disabled="true">"One that is not possible"</span>
                    <p class="hint">"The reason stands below it."</p>
                </ActionsMenu>
            </div></div>
        </section>
    }
    .into_any()
}

fn badges() -> AnyView {
    let refunds = RefundStatus::all().map(|status| view! { <RefundBadge status /> });
    let others = ["active", "pending", "processing", "failed", "expired"];
    let others = others.map(|status| view! { <Badge status=status /> });
    view! {
        <section aria-labelledby="badges-title">
            <h2 id="badges-title">"States"</h2>
            <div class="card"><p class="actions">{refunds.collect_view()} {others}</p></div>
        </section>
    }
    .into_any()
}

fn notices() -> AnyView {
    let error = DomainError::new(ErrorCode::Forbidden, "error-role-forbids");
    view! {
        <section aria-labelledby="notices-title">
            <h2 id="notices-title">"Notices"</h2>
            <Advice kind="info"><p>"Information: the endpoint was added."</p></Advice>
            <Advice kind="warning"><p><strong>"A warning. "</strong> "It says what to look at."</p></Advice>
            <Notice error />
        </section>
    }
    .into_any()
}

fn inputs() -> AnyView {
    let options = vec![("one", "One choice".to_owned()), ("other", "Another choice".to_owned())];
    view! {
        <section aria-labelledby="inputs-title">
            <h2 id="inputs-title">"Inputs"</h2>
            <form class="card" aria-label="Inputs">
                <Field name="empty" label="Empty" hint="What the input is for." />
                <Field name="filled" label="Filled and required" value="anna.schmidt@shop.example" required=true />
                <Field name="wrong" label="Refused" value="0x12" error=Some("An address has 40 characters after 0x.".to_owned()) />
                <Select name="choice" label="A choice" options value="one" />
                <label class="check">
                    <input type="checkbox" name="agreed" checked=true />
                    <span>"A statement that somebody agrees to"</span>
                </label>
            </form>
        </section>
    }
    .into_any()
}

fn lists() -> AnyView {
    let row = |(order, amount, status, customer): (&'static str, &'static str, RefundStatus, &'static str)| {
        view! {
            <tr>
                <th scope="row"><a href="#lists-title">{order}</a></th>
                <td data-label="Amount" class="end number">{aligned(amount)}</td>
                <td data-label="Status"><RefundBadge status /></td>
                <td data-label="Customer" class="wrap">{customer}</td>
            </tr>
        }
        .into_any()
    };
    let rows = ROWS.into_iter().map(row).collect();
    let columns = [Column::text("Order"), Column::number("Amount"), Column::text("Status"), Column::text("Customer")];
    let links = PageLinks { previous: Some("#lists-title".to_owned()), next: Some("#lists-title".to_owned()) };
    let filters = RefundFilters { status: "completed".to_owned(), ..RefundFilters::default() };
    let query = RefundQuery::with_filters(filters);
    let on = vec![chip("Status", "completed", |filters: &mut RefundFilters| filters.status.clear())];
    view! {
        <section aria-labelledby="lists-title">
            <h2 id="lists-title">"Lists"</h2>
            {filter_form(None, view! { <Field name="text" label="Filter" kind="search" /> }, None)}
            {chips(paths::STYLEGUIDE, &query, on)}
            <div class="list-bar">
                {total_line(Total::More, "components-refunds")}
                {columns_form::<RefundColumn, _>(&query)}
            </div>
            <Table label="A list" columns rows />
            <Pagination links />
            <EmptyState title="Nothing yet">"What has to happen before something is listed here."</EmptyState>
            <NothingMatches all=paths::STYLEGUIDE />
        </section>
    }
    .into_any()
}
