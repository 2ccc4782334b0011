//! JUnit XML, which every build server shows: a suite a check, a failed case a finding, a skipped one what is silenced.

use super::markup::escaped;
use super::place::{self, Lines};
use super::{Checked, Format};
use crate::check::Finding;
use std::io::{self, Write};

/// JUnit XML.
pub const FORMAT: Format =
    Format { name: "junit", about: "JUnit XML, for build servers", is_for_terminals: false, check: Some(check), align: None };

fn check(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let cases: Vec<Vec<Case>> = checked.checks.iter().map(|check| cases(checked, check.name)).collect();
    let count = |outcome: Outcome| cases.iter().flatten().filter(|case| case.outcome == outcome).count();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"jjak check\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
        cases.iter().map(Vec::len).sum::<usize>(),
        count(Outcome::Failed),
        count(Outcome::Silenced)
    )?;
    for (check, cases) in checked.checks.iter().zip(&cases) {
        suite(check.name, cases, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(name: &str, cases: &[Case], out: &mut dyn Write) -> io::Result<()> {
    let count = |outcome: Outcome| cases.iter().filter(|case| case.outcome == outcome).count();
    let (failed, silenced) = (count(Outcome::Failed), count(Outcome::Silenced));
    let name = escaped(name);
    writeln!(out, "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{silenced}\">", cases.len())?;
    cases.iter().try_for_each(|case| case.write(&name, out))?;
    writeln!(out, "  </testsuite>")
}

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Passed,
    /// Below the severity that makes the check fail: told, not failed.
    Told,
    Failed,
    Silenced,
}

struct Case {
    outcome: Outcome,
    name: String,
    message: String,
    severity: &'static str,
    excerpt: String,
}

/// The cases of a check: one that passed where nothing was found.
fn cases(checked: &Checked, check: &str) -> Vec<Case> {
    let findings = checked.findings.iter().filter(|finding| finding.check == check);
    let mut cases: Vec<Case> = findings.map(|finding| Case::of(checked, finding, None)).collect();
    let silenced = checked.silenced.iter().filter(|silenced| silenced.finding.check == check);
    cases.extend(silenced.map(|silenced| Case::of(checked, &silenced.finding, Some(&silenced.reason))));
    if cases.is_empty() {
        let name = checked.examination.target.document.path.clone();
        cases.push(Case { outcome: Outcome::Passed, name, message: String::new(), severity: "", excerpt: String::new() });
    }
    cases
}

impl Case {
    fn of(checked: &Checked, finding: &Finding, reason: Option<&str>) -> Case {
        let document = place::document(checked.examination, finding.place);
        let position = Lines::new(&document.text).position(finding.span.start);
        let place = format!("{}:{}:{}", document.path, position.line, position.column);
        let outcome = match reason {
            Some(_) => Outcome::Silenced,
            None if checked.fails(finding) => Outcome::Failed,
            None => Outcome::Told,
        };
        let segment = place::squeezed(document.segment_text(finding.segment_index));
        let marked = place::squeezed(finding.span.of(&document.text));
        Case {
            outcome,
            name: format!("{place} {}", finding.fingerprint(checked.examination)),
            message: reason.unwrap_or(&finding.message).to_string(),
            severity: finding.severity.name(),
            excerpt: format!("{place}\n{segment}\n[{marked}] {}", finding.message),
        }
    }

    fn write(&self, check: &str, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "    <testcase classname=\"jjak.{check}\" name=\"{}\"", escaped(&self.name))?;
        let (message, excerpt) = (escaped(&self.message), escaped(&self.excerpt));
        match self.outcome {
            Outcome::Passed => writeln!(out, "/>"),
            Outcome::Told => writeln!(out, "><system-out>{}: {excerpt}</system-out></testcase>", self.severity),
            Outcome::Failed => {
                writeln!(out, "><failure type=\"{}\" message=\"{message}\">{excerpt}</failure></testcase>", self.severity)
            }
            Outcome::Silenced => writeln!(out, "><skipped message=\"{message}\"/></testcase>"),
        }
    }
}
