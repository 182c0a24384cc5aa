//! The main navigation: the pages of the console in groups, as far as the signed-in user may see them.

use super::components::icon::{Drawing, Icon};
use super::layout::brand;
use crate::{
    domain::{
        names::Named,
        people::actor::{Actor, Permission},
        refunds::refund::RefundStatus,
    },
    languages::Language,
    state::Requite,
    web::paths,
};
use axum::http::{Uri, request::Parts};
use leptos::prelude::*;

/// The id of the navigation, for the button that opens it on narrow screens.
pub const ID: &str = "navigation";

struct Destination {
    icon: Drawing,
    title: String,
    href: String,
}

struct Group {
    /// Empty for the first group, which needs no title.
    title: String,
    destinations: Vec<Destination>,
}

/// The refunds that wait for a second person.
fn approvals() -> String {
    format!("{}?status={}", paths::REFUNDS, RefundStatus::AwaitingApproval.as_str())
}

/// Whether this server is connected to real networks. In the sandbox there is nothing to see of payouts.
fn sends_for_real() -> bool {
    use_context::<Requite>().and_then(|requite| requite.chain).is_some_and(|chain| chain.evm.is_some())
}

fn groups(language: Language, actor: &Actor) -> Vec<Group> {
    let real = sends_for_real();
    let to = |icon: Drawing, name: &str, href: &str| {
        Some(Destination { icon, title: language.text(name), href: href.to_owned() })
    };
    let all = [
        (None, vec![to(Drawing::Home, "frame-home", paths::OVERVIEW)]),
        (
            Some("frame-group-payments"),
            vec![
                to(Drawing::PaymentIntents, "frame-payment-intents", paths::PAYMENT_INTENTS),
                to(Drawing::Customers, "frame-customers", paths::CUSTOMERS),
                to(Drawing::UnsupportedFunds, "frame-unsupported-funds", paths::UNSUPPORTED_FUNDS),
            ],
        ),
        (
            Some("frame-group-refunds"),
            vec![
                to(Drawing::Refunds, "frame-refunds", paths::REFUNDS),
                to(Drawing::Drafts, "frame-drafts", paths::REFUND_DRAFTS).filter(|_| actor.may(Permission::Refund)),
                to(Drawing::Approvals, "frame-approvals", &approvals()).filter(|_| actor.may(Permission::Approve)),
            ],
        ),
        (
            Some("frame-group-money"),
            vec![
                to(Drawing::Balances, "frame-balances", paths::BALANCES),
                to(Drawing::Currencies, "frame-currencies", paths::CURRENCIES),
                to(Drawing::Reconciliation, "frame-reconciliation", paths::RECONCILIATION),
                to(Drawing::Statements, "frame-statements", paths::STATEMENTS),
                to(Drawing::Payouts, "frame-payouts", paths::PAYOUTS).filter(|_| real),
                to(Drawing::Networks, "frame-networks", paths::NETWORKS)
                    .filter(|_| real && actor.may(Permission::ReadNetworks)),
            ],
        ),
        (
            Some("frame-group-developers"),
            vec![
                to(Drawing::ApiKeys, "frame-api-keys", paths::API_KEYS)
                    .filter(|_| actor.may(Permission::ManageApiKeys)),
                to(Drawing::Webhooks, "frame-webhooks", paths::WEBHOOK_ENDPOINTS)
                    .filter(|_| actor.may(Permission::ManageWebhooks)),
                to(Drawing::ApiLog, "frame-api-log", paths::API_LOG).filter(|_| actor.may(Permission::ManageApiKeys)),
                to(Drawing::Mail, "frame-mail", paths::MAIL).filter(|_| actor.may(Permission::ManageWebhooks)),
                to(Drawing::ApiReference, "frame-api-reference", paths::DOCS),
            ],
        ),
        (
            Some("frame-group-organisation"),
            vec![
                to(Drawing::Team, "frame-team", paths::TEAM).filter(|_| actor.may(Permission::ManagePeople)),
                to(Drawing::Audit, "frame-audit", paths::AUDIT).filter(|_| actor.may(Permission::ReadAudit)),
                to(Drawing::Settings, "frame-settings", paths::SETTINGS),
            ],
        ),
    ];
    let group = |(title, found): (Option<&str>, Vec<Option<Destination>>)| Group {
        title: title.map(|id| language.text(id)).unwrap_or_default(),
        destinations: found.into_iter().flatten().collect(),
    };
    all.into_iter().map(group).filter(|group| !group.destinations.is_empty()).collect()
}

/// The address of the navigation that a page belongs to.
fn section(uri: &Uri) -> String {
    let path = uri.path();
    let is_approval = uri.path_and_query().is_some_and(|wanted| wanted.as_str() == approvals());
    if is_approval || path.starts_with(paths::REFUNDS) && path.ends_with("/approval") {
        return approvals();
    }
    let below = |page: &&str| path.strip_prefix(*page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let sections = [
        paths::PAYMENT_INTENTS,
        paths::CUSTOMERS,
        paths::UNSUPPORTED_FUNDS,
        paths::REFUNDS,
        paths::REFUND_DRAFTS,
        paths::BALANCES,
        paths::CURRENCIES,
        paths::RECONCILIATION,
        paths::STATEMENTS,
        paths::PAYOUTS,
        paths::NETWORKS,
        paths::API_KEYS,
        paths::WEBHOOK_ENDPOINTS,
        paths::API_LOG,
        paths::MAIL,
        paths::DOCS,
        paths::TEAM,
        paths::AUDIT,
        paths::SETTINGS,
    ];
    sections.iter().find(|page| below(page)).map_or_else(|| path.to_owned(), |page| (*page).to_owned())
}

/// The navigation. It follows the content in the document, so that few tabs lead to the content. On a wide screen it is
/// beside the content; on a narrow one a button in the bar opens it as a popover, without a script.
pub fn navigation(language: Language, actor: &Actor) -> AnyView {
    let uri = use_context::<Parts>().map(|parts| parts.uri).unwrap_or_default();
    let section = section(&uri);
    let is_itself = uri.path_and_query().is_some_and(|wanted| wanted.as_str() == section);
    let groups = groups(language, actor).into_iter().map(|group| {
        let links = group.destinations.into_iter().map(|Destination { icon, title, href }| {
            let current = (href == section).then_some(if is_itself { "page" } else { "true" });
            view! {
                <li>
                    <a href=href aria-current=current><Icon of=icon /> {title}</a>
                </li>
            }
        });
        let title = (!group.title.is_empty()).then(|| view! { <h2>{group.title}</h2> });
        view! {
            {title}
            <ul>{links.collect_view()}</ul>
        }
    });
    view! {
        <nav aria-label=language.text("frame-main")>
            {navigation_button(language)}
            <div id=ID class="side" popover="auto">
                <div class="side-body">
                    <div class="side-head">
                        {brand(language)}
                        <button type="button" class="button" data-kind="square" popovertarget=ID popovertargetaction="hide"
                            aria-label=language.text("frame-close-navigation")>
                            <Icon of=Drawing::Close />
                        </button>
                    </div>
                    {groups.collect_view()}
                </div>
            </div>
        </nav>
    }
    .into_any()
}

/// The button that opens the navigation on a narrow screen.
fn navigation_button(language: Language) -> AnyView {
    let name = language.text("frame-navigation");
    view! {
        <button type="button" class="button side-button" data-kind="square" popovertarget=ID aria-label=name>
            <Icon of=Drawing::Menu />
        </button>
    }
    .into_any()
}

/// The name of the group of a page, for the trail above it.
pub fn group_of(language: Language, actor: &Actor, uri: &Uri) -> Option<String> {
    let section = section(uri);
    // A page that has the name of its group says it once.
    let is_here =
        |group: &Group, destination: &Destination| destination.href == section && destination.title != group.title;
    let holds = |group: &Group| group.destinations.iter().any(|destination| is_here(group, destination));
    groups(language, actor).into_iter().find(holds).map(|group| group.title).filter(|title| !title.is_empty())
}
