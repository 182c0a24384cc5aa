//! How errors are written to the log.

use requite::{
    error::{Error, with_causes},
    store,
};

#[derive(Debug, thiserror::Error)]
#[error("the list cannot be read")]
struct Unreadable(#[source] store::Error);

#[test]
fn a_line_of_the_log_has_every_cause_once() {
    let io = std::io::Error::other("the disk is gone");
    let error = Error::fault(Unreadable(sqlx::Error::Io(io).into()));
    let line = with_causes(&error);
    assert!(line.starts_with("the list cannot be read: database: "), "{line}");
    assert_eq!(line.matches("the disk is gone").count(), 1, "{line}");
    assert_eq!(line.matches("the list cannot be read").count(), 1, "{line}");
}
