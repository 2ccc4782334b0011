//! Tab-separated values: a Korean text, a tab, an English text; a backslash writes what would end the field.

use crate::exchange::columns::{Layout, cells, header};
use crate::exchange::stream::{Rules, Stream};
use crate::exchange::{Error, Format, Give, Losses, Take};
use std::borrow::Cow;
use std::io::{Read, Write};

/// Tab-separated values.
pub const FORMAT: Format = Format { name: "tsv", endings: &["tsv", "tab"], about: "Korean, tab, English; a unit a line", read, write };

/// What a file begins with that has been written here: its backslashes are read back; in any other they are text.
const HEADER: &str = "source\ttarget";

fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut stream = Stream::new(file, Rules::Text)?;
    let (mut layout, mut losses, mut escapes) = (Layout::default(), Losses::default(), false);
    let mut text = String::new();
    let mut number = 0;
    while stream.read_line(&mut text)? {
        number += 1;
        if number == 1
            && let Some(found) = Layout::of_header(&text.split('\t').collect::<Vec<_>>())
        {
            (layout, escapes) = (found, text.starts_with(HEADER));
            continue;
        }
        if text.is_empty() {
            continue;
        }
        if !text.contains('\t') {
            let reason = "expected a Korean text, a tab and an English text, found no tab".to_string();
            return Err(Error::Malformed { line: number, column: 1, reason });
        }
        let cells: Vec<Cow<str>> = text.split('\t').map(|cell| if escapes { unescaped(cell) } else { Cow::Borrowed(cell) }).collect();
        let unit = layout.unit(&cells, number, &mut losses);
        take(unit.map_err(|reason| Error::Malformed { line: number, column: 1, reason })?)?;
    }
    if let Some(note) = stream.note() {
        losses.add(note, None);
    }
    Ok(losses)
}

fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
    let mut losses = Losses::default();
    writeln!(file, "{}", header().collect::<Vec<_>>().join("\t"))?;
    give(&mut |unit| {
        let cells: Vec<String> = cells(&unit, &mut losses).iter().map(|cell| escaped(cell)).collect();
        Ok(writeln!(file, "{}", cells.join("\t").trim_end_matches('\t'))?)
    })?;
    Ok(losses)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
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
    Cow::Owned(out)
}
