//! Markdown, for a comment, an issue or the summary of a build: the counts, the findings, the ledger.

use super::markup::markdown;
use super::place::{self, Lines};
use super::{Checked, Format};
use crate::check::{Finding, Severity};
use crate::support::Verdict;
use crate::text::Span;
use std::io::{self, Write};

/// Markdown.
pub const FORMAT: Format =
    Format { name: "markdown", about: "Markdown, for a comment or an issue", is_for_terminals: false, check: Some(check), align: None };

fn check(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let examination = checked.examination;
    writeln!(out, "# {}\n", markdown(&examination.target.document.path))?;
    if let Some(source) = examination.source {
        let count = |verdict| examination.ledger.iter().filter(|row| row.verdict == verdict).count();
        write!(out, "{} passages checked against {}: ", examination.ledger.len(), markdown(&source.document.path))?;
        let [supported, partial, unsupported, undecided] =
            [Verdict::Supported, Verdict::Partial, Verdict::Unsupported, Verdict::Undecided].map(count);
        writeln!(out, "{supported} supported, {partial} partial, {unsupported} unsupported, {undecided} undecided.\n")?;
    }
    let [critical, major, minor] = [Severity::Critical, Severity::Major, Severity::Minor]
        .map(|severity| checked.findings.iter().filter(|finding| finding.severity == severity).count());
    writeln!(out, "{} findings: {critical} critical, {major} major, {minor} minor.", checked.findings.len())?;
    for finding in checked.findings {
        print_finding(checked, finding, out)?;
    }
    silenced(checked, out)?;
    omitted(checked, out)?;
    ledger(checked, out)
}

fn omitted(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let (Some(omitted), Some(source)) = (checked.omitted, checked.examination.source) else { return Ok(()) };
    writeln!(out, "\n## Not in the English\n\n| Korean | weight | for | text |\n| ---: | ---: | --- | --- |")?;
    for omission in omitted {
        let (number, weight, reasons) = (omission.source_index + 1, omission.weight, omission.reasons.join(", "));
        writeln!(out, "| {number} | {weight:.1} | {reasons} | {} |", markdown(source.document.segment_text(omission.source_index)))?;
    }
    Ok(())
}

fn print_finding(checked: &Checked, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let document = place::document(checked.examination, finding.place);
    let position = Lines::new(&document.text).position(finding.span.start);
    let (severity, check) = (finding.severity.name(), finding.check);
    writeln!(out, "\n## {severity}: {check}, {}:{}:{}\n", markdown(&document.path), position.line, position.column)?;
    writeln!(out, "{}\n", markdown(&finding.message))?;
    quotation(&document.text, document.segments[finding.segment_index].span, finding.span, out)?;
    for related in &finding.related {
        let document = place::document(checked.examination, related.place);
        writeln!(out, "\n{} {}:\n", markdown(&document.path), related.segment_index + 1)?;
        quotation(&document.text, document.segments[related.segment_index].span, related.span, out)?;
    }
    if let Some(suggestion) = &finding.suggestion {
        writeln!(out, "\nWrite: {}", markdown(suggestion))?;
    }
    writeln!(out, "\n`{}`", finding.fingerprint(checked.examination))
}

/// A segment as a block quotation, a part of it in bold.
fn quotation(text: &str, segment: Span, part: Span, out: &mut dyn Write) -> io::Result<()> {
    if part.contains(segment) {
        return writeln!(out, "> {}", markdown(part.of(text)));
    }
    // Stars beside white space make nothing bold.
    let part = part.trimmed(text);
    let around = Span::new(segment.start.min(part.start), segment.end.max(part.end));
    let (before, after) = (&text[around.start..part.start], &text[part.end..around.end]);
    let spaced = |text: &str, marked: String| if text.ends_with(char::is_whitespace) { format!("{marked} ") } else { marked };
    let before = spaced(before, markdown(before));
    let after = if after.starts_with(char::is_whitespace) { format!(" {}", markdown(after)) } else { markdown(after) };
    let marked = markdown(part.of(text));
    let marked = if marked.is_empty() { marked } else { format!("**{marked}**") };
    writeln!(out, "> {before}{marked}{after}")
}

fn silenced(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    for note in checked.notes {
        writeln!(out, "\nNote: {}", markdown(note))?;
    }
    if checked.silenced.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Silenced\n\n| check | finding | reason |\n| --- | --- | --- |")?;
    for silenced in checked.silenced {
        let finding = &silenced.finding;
        writeln!(out, "| {} | {} | {} |", finding.check, markdown(&finding.message), markdown(&silenced.reason))?;
    }
    Ok(())
}

fn ledger(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    if checked.examination.ledger.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Ledger\n\n| English | verdict | support | Korean | text |\n| ---: | --- | ---: | --- | --- |")?;
    for row in checked.examination.ledger {
        let sources: Vec<String> = row.sources.iter().map(|index| (index + 1).to_string()).collect();
        let text = markdown(checked.examination.target.document.segment_text(row.target_index));
        let (number, support) = (row.target_index + 1, row.support * 100.0);
        writeln!(out, "| {number} | {} | {support:.0} % | {} | {text} |", row.verdict.name(), sources.join(", "))?;
    }
    Ok(())
}
