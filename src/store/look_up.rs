//! Look-up in the memory: exact, fuzzy and concordance.

use crate::memory::answer::Best;
use crate::memory::key::folded;
use crate::memory::{Class, Hit, Query, Status};
use crate::store::{Result, Store, StoredUnit};
use crate::text::Language;

/// What is asked of a look-up.
#[derive(Clone, Debug)]
pub struct Asked {
    /// How alike a hit must be, 0 to 1.
    pub least: f64,
    /// The most hits.
    pub limit: usize,
    /// Whether sentences that hold the query count too.
    pub concordance: bool,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { least: 0.7, limit: 5, concordance: true }
    }
}

/// A hit with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// How it answers.
    pub hit: Hit,
    /// The unit.
    pub unit: StoredUnit,
}

impl Store {
    /// The best units for a query, best first, found by comparing with every unit.
    pub fn find_exhaustively(&self, query: &mut Query, asked: &Asked) -> Result<Vec<Answer>> {
        let hits = self.scan(query, asked);
        let hits = self.named(hits)?;
        let mut answers = Vec::new();
        for hit in hits {
            answers.extend(self.unit(hit.unit)?.map(|unit| Answer { hit, unit }));
        }
        Ok(answers)
    }

    fn scan(&self, query: &mut Query, asked: &Asked) -> Result<Vec<Hit>> {
        let side = if query.language == Language::Korean { "source" } else { "target" };
        let mut statement = self.connection.prepare_cached(&format!("SELECT id, {side}, context, status FROM units"))?;
        let mut rows = statement.query([])?;
        let mut best = Best::new(asked.limit, asked.least);
        let needle = spaceless(&query.text);
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>(3)? == Status::Rejected as i64 {
                continue;
            }
            let (unit, text) = (row.get(0)?, row.get_ref(1)?.as_str().unwrap_or(""));
            let compared = query.compare(text, best.bar());
            if let Some((class, score)) = compared {
                let in_context = class == Class::Exact && query.context.is_some() && query.context == row.get(2)?;
                best.add(Hit { unit, class: if in_context { Class::InContext } else { class }, score });
            } else if asked.concordance {
                best.add_if_held(unit, &needle, text);
            }
        }
        Ok(best.into_hits())
    }
}

impl Best {
    fn add_if_held(&mut self, unit: i64, needle: &str, text: &str) {
        let text = spaceless(text);
        if !needle.is_empty() && text.contains(needle) {
            let score = needle.chars().count() as f64 / text.chars().count() as f64;
            self.add(Hit { unit, class: Class::Concordance, score });
        }
    }
}

fn spaceless(text: &str) -> String {
    folded(text).chars().filter(|character| *character != ' ').flat_map(char::to_lowercase).collect()
}
