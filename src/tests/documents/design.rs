//! What `docs/design-language.md` says of the page of components.

use std::{fs, path::Path};

/// The palette is on every page. What is above a list is shown part by part.
const WITHIN_OTHERS: [&str; 2] = ["command_palette", "list_controls"];

#[test]
fn every_component_is_in_the_style_guide() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
    let files = |folder: &str| fs::read_dir(ui.join(folder)).unwrap().map(|file| file.unwrap().path());
    let guide: String = files("pages/styleguide").map(|file| fs::read_to_string(file).unwrap()).collect();
    let names: Vec<String> =
        files("components").map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(names.len() > 20, "{names:?}");
    let is_missing = |name: &&String| {
        *name != "mod" && !WITHIN_OTHERS.contains(&name.as_str()) && !guide.contains(&format!("{name}::"))
    };
    let missing: Vec<_> = names.iter().filter(is_missing).collect();
    assert!(missing.is_empty(), "the style guide lacks {missing:?}");
}
