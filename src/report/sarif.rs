//! SARIF 2.1.0, which code hosts and editors show: related locations on the Korean, and what is silenced as suppressions.

use super::json;
use super::place::{self, Lines};
use super::{By, Checked, Format, Silenced};
use crate::check::{Finding, Place, Severity};
use crate::document::Document;
use crate::text::Span;
use serde_json::{Value, json};
use std::io::{self, Write};

/// SARIF 2.1.0.
pub const FORMAT: Format =
    Format { name: "sarif", about: "SARIF 2.1.0, for code hosts and editors", is_for_terminals: false, check: Some(check), align: None };

/// Where the schema of this version is published.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn check(checked: &Checked, out: &mut dyn Write) -> io::Result<()> {
    let log = Log::of(checked);
    let findings = checked.findings.iter().map(|finding| log.result(finding, None));
    let silenced = checked.silenced.iter().map(|silenced| log.result(&silenced.finding, Some(silenced)));
    let results: Vec<Value> = findings.chain(silenced).collect();
    let run = json!({
        "tool": { "driver": driver(checked) },
        "columnKind": "unicodeCodePoints",
        "language": "en",
        "artifacts": log.documents.iter().map(|(document, _)| artifact(document)).collect::<Vec<_>>(),
        "results": results,
    });
    json::document(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }), out)
}

fn driver(checked: &Checked) -> Value {
    let rules: Vec<Value> = checked
        .checks
        .iter()
        .map(|check| {
            json!({
                "id": check.name,
                "shortDescription": { "text": check.summary },
                "help": { "text": check.page, "markdown": check.page },
                "properties": { "tags": [check.issue_type] },
            })
        })
        .collect();
    json!({ "name": "jjak", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules })
}

fn artifact(document: &Document) -> Value {
    json!({ "location": { "uri": uri(&document.path) }, "sourceLanguage": document.language.code() })
}

/// The documents that results may point into, the target first.
struct Log<'a> {
    checked: &'a Checked<'a>,
    documents: Vec<(&'a Document, Lines<'a>)>,
}

impl<'a> Log<'a> {
    fn of(checked: &'a Checked) -> Log<'a> {
        let sides = std::iter::once(checked.examination.target).chain(checked.examination.source);
        Log { checked, documents: sides.map(|side| (&side.document, Lines::new(&side.document.text))).collect() }
    }

    fn result(&self, finding: &Finding, silenced: Option<&Silenced>) -> Value {
        let level = match finding.severity {
            Severity::Critical => "error",
            Severity::Major => "warning",
            Severity::Minor => "note",
        };
        let mut result = json!({
            "ruleId": finding.check,
            "level": level,
            "message": { "text": finding.message },
            "locations": [self.location(finding.place, finding.segment_index, finding.span)],
            "partialFingerprints": { "jjak/1": finding.fingerprint(self.checked.examination) },
            "properties": { "severity": finding.severity },
        });
        if let Some(rule_index) = self.checked.checks.iter().position(|check| check.name == finding.check) {
            result["ruleIndex"] = json!(rule_index);
        }
        if !finding.related.is_empty() {
            result["relatedLocations"] = self.related(finding);
        }
        if let Some(suggestion) = &finding.suggestion {
            result["fixes"] = json!([self.fix(finding, suggestion)]);
        }
        if let Some(silenced) = silenced {
            let kind = if silenced.by == By::Mark { "inSource" } else { "external" };
            result["suppressions"] = json!([{ "kind": kind, "justification": silenced.reason }]);
        }
        result
    }

    fn related(&self, finding: &Finding) -> Value {
        let locations = finding.related.iter().enumerate().map(|(index, related)| {
            let mut location = self.location(related.place, related.segment_index, related.span);
            let text = place::document(self.checked.examination, related.place).segment_text(related.segment_index);
            location["id"] = json!(index + 1);
            location["message"] = json!({ "text": place::squeezed(text) });
            location
        });
        locations.collect()
    }

    fn location(&self, place: Place, segment_index: usize, span: Span) -> Value {
        let segment = format!("{} {}", if place == Place::Target { "target" } else { "source" }, segment_index + 1);
        json!({
            "physicalLocation": { "artifactLocation": self.artifact_location(place), "region": self.region(place, span) },
            "logicalLocations": [{ "name": segment, "kind": "segment" }],
        })
    }

    fn index(&self, place: Place) -> usize {
        if place == Place::Source { self.documents.len() - 1 } else { 0 }
    }

    fn artifact_location(&self, place: Place) -> Value {
        let index = self.index(place);
        json!({ "uri": uri(&self.documents[index].0.path), "index": index })
    }

    fn region(&self, place: Place, span: Span) -> Value {
        let (document, lines) = &self.documents[self.index(place)];
        let (start, end) = lines.range(span);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "snippet": { "text": span.of(&document.text) },
        })
    }

    fn fix(&self, finding: &Finding, suggestion: &str) -> Value {
        let mut region = self.region(finding.place, finding.span);
        region.as_object_mut().map(|region| region.remove("snippet"));
        json!({
            "description": { "text": format!("write: {suggestion}") },
            "artifactChanges": [{
                "artifactLocation": self.artifact_location(finding.place),
                "replacements": [{ "deletedRegion": region, "insertedContent": { "text": suggestion } }],
            }],
        })
    }
}

/// A path as a URI reference: relative where it is relative, everything unusual as percent and two digits.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    let start = match path.starts_with('/') {
        true => "file://",
        false if is_drive => "file:///",
        false => "",
    };
    let mut uri = start.to_string();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b':' if is_drive => uri.push(':'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("briefs/a b.txt"), "briefs/a%20b.txt");
        assert_eq!(uri("/tmp/짝:1.txt"), "file:///tmp/%EC%A7%9D%3A1.txt");
        assert_eq!(uri("C:\\briefs\\a.txt"), "file:///C:/briefs/a.txt");
        assert_eq!(uri("-"), "-");
    }
}
