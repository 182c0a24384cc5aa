//! The texts that the code names, and the code without texts.

use super::catalogue::read;
use requite::{
    domain::{money::fiat::FiatCurrency, webhooks::event::all_events},
    islands::{address_field, amount_field, copy_button, pay_status, payments, refund_progress},
    languages::Language,
    texts::{facts, history, island_errors, money},
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What people see, what pages and forms are built on, and where texts of catalogues are put together. Nothing in it is
/// written in one language.
const FOR_PEOPLE: &[&str] = &["ui/", "islands/", "server_fns/", "web/", "texts/"];

/// The page of components and the commands of the quick start are for developers. The names of time zones and the tags of
/// answers are those of their standards.
const NOT_TRANSLATED: &[&str] =
    &["ui/pages/styleguide/", "ui/pages/quick_start/commands.rs", "web/zone.rs", "web/entity_tag.rs"];

/// What is the same in every language: the product, the shape of its logo, methods of HTTP, keys and elements.
const OF_EVERY_LANGUAGE: &[&str] = &[
    "Requite",
    "{} · Requite",
    "M16.5 10a6.5 6.5 0 1 1-2-4.7M15 2v3.6h-3.6",
    "GET",
    "POST",
    "PATCH",
    "DELETE",
    "g",
    "K",
    "Control+K Meta+K /",
    "ArrowDown",
    "ArrowUp",
    "Enter",
    "TIME",
    "LEPTOS-ISLAND",
];

/// What is called with the id of a text.
const CALLS: &[&str] = &[
    "language.text(",
    "language().text(",
    "language.with(",
    "language().with(",
    "language.around(",
    "language.around_with(",
    "language.around_two(",
    "ErrorText::new(",
];

/// A string in the code, and the code around it.
struct Literal<'a> {
    before: &'a str,
    text: &'a str,
    after: &'a str,
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code of a file, without comments. A character that is a quote would seem to begin a string.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap().replace("'\"'", "' '");
    text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// Every file of the library.
fn library() -> Vec<PathBuf> {
    let mut folders = vec![source()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("src/tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// The strings of some code. Raw strings would confuse it; they name no texts.
fn literals(code: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut is_escaped = false;
    for (at, letter) in code.char_indices() {
        match (start, letter) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(from), '"') => {
                let (before, after) = (code[..from - 1].trim_end(), code[at + 1..].trim_start());
                found.push(Literal { before, text: &code[from..at], after });
                start = None;
            }
            (None, '"') => start = Some(at + 1),
            _ => {}
        }
    }
    found
}

/// Whether a string is a text for people, by where it stands and by how it looks.
fn is_text(Literal { before, text, after }: &Literal<'_>) -> bool {
    let outside: String =
        text.split('{').flat_map(|part| part.split_once('}').map_or([part, ""], |(_, rest)| [rest, ""])).collect();
    let has_words = outside.contains(char::is_alphabetic);
    let is_shown = before.ends_with(['}', '"']) || (before.ends_with('>') && !before.ends_with("=>"));
    let is_label = ["label=", "title=", "placeholder=", "alt=", "busy="].iter().any(|name| before.ends_with(*name));
    let is_sentence = text.starts_with(char::is_uppercase) || (text.contains('{') && outside.contains(' '));
    // What is compared, and the functions that attributes name.
    let is_code = after.starts_with("=>") || after.starts_with("| \"") || before.ends_with("skip_serializing_if =");
    has_words && !is_code && (is_shown || is_label || is_sentence)
}

/// Whether a string is the id of a text of an error or of what is stored with payouts, wherever it stands.
fn is_of_error(text: &str) -> bool {
    ["error-", "payouts-detail-"].iter().any(|start| text.starts_with(start))
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric())
}

#[test]
fn what_people_see_has_no_text_in_the_code() {
    let example =
        "view! { <p>\"words\" {count} \"more\"</p> <b class=\"two words\" title=\"name\">{format!(\"{} on {}\")}</b> }
        match event { \"a.b\" => {} \"c.d\" => \"Sentence\", }";
    let found: Vec<_> = literals(example).into_iter().filter(is_text).map(|literal| literal.text).collect();
    assert_eq!(found, ["words", "more", "name", "{} on {}", "Sentence"]);
    let mut texts = Vec::new();
    for file in library() {
        let name = file.strip_prefix(source()).unwrap().to_str().unwrap().to_owned();
        let is_below = |folders: &[&str]| folders.iter().any(|folder| name.starts_with(folder));
        if is_below(NOT_TRANSLATED) || !is_below(FOR_PEOPLE) {
            continue;
        }
        let code = code(&file);
        let found = literals(&code).into_iter().filter(is_text);
        let found = found.filter(|literal| !OF_EVERY_LANGUAGE.contains(&literal.text));
        texts.extend(found.map(|literal| format!("{name}: {}", literal.text)));
    }
    assert!(texts.is_empty(), "these texts are in the code: {texts:#?}");
}

/// What only programs read. Errors there may be in English only.
const FOR_PROGRAMS: &[&str] = &["src/api/", "src/wire/"];

#[test]
fn errors_that_people_see_are_in_catalogues() {
    let plain = ["DomainError::plain(", "ErrorText::plain("];
    // What only `requite doctor` says is English, and names of nodes are the same in every language. Of a refused form, programs
    // get the English words. Only programs give metadata.
    let allowed = [
        "src/domain/error/",
        "src/domain/intents/metadata.rs",
        "src/chain/evm/examine/mod.rs",
        "src/http/foreign_forms.rs",
    ];
    let is_in = |file: &Path, folders: &[&str]| folders.iter().any(|folder| file.to_string_lossy().contains(folder));
    let files = library();
    let named = files.iter().filter(|file| plain.iter().any(|call| code(file).contains(call)));
    let wrong: Vec<_> = named.filter(|file| !is_in(file, FOR_PROGRAMS) && !is_in(file, &allowed)).collect();
    assert!(wrong.is_empty(), "errors without a text in the catalogues: {wrong:#?}");
}

/// The browser writes them, so it has to know all values that a text names.
#[test]
fn islands_know_the_values_of_their_errors() {
    let english = read("en");
    for (id, names) in island_errors::AMOUNT.iter().chain(island_errors::ADDRESS) {
        let known: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(english[*id].values, known, "{id}");
    }
}

/// What is written into the audit log, as the code names it.
fn sealed() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut actions, mut facts) = (BTreeSet::new(), BTreeSet::new());
    let is_of_store = |file: &PathBuf| {
        let file = file.to_string_lossy();
        (file.contains("/src/store/") && !file.contains("/engine/")) || file.ends_with("/service/operations/payouts.rs")
    };
    for file in library().iter().filter(|file| is_of_store(file)) {
        let code = code(file);
        for Literal { before, text, .. } in literals(&code) {
            let after = &code[before.len()..];
            let after = &after[after.find(text).unwrap_or(0) + text.len()..];
            let is_name = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if is_name
                && (after.starts_with("\": ") || before.ends_with("members.insert(") || before.ends_with("detail["))
            {
                facts.insert(text.to_owned());
            }
            let nearby: String = before.chars().rev().take(90).collect::<Vec<_>>().into_iter().rev().collect();
            let is_recorded = ["action:", "audit", "record(", ": &str ="].iter().any(|part| nearby.contains(part));
            let of_action =
                |part: &str| part.len() > 1 && part.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
            if is_recorded && text.split_once('.').is_some_and(|(family, deed)| of_action(family) && of_action(deed)) {
                actions.insert(text.to_owned());
            }
        }
    }
    (actions, facts)
}

#[test]
fn everything_in_the_audit_log_has_a_name_in_every_language() {
    let (mut actions, facts_sealed) = sealed();
    for known in ["policy.changed", "payouts.paused", "user.role_changed", "webhook_endpoint.created", "order.expired"]
    {
        assert!(actions.contains(known), "{known}: {actions:?}");
    }
    actions.extend(all_events().map(str::to_owned));
    for language in Language::all() {
        let unnamed = |action: &&String| history::of_action(language, action) == action.replace(['.', '_'], " ");
        assert_eq!(actions.iter().find(unnamed), None, "{language:?}");
    }
    let known: BTreeSet<String> = facts::NAMES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert!(facts_sealed.len() > 90 && known.len() == facts::NAMES.len(), "{facts_sealed:?}");
    let unnamed: Vec<_> = facts_sealed.difference(&known).filter(|name| *name != facts::REPEATED).collect();
    assert!(unnamed.is_empty(), "facts without a name: {unnamed:?}");
    let english = read("en");
    let missing: Vec<_> = facts::NAMES.iter().filter(|(_, id)| !english.contains_key(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_text_that_the_code_names_exists_and_every_other_one_is_gone() {
    let english = read("en");
    let islands: [&[&str]; 6] = [
        &address_field::TEXTS,
        &amount_field::TEXTS,
        &copy_button::TEXTS,
        &pay_status::TEXTS,
        &payments::TEXTS,
        &refund_progress::TEXTS,
    ];
    let mut named: BTreeSet<String> = islands.concat().into_iter().map(str::to_owned).collect();
    // Their codes are in the ids.
    let mut all: BTreeSet<String> =
        FiatCurrency::all().map(|fiat| format!("{}{}", money::CURRENCY, fiat.code())).collect();
    named.extend(all.iter().cloned());
    for file in library() {
        let code = code(&file);
        let short = ["text", "name"].map(|name| (format!("let {name} = |id: &str|"), format!("{name}(")));
        let calls = short.iter().filter(|(closure, _)| code.contains(closure.as_str())).map(|(_, call)| call.as_str());
        let calls: Vec<&str> = calls.chain(CALLS.iter().copied()).collect();
        for literal in literals(&code) {
            if calls.iter().any(|call| literal.before.ends_with(*call)) || is_of_error(literal.text) {
                named.insert(literal.text.to_owned());
            }
            all.insert(literal.text.to_owned());
        }
    }
    assert!(named.len() > 60, "{named:?}");
    let missing: Vec<_> = named.iter().filter(|id| !english.contains_key(*id)).collect();
    assert!(missing.is_empty(), "the code names texts that are missing: {missing:#?}");
    let unused: Vec<_> = english.keys().filter(|id| !all.contains(*id)).collect();
    assert!(unused.is_empty(), "no code names these texts: {unused:#?}");
}
