//! A document, and the blocks of code in it.
//!
//! A block in `sh` is run. A block in `json` or `text` right below it is what it answers. An invisible comment right above
//! it says more: `<!-- not run: why -->`, or `<!-- answers: 409 -->` where an error is what is meant to happen.

use super::shown::Shown;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// One document.
pub struct Document {
    /// Its path below the root.
    pub name: String,
    /// All of it.
    pub text: String,
    /// What it lets its reader run, in order.
    pub commands: Vec<Command>,
    /// Why blocks cannot be run, one reason for each.
    pub not_run: Vec<String>,
    /// What it lets its reader start the server with: the variables before `make run`.
    pub settings: BTreeMap<String, String>,
}

/// One block of commands.
pub struct Command {
    /// Where it is.
    pub line: usize,
    /// What is run.
    pub text: String,
    /// The HTTP errors that are meant.
    pub errors: Vec<u16>,
    /// What it answers, where the document shows it.
    pub shown: Option<Shown>,
}

struct Block {
    language: String,
    text: String,
    /// The lines of its fences.
    first: usize,
    last: usize,
    /// The comment right above it.
    remark: Option<String>,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document, the records of decisions too.
pub fn documents() -> Vec<Document> {
    let mut files: Vec<PathBuf> = ["", "docs", "docs/decisions"].into_iter().flat_map(markdown_in).collect();
    files.sort();
    assert!(files.len() > 20, "{files:?}");
    files.iter().map(|file| Document::read(file)).collect()
}

fn markdown_in(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

impl Document {
    fn read(file: &Path) -> Self {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(file).unwrap();
        let mut document = Self { name, text, commands: Vec::new(), not_run: Vec::new(), settings: BTreeMap::new() };
        let blocks = blocks(&document.text);
        for (index, block) in blocks.iter().enumerate() {
            let known = ["sh", "json", "text", "js", ""].contains(&block.language.as_str());
            assert!(known, "{}:{}: is '{}' to be run?", document.name, block.first, block.language);
            if block.language == "sh" {
                let next = blocks.get(index + 1).filter(|next| next.first == block.last + 1);
                document.add(block, next);
            }
        }
        document
    }

    fn add(&mut self, block: &Block, next: Option<&Block>) {
        let remark = block.remark.as_deref().and_then(|remark| remark.split_once(": "));
        if let Some(("not run", reason)) = remark {
            self.not_run.push(reason.to_owned());
            self.settings.extend(block.text.lines().flat_map(settings_of));
            return;
        }
        let errors = match remark {
            Some(("answers", statuses)) => statuses.split(", ").map(|status| status.parse().unwrap()).collect(),
            _ => Vec::new(),
        };
        let shown = next.and_then(|next| Shown::parse(&next.language, &next.text));
        self.commands.push(Command { line: block.first + 1, text: block.text.clone(), errors, shown });
    }
}

/// `REQUITE_MODE=sandbox make run` starts the server with a variable.
fn settings_of(line: &str) -> Vec<(String, String)> {
    let Some((before, _)) = line.split_once("make run") else { return Vec::new() };
    let assignments = before.split_whitespace().map(|word| word.split_once('=').unwrap());
    assignments.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut above = "";
    for (number, line) in (1..).zip(text.lines()) {
        match (&mut open, line.strip_prefix("```")) {
            (Some(block), Some("")) => {
                block.last = number;
                blocks.extend(open.take());
            }
            (Some(block), _) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, Some(language)) => {
                let remark = above.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
                let (language, remark) = (language.to_owned(), remark.map(str::to_owned));
                open = Some(Block { language, text: String::new(), first: number, last: number, remark });
            }
            (None, None) => {}
        }
        above = line;
    }
    assert!(open.is_none(), "a block has no end");
    blocks
}
