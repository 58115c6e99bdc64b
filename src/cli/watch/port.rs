//! Binds a port of the loopback interface.

use crate::cli::Failure;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};

/// The port that is tried first. A page that stays open then finds the next preview.
const FIRST: u16 = 8484;
/// How many ports are tried before the system chooses one.
const TRIED: u16 = 16;

/// A listener, and the ports that were in use.
pub(super) struct BoundListener {
    pub(super) listener: TcpListener,
    pub(super) port: u16,
    pub(super) taken: Vec<u16>,
}

/// Binds the given port, or a free one if none is given.
pub(super) fn bind(asked: Option<u16>) -> Result<BoundListener, Failure> {
    match asked {
        Some(port) => at(port)
            .and_then(|l| bound(l, Vec::new()))
            .map_err(|error| refused(port, &error)),
        None => first_free()
            .map_err(|error| Failure::new(format!("cannot listen on 127.0.0.1: {error}"))),
    }
}

fn first_free() -> io::Result<BoundListener> {
    let mut taken = Vec::new();
    for port in FIRST..FIRST + TRIED {
        match at(port) {
            Ok(listener) => return bound(listener, taken),
            Err(error) if error.kind() == ErrorKind::AddrInUse => taken.push(port),
            // Systems keep ranges for themselves.
            Err(_) => {}
        }
    }
    bound(at(0)?, taken)
}

fn at(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn bound(listener: TcpListener, taken: Vec<u16>) -> io::Result<BoundListener> {
    let port = listener.local_addr()?.port();
    Ok(BoundListener {
        listener,
        port,
        taken,
    })
}

fn refused(port: u16, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AddrInUse => Failure::new(format!("port {port} is in use"))
            .hint("stop the program that uses it, choose another port, or leave out `--port`"),
        ErrorKind::PermissionDenied => Failure::new(format!("port {port} may not be used"))
            .hint("choose a port from 1024 upwards, or leave out `--port`"),
        _ => Failure::new(format!("port {port} cannot be used: {error}"))
            .hint("choose another port, or leave out `--port`"),
    }
}
