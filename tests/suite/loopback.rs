//! A server on this machine that plays scripted answers and keeps a log; what the network tests talk to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What the server does with a request.
pub(crate) enum Reply {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Says nothing for a while, then sends them.
    Late(Duration, Vec<u8>),
    /// Sends a body without end.
    Endless,
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// `HEAD`.
    pub(crate) method: String,
    /// `/plan?year=1`
    pub(crate) path: String,
    /// All header lines.
    pub(crate) headers: String,
    /// When it came.
    pub(crate) at: Instant,
}

/// A server that lives as long as the test binary.
#[derive(Clone)]
pub(crate) struct Loopback {
    pub(crate) port: u16,
    log: Arc<Mutex<Vec<Request>>>,
    n_accepted: Arc<AtomicUsize>,
    /// Requests in flight now, and at most so far.
    in_flight: Arc<(AtomicUsize, AtomicUsize)>,
}

impl Loopback {
    /// Plays `script`, which is given each request and how many came before it to the same path.
    pub(crate) fn start(script: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Loopback {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let server = Loopback { port, log: Arc::default(), n_accepted: Arc::default(), in_flight: Arc::default() };
        let (own, script) = (server.clone(), Arc::new(script));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                own.n_accepted.fetch_add(1, Ordering::SeqCst);
                let (own, script) = (own.clone(), Arc::clone(&script));
                // A client that breaks off ends the connection, not the test.
                thread::spawn(move || own.answer(stream, script.as_ref()));
            }
        });
        server
    }

    fn answer(&self, mut stream: TcpStream, script: &dyn Fn(&Request, usize) -> Reply) -> Option<()> {
        let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
        let first = lines.next()?.ok()?;
        let at = Instant::now();
        let headers: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
        let mut words = first.split(' ').map(str::to_owned);
        let request = Request { method: words.next()?, path: words.next()?, headers: headers.join("\n"), at };
        let n_now = self.in_flight.0.fetch_add(1, Ordering::SeqCst) + 1;
        self.in_flight.1.fetch_max(n_now, Ordering::SeqCst);
        let n_before = {
            let mut log = self.log.lock().expect("no test panics with it");
            let n_before = log.iter().filter(|earlier| earlier.path == request.path).count();
            log.push(request.clone());
            n_before
        };
        let reply = script(&request, n_before);
        let bytes = match reply {
            Reply::Bytes(bytes) => bytes,
            Reply::Late(wait, bytes) => {
                thread::sleep(wait);
                bytes
            }
            Reply::Endless => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                while stream.write_all(&[b'x'; 16 * 1024]).is_ok() {}
                Vec::new()
            }
        };
        self.in_flight.0.fetch_sub(1, Ordering::SeqCst);
        stream.write_all(&bytes).ok()
    }

    /// An address on the server, by its number.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The requests so far, in order.
    pub(crate) fn log(&self) -> Vec<Request> {
        self.log.lock().expect("no test panics with it").clone()
    }

    /// `HEAD /a`, in order.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.log().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    /// Connections so far.
    pub(crate) fn n_accepted(&self) -> usize {
        self.n_accepted.load(Ordering::SeqCst)
    }

    /// Requests in flight now.
    pub(crate) fn n_in_flight(&self) -> usize {
        self.in_flight.0.load(Ordering::SeqCst)
    }

    /// The most requests that were in flight at once.
    pub(crate) fn n_at_once(&self) -> usize {
        self.in_flight.1.load(Ordering::SeqCst)
    }
}

/// A whole answer with a body; `headers` end with a line break each.
pub(crate) fn reply(status: u16, headers: &str, body: &[u8]) -> Reply {
    Reply::Bytes(bytes(status, headers, body))
}

/// The bytes of a whole answer.
pub(crate) fn bytes(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}
