//! The executable. Everything it does is in the library, so that tests reach it too.

#[tokio::main]
async fn main() -> std::process::ExitCode {
    requite::cli::run().await
}
