//! What the server logs.

use std::{
    io::Write,
    sync::{Arc, Mutex, Once},
};
use tracing::{Level, Subscriber};

/// Prints the warnings and errors of a failing test, since a worker logs errors and retries.
pub(super) fn tell_what_is_logged() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt().with_test_writer().with_max_level(Level::WARN).init();
    });
}

/// What is logged in a part of a test.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Writes into this log what is logged under it, up to this level.
    pub fn subscriber(&self, level: Level) -> impl Subscriber + Send + Sync + use<> {
        let log = self.clone();
        tracing_subscriber::fmt().with_max_level(level).with_writer(move || log.clone()).finish()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
