//! The shape of a front matter: keys in order, each with its line and its value.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_saphyr::Spanned;

/// A value as written, with its line.
pub(super) type Written = Spanned<Option<String>>;

/// What a key may have.
pub(super) enum Value {
    Scalar(Written),
    Map(Vec<(Spanned<String>, Written)>),
    Unknown,
}

/// The keys of the front matter in order, each with its value.
pub(super) struct Entries(pub(super) Vec<(Spanned<String>, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("settings, each as “name: value”")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries, M::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    let value = match key.value.as_str() {
                        "title" | "started_by" | "addressed_to" | "language" | "translation" | "goal"
                        | "minimum_age" | "erased_by" => Value::Scalar(map.next_value()?),
                        "milestones" | "choices" | "fields" => {
                            Value::Map(map.next_value::<Option<Pairs>>()?.unwrap_or_default().0)
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            Value::Unknown
                        }
                    };
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// A map below a key: names and texts in order.
#[derive(Default)]
struct Pairs(Vec<(Spanned<String>, Written)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("indented lines, each as “name: value”")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Names)
    }
}
