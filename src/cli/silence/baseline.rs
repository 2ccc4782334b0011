//! A baseline: the findings of an earlier run, which are known and do not count again.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The ids of the findings of an earlier run.
#[derive(Debug)]
pub struct Baseline {
    /// The file, as the user named it.
    pub name: String,
    ids: BTreeSet<String>,
}

impl Baseline {
    /// Reads what `jjak check` wrote as JSON, JSON Lines or SARIF.
    pub fn read(path: &Path) -> Result<Baseline> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(|| format!("{name}: cannot be read; check the name and the permissions"))?;
        match ids(&text) {
            Some(ids) => Ok(Baseline { name, ids }),
            None => bail!("{name}: expected what jjak check wrote with --format json, jsonl or sarif"),
        }
    }

    /// Whether a finding was there before.
    pub fn knows(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}

fn ids(text: &str) -> Option<BTreeSet<String>> {
    let documents: Vec<Value> = serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().ok()?;
    let first = documents.first()?;
    let found: Vec<&Value> = match (first["schema"].as_str(), first["version"].as_str()) {
        (Some("jjak/check/1"), _) => first["findings"].as_array()?.iter().map(|finding| &finding["id"]).collect(),
        (Some("jjak/check-lines/1"), _) => documents.iter().filter(|line| line["type"] == "finding").map(|line| &line["id"]).collect(),
        (None, Some("2.1.0")) => {
            let results = first["runs"].as_array()?.iter().filter_map(|run| run["results"].as_array()).flatten();
            results.filter(|result| result["suppressions"].is_null()).map(|result| &result["partialFingerprints"]["jjak/1"]).collect()
        }
        _ => return None,
    };
    Some(found.into_iter().filter_map(|id| id.as_str().map(str::to_string)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_an_earlier_run_are_read_and_nothing_else() {
        let json = r#"{"schema":"jjak/check/1","findings":[{"id":"a"},{"id":"b"}],"silenced":[{"id":"c"}]}"#;
        let lines = "{\"type\":\"documents\",\"schema\":\"jjak/check-lines/1\"}\n{\"type\":\"finding\",\"id\":\"a\"}\n{\"type\":\"row\"}\n{\"type\":\"finding\",\"id\":\"b\"}\n";
        let sarif = r#"{"version":"2.1.0","runs":[{"results":[{"partialFingerprints":{"jjak/1":"a"}},{"partialFingerprints":{"jjak/1":"b"}},{"partialFingerprints":{"jjak/1":"c"},"suppressions":[]}]}]}"#;
        for text in [json, lines, sarif] {
            assert_eq!(ids(text).unwrap().into_iter().collect::<Vec<_>>(), ["a", "b"], "{text}");
        }
        for text in ["", "[]", "{}", "x", "{\"schema\":\"jjak/align/1\"}", "{\"schema\":\"jjak/check/1\"}"] {
            assert!(ids(text).is_none(), "{text}");
        }
    }
}
