//! The documents are correct: their commands run as written and print what is shown, their links resolve, and the
//! settings page lists every setting.

mod chain;
mod design;
mod document;
mod first_refund;
mod links;
mod networks;
mod settings;
mod shell;
mod shown;

use document::{Document, documents};
use std::thread;

/// Number of command blocks that cannot be run here. A comment before each says why; adding one means raising this
/// number.
const NOT_RUN: usize = 13;

#[test]
fn commands_in_the_documents_run_as_written() {
    shell::require_programs();
    let documents = documents();
    let with_commands = || documents.iter().filter(|document| !document.commands.is_empty());
    let failures: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = with_commands().map(|document| scope.spawn(|| shell::run(document))).collect();
        runs.into_iter().flat_map(|run| run.join().unwrap()).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    let run: usize = with_commands().map(|document| document.commands.len()).sum();
    assert!(run > 30, "only {run} blocks were found");
    assert_eq!(documents.iter().map(|document| document.not_run.len()).sum::<usize>(), NOT_RUN);
}

#[test]
fn the_readme_and_the_map_stay_short() {
    for Document { name, text, .. } in documents() {
        let long = if matches!(name.as_str(), "README.md" | "ARCHITECTURE.md") { 200 } else { 400 };
        assert!(text.lines().count() <= long, "{name} has more than {long} lines");
    }
}

/// Code with the marks of a conflict does not compile, but a document with them reads on.
#[test]
fn no_document_has_marks_of_a_conflict() {
    for Document { name, text, .. } in documents() {
        let mark = text.lines().find(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "));
        assert_eq!(mark, None, "{name}");
    }
}
