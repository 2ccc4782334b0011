//! Words with their equivalents: the built-in lexicon, house terms, country groups, and finding them in running text.

pub mod lexicon;
pub mod compound;
pub mod countries;
pub mod table;
pub mod built_in;
pub mod search;
pub mod matcher;

use crate::read;
use crate::text::Language;
use countries::Style;
use serde::Serialize;

pub use matcher::{Matcher, Occurrence};
pub use search::Found;

/// How a term stands in the house (TBX).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The term to use.
    Preferred,
    /// Right too.
    Admitted,
    /// Out of date or ambiguous; understood, not written.
    Deprecated,
    /// Wrong.
    Forbidden,
}

impl Status {
    /// All of them, best first.
    pub const ALL: [Status; 4] = [Status::Preferred, Status::Admitted, Status::Deprecated, Status::Forbidden];

    /// The name used in JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Status::Preferred => "preferred",
            Status::Admitted => "admitted",
            Status::Deprecated => "deprecated",
            Status::Forbidden => "forbidden",
        }
    }

    /// The status of a name.
    pub fn of_name(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// A word or phrase that names a concept in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its language.
    pub language: Language,
    /// How it is written.
    pub text: String,
    /// How it stands.
    pub status: Status,
}

/// Whether capitals matter when a term is looked for in running text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// Acronyms as written, everything else in any case.
    #[default]
    Usual,
    /// As written.
    Exact,
}

/// What the terms of both languages name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// Korean forms and English terms: the Korean ones first, within a language the preferred one first.
    pub terms: Vec<Term>,
    /// What an editor should know, in one sentence; may be empty.
    pub note: String,
    /// Where the term is documented: a law, a style guide, an address; may be empty.
    pub reference: String,
    /// Whether the Korean form stays as it is in English (names of newspapers, titles of works).
    pub do_not_translate: bool,
    /// Whether capitals matter.
    pub case: Case,
    /// First day of validity, YYYY-MM-DD or a beginning of it; empty for always.
    pub valid_from: String,
    /// Last day of validity, in the same form; empty for still.
    pub valid_until: String,
    /// Words that hold a Korean form and are another concept (인도주의 for 인도).
    pub apart: Vec<String>,
    /// Where it comes from: "built-in", "memory" or the file.
    pub origin: String,
}

impl Concept {
    /// The Korean forms, the house's first.
    pub fn source(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.language == Language::Korean)
    }

    /// The English terms, the preferred one first.
    pub fn target(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.language == Language::English)
    }

    /// The Korean form that stands for the concept; empty when there is none.
    pub fn headword(&self) -> &str {
        self.source().next().map_or("", |term| &term.text)
    }
}

/// Concepts from several places, the weightier last: built in, the memory, the files of the command line.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    concepts: Vec<Concept>,
    style: Style,
}

impl Glossary {
    /// A glossary without terms; country groups are read all the same.
    pub fn empty() -> Glossary {
        Glossary::default()
    }

    /// The house terms that come with the program, in the default house style.
    pub fn built_in() -> Glossary {
        Glossary { concepts: built_in::concepts(), style: Style::default() }
    }

    /// The same glossary with groups of countries written in another house style.
    pub fn with_style(mut self, style: Style) -> Glossary {
        self.style = style;
        self
    }

    /// Adds the terms of a TSV or CSV file with any sensible header.
    ///
    /// # Errors
    /// When the file cannot be read or has no column of Korean or of English terms.
    pub fn with_file(self, path: &str) -> Result<Glossary, Error> {
        let document = read::file(path)?;
        let table = table::read(path, &document.text)?;
        Ok(self.with_concepts(table.concepts))
    }

    /// Adds concepts from elsewhere, such as the memory.
    pub fn with_concepts(mut self, concepts: impl IntoIterator<Item = Concept>) -> Glossary {
        self.concepts.extend(concepts);
        self
    }

    /// All concepts as they were given: `{한미}` in an English term stands for the group in the house style.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// How the house writes groups of countries.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// A concept with its English terms written out in the house style.
    pub fn written_out(&self, concept: &Concept) -> Concept {
        let mut terms: Vec<Term> = Vec::with_capacity(concept.terms.len());
        for term in &concept.terms {
            for (text, status) in self.expand(&term.text, term.status) {
                if !terms.iter().any(|known| known.language == term.language && known.text == text) {
                    terms.push(Term { language: term.language, text, status });
                }
            }
        }
        terms.sort_by_key(|term| (term.language, term.status));
        Concept { terms, ..concept.clone() }
    }

    /// `{한미} alliance` in every way to write the group, each with the worse of both standings.
    fn expand(&self, text: &str, status: Status) -> Vec<(String, Status)> {
        let parts = text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
        let Some((before, (group, after))) = parts else { return vec![(text.to_string(), status)] };
        let Some(countries) = countries::read(group) else { return vec![(text.to_string(), status)] };
        let renderings = self.style.renderings(&countries).into_iter();
        renderings.map(|(group, standing)| (format!("{before}{group}{after}"), status.max(standing))).collect()
    }

    /// The entries that answer a query in either language, best first.
    pub fn look_up(&self, query: &str) -> Vec<Found> {
        search::look_up(self, query)
    }
}

/// Why a file of terms cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file itself cannot be read.
    #[error(transparent)]
    Unreadable(#[from] read::Error),
    /// Its table cannot be understood.
    #[error(transparent)]
    Table(#[from] table::Error),
}
