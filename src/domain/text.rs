//! Text that people and shops type: notes, reasons, names, titles, descriptions, e-mail addresses.
//!
//! Characters that nobody sees, or that change the direction of what follows, make a text read differently from what is
//! stored: a reason that is only U+200B looks empty, and U+202E reverses a name. They are rejected where they arrive.
//! Text that was stored before is shown with the code points in place of the characters.

use super::error::{DomainError, ErrorCode, ErrorText, Field};
use icu_properties::{
    CodePointMapData, CodePointSetData, PropertyNamesLong,
    props::{
        DefaultIgnorableCodePoint, EmojiModifier, ExtendedPictographic, GeneralCategory, GeneralCategoryGroup,
        PrependedConcatenationMark, Script,
    },
};
use std::collections::BTreeMap;

/// Maximum length of a note.
pub const NOTE_MAX: usize = 500;
/// Maximum length of an e-mail address (RFC 5321, section 4.5.3.1.3).
pub const EMAIL_MAX: usize = 254;

/// The signs that a text may contain besides visible ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// No line breaks and no tabs.
    One,
    Several,
}

/// Why a text is rejected. Positions count characters from 1, after surrounding white space is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    TooLong(usize),
    SeveralLines { position: usize },
    Invisible { position: usize, code: u32 },
    Blank,
}

impl TextError {
    /// What people read about it.
    pub fn text(self) -> ErrorText {
        match self {
            Self::TooLong(most) => ErrorText::new("error-text-too-long").with("most", most),
            Self::SeveralLines { position } => ErrorText::new("error-text-several-lines").with("position", position),
            Self::Invisible { position, code } => {
                ErrorText::new("error-text-invisible").with("position", position).with("code", format!("U+{code:04X}"))
            }
            Self::Blank => "error-text-blank".into(),
        }
    }
}

impl From<TextError> for DomainError {
    fn from(error: TextError) -> Self {
        Self::new(ErrorCode::TextInvalid, error.text())
    }
}

/// Parses a text of at most `max` characters; empty means none.
pub fn parse(text: &str, lines: Lines, max: usize) -> Result<Option<String>, TextError> {
    let text = text.trim();
    let characters: Vec<char> = text.chars().collect();
    if characters.len() > max {
        return Err(TextError::TooLong(max));
    }
    for (index, &character) in characters.iter().enumerate() {
        let position = index + 1;
        if matches!(character, '\n' | '\r' | '\t') && lines == Lines::One {
            return Err(TextError::SeveralLines { position });
        }
        if is_hidden(&characters, index) {
            return Err(TextError::Invisible { position, code: character.into() });
        }
    }
    match text {
        "" => Ok(None),
        _ if characters.iter().any(|&character| is_visible(character)) => Ok(Some(text.to_owned())),
        _ => Err(TextError::Blank),
    }
}

/// A stored text for people: with `[U+202E]` in place of a character that would be rejected today.
pub fn revealed(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    for (index, &character) in characters.iter().enumerate() {
        if is_hidden(&characters, index) {
            shown.push_str(&format!("[U+{:04X}]", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a character is never seen by itself: control and format characters (Unicode's categories Cc and Cf), line and
/// paragraph separators, and everything else that fonts show as nothing (Default_Ignorable_Code_Point: variation
/// selectors, tags, Hangul fillers). The signs that Arabic writes below a number are format characters and yet visible.
pub fn is_invisible(character: char) -> bool {
    match category(character) {
        GeneralCategory::Control | GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => true,
        GeneralCategory::Format => !CodePointSetData::new::<PrependedConcatenationMark>().contains(character),
        _ => CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character),
    }
}

/// Whether the character at `index` is invisible and not part of a sequence that needs it, such as an emoji.
fn is_hidden(characters: &[char], index: usize) -> bool {
    let Some(&character) = characters.get(index) else { return false };
    if !is_invisible(character) {
        return false;
    }
    let before = || index.checked_sub(1).and_then(|index| characters.get(index)).copied();
    let after = || characters.get(index + 1).copied();
    let ordinary = match character {
        '\n' | '\r' | '\t' => true,
        ZWNJ => is_joined(characters, index),
        ZWJ => is_joined(characters, index) || is_emoji_sequence(before(), after()),
        // The coloured form of a sign, also in a keycap such as 1️⃣.
        '\u{fe0e}' | '\u{fe0f}' => {
            before().is_some_and(is_pictograph)
                || after() == Some('\u{20e3}') && before().is_some_and(|c| c.is_ascii_digit() || matches!(c, '#' | '*'))
        }
        // A variant of an ideograph; Japanese names have them.
        '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}' => before().map(script) == Some(Script::Han),
        // The forms of Mongolian letters.
        '\u{180b}'..='\u{180f}' => before().map(script) == Some(Script::Mongolian),
        _ => false,
    };
    !ordinary
}

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';

/// Whether a joiner follows a letter of a script that is written with joiners: Persian separates the parts of a word
/// with ZWNJ, and languages of India and its neighbours choose between forms of letters (UAX #31, section 2.3). Nothing
/// can be hidden this way, since one joiner follows each letter at most. Marks between the two are skipped.
fn is_joined(characters: &[char], index: usize) -> bool {
    let before = characters.iter().take(index).rev().copied();
    let letter =
        before.into_iter().find(|&c| category(c) != GeneralCategory::NonspacingMark || script(c) != Script::Inherited);
    letter.is_some_and(|letter| {
        matches!(
            script(letter),
            Script::Adlam
                | Script::Arabic
                | Script::Bengali
                | Script::Devanagari
                | Script::Gujarati
                | Script::Gurmukhi
                | Script::Kannada
                | Script::Khmer
                | Script::Malayalam
                | Script::Mongolian
                | Script::Myanmar
                | Script::Oriya
                | Script::Sinhala
                | Script::Syriac
                | Script::Tamil
                | Script::Telugu
        )
    })
}

/// Whether a joiner is between two pictographs, as in the emoji of a family. Flags of England, Scotland and Wales are not
/// accepted: they consist of tags, which can carry any hidden text.
fn is_emoji_sequence(before: Option<char>, after: Option<char>) -> bool {
    let ends_one =
        |c: char| c == '\u{fe0f}' || is_pictograph(c) || CodePointSetData::new::<EmojiModifier>().contains(c);
    before.is_some_and(ends_one) && after.is_some_and(is_pictograph)
}

fn is_pictograph(character: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(character)
}

/// Whether a character alone leaves a mark on paper. The braille pattern without dots is a symbol and leaves none.
fn is_visible(character: char) -> bool {
    let group = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Number)
        .union(GeneralCategoryGroup::Punctuation)
        .union(GeneralCategoryGroup::Symbol);
    group.contains(category(character)) && !is_invisible(character) && character != '\u{2800}'
}

/// The scripts of a text if it mixes letters of several, such as Latin and Cyrillic, which have letters of the same
/// shape; otherwise empty. Japanese, Chinese and Korean use several scripts and Latin together ('highly restrictive' in
/// UTS #39, section 5.2).
pub fn mixed_scripts(text: &str) -> Vec<&'static str> {
    let names = PropertyNamesLong::<Script>::new();
    let found: BTreeMap<Script, &str> = text
        .chars()
        .map(script)
        .filter(|script| !matches!(*script, Script::Common | Script::Inherited))
        .map(|script| (script, names.get(script).unwrap_or("unknown")))
        .collect();
    let usual: [&[Script]; 3] = [
        &[Script::Latin, Script::Han, Script::Hiragana, Script::Katakana],
        &[Script::Latin, Script::Han, Script::Bopomofo],
        &[Script::Latin, Script::Han, Script::Hangul],
    ];
    let together = found.len() < 2 || usual.iter().any(|scripts| found.keys().all(|script| scripts.contains(script)));
    if together { Vec::new() } else { found.into_values().collect() }
}

fn category(character: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(character)
}

fn script(character: char) -> Script {
    CodePointMapData::<Script>::new().get(character)
}

/// Parses an e-mail address; empty means none. Only what would certainly bounce is rejected; the mail server decides on
/// the rest. Stored in lower case for searching, since no mail service distinguishes case.
pub fn parse_email(text: &str) -> Result<Option<String>, DomainError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let plausible = text.len() <= EMAIL_MAX
        && !text.contains(|c: char| c.is_whitespace() || is_invisible(c))
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && !host.contains('@')
                && host.split('.').count() > 1
                && host.split('.').all(|part| !part.is_empty())
        });
    if plausible {
        Ok(Some(text.to_lowercase()))
    } else {
        Err(DomainError::new(ErrorCode::EmailInvalid, "error-email-invalid").on(Field::Email))
    }
}

/// Parses a note or a reason; empty means none.
pub fn parse_note(text: &str, field: Field) -> Result<Option<String>, DomainError> {
    parse(text, Lines::Several, NOTE_MAX).map_err(|error| DomainError::from(error).on(field))
}
