//! The executable. All its code is in the library, so that tests can call it.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    requite::cli::run().await
}
