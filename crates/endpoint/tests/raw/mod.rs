//! Bare connections: clients that no library would make.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Whoever waits longer than this waits for nothing.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// A connection on which these bytes were sent.
pub(crate) async fn send(url: &str, bytes: impl AsRef<[u8]>) -> TcpStream {
    let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(bytes.as_ref()).await.unwrap();
    stream
}

/// The head of a request with a body.
pub(crate) fn head(method: &str, path: &str, length: usize) -> String {
    format!("{method} {path} HTTP/1.1\r\nhost: endpoint\r\ncontent-length: {length}\r\n\r\n")
}

/// All that is answered until the other side closes.
pub(crate) async fn until_closed(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    timeout(DEADLINE, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
    String::from_utf8(answer).unwrap()
}

/// What is answered until the other side closes is this problem; gives its head.
#[track_caller]
pub(crate) fn check_problem(answer: &str, status: u16, code: &str) -> String {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
    assert!(head.contains("content-type: application/problem+json"), "{head}");
    let problem: wire::ProblemDetails = serde_json::from_str(body).unwrap();
    assert_eq!((problem.code.as_str(), problem.status), (code, status), "{body}");
    head.to_owned()
}
