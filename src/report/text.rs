//! Text for a terminal: aligned pairs one under the other, findings as a compiler prints them.

use super::markup::visible;
use super::place::{self, squeezed};
use super::{Aligned, By, Checked, Format};
use crate::align::{Bead, Mode};
use crate::check::{Finding, Severity};
use crate::document::Document;
use crate::support::Verdict;
use crate::text::{Position, Span};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text for a terminal.
pub const FORMAT: Format =
    Format { name: "text", about: "text, for people", is_for_terminals: true, check: Some(check), align: Some(alignment) };

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// Prints aligned pairs side by side.
fn alignment(aligned: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let (source, target, alignment) = (aligned.matrix.source, aligned.matrix.target, aligned.alignment);
    let column = (aligned.width - 9) / 2;
    for bead in &alignment.beads {
        let left = wrapped(&joined(&source.document, &bead.source), column);
        let right = wrapped(&joined(&target.document, &bead.target), column);
        for row in 0..left.len().max(right.len()) {
            let (left, right) = (left.get(row).map_or("", String::as_str), right.get(row).map_or("", String::as_str));
            let mark = if row == 0 { mark(bead) } else { "     ".to_string() };
            writeln!(out, "{DIM}{mark}{DIM:#} {left}{} {DIM}│{DIM:#} {right}", " ".repeat(column.saturating_sub(left.width())))?;
        }
    }
    let mode = match alignment.mode {
        Mode::Translation => "a translation",
        Mode::Summary => "a summary",
    };
    let linked = alignment.beads.iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()).count();
    writeln!(
        out,
        "{BOLD}{linked} beads{BOLD:#} of {} and {} segments, read as {mode}",
        source.document.segments.len(),
        target.document.segments.len()
    )
}

fn mark(bead: &Bead) -> String {
    match (bead.source.is_empty(), bead.target.is_empty()) {
        (false, false) => format!("{:>4.0}%", bead.score * 100.0),
        _ => "    ·".to_string(),
    }
}

fn joined(document: &Document, segments: &[usize]) -> String {
    let texts: Vec<String> = segments.iter().map(|&index| flat(&squeezed(document.segment_text(index)))).collect();
    texts.join(" ")
}

/// Lines of at most `width` columns, cut at spaces where there are any. Korean characters are two columns wide.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let used = lines.last().map_or(0, |line| line.width());
        if used > 0 && used + 1 + word.width() > width {
            lines.push(String::new());
        } else if used > 0 {
            lines.last_mut().expect("never empty").push(' ');
        }
        for character in word.chars() {
            if lines.last().map_or(0, |line| line.width()) + character.width().unwrap_or(0) > width {
                lines.push(String::new());
            }
            lines.last_mut().expect("never empty").push(character);
        }
    }
    lines
}

/// Prints findings as a compiler does, then a line with counts and the time taken.
fn check(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let (examination, findings) = (checked.examination, checked.findings);
    for finding in findings {
        print_finding(checked, finding, out)?;
    }
    omitted(checked, out)?;
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let verdicts = |verdict| examination.ledger.iter().filter(|row| row.verdict == verdict).count();
    if examination.source.is_some() {
        writeln!(
            out,
            "{BOLD}{} passages{BOLD:#}: {} supported, {} partial, {} unsupported, {} undecided",
            examination.ledger.len(),
            verdicts(Verdict::Supported),
            verdicts(Verdict::Partial),
            verdicts(Verdict::Unsupported),
            verdicts(Verdict::Undecided)
        )?;
    }
    writeln!(
        out,
        "{BOLD}{} findings{BOLD:#}: {} critical, {} major, {} minor in {} ms",
        findings.len(),
        count(Severity::Critical),
        count(Severity::Major),
        count(Severity::Minor),
        checked.elapsed.as_millis()
    )?;
    let (known, silenced): (Vec<_>, Vec<_>) = checked.silenced.iter().partition(|silenced| silenced.by == By::Baseline);
    if !silenced.is_empty() {
        writeln!(out, "{DIM}{} more are silenced{DIM:#}", silenced.len())?;
    }
    if !known.is_empty() {
        writeln!(out, "{DIM}{} more are in the baseline{DIM:#}", known.len())?;
    }
    Ok(())
}

/// The Korean sentences that the English does not carry, a line each.
fn omitted(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let (Some(omitted), Some(source)) = (checked.omitted, checked.examination.source) else { return Ok(()) };
    let judged = source.document.segments.iter().filter(|segment| segment.kind.is_judged()).count();
    writeln!(out, "{BOLD}{} of {judged} Korean sentences are not in the English{BOLD:#}, the weightiest first", omitted.len())?;
    for omission in omitted {
        let number = omission.source_index + 1;
        let reasons = omission.reasons.join(", ");
        let text = flat(&squeezed(source.document.segment_text(omission.source_index)));
        let room = checked.width.saturating_sub(8);
        writeln!(out, "{CYAN}{number:>5}{CYAN:#}  {}", shortened(&text, room))?;
        if !reasons.is_empty() {
            writeln!(out, "       {DIM}{reasons}{DIM:#}")?;
        }
    }
    writeln!(out)
}

fn print_finding(checked: &Checked, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let style = match finding.severity {
        Severity::Critical => RED,
        Severity::Major => YELLOW,
        Severity::Minor => CYAN,
    };
    let (name, message, width) = (finding.severity.name(), flat(&finding.message), checked.width);
    writeln!(out, "{style}{name}[{}]{style:#}{BOLD}: {message}{BOLD:#}", finding.check)?;
    excerpt(place::document(checked.examination, finding.place), finding.segment_index, finding.span, style, width, out)?;
    for related in &finding.related {
        excerpt(place::document(checked.examination, related.place), related.segment_index, related.span, DIM, width, out)?;
    }
    if let Some(suggestion) = &finding.suggestion {
        writeln!(out, "  {CYAN}= write:{CYAN:#} {}", flat(suggestion))?;
    }
    let id = finding.fingerprint(checked.examination);
    writeln!(out, "  {DIM}= {id}, jjak explain {}{DIM:#}\n", finding.check)
}

/// A segment with the given bytes underlined.
fn excerpt(document: &Document, segment_index: usize, span: Span, style: Style, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let position = Position::of(&document.text, span.start);
    writeln!(out, "  {CYAN}-->{CYAN:#} {}:{}:{}", flat(&document.path), position.line, position.column)?;
    let segment = document.segments[segment_index].span;
    let line = Excerpt::of(&document.text, segment, span, width);
    writeln!(out, "   {DIM}|{DIM:#} {}", line.text)?;
    writeln!(out, "   {DIM}|{DIM:#} {}{style}{}{style:#}", " ".repeat(line.indent), "^".repeat(line.marked.max(1)))
}

/// A line of a segment around the bytes it is about, no longer than the page is wide.
struct Excerpt {
    text: String,
    indent: usize,
    marked: usize,
}

impl Excerpt {
    fn of(text: &str, segment: Span, span: Span, width: usize) -> Excerpt {
        let limit = width.saturating_sub(6);
        let (before, marked, after) =
            (&text[segment.start.min(span.start)..span.start], span.of(text), &text[span.end..segment.end.max(span.end)]);
        let (before, marked, after) = (flat(before), flat(marked), flat(after));
        let marked = shortened(&marked, limit);
        let room = limit.saturating_sub(marked.width());
        let before = tail(&before, room / 2);
        let after = shortened(&after, room.saturating_sub(before.width()));
        Excerpt { indent: before.width(), marked: marked.width(), text: format!("{before}{marked}{after}") }
    }
}

/// Text on one line, in which nothing can command the terminal.
fn flat(text: &str) -> String {
    text.chars().map(|character| if character.is_whitespace() { ' ' } else { visible(character) }).collect()
}

fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut used = 1;
    let kept: String = text
        .chars()
        .take_while(|character| {
            used += character.width().unwrap_or(0);
            used <= width
        })
        .collect();
    kept + "…"
}

fn tail(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut used = 1;
    let kept: Vec<char> = text
        .chars()
        .rev()
        .take_while(|character| {
            used += character.width().unwrap_or(0);
            used <= width
        })
        .collect();
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}
