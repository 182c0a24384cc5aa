//! The executable. Everything it does is in the library, so that tests reach it too.

fn main() {}
