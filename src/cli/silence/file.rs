//! The file of silences: entries by id, each with its reason, read whole and only ever added to.

use crate::anchor::date::Day;
use crate::cli::config::at_line;
use crate::cli::nearby;
use anyhow::{Context, Result, anyhow, bail};
use serde::Deserialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use toml::Spanned;

/// The days since 1970 of today, in UTC.
pub fn today() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| (time.as_secs() / 86_400) as i64)
}

/// A finding put to rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The id of the finding.
    pub id: String,
    /// Why it is right as it is.
    pub why: String,
    /// The last day on which it is silent.
    pub until: Option<Day>,
    /// The text it was found in, from the folder of the file.
    pub target: Option<String>,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// The file.
#[derive(Default)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub entries: Vec<Entry>,
    content: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(default)]
    silence: Vec<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    id: Spanned<String>,
    why: String,
    until: Option<Spanned<toml::value::Datetime>>,
    #[serde(rename = "in")]
    target: Option<String>,
}

impl File {
    /// Reads a file; one that is not there yet holds nothing.
    pub fn read(path: PathBuf) -> Result<File> {
        if !path.exists() {
            return Ok(File { path, ..File::default() });
        }
        let content =
            std::fs::read_to_string(&path).with_context(|| format!("{}: cannot be read; check the permissions", path.display()))?;
        let entries = entries(&path, &content)?;
        Ok(File { path, entries, content })
    }

    /// How the file names a text; standard input has no name.
    pub fn name_of(&self, target: &str) -> Option<String> {
        let folder = std::path::absolute(&self.path).ok()?.parent()?.to_path_buf();
        let path = nearby::folder(target)?.join(Path::new(target).file_name()?);
        let name = path.strip_prefix(&folder).unwrap_or(&path);
        Some(name.to_string_lossy().replace('\\', "/"))
    }

    /// Adds an entry at the end.
    pub fn add(&mut self, entry: &Entry) -> Result<()> {
        if let Some(known) = self.entries.iter().find(|known| known.id == entry.id) {
            bail!("{}:{}: {} is silenced already ({}); change it there", self.path.display(), known.line, entry.id, known.why);
        }
        let gap = if self.content.is_empty() || self.content.ends_with("\n\n") { "" } else { "\n" };
        let end = if self.content.is_empty() || self.content.ends_with('\n') { "" } else { "\n" };
        write!(self.content, "{end}{gap}{}", text(entry)).expect("a string can be written");
        self.entries = entries(&self.path, &self.content)?;
        Ok(())
    }

    /// Writes the file in one step: whoever reads it meanwhile has the old one or the new one.
    pub fn write(&self) -> Result<()> {
        let new = self.path.with_extension("toml.new");
        let failed = || format!("{}: cannot be written; check the permissions of the folder", self.path.display());
        std::fs::write(&new, &self.content).with_context(failed)?;
        std::fs::rename(&new, &self.path).with_context(failed)
    }
}

fn entries(path: &Path, content: &str) -> Result<Vec<Entry>> {
    let read: Content = toml::from_str(content).map_err(|error| at_line(path, content, &error))?;
    read.silence.into_iter().map(|table| entry(path, content, table)).collect()
}

fn entry(path: &Path, content: &str, table: Table) -> Result<Entry> {
    let line = |at: usize| content[..at].matches('\n').count() + 1;
    let until = match &table.until {
        None => None,
        Some(date) => {
            let day = Day::read(&date.get_ref().to_string());
            let wrong = || anyhow!("{}:{}: until: expected a day such as 2026-12-31", path.display(), line(date.span().start));
            Some(day.ok_or_else(wrong)?)
        }
    };
    let line = line(table.id.span().start);
    Ok(Entry { id: table.id.into_inner(), why: table.why, until, target: table.target, line })
}

fn text(entry: &Entry) -> String {
    let mut text = format!("[[silence]]\nid = {}\n", quoted(&entry.id));
    if let Some(target) = &entry.target {
        writeln!(text, "in = {}", quoted(target)).expect("a string can be written");
    }
    writeln!(text, "why = {}", quoted(&entry.why)).expect("a string can be written");
    if let Some(until) = entry.until {
        writeln!(text, "until = {}", written(until)).expect("a string can be written");
    }
    text
}

/// A day as 2026-12-31.
pub fn written(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// A string of TOML: as JSON has it, but for the one control character that only TOML forbids.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7F}', "\\u007F")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &str) -> Result<File> {
        let path = PathBuf::from("jjak-silences.toml");
        Ok(File { entries: entries(&path, content)?, content: content.to_string(), path })
    }

    #[test]
    fn what_is_added_is_read_again_and_nothing_else_changes() {
        let first = "# Ours.\n[[silence]]\nid = \"0000000000000001\"\nwhy = 'a'   # b";
        let mut file = file(first).unwrap();
        let why = "\"quoted\" \\ \u{7F}\n줄 \u{1b}";
        let until = Day::read("2030-01-31");
        file.add(&Entry { id: "0000000000000002".into(), why: why.into(), until, target: Some("a b/짝.txt".into()), line: 0 }).unwrap();
        assert!(file.content.starts_with(first), "{}", file.content);
        let added = &file.entries[1];
        assert_eq!((added.why.as_str(), added.until, added.target.as_deref(), added.line), (why, until, Some("a b/짝.txt"), 7));
        let again = file.add(&Entry { id: "0000000000000001".into(), why: "x".into(), until: None, target: None, line: 0 });
        assert_eq!(again.unwrap_err().to_string(), "jjak-silences.toml:3: 0000000000000001 is silenced already (a); change it there");
    }

    #[test]
    fn an_error_names_the_line() {
        for (content, expected) in [
            ("[[silence]]\nid = \"1\"\n", ":1: missing field \"why\""),
            ("[[silence]]\nid = \"1\"\nwhy = \"a\"\nuntill = 2020-01-01\n", ":4: unknown field \"untill\""),
            ("[[silence]]\nid = \"1\"\nwhy = \"a\"\nuntil = 10:00:00\n", ":4: until: expected a day such as 2026-12-31"),
            ("[silences]\n", ":1: unknown field \"silences\""),
        ] {
            let error = file(content).map(|_| ()).unwrap_err().to_string();
            assert!(error.starts_with(&format!("jjak-silences.toml{expected}")), "{error}");
        }
    }
}
