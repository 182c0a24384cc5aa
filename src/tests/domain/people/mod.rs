//! Second factors and API keys.

mod api_key;
mod second_factor;
