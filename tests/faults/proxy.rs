//! A way to an endpoint that fails as it is told.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time,
};

/// What happens to each connection.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It breaks off after so many bytes of what is sent.
    CutRequest(usize),
    /// It breaks off after so many bytes of what is answered.
    CutAnswer(usize),
    /// All is sent, and nothing of the answer comes.
    ResetAfterCommit,
    /// All is sent twice.
    Duplicate,
    /// A page that says 200, of somebody else.
    LoginPage,
    /// Each way takes so many milliseconds longer.
    Delay(u64),
    /// A kilobyte a second.
    Slow,
    /// Nobody listens.
    Refuse,
}

const LOGIN: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 27\r\nConnection: close\r\n\r\n<h1>Welcome to our Wi-Fi</h1";

/// A way to an endpoint that fails as it is told.
pub(crate) struct Proxy {
    address: SocketAddr,
    fault: Arc<Mutex<Fault>>,
}

impl Proxy {
    pub(crate) async fn start(url: &str) -> Self {
        let endpoint: SocketAddr = url.strip_prefix("http://").unwrap().parse().unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let fault = Arc::new(Mutex::new(Fault::None));
        let now = Arc::clone(&fault);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let fault = *now.lock().unwrap();
                // What breaks off is the fault itself.
                tokio::spawn(async move { drop(pass(stream, endpoint, fault).await) });
            }
        });
        Self { address, fault }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What happens to connections from now on.
    pub(crate) fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }
}

async fn pass(mut near: TcpStream, endpoint: SocketAddr, fault: Fault) -> std::io::Result<()> {
    match fault {
        Fault::Refuse => return reset(near),
        Fault::LoginPage => {
            let mut some = [0; 4096];
            return if near.read(&mut some).await? == 0 { Ok(()) } else { near.write_all(LOGIN).await };
        }
        _ => {}
    }
    let mut far = TcpStream::connect(endpoint).await?;
    let (mut sent, mut answered) = (Vec::new(), 0);
    let (mut up, mut down) = ([0; 1024], [0; 1024]);
    loop {
        tokio::select! {
            read = near.read(&mut up) => {
                let read = read?;
                if read == 0 {
                    break;
                }
                wait(fault, read).await;
                let passed = match fault {
                    Fault::CutRequest(at) => read.min(at.saturating_sub(sent.len())),
                    _ => read,
                };
                far.write_all(&up[..passed]).await?;
                sent.extend_from_slice(&up[..passed]);
                if passed < read {
                    return reset(near);
                }
            }
            read = far.read(&mut down) => {
                let read = read?;
                if read == 0 {
                    break;
                }
                wait(fault, read).await;
                let passed = match fault {
                    Fault::ResetAfterCommit => 0,
                    Fault::CutAnswer(at) => read.min(at.saturating_sub(answered)),
                    _ => read,
                };
                near.write_all(&down[..passed]).await?;
                answered += passed;
                if passed < read {
                    return reset(near);
                }
            }
        }
    }
    if let Fault::Duplicate = fault {
        let mut again = TcpStream::connect(endpoint).await?;
        again.write_all(&sent).await?;
        again.shutdown().await?;
        again.read_to_end(&mut Vec::new()).await?;
    }
    Ok(())
}

async fn wait(fault: Fault, bytes: usize) {
    match fault {
        Fault::Delay(milliseconds) => time::sleep(Duration::from_millis(milliseconds)).await,
        Fault::Slow => time::sleep(Duration::from_millis(bytes as u64)).await,
        _ => {}
    }
}

/// Breaks off without a farewell.
fn reset(stream: TcpStream) -> std::io::Result<()> {
    stream.set_zero_linger()
}
