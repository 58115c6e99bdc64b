//! A running `utkast watch`, and a browser of a few lines to ask it.

use super::Case;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything takes; nothing waits so long unless it has failed.
const LONGEST: Duration = Duration::from_secs(60);

/// The program, until this is dropped.
pub(crate) struct Preview {
    child: Child,
    said: Receiver<String>,
    /// All that it has said until now.
    pub(crate) err: String,
    pub(crate) port: u16,
}

impl Preview {
    /// Starts it beside the strategy's folder, and waits until it has said where the page is.
    pub(crate) fn of(case: &Case, args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utkast"));
        command.current_dir(case.path("")).arg("watch").args(args);
        command.env_remove("SOURCE_DATE_EPOCH");
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let err = BufReader::new(child.stderr.take().expect("it is piped"));
        let (sender, said) = channel();
        thread::spawn(move || {
            for line in err.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut preview = Self {
            child,
            said,
            err: String::new(),
            port: 0,
        };
        let line = preview.says("http://127.0.0.1:");
        let (_, rest) = line.split_once("http://127.0.0.1:").expect("it was found");
        let port = rest.split('/').next().and_then(|port| port.parse().ok());
        preview.port = port.expect("it names the port");
        preview
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().expect("it was not waited for")
    }

    /// Waits for a line with these words.
    #[track_caller]
    pub(crate) fn says(&mut self, words: &str) -> String {
        loop {
            let Ok(line) = self.said.recv_timeout(LONGEST) else {
                panic!("it was to say `{words}`, and said only:\n{}", self.err);
            };
            self.err.push_str(&line);
            self.err.push('\n');
            if line.contains(words) {
                return line;
            }
        }
    }

    /// An answer to a request as a browser makes it for the user.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        self.ask("GET", path, &[("Host", &host)])
    }

    /// An answer to a request with just these headers.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        Answer::read(&self.send(&(head + "\r\n")))
    }

    /// What comes back for some bytes, until the server closes the connection.
    pub(crate) fn send(&self, text: &str) -> Vec<u8> {
        let mut stream = self.connect();
        // A refusal may come before all is read; what has arrived counts.
        let _ = stream.write_all(text.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        bytes
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let limit = stream.set_read_timeout(Some(LONGEST));
        limit.expect("the limit is not zero");
        stream
    }

    /// What an open page hears from now on; first, how things are.
    pub(crate) fn events(&self) -> Events {
        let mut stream = self.connect();
        let head = format!(
            "GET /events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
            self.port
        );
        stream.write_all(head.as_bytes()).expect("it listens");
        Events(BufReader::new(stream))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer of the server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("{:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Self {
            status: status.expect("an answer begins with its status"),
            head,
            body: bytes[end + 4..].to_vec(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("it is JSON")
    }
}

/// The events of an open page.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// The next state.
    #[track_caller]
    pub(crate) fn next(&mut self) -> Value {
        let start = Instant::now();
        loop {
            assert!(start.elapsed() < LONGEST, "nothing but heartbeats");
            let mut line = String::new();
            let read = self.0.read_line(&mut line).expect("an event comes in time");
            assert!(read > 0, "the stream has ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("it is JSON");
            }
        }
    }

    /// The first state that is as it should be.
    #[track_caller]
    pub(crate) fn until(&mut self, is: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let state = self.next();
            if is(&state) {
                return state;
            }
            assert!(start.elapsed() < LONGEST, "only {state:#}");
        }
    }
}
