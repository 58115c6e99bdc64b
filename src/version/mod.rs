//! Versions: what makes one, how it is frozen, and how it is proved.
//!
//! A build is of a [`State`]: as the sources say, as they would be with another status, or as a
//! version was frozen. [`settle`] brings the strategy into it. Everything here is text and bytes;
//! the disk and the pipeline are for others.

mod manifest;
pub mod seal;
mod settle;

pub use manifest::{Head, digest_of};
pub use settle::{Stamp, State, settle};
