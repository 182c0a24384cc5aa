//! The real executable as a server.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Starts `requite serve`, or a command that runs it, on a free port. Returns the process and the server's URL once it
/// accepts connections.
pub fn serve(command: &mut Command) -> (Child, String) {
    command.env("REQUITE_ADDR", "127.0.0.1:0").stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Requite is at ").unwrap_or_else(|| panic!("{line:?}"));
    let address = address.to_owned();
    (child, address)
}

/// Sends a whole request to a server and returns the whole response. `None` if the connection breaks.
pub async fn send(url: &str, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    Some(answer)
}
