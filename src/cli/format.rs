//! The result of a command as text or as JSON.

use super::{ExitStatus, Failure, Streams};
use crate::dom::Identity;
use crate::model::Release;
use clap::ValueEnum;
use serde_json::{Value, json};

/// The format of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ResultFormat {
    /// Text
    Text,
    /// JSON, one object
    Json,
}

impl ResultFormat {
    /// Also writes a failure as JSON, so that a script always reads one object. The text of the
    /// failure goes to standard error in both formats.
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

/// A summary of a frozen version; `utkast versions --format json` prints all of it.
pub(super) fn version(release: &Release) -> Value {
    json!({
        "number": release.number.to_string(),
        "status": release.status.as_str(),
        "date": release.date.to_string(),
        "digest": release.digest,
    })
}

/// The identity in an output; missing values are null.
pub(super) fn identity(identity: &Identity) -> Value {
    let fields = identity.fields().into_iter();
    let fields = fields.map(|(key, value)| {
        let value = Some(value).filter(|value| !value.is_empty());
        (key.to_owned(), json!(value))
    });
    Value::Object(fields.collect())
}
