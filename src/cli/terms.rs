//! Which terms a command uses beside the built-in ones.

use crate::cli::config::Config;
use crate::cli::memory::Memory;
use crate::glossary::{Concept, Glossary, Matcher, Status, Term};
use crate::store::{self, Store};
use crate::text::Language;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// Which terms a command uses beside the built-in ones.
#[derive(Args, Clone, Debug)]
pub struct Terms {
    /// A further list of terms, TSV or CSV (may be given again)
    #[arg(long, value_name = "FILE")]
    glossary: Vec<String>,
    /// The configuration, instead of the nearest jjak.toml (see jjak explain configuration)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    pub memory: Memory,
}

impl Terms {
    /// The glossary: the built-in terms, then those of the memory, then those of the files.
    pub fn glossary(&self) -> Result<Glossary> {
        self.onto(Glossary::built_in(), &self.config(None)?)
    }

    /// The user's own terms alone.
    pub fn own(&self) -> Result<Glossary> {
        self.onto(Glossary::empty(), &self.config(None)?)
    }

    /// How the house wants things: for a text, or for the working folder.
    pub fn config(&self, text: Option<&str>) -> Result<Config> {
        Config::load(self.config.as_deref(), text)
    }

    /// The user's own terms, ready to be found; nothing when there are none.
    pub fn matcher(&self, config: &Config) -> Result<Option<Arc<Matcher>>> {
        let own = self.onto(Glossary::empty(), config)?;
        tracing::info!(terms = own.concepts().len(), "own terms");
        Ok((!own.concepts().is_empty()).then(|| Arc::new(Matcher::new(&own))))
    }

    fn onto(&self, glossary: Glossary, config: &Config) -> Result<Glossary> {
        let mut glossary = glossary.with_style(config.style()?);
        if let Some(store) = self.memory.open_to_read()? {
            glossary = glossary.with_concepts(concepts(&store)?);
        }
        for list in config.glossaries() {
            glossary = glossary.with_file(&list.to_string_lossy())?;
        }
        for file in &self.glossary {
            glossary = glossary.with_file(file)?;
        }
        Ok(glossary)
    }
}

/// The terms of a memory.
fn concepts(store: &Store) -> Result<Vec<Concept>> {
    Ok(store.terms()?.iter().map(concept).collect())
}

fn concept(term: &store::Term) -> Concept {
    let forms = |forms: &[store::Form], language: Language| {
        forms
            .iter()
            .map(|form| Term { language, text: form.text.clone(), status: Status::of_name(&form.status).unwrap_or(Status::Admitted) })
            .collect::<Vec<_>>()
    };
    let mut terms = forms(&term.source, Language::Korean);
    terms.extend(forms(&term.target, Language::English));
    Concept { terms, note: term.note.clone(), origin: "memory".to_string(), ..Concept::default() }
}
