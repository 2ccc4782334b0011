//! Glossary entries as JSON.

use crate::glossary::{Concept, Status, Term};
use crate::text::Language;
use anyhow::Result;
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Output<'a> {
    schema: &'static str,
    query: &'a str,
    entries: Vec<EntryOutput<'a>>,
}

#[derive(Serialize)]
struct EntryOutput<'a> {
    source: Vec<&'a str>,
    target: Vec<TermOutput<'a>>,
    note: &'a str,
    origin: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reference: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    do_not_translate: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    valid_from: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    valid_until: &'a str,
}

#[derive(Serialize)]
struct TermOutput<'a> {
    text: &'a str,
    status: Status,
}

fn is_false(holds: &bool) -> bool {
    !holds
}

/// One document with all entries.
pub fn json<'a>(query: &str, concepts: impl Iterator<Item = &'a Concept>, out: &mut impl Write) -> Result<()> {
    let entries = concepts.map(EntryOutput::from).collect();
    serde_json::to_writer(&mut *out, &Output { schema: "jjak/term/1", query, entries })?;
    Ok(writeln!(out)?)
}

impl<'a> From<&'a Concept> for EntryOutput<'a> {
    fn from(concept: &'a Concept) -> Self {
        let texts = |language| concept.terms.iter().filter(move |term: &&Term| term.language == language);
        EntryOutput {
            source: texts(Language::Korean).map(|term| term.text.as_str()).collect(),
            target: texts(Language::English).map(|term| TermOutput { text: &term.text, status: term.status }).collect(),
            note: &concept.note,
            origin: &concept.origin,
            reference: &concept.reference,
            do_not_translate: concept.do_not_translate,
            valid_from: &concept.valid_from,
            valid_until: &concept.valid_until,
        }
    }
}
