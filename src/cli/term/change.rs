//! `jjak term add`, `remove` and `import`: the user's own terms in the memory.

use crate::cli::memory::Memory;
use crate::cli::note::note;
use crate::glossary::{Case, Concept, Glossary, Status, table};
use crate::read;
use crate::store;
use crate::text::Language;
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

/// Puts a term into the memory
#[derive(Args)]
#[command(
    after_help = "Example:\n  jjak term add 핵협의그룹 \"Nuclear Consultative Group\" --also NCG --never \"Nuclear Consultation Group\""
)]
pub struct Add {
    /// The Korean form
    korean: String,
    /// The English term to use
    english: String,
    /// A further Korean form (may be given again)
    #[arg(long, value_name = "KOREAN")]
    form: Vec<String>,
    /// An English term that is right too (may be given again)
    #[arg(long, value_name = "ENGLISH")]
    also: Vec<String>,
    /// An English term that is out of date or ambiguous (may be given again)
    #[arg(long, value_name = "ENGLISH")]
    avoid: Vec<String>,
    /// An English term that is wrong (may be given again)
    #[arg(long, value_name = "ENGLISH")]
    never: Vec<String>,
    /// What to know when using it
    #[arg(long, default_value = "")]
    note: String,
    /// What was done, as text for people or JSON for programs
    #[arg(long, value_enum, default_value_t = OutputForm::Text)]
    format: OutputForm,
    #[command(flatten)]
    memory: Memory,
}

/// Takes a term out of the memory
#[derive(Args)]
#[command(after_help = "Example:\n  jjak term remove 핵협의그룹")]
pub struct Remove {
    /// The Korean form
    korean: String,
    /// What was done, as text for people or JSON for programs
    #[arg(long, value_enum, default_value_t = OutputForm::Text)]
    format: OutputForm,
    #[command(flatten)]
    memory: Memory,
}

/// Brings tables of terms into the memory; what is there already is not doubled
#[derive(Args)]
#[command(
    after_help = "A table is TSV or CSV with a header such as source, preferred, admitted, deprecated, forbidden, note; ; stands between terms.\n\nExample:\n  jjak term import house-terms.tsv"
)]
pub struct Import {
    /// The tables
    #[arg(required = true)]
    files: Vec<String>,
    /// What was done, as text for people or JSON for programs
    #[arg(long, value_enum, default_value_t = OutputForm::Text)]
    format: OutputForm,
    #[command(flatten)]
    memory: Memory,
}

#[derive(Clone, Copy, ValueEnum)]
enum OutputForm {
    Text,
    Json,
}

/// What a change did to the terms of the memory.
#[derive(Serialize)]
struct Output {
    schema: &'static str,
    added: usize,
    known: usize,
    removed: usize,
}

fn json(added: usize, known: usize, removed: usize) -> Result<()> {
    let output = Output { schema: "jjak/term-change/1", added, known, removed };
    Ok(writeln!(io::stdout(), "{}", serde_json::to_string(&output)?)?)
}

impl Add {
    /// Every English form that is given.
    fn in_english(&self) -> impl Iterator<Item = &String> {
        [&self.english].into_iter().chain(&self.also).chain(&self.avoid).chain(&self.never)
    }
}

/// Adds one term.
pub fn add(arguments: &Add) -> Result<ExitCode> {
    if Language::detect(&arguments.korean) != Some(Language::Korean) {
        bail!("expected a Korean form first, found \"{}\"; give the Korean, then the English", arguments.korean);
    }
    if let Some(wrong) = arguments.in_english().find(|text| text.trim().is_empty() || Language::detect(text) == Some(Language::Korean)) {
        bail!("expected an English term, found \"{wrong}\"; give the Korean, then the English");
    }
    let form = |text: &str, status: Status| store::Form { text: text.trim().to_string(), status: status.name().to_string() };
    let mut source = vec![form(&arguments.korean, Status::Preferred)];
    source.extend(arguments.form.iter().map(|text| form(text, Status::Admitted)));
    let mut target = vec![form(&arguments.english, Status::Preferred)];
    for (texts, status) in
        [(&arguments.also, Status::Admitted), (&arguments.avoid, Status::Deprecated), (&arguments.never, Status::Forbidden)]
    {
        target.extend(texts.iter().map(|text| form(text, status)));
    }
    let term = store::Term { id: 0, source, target, note: arguments.note.clone(), origin: String::new() };
    let added = arguments.memory.open()?.add_terms(&[term], "jjak term add")?;
    match arguments.format {
        OutputForm::Text => writeln!(io::stdout(), "{}: {}", arguments.korean, if added == 1 { "added" } else { "known already" })?,
        OutputForm::Json => json(added, 1 - added, 0)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Removes every term of the memory with this Korean form.
pub fn remove(arguments: &Remove) -> Result<ExitCode> {
    let mut store = arguments.memory.open()?;
    let of_form = |term: &store::Term| term.source.iter().any(|form| form.text == arguments.korean.trim());
    let ids: Vec<i64> = store.terms()?.iter().filter(|term| of_form(term)).map(|term| term.id).collect();
    for &id in &ids {
        store.remove_term(id)?;
    }
    match arguments.format {
        OutputForm::Text => writeln!(io::stdout(), "{}: {} removed", arguments.korean, ids.len())?,
        OutputForm::Json => json(0, 0, ids.len())?,
    }
    Ok(if ids.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Imports every table and says what was done and what could not be carried.
pub fn import(arguments: &Import) -> Result<ExitCode> {
    let tables: Vec<(&String, table::Table)> = arguments.files.iter().map(|file| Ok((file, load(file)?))).collect::<Result<_>>()?;
    let mut store = arguments.memory.open()?;
    let house = house();
    let mut sum = (0, 0);
    for (file, table) in tables {
        let new: Vec<&Concept> = table.concepts.iter().filter(|concept| !house.iter().any(|known| is_same(known, concept))).collect();
        let terms: Vec<store::Term> = new.iter().map(|concept| stored(concept)).collect();
        let added = store.add_terms(&terms, file)?;
        let known = table.concepts.len() - added;
        if let OutputForm::Text = arguments.format {
            writeln!(io::stdout(), "{file}: {added} terms added, {known} known already")?;
        }
        sum = (sum.0 + added, sum.1 + known);
        for problem in table.problems.iter().map(|problem| (problem.line, problem.message.clone())).chain(lost(&new)) {
            let place = if problem.0 > 0 { format!(":{}", problem.0) } else { String::new() };
            note(format_args!("{file}{place}: {}", problem.1));
        }
    }
    if let OutputForm::Json = arguments.format {
        json(sum.0, sum.1, 0)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn load(file: &str) -> Result<table::Table> {
    Ok(table::read(file, &read::file(file)?.text)?)
}

fn house() -> Vec<Concept> {
    let glossary = Glossary::built_in();
    glossary.concepts().iter().map(|concept| glossary.written_out(concept)).collect()
}

fn is_same(one: &Concept, other: &Concept) -> bool {
    one.terms == other.terms && one.note == other.note
}

/// What a memory does not keep of a concept.
fn lost(concepts: &[&Concept]) -> impl Iterator<Item = (usize, String)> + use<> {
    let kept = |concept: &&&Concept| {
        concept.case == Case::Usual
            && !concept.do_not_translate
            && concept.reference.is_empty()
            && concept.apart.is_empty()
            && concept.valid_from.is_empty()
            && concept.valid_until.is_empty()
    };
    let names: Vec<&str> = concepts.iter().filter(|concept| !kept(concept)).map(|concept| concept.headword()).collect();
    let message = format!(
        "reference, do-not-translate, case, from, until and apart are not kept in a memory: {} (use the table with --glossary to keep them)",
        names.join(", ")
    );
    (!names.is_empty()).then_some((0, message)).into_iter()
}

fn stored(concept: &Concept) -> store::Term {
    let forms = |language: Language| {
        let terms = concept.terms.iter().filter(move |term| term.language == language);
        terms.map(|term| store::Form { text: term.text.clone(), status: term.status.name().to_string() }).collect::<Vec<_>>()
    };
    let (source, target) = (forms(Language::Korean), forms(Language::English));
    store::Term { id: 0, source, target, note: concept.note.clone(), origin: concept.origin.clone() }
}
