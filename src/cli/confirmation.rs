//! The question before a command that cannot be undone.

use super::error::Error;
use clap::Args;
use std::io::{IsTerminal, Write, stderr, stdin};

#[derive(Debug, Args)]
pub struct Confirmation {
    /// Do not ask.
    #[arg(long)]
    yes: bool,
}

/// Asks on a terminal. Without one, '--yes' is needed.
pub fn confirm(confirmation: &Confirmation, question: &str) -> Result<(), Error> {
    if confirmation.yes {
        return Ok(());
    }
    if !stdin().is_terminal() {
        return Err(Error::NotConfirmed);
    }
    eprint!("{question} [y/N] ");
    stderr().flush().map_err(Error::Terminal)?;
    let mut answer = String::new();
    stdin().read_line(&mut answer).map_err(Error::Terminal)?;
    if matches!(answer.trim(), "y" | "Y" | "yes") { Ok(()) } else { Err(Error::NotConfirmed) }
}
