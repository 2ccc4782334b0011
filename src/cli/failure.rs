//! What a command that could not run leaves behind: one line on stderr and an exit code.

use anstyle::{AnsiColor, Style};
use anyhow::Error;
use std::io::{self, Write};
use std::process::ExitCode;

const RED: Style = AnsiColor::Red.on_default().bold();

/// Prints an error. A reader that has seen enough (`| head`) is none.
pub fn report(error: &Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    // Where stderr is closed as well, the exit code alone has to say it.
    let _ = writeln!(anstream::stderr(), "{RED}error:{RED:#} {}", line(error));
    ExitCode::from(2)
}

/// The error and its causes, except for those whose words stand in it already.
fn line(error: &Error) -> String {
    // Every other file is named by the error it gives.
    let is_output = error.chain().next().is_some_and(|cause| cause.is::<io::Error>() || cause.is::<serde_json::Error>());
    let mut line = match is_output {
        true => format!("standard output: expected to write, found {error}; make room, or send the output elsewhere"),
        false => error.to_string(),
    };
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !line.contains(&cause) {
            line = format!("{line}: {cause}");
        }
    }
    line
}

fn is_closed_pipe(error: &Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let of_json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        kind.or(of_json) == Some(io::ErrorKind::BrokenPipe)
    })
}
