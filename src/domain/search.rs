//! What a text in a search field could be. It is parsed once, so that only the look-ups are made that can find something.

use super::address::canonical;
use uuid::Uuid;

/// Maximum length of a text that is searched for. Nothing that can be found is longer.
pub const TEXT_MAX: usize = 254;
/// Maximum number of words that are stored of one text, and that are searched for.
pub const WORDS_MAX: usize = 100;
const WORDS_SEARCHED_MAX: usize = 5;
const WORD_LENGTH_MAX: usize = 40;
/// The fewest characters of which a beginning is looked up. Fewer would match most rows.
const BEGINNING_MIN: usize = 3;
/// The fewest digits of the beginning of an id or a hash.
const HEX_MIN: usize = 6;

/// What somebody wants to do with what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Refund,
    Approve,
}

/// The words of the console's languages that mean something in a search, in small letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchWords {
    pub refund: Vec<String>,
    pub approve: Vec<String>,
    /// Those of both that may follow what they concern, as in 'Bestellung 1015 erstatten'.
    pub last: Vec<String>,
    /// What says only what kind of thing follows.
    pub kinds: Vec<String>,
}

/// The ids that begin with the same digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdRange {
    pub first: Uuid,
    pub last: Uuid,
}

impl IdRange {
    /// The id, if all of its digits are known.
    pub fn whole(self) -> Option<Uuid> {
        (self.first == self.last).then_some(self.first)
    }
}

/// A text that was typed or pasted, as everything that it could be. Texts are in the case in which they are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchText {
    /// As typed, without surrounding white space.
    pub typed: String,
    pub command: Option<Command>,
    pub id: Option<IdRange>,
    /// The number of an order or a refund.
    pub number: Option<i64>,
    /// Beginnings of the hash of a transaction, in small letters: with and without `0x`.
    pub hashes: Vec<String>,
    pub is_whole_hash: bool,
    /// The beginning of an address, in small letters.
    pub address: Option<String>,
    /// The beginning of an e-mail address, in small letters.
    pub email: Option<String>,
    /// Whether addresses and e-mail addresses are found by the whole text only, and notes not by what is masked in them.
    pub is_whole_customer: bool,
    /// The beginning of the shop's own name for an order, with small letters in place of ASCII's capital ones.
    pub reference: Option<String>,
    /// Words of a note. The last one may be a beginning.
    pub words: Vec<String>,
}

impl SearchText {
    /// Parses a text; `None` if it is empty. One that is too long finds nothing.
    pub fn parse(text: &str, words: &SearchWords) -> Option<Self> {
        let typed = text.trim();
        if typed.is_empty() {
            return None;
        }
        let typed = typed.to_owned();
        if typed.chars().count() > TEXT_MAX {
            return Some(Self { typed, ..Self::default() });
        }
        let (command, wanted) = words.command(&typed);
        Some(Self { command, ..Self::of_wanted(typed.clone(), part_of_link(wanted)) })
    }

    fn of_wanted(typed: String, text: &str) -> Self {
        let long_enough = text.chars().count() >= BEGINNING_MIN;
        let token = text.chars().all(|character| character.is_ascii_graphic() && character != '@');
        let id = id_range(text);
        let (hashes, is_whole_hash) = if token { hashes(text) } else { (Vec::new(), false) };
        let is_known = is_whole_hash || id.and_then(IdRange::whole).is_some();
        let address = || canonical(text).unwrap_or_else(|| text.to_owned()).to_ascii_lowercase();
        let has_words = !is_known && !text.contains('@') && !text.starts_with("0x");
        let mut words = if has_words { words_of(text) } else { Vec::new() };
        words.truncate(WORDS_SEARCHED_MAX);
        Self {
            command: None,
            id,
            number: number(text),
            hashes,
            is_whole_hash,
            address: (token && long_enough && !is_known).then(address),
            email: (long_enough && !is_known && !text.contains(char::is_whitespace)).then(|| text.to_lowercase()),
            is_whole_customer: false,
            // A number of one digit is an exact name too: its other names begin with it and follow it.
            reference: (!text.is_empty() && !is_known).then(|| text.to_ascii_lowercase()),
            words,
            typed,
        }
    }

    /// The same text for somebody who sees e-mail addresses and addresses of customers masked: they have to know the whole one.
    /// With beginnings, what is masked could be guessed letter by letter.
    #[must_use]
    pub fn of_whole_customers(self) -> Self {
        Self { is_whole_customer: true, ..self }
    }

    /// Whether the text is longer than anything that can be found.
    pub fn is_too_long(&self) -> bool {
        self.typed.chars().count() > TEXT_MAX
    }
}

/// The words of a text, each once, in small letters.
pub fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|character: char| !character.is_alphanumeric()) {
        let word: String = word.to_lowercase().chars().take(WORD_LENGTH_MAX).collect();
        if word.chars().nth(1).is_some() && !words.contains(&word) && words.len() < WORDS_MAX {
            words.push(word);
        }
    }
    words
}

impl SearchWords {
    /// What a word asks for.
    fn command_of(&self, word: &str) -> Option<Command> {
        match word.to_lowercase() {
            word if self.refund.contains(&word) => Some(Command::Refund),
            word if self.approve.contains(&word) => Some(Command::Approve),
            _ => None,
        }
    }

    /// What a text ends with, and what is before it.
    fn command_at_end<'a>(&self, text: &'a str) -> Option<(Command, &'a str)> {
        let (before, word) = text.rsplit_once(char::is_whitespace)?;
        let may_follow = self.last.contains(&word.to_lowercase());
        may_follow.then(|| self.command_of(word)).flatten().map(|command| (command, before.trim_end()))
    }

    /// Separates 'refund order 1015' into what to do and what with. A word that says what kind of thing follows is left out.
    fn command<'a>(&self, text: &'a str) -> (Option<Command>, &'a str) {
        if self.command_of(text) == Some(Command::Approve) {
            return (Some(Command::Approve), "");
        }
        let (mut command, mut rest) =
            self.command_at_end(text).map_or((None, text), |(command, before)| (Some(command), before));
        while let Some((word, after)) = rest.split_once(char::is_whitespace) {
            match self.command_of(word) {
                Some(wanted) if command.is_none() => command = Some(wanted),
                _ if self.kinds.contains(&word.to_lowercase()) => {}
                _ => break,
            }
            rest = after.trim_start();
        }
        (command, rest)
    }
}

/// The longest part of a link to a page of the console or of an explorer, and the address in a payment link. Another text is
/// returned unchanged.
fn part_of_link(text: &str) -> &str {
    // An id may begin with `urn:uuid:`.
    if text.contains(char::is_whitespace) || Uuid::try_parse(text).is_ok() {
        return text;
    }
    if let Some((_, rest)) = text.split_once("://") {
        let path = rest.split_once('/').map_or("", |(_, path)| path);
        return path.split(['/', '?', '#', '=', '&']).max_by_key(|part| part.len()).unwrap_or_default();
    }
    match text.split_once(':') {
        Some((scheme, rest)) if !rest.is_empty() && scheme.chars().all(|letter| letter.is_ascii_alphabetic()) => {
            rest.split(['?', '@']).next().unwrap_or_default()
        }
        _ => text,
    }
}

fn number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    digits.chars().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn is_hex(text: &str) -> bool {
    text.chars().all(|digit| digit.is_ascii_hexdigit())
}

fn id_range(text: &str) -> Option<IdRange> {
    if let Ok(id) = Uuid::try_parse(text) {
        return Some(IdRange { first: id, last: id });
    }
    let digits: String = text.chars().filter(|character| *character != '-').collect();
    if !(HEX_MIN..32).contains(&digits.len()) || !is_hex(&digits) || text.starts_with('-') {
        return None;
    }
    let padded = |digit: char| {
        let missing = 32_usize.saturating_sub(digits.len());
        let text: String = digits.chars().chain(std::iter::repeat_n(digit, missing)).collect();
        u128::from_str_radix(&text, 16).ok().map(Uuid::from_u128)
    };
    Some(IdRange { first: padded('0')?, last: padded('f')? })
}

/// The beginnings of hashes that the text could be, and whether it is a whole one. Solana's and Bitcoin's have no `0x`.
fn hashes(text: &str) -> (Vec<String>, bool) {
    const DIGITS: usize = 64;
    const BASE58_MIN: usize = 80;
    let lower = text.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix("0x") {
        let fits = is_hex(digits) && (HEX_MIN..=DIGITS).contains(&digits.len());
        let is_whole = digits.len() == DIGITS;
        return if fits { (vec![lower.clone()], is_whole) } else { (Vec::new(), false) };
    }
    if lower.len() < HEX_MIN || !lower.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        return (Vec::new(), false);
    }
    if is_hex(&lower) && lower.len() <= DIGITS {
        let is_whole = lower.len() == DIGITS;
        return (vec![format!("0x{lower}"), lower], is_whole);
    }
    let is_whole = lower.len() >= BASE58_MIN;
    (vec![lower], is_whole)
}
