//! `--format`: the forms of the registry by name, as `check` and `align` take it, and text or JSON for the small commands.

use crate::report::{FORMATS, Format};
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde::Serialize;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Text for people, JSON for programs.
#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Form {
    #[default]
    Text,
    Json,
}

/// Writes an answer as a line of JSON.
pub fn print_json(answer: &impl Serialize) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{}", serde_json::to_string(answer)?)?;
    Ok(())
}

/// Reads the name of one of the forms that can do something.
pub fn that_can(can: fn(&Format) -> bool) -> impl TypedValueParser<Value = &'static Format> {
    let forms = FORMATS.iter().filter(move |format| can(format));
    let names = forms.map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).map(|name| FORMATS.iter().find(|format| format.name == name).unwrap_or(&FORMATS[0]))
}

/// Hands standard output to `write`; what is not meant for a terminal goes out byte for byte.
///
/// A reader that has seen enough (`| head`) ends the output and nothing else: the exit code still says what was found.
pub fn print(format: &Format, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out: Box<dyn Write> = match format.is_for_terminals {
        true => Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))),
        false => Box::new(BufWriter::new(io::stdout().lock())),
    };
    match write(&mut *out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
