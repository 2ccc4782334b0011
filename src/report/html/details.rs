//! What the page tells of the chosen sentence: its sources beside it, the words they explain, and those they do not.

use super::text::{Mark, marked, marks};
use super::{Page, lists, plural};
use crate::check::{Examination, Place};
use crate::report::markup::escaped;
use crate::report::place::{self, squeezed};
use crate::support::{Row, Verdict};
use std::io::{self, Write};

/// A section for every segment of which there is something to say; one is shown at a time.
pub fn details(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let segments = page.checked.examination.target.document.segments.len();
    (0..segments).filter(|&index| page.has_detail(index)).try_for_each(|index| detail(page, index, out))
}

fn detail(page: &Page, index: usize, out: &mut dyn Write) -> io::Result<()> {
    let document = &page.checked.examination.target.document;
    let number = index + 1;
    let is_sound = page.rows[index].is_none_or(|row| row.verdict == Verdict::Supported) && page.worst(index).is_none();
    writeln!(out, "<section class=\"detail{}\" id=\"d{number}\">", if is_sound { "" } else { " look" })?;
    match page.rows[index] {
        Some(row) => {
            let (verdict, support) = (row.verdict.name(), row.support * 100.0);
            writeln!(out, "<h2>{number} <span class=\"chip {verdict}\">{verdict}</span> <small>support {support:.0} %</small></h2>")?;
        }
        None => writeln!(out, "<h2>{number}</h2>")?,
    }
    write!(out, "<p lang=\"en\">")?;
    marked(document, document.segments[index].span, &english_marks(page, index), out)?;
    writeln!(out, "</p>")?;
    findings(page, index, out)?;
    if let Some(row) = page.rows[index] {
        sources(page, row, out)?;
        explained(page.checked.examination, row, out)?;
        unexplained(page.checked.examination, row, out)?;
    }
    writeln!(out, "</section>")
}

fn english_marks(page: &Page, index: usize) -> Vec<Mark> {
    let mut all = marks(page, index);
    if let Some(row) = page.rows[index] {
        all.extend(row.evidence.iter().enumerate().map(|(number, one)| Mark::new(one.target_span, "explained").of("evidence", number)));
        all.extend(row.missing.iter().map(|(_, span)| Mark::new(*span, "missing")));
    }
    all
}

fn findings(page: &Page, index: usize, out: &mut dyn Write) -> io::Result<()> {
    if page.findings[index].is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul class=\"list\">")?;
    for &number in &page.findings[index] {
        lists::entry(page, number, out)?;
    }
    writeln!(out, "</ul>")
}

fn sources(page: &Page, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let Some(source) = page.checked.examination.source else { return Ok(()) };
    let title = match (row.verdict, row.sources.is_empty()) {
        (_, true) => "No source",
        (Verdict::Unsupported | Verdict::Undecided, _) => "Nearest in the Korean, not taken for a source",
        _ => "Sources",
    };
    writeln!(out, "<h3>{title}</h3><ol class=\"sources\">")?;
    for &index in &row.sources {
        write!(out, "<li><span class=\"number\">{}</span><span lang=\"ko\">", index + 1)?;
        marked(&source.document, source.document.segments[index].span, &korean_marks(page, row, index), out)?;
        writeln!(out, "</span></li>")?;
    }
    writeln!(out, "</ol>")
}

fn korean_marks(page: &Page, row: &Row, source: usize) -> Vec<Mark> {
    let evidence = row.evidence.iter().enumerate().filter(|(_, evidence)| evidence.source_index == source);
    let explained = evidence.map(|(number, one)| Mark::new(one.source_span, "explained").of("evidence", number));
    let whole = page.checked.examination.source.map(|side| side.document.segments[source].span);
    let findings = page.open_findings(row.target_index).flat_map(|number| &page.finding(number).related);
    let related = findings.filter(|related| related.place == Place::Source && related.segment_index == source);
    let related = related.filter(|related| whole.is_some_and(|whole| !related.span.contains(whole)));
    explained.chain(related.map(|related| Mark::new(related.span, "related"))).collect()
}

fn explained(examination: &Examination, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    if row.evidence.is_empty() {
        return Ok(());
    }
    let (english, korean) = (place::document(examination, Place::Target), place::document(examination, Place::Source));
    writeln!(out, "<h3>{} explained</h3><ul class=\"words\">", plural(row.evidence.len(), "word", "words"))?;
    for (number, evidence) in row.evidence.iter().enumerate() {
        let target = escaped(&squeezed(evidence.target_span.of(&english.text)));
        let source = escaped(&squeezed(evidence.source_span.of(&korean.text)));
        write!(out, "<li tabindex=\"0\" data-evidence=\"{number}\">{target} <span lang=\"ko\">{source}</span>")?;
        writeln!(out, " <small>{}</small></li>", evidence.kind)?;
    }
    writeln!(out, "</ul>")
}

fn unexplained(examination: &Examination, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    if row.missing.is_empty() {
        return Ok(());
    }
    let english = place::document(examination, Place::Target);
    writeln!(out, "<h3>{} not explained</h3><ul class=\"words lacking\">", plural(row.missing.len(), "word", "words"))?;
    for (kind, span) in &row.missing {
        let kind = if *kind == "lexicon" { String::new() } else { format!(" <small>{kind}</small>") };
        writeln!(out, "<li>{}{kind}</li>", escaped(&squeezed(span.of(&english.text))))?;
    }
    writeln!(out, "</ul>")
}
