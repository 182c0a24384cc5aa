//! What a text in a search field could be.

use requite::{
    domain::search::{Command, IdRange, SearchText, SearchWords, TEXT_MAX, words_of},
    texts::search,
};
use uuid::Uuid;

fn parse(text: &str) -> SearchText {
    search::parse(text).unwrap()
}

#[test]
fn a_text_is_read_as_everything_that_it_could_be() {
    assert_eq!(search::parse(" \n "), None);
    let number = parse(" #1015 ");
    assert_eq!((number.number, number.id, number.typed.as_str()), (Some(1015), None, "#1015"));
    assert_eq!(parse("99999999999999999999").number, None);

    let id: Uuid = "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f".parse().unwrap();
    for text in [
        "01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
        "01981F2E7D6A7A319D0C6A0F5C1D2E3F",
        "urn:uuid:01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
        "https://requite.example/refunds/01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f/approval?x=1",
        "refund 01981f2e-7d6a-7a31-9d0c-6a0f5c1d2e3f",
    ] {
        assert_eq!(parse(text).id.and_then(IdRange::whole), Some(id), "{text}");
    }
    let beginning = parse("01981f2e-7d").id.unwrap();
    assert_eq!(beginning.first.to_string(), "01981f2e-7d00-0000-0000-000000000000");
    assert_eq!(beginning.last.to_string(), "01981f2e-7dff-ffff-ffff-ffffffffffff");
    assert_eq!(parse("01981").id, None, "too short");

    let hash = format!("0x{}", "Ab".repeat(32));
    for text in [hash.clone(), format!("https://basescan.org/tx/{hash}"), hash[2..].to_owned()] {
        let read = parse(&text);
        assert!(read.is_whole_hash && read.hashes.contains(&hash.to_lowercase()), "{text}");
        assert_eq!((read.email, read.words), (None, vec![]), "{text}");
    }
    assert_eq!(parse("0xAbCdEf").hashes, ["0xabcdef"]);
    assert_eq!(parse("0xAbC").hashes, [""; 0]);

    let checksummed = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    for text in [
        checksummed.to_owned(),
        checksummed.to_uppercase().replace("0X", "0x"),
        format!("ethereum:{checksummed}@1?value=1"),
    ] {
        assert_eq!(parse(&text).address.as_deref(), Some(&*checksummed.to_lowercase()), "{text}");
    }
    assert_eq!(parse("bc1QW508").address.as_deref(), Some("bc1qw508"));

    let mail = parse("Anna.Müller@Example.com");
    assert_eq!((mail.email.as_deref(), mail.words.len()), (Some("anna.müller@example.com"), 0));
    assert_eq!(parse("Shop Ö-77").reference.as_deref(), Some("shop Ö-77"), "only ASCII's letters are made small");
    assert_eq!(parse("Late  parcel, PAID").words, ["late", "parcel", "paid"]);
}

#[test]
fn commands_are_separated_from_what_they_concern() {
    for (text, command, number) in [
        ("refund order 1015", Some(Command::Refund), Some(1015)),
        ("Refund #1015", Some(Command::Refund), Some(1015)),
        ("order 1015", None, Some(1015)),
        ("approve refund 7", Some(Command::Approve), Some(7)),
        ("approve", Some(Command::Approve), None),
        ("refunds", None, None),
        ("Bestellung 1015 erstatten", Some(Command::Refund), Some(1015)),
        ("erstatten #1015", Some(Command::Refund), Some(1015)),
        ("Bestellung 1015", None, Some(1015)),
        ("Erstattung 7 freigeben", Some(Command::Approve), Some(7)),
        ("genehmigen", Some(Command::Approve), None),
        ("Erstattungen", None, None),
    ] {
        let read = parse(text);
        assert_eq!((read.command, read.number), (command, number), "{text}");
    }
    assert_eq!(parse("approve Anna@").email.as_deref(), Some("anna@"));
    assert_eq!(parse("Anna@ freigeben").email.as_deref(), Some("anna@"));
    // Words of a note.
    assert_eq!(parse("late refund").words, ["late", "refund"]);
}

/// A third language is a folder of texts: its words are not known to the code.
#[test]
fn the_words_of_commands_are_those_of_the_catalogues() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let french = SearchWords {
        refund: words(&["rembourser"]),
        approve: words(&["approuver"]),
        last: Vec::new(),
        kinds: words(&["commande"]),
    };
    for (text, command, number) in [
        ("Rembourser commande 1015", Some(Command::Refund), Some(1015)),
        ("approuver 7", Some(Command::Approve), Some(7)),
        ("commande 1015 rembourser", None, None),
        ("refund order 1015", None, None),
    ] {
        let read = SearchText::parse(text, &french).unwrap();
        assert_eq!((read.command, read.number), (command, number), "{text}");
    }
}

#[test]
fn odd_texts_are_read_without_panic_and_long_ones_find_nothing() {
    let long = parse(&"a".repeat(TEXT_MAX + 1));
    assert!(long.is_too_long());
    assert_eq!(long, SearchText { typed: long.typed.clone(), ..SearchText::default() });
    assert!(!parse(&"ä".repeat(TEXT_MAX)).is_too_long());
    for text in
        ["#", "-", "://", "a:", ":", "%_%", "\0", "'", "0x", "\u{10ffff}", "🦀🦀🦀", "--------", "refund ", "{}"]
    {
        search::parse(text);
    }
}

#[test]
fn words_are_stored_once_and_bounded() {
    assert_eq!(words_of("The parcel, the PARCEL! a é"), ["the", "parcel"]);
    assert_eq!(words_of(&"x".repeat(500)), ["x".repeat(40)]);
    assert_eq!(words_of(&(0..300).map(|n| format!("w{n} ")).collect::<String>()).len(), 100);
}
