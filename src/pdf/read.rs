//! Placeholder
use super::Error;
/// x
#[derive(Debug, Clone)] pub struct Bookmark;
/// x
#[derive(Debug, Clone)] pub enum Kid {}
/// x
#[derive(Debug, Clone)] pub struct ReadBack;
/// x
#[derive(Debug, Clone)] pub struct StructureNode;
/// x
/// # Errors
/// none
pub fn read(_: &[u8]) -> Result<ReadBack, Error> { Ok(ReadBack) }
