//! The types and closed lists that a schema requires.

use serde_json::Value;
use toml::de::DeValue;

fn type_of(schema: &Value) -> Option<&str> {
    schema.get("type").and_then(Value::as_str)
}

/// The type that a schema requires, in terms of TOML; for a table, its required keys.
pub(super) fn wanted(schema: &Value) -> Option<String> {
    let name = article(type_of(schema)?);
    let required = schema.get("required").and_then(Value::as_array);
    let keys = required.into_iter().flatten().filter_map(Value::as_str);
    let keys: Vec<_> = keys.map(|key| format!("{key} = …")).collect();
    Some(match keys.is_empty() {
        true => name.to_owned(),
        false => format!("{name} `{{ {} }}`", keys.join(", ")),
    })
}

/// A type's name with its article, in the words of TOML.
pub(super) fn article(type_name: &str) -> &'static str {
    match type_name {
        "string" => "a text in quotation marks",
        "integer" => "a whole number",
        "float" | "number" => "a number",
        "boolean" => "`true` or `false`",
        "datetime" => "a date",
        "array" => "a list in `[ ]`",
        _ => "a table",
    }
}

/// Whether a value has the type that a schema asks for. A TOML date passes for a string: editors
/// that read the schema show it as one.
pub(super) fn accepts(schema: &Value, value: &DeValue<'_>) -> bool {
    match type_of(schema) {
        Some("string") => value.is_str() || value.is_datetime(),
        Some("integer") => value.is_integer(),
        Some("number") => value.is_integer() || value.is_float(),
        Some("boolean") => value.is_bool(),
        Some("array") => value.is_array(),
        Some("object") => value.is_table(),
        _ => true,
    }
}

/// The words of a closed list: `enum`, or `oneOf` with a `const` each where they are described.
pub(super) fn allowed_words(schema: &Value) -> Option<Vec<&str>> {
    let words = |key: &str| schema.get(key).and_then(Value::as_array);
    if let Some(all) = words("enum") {
        return Some(all.iter().filter_map(Value::as_str).collect());
    }
    let each = words("oneOf")?.iter();
    let lists = each.flat_map(|one| match one.get("const") {
        Some(word) => vec![word],
        None => one
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .collect(),
    });
    Some(lists.filter_map(Value::as_str).collect())
}
