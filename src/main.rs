//! The executable. All its code is in the library, so that tests can call it.

#[tokio::main]
async fn main() -> std::process::ExitCode {
    requite::cli::run().await
}
