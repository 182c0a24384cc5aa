//! Shared code of pages and forms: sessions, cookies, notices, forms, list queries, paths and embedded files.

pub mod client_address;
pub mod cookies;
pub mod days;
pub mod embedded_files;
pub mod entity_tag;
pub mod form_query;
pub mod forms;
pub mod language;
pub mod list_columns;
pub mod list_query;
pub mod lists;
pub mod notice;
pub mod page_index;
pub mod paths;
pub mod payment_progress;
pub mod periods;
pub mod refund_progress;
pub mod refused_request;
pub mod saved_views;
pub mod search;
pub mod search_results;
pub mod session;
pub mod shown_once;
pub mod theme;
pub mod time;
pub mod zone;
