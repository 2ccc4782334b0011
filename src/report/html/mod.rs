//! A page for a browser, in one file: the English with its verdicts, and for each sentence its sources and what they explain.

mod align;
mod details;
mod lists;
mod text;

use super::markup::escaped;
use super::{Checked, Format};
use crate::align::Mode;
use crate::check::{Finding, Place, Severity};
use crate::support::{Row, Verdict};
use std::io::{self, Write};

/// A self-contained HTML page.
pub const FORMAT: Format = Format {
    name: "html",
    about: "a page for a browser, in one file",
    is_for_terminals: false,
    check: Some(check),
    align: Some(align::align),
};

const TEMPLATE: &str = include_str!("page.html");

/// Writes a part of the page.
type Part = fn(&Page, &mut dyn Write) -> io::Result<()>;

/// What stands in the template as `{{name}}`.
const PARTS: &[(&str, Part)] = &[
    ("version", |_, out| write!(out, "{}", env!("CARGO_PKG_VERSION"))),
    ("title", |page, out| write!(out, "{}", escaped(&page.checked.examination.target.document.path))),
    ("style", |_, out| write!(out, "{}", include_str!("page.css"))),
    ("script", |_, out| write!(out, "{}", include_str!("page.js"))),
    ("about", about),
    ("strip", text::strip),
    ("filters", filters),
    ("text", text::text),
    ("details", details::details),
    ("findings", lists::findings),
    ("silenced", lists::silenced),
    ("omitted", lists::omitted),
    ("notes", lists::notes),
];

/// A check with what the parts of the page look up in it.
struct Page<'a> {
    checked: &'a Checked<'a>,
    /// For each target segment its row of the ledger.
    rows: Vec<Option<&'a Row>>,
    /// For each target segment its findings and those silenced, which count on after the others.
    findings: Vec<Vec<usize>>,
}

impl<'a> Page<'a> {
    fn new(checked: &'a Checked<'a>) -> Page<'a> {
        let segments = checked.examination.target.document.segments.len();
        let mut page = Page { checked, rows: vec![None; segments], findings: vec![Vec::new(); segments] };
        for row in checked.examination.ledger {
            page.rows[row.target_index] = Some(row);
        }
        for number in 0..checked.findings.len() + checked.silenced.len() {
            let finding = page.finding(number);
            if finding.place == Place::Target {
                page.findings[finding.segment_index].push(number);
            }
        }
        page
    }

    /// A finding by its number on the page; the silenced ones come after the others.
    fn finding(&self, number: usize) -> &'a Finding {
        match number.checked_sub(self.checked.findings.len()) {
            None => &self.checked.findings[number],
            Some(silenced) => &self.checked.silenced[silenced].finding,
        }
    }

    fn is_silenced(&self, number: usize) -> bool {
        number >= self.checked.findings.len()
    }

    /// The findings of a segment that are not silenced.
    fn open_findings(&self, segment: usize) -> impl Iterator<Item = usize> {
        self.findings[segment].iter().copied().filter(|&number| !self.is_silenced(number))
    }

    /// Whether there is something to say of a segment: a verdict, or a finding.
    fn has_detail(&self, segment: usize) -> bool {
        self.rows[segment].is_some() || !self.findings[segment].is_empty()
    }

    /// The greatest severity among the open findings of a segment.
    fn worst(&self, segment: usize) -> Option<Severity> {
        self.open_findings(segment).map(|number| self.finding(number).severity).max()
    }
}

fn check(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::new(checked);
    fill(TEMPLATE, out, |name, out| match PARTS.iter().find(|(known, _)| *known == name) {
        Some((_, part)) => part(&page, out),
        None => Ok(()),
    })
}

/// Writes a template with what `part` writes in the places of names.
fn fill(template: &str, out: &mut dyn Write, part: impl Fn(&str, &mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.write_all(before.as_bytes())?;
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        part(name, out)?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// A line under the title: what it was checked against, and how that came out.
fn about(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    if let Some(source) = page.checked.examination.source {
        let kind = match page.checked.mode {
            Some(Mode::Translation) => "a translation",
            _ => "a summary",
        };
        write!(out, "Checked as {kind} of {}. ", escaped(&source.document.path))?;
    }
    let (findings, silenced) = (page.checked.findings.len(), page.checked.silenced.len());
    write!(out, "{} to look at, {silenced} silenced.", plural(findings, "thing", "things"))
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Boxes by which a reader chooses what is shown.
fn filters(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let ledger = page.checked.examination.ledger;
    let verdicts = [Verdict::Supported, Verdict::Partial, Verdict::Unsupported, Verdict::Undecided];
    let verdicts = verdicts.map(|verdict| (verdict.name(), ledger.iter().filter(|row| row.verdict == verdict).count()));
    boxes("Sentences", "verdict", true, &verdicts, out)?;
    let findings = page.checked.findings;
    let severities = [Severity::Critical, Severity::Major, Severity::Minor];
    let severities = severities.map(|severity| (severity.name(), findings.iter().filter(|finding| finding.severity == severity).count()));
    boxes("Severity", "severity", true, &severities, out)?;
    let count = |name: &str| findings.iter().filter(|finding| finding.check == name).count();
    let checks: Vec<(&str, usize)> = page.checked.checks.iter().map(|check| (check.name, count(check.name))).collect();
    boxes("Checks", "check", true, &checks, out)?;
    boxes("Silenced", "silenced", false, &[("show", page.checked.silenced.len())], out)
}

/// A box for each name that has anything to show.
fn boxes(title: &str, name: &str, checked: bool, values: &[(&str, usize)], out: &mut dyn Write) -> io::Result<()> {
    if values.iter().all(|(_, count)| *count == 0) {
        return Ok(());
    }
    write!(out, "<fieldset><legend>{title}</legend>")?;
    for (value, count) in values.iter().filter(|(_, count)| *count > 0) {
        let (value, checked) = (escaped(value), if checked { " checked" } else { "" });
        write!(out, "<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\"{checked}> ")?;
        let is_coloured = matches!(name, "verdict" | "severity");
        let class = if is_coloured { format!(" class=\"chip {value}\"") } else { String::new() };
        write!(out, "<span{class}>{value}</span> {count}</label> ")?;
    }
    write!(out, "</fieldset>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_template_holds_every_part_and_no_other() {
        let named: BTreeSet<&str> = TEMPLATE.split("{{").skip(1).filter_map(|part| Some(part.split_once("}}")?.0)).collect();
        assert_eq!(named, PARTS.iter().map(|(name, _)| *name).collect());
    }

    #[test]
    fn the_script_and_the_style_cannot_end_their_elements() {
        for text in [include_str!("page.js"), include_str!("page.css")] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
    }
}
