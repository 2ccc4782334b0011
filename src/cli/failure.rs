//! What a command that could not run leaves behind: one line on stderr and an exit code.

use anstyle::{AnsiColor, Style};
use anyhow::Error;
use std::io;
use std::process::ExitCode;

const RED: Style = AnsiColor::Red.on_default().bold();

/// Prints an error. A reader that has seen enough (`| head`) is none.
pub fn report(error: &Error) -> ExitCode {
    if is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    anstream::eprintln!("{RED}error:{RED:#} {}", line(error));
    ExitCode::from(2)
}

/// The error and its causes, except for those whose words stand in it already.
fn line(error: &Error) -> String {
    let mut line = error.to_string();
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
