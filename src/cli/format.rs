//! Results as text or as JSON.

use super::{ExitStatus, Failure, Streams};
use crate::dom::Identity;
use crate::model::Release;
use clap::ValueEnum;
use serde_json::{Value, json};

/// How a command writes its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ResultFormat {
    /// For people
    Text,
    /// One object
    Json,
}

impl ResultFormat {
    /// Writes a failure as JSON too, so that whoever reads the result gets one object whatever
    /// happens. People read it from the other stream.
    pub(super) fn with_failure(
        self,
        ended: Result<ExitStatus, Failure>,
        streams: &mut Streams<'_>,
    ) -> Result<ExitStatus, Failure> {
        if let (Self::Json, Err(Failure { message, hint })) = (self, &ended) {
            write(
                &json!({ "error": { "message": message, "hint": hint } }),
                streams,
            )?;
        }
        ended
    }
}

/// Writes one object, with a line break at its end.
pub(super) fn write(value: &Value, streams: &mut Streams<'_>) -> Result<(), Failure> {
    streams.result(&format!("{value:#}\n"))
}

/// A frozen version in short; `utkast versions --format json` has the whole of it.
pub(super) fn version(release: &Release) -> Value {
    json!({
        "number": release.number.to_string(),
        "status": release.status.as_str(),
        "date": release.date.to_string(),
        "digest": release.digest,
    })
}

/// What an output says of itself; what it does not say is null.
pub(super) fn identity(identity: &Identity) -> Value {
    let fields = identity.fields().into_iter();
    let fields = fields.map(|(key, value)| {
        let value = Some(value).filter(|value| !value.is_empty());
        (key.to_owned(), json!(value))
    });
    Value::Object(fields.collect())
}
