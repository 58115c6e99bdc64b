//! A place on the loopback interface: the port that was asked for, or one that is free.

use crate::cli::Failure;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};

/// The port that is tried first, so that a page left open finds the next preview again.
const FIRST: u16 = 8484;
/// How many are tried from there; after them, the system names one.
const TRIED: u16 = 16;

/// A listener, and the ports that were in use.
pub(super) struct BoundListener {
    pub(super) listener: TcpListener,
    pub(super) port: u16,
    pub(super) taken: Vec<u16>,
}

/// Binds the port that was asked for, and no other; or a free one.
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
            .hint("end what uses it, name another, or leave `--port` out to take one that is free"),
        ErrorKind::PermissionDenied => Failure::new(format!("port {port} may not be used"))
            .hint("name one from 1024 upwards, or leave `--port` out"),
        _ => Failure::new(format!("port {port} cannot be used: {error}"))
            .hint("name another, or leave `--port` out"),
    }
}
