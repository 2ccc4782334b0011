//! Comma-separated values: a header, a unit a row; quoted as spreadsheets do it.

use crate::exchange::columns::{Layout, cells, header};
use crate::exchange::stream::{Rules, Stream};
use crate::exchange::{Error, Format, Give, Losses, Take};
use csv::{ErrorKind, ReaderBuilder, StringRecord, WriterBuilder};
use std::borrow::Cow;
use std::io::{self, BufRead, Read, Write};

/// Comma-separated values.
pub const FORMAT: Format =
    Format { name: "csv", endings: &["csv"], about: "comma-separated values with a header; a unit a row", read, write };

/// Bytes of one row.
const MOST_BYTES: usize = 16 * 1024 * 1024;

fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut stream = Stream::new(file, Rules::Text)?;
    let delimiter = delimiter(stream.fill_buf().map_err(|error| at(1, error))?);
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(stream);
    let (mut layout, mut losses, mut record) = (Layout::default(), Losses::default(), StringRecord::new());
    let mut is_first = true;
    loop {
        reader.get_mut().allow(MOST_BYTES);
        let line = reader.position().line() as usize;
        if !reader.read_record(&mut record).map_err(|error| translated(line, error))? {
            break;
        }
        let row: Vec<&str> = record.iter().collect();
        if std::mem::take(&mut is_first)
            && let Some(found) = Layout::of_header(&row)
        {
            layout = found;
            continue;
        }
        let row: Vec<Cow<str>> = row.into_iter().map(Cow::Borrowed).collect();
        let unit = layout.unit(&row, line, &mut losses).map_err(|reason| Error::Malformed { line, column: 1, reason })?;
        take(unit)?;
    }
    if let Some(note) = reader.get_ref().note() {
        losses.add(note, None);
    }
    Ok(losses)
}

/// What stands between cells: of comma, semicolon and tab the one that the first line has most of.
fn delimiter(start: &[u8]) -> u8 {
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

fn at(line: usize, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidData => Error::Malformed { line, column: 1, reason: error.to_string() },
        _ => Error::System(error),
    }
}

fn translated(line: usize, error: csv::Error) -> Error {
    let reason = error.to_string();
    match error.into_kind() {
        ErrorKind::Io(error) => at(line, error),
        _ => Error::Malformed { line, column: 1, reason },
    }
}

fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
    let mut writer = WriterBuilder::new().from_writer(file);
    let mut losses = Losses::default();
    writer.write_record(header()).map_err(|error| translated(1, error))?;
    give(&mut |unit| {
        let cells = cells(&unit, &mut losses);
        writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(|error| translated(1, error))
    })?;
    writer.flush()?;
    Ok(losses)
}
