//! The languages of pages. Each has a folder in `locales/` with its texts, in the format of Fluent; another folder is
//! another language.
//!
//! Texts are plain text, never HTML. What people typed is isolated by the pages (`TypedText`), so texts are not.

mod negotiation;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use fluent_langneg::convert_vec_str_to_langids_lossy;
use rust_embed::RustEmbed;
use std::{collections::BTreeSet, fmt, sync::LazyLock};

/// A value that a text names: a text, or a number that decides its plural.
pub use fluent_bundle::FluentValue as Value;

/// The language whose texts are complete, which others are compared with.
const ENGLISH: &str = "en";

/// Stands in a text where an element belongs. Unicode will never make it a character.
const ELEMENT: char = '\u{FDD0}';
/// The same for the second of two elements.
const SECOND_ELEMENT: char = '\u{FDD1}';

/// Embedded in the executable. In a debug build the files are read from disk when the first text is needed.
#[derive(RustEmbed)]
#[folder = "locales/"]
struct Files;

/// The texts of one language.
struct Catalogue {
    code: String,
    bundle: FluentBundle<FluentResource>,
}

struct Catalogues {
    english: Catalogue,
    others: Vec<Catalogue>,
}

static CATALOGUES: LazyLock<Catalogues> = LazyLock::new(|| {
    let folders: BTreeSet<String> = Files::iter().filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect();
    let others = folders.iter().filter(|folder| *folder != ENGLISH).map(|folder| Catalogue::read(folder)).collect();
    Catalogues { english: Catalogue::read(ENGLISH), others }
});

impl Catalogue {
    /// Reads the files of a folder. Tests prove that they are without mistakes, so a mistake is only logged.
    fn read(code: &str) -> Self {
        let mut bundle: FluentBundle<FluentResource> =
            FluentBundle::new_concurrent(convert_vec_str_to_langids_lossy([code]));
        bundle.set_use_isolating(false);
        let of_language = |path: &str| path.split_once('/').is_some_and(|(folder, _)| folder == code);
        for path in Files::iter().filter(|path| of_language(path)) {
            let Some(file) = Files::get(&path) else { continue };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
                tracing::error!(file = &*path, ?errors, "a file of texts has mistakes");
                resource
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(file = &*path, ?errors, "a text is there twice");
            }
        }
        Self { code: code.to_owned(), bundle }
    }
}

/// A language that pages can be in.
#[derive(Clone, Copy)]
pub struct Language(&'static Catalogue);

impl Language {
    pub fn english() -> Self {
        Self(&CATALOGUES.english)
    }

    /// Every language, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(&CATALOGUES.english).chain(&CATALOGUES.others).map(Self)
    }

    /// The tag of the language, as in the attribute `lang`: `de`.
    pub fn code(self) -> &'static str {
        &self.0.code
    }

    /// The language with this code, if there is one.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::all().find(|language| language.code() == code)
    }

    /// The language that a browser prefers of those that there are, by its header `Accept-Language`; otherwise English.
    pub fn of_browser(accept_language: Option<&str>) -> Self {
        let codes: Vec<&str> = Self::all().map(Self::code).collect();
        let preferred = accept_language.and_then(|header| negotiation::preferred(header, &codes));
        Self::all().find(|language| Some(language.code()) == preferred).unwrap_or_else(Self::english)
    }

    /// The variant of this language that a browser prefers, by its header `Accept-Language`: `en-GB`. Without one, the language.
    pub fn variant_of_browser(self, accept_language: Option<&str>) -> String {
        let preferred = accept_language.and_then(|header| negotiation::variant(header, self.code()));
        preferred.unwrap_or_else(|| self.code().to_owned())
    }

    /// The text with this id.
    pub fn text(self, id: &str) -> String {
        self.format(id, &FluentArgs::new())
    }

    /// The texts with these ids, for an island: the browser has no catalogues.
    pub fn texts<const N: usize>(self, ids: [&str; N]) -> Vec<String> {
        ids.into_iter().map(|id| self.text(id)).collect()
    }

    /// The text with this id, and with the values that it names. Of values of different types, each is a [`Value`].
    pub fn with<'a, V: Into<Value<'a>>, const N: usize>(self, id: &str, values: [(&'a str, V); N]) -> String {
        let arguments: FluentArgs<'_> = values.into_iter().collect();
        self.format(id, &arguments)
    }

    /// The same for values that are not known where the code is written.
    pub fn with_values<'a>(self, id: &str, values: impl Iterator<Item = (&'a str, Value<'a>)>) -> String {
        let arguments: FluentArgs<'_> = values.collect();
        self.format(id, &arguments)
    }

    /// What is before and after the element that a text names, such as a time or a typed text.
    pub fn around(self, id: &str, element: &str) -> (String, String) {
        self.split(id, element, FluentArgs::new())
    }

    /// The same for a text that names values too.
    pub fn around_with<'a, V: Into<Value<'a>>, const N: usize>(
        self,
        id: &str,
        element: &'a str,
        values: [(&'a str, V); N],
    ) -> (String, String) {
        self.split(id, element, values.into_iter().collect())
    }

    /// What is before, between and after two elements that a text names, in this order. A test compares each language with it.
    pub fn around_two(self, id: &str, [first, second]: [&str; 2]) -> (String, String, String) {
        let (before, after) = self.around_with(id, first, [(second, SECOND_ELEMENT.to_string())]);
        if let Some((between, after)) = after.split_once(SECOND_ELEMENT) {
            return (before, between.to_owned(), after.to_owned());
        }
        tracing::error!(language = self.code(), id, second, "a text lacks its second element, or has it first");
        (before, after, String::new())
    }

    fn split<'a>(self, id: &str, element: &'a str, mut arguments: FluentArgs<'a>) -> (String, String) {
        arguments.set(element, ELEMENT.to_string());
        let text = self.format(id, &arguments);
        if let Some((before, after)) = text.split_once(ELEMENT) {
            return (before.to_owned(), after.to_owned());
        }
        tracing::error!(language = self.code(), id, element, "a text lacks its element");
        (text, String::new())
    }

    /// A text that is missing is English, which tests prove to have them all.
    fn format(self, id: &str, arguments: &FluentArgs<'_>) -> String {
        if let Some(text) = self.find(id, arguments) {
            return text;
        }
        tracing::error!(language = self.code(), id, "a text is missing");
        Self::english().find(id, arguments).unwrap_or_else(|| id.to_owned())
    }

    fn find(self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let bundle = &self.0.bundle;
        let pattern = bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(language = self.code(), id, ?errors, "a text names what it was not given");
        }
        Some(text)
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
