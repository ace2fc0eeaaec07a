//! Reading JSON so that a fault names the field and never the value.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::document::DocumentFault;

/// Deeper nesting than any document of ours.
const DEEPEST: usize = 16;

/// Reads bytes into `T`, refusing doubled keys wherever they stand.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DocumentFault> {
    of_value(value(bytes)?, "")
}

/// Reads bytes as any JSON without doubled keys.
pub(crate) fn value(bytes: &[u8]) -> Result<Value, DocumentFault> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize::<_, Once>(&mut reader);
    let Once(value) = read.map_err(|error| {
        let at = (error.inner().line(), error.inner().column());
        let code = if error.inner().is_data() { kind_of(error.inner()) } else { "not-json" };
        DocumentFault { field: path(error.path()), code, at: Some(at) }
    })?;
    reader.end().map_err(|error| DocumentFault {
        field: String::new(),
        code: "not-json",
        at: Some((error.line(), error.column())),
    })?;
    if depth(&value) > DEEPEST {
        return Err(DocumentFault { field: String::new(), code: "too-deep", at: None });
    }
    Ok(value)
}

/// Reads a value into `T`; `root` is where in the document it stands.
pub(crate) fn of_value<T: DeserializeOwned>(value: Value, root: &str) -> Result<T, DocumentFault> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = path(error.path());
        let joint = if root.is_empty() || inner.is_empty() { "" } else { "." };
        DocumentFault { field: format!("{root}{joint}{inner}"), code: kind_of(error.inner()), at: None }
    })
}

/// Which rule refused. serde says it in a sentence that may quote the value; only the sentence's beginning is looked at.
fn kind_of(error: &serde_json::Error) -> &'static str {
    let sentence = error.to_string();
    let kinds = [
        ("unknown field", "unknown-key"),
        ("doubled key", "doubled-key"),
        ("duplicate field", "doubled-key"),
        ("missing field", "missing-key"),
        ("empty", "empty"),
        ("too-long", "too-long"),
        ("control-character", "control-character"),
        ("invalid type", "wrong-type"),
        ("unknown variant", "unknown-word"),
    ];
    kinds.iter().find(|(start, _)| sentence.starts_with(start)).map_or("wrong-value", |(_, code)| code)
}

/// The path of a fault. A segment that is no key of a format of ours could be somebody's words, and is not repeated.
fn path(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let known = |key: &str| key.len() <= 40 && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let segments = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(format!("[{index}]")),
        Segment::Map { key } if known(key) => Some(format!(".{key}")),
        _ => None,
    });
    let text: String = segments.collect();
    text.strip_prefix('.').map_or(text.clone(), str::to_owned)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Any JSON value in which no key stands twice.
struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any).map(Self)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Once(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some((key, Once(value))) = entries.next_entry::<String, Once>()? {
            if fields.insert(key, value).is_some() {
                return Err(A::Error::custom("doubled key"));
            }
        }
        Ok(Value::Object(fields))
    }
}
