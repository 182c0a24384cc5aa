//! Server functions: what forms and islands send.
