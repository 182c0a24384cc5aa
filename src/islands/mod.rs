//! The parts of a page that come alive in the browser. Each is a leaf: without JavaScript it is plain HTML that works.

pub mod address_field;
pub mod amount_field;
pub mod copy_button;
pub mod early_input;
pub mod hydrated;
pub mod local_time;
pub mod pay_status;
pub mod quote_countdown;
pub mod refund_progress;
pub mod submit_button;
pub mod timer;
