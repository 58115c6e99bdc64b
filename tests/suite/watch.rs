//! `utkast watch`: what an open page gets, and what a hostile one does not.

use crate::support::preview::Preview;
use crate::support::{Case, browser, copy, files_of, repository};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// A strategy whose challenge can be edited.
fn case() -> Case {
    Case::challenge("Ord en.")
}

/// Writes the challenge anew, into its place.
fn save(case: &Case, body: &str) {
    let text = format!("+++\ntitle = \"Drift\"\n+++\n\n{body}\n");
    let path = case.path("strategy/challenges/drift.md");
    fs::write(path, text).expect("there is room");
}

/// Puts a file into the place of another, as careful editors save.
fn exchange(case: &Case, body: &str) {
    let folder = case.path("strategy/challenges");
    let text = format!("+++\ntitle = \"Drift\"\n+++\n\n{body}\n");
    fs::write(folder.join("4913"), "").expect("there is room");
    fs::remove_file(folder.join("4913")).expect("it is there");
    fs::rename(folder.join("drift.md"), folder.join("drift.md~")).expect("it is there");
    fs::write(folder.join(".drift.new"), text).expect("there is room");
    fs::rename(folder.join(".drift.new"), folder.join("drift.md")).expect("it is there");
    fs::remove_file(folder.join("drift.md~")).expect("it is there");
}

/// Waits for what happens beside the preview.
#[track_caller]
fn eventually(is: impl Fn() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "it has not happened"
        );
        thread::sleep(Duration::from_millis(5));
    }
}

fn page(preview: &Preview) -> String {
    String::from_utf8(preview.get("/strategy.html").body).expect("it is text")
}

fn is_good(state: &Value) -> bool {
    state["errors"] == 0
}

#[test]
fn page_and_pdf_are_those_that_a_build_gives() {
    let case = Case::copy_of("strategy");
    let preview = Preview::of(&case, &["--port", "0", "-o", "seen"]);
    let built = case.utkast(&["build"]);
    assert_eq!(built.status, 0, "{}", built.err);
    for (name, media_type) in [
        ("strategy.html", "text/html"),
        ("strategy.pdf", "application/pdf"),
    ] {
        let answer = preview.get(&format!("/{name}"));
        assert_eq!(answer.status, 200);
        assert!(answer.head.contains(media_type), "{}", answer.head);
        let expected = fs::read(case.path("out").join(name)).expect("it was built");
        assert!(answer.body == expected, "`{name}` is another");
    }
    let report = case.utkast(&["check", "--format", "json"]).out;
    let served = preview.get("/diagnostics.json").body;
    assert_eq!(String::from_utf8(served).expect("it is text"), report);

    let state = preview.events().next();
    assert_eq!(
        (&state["language"], &state["version"]),
        (&json!("nb"), &json!("0.1"))
    );
}

#[test]
fn outputs_are_written_as_a_build_writes_them() {
    let case = case();
    let preview = Preview::of(&case, &["--port", "0", "-o", "seen"]);
    assert_eq!(case.utkast(&["build"]).status, 0);
    let built = files_of(&case.path("out"));
    assert_eq!(built.len(), 3);
    eventually(|| case.path("seen").exists() && files_of(&case.path("seen")) == built);
    save(&case, "Ord to.");
    eventually(|| files_of(&case.path("seen")) != built);
    drop(preview);
}

#[test]
fn every_save_makes_a_new_page_and_open_ones_hear_of_it() {
    let case = case();
    let preview = Preview::of(&case, &["--port", "0"]);
    let mut events = preview.events();
    let first = events.next();
    assert_eq!(first["page"]["name"], "strategy.html");
    assert!(page(&preview).contains("Ord en."));

    save(&case, "Ord to.");
    let second = events.next();
    assert_ne!(first["page"]["digest"], second["page"]["digest"]);
    assert!(page(&preview).contains("Ord to."));

    exchange(&case, "Ord tre.");
    let third = events.next();
    assert!(is_good(&third), "{third:#}");
    assert!(page(&preview).contains("Ord tre."));

    // The same words again are no news; what comes next is.
    save(&case, "Ord tre.");
    let folder = case.path("strategy/measures");
    fs::create_dir(&folder).expect("it is new");
    let measure = "+++\ntitle = \"Felles buss\"\n+++\n\nMot kysten.\n";
    fs::write(folder.join("buss.md"), measure).expect("there is room");
    events.until(|_| page(&preview).contains("Felles buss"));
    fs::remove_dir_all(&folder).expect("it is there");
    events.until(|state| state["page"] == third["page"]);
    assert!(!page(&preview).contains("Felles buss"));
}

#[test]
fn an_error_is_told_with_file_and_line_while_the_page_stays() {
    let case = case();
    let mut preview = Preview::of(&case, &["--port", "0"]);
    let mut events = preview.events();
    let first = events.next();
    assert_eq!(preview.get("/diagnostics.json").json(), json!([]));

    save(&case, "Se [økonomien](challenge/okonomi).");
    let broken = events.next();
    assert_eq!(
        (&broken["errors"], &broken["page"]),
        (&json!(1), &first["page"])
    );
    let told = &broken["diagnostics"][0];
    assert_eq!(told["file"], "strategy/challenges/drift.md");
    assert_eq!(told["start"]["line"], 5);
    let excerpt = &told["excerpt"];
    let line = ["before", "marked", "after"].map(|part| excerpt[part].as_str().unwrap_or_default());
    assert_eq!(line.concat(), "Se [økonomien](challenge/okonomi).");
    let report = preview.get("/diagnostics.json").json();
    assert_eq!(report[0]["start"]["line"], 5);
    assert!(
        page(&preview).contains("Ord en."),
        "the last good page stays"
    );
    preview.says("The page was not updated: 1 error.");
    assert!(
        preview.err.contains("strategy/challenges/drift.md:5:"),
        "{}",
        preview.err
    );

    save(&case, "Ord to.");
    assert!(is_good(&events.next()));
    assert_eq!(preview.get("/diagnostics.json").json(), json!([]));
    assert!(page(&preview).contains("Ord to."));
}

#[test]
fn it_begins_with_errors_and_without_a_page() {
    let case = case();
    let mended = fs::read_to_string(case.path("strategy/strategy.toml")).expect("it is there");
    let case = case.with("strategy.toml", "title = ");
    let mut preview = Preview::of(&case, &["--port", "0"]);
    assert!(
        preview.err.contains("There is no page yet: "),
        "{}",
        preview.err
    );
    assert_eq!(preview.get("/strategy.html").status, 404);
    let shell = preview.get("/");
    assert_eq!(shell.status, 200);
    let mut events = preview.events();
    let state = events.next();
    assert_eq!(
        (&state["page"], &state["diagnostics"][0]["start"]["line"]),
        (&Value::Null, &json!(1))
    );

    let case = case.with("strategy.toml", mended);
    assert!(is_good(&events.next()));
    assert!(page(&preview).contains("Ord en."));
    preview.says("Built strategy.html");
    drop(case);
}

#[test]
fn a_thousand_saves_make_few_builds_and_the_last_is_shown() {
    let case = case();
    let preview = Preview::of(&case, &["--port", "0"]);
    let mut events = preview.events();
    let first = events.next()["number"].as_u64().expect("it is a number");
    for n in 1..=1000 {
        match n % 2 {
            0 => save(&case, &format!("Lagring {n}.")),
            _ => exchange(&case, &format!("Lagring {n}.")),
        }
    }
    save(&case, "Ferdig.");
    let last = loop {
        let state = events.next();
        if page(&preview).contains("Ferdig.") {
            break state["number"].as_u64().expect("it is a number");
        }
    };
    assert!(last - first <= 100, "{} builds", last - first);
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed_again() {
    let case = case();
    let mut preview = Preview::of(&case, &["--port", "0"]);
    let mut events = preview.events();
    let first = events.next();
    copy(&case.path("strategy"), &case.path("kept"));
    fs::remove_dir_all(case.path("strategy")).expect("it is there");
    let gone = events.until(|state| {
        let message = state["diagnostics"][0]["message"]
            .as_str()
            .unwrap_or_default();
        message == "the folder `strategy` is gone"
    });
    assert_eq!(
        (&gone["errors"], &gone["page"]),
        (&json!(1), &first["page"])
    );
    assert_eq!(
        preview.get("/diagnostics.json").json()[0]["severity"],
        "error"
    );
    assert!(
        page(&preview).contains("Ord en."),
        "the last good page stays"
    );
    preview.says("error: the folder `strategy` is gone");

    fs::rename(case.path("kept"), case.path("strategy")).expect("the place is free");
    assert!(is_good(&events.until(is_good)));
    save(&case, "Ord to.");
    events.until(|_| page(&preview).contains("Ord to."));

    // Another folder in its place, without a moment in between that could be noticed.
    copy(&case.path("strategy"), &case.path("other"));
    fs::rename(case.path("strategy"), case.path("kept")).expect("the place is free");
    fs::rename(case.path("other"), case.path("strategy")).expect("the place is free");
    save(&case, "Ord tre.");
    events.until(|_| page(&preview).contains("Ord tre."));
}

#[test]
fn a_port_in_use_is_named_and_left_only_if_none_was_asked_for() {
    let case = case();
    let held = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = held.local_addr().expect("it has an address").port();
    let ran = case.utkast(&["watch", "--port", &port.to_string()]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err
            .starts_with(&format!("error: port {port} is in use\n")),
        "{}",
        ran.err
    );
    assert!(!case.path("out").exists(), "nothing was built");

    // It may be held by somebody else already.
    let held = TcpListener::bind("127.0.0.1:8484");
    let preview = Preview::of(&case, &[]);
    assert_ne!(preview.port, 8484);
    let words = format!("Port 8484 is in use; using port {}.", preview.port);
    assert!(preview.err.contains(&words), "{}", preview.err);
    assert_eq!(preview.get("/").status, 200);
    drop(held);
}

#[test]
fn what_cannot_be_watched_ends_with_2() {
    let case = case();
    for (args, words) in [
        (["nowhere", "-o", "out"], "there is no folder `nowhere`"),
        (["strategy/strategy.toml", "-o", "out"], "is a file"),
        (
            ["strategy", "-o", "strategy/out"],
            "is inside the folder of the strategy",
        ),
    ] {
        let ran = case.utkast(&[&["watch"][..], &args[..]].concat());
        assert_eq!(ran.status, 2, "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}

#[test]
fn a_folder_that_cannot_be_written_does_not_stop_the_preview() {
    let case = case();
    fs::write(case.path("out"), "a file").expect("there is room");
    let mut preview = Preview::of(&case, &["--port", "0"]);
    preview.says("cannot write to `out`");
    assert!(page(&preview).contains("Ord en."));
}

/// Names and values.
type Headers<'a> = &'a [(&'a str, &'a str)];

#[test]
fn hostile_pages_are_turned_away() {
    let case = case();
    let preview = Preview::of(&case, &["--port", "0"]);
    let host = format!("127.0.0.1:{}", preview.port);
    let local = format!("localhost:{}", preview.port);
    let own = format!("http://{host}");
    let paths = [
        "/",
        "/events",
        "/strategy.html",
        "/strategy.pdf",
        "/diagnostics.json",
    ];
    for path in paths {
        let evil: [(&str, Headers<'_>, u16); 7] = [
            ("GET", &[("Host", "evil.example")], 421),
            ("GET", &[("Host", "127.0.0.1")], 421),
            ("GET", &[], 421),
            (
                "GET",
                &[("Host", &host), ("Origin", "https://evil.example")],
                403,
            ),
            ("GET", &[("Host", &host), ("Origin", "null")], 403),
            (
                "GET",
                &[("Host", &host), ("Sec-Fetch-Site", "cross-site")],
                403,
            ),
            ("POST", &[("Host", &host), ("Content-Length", "0")], 405),
        ];
        for (method, headers, status) in evil {
            let answer = preview.ask(method, path, headers);
            assert_eq!(answer.status, status, "{method} {path} {headers:?}");
            let body = String::from_utf8_lossy(&answer.body);
            assert!(body.len() < 40, "it says nothing of the strategy: {body}");
        }
    }
    for headers in [
        vec![("Host", local.as_str())],
        vec![
            ("Host", &host),
            ("Origin", &own),
            ("Sec-Fetch-Site", "same-origin"),
        ],
    ] {
        assert_eq!(preview.ask("GET", "/strategy.html", &headers).status, 200);
    }
}

#[test]
fn there_are_no_files_but_the_outputs() {
    let case = case();
    let preview = Preview::of(&case, &["--port", "0"]);
    for path in [
        "/../strategy/strategy.toml",
        "/%2e%2e/strategy/strategy.toml",
        "/..%2fstrategy%2fstrategy.toml",
        "//etc/passwd",
        "/strategy",
        "/strategy/strategy.toml",
        "/out/strategy.html",
        "/build.json",
        "/strategy.internal.html",
        "/strategy.html/",
        "/strategy.html%00",
        "/favicon.ico",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    let host = format!("127.0.0.1:{}", preview.port);
    let head = preview.ask("HEAD", "/strategy.html?anew", &[("Host", &host)]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(preview.get("/strategy.html?anew").status, 200);
    for path in ["/", "/strategy.html", "/diagnostics.json", "/nothing"] {
        let head = preview.get(path).head;
        for header in [
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
            "referrer-policy: no-referrer",
            "frame-ancestors '",
        ] {
            assert!(head.contains(header), "{path}: {head}");
        }
    }
    // Nonsense, and a head without an end, are refused; then the server still answers.
    for text in [
        "\r\n\r\n\0\0",
        "GET\r\n\r\n",
        &format!("GET / HTTP/1.1\r\nA: {}", "a".repeat(100_000)),
    ] {
        let said = preview.send(text);
        let said = String::from_utf8_lossy(&said);
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn an_internal_preview_has_names_of_its_own() {
    let case = case();
    let preview = Preview::of(&case, &["--port", "0", "--audience", "internal"]);
    assert_eq!(preview.get("/strategy.html").status, 404);
    let answer = preview.get("/strategy.internal.html");
    assert_eq!(answer.status, 200);
    assert_eq!(
        preview.events().next()["page"]["name"],
        "strategy.internal.html"
    );
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_and_leaves_whole_outputs() {
    use std::os::unix::process::ExitStatusExt;

    let case = case();
    let mut preview = Preview::of(&case, &["--port", "0"]);
    let id = preview.id().to_string();
    eventually(|| case.path("out/build.json").exists());
    // Not the signal of Ctrl-C: shells let their background jobs ignore that one.
    let killed = Command::new("kill").args(["-TERM", &id]).status();
    assert!(killed.expect("there is `kill`").success());
    let ended = preview.ended();
    assert_eq!(ended.signal(), Some(15));
    let left = files_of(&case.path("out"));
    assert_eq!(case.utkast(&["build", "-o", "whole"]).status, 0);
    let whole = files_of(&case.path("whole"));
    let is_whole =
        |file: &(String, Vec<u8>)| whole.contains(file) || file.0.starts_with(".utkast-");
    assert!(left.iter().all(is_whole), "a file is there in part");
}

#[test]
fn an_open_page_follows_its_author() {
    let Some(walked) = browser::walk(&repository("strategy")) else {
        return;
    };
    let said = [walked.stdout, walked.stderr].concat();
    assert!(
        walked.status.success(),
        "{}",
        String::from_utf8_lossy(&said)
    );
}
