//! The pages that a search finds by their names, and the keys that open them.

use super::{paths, search_results::ResultRow};
use crate::domain::people::actor::{Actor, Permission};

/// A page that can be opened with two keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The key that follows `g`.
    pub key: &'static str,
    pub title: &'static str,
    pub href: &'static str,
}

struct Entry {
    name: &'static str,
    /// Other words for it.
    words: &'static str,
    path: &'static str,
    /// The key that follows `g`.
    key: Option<&'static str>,
    /// Who may open it.
    permission: Permission,
    /// Whether it is of use on real networks only.
    needs_networks: bool,
}

const fn entry(name: &'static str, words: &'static str, path: &'static str, key: Option<&'static str>) -> Entry {
    Entry { name, words, path, key, permission: Permission::Read, needs_networks: false }
}

const fn restricted(entry: Entry, permission: Permission) -> Entry {
    Entry { permission, ..entry }
}

const fn on_networks(entry: Entry) -> Entry {
    Entry { needs_networks: true, ..entry }
}

const PAGES: &[Entry] = &[
    entry("Home", "overview balances dashboard", paths::OVERVIEW, Some("h")),
    entry("Payment intents", "orders payments", paths::PAYMENT_INTENTS, Some("p")),
    restricted(entry("New payment intent", "create", paths::NEW_PAYMENT_INTENT, None), Permission::ManageIntents),
    entry("Unsupported funds", "deposits not credited", paths::UNSUPPORTED_FUNDS, Some("u")),
    entry("Customers", "e-mail everything", paths::CUSTOMERS, None),
    entry("Refunds", "history", paths::REFUNDS, Some("r")),
    restricted(entry("Refund drafts", "unfinished begun", paths::REFUND_DRAFTS, None), Permission::Refund),
    restricted(
        entry("Refunds that await approval", "approvals approve", paths::AWAITING_APPROVAL, Some("a")),
        Permission::Approve,
    ),
    entry("Currencies", "coins networks fees", paths::CURRENCIES, Some("c")),
    entry("Reconciliation", "report day", paths::RECONCILIATION, Some("b")),
    entry("Statements", "report month bookkeeping ledger", paths::STATEMENTS, Some("e")),
    on_networks(entry("Payouts", "accounts transfers paused", paths::PAYOUTS, Some("o"))),
    on_networks(restricted(entry("Networks", "nodes blocks", paths::NETWORKS, Some("n")), Permission::ReadNetworks)),
    entry("Settings", "refund policy", paths::SETTINGS, Some("s")),
    entry("Your account", "password second factor sessions", paths::ACCOUNT, Some("y")),
    restricted(entry("Team", "people roles members", paths::TEAM, Some("t")), Permission::ManagePeople),
    restricted(entry("Audit log", "history", paths::AUDIT, Some("l")), Permission::ReadAudit),
    restricted(entry("API keys", "developers", paths::API_KEYS, Some("k")), Permission::ManageApiKeys),
    restricted(entry("API log", "requests developers", paths::API_LOG, None), Permission::ManageApiKeys),
    restricted(
        entry("Webhooks", "endpoints callbacks developers", paths::WEBHOOK_ENDPOINTS, Some("w")),
        Permission::ManageWebhooks,
    ),
    restricted(entry("Mail outbox", "e-mail messages", paths::MAIL, Some("m")), Permission::ManageWebhooks),
    entry("API reference", "documentation developers", paths::DOCS, Some("d")),
];

fn of(actor: &Actor, on_real_networks: bool) -> impl Iterator<Item = &'static Entry> {
    PAGES.iter().filter(move |page| actor.may(page.permission) && (on_real_networks || !page.needs_networks))
}

/// The actor's pages with a word that begins with the text, or a name that does. Without a text, those with keys.
pub fn matching(actor: &Actor, on_real_networks: bool, text: Option<&str>) -> Vec<ResultRow> {
    let wanted = text.map(str::to_lowercase);
    let matches = |page: &&Entry| {
        let Some(wanted) = &wanted else { return page.key.is_some() };
        let (name, mut words) = (page.name.to_lowercase(), page.words.split(' '));
        let is_long_enough = wanted.chars().nth(1).is_some();
        is_long_enough
            && (name.starts_with(wanted)
                || name.split(' ').any(|word| word.starts_with(wanted))
                || words.any(|word| word.starts_with(wanted)))
    };
    let row =
        |page: &Entry| ResultRow { title: page.name.to_owned(), href: page.path.to_owned(), ..ResultRow::default() };
    of(actor, on_real_networks).filter(matches).map(row).collect()
}

/// The keys of the actor's pages.
pub fn shortcuts(actor: &Actor, on_real_networks: bool) -> Vec<Shortcut> {
    let shortcut = |page: &Entry| Some(Shortcut { key: page.key?, title: page.name, href: page.path });
    of(actor, on_real_networks).filter_map(shortcut).collect()
}
