//! An alignment as a page for a browser: the two texts side by side with their beads as bands, and a plot of the evidence.

use super::fill;
use super::text::{Mark, marked};
use crate::align::{Bead, Mode};
use crate::document::{Document, Kind};
use crate::report::Aligned;
use crate::report::markup::escaped;
use std::io::{self, Write};

const TEMPLATE: &str = include_str!("align.html");

/// Writes a part of the page.
type Part = fn(&Aligned, &mut dyn Write) -> io::Result<()>;

/// What stands in the template as `{{name}}`.
const PARTS: &[(&str, Part)] = &[
    ("version", |_, out| write!(out, "{}", env!("CARGO_PKG_VERSION"))),
    ("title", title),
    ("style", |_, out| write!(out, "{}", include_str!("align.css"))),
    ("script", |_, out| write!(out, "{}", include_str!("align.js"))),
    ("about", about),
    ("plot", plot),
    ("beads", beads),
];

/// Writes the page.
pub fn align(aligned: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    fill(TEMPLATE, out, |name, out| match PARTS.iter().find(|(known, _)| *known == name) {
        Some((_, part)) => part(aligned, out),
        None => Ok(()),
    })
}

fn title(aligned: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let (source, target) = (&aligned.matrix.source.document.path, &aligned.matrix.target.document.path);
    write!(out, "{} ↔ {}", escaped(source), escaped(target))
}

fn about(aligned: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let beads = &aligned.alignment.beads;
    let linked = beads.iter().filter(|bead| is_linked(bead)).count();
    let alone = |is_alone: fn(&Bead) -> bool| beads.iter().filter(|bead| is_alone(bead)).count();
    let mode = if aligned.alignment.mode == Mode::Translation { "a translation" } else { "a summary" };
    write!(
        out,
        "{linked} beads, read as {mode}; {} Korean and {} English segments without partner",
        alone(|bead| bead.target.is_empty()),
        alone(|bead| bead.source.is_empty())
    )
}

fn is_linked(bead: &Bead) -> bool {
    !bead.source.is_empty() && !bead.target.is_empty()
}

/// Most dots in the plot, the strongest first: a browser draws no more at ease.
const MOST_DOTS: usize = 6_000;
/// Nats at which a dot is drawn in full.
const FULL: f32 = 12.0;

/// The plot: English to the right, Korean downwards, a dot for each pair that shares more than chance, the beads as a path.
fn plot(aligned: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let matrix = aligned.matrix;
    let (rows, columns) = (matrix.sources.len().max(1), matrix.targets.len().max(1));
    write!(
        out,
        "<svg viewBox=\"0 0 {columns} {rows}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"The evidence between all segments, and the path through it\">"
    )?;
    let mut dots: Vec<(f32, usize, usize)> = Vec::new();
    for source in 0..matrix.sources.len() {
        for cover in matrix.row_of(source) {
            let (forward, reverse) = matrix.scores_of(source, *cover);
            dots.push(((forward + reverse) / 2.0, source, cover.target()));
        }
    }
    dots.retain(|dot| dot.0 > 0.0);
    dots.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    for (nats, source, target) in dots.into_iter().take(MOST_DOTS) {
        let strength = (nats / FULL).clamp(0.08, 1.0);
        write!(out, "<rect class=\"dot\" x=\"{target}\" y=\"{source}\" width=\"1\" height=\"1\" opacity=\"{strength:.2}\"/>")?;
    }
    for (number, bead) in aligned.alignment.beads.iter().enumerate().filter(|(_, bead)| is_linked(bead)) {
        for (source, target) in bead.source.iter().flat_map(|source| bead.target.iter().map(move |target| (source, target))) {
            write!(
                out,
                "<a href=\"#b{}\"><rect class=\"link\" x=\"{target}\" y=\"{source}\" width=\"1\" height=\"1\"><title>Korean {}, English {}: {:.0} %</title></rect></a>",
                number + 1,
                source + 1,
                target + 1,
                bead.score * 100.0
            )?;
        }
    }
    write!(out, "</svg>")
}

/// The beads as bands, in the order of the Korean; English without Korean stands where the English has it.
fn beads(aligned: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let mut last = 0;
    for (number, bead) in in_reading_order(&aligned.alignment.beads) {
        let first = bead.target.first().copied().unwrap_or(last);
        let crosses = is_linked(bead) && first < last;
        let class = match (is_linked(bead), bead.source.is_empty()) {
            (true, _) if crosses => "bead crossing",
            (true, _) => "bead",
            (false, true) => "bead alone added",
            (false, false) => "bead alone left",
        };
        last = last.max(bead.target.last().copied().unwrap_or(last));
        write!(out, "<section class=\"{class}\" id=\"b{}\"><div lang=\"ko\">", number + 1)?;
        side(aligned, bead, Which::Source, out)?;
        write!(out, "</div><p class=\"score\">{}</p><div lang=\"en\">", mark(bead, crosses))?;
        side(aligned, bead, Which::Target, out)?;
        writeln!(out, "</div></section>")?;
    }
    Ok(())
}

/// The beads with their places in the alignment: those without Korean follow the bead that holds the English before them.
fn in_reading_order(beads: &[Bead]) -> Vec<(usize, &Bead)> {
    let mut ordered: Vec<(usize, &Bead)> = beads.iter().enumerate().filter(|(_, bead)| !bead.source.is_empty()).collect();
    for (number, bead) in beads.iter().enumerate().filter(|(_, bead)| bead.source.is_empty()) {
        let before = bead.target.first().and_then(|first| first.checked_sub(1));
        let at = before.and_then(|before| ordered.iter().rposition(|(_, known)| known.target.contains(&before)));
        ordered.insert(at.map_or(0, |at| at + 1), (number, bead));
    }
    ordered
}

fn mark(bead: &Bead, crosses: bool) -> String {
    match is_linked(bead) {
        true => format!("{:.0} %{}", bead.score * 100.0, if crosses { "<br>moved" } else { "" }),
        false if bead.source.is_empty() => "only<br>English".to_string(),
        false => "only<br>Korean".to_string(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Which {
    Source,
    Target,
}

fn side(aligned: &Aligned, bead: &Bead, which: Which, out: &mut dyn Write) -> io::Result<()> {
    let (document, segments): (&Document, &[usize]) = match which {
        Which::Source => (&aligned.matrix.source.document, &bead.source),
        Which::Target => (&aligned.matrix.target.document, &bead.target),
    };
    for &index in segments {
        let segment = document.segments[index];
        let heading = matches!(segment.kind, Kind::Title | Kind::Heading);
        write!(out, "<p{}><span class=\"number\">{}</span> ", if heading { " class=\"heading\"" } else { "" }, index + 1)?;
        let evidence = bead.evidence.iter().enumerate();
        let spans = evidence.map(|(number, found)| (number, if which == Which::Source { found.source_span } else { found.target_span }));
        let marks: Vec<Mark> = spans
            .filter(|(_, span)| segment.span.contains(*span))
            .map(|(number, span)| Mark::new(span, "evidence").of("evidence", number))
            .collect();
        marked(document, segment.span, &marks, out)?;
        write!(out, "</p>")?;
    }
    Ok(())
}
