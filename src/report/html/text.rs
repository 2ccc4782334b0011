//! The English on the page: a strip of the whole, and the sentences with their verdicts and what is marked in them.

use super::Page;
use crate::document::{Document, Kind};
use crate::report::markup::escaped;
use crate::report::place::squeezed;
use crate::text::Span;
use std::io::{self, Write};

/// A stretch of text that is set apart.
pub struct Mark {
    /// Its bytes in the document.
    pub span: Span,
    /// The classes of its element.
    pub class: &'static str,
    /// What it belongs to: the name of a data attribute, and a number there.
    pub data: Option<(&'static str, usize)>,
}

impl Mark {
    /// A stretch of a class.
    pub fn new(span: Span, class: &'static str) -> Mark {
        Mark { span, class, data: None }
    }

    /// The same, belonging to something that has a number.
    pub fn of(self, name: &'static str, number: usize) -> Mark {
        Mark { data: Some((name, number)), ..self }
    }
}

/// Writes a span of a document with marks, which may overlap; mark-up of the format is left out.
pub fn marked(document: &Document, span: Span, marks: &[Mark], out: &mut dyn Write) -> io::Result<()> {
    let markup: Vec<Span> = document.markup_within(span).into_iter().map(|mark| mark.shifted(span.start)).collect();
    let ends = marks.iter().map(|mark| mark.span).chain(markup.iter().copied()).flat_map(|mark| [mark.start, mark.end]);
    let mut cuts: Vec<usize> = ends.filter(|at| span.start < *at && *at < span.end).chain([span.start, span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    for piece in cuts.windows(2).map(|ends| Span::new(ends[0], ends[1])) {
        let within = |mark: &Span| mark.contains(piece);
        if !markup.iter().any(within) {
            let over: Vec<&Mark> = marks.iter().filter(|mark| within(&mark.span)).collect();
            write_piece(piece.of(&document.text), &over, out)?;
        }
    }
    Ok(())
}

fn write_piece(text: &str, marks: &[&Mark], out: &mut dyn Write) -> io::Result<()> {
    if marks.is_empty() {
        return write!(out, "{}", escaped(text));
    }
    let mut classes: Vec<&str> = marks.iter().map(|mark| mark.class).collect();
    classes.dedup();
    write!(out, "<span class=\"{}\"", classes.join(" "))?;
    for name in ["finding", "evidence"] {
        let numbers: Vec<String> =
            marks.iter().filter_map(|mark| mark.data.filter(|data| data.0 == name)).map(|data| data.1.to_string()).collect();
        if !numbers.is_empty() {
            write!(out, " data-{name}=\"{}\"", numbers.join(" "))?;
        }
    }
    write!(out, ">{}</span>", escaped(text))
}

/// A cell a segment, as wide as it is long.
pub fn strip(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let document = &page.checked.examination.target.document;
    for (index, segment) in document.segments.iter().enumerate() {
        let (number, verdict) = (index + 1, page.rows[index].map_or("unjudged", |row| row.verdict.name()));
        let worst = page.worst(index).map_or(String::new(), |severity| format!(" data-worst=\"{}\"", severity.name()));
        let style = format!("style=\"flex-grow:{}\"", segment.span.len());
        let name = escaped(&format!("{number}, {verdict}: {}", squeezed(document.segment_text(index))));
        match page.has_detail(index) {
            true => write!(
                out,
                "<a class=\"cell {verdict}\" href=\"#d{number}\" data-segment=\"{number}\"{worst} {style} title=\"{name}\" aria-label=\"{name}\" tabindex=\"-1\"></a>"
            )?,
            false => write!(out, "<span class=\"cell {verdict}\" {style} title=\"{name}\"></span>")?,
        }
    }
    Ok(())
}

/// The text, block by block.
pub fn text(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let segments = &page.checked.examination.target.document.segments;
    let indices: Vec<usize> = (0..segments.len()).collect();
    for block in indices.chunk_by(|&one, &other| segments[one].block_index == segments[other].block_index) {
        let (element, class) = element(segments[block[0]].kind);
        write!(out, "<{element}{class}>")?;
        for &index in block {
            sentence(page, index, out)?;
            write!(out, " ")?;
        }
        writeln!(out, "</{element}>")?;
    }
    Ok(())
}

fn element(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Title => ("h2", ""),
        Kind::Heading => ("h3", ""),
        Kind::Sentence => ("p", ""),
        Kind::Item => ("p", " class=\"item\""),
        Kind::Caption | Kind::Byline | Kind::Note | Kind::Furniture => ("p", " class=\"small\""),
    }
}

fn sentence(page: &Page, index: usize, out: &mut dyn Write) -> io::Result<()> {
    let document = &page.checked.examination.target.document;
    let span = document.segments[index].span;
    if !page.has_detail(index) {
        return marked(document, span, &[], out);
    }
    let number = index + 1;
    let (class, verdict) = match page.rows[index] {
        Some(row) => (row.verdict.name(), format!(" data-verdict=\"{}\"", row.verdict.name())),
        None => ("unjudged", String::new()),
    };
    let findings: Vec<String> = page.open_findings(index).map(|number| number.to_string()).collect();
    write!(out, "<a class=\"sentence {class}\" id=\"t{number}\" href=\"#d{number}\" data-segment=\"{number}\"{verdict}")?;
    write!(out, " data-findings=\"{}\">", findings.join(" "))?;
    marked(document, span, &marks(page, index), out)?;
    write!(out, "</a>")
}

/// What is marked in a sentence: the part without source, and what was found.
pub fn marks(page: &Page, index: usize) -> Vec<Mark> {
    let unsupported = page.rows[index].and_then(|row| row.unsupported_span).map(|span| Mark::new(span, "nosource"));
    let findings = page.findings[index].iter().map(|&number| {
        let finding = page.finding(number);
        match page.is_silenced(number) {
            true => Mark::new(finding.span, "finding silenced"),
            false => Mark::new(finding.span, finding_class(finding)).of("finding", number),
        }
    });
    // A finding on the whole sentence is told by its verdict already.
    let whole = page.checked.examination.target.document.segments[index].span;
    unsupported.into_iter().chain(findings.filter(|mark| !mark.span.contains(whole))).collect()
}

fn finding_class(finding: &crate::check::Finding) -> &'static str {
    match finding.severity.name() {
        "critical" => "finding critical",
        "major" => "finding major",
        _ => "finding minor",
    }
}
