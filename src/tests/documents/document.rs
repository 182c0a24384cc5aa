//! Parses a document and its blocks of code.
//!
//! A block in `sh` is run. A block in `json` or `text` directly after it is the expected output. An HTML comment
//! directly before it says more: `<!-- not run: why -->`, or `<!-- answers: 409 -->` where an error is expected.

use super::shown::Shown;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

pub struct Document {
    /// Path relative to the root.
    pub name: String,
    pub text: String,
    /// The blocks that are run, in order.
    pub commands: Vec<Command>,
    /// For each block that cannot be run, the reason.
    pub not_run: Vec<String>,
    /// Environment variables that the document sets before `make run`.
    pub settings: BTreeMap<String, String>,
    /// Whether it says to run `make chain`.
    pub has_chain: bool,
}

pub struct Command {
    /// Place in the document, for failure messages.
    pub line: usize,
    pub text: String,
    /// Expected HTTP error statuses.
    pub errors: Vec<u16>,
    /// The output that the document shows, if any.
    pub shown: Option<Shown>,
}

struct Block {
    language: String,
    text: String,
    /// Lines between its fences.
    first: usize,
    last: usize,
    /// The HTML comment directly before it.
    remark: Option<String>,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document, including the decision records.
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
        let mut document =
            Self { name, text, commands: Vec::new(), not_run: Vec::new(), settings: BTreeMap::new(), has_chain: false };
        let blocks = blocks(&document.text);
        for (index, block) in blocks.iter().enumerate() {
            let known = ["sh", "json", "text", "js", "toml", "ini", ""].contains(&block.language.as_str());
            assert!(known, "{}:{}: is '{}' to be run?", document.name, block.first, block.language);
            if block.language == "sh" {
                let next = blocks.get(index + 1).filter(|next| next.first == block.last + 1);
                document.add(block, next);
            }
        }
        document
    }

    /// The text of the first block in a language that has this part.
    pub fn block(&self, language: &str, part: &str) -> String {
        let found =
            blocks(&self.text).into_iter().find(|block| block.language == language && block.text.contains(part));
        found.unwrap_or_else(|| panic!("{} has no {language} with {part}", self.name)).text
    }

    fn add(&mut self, block: &Block, next: Option<&Block>) {
        let remark = block.remark.as_deref().and_then(|remark| remark.split_once(": "));
        if let Some(("not run", reason)) = remark {
            self.not_run.push(reason.to_owned());
            self.settings.extend(block.text.lines().flat_map(settings_of));
            self.has_chain |= block.text.lines().any(|line| line.starts_with("make chain"));
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
