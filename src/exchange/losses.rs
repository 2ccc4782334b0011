//! What could not be carried from one format to another.

use super::language::base;
use crate::memory::TranslationUnit;
use std::collections::BTreeMap;

/// What could not be carried: how often, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    losses: BTreeMap<String, Loss>,
}

/// One kind of loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// How often.
    pub count: u64,
    /// The line where it was met first, from 1; `None` where lines mean nothing.
    pub line: Option<usize>,
}

/// Kinds of loss that are told apart: a report of more would not be read.
const MOST_KINDS: usize = 100;

/// Characters of a loss that are kept: a name in a stranger's file may be as long as the file.
const MOST_CHARACTERS: usize = 150;

impl Losses {
    /// Notes a loss.
    pub fn add(&mut self, what: impl AsRef<str>, line: Option<usize>) {
        let what = what.as_ref();
        let end = what.char_indices().nth(MOST_CHARACTERS).map_or(what.len(), |(at, _)| at);
        let what = &what[..end];
        if let Some(loss) = self.losses.get_mut(what) {
            loss.count += 1;
            return;
        }
        let what = if self.losses.len() < MOST_KINDS { what } else { "losses of further kinds" };
        self.losses.entry(what.to_string()).or_insert(Loss { count: 0, line }).count += 1;
    }

    /// Whether a file of one source and one target language can carry a unit; notes what it cannot.
    pub fn carries(&mut self, (source, target): &(String, String), unit: &TranslationUnit) -> bool {
        if base(source) != base(&unit.source_language) || base(target) != base(&unit.target_language) {
            self.add("units in other languages than the first one", None);
            return false;
        }
        if *source != unit.source_language || *target != unit.target_language {
            self.add("regions of languages, where they differ from those of the first unit", None);
        }
        true
    }

    /// Whether everything was carried.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }

    /// Every kind of loss in the order of its name.
    pub fn each(&self) -> impl Iterator<Item = (&str, Loss)> {
        self.losses.iter().map(|(what, loss)| (what.as_str(), *loss))
    }

    /// A sentence for each kind.
    pub fn sentences(&self) -> Vec<String> {
        let sentence = |(what, loss): (&str, Loss)| match loss.line {
            Some(line) => format!("{} × {what} (first on line {line})", loss.count),
            None => format!("{} × {what}", loss.count),
        };
        self.each().map(sentence).collect()
    }
}
