//! Typed text: what is rejected, what is ordinary in other languages, and how stored text is shown.

use requite::domain::{
    address_book::RecipientMetadata,
    error::{DomainError, ErrorCode, Field},
    people::api_key::NewApiKey,
    policy::screening::DenyListFile,
    text::{Lines, TextError, mixed_scripts, parse, parse_email, parse_note, revealed},
    webhooks::{EndpointInput, allowed_targets::AllowedTargets, url::EndpointUrl},
};

/// An override from right to left: what follows is shown backwards.
const REVERSED: &str = "refund to \u{202e}ecila";

#[test]
fn invisible_characters_are_rejected_with_their_position() {
    for (text, position, code) in [
        ("\u{200b}", 1, 0x200b),
        (REVERSED, 11, 0x202e),
        ("a\u{2066}b", 2, 0x2066),
        ("a\u{200e}", 2, 0x200e),
        ("\u{feff}a", 1, 0xfeff),
        ("so\u{ad}ft", 3, 0xad),
        ("a\u{0}b", 2, 0),
        ("a\u{1b}[31mb", 2, 0x1b),
        ("a\u{2028}b", 2, 0x2028),
        ("a\u{2029}b", 2, 0x2029),
        // Tags, also in the flag of England.
        ("a\u{e0041}", 2, 0xe0041),
        ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", 2, 0xe0067),
        // Fillers and variation selectors without anything to vary.
        ("\u{3164}", 1, 0x3164),
        ("a\u{fe0f}", 2, 0xfe0f),
        ("1\u{fe0f}", 2, 0xfe0f),
        ("a\u{e0100}", 2, 0xe0100),
        // Joiners where nothing is joined.
        ("pay\u{200d}pal", 4, 0x200d),
        ("a\u{200c}b", 2, 0x200c),
        ("می\u{200c}\u{200c}خواهم", 4, 0x200c),
        ("🙂\u{200d}", 2, 0x200d),
    ] {
        assert_eq!(parse(text, Lines::Several, 100), Err(TextError::Invisible { position, code }), "{text:?}");
    }
}

#[test]
fn ordinary_text_of_every_language_is_accepted() {
    for text in [
        "Zoë’s order – 12 €",
        "Иван Петров",
        "王小明",
        // An ideograph in the form that a family's register shows.
        "葛\u{e0100}城",
        "می\u{200c}خواهم",
        "شُکر\u{200c}ها",
        "र\u{94d}\u{200d}क",
        "র\u{200d}\u{9cd}যাম",
        "\u{60c}\u{600}١٢",
        "שלום עולם",
        "👩\u{200d}👩\u{200d}👧 family",
        "🧑🏽\u{200d}🚀",
        "❤\u{fe0f}\u{200d}🔥",
        "1\u{fe0f}\u{20e3}",
        "🇩🇪",
        "ᠠ\u{180b}",
        "e\u{301}",
    ] {
        assert_eq!(parse(text, Lines::One, 100), Ok(Some(text.to_owned())), "{text:?}");
        assert_eq!(revealed(text), text);
    }
}

#[test]
fn a_text_needs_something_to_see_and_has_a_length_and_lines() {
    for text in ["", "  ", "\n", "\u{a0}\u{2003}"] {
        assert_eq!(parse(text, Lines::Several, 100), Ok(None), "{text:?}");
    }
    // A braille pattern without dots, and a mark without a letter.
    for text in ["\u{2800}", "\u{2800} \u{2800}", "\u{301}"] {
        assert_eq!(parse(text, Lines::Several, 100), Err(TextError::Blank), "{text:?}");
    }
    assert_eq!(parse(" a\n\tb\r\n", Lines::Several, 4), Ok(Some("a\n\tb".to_owned())));
    assert_eq!(parse("a\nb", Lines::One, 4), Err(TextError::SeveralLines { position: 2 }));
    assert_eq!(parse("äöüß", Lines::One, 3), Err(TextError::TooLong(3)));
}

#[test]
fn every_typed_text_follows_the_same_rule() {
    let refused = |error: DomainError| (error.code, error.field);
    let text = |field| (ErrorCode::TextInvalid, Some(field));
    for field in [Field::Note, Field::OverrideReason, Field::Reason] {
        assert_eq!(refused(parse_note(REVERSED, field).unwrap_err()), text(field));
        assert_eq!(refused(parse_note("\u{200b}", field).unwrap_err()), text(field));
    }
    for address in ["a\u{200b}@example.com", "a@exam\u{ad}ple.com", "\u{202e}a@example.com", "می\u{200c}خ@example.com"]
    {
        assert_eq!(refused(parse_email(address).unwrap_err()), (ErrorCode::EmailInvalid, Some(Field::Email)));
    }
    let [name]: [DomainError; 1] = NewApiKey::parse(REVERSED, "read", "", "").unwrap_err().try_into().unwrap();
    assert_eq!(refused(name), text(Field::Name));
    assert!(NewApiKey::parse("\u{200b}", "read", "", "").is_err() && NewApiKey::parse(" ", "read", "", "").is_err());
    let errors = RecipientMetadata::default().with(Some(REVERSED), Some("a\u{200b}@b.c"), Some(REVERSED)).unwrap_err();
    let fields: Vec<_> = errors.into_iter().map(|error| error.field.unwrap()).collect();
    assert_eq!(fields, [Field::Nickname, Field::MetadataEmail, Field::Bns]);
    let input = EndpointInput {
        url: "https://shop.example/hooks".to_owned(),
        description: REVERSED.to_owned(),
        ..EndpointInput::default()
    };
    let [description]: [DomainError; 1] = input.parse(AllowedTargets::public()).unwrap_err().try_into().unwrap();
    assert_eq!(refused(description), text(Field::Description));
    assert!(EndpointUrl::parse("https://shop.example/a\u{202e}b", AllowedTargets::public()).is_err());
    assert!(requite::config::mailbox("My \u{202e}shop <refunds@shop.example>").is_err());
}

#[test]
fn a_deny_list_has_a_readable_name_and_shows_what_its_reasons_hide() {
    let file = |name: &str, reason: &str| {
        let addresses = [serde_json::json!({ "address": "0x1", "reason": reason })];
        serde_json::json!({ "name": name, "version": "v1", "date": "2026-11-20", "addresses": addresses }).to_string()
    };
    assert!(DenyListFile::parse(&file(REVERSED, "")).is_err());
    assert!(DenyListFile::parse(&file(" ", "")).is_err());
    let list = DenyListFile::parse(&file("House list", REVERSED)).unwrap();
    assert_eq!(list.entries()["0x1"], "refund to [U+202E]ecila");
}

#[test]
fn stored_text_shows_what_could_not_be_seen() {
    assert_eq!(revealed("\u{200b}"), "[U+200B]");
    assert_eq!(revealed(REVERSED), "refund to [U+202E]ecila");
    assert_eq!(revealed("two\nlines\u{e0041}"), "two\nlines[U+E0041]");
}

#[test]
fn an_address_of_letters_of_several_scripts_is_recognised() {
    assert_eq!(mixed_scripts("p\u{430}ypal@example.com"), ["Cyrillic", "Latin"]);
    // All of it looks Latin, and only the last part is.
    assert_eq!(mixed_scripts("\u{440}\u{430}\u{443}@\u{440}\u{430}\u{443}.com"), ["Cyrillic", "Latin"]);
    assert_eq!(mixed_scripts("\u{3bf}k@example.com"), ["Greek", "Latin"]);
    for usual in [
        "ann.o-1@example.com",
        "zoë@example.com",
        "иван@пример.рф",
        "用户@example.com",
        "ユーザー名@例え.jp",
        "사용자@example.com",
    ] {
        assert_eq!(mixed_scripts(usual), Vec::<&str>::new(), "{usual}");
    }
}

#[test]
fn lengths_of_time_have_two_units_at_most() {
    use requite::{languages::Language, texts::spans::in_two_units};
    let shown = [0, 45, 60, 725, 12_000, 86_400, 187_500].map(|seconds| in_two_units(Language::english(), seconds));
    assert_eq!(shown, ["0 s", "45 s", "1 min", "12 min 5 s", "3 h 20 min", "1 d", "2 d 4 h"]);
}
