//! JSON Lines: a unit a line with all that is known of it, for programs.

use crate::exchange::language::normal;
use crate::exchange::stream::{Rules, Stream};
use crate::exchange::{Error, Format, Give, Losses, Take, date, tmx};
use crate::memory::{Details, Status, TranslationUnit};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// JSON Lines.
pub const FORMAT: Format =
    Format { name: "jsonl", endings: &["jsonl", "ndjson"], about: "JSON Lines; a unit a line, nothing lost", read, write };

/// A unit as a line.
#[derive(Serialize, Deserialize)]
struct Line {
    source: String,
    target: String,
    #[serde(default = "korean")]
    source_language: String,
    #[serde(default = "english")]
    target_language: String,
    #[serde(default)]
    status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    context: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    details: Option<Box<Details>>,
}

fn korean() -> String {
    "ko".into()
}

fn english() -> String {
    "en".into()
}

fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut stream = Stream::new(file, Rules::Text)?;
    let (mut losses, mut text, mut number) = (Losses::default(), String::new(), 0);
    while stream.read_line(&mut text)? {
        number += 1;
        if text.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&text).map_err(|error| Error::Malformed {
            line: number,
            column: text.get(..error.column().min(text.len())).map_or(error.column(), |before| before.chars().count()),
            reason: format!("expected a JSON object with \"source\" and \"target\": {error}"),
        })?;
        take(line.unit(number, &mut losses))?;
    }
    Ok(losses)
}

impl Line {
    fn unit(self, number: usize, losses: &mut Losses) -> TranslationUnit {
        let mut at = |text: Option<String>| {
            let seconds = text.as_deref().map(date::parse);
            if seconds == Some(None) {
                losses.add("dates that are none", Some(number));
            }
            seconds.flatten()
        };
        let mut unit = TranslationUnit {
            created: at(self.created),
            changed: at(self.changed),
            source_language: normal(&self.source_language),
            target_language: normal(&self.target_language),
            status: self.status,
            key: self.key,
            context: self.context,
            details: self.details.filter(|details| !details.is_empty()),
            ..TranslationUnit::new(self.source, self.target)
        };
        if tmx::drop_wrong_inline(&mut unit) {
            losses.add("inline mark-up that is none", Some(number));
        }
        unit
    }
}

fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
    give(&mut |unit| {
        let line = Line {
            source_language: unit.source_language.into_owned(),
            target_language: unit.target_language.into_owned(),
            status: unit.status,
            key: unit.key,
            created: unit.created.map(date::readable),
            changed: unit.changed.map(date::readable),
            context: unit.context,
            details: unit.details.filter(|details| !details.is_empty()),
            source: unit.source,
            target: unit.target,
        };
        serde_json::to_writer(&mut *file, &line).map_err(std::io::Error::from)?;
        Ok(file.write_all(b"\n")?)
    })?;
    Ok(Losses::default())
}
