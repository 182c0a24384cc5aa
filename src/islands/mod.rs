//! The parts of a page that come alive in the browser.
