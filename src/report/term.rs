//! Glossary entries for people and as tables.

use crate::glossary::search::{EXACT, Found};
use crate::glossary::{Case, Concept, Status, Term};
use crate::memory::mine::{Proposal, Standing};
use crate::text::Language;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::Green.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const RED: Style = AnsiColor::Red.on_default();

/// What was asked for in full, then what is near it, a line each.
pub fn answers(found: &[Found], limit: usize, out: &mut impl Write) -> io::Result<()> {
    let whole = found.iter().take_while(|found| found.rank >= EXACT).count().max(usize::from(found.len() == 1)).min(limit);
    for (index, found) in found[..whole].iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        entry(&found.concept, out)?;
    }
    let near = &found[whole..found.len().min(limit)];
    if near.is_empty() {
        return Ok(());
    }
    if whole > 0 {
        writeln!(out, "\n{DIM}near it{DIM:#}")?;
    }
    let concepts: Vec<&Concept> = near.iter().map(|found| &found.concept).collect();
    lines(&concepts, out)?;
    more(found.len() - whole - near.len(), out)
}

fn more(count: usize, out: &mut impl Write) -> io::Result<()> {
    if count > 0 {
        writeln!(out, "{DIM}and {count} more; --limit shows them{DIM:#}")?;
    }
    Ok(())
}

/// One entry with everything that is known of it.
fn entry(concept: &Concept, out: &mut impl Write) -> io::Result<()> {
    let source: Vec<&str> = concept.source().map(|term| term.text.as_str()).collect();
    let origin = if concept.origin == "built-in" { String::new() } else { format!("  {DIM}{}{DIM:#}", concept.origin) };
    writeln!(out, "{BOLD}{}{BOLD:#}{origin}", source.join(" · "))?;
    for (status, label, style) in LABELS {
        let terms = texts(concept, *status);
        if !terms.is_empty() {
            let (shown, left) = terms.split_at(terms.len().min(MOST_SHOWN));
            let more = if left.is_empty() { String::new() } else { format!(" {DIM}and {} more{DIM:#}", left.len()) };
            writeln!(out, "  {DIM}{label:<6}{DIM:#} {style}{}{style:#}{more}", shown.join(" · "))?;
        }
    }
    for (label, text) in [
        ("keep", keep(concept)),
        ("case", case(concept)),
        ("valid", validity(concept)),
        ("note", concept.note.clone()),
        ("from", concept.reference.clone()),
    ] {
        if !text.is_empty() {
            writeln!(out, "  {DIM}{label:<6}{DIM:#} {text}")?;
        }
    }
    Ok(())
}

/// So many terms of one standing are shown to people: a group of countries in a term can be written in a dozen ways.
const MOST_SHOWN: usize = 8;

const LABELS: &[(Status, &str, Style)] = &[
    (Status::Preferred, "use", GREEN),
    (Status::Admitted, "also", Style::new()),
    (Status::Deprecated, "avoid", YELLOW),
    (Status::Forbidden, "never", RED),
];

fn texts(concept: &Concept, status: Status) -> Vec<&str> {
    concept.target().filter(|term| term.status == status).map(|term| term.text.as_str()).collect()
}

fn keep(concept: &Concept) -> String {
    if concept.do_not_translate { "as it is, not translated".to_string() } else { String::new() }
}

fn case(concept: &Concept) -> String {
    if concept.case == Case::Exact { "capitals as written".to_string() } else { String::new() }
}

fn validity(concept: &Concept) -> String {
    match (concept.valid_from.as_str(), concept.valid_until.as_str()) {
        ("", "") => String::new(),
        (from, "") => format!("since {from}"),
        ("", until) => format!("until {until}"),
        (from, until) => format!("{from} to {until}"),
    }
}

/// A line each: the Korean and the term to use.
pub fn lines(concepts: &[&Concept], out: &mut impl Write) -> io::Result<()> {
    let width = concepts.iter().map(|concept| concept.headword().width()).max().unwrap_or(0).min(32);
    for concept in concepts {
        let gap = " ".repeat(width.saturating_sub(concept.headword().width()));
        let target = concept.target().next().map_or("", |term| &term.text);
        writeln!(out, "{}{gap}  {target}", concept.headword())?;
    }
    Ok(())
}

/// Proposals with the passages that show them.
pub fn proposals(proposals: &[Proposal], out: &mut impl Write) -> io::Result<()> {
    for proposal in proposals {
        let standing = if proposal.standing == Standing::Differs { " (the glossary has another term)" } else { "" };
        writeln!(out, "{BOLD}{}{BOLD:#}  {GREEN}{}{GREEN:#}{standing}", proposal.korean, proposal.english.join(" · "))?;
        for passage in &proposal.evidence {
            writeln!(out, "  {DIM}{}{DIM:#}  {}", passage.place, passage.source)?;
            if !passage.target.is_empty() {
                writeln!(out, "  {}  {}", " ".repeat(passage.place.width()), passage.target)?;
            }
        }
    }
    Ok(())
}

/// Proposals as a table of terms; the note names the first passage.
pub fn proposal_table(proposals: &[Proposal], out: &mut impl Write) -> csv::Result<()> {
    let concepts: Vec<Concept> = proposals.iter().map(proposed).collect();
    table(&concepts, b'\t', out)
}

fn proposed(proposal: &Proposal) -> Concept {
    let korean = std::iter::once((Language::Korean, &proposal.korean, Status::Preferred));
    let english = proposal.english.iter().enumerate().map(|(index, text)| {
        let status = if index == 0 { Status::Preferred } else { Status::Admitted };
        (Language::English, text, status)
    });
    let terms = korean.chain(english).map(|(language, text, status)| Term { language, text: text.clone(), status }).collect();
    let note = proposal.evidence.first().map_or_else(String::new, |passage| passage.place.clone());
    Concept { terms, note, ..Concept::default() }
}

/// The columns of a table of terms, as it is read again.
pub const COLUMNS: &[&str] = &[
    "source",
    "preferred",
    "admitted",
    "deprecated",
    "forbidden",
    "note",
    "reference",
    "do-not-translate",
    "case",
    "from",
    "until",
    "apart",
];

/// A row a concept, `; ` between terms.
pub fn table<'a>(concepts: impl IntoIterator<Item = &'a Concept>, delimiter: u8, out: &mut impl Write) -> csv::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).quote_style(quoting(delimiter)).from_writer(out);
    writer.write_record(COLUMNS)?;
    for concept in concepts {
        writer.write_record(row(concept))?;
    }
    Ok(writer.flush()?)
}

/// A tab-separated table is never quoted: no field holds a tab or a line break.
fn quoting(delimiter: u8) -> csv::QuoteStyle {
    if delimiter == b'\t' { csv::QuoteStyle::Never } else { csv::QuoteStyle::Necessary }
}

fn row(concept: &Concept) -> [String; 12] {
    let source: Vec<&str> = concept.source().map(|term| term.text.as_str()).collect();
    let yes = |holds: bool, word: &str| if holds { word.to_string() } else { String::new() };
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        source.join("; "),
        texts(concept, Status::Preferred).join("; "),
        texts(concept, Status::Admitted).join("; "),
        texts(concept, Status::Deprecated).join("; "),
        texts(concept, Status::Forbidden).join("; "),
        plain(&concept.note),
        plain(&concept.reference),
        yes(concept.do_not_translate, "yes"),
        yes(concept.case == Case::Exact, "exact"),
        concept.valid_from.clone(),
        concept.valid_until.clone(),
        concept.apart.join("; "),
    ]
}
