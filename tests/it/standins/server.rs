//! A small HTTP server on a free port of this machine. It keeps each request as it came, asks a
//! handler for the answer, and gives it, be it badly.
//!
//! It lives on threads of its own, so that tests without a runtime and tests that wait for another
//! process can use it alike. Dropping it ends its connections.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use bytes::Bytes;
use hookscope::domain::attempt::Response;
use hookscope::domain::headers::Headers;
use hookscope::domain::http::{Request, Version};
use hookscope::domain::url::Url;
use http::StatusCode;
use serde_json::Value;

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Answers; the length of the body is added.
    Whole(Response),
    /// Answers 200 with a body of so many spaces.
    Long(u64),
    /// Writes these bytes and closes; none at all is a connection that ends without an answer.
    Raw(Vec<u8>),
    /// Leaves the other side waiting for as long as it likes.
    Never,
}

impl Answer {
    pub(crate) fn new(status: u16, fields: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let status = StatusCode::from_u16(status).expect("a test names a status of HTTP");
        let headers = Headers::from_pairs(fields.iter().copied());
        Self::Whole(Response { status, headers, body: body.into() })
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, &[("Content-Type", "application/json")], body.to_string())
    }

    pub(crate) fn html(status: u16) -> Self {
        let page = "<html><body><h1>Something went wrong</h1></body></html>";
        Self::new(status, &[("Content-Type", "text/html; charset=utf-8")], page)
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::new(302, &[("Location", to)], "")
    }

    /// The same answer with further header fields.
    pub(crate) fn with(self, fields: &[(&str, &str)]) -> Self {
        match self {
            Self::Whole(mut response) => {
                let more = Headers::from_pairs(fields.iter().copied());
                response.headers = response.headers.with(more.iter().cloned().collect());
                Self::Whole(response)
            }
            other => other,
        }
    }
}

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    requests: Mutex<Vec<Request>>,
    connections: Mutex<Vec<TcpStream>>,
    stopped: AtomicBool,
}

impl Server {
    pub(crate) fn start(handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let shared = Arc::<Shared>::default();
        let accepted = shared.clone();
        thread::spawn(move || accept(&listener, &accepted, &Arc::new(handler)));
        Self { address, shared }
    }

    /// Where it is, without a final slash.
    pub(crate) fn url(&self) -> Url {
        Url::parse(&format!("http://{}", self.address)).expect("a socket's address is an address")
    }

    /// Every request so far, as it came.
    pub(crate) fn requests(&self) -> Vec<Request> {
        locked(&self.shared.requests).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        for connection in locked(&self.shared.connections).drain(..) {
            let _ = connection.shutdown(Shutdown::Both);
        }
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
    }
}

/// What a mutex guards. A thread that panicked while it held it has failed a test already.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Handler = dyn Fn(&Request) -> Answer + Send + Sync;

fn accept<H>(listener: &TcpListener, shared: &Arc<Shared>, handler: &Arc<H>)
where
    H: Fn(&Request) -> Answer + Send + Sync + 'static,
{
    for stream in listener.incoming().map_while(Result::ok) {
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(handle) = stream.try_clone() else { return };
        locked(&shared.connections).push(handle);
        let (shared, handler) = (shared.clone(), handler.clone());
        thread::spawn(move || {
            // The other side may leave when it likes.
            let _ = serve(&stream, &shared, &*handler);
            let _ = stream.shutdown(Shutdown::Both);
        });
    }
}

/// Answers the requests of a connection until one side has enough.
fn serve(stream: &TcpStream, shared: &Shared, handler: &Handler) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        locked(&shared.requests).push(request.clone());
        match handler(&request) {
            Answer::Whole(response) => write(stream, &response)?,
            Answer::Long(length) => return write_long(stream, length),
            Answer::Raw(bytes) => return (&mut &*stream).write_all(&bytes),
            Answer::Never => {
                io::copy(&mut reader, &mut io::sink())?;
                return Ok(());
            }
        }
        if request.headers.text("connection").is_some_and(|word| word.eq_ignore_ascii_case("close"))
        {
            return Ok(());
        }
    }
    Ok(())
}

/// The next request, none at the end. A body has to be announced by its length.
fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let request_line = line(reader)?;
    let mut words = request_line.splitn(3, ' ');
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next())
    else {
        return Ok(None);
    };
    let mut fields = Vec::new();
    loop {
        let line = line(reader)?;
        let Some((name, value)) = line.split_once(':') else { break };
        fields.push((name.to_owned(), value.trim().to_owned()));
    }
    let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let headers = Headers::from_pairs(pairs);
    let length = headers.text("content-length").and_then(|length| length.parse().ok());
    if length.is_none() && headers.first("transfer-encoding").is_some() {
        return Err(io::Error::other("a chunked request, which no call of ours is"));
    }
    let mut body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut body)?;
    Ok(Some(Request {
        method: method.parse().map_err(io::Error::other)?,
        target: target.to_owned(),
        version: Version::from_name(version),
        headers,
        body: body.into(),
    }))
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}

fn write(mut stream: &TcpStream, response: &Response) -> io::Result<()> {
    let Response { status, headers, body } = response;
    let mut bytes = format!("HTTP/1.1 {status}\r\n").into_bytes();
    bytes.extend(headers.to_block());
    bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
    bytes.extend_from_slice(body);
    stream.write_all(&bytes)
}

fn write_long(mut stream: &TcpStream, length: u64) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n")?;
    io::copy(&mut io::repeat(b' ').take(length), &mut stream)?;
    Ok(())
}
