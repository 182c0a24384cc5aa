//! Pages and components, rendered on the server. Pages load data and lay it out; services make the decisions.
//!
//! Only the parts in `islands` are sent to the browser as code. Everything here works as plain HTML.

pub mod components;
pub mod customer;
pub mod layout;
pub mod navigation;
pub mod page;
pub mod pages;
pub mod user_menu;

use crate::domain::names::Named;
use crate::web::{
    embedded_files,
    language::{is_for_customers, language, variant},
    session::SignedIn,
    theme::Theme,
    zone::{self, Zone},
};
use axum::http::request::Parts;
use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};
use pages::{
    currencies::CurrenciesPage,
    customers::{CustomersPage, RevealedPage},
    docs::DocsPage,
    intents::{
        creation::NewIntentPage, detail::IntentPage, list::IntentsPage, pay::PayOrderPage,
        unsupported_funds::UnsupportedFundsPage,
    },
    mail::outbox::{MailPage, OutboxPage},
    not_found::NotFoundPage,
    operations::{
        api_log::{ApiLogEntryPage, ApiLogPage},
        audit::AuditPage,
        networks::NetworksPage,
        payouts::PayoutsPage,
    },
    overview::OverviewPage,
    people::{
        account::{AccountPage, RecoveryCodesPage},
        api_key::{ApiKeyPage, NewKeyPage},
        api_keys::ApiKeysPage,
        new_password::{ForgotPasswordPage, NewPasswordPage},
        sign_in::{SignInCodePage, SignInPage},
        team::{MemberPage, TeamPage},
    },
    policy::settings::SettingsPage,
    refunds::{
        approval::ApprovalPage, customer_confirmation::ConfirmationPage, customer_receipt::CustomerReceiptPage,
        detail::RefundPage, drafts::DraftsPage, list::RefundsPage, receipt::ReceiptPage, wizard::WizardPage,
    },
    reports::{
        balance::BalancePage, balances::BalancesPage, reconciliation::ReconciliationPage, statement::StatementPage,
        statements::StatementsPage,
    },
    search::SearchPage,
    styleguide::StyleguidePage,
    webhooks::{deliveries::DeliveriesPage, delivery::DeliveryPage, endpoint::EndpointPage, endpoints::EndpointsPage},
};

/// The document around every page.
pub fn shell(options: &LeptosOptions) -> impl IntoView + use<> {
    let language = language().code();
    let parts = use_context::<Parts>();
    let theme = parts.as_ref().map(|parts| Theme::of_request(&parts.headers));
    let theme = theme.filter(|theme| *theme != Theme::System).map(Theme::as_str);
    // Times are in the zone of the browser unless somebody has chosen another one.
    let zone = parts.and_then(|parts| parts.extensions.get::<SignedIn>().and_then(SignedIn::time_zone));
    view! {
        <!DOCTYPE html>
        <html lang=language data-locale=variant() data-zone=zone.map(Zone::name) data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                // Without crossorigin the browser would load it a second time: typefaces are requested without credentials.
                {embedded_files::typeface()
                    .map(|href| view! { <link rel="preload" r#as="font" type="font/woff2" href=href crossorigin="anonymous" /> })}
                <link rel="stylesheet" href=embedded_files::stylesheet() />
                // Customers filter nothing, so they get no cookie.
                {(!is_for_customers()).then(|| view! { <script nonce=use_nonce()>{zone::script()}</script> })}
                <HydrationScripts options=options.clone() islands=true />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Every page of the console, one line each.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // A page is sent when it is complete, so that its status and title are right and its layout does not shift.
    let ssr = SsrMode::Async;
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view=SignInPage ssr=ssr.clone() />
                <Route path=path!("/sign-in/code") view=SignInCodePage ssr=ssr.clone() />
                <Route path=path!("/forgot-password") view=ForgotPasswordPage ssr=ssr.clone() />
                <Route path=path!("/new-password/:reset") view=NewPasswordPage ssr=ssr.clone() />
                <Route path=path!("/docs") view=DocsPage ssr=ssr.clone() />
                <Route path=path!("/confirm/:token") view=ConfirmationPage ssr=ssr.clone() />
                <Route path=path!("/receipts/:receipt") view=CustomerReceiptPage ssr=ssr.clone() />
                <Route path=path!("/pay/:id") view=PayOrderPage ssr=ssr.clone() />
                <Route path=path!("/") view=OverviewPage ssr=ssr.clone() />
                <Route path=path!("/payment-intents") view=IntentsPage ssr=ssr.clone() />
                <Route path=path!("/payment-intents/new") view=NewIntentPage ssr=ssr.clone() />
                <Route path=path!("/payment-intents/:id") view=IntentPage ssr=ssr.clone() />
                <Route path=path!("/refund-drafts") view=DraftsPage ssr=ssr.clone() />
                <Route path=path!("/refund-drafts/:id/:step") view=WizardPage ssr=ssr.clone() />
                <Route path=path!("/refunds") view=RefundsPage ssr=ssr.clone() />
                <Route path=path!("/refunds/:id") view=RefundPage ssr=ssr.clone() />
                <Route path=path!("/refunds/:id/receipt") view=ReceiptPage ssr=ssr.clone() />
                <Route path=path!("/refunds/:id/approval") view=ApprovalPage ssr=ssr.clone() />
                <Route path=path!("/customers") view=CustomersPage ssr=ssr.clone() />
                <Route path=path!("/customers/revealed") view=RevealedPage ssr=ssr.clone() />
                <Route path=path!("/search") view=SearchPage ssr=ssr.clone() />
                <Route path=path!("/audit") view=AuditPage ssr=ssr.clone() />
                <Route path=path!("/reconciliation") view=ReconciliationPage ssr=ssr.clone() />
                <Route path=path!("/balances") view=BalancesPage ssr=ssr.clone() />
                <Route path=path!("/balances/:currency") view=BalancePage ssr=ssr.clone() />
                <Route path=path!("/statements") view=StatementsPage ssr=ssr.clone() />
                <Route path=path!("/statements/:month") view=StatementPage ssr=ssr.clone() />
                <Route path=path!("/networks") view=NetworksPage ssr=ssr.clone() />
                <Route path=path!("/payouts") view=PayoutsPage ssr=ssr.clone() />
                <Route path=path!("/account") view=AccountPage ssr=ssr.clone() />
                <Route path=path!("/account/recovery-codes") view=RecoveryCodesPage ssr=ssr.clone() />
                <Route path=path!("/team") view=TeamPage ssr=ssr.clone() />
                <Route path=path!("/team/:id") view=MemberPage ssr=ssr.clone() />
                <Route path=path!("/settings") view=SettingsPage ssr=ssr.clone() />
                <Route path=path!("/developers/api-keys") view=ApiKeysPage ssr=ssr.clone() />
                <Route path=path!("/developers/api-keys/issued") view=NewKeyPage ssr=ssr.clone() />
                <Route path=path!("/developers/api-keys/:id") view=ApiKeyPage ssr=ssr.clone() />
                <Route path=path!("/developers/api-log") view=ApiLogPage ssr=ssr.clone() />
                <Route path=path!("/developers/api-log/:id") view=ApiLogEntryPage ssr=ssr.clone() />
                <Route path=path!("/developers/webhooks") view=EndpointsPage ssr=ssr.clone() />
                <Route path=path!("/developers/webhooks/deliveries") view=DeliveriesPage ssr=ssr.clone() />
                <Route path=path!("/developers/webhooks/:id") view=EndpointPage ssr=ssr.clone() />
                <Route path=path!("/developers/webhooks/deliveries/:id") view=DeliveryPage ssr=ssr.clone() />
                <Route path=path!("/developers/mail") view=OutboxPage ssr=ssr.clone() />
                <Route path=path!("/developers/mail/:id") view=MailPage ssr=ssr.clone() />
                <Route path=path!("/styleguide") view=StyleguidePage ssr=ssr.clone() />
                <Route path=path!("/unsupported-funds") view=UnsupportedFundsPage ssr=ssr.clone() />
                <Route path=path!("/currencies") view=CurrenciesPage ssr=ssr />
            </Routes>
        </Router>
    }
}
