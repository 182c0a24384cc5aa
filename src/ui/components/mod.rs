//! The components of pages. They turn values into HTML and load nothing.

pub mod address;
pub mod amount;
pub mod bar_chart;
pub mod chips;
pub mod code_field;
pub mod columns;
pub mod command_palette;
pub mod copy;
pub mod countdown;
pub mod empty;
pub mod facts;
pub mod field;
pub mod icon;
pub mod list;
pub mod list_controls;
pub mod mark;
pub mod menu;
pub mod notice;
pub mod pagination;
pub mod personal;
pub mod qr;
pub mod saved_views;
pub mod status;
pub mod time;
pub mod typed_text;
pub mod verbatim;
