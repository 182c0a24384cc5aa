//! Icons. They are drawings of Lucide, in one file that `scripts/site.mjs` makes of this list.

use crate::web::embedded_files;
use leptos::prelude::*;
use strum::VariantArray;

/// Every icon in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Drawing {
    Account,
    Actions,
    ApiKeys,
    ApiLog,
    ApiReference,
    Approvals,
    Audit,
    Balances,
    Close,
    Currencies,
    Customers,
    Dark,
    Drafts,
    Export,
    Home,
    Keys,
    Light,
    Mail,
    Menu,
    Networks,
    New,
    PaymentIntents,
    Payouts,
    Reconciliation,
    Refunds,
    Search,
    Separator,
    Settings,
    SignOut,
    Statements,
    System,
    Team,
    TestMode,
    UnsupportedFunds,
    Webhooks,
}

impl Drawing {
    /// Its name in Lucide.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "circle-user",
            Self::Actions => "ellipsis",
            Self::ApiKeys => "key-round",
            Self::ApiLog => "scroll-text",
            Self::ApiReference => "book-open",
            Self::Approvals => "badge-check",
            Self::Audit => "clipboard-list",
            Self::Balances => "wallet",
            Self::Close => "x",
            Self::Currencies => "coins",
            Self::Customers => "contact",
            Self::Dark => "moon",
            Self::Drafts => "pencil",
            Self::Export => "download",
            Self::Home => "house",
            Self::Keys => "keyboard",
            Self::Light => "sun",
            Self::Mail => "mail",
            Self::Menu => "menu",
            Self::Networks => "network",
            Self::New => "plus",
            Self::PaymentIntents => "receipt",
            Self::Payouts => "send",
            Self::Reconciliation => "scale",
            Self::Refunds => "undo-2",
            Self::Search => "search",
            Self::Separator => "chevron-right",
            Self::Settings => "settings",
            Self::SignOut => "log-out",
            Self::Statements => "calendar-days",
            Self::System => "monitor",
            Self::Team => "users",
            Self::TestMode => "flask-conical",
            Self::UnsupportedFunds => "inbox",
            Self::Webhooks => "webhook",
        }
    }
}

/// An icon beside its words. Screen readers skip it, so the words have to be there, if only as a label.
#[component]
pub fn Icon(of: Drawing) -> impl IntoView {
    let href = format!("{}#{}", embedded_files::icons(), of.name());
    view! {
        <svg class="icon" width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
            <use href=href></use>
        </svg>
    }
}
