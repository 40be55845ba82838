//! The preview server's socket, and the limits on what comes through it.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// First port tried.
const FIRST_PORT: u16 = 8000;

/// How many ports are tried from the first on.
const N_PORTS: u16 = 20;

/// Connections at a time; a browser has six, each of its tabs keeps one.
const MAX_CONNECTIONS: usize = 64;

/// Header lines of a request; browsers send some twenty.
const MAX_HEADERS: usize = 64;

/// Bytes of a request before its body.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// Bytes of an answer that wait for a slow reader.
const MAX_WAITING_BYTES: usize = 128 * 1024;

/// How long a request may take to arrive, and how long a connection may wait for the next.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// How long to wait when the system gives no connection: it may have no file handles left.
const PAUSE: Duration = Duration::from_millis(100);

const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n";

/// Listens on the port, or on the first free one.
pub(super) async fn listen(host: IpAddr, port: Option<u16>) -> io::Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::from((host, port)));
    if let Some(port) = port {
        return bind(port).await;
    }
    for port in FIRST_PORT..FIRST_PORT + N_PORTS {
        match bind(port).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            outcome => return outcome,
        }
    }
    bind(0).await
}

/// Answers whoever comes, within limits.
pub(super) async fn answer(listener: TcpListener, app: Router) {
    let free = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_headers(MAX_HEADERS).max_header_size(MAX_HEAD_BYTES);
    http.max_buf_size(MAX_WAITING_BYTES);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let Ok(place) = Arc::clone(&free).try_acquire_owned() else {
            turn_away(stream);
            continue;
        };
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app.clone()));
        tokio::spawn(async move {
            // What goes wrong with one connection is its own affair.
            let _ = connection.await;
            drop(place);
        });
    }
}

/// Says that there is no room, without waiting for anything.
fn turn_away(stream: TcpStream) {
    use std::io::Write as _;
    if let Ok(mut stream) = stream.into_std() {
        let _ = stream.write(FULL);
    }
}
