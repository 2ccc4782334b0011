//! Hits of the memory as they are printed and as JSON.

use crate::memory::difference::{Difference, In, NumberChange, difference, number_changes};
use crate::memory::{Class, Query, Status};
use crate::store::{Answer, Fragment, Origin};
use crate::text::Span;
use anstyle::{AnsiColor, Effects, Style};
use serde::Serialize;
use std::io::{self, Write};

const GREEN: Style = AnsiColor::Green.on_default().bold();
const RED: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// How differences are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// By colour alone.
    Colours,
    /// By brackets, where there are no colours.
    Brackets,
}

impl Shown {
    /// What standard output can show.
    pub fn of_output() -> Shown {
        match anstream::AutoStream::choice(&io::stdout()) {
            anstream::ColorChoice::Never => Shown::Brackets,
            _ => Shown::Colours,
        }
    }
}

/// Where the second and further lines of a hit begin.
const INDENT: &str = "                  ";

/// Prints hits, best first.
pub fn print(query: &Query, answers: &[Answer], shown: Shown, out: &mut dyn Write) -> io::Result<()> {
    for Answer { hit, unit } in answers {
        let (source, target) = (&unit.unit.source, &unit.unit.target);
        let differs = matches!(hit.class, Class::Fuzzy | Class::Numbers);
        let marked = |text: &str, is_asked: bool| if differs && is_asked { marked(query, text, shown) } else { text.to_string() };
        let is_korean = query.is_korean();
        writeln!(out, "{BOLD}{:>3.0} %{BOLD:#}  {:<11} {}", hit.score * 100.0, hit.class.name(), marked(source, is_korean))?;
        writeln!(out, "{INDENT}{}", marked(target, !is_korean))?;
        let asked = if is_korean { source } else { target };
        let mut facts = vec![format!("{} {}", unit.origin.kind, unit.origin.name)];
        if unit.unit.status != Status::Confirmed {
            facts.push(unit.unit.status.name().to_string());
        }
        facts.extend(differs.then(|| figures(query, asked)));
        if hit.class == Class::Numbers {
            facts.extend(number_changes(&query.text, asked).into_iter().map(|change| format!("{} → {}", change.memory, change.query)));
        }
        writeln!(out, "{INDENT}{DIM}{}{DIM:#}", facts.join("; "))?;
    }
    Ok(())
}

fn figures(query: &Query, asked: &str) -> String {
    let figures = query.figures(asked);
    format!("{:.0} % without spaces, {:.0} % with numbers masked", figures.spaceless * 100.0, figures.masked * 100.0)
}

/// A sentence of the memory with what the query has instead.
fn marked(query: &Query, text: &str, shown: Shown) -> String {
    let piece = |Difference { place, text }: Difference| match (place, shown) {
        (In::Both, _) => text,
        (In::Memory, Shown::Colours) => format!("{RED}{text}{RED:#}"),
        (In::Query, Shown::Colours) => format!("{GREEN}{text}{GREEN:#}"),
        (In::Memory, Shown::Brackets) => format!("[-{text}-]"),
        (In::Query, Shown::Brackets) => format!("{{+{text}+}}"),
    };
    difference(&query.text, text).into_iter().map(piece).collect()
}

/// Prints the pieces that the memory has, each with the part of a translation that says it.
pub fn print_fragments(query: &Query, fragments: &[Fragment], out: &mut dyn Write) -> io::Result<()> {
    for fragment in fragments {
        let Answer { unit, .. } = &fragment.answer;
        let (asked, other) = sides(query, &fragment.answer);
        writeln!(out, "      fragment    {BOLD}{}{BOLD:#}", fragment.span.of(&query.text))?;
        writeln!(out, "{INDENT}{asked}")?;
        match fragment.translation {
            Some(Span { start, end }) => {
                writeln!(out, "{INDENT}{}{BOLD}{}{BOLD:#}{}", &other[..start], &other[start..end], &other[end..])?;
            }
            None => writeln!(out, "{INDENT}{other}")?,
        }
        writeln!(out, "{INDENT}{DIM}{} {}{DIM:#}", unit.origin.kind, unit.origin.name)?;
    }
    Ok(())
}

/// The text in the query's language, and its translation.
fn sides<'a>(query: &Query, answer: &'a Answer) -> (&'a str, &'a str) {
    let unit = &answer.unit.unit;
    if query.is_korean() { (&unit.source, &unit.target) } else { (&unit.target, &unit.source) }
}

/// A hit as JSON.
#[derive(Serialize)]
pub struct MatchOutput<'a> {
    score: f64,
    kind: &'static str,
    class: &'static str,
    source: &'a str,
    target: &'a str,
    spaceless: f64,
    masked: f64,
    unit: i64,
    status: Status,
    origin: &'a Origin,
    /// Numbers that stand otherwise in the query, of a hit that differs in numbers alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<NumberChange>,
    /// What differs, of a similar hit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    difference: Vec<Difference>,
}

impl<'a> MatchOutput<'a> {
    /// A hit of a query.
    pub fn new(answer: &'a Answer, query: &Query) -> MatchOutput<'a> {
        let (unit, class) = (&answer.unit.unit, answer.hit.class);
        let asked = sides(query, answer).0;
        let figures = query.figures(asked);
        let differs = matches!(class, Class::Fuzzy | Class::Numbers);
        MatchOutput {
            score: answer.hit.score,
            kind: class.kind(),
            class: class.name(),
            source: &unit.source,
            target: &unit.target,
            spaceless: figures.spaceless,
            masked: figures.masked,
            unit: answer.unit.id,
            status: unit.status,
            origin: &answer.unit.origin,
            numbers: if class == Class::Numbers { number_changes(&query.text, asked) } else { Vec::new() },
            difference: if differs { difference(&query.text, asked) } else { Vec::new() },
        }
    }
}

/// A piece of a query that the memory has, as JSON; offsets are bytes of the query and of the text in the other language.
#[derive(Serialize)]
pub struct FragmentOutput<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    source: &'a str,
    target: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation: Option<Translation<'a>>,
    count: usize,
    unit: i64,
    origin: &'a Origin,
}

#[derive(Serialize)]
struct Translation<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> FragmentOutput<'a> {
    /// A fragment of a query.
    pub fn new(fragment: &'a Fragment, query: &'a Query) -> FragmentOutput<'a> {
        let unit = &fragment.answer.unit;
        let other = sides(query, &fragment.answer).1;
        let translation = |span: Span| Translation { start: span.start, end: span.end, text: span.of(other) };
        FragmentOutput {
            start: fragment.span.start,
            end: fragment.span.end,
            text: fragment.span.of(&query.text),
            source: &unit.unit.source,
            target: &unit.unit.target,
            translation: fragment.translation.map(translation),
            count: fragment.count,
            unit: unit.id,
            origin: &unit.origin,
        }
    }
}
