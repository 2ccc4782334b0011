//! Tab-separated values: a Korean text, a tab, an English text; a backslash writes what would end the field.

use crate::exchange::stream::{Place, Rules, Stream};
use crate::exchange::{Error, Format, Give, Losses, Take};
use crate::memory::TranslationUnit;
use std::io::{self, BufRead, ErrorKind, Read, Write};

/// Tab-separated values.
pub const FORMAT: Format = Format { name: "tsv", endings: &["tsv", "tab"], about: "Korean, tab, English; a unit a line", read, write };

/// The first line that is written. A file that begins with it has its backslashes read back; in any other they are text.
const HEADER: &str = "source\ttarget";

fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut escapes = false;
    let mut stream = Stream::new(file, Rules::Text)?;
    let mut raw = String::new();
    for index in 0.. {
        raw.clear();
        if stream.read_line(&mut raw).map_err(|error| unreadable(error, stream.place()))? == 0 {
            break;
        }
        let line = raw.trim_end_matches(['\r', '\n']);
        if index == 0 && line == HEADER {
            escapes = true;
            continue;
        }
        if line.is_empty() {
            continue;
        }
        let Some((source, rest)) = line.split_once('\t') else {
            let reason = "expected a Korean text, a tab and an English text, found no tab".to_string();
            return Err(Error::Malformed { line: index + 1, column: 1, reason });
        };
        let target = rest.split('\t').next().unwrap_or("");
        let text = |field: &str| if escapes { unescaped(field) } else { field.to_string() };
        take(TranslationUnit::new(text(source), text(target)))?;
    }
    let mut losses = Losses::default();
    stream.note().into_iter().for_each(|note| losses.add(note, None));
    Ok(losses)
}

/// Bytes that are of no known encoding are a fault of the file, at a place in it.
fn unreadable(error: io::Error, place: Place) -> Error {
    match error.kind() {
        ErrorKind::InvalidData => Error::Malformed { line: place.line, column: place.column, reason: error.to_string() },
        _ => error.into(),
    }
}

fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
    writeln!(file, "{HEADER}")?;
    give(&mut |unit| Ok(writeln!(file, "{}\t{}", escaped(&unit.source), escaped(&unit.target))?))?;
    Ok(Losses::default())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (character, characters.clone().next()) {
            ('\\', Some(next @ ('t' | 'n' | 'r' | '\\'))) => {
                out.push(match next {
                    't' => '\t',
                    'n' => '\n',
                    'r' => '\r',
                    other => other,
                });
                characters.next();
            }
            _ => out.push(character),
        }
    }
    out
}
