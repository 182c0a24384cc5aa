//! Checks the structure of `src/` that ARCHITECTURE.md describes: imports point down the layers only, no folder is part
//! of an import cycle, no file is too long, and no use case takes the whole server.
//!
//! Imports are found in the text: `use` trees, and paths that begin with `crate::` or `super::`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The layers from bottom to top. A folder or file imports only from layers below its own; names in one row do not
/// import each other.
const LAYERS: &[&[&str]] = &[
    // A constant of lib.rs, where features are chosen.
    &["IS_SERVER"],
    &["domain", "languages"],
    &["texts", "evm"],
    &["context"],
    &["signer"],
    &["config"],
    &["wire"],
    &["store"],
    &["error"],
    &["rates", "outages"],
    &["chain", "screening", "sender", "smtp", "limits", "api_log_queue", "last_round"],
    &["state"],
    &["service"],
    &["web"],
    &["api", "worker"],
    &["server_fns"],
    &["islands"],
    &["ui"],
    &["http"],
    &["cli"],
];

/// A file as a module path: `store/refunds/mod.rs` is `[store, refunds]`.
struct Module {
    file: PathBuf,
    path: Vec<String>,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files with these extensions in a folder and its subfolders, except build output, installed packages and data.
fn files(folder: PathBuf, extensions: &[&str]) -> Vec<PathBuf> {
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            let name = file.file_name().unwrap().to_str().unwrap();
            if file.is_dir() {
                if !name.starts_with('.') && !["target", "node_modules", "data"].contains(&name) {
                    folders.push(file);
                }
            } else if file.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known)) {
                files.push(file);
            }
        }
    }
    files
}

fn modules() -> Vec<Module> {
    let source = root().join("src");
    let module = |file: PathBuf| {
        let place = file.strip_prefix(&source).unwrap().with_extension("");
        let mut path: Vec<_> = place.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        path.pop_if(|last| last == "mod");
        let text = fs::read_to_string(&file).unwrap();
        Module { file, path, text }
    };
    let mut modules: Vec<_> = files(source.clone(), &["rs"]).into_iter().map(module).collect();
    modules.sort_by(|one, other| one.path.cmp(&other.path));
    modules
}

/// The modules of the library and the executable, without the tests.
fn library() -> Vec<Module> {
    let mut modules = modules();
    modules.retain(|module| !["tests", "lib", "main"].contains(&module.path[0].as_str()));
    modules
}

impl Module {
    /// The paths that this file imports, from the root of the crate.
    fn imports(&self) -> Vec<Vec<String>> {
        let code: String = self.text.lines().map(|line| format!("{}\n", line.split("//").next().unwrap())).collect();
        let mut found = Vec::new();
        for start in ["crate::", "super::"].into_iter().flat_map(|start| starts_of(&code, start)) {
            let text = &code[start..];
            let end = end_of_tree(text);
            found.extend(leaves(&text[..end]).iter().map(|leaf| self.path_from_root(leaf)));
        }
        found
    }

    fn path_from_root(&self, leaf: &str) -> Vec<String> {
        let leaf = leaf.split(" as ").next().unwrap();
        let mut base = self.path.clone();
        let mut rest = Vec::new();
        for part in leaf.split("::").map(str::trim) {
            match part {
                "crate" => base.clear(),
                "super" => drop(base.pop()),
                part => rest.push(part.to_owned()),
            }
        }
        base.into_iter().chain(rest).collect()
    }
}

/// Returns the positions of a word that is not part of a longer path.
fn starts_of(code: &str, word: &str) -> Vec<usize> {
    let part_of_path = |before: &str| before.ends_with(|last: char| last.is_alphanumeric() || "_:$".contains(last));
    code.match_indices(word).map(|(at, _)| at).filter(|at| !part_of_path(&code[..*at])).collect()
}

/// Returns the length of the path or `use` tree at the start of a text.
fn end_of_tree(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' if text[..at].ends_with("::") || depth > 0 => depth += 1,
            '}' if depth > 1 => depth -= 1,
            '}' if depth == 1 => return at + 1,
            letter if depth > 0 || letter.is_alphanumeric() || "_:".contains(letter) => {}
            _ => return at,
        }
    }
    text.len()
}

/// Expands a `use` tree: `a::{b, c::{d, e}}` becomes `a::b`, `a::c::d` and `a::c::e`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((start, inside)) = tree.trim().split_once('{') else { return vec![tree.trim().to_owned()] };
    let inside = inside.trim_end().strip_suffix('}').unwrap();
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for letter in inside.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(letter);
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| leaves(part)).map(|leaf| format!("{start}{leaf}")).collect()
}

/// The imports between the children of one folder: importer, imported, and the importing file.
type Graph = BTreeMap<String, BTreeMap<String, String>>;

fn graph_of(folder: &[String], modules: &[Module]) -> Graph {
    let known: BTreeSet<&[String]> = modules.iter().map(|module| module.path.as_slice()).collect();
    let mut graph = Graph::new();
    for module in modules.iter().filter(|module| module.path.starts_with(folder) && module.path.len() > folder.len()) {
        let from = &module.path[folder.len()];
        for import in module.imports() {
            let child = import.get(..=folder.len()).filter(|path| path.starts_with(folder));
            let Some(child) = child.filter(|path| known.iter().any(|known| known.starts_with(path))) else { continue };
            let to = &child[folder.len()];
            if to != from {
                let place = format!("{} names {}", module.file.display(), import.join("::"));
                graph.entry(from.clone()).or_default().entry(to.clone()).or_insert(place);
            }
        }
    }
    graph
}

fn reaches(graph: &Graph, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(name) = next.pop() {
        for neighbour in graph.get(name).into_iter().flat_map(BTreeMap::keys) {
            if neighbour == to {
                return true;
            }
            if seen.insert(neighbour) {
                next.push(neighbour);
            }
        }
    }
    false
}

#[test]
fn imports_only_point_to_lower_layers() {
    let layer = |name: &str| LAYERS.iter().position(|names| names.contains(&name));
    let mut wrong = Vec::new();
    for (from, imports) in graph_of(&[], &library()) {
        let here = layer(&from).unwrap_or_else(|| panic!("src/{from} is in no layer"));
        wrong.extend(imports.into_iter().filter(|(to, _)| layer(to).is_none_or(|there| there >= here)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_folder_is_part_of_an_import_cycle() {
    let modules = library();
    let folders: BTreeSet<Vec<String>> =
        modules.iter().flat_map(|module| (0..module.path.len()).map(|length| module.path[..length].to_vec())).collect();
    let is_folder = |path: &[String]| folders.contains(path);
    let mut circles = Vec::new();
    for folder in &folders {
        let graph = graph_of(folder, &modules);
        for (from, imports) in &graph {
            // Files in the same folder may import each other; a folder may not be imported by what it imports.
            let folder_or_top =
                folder.is_empty() || is_folder(&[folder.as_slice(), std::slice::from_ref(from)].concat());
            let back = imports.iter().filter(|(to, _)| folder_or_top && reaches(&graph, to, from));
            circles.extend(back.map(|(to, place)| format!("{from} -> {to}: {place}")));
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

/// Any other module that used it would have to change for a real chain.
#[test]
fn only_simulate_imports_the_sandbox_chain() {
    let is_below = |path: &[String], folder: &str| path.join("::").starts_with(folder);
    let is_sandbox = |path: &[String]| is_below(path, "chain::sandbox") || is_below(path, "store::chain::sandbox");
    let may = |module: &Module| {
        ["chain", "store::chain", "service::simulate"].iter().any(|folder| is_below(&module.path, folder))
    };
    let modules = library();
    let others: Vec<_> = modules
        .iter()
        .filter(|module| !may(module))
        // A method of the store is called without an import.
        .filter(|module| {
            module.text.contains("sandbox_transfer") || module.imports().iter().any(|import| is_sandbox(import))
        })
        .map(|module| &module.file)
        .collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let files = files(root().to_owned(), &["rs", "css", "ts", "sh", "mjs", "py"]);
    let lines = |file: &PathBuf| fs::read_to_string(file).unwrap().lines().count();
    let long: Vec<_> = files.iter().filter(|file| lines(file) > 400).collect();
    assert!(long.is_empty(), "{long:#?}");
    assert!(files.iter().any(|file| file.ends_with("style/main.css")), "{files:#?}");
}

#[test]
fn cargo_features_are_used_in_lib_rs_only() {
    let elsewhere =
        |module: &&Module| !["lib", "main"].contains(&module.path[0].as_str()) && module.path != ["tests", "layers"];
    // Finds `cfg`, `cfg_attr` and `cfg!`, also with `not` or `all`.
    let chooses = |module: &&Module| ["feature = \"", "cfg(target_"].iter().any(|part| module.text.contains(part));
    let modules = modules();
    let chosen: Vec<_> = modules.iter().filter(elsewhere).filter(chooses).collect();
    assert!(chosen.is_empty(), "{:#?}", chosen.iter().map(|module| &module.file).collect::<Vec<_>>());
}

/// A use case takes only what it uses. Only the conversions into its parameters may name the whole server.
#[test]
fn no_use_case_takes_the_whole_server() {
    let conversion = ["state::Requite", "impl<'a> From<&'a Requite> for ", "fn from(requite: &'a Requite) -> Self"];
    let takes_it = |line: &&str| {
        let code = line.split("//").next().unwrap();
        code.contains("Requite") && !conversion.iter().any(|part| code.contains(part))
    };
    let modules = library();
    let services = modules.iter().filter(|module| module.path[0] == "service");
    let wrong: Vec<_> =
        services.flat_map(|module| module.text.lines().filter(takes_it).map(|line| (&module.file, line))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// proptest looks for the inputs that failed before beside the test's own path. After a move it would find none.
#[test]
fn inputs_that_failed_before_belong_to_a_test_file() {
    let folder = root().join("src/proptest-regressions");
    let found = files(folder.clone(), &["txt"]);
    assert!(!found.is_empty());
    for file in found {
        let test = root().join("src/tests").join(file.strip_prefix(&folder).unwrap()).with_extension("rs");
        assert!(test.exists(), "{} is read by no test", file.display());
    }
}

#[test]
fn import_paths_are_parsed_like_the_compiler_does() {
    let text = "use crate::{\n    domain::{money::Money, people::actor},\n    error::Error as Fault,\n};\nuse super::{Store, engine::Row}; // crate::no\nfn f() { crate::service::refunds::create(super::id) }\n";
    let module = Module {
        file: PathBuf::new(),
        path: ["store", "refunds", "steps"].map(str::to_owned).to_vec(),
        text: text.to_owned(),
    };
    let paths: Vec<String> = module.imports().iter().map(|path| path.join("::")).collect();
    let expected = [
        "domain::money::Money",
        "domain::people::actor",
        "error::Error",
        "service::refunds::create",
        "store::refunds::Store",
        "store::refunds::engine::Row",
        "store::refunds::id",
    ];
    assert_eq!(paths, expected);
}
