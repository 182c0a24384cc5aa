//! Reads the texts of a language from its files, as the tests compare them.

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What a text consists of.
#[derive(Debug, Default)]
pub struct Text {
    /// The names of its values.
    pub values: BTreeSet<String>,
    /// What is between them, of all its variants.
    pub parts: Vec<String>,
}

/// The codes of the languages: each has a folder.
pub fn languages() -> BTreeSet<String> {
    names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales"))
}

/// The names of the files of a language.
pub fn files(language: &str) -> BTreeSet<String> {
    names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language))
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The texts of a language by their ids.
pub fn read(language: &str) -> BTreeMap<String, Text> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let mut texts = BTreeMap::new();
    for file in files(language) {
        let source = fs::read_to_string(folder.join(&file)).unwrap();
        let resource =
            parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{language}/{file}: {errors:?}"));
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let id = message.id.name.to_owned();
                    let mut text = Text::default();
                    add_pattern(&mut text, message.value.as_ref().expect("a text has a value"));
                    assert!(message.attributes.is_empty(), "{language}/{file}: {id} has attributes");
                    assert!(texts.insert(id.clone(), text).is_none(), "{language}/{file}: {id} is there twice");
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Term(_) | Entry::Junk { .. } => panic!("{language}/{file}: {entry:?}"),
            }
        }
    }
    texts
}

fn add_pattern(text: &mut Text, pattern: &Pattern<&str>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.parts.push(value.trim().to_owned()),
            PatternElement::Placeable { expression } => add_expression(text, expression),
        }
    }
}

fn add_expression(text: &mut Text, expression: &Expression<&str>) {
    match expression {
        Expression::Inline(inline) => add_inline(text, inline),
        Expression::Select { selector, variants } => {
            add_inline(text, selector);
            for variant in variants {
                add_pattern(text, &variant.value);
            }
        }
    }
}

fn add_inline(text: &mut Text, inline: &InlineExpression<&str>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            text.values.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => add_expression(text, expression),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("{other:?}"),
    }
}
