//! Texts of islands. The browser has no catalogues, so an island names the ids of its texts in a constant `TEXTS`, and the
//! server passes them in the language of the page.

/// The texts that an island got, in the order of their ids. A missing one is empty.
pub fn passed_texts<const N: usize>(texts: Vec<String>) -> [String; N] {
    let mut texts = texts.into_iter();
    std::array::from_fn(|_| texts.next().unwrap_or_default())
}
