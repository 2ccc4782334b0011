//! What was found, sorted into what is open and what is silenced, with notes on silences that no longer do anything.

use super::file::written;
use super::{Baseline, File, file::Entry, today};
use crate::check::ignore::{self, Ignore};
use crate::check::{self, CHECKS, Check, Examination, Finding};
use crate::report::{By, Silenced};
use std::collections::BTreeSet;

/// Findings, open and silenced, and what an editor should know of the silences.
#[derive(Default)]
pub struct Sorted {
    /// What is open, in order.
    pub open: Vec<Finding>,
    /// What is silenced, in order.
    pub silenced: Vec<Silenced>,
    /// Sentences on silences that no longer do anything, or cannot be obeyed.
    pub notes: Vec<String>,
}

/// What silences findings in one text.
struct Silences<'a> {
    examination: &'a Examination<'a>,
    file: &'a File,
    /// How the file names the text.
    target: Option<String>,
    marks: Vec<Ignore>,
    baseline: Option<&'a Baseline>,
}

impl Sorted {
    /// Sorts the findings of some checks by the marks in the text, the file of silences, and a baseline.
    pub fn of(findings: Vec<Finding>, examination: &Examination, ran: &[&Check], file: &File, baseline: Option<&Baseline>) -> Sorted {
        let document = &examination.target.document;
        let (marks, complaints) = ignore::marks(document);
        let target = file.name_of(&document.path);
        let silences = Silences { examination, file, target, marks, baseline };
        let mut sorted = Sorted::default();
        let found: Vec<(String, Finding)> = findings.into_iter().map(|finding| (finding.fingerprint(examination), finding)).collect();
        sorted.notes.extend(complaints.into_iter().map(|(line, complaint)| format!("{}:{line}: {complaint}", document.path)));
        silences.notes(&found, ran, &mut sorted.notes);
        for (id, finding) in found {
            match silences.of(&id, &finding) {
                Some((by, reason)) => sorted.silenced.push(Silenced { finding, reason, by }),
                None => sorted.open.push(finding),
            }
        }
        sorted
    }
}

fn is_over(entry: &Entry) -> bool {
    entry.until.is_some_and(|until| until.number() < today())
}

impl Silences<'_> {
    fn of(&self, id: &str, finding: &Finding) -> Option<(By, String)> {
        let document = &self.examination.target.document;
        if let Some(mark) = self.marks.iter().find(|mark| mark.silences(finding, document)) {
            return Some((By::Mark, mark.why.clone()));
        }
        if let Some(entry) = self.file.entries.iter().find(|entry| entry.id == id && !is_over(entry)) {
            return Some((By::File, entry.why.clone()));
        }
        let baseline = self.baseline.filter(|baseline| baseline.knows(id))?;
        Some((By::Baseline, format!("in the baseline {}", baseline.name)))
    }

    /// Tells of silences whose day has passed, and of those that silence nothing any more.
    fn notes(&self, found: &[(String, Finding)], ran: &[&Check], notes: &mut Vec<String>) {
        let ids: BTreeSet<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
        let path = self.file.path.display();
        for entry in self.file.entries.iter().filter(|entry| is_over(entry) && ids.contains(entry.id.as_str())) {
            let until = entry.until.map(written).unwrap_or_default();
            notes.push(format!("{path}:{}: {} was silent until {until} and speaks again ({})", entry.line, entry.id, entry.why));
        }
        let document = &self.examination.target.document;
        let may_be_here = |entry: &&Entry| entry.target.is_none() || entry.target == self.target;
        let entries = self.file.entries.iter().filter(may_be_here);
        let idle_entries: Vec<&Entry> = entries.filter(|entry| !ids.contains(entry.id.as_str())).collect();
        let is_idle = |mark: &&Ignore| !found.iter().any(|(_, finding)| mark.silences(finding, document));
        let idle_marks: Vec<&Ignore> = self.marks.iter().filter(is_idle).collect();
        if idle_entries.is_empty() && idle_marks.is_empty() {
            return;
        }
        // A check that did not run today may still have something to silence.
        let others = check::run_these(self.examination, CHECKS.iter().filter(|check| ran.iter().all(|ran| ran.name != check.name)));
        let others: Vec<(String, Finding)> = others.into_iter().map(|finding| (finding.fingerprint(self.examination), finding)).collect();
        let is_stale = |mark: &&Ignore| !others.iter().any(|(_, finding)| mark.silences(finding, document));
        for mark in idle_marks.into_iter().filter(is_stale) {
            let checks = mark.checks.join(", ");
            notes.push(format!("{}:{}: this mark silences nothing any more ({checks}: {}); delete it", document.path, mark.line, mark.why));
        }
        let stale = idle_entries.into_iter().filter(|entry| !others.iter().any(|(id, _)| *id == entry.id));
        let (here, anywhere): (Vec<&Entry>, Vec<&Entry>) = stale.partition(|entry| entry.target.is_some());
        for entry in here {
            notes.push(format!("{path}:{}: {} silences nothing any more ({}); delete it", entry.line, entry.id, entry.why));
        }
        if !anywhere.is_empty() {
            let lines: Vec<String> = anywhere.iter().map(|entry| entry.line.to_string()).collect();
            let lines = lines.join(", ");
            notes.push(format!("{path}:{lines}: silences nothing in this text; delete it, or name the text it is for (in = \"…\")"));
        }
    }
}
