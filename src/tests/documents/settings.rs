//! The settings page lists every setting with its default, under the headings of the help.

use super::document::{Document, documents};
use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

/// The default of a setting that has none, or whose default depends on something else.
const NO_DEFAULT: &str = "";

/// A heading and a default.
type Setting = (String, String);

/// Returns every variable with its heading and its default, as the command line's help shows them.
fn from_help() -> BTreeMap<String, Setting> {
    let help = Command::new(env!("CARGO_BIN_EXE_requite")).args(["serve", "--help"]).env_clear().output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let mut variables = BTreeMap::new();
    let mut heading = "";
    // Each option begins with its name and ends where the next begins, or a heading.
    for option in help.split("\n      --") {
        let inside =
            |mark: &str| option.split_once(mark).and_then(|(_, rest)| rest.split_once(']')).map(|(text, _)| text);
        if let Some(variable) = inside("[env: ") {
            let (name, _) = variable.split_once('=').unwrap_or((variable, ""));
            let default = inside("[default: ").unwrap_or(NO_DEFAULT).to_owned();
            variables.insert(name.to_owned(), (heading.to_owned(), default));
        }
        let next = option.lines().rfind(|line| line.ends_with(':') && !line.starts_with(' '));
        heading = next.map_or(heading, |next| next.trim_end_matches(':'));
    }
    variables
}

/// Returns the same from the settings page, where each table row has one or two variables.
fn from_page(page: &Document) -> BTreeMap<String, Setting> {
    let (mut variables, mut heading) = (BTreeMap::new(), "");
    for row in page.text.lines() {
        heading = row.strip_prefix("## ").unwrap_or(heading);
        if !row.starts_with("| `") {
            continue;
        }
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let code = |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
        let (names, defaults) = (code(cells[0]), code(cells[1]));
        for (at, name) in names.iter().enumerate() {
            let default = defaults.get(at).cloned().unwrap_or_else(|| NO_DEFAULT.to_owned());
            assert!(variables.insert(name.clone(), (heading.to_owned(), default)).is_none(), "{name} twice");
        }
    }
    variables
}

#[test]
fn the_settings_page_lists_every_setting_with_its_default() {
    let page = documents().into_iter().find(|document| document.name == "docs/settings.md").unwrap();
    let (mut from_page, mut from_help) = (from_page(&page), from_help());
    assert!(from_help.len() > 25, "{from_help:?}");
    // Their defaults depend on the mode.
    for variable in ["REQUITE_CHAIN", "REQUITE_RATES"] {
        assert_eq!(from_page.remove(variable).unwrap().1, "sandbox");
        assert_eq!(from_help.remove(variable).unwrap().1, NO_DEFAULT);
    }
    // The default of a switch is off, which the help does not print.
    for (_, default) in from_page.values_mut().filter(|(_, default)| default == "false") {
        default.clear();
    }
    assert_eq!(from_page, from_help);
}

/// The commands of the list in the documents, each without `requite`.
fn listed_commands() -> BTreeSet<String> {
    let page = documents().into_iter().find(|document| document.name == "docs/operations.md").unwrap();
    // In the list, the description is two spaces or more behind the command.
    let command = |line: &'_ str| Some(line.strip_prefix("requite ")?.split_once("  ")?.0.to_owned());
    page.text.lines().filter_map(command).collect()
}

fn help_of(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_requite")).args(command).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What a command's help lists under `Commands:`, without the help itself. Nothing if it has no commands of its own.
fn commands_of(command: &[&str]) -> Vec<String> {
    let help = help_of(command);
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| line.is_empty() || line.starts_with(' '));
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_listed_command_prints_help() {
    for command in listed_commands() {
        let help = help_of(&command.split(' ').collect::<Vec<_>>());
        assert!(help.contains(&format!("Usage: requite {command}")), "{command}: {help}");
    }
}

#[test]
fn every_command_is_listed() {
    let mut commands = BTreeSet::new();
    for group in commands_of(&[]) {
        let own = commands_of(&[group.as_str()]);
        if own.is_empty() {
            commands.insert(group);
        } else {
            commands.extend(own.into_iter().map(|name| format!("{group} {name}")));
        }
    }
    assert!(commands.len() > 40, "{commands:?}");
    assert_eq!(listed_commands(), commands);
}
