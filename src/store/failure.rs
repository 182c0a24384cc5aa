//! What a failure of the database means: whether it is away, and whether a failed commit changed anything.

use sqlx::{
    Error,
    error::{DatabaseError, ErrorKind},
    postgres::PgDatabaseError,
    sqlite::SqliteError,
};

/// Whether the database does not answer or cannot work at the moment, for example because its disk is full. The fault is
/// not in the statement, so the same statement may succeed later.
pub fn is_unavailable(error: &Error) -> bool {
    match error {
        Error::Io(_)
        | Error::Tls(_)
        | Error::Protocol(_)
        | Error::PoolTimedOut
        | Error::PoolClosed
        | Error::WorkerCrashed
        | Error::BeginFailed => true,
        Error::Database(error) => is_condition_of_server(error.as_ref()),
        _ => false,
    }
}

fn is_condition_of_server(error: &dyn DatabaseError) -> bool {
    if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
        // Connection exception, insufficient resources, operator intervention, system error (appendix A of PostgreSQL's
        // manual); and a server that has become read-only.
        return ["08", "53", "57", "58"].iter().any(|class| error.code().starts_with(class)) || error.code() == "25006";
    }
    // BUSY, NOMEM, READONLY, IOERR, FULL, CANTOPEN.
    primary_code(error).is_some_and(|code| matches!(code, 5 | 7 | 8 | 10 | 13 | 14))
}

/// Whether the content of a SQLite database contradicts itself, or its file is none.
pub fn is_malformed(error: &Error) -> bool {
    // CORRUPT and NOTADB.
    matches!(error, Error::Database(error) if primary_code(error.as_ref()).is_some_and(|code| matches!(code, 11 | 26)))
}

/// Whether what a statement would have stored violates a constraint.
pub fn is_constraint(error: &Error) -> bool {
    use ErrorKind::{CheckViolation, ExclusionViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation};
    let Error::Database(error) = error else { return false };
    matches!(
        error.kind(),
        UniqueViolation | ForeignKeyViolation | NotNullViolation | CheckViolation | ExclusionViolation
    )
}

/// Whether a commit that failed with this error has certainly changed nothing. Without a response nobody knows.
pub fn was_rolled_back(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
        // Violated constraints and conflicts of serialization are found before the commit is written.
        return error.code().starts_with("23") || (error.code().starts_with("40") && error.code() != "40003");
    }
    // BUSY, FULL and CONSTRAINT: SQLite reports them before the last frame of the commit is written. An I/O error may come
    // from the flush after it.
    primary_code(error.as_ref()).is_some_and(|code| matches!(code, 5 | 13 | 19))
}

/// SQLite's code without the details (<https://sqlite.org/rescode.html>, section 4).
fn primary_code(error: &dyn DatabaseError) -> Option<i32> {
    let error = error.try_downcast_ref::<SqliteError>()?;
    Some(error.code()?.parse::<i32>().ok()? & 0xff)
}
