//! The pages that a search finds by their names, and the keys that open them.

use super::{paths, search_results::ResultRow};
use crate::{
    domain::people::actor::{Actor, Permission},
    languages::Language,
};

/// A page that can be opened with two keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The key that follows `g`.
    pub key: &'static str,
    pub title: String,
    pub href: &'static str,
}

struct Entry {
    /// The id of its name.
    name: &'static str,
    /// The id of other words for it, with spaces between them.
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
    entry("search-page-home", "search-words-home", paths::OVERVIEW, Some("h")),
    entry("search-page-intents", "search-words-intents", paths::PAYMENT_INTENTS, Some("p")),
    restricted(
        entry("search-page-new-intent", "search-words-new-intent", paths::NEW_PAYMENT_INTENT, None),
        Permission::ManageIntents,
    ),
    entry("search-page-unsupported", "search-words-unsupported", paths::UNSUPPORTED_FUNDS, Some("u")),
    entry("search-page-customers", "search-words-customers", paths::CUSTOMERS, None),
    entry("search-page-refunds", "search-words-refunds", paths::REFUNDS, Some("r")),
    restricted(entry("search-page-drafts", "search-words-drafts", paths::REFUND_DRAFTS, None), Permission::Refund),
    restricted(
        entry("search-page-approvals", "search-words-approvals", paths::AWAITING_APPROVAL, Some("a")),
        Permission::Approve,
    ),
    entry("search-page-balances", "search-words-balances", paths::BALANCES, Some("f")),
    entry("search-page-currencies", "search-words-currencies", paths::CURRENCIES, Some("c")),
    entry("search-page-reconciliation", "search-words-reconciliation", paths::RECONCILIATION, Some("b")),
    entry("search-page-statements", "search-words-statements", paths::STATEMENTS, Some("e")),
    on_networks(entry("search-page-payouts", "search-words-payouts", paths::PAYOUTS, Some("o"))),
    on_networks(restricted(
        entry("search-page-networks", "search-words-networks", paths::NETWORKS, Some("n")),
        Permission::ReadNetworks,
    )),
    entry("search-page-settings", "search-words-settings", paths::SETTINGS, Some("s")),
    entry("search-page-account", "search-words-account", paths::ACCOUNT, Some("y")),
    restricted(entry("search-page-team", "search-words-team", paths::TEAM, Some("t")), Permission::ManagePeople),
    restricted(entry("search-page-audit", "search-words-audit", paths::AUDIT, Some("l")), Permission::ReadAudit),
    restricted(
        entry("search-page-api-keys", "search-words-api-keys", paths::API_KEYS, Some("k")),
        Permission::ManageApiKeys,
    ),
    restricted(entry("search-page-api-log", "search-words-api-log", paths::API_LOG, None), Permission::ManageApiKeys),
    restricted(
        entry("search-page-webhooks", "search-words-webhooks", paths::WEBHOOK_ENDPOINTS, Some("w")),
        Permission::ManageWebhooks,
    ),
    restricted(entry("search-page-mail", "search-words-mail", paths::MAIL, Some("m")), Permission::ManageWebhooks),
    entry("search-page-docs", "search-words-docs", paths::DOCS, Some("d")),
];

fn of(actor: &Actor, on_real_networks: bool) -> impl Iterator<Item = &'static Entry> {
    PAGES.iter().filter(move |page| actor.may(page.permission) && (on_real_networks || !page.needs_networks))
}

/// The actor's pages with a word that begins with the text, or a name that does. Without a text, those with keys. The words are
/// those of the reader's language and the English ones, which documents use.
pub fn matching(language: Language, actor: &Actor, on_real_networks: bool, text: Option<&str>) -> Vec<ResultRow> {
    let wanted = text.map(str::to_lowercase);
    let matches = |page: &&Entry| match &wanted {
        None => page.key.is_some(),
        Some(wanted) => [language, Language::english()].into_iter().any(|language| is_found(language, page, wanted)),
    };
    let row = |page: &Entry| ResultRow {
        title: language.text(page.name),
        href: page.path.to_owned(),
        ..ResultRow::default()
    };
    of(actor, on_real_networks).filter(matches).map(row).collect()
}

/// Whether a text finds a page by its name in a language, or by another word for it.
fn is_found(language: Language, page: &Entry, wanted: &str) -> bool {
    let (name, words) = (language.text(page.name).to_lowercase(), language.text(page.words));
    let is_long_enough = wanted.chars().nth(1).is_some();
    is_long_enough
        && (name.starts_with(wanted)
            || name.split(' ').any(|word| word.starts_with(wanted))
            || words.split(' ').any(|word| word.starts_with(wanted)))
}

/// The keys of the actor's pages.
pub fn shortcuts(language: Language, actor: &Actor, on_real_networks: bool) -> Vec<Shortcut> {
    let shortcut = |page: &Entry| Some(Shortcut { key: page.key?, title: language.text(page.name), href: page.path });
    of(actor, on_real_networks).filter_map(shortcut).collect()
}
