//! The interactive parts of pages. No island contains another one, and each is plain HTML that works without
//! JavaScript.

pub mod address_field;
pub mod amount_field;
pub mod copy_button;
pub mod early_input;
pub mod hydrated;
pub mod live_parts;
pub mod local_time;
pub mod palette;
pub mod passed_texts;
pub mod pay_status;
pub mod payments;
pub mod quote_countdown;
pub mod refund_progress;
pub mod submit_button;
pub mod timer;
