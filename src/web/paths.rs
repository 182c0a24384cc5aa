//! The paths of the pages, for links and redirects. The route list in `ui` has the patterns.

use crate::domain::{
    customers::CustomerRecord,
    ids::{
        ApiKeyId, ApiLogId, MailId, PaymentIntentId, RefundDraftId, RefundId, UserId, WebhookDeliveryId,
        WebhookEndpointId,
    },
    money::currency::Currency,
    names::Named,
    operations::watchdog::{Overdue, StalledState},
    refunds::draft::WizardStep,
    reports::month::Month,
};
use crate::service::{people::password_reset, policy};

/// The overview.
pub const OVERVIEW: &str = "/";
/// The sign-in page.
pub const SIGN_IN: &str = "/sign-in";
/// Where the code of the second factor is entered after the password.
pub const SIGN_IN_CODE: &str = "/sign-in/code";
/// Asks for a link to a new password.
pub const FORGOT_PASSWORD: &str = "/forgot-password";
/// The beginning of links to choose a new password.
pub const NEW_PASSWORD: &str = password_reset::PAGE;
/// The search for everything.
pub const SEARCH: &str = "/search";
/// The merchant's team.
pub const TEAM: &str = "/team";
/// The team as a file.
pub const TEAM_FILE: &str = "/team.csv";
/// The components of pages, in a sandbox.
pub const STYLEGUIDE: &str = "/styleguide";
/// The API reference.
pub const DOCS: &str = "/docs";
/// The keys of the console, below the API reference.
pub const KEYBOARD_SHORTCUTS: &str = "/docs#keyboard-shortcuts";
/// The list of payment intents.
pub const PAYMENT_INTENTS: &str = "/payment-intents";
/// The list of payment intents as a file.
pub const PAYMENT_INTENTS_FILE: &str = "/payment-intents.csv";
/// The form for a payment intent.
pub const NEW_PAYMENT_INTENT: &str = "/payment-intents/new";
/// The refund history.
pub const REFUNDS: &str = "/refunds";
/// The refunds that await approval.
pub const AWAITING_APPROVAL: &str = "/refunds?status=awaiting_approval";
/// The refund history as a file.
pub const REFUNDS_FILE: &str = "/refunds.csv";
/// Everything of one customer. Who it is about is in the query, of which logs have nothing.
pub const CUSTOMERS: &str = "/customers";
/// One of the lists of a customer as a file.
pub const CUSTOMERS_FILE: &str = "/customers.csv";
/// Shows what is masked elsewhere, in answer to a form.
pub const REVEALED: &str = "/customers/revealed";
/// Deposits that were not credited.
pub const UNSUPPORTED_FUNDS: &str = "/unsupported-funds";
/// The same list as a file.
pub const UNSUPPORTED_FUNDS_FILE: &str = "/unsupported-funds.csv";
/// The list of coins that can be refunded, with their networks.
pub const CURRENCIES: &str = "/currencies";
/// The balances.
pub const BALANCES: &str = "/balances";
/// The balances as a file.
pub const BALANCES_FILE: &str = "/balances.csv";
/// What was posted in any balance as a file.
pub const BALANCE_ENTRIES_FILE: &str = "/balances/{currency}/postings.csv";
/// The audit log.
pub const AUDIT: &str = "/audit";
/// The audit log as a file.
pub const AUDIT_FILE: &str = "/audit.csv";
/// The daily reconciliation report.
pub const RECONCILIATION: &str = "/reconciliation";
/// The real networks that are followed.
pub const NETWORKS: &str = "/networks";
/// The accounts that pay refunds on real networks.
pub const PAYOUTS: &str = "/payouts";
/// The daily reconciliation report as a file.
pub const RECONCILIATION_FILE: &str = "/reconciliation.csv";
/// Refunds that were begun and not finished.
pub const REFUND_DRAFTS: &str = "/refund-drafts";
/// The same list as a file.
pub const REFUND_DRAFTS_FILE: &str = "/refund-drafts.csv";
/// The monthly statements.
pub const STATEMENTS: &str = "/statements";
/// The totals of months as a file.
pub const STATEMENTS_FILE: &str = "/statements.csv";
/// The movements of any month as a file.
pub const MOVEMENTS_FILE: &str = "/statements/{month}/movements.csv";
/// The person's own account.
pub const ACCOUNT: &str = "/account";
/// New recovery codes; the form is sent here too.
pub const RECOVERY_CODES: &str = "/account/recovery-codes";
/// The refund policy.
pub const SETTINGS: &str = policy::PAGE;
/// The list of API keys.
pub const API_KEYS: &str = "/developers/api-keys";
/// The list of API keys as a file.
pub const API_KEYS_FILE: &str = "/developers/api-keys.csv";
/// A new API key; the form is sent here too.
pub const NEW_API_KEY: &str = "/developers/api-keys/issued";
/// The API log.
pub const API_LOG: &str = "/developers/api-log";
/// The API log as a file.
pub const API_LOG_FILE: &str = "/developers/api-log.csv";
/// The list of webhook endpoints.
pub const WEBHOOK_ENDPOINTS: &str = "/developers/webhooks";
/// The list of webhook endpoints as a file.
pub const WEBHOOK_ENDPOINTS_FILE: &str = "/developers/webhooks.csv";
/// The addresses that programs registered as a file.
pub const REGISTERED_WEBHOOKS_FILE: &str = "/developers/webhooks/registered.csv";
/// The page that shows what is overdue.
pub fn overdue(overdue: &Overdue) -> String {
    match overdue.state {
        StalledState::RefundAwaitingConfirmation
        | StalledState::RefundAwaitingApproval
        | StalledState::RefundPending
        | StalledState::RefundProcessing => refund(RefundId(overdue.page)),
        StalledState::IntentCreated | StalledState::IntentPending | StalledState::PaymentPending => {
            payment_intent(PaymentIntentId(overdue.page))
        }
    }
}

/// The deliveries to all webhook endpoints.
pub const DELIVERIES: &str = "/developers/webhooks/deliveries";
/// The same list as a file.
pub const DELIVERIES_FILE: &str = "/developers/webhooks/deliveries.csv";
/// Mail to customers and to the team.
pub const MAIL: &str = "/developers/mail";
/// The mail as a file.
pub const MAIL_FILE: &str = "/developers/mail.csv";

/// Whether a path belongs to a page of the console or a customer's page. `/developers` and the others include all pages
/// below them.
pub fn is_page(path: &str) -> bool {
    const PAGES: [&str; 25] = [
        SIGN_IN,
        FORGOT_PASSWORD,
        "/new-password",
        DOCS,
        STYLEGUIDE,
        PAYMENT_INTENTS,
        SEARCH,
        REFUNDS,
        REFUND_DRAFTS,
        CUSTOMERS,
        UNSUPPORTED_FUNDS,
        CURRENCIES,
        BALANCES,
        AUDIT,
        RECONCILIATION,
        STATEMENTS,
        NETWORKS,
        PAYOUTS,
        ACCOUNT,
        TEAM,
        SETTINGS,
        "/developers",
        "/pay",
        "/confirm",
        "/receipts",
    ];
    let below = |page: &&str| path.strip_prefix(*page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let files = [
        PAYMENT_INTENTS_FILE,
        REFUNDS_FILE,
        REFUND_DRAFTS_FILE,
        CUSTOMERS_FILE,
        UNSUPPORTED_FUNDS_FILE,
        BALANCES_FILE,
        AUDIT_FILE,
        RECONCILIATION_FILE,
        STATEMENTS_FILE,
        TEAM_FILE,
    ];
    path == OVERVIEW || files.contains(&path) || PAGES.iter().any(below)
}

/// A payment intent.
pub fn payment_intent(id: PaymentIntentId) -> String {
    format!("{PAYMENT_INTENTS}/{id}")
}

/// The balance in a currency.
pub fn balance(currency: Currency) -> String {
    format!("{BALANCES}/{currency}")
}

/// What was posted in a balance as a file.
pub fn balance_entries_file(currency: Currency) -> String {
    format!("{}/postings.csv", balance(currency))
}

/// The statement of a month.
pub fn statement(month: Month) -> String {
    format!("{STATEMENTS}/{month}")
}

/// The movements of a month as a file.
pub fn movements_file(month: Month) -> String {
    format!("{}/movements.csv", statement(month))
}

/// The customer of a record.
pub fn customer(record: CustomerRecord) -> String {
    format!("{CUSTOMERS}?of={record}")
}

/// The customer with an e-mail address or address as somebody typed it.
pub fn customer_of(typed: &str) -> String {
    format!("{CUSTOMERS}?{}", serde_urlencoded::to_string([("of", typed)]).unwrap_or_default())
}

/// A refund.
pub fn refund(id: RefundId) -> String {
    format!("{REFUNDS}/{id}")
}

/// The receipt of a refund.
pub fn receipt(id: RefundId) -> String {
    format!("{REFUNDS}/{id}/receipt")
}

/// The page on which a refund is approved or declined.
pub fn approval(id: RefundId) -> String {
    format!("{REFUNDS}/{id}/approval")
}

/// A step of the refund wizard.
pub fn refund_draft(id: RefundDraftId, step: WizardStep) -> String {
    format!("{REFUND_DRAFTS}/{id}/{}", step.as_str())
}

/// An API key.
pub fn api_key(id: ApiKeyId) -> String {
    format!("{API_KEYS}/{id}")
}

/// A member of the team.
pub fn member(id: UserId) -> String {
    format!("{TEAM}/{id}")
}

/// The page that asks for the code, and then redirects to `wanted`.
pub fn sign_in_code(wanted: &str) -> String {
    format!("{SIGN_IN_CODE}?{}", serde_urlencoded::to_string([("next", wanted)]).unwrap_or_default())
}

/// A request in the API log.
pub fn api_log_entry(id: ApiLogId) -> String {
    format!("{API_LOG}/{id}")
}

/// A webhook endpoint.
pub fn webhook_endpoint(id: WebhookEndpointId) -> String {
    format!("{WEBHOOK_ENDPOINTS}/{id}")
}

/// A delivery to a webhook endpoint.
pub fn webhook_delivery(id: WebhookDeliveryId) -> String {
    format!("{DELIVERIES}/{id}")
}

/// One mail.
pub fn mail(id: MailId) -> String {
    format!("{MAIL}/{id}")
}
