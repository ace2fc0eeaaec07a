//! What a person answered, kept apart from what nobody asked.

use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// An answer: unknown ≠ refused ≠ not asked ≠ "no" (which is a given answer).
///
/// On the wire an absent key was not asked; `{"unanswered":"unknown"}` and `{"unanswered":"refused"}` stand on any field.
/// Fields of this type carry `#[serde(default, skip_serializing_if = "Answer::is_not_asked")]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer<T> {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// Asked; the person does not know.
    Unknown,
    /// Asked; the person does not want to say.
    Refused,
    /// Asked and answered.
    Given(T),
}

impl<T> Answer<T> {
    /// Whether the key stays off the wire.
    pub fn is_not_asked(&self) -> bool {
        matches!(self, Self::NotAsked)
    }

    /// The value, where one was given.
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            _ => None,
        }
    }

    /// The same answer about a borrowed value.
    pub fn as_ref(&self) -> Answer<&T> {
        match self {
            Self::NotAsked => Answer::NotAsked,
            Self::Unknown => Answer::Unknown,
            Self::Refused => Answer::Refused,
            Self::Given(value) => Answer::Given(value),
        }
    }

    /// The same answer with its value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::NotAsked => Answer::NotAsked,
            Self::Unknown => Answer::Unknown,
            Self::Refused => Answer::Refused,
            Self::Given(value) => Answer::Given(change(value)),
        }
    }
}

impl<T> Answer<Vec<T>> {
    /// The values given; none when unanswered.
    pub fn items(&self) -> &[T] {
        self.given().map_or(&[], Vec::as_slice)
    }
}

impl<T: validator::Validate> validator::Validate for Answer<T> {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        self.given().map_or(Ok(()), validator::Validate::validate)
    }
}

impl<T> validator::ValidateLength<u64> for Answer<Vec<T>> {
    fn length(&self) -> Option<u64> {
        self.given().map(|items| u64::try_from(items.len()).unwrap_or(u64::MAX))
    }
}

impl<T: Serialize> Serialize for Answer<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let word = match self {
            Self::Given(value) => return value.serialize(out),
            Self::NotAsked => return out.serialize_none(),
            Self::Unknown => "unknown",
            Self::Refused => "refused",
        };
        let mut map = out.serialize_map(Some(1))?;
        map.serialize_entry("unanswered", word)?;
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Answer<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Reader(PhantomData))
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
    type Value = Answer<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an answer")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Given)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Given)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Given)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Given)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Given)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(seq)).map(Answer::Given)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let first: Option<String> = map.next_key()?;
        if first.as_deref() != Some("unanswered") {
            return T::deserialize(MapAccessDeserializer::new(Resumed { first, map })).map(Answer::Given);
        }
        let answer = match map.next_value()? {
            Unanswered::Unknown => Answer::Unknown,
            Unanswered::Refused => Answer::Refused,
        };
        match map.next_key::<de::IgnoredAny>()? {
            None => Ok(answer),
            Some(_) => Err(de::Error::custom("nothing stands beside `unanswered`")),
        }
    }
}

#[derive(serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Unanswered {
    Unknown,
    Refused,
}

/// A map whose first key was already looked at.
struct Resumed<A> {
    first: Option<String>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Resumed<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(key) => seed.deserialize(key.into_deserializer()).map(Some),
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

impl<T: JsonSchema> JsonSchema for Answer<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Answer_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        let word = generator.subschema_for::<Unanswered>();
        json_schema!({"anyOf": [value, {
            "type": "object", "properties": {"unanswered": word}, "required": ["unanswered"], "additionalProperties": false
        }]})
    }
}
