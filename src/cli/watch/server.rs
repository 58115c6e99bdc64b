//! The server: serves a few names from memory, to this machine only.
//!
//! `answer` lists all names; no path of a request reaches the disk. [`Guard`] checks every request
//! first. Hyper reads and writes HTTP/1.1 with its own limits of time and size; axum would add half a
//! megabyte to route seven names.

use super::guard::Guard;
use super::site::Site;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::time;

/// Most connections at a time. An open page uses one or two.
const MOST_CONNECTIONS: usize = 64;
/// Longest time to receive the head of a request, and longest idle time of a connection.
const LONGEST_HEAD: Duration = Duration::from_secs(10);
/// Most bytes of a head.
const LARGEST_HEAD: usize = 16 * 1024;
/// The interval of the keep-alive events, by which a closed connection is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The state that is served, and notices of a new one.
pub(super) type SiteReceiver = watch::Receiver<Arc<Site>>;

/// Starts the server on a thread of its own.
pub(super) fn start(listener: std::net::TcpListener, sites: SiteReceiver) -> io::Result<()> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_io().enable_time().build()?;
    listener.set_nonblocking(true)?;
    let guard = Arc::new(Guard::new(listener.local_addr()?.port()));
    let listener = {
        let _entered = runtime.enter();
        TcpListener::from_std(listener)?
    };
    std::thread::spawn(move || runtime.block_on(accept(listener, guard, sites)));
    Ok(())
}

async fn accept(listener: TcpListener, guard: Arc<Guard>, sites: SiteReceiver) {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // No more files can be opened, for now.
            time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Beyond the limit, the connection is closed at once.
        if let Ok(permit) = room.clone().try_acquire_owned() {
            let (guard, sites) = (guard.clone(), sites.clone());
            tokio::spawn(async move {
                converse(stream, &guard, &sites).await;
                drop(permit);
            });
        }
    }
}

/// Serves a connection to its end. Errors are ignored.
async fn converse(stream: TcpStream, guard: &Guard, sites: &SiteReceiver) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let response = respond(&request, guard, sites);
        async { Ok::<_, Infallible>(response) }
    });
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_HEAD)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

fn respond<B>(request: &Request<B>, guard: &Guard, sites: &SiteReceiver) -> Response<ResponseBody> {
    let mut response = match guard.check(request) {
        Ok(()) => answer(request.uri().path(), sites),
        Err((status, why)) => refusal(status, why),
    };
    let status = response.status();
    let headers = response.headers_mut();
    for (name, value) in ON_ALL {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// Headers of every response: no caching, no sniffing, no framing by others, no referrer.
const ON_ALL: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// The policy of the shell: it may show the page and receive events.
const SHELL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; \
     connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";
/// The page has its own policy; `frame-ancestors` works only as a header.
const PAGE_POLICY: &str = "frame-ancestors 'self'";

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

fn answer(path: &str, sites: &SiteReceiver) -> Response<ResponseBody> {
    let text = |media_type, text: &'static str| {
        whole(
            media_type,
            SHELL_POLICY,
            Bytes::from_static(text.as_bytes()),
        )
    };
    let site = || sites.borrow().clone();
    match path {
        "/" => text(HTML, include_str!("shell.html")),
        "/preview.css" => text("text/css; charset=utf-8", include_str!("shell.css")),
        "/preview.js" => text("text/javascript; charset=utf-8", include_str!("shell.js")),
        "/events" => events(sites.clone()),
        "/diagnostics.json" => whole(JSON, PAGE_POLICY, site().diagnostics.clone()),
        _ => match path
            .strip_prefix('/')
            .and_then(|name| site().file(name).cloned())
        {
            Some(file) => whole(file.media_type, PAGE_POLICY, file.bytes),
            None => refusal(StatusCode::NOT_FOUND, "there is nothing here"),
        },
    }
}

fn whole(media_type: &'static str, policy: &'static str, bytes: Bytes) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::Whole(Some(bytes)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    response
}

fn refusal(status: StatusCode, why: &'static str) -> Response<ResponseBody> {
    let bytes = Bytes::from_static(why.as_bytes());
    let mut response = whole("text/plain; charset=utf-8", SHELL_POLICY, bytes);
    *response.status_mut() = status;
    response
}

/// Server-sent events: the state now, and then each new one.
fn events(sites: SiteReceiver) -> Response<ResponseBody> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(sites, sender));
    let mut response = whole("text/event-stream", PAGE_POLICY, Bytes::new());
    *response.body_mut() = ResponseBody::Events(receiver);
    response
}

/// Sends states until the connection closes. A slow page gets only the last one.
async fn tell(mut sites: SiteReceiver, page: mpsc::Sender<Bytes>) {
    let event = |site: &Site| Bytes::from(format!("retry: 500\ndata: {}\n\n", site.state));
    let mut told = event(&sites.borrow_and_update());
    while page.send(told).await.is_ok() {
        told = match time::timeout(HEARTBEAT, sites.changed()).await {
            Ok(Ok(())) => event(&sites.borrow_and_update()),
            Ok(Err(_)) => return,
            Err(_) => Bytes::from_static(b":\n\n"),
        };
    }
}

/// A body: complete, or sent in parts.
#[derive(Debug)]
enum ResponseBody {
    Whole(Option<Bytes>),
    Events(mpsc::Receiver<Bytes>),
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take()),
            Self::Events(events) => events.poll_recv(context),
        };
        next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |b| b.len() as u64))
            }
            Self::Events(_) => SizeHint::default(),
        }
    }
}
