//! Two documents as the pair subcommands take them: read, turned the right way round, segmented, with their anchors.

use crate::align::translation::Link;
use crate::align::{Mode, Side};
use crate::anchor::Given;
use crate::anchor::date::Day;
use crate::cli::config::Config;
use crate::cli::memory::Memory;
use crate::cli::note::note;
use crate::cli::terms::Terms;
use crate::document::Document;
use crate::glossary::lexicon;
use crate::learn::{Learnt, lesson};
use crate::read;
use crate::text::{Folded, Language, Span};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::sync::Arc;

/// `--mode` as the user gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ModeChoice {
    /// The evidence decides
    Auto,
    /// The target keeps the order and covers everything
    Translation,
    /// The target omits, merges, condenses and moves
    Summary,
}

impl ModeChoice {
    fn mode(self) -> Option<Mode> {
        match self {
            ModeChoice::Auto => None,
            ModeChoice::Translation => Some(Mode::Translation),
            ModeChoice::Summary => Some(Mode::Summary),
        }
    }
}

/// What the pair subcommands take beside the documents.
#[derive(Args)]
pub struct PairArguments {
    /// Whether the target is a translation or a summary
    #[arg(long, value_enum, default_value_t = ModeChoice::Auto)]
    mode: ModeChoice,
    /// The day of writing, by which "last month" is understood; without it the documents are asked
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<Day>,
    #[command(flatten)]
    terms: Terms,
}

/// Reads a day as the user gives it.
pub fn day(text: &str) -> Result<Day, String> {
    Day::read(text).ok_or_else(|| "expected a day such as 2024-06-19".to_string())
}

impl PairArguments {
    /// The mode, `None` when the evidence is to decide.
    pub fn mode(&self) -> Option<Mode> {
        self.mode.mode()
    }

    /// What the user says of the documents, and how the house wants things for that English text.
    pub fn given(&self, target: &str) -> Result<(Given, Config)> {
        let config = self.terms.config(Some(target))?;
        Ok((Given { today: self.date, terms: self.terms.matcher(&config)?, ..Given::default() }, config))
    }

    /// The memory.
    pub fn memory(&self) -> &Memory {
        &self.terms.memory
    }
}

/// Reads a pair: source first, then target. Given the other way round, they are turned with a note.
pub fn read_pair(source: &str, target: &str, given: &Given, memory: &Memory) -> Result<(Side, Side)> {
    if source == "-" && target == "-" {
        bail!("standard input can be only one of the two documents: name a file for the other");
    }
    let (mut source, mut target) = (read::file(source)?, read::file(target)?);
    if source.language == Language::English && target.language == Language::Korean {
        note(format_args!("{} is Korean and {} English; taken that way round", target.path, source.path));
        std::mem::swap(&mut source, &mut target);
    }
    expect(&source, Language::Korean)?;
    expect(&target, Language::English)?;
    let given = Given { learnt: Arc::new(learnt(memory, &source)?), ..given.clone() };
    let (source, target) = Side::pair(source, target, &given);
    for side in [&source, &target] {
        tracing::info!(path = side.document.path, segments = side.document.segments.len(), "read and segmented");
    }
    Ok((source, target))
}

/// What the memory knows of the words of a Korean text; nothing where it has not learnt anything.
fn learnt(memory: &Memory, source: &Document) -> Result<Learnt> {
    let Some(store) = memory.open_to_read()? else { return Ok(Learnt::default()) };
    if !store.has_learnt()? {
        return Ok(Learnt::default());
    }
    let folded = Folded::without(&source.text, &source.markup_within(Span::new(0, source.text.len())));
    let hits = lexicon::find(folded.text());
    let words = lesson::words(folded.text(), &hits).into_iter().map(|word| word.form.to_string()).collect();
    Ok(store.learnt(&words)?)
}

/// The beads that a person has confirmed in the memory for this pair or an earlier version of it, unless what is pinned now
/// speaks of their segments.
pub fn confirmed(memory: &Memory, (source, target): (&Side, &Side), pinned: &[Link]) -> Result<Vec<Link>> {
    let Some(store) = memory.open_to_read()? else { return Ok(Vec::new()) };
    let contests = |pinned: &Link, link: &Link| {
        pinned.source.iter().any(|segment| link.source.contains(segment))
            || pinned.target.iter().any(|segment| link.target.contains(segment))
    };
    let mut links = store.confirmed_links(&source.document, &target.document)?;
    links.retain(|link| pinned.iter().all(|pinned| !contests(pinned, link)));
    Ok(links)
}

/// Refuses a document that is plainly in another language, and says so of one that seems to be.
pub fn expect(document: &Document, wanted: Language) -> Result<()> {
    let found = read::other_script(&document.text).unwrap_or(document.language.name());
    if found != wanted.name() {
        bail!("{}: expected {} text, found {found}; give the Korean original first, then the English", document.path, wanted.name());
    }
    if let Some(language) = read::foreign(document) {
        note(format_args!("{} looks like {language}; it is read as English", document.path));
    }
    Ok(())
}

/// What is compared, for whoever waits for it.
pub fn sizes(source: &Side, target: &Side) -> String {
    format!("comparing {} with {} segments", source.document.segments.len(), target.document.segments.len())
}
