//! What could not be carried from one format to another.

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

impl Losses {
    /// Notes a loss.
    pub fn add(&mut self, what: impl Into<String>, line: Option<usize>) {
        self.losses.entry(what.into()).or_insert(Loss { count: 0, line }).count += 1;
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
