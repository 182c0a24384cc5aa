//! The targets of links exist, and so do the files that the documents name.

use super::document::{Document, documents, root};
use std::path::Path;

/// Folders whose files the documents name by path.
const FOLDERS: [&str; 7] = ["src/", "docs/", "scripts/", "end2end/", "migrations/", "style/", "locales/"];

#[test]
fn links_point_to_existing_files_and_headings() {
    let mut followed = 0;
    for document in documents() {
        let folder = root().join(&document.name);
        let folder = folder.parent().unwrap();
        for target in targets(&document.text).filter(|target| !target.starts_with("https://")) {
            let (path, heading) =
                target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
            let file = if path.is_empty() { root().join(&document.name) } else { folder.join(path) };
            assert!(file.exists(), "{}: there is no {target}", document.name);
            let found = heading.is_none_or(|heading| headings(&file).any(|known| known == heading));
            assert!(found, "{}: there is no heading {target}", document.name);
            followed += 1;
        }
    }
    assert!(followed > 60, "{followed}");
}

#[test]
fn the_readme_shows_a_picture_that_exists() {
    let readme = documents().into_iter().find(|document| document.name == "README.md").unwrap();
    let picture = readme.text.split_once("![").and_then(|(_, rest)| targets(rest).next().map(str::to_owned)).unwrap();
    let bytes = std::fs::read(root().join(picture)).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
}

#[test]
fn named_files_exist() {
    for Document { name, text, .. } in documents() {
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = FOLDERS.iter().any(|folder| word.starts_with(folder)) && !word.contains(['<', '*', '{', ' ']);
            assert!(!is_path || root().join(word).exists(), "{name}: there is no {word}");
        }
    }
}

/// Targets of links and images.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

/// Anchors of headings: lower case, without punctuation, with '-' for spaces.
fn headings(file: &Path) -> impl Iterator<Item = String> {
    let text = std::fs::read_to_string(file).unwrap();
    let lines: Vec<String> = text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect();
    lines.into_iter().map(|line| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    })
}
