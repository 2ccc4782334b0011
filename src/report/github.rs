//! Annotations that GitHub shows beside the lines of a pull request: workflow commands, one a finding.

use super::markup::visible;
use super::place::{self, Lines};
use super::{Checked, Format};
use crate::check::{Finding, Severity};
use std::io::{self, Write};

/// Workflow commands of GitHub.
pub const FORMAT: Format =
    Format { name: "github", about: "annotations in a GitHub workflow", is_for_terminals: false, check: Some(check), align: None };

fn check(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    for finding in checked.findings {
        annotation(checked, finding, out)?;
    }
    Ok(())
}

fn annotation(checked: &Checked, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let document = place::document(checked.examination, finding.place);
    let (start, end) = Lines::new(&document.text).range(finding.span);
    let command = match finding.severity {
        Severity::Critical => "error",
        Severity::Major => "warning",
        Severity::Minor => "notice",
    };
    write!(out, "::{command} file={},line={},endLine={}", property(&document.path), start.line, end.line)?;
    // GitHub takes columns only of an annotation within one line.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    writeln!(out, ",title=jjak {}::{}", property(finding.check), message(&text(finding)))
}

fn text(finding: &Finding) -> String {
    match &finding.suggestion {
        Some(suggestion) => format!("{}\nwrite: {suggestion}", finding.message),
        None => finding.message.clone(),
    }
}

fn message(text: &str) -> String {
    let text: String = text.chars().map(|character| if character == '\r' { character } else { visible(character) }).collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
