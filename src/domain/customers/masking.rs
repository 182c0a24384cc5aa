//! Customers' e-mail addresses and addresses for readers who do not need them: enough is left to recognise one, and too
//! little to use it. What is masked stays the same when it is masked again.

use crate::domain::{address::canonical, error::ErrorText};
use serde_json::Value as Json;
use url::form_urlencoded;

/// Replaces what is left out.
pub const ELLIPSIS: &str = "…";
/// The characters at each end of an address that are shown.
const SHOWN: usize = 4;
/// Shorter addresses, which are names or numbers, would be shown almost wholly.
const ADDRESS_MIN: usize = 16;
/// Words of texts that are shorter are no addresses, apart from names of accounts, which look like other words.
pub const ADDRESS_IN_TEXT_MIN: usize = 25;
/// Members of a record that have an address of a customer.
const ADDRESS_MEMBERS: [&str; 2] = ["address", "fromAddress"];
/// Members of a record that look like an address, and are the merchant's own or are public.
const PUBLIC_MEMBERS: [&str; 3] = ["depositAddress", "transactionHash", "sender"];

/// `customer@shop.example` as `c…@shop.example`.
pub fn masked_email(email: &str) -> String {
    let (name, host) = email.rsplit_once('@').unwrap_or((email, ""));
    let mut letters = name.chars();
    // The only letter of a name would be all of it.
    let first = letters.next().filter(|_| letters.next().is_some()).map(String::from).unwrap_or_default();
    format!("{first}{ELLIPSIS}@{host}")
}

/// `0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed` as `0x5a…eAed`.
pub fn masked_address(address: &str) -> String {
    let characters: Vec<char> = address.chars().collect();
    if address.contains(ELLIPSIS) {
        return address.to_owned();
    }
    let shown = if characters.len() < ADDRESS_MIN { 1 } else { SHOWN };
    let last = characters.len().saturating_sub(shown).max(shown);
    let (first, last) = (characters.iter().take(shown), characters.iter().skip(last));
    first.collect::<String>() + ELLIPSIS + &last.collect::<String>()
}

/// A text that people or other systems wrote, with every e-mail address and every address in it masked. Names of accounts
/// are no words that could be told from others. What else is masked here must not be found by its words either: the search
/// of notes (`store/lookups.rs`) leaves out texts with an @, and words as long as an address.
pub fn masked_text(text: &str) -> String {
    let separates = |character: char| !character.is_alphanumeric() && !"@._+-".contains(character);
    text.split_inclusive(separates)
        .map(|part| {
            let word = part.trim_end_matches(separates);
            let core = word.trim_matches(['.', '-', '_', '+']);
            match masked_word(core) {
                Some(masked) => part.replacen(core, &masked, 1),
                None => part.to_owned(),
            }
        })
        .collect()
}

/// A URL of a shop without what follows its path: there can be a customer in it, or a secret of the shop. The path is masked as
/// it reads: of `anna%2Bshop%40buyer.example`, the name would otherwise end at the first percent sign.
pub fn masked_url(url: &str) -> String {
    let (path, rest) = url.split_once(['?', '#']).map_or((url, ""), |(path, _)| (path, "?…"));
    let plain = decoded(path);
    let masked = masked_text(&plain);
    if masked == plain { path.to_owned() + rest } else { masked + rest }
}

/// A path without percent encoding. Some programs encode what is encoded already, so it is decoded until nothing changes.
fn decoded(path: &str) -> String {
    let mut plain = path.to_owned();
    loop {
        // Two characters have a meaning in forms, and none in paths.
        let form = format!("={}", plain.replace('+', "%2B").replace('&', "%26"));
        let next: String = form_urlencoded::parse(form.as_bytes()).map(|(_, value)| value.into_owned()).collect();
        if next == plain {
            return plain;
        }
        plain = next;
    }
}

/// A text that may be stored with an id: what its values name is masked.
pub fn masked_stored(text: &str) -> String {
    ErrorText::of_stored(text).map_values(&masked_text).stored()
}

fn masked_word(word: &str) -> Option<String> {
    if let Some((name, host)) = word.split_once('@') {
        return (!name.is_empty() && !host.is_empty()).then(|| masked_email(word));
    }
    let is_address = |part: &&str| part.len() >= ADDRESS_IN_TEXT_MIN && canonical(part).is_some();
    let found = word.split(|letter: char| !letter.is_ascii_alphanumeric()).find(is_address)?;
    Some(word.replacen(found, &masked_address(found), 1))
}

/// Masks what the facts of a record have of its customer.
pub fn mask_facts(facts: &mut Json) {
    match facts {
        Json::Object(members) => {
            for (name, value) in members {
                match value {
                    _ if PUBLIC_MEMBERS.contains(&name.as_str()) => {}
                    Json::String(address) if ADDRESS_MEMBERS.contains(&name.as_str()) => {
                        *address = masked_address(address);
                    }
                    Json::String(memo) if name == "memo" => ELLIPSIS.clone_into(memo),
                    other => mask_facts(other),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(mask_facts),
        Json::String(text) => *text = masked_text(text),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
