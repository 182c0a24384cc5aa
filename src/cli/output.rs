//! What commands print. A reader may end early, as `| head` does: the command then goes on without it, and ends with its
//! usual exit code.

use std::{
    fmt::Arguments,
    io::{ErrorKind, Write, stdout},
};

/// Prints a line to standard output.
macro_rules! outln {
    () => { $crate::cli::output::write(format_args!("\n")) };
    ($($text:tt)*) => { $crate::cli::output::write(format_args!("{}\n", format_args!($($text)*))) };
}

/// Prints to standard output.
macro_rules! out {
    ($($text:tt)*) => { $crate::cli::output::write(format_args!($($text)*)) };
}

/// Writes to standard output. If that fails for another reason than a reader that has ended, as on a full disk, the
/// process ends: what it was asked for is not complete.
pub fn write(text: Arguments<'_>) {
    match stdout().write_fmt(text) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        Err(error) => {
            eprintln!("requite: standard output cannot be written: {error}");
            std::process::exit(1);
        }
    }
}
