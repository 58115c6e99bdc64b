//! Rejects requests that do not come from the preview itself or from its address in the browser.
//!
//! The server listens on the loopback interface, but a hostile page in the same browser can send
//! requests to it. A request under a foreign name (DNS rebinding) is recognised by `Host`, a
//! cross-origin request by `Origin` and `Sec-Fetch-Site` (Fetch Metadata). The refusal reveals nothing
//! of the strategy.

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, Request, StatusCode};

/// How the origin of a request relates to this server.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// Whether the request opens a page or loads a part of one.
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
/// What the response is used for.
const DESTINATION: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// The host names that the preview accepts.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    hosts: Vec<String>,
}

/// The status of a refusal, and a short reason.
pub(super) type Refusal = (StatusCode, &'static str);

impl Guard {
    /// For a server at this port of the loopback interface.
    pub(super) fn new(port: u16) -> Self {
        let names = ["127.0.0.1", "localhost"];
        let mut hosts: Vec<_> = names.map(|name| format!("{name}:{port}")).into();
        // Browsers leave the usual port out.
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Self { hosts }
    }

    /// Whether a request may be answered.
    pub(super) fn check<B>(&self, request: &Request<B>) -> Result<(), Refusal> {
        let headers = request.headers();
        let authority = request.uri().authority().map(|a| a.as_str());
        if !self.is_host(headers) || authority.is_some_and(|host| !self.is_ours(host)) {
            return Err((StatusCode::MISDIRECTED_REQUEST, "unknown host"));
        }
        if !headers
            .get_all(ORIGIN)
            .iter()
            .all(|o| self.is_origin(o.as_bytes()))
        {
            return Err((StatusCode::FORBIDDEN, "not from another origin"));
        }
        if !is_from_here(headers) {
            return Err((StatusCode::FORBIDDEN, "not from another site"));
        }
        match *request.method() {
            Method::GET | Method::HEAD => Ok(()),
            _ => Err((StatusCode::METHOD_NOT_ALLOWED, "only to read")),
        }
    }

    fn is_host(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        host.is_some_and(|host| self.is_ours(host)) && hosts.next().is_none()
    }

    fn is_ours(&self, host: &str) -> bool {
        self.hosts
            .iter()
            .any(|ours| ours.eq_ignore_ascii_case(host))
    }

    fn is_origin(&self, origin: &[u8]) -> bool {
        let host = std::str::from_utf8(origin).ok();
        let host = host.and_then(|origin| origin.strip_prefix("http://"));
        host.is_some_and(|host| self.is_ours(host))
    }
}

/// Whether a request comes from a page of the preview or from the user; other programs than browsers
/// do not send the headers. A link on another site may open the preview as a page of its own.
fn is_from_here(headers: &HeaderMap) -> bool {
    let is = |name: &HeaderName, value: &str| headers.get(name).is_some_and(|v| v == value);
    match headers.contains_key(&SITE) {
        false => true,
        true => {
            is(&SITE, "same-origin")
                || is(&SITE, "none")
                || (is(&MODE, "navigate") && is(&DESTINATION, "document"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, target: &str, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(()).expect("it is well formed");
        match Guard::new(8484).check(&request) {
            Ok(()) => 200,
            Err((status, _)) => status.as_u16(),
        }
    }

    #[test]
    fn only_the_names_of_this_machine_are_known() {
        for host in ["127.0.0.1:8484", "localhost:8484", "LOCALHOST:8484"] {
            assert_eq!(asked("GET", "/", &[("host", host)]), 200, "{host}");
        }
        for host in [
            "evil.example:8484",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost.evil.example:8484",
            "127.0.0.1:8484.evil.example",
            "[::1]:8484",
            "",
        ] {
            assert_eq!(asked("GET", "/", &[("host", host)]), 421, "{host}");
        }
        let ours = ("host", "127.0.0.1:8484");
        assert_eq!(asked("GET", "/", &[]), 421);
        assert_eq!(asked("GET", "/", &[ours, ours]), 421);
        assert_eq!(asked("GET", "http://evil.example/", &[ours]), 421);
    }

    #[test]
    fn the_usual_port_need_not_be_said() {
        let request = Request::get("/").header("host", "localhost").body(());
        let request = request.expect("it is well formed");
        assert!(Guard::new(80).check(&request).is_ok());
        assert!(Guard::new(8484).check(&request).is_err());
    }

    #[test]
    fn other_origins_and_sites_are_turned_away() {
        let with = |more: &[(&str, &str)]| {
            let headers = [&[("host", "localhost:8484")], more].concat();
            asked("GET", "/events", &headers)
        };
        assert_eq!(with(&[("origin", "http://localhost:8484")]), 200);
        assert_eq!(with(&[("origin", "http://127.0.0.1:8484")]), 200);
        for origin in [
            "https://evil.example",
            "null",
            "https://localhost:8484",
            "http://localhost:3000",
        ] {
            assert_eq!(with(&[("origin", origin)]), 403, "{origin}");
        }
        for (site, status) in [
            ("same-origin", 200),
            ("none", 200),
            ("same-site", 403),
            ("cross-site", 403),
        ] {
            assert_eq!(with(&[("sec-fetch-site", site)]), status, "{site}");
        }
        let opened = |destination| {
            with(&[
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", destination),
            ])
        };
        assert_eq!(opened("document"), 200, "a link may lead here");
        assert_eq!(opened("iframe"), 403, "a frame of another page may not");
    }

    #[test]
    fn nothing_can_be_changed_from_outside() {
        for (method, status) in [("GET", 200), ("HEAD", 200), ("POST", 405), ("OPTIONS", 405)] {
            let host = ("host", "localhost:8484");
            assert_eq!(asked(method, "/", &[host]), status, "{method}");
        }
    }
}
