//! The rules. Pure: no async, no I/O, no clock; compiled for the server and for the browser.
