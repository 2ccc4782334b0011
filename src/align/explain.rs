//! Why a bead is as it is: each share of its score, what comes next after it, and what would have to change.

use super::evidence::Matrix;
use super::{Alignment, length, translation};
use crate::text::Span;
use serde::Serialize;

/// Why a target segment is linked as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// Number from 1 of its bead.
    pub bead: usize,
    /// Source segments of the bead, numbers from 1.
    pub source: Vec<usize>,
    /// Its target segments.
    pub target: Vec<usize>,
    /// The bead's log-likelihood ratio against independence, in nats: the sum of its shares.
    pub nats: f32,
    /// Its calibrated probability, 0 to 1.
    pub score: f64,
    /// What speaks for it and against it, the heaviest first.
    pub shares: Vec<Share>,
    /// The source segments that come next, best first.
    pub rivals: Vec<Rival>,
}

/// A share of a bead's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Where it comes from: "target", "source" or "length".
    pub side: &'static str,
    /// The word or phrase.
    pub text: String,
    /// Its counterpart on the other side; empty where it lacks one.
    pub counterpart: String,
    /// What it adds, in nats.
    pub nats: f32,
}

/// A source segment that the target segments might have been linked to instead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rival {
    /// Its number from 1.
    pub source: usize,
    /// The log-likelihood ratio of that bead, in nats.
    pub nats: f32,
}

/// Most rivals that are named.
const RIVALS: usize = 3;
/// Shares that weigh less, in nats, are not named.
const SLIGHT: f32 = 0.05;

/// Why a target segment, by index from 0, is linked as it is; nothing if there is no such segment.
pub fn explain(matrix: &Matrix, alignment: &Alignment, target_index: usize) -> Option<Explanation> {
    let at = alignment.beads.iter().position(|bead| bead.target.contains(&target_index))?;
    let bead = &alignment.beads[at];
    let linked = !bead.source.is_empty();
    let numbers = |indices: &[usize]| indices.iter().map(|index| index + 1).collect();
    Some(Explanation {
        bead: at + 1,
        source: numbers(&bead.source),
        target: numbers(&bead.target),
        nats: if linked { translation::bead_score(matrix, &bead.source, &bead.target) } else { 0.0 },
        score: bead.score,
        shares: if linked { shares(matrix, &bead.source, &bead.target) } else { Vec::new() },
        rivals: rivals(matrix, &bead.source, &bead.target),
    })
}

/// Each share of the score of a bead, the heaviest first.
fn shares(matrix: &Matrix, sources: &[usize], targets: &[usize]) -> Vec<Share> {
    let mut shares = Vec::new();
    for &target in targets {
        let evidence = matrix.evidence(sources, target);
        for (index, quality) in matrix.covered(sources, target).into_iter().enumerate() {
            let span = matrix.targets[target].items[index].span;
            let found = evidence.iter().find(|evidence| evidence.target_span == span);
            let counterpart = found.map_or("", |found| found.source_span.of(&matrix.source.document.text));
            let nats = matrix.item_worth(target)[index].at(quality);
            shares.push(share("target", span, &matrix.target.document.text, counterpart, nats));
        }
    }
    for &source in sources {
        for (index, quality) in matrix.carried(source, targets).into_iter().enumerate() {
            let span = matrix.sources[source].words[index].span;
            let item = targets.iter().find_map(|&target| {
                let found = matrix.matches(source, target).iter().find(|found| found.word as usize == index)?;
                Some(matrix.targets[target].items[found.item as usize].span.of(&matrix.target.document.text))
            });
            let nats = matrix.word_worth(source)[index].at(quality);
            shares.push(share("source", span, &matrix.source.document.text, item.unwrap_or(""), nats));
        }
    }
    shares.push(length_share(matrix, sources, targets));
    shares.retain(|share| share.nats.abs() >= SLIGHT);
    shares.sort_by(|one, other| other.nats.abs().total_cmp(&one.nats.abs()));
    shares
}

fn share(side: &'static str, span: Span, text: &str, counterpart: &str, nats: f32) -> Share {
    Share { side, text: span.of(text).to_string(), counterpart: counterpart.to_string(), nats: translation::DIRECTION * nats }
}

fn length_share(matrix: &Matrix, sources: &[usize], targets: &[usize]) -> Share {
    let source: usize = sources.iter().map(|&source| matrix.sources[source].length).sum();
    let target: usize = targets.iter().map(|&target| matrix.targets[target].length).sum();
    Share {
        side: "length",
        text: format!("{target} characters"),
        counterpart: format!("{source} characters"),
        nats: translation::LENGTH * length::score(source, target),
    }
}

/// The best single source segments outside the bead.
fn rivals(matrix: &Matrix, sources: &[usize], targets: &[usize]) -> Vec<Rival> {
    let others = (0..matrix.sources.len()).filter(|source| !sources.contains(source));
    let shared = others.filter(|&source| targets.iter().any(|&target| !matrix.matches(source, target).is_empty()));
    let mut rivals: Vec<Rival> =
        shared.map(|source| Rival { source: source + 1, nats: translation::bead_score(matrix, &[source], targets) }).collect();
    rivals.sort_by(|one, other| other.nats.total_cmp(&one.nats).then(one.source.cmp(&other.source)));
    rivals.truncate(RIVALS);
    rivals
}

impl Explanation {
    /// What would have to change for the segment to be linked otherwise, in a sentence.
    pub fn remedy(&self) -> String {
        let target = self.target.first().copied().unwrap_or(0);
        let pin = |source: usize| format!("--pin {source}:{target} links them whatever the evidence says");
        match (self.source.is_empty(), self.rivals.first()) {
            (true, None) => "no source segment shares a word with it".to_string(),
            (true, Some(rival)) if rival.nats > 0.0 => {
                format!(
                    "source {} speaks for itself with {:.1} nats, but is linked elsewhere or out of order; {}",
                    rival.source,
                    rival.nats,
                    pin(rival.source)
                )
            }
            (true, Some(rival)) => {
                format!(
                    "source {} comes nearest and would need {:.1} nats more to be as likely as not; {}",
                    rival.source,
                    -rival.nats,
                    pin(rival.source)
                )
            }
            (false, None) => format!("no other source shares a word with it; --pin :{target} leaves it without one"),
            (false, Some(rival)) => {
                format!(
                    "source {} comes next and would have to gain {:.1} nats{}; {}",
                    rival.source,
                    (self.nats - rival.nats).max(0.0),
                    self.worth(rival),
                    pin(rival.source)
                )
            }
        }
    }

    /// The heaviest words of the bead that together make up its lead over a rival.
    fn worth(&self, rival: &Rival) -> String {
        let mut lead = self.nats - rival.nats;
        let mut words = Vec::new();
        for share in self.shares.iter().filter(|share| share.side == "target" && share.nats > 0.0) {
            if lead <= 0.0 || words.len() == 5 {
                break;
            }
            lead -= share.nats;
            words.push(share.text.as_str());
        }
        if words.is_empty() { String::new() } else { format!(", as much as {} bring here", words.join(", ")) }
    }
}
