//! How probable it is that a bead of a translation is right: a logistic over its nats and its neighbours, fitted on the
//! golden pairs, see benches/records/align.md.

use super::evidence::Matrix;
use super::translation::{Link, bead_score};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The names of the features, in the order of [`features`].
pub const NAMES: [&str; 5] = ["nats", "weak", "neighbours", "merged", "merged_nats"];

/// A logistic fitted on the golden pairs.
static WEIGHTS: LazyLock<Vec<f64>> = LazyLock::new(|| super::weights(include_str!("score.txt"), &NAMES));

/// The probability, 0 to 1, of each link of a translation.
pub fn of(matrix: &Matrix, links: &[Link]) -> Vec<f64> {
    features(matrix, links).iter().map(|features| super::logistic(&WEIGHTS, features)).collect()
}

/// What speaks for and against each link, all finite: see [`NAMES`].
pub fn features(matrix: &Matrix, links: &[Link]) -> Vec<[f64; 5]> {
    let borders = Borders::of(links, (matrix.sources.len(), matrix.targets.len()));
    links.iter().map(|link| of_link(matrix, link, &borders)).collect()
}

fn of_link(matrix: &Matrix, link: &Link, borders: &Borders) -> [f64; 5] {
    let nats = f64::from(bead_score(matrix, &link.source, &link.target)).clamp(-4.0, 12.0);
    let merged = f64::from(u8::from(link.source.len() + link.target.len() > 2));
    [nats / 10.0, nats.clamp(0.0, 4.0) / 4.0, borders.neighbours(link), merged, merged * nats / 10.0]
}

/// The points between segments at which links begin and end.
struct Borders {
    begins: FxHashSet<(usize, usize)>,
    ends: FxHashSet<(usize, usize)>,
}

impl Borders {
    fn of(links: &[Link], corner: (usize, usize)) -> Borders {
        let begins = links.iter().map(begin).chain([corner]).collect();
        let ends = links.iter().map(end).chain([(0, 0)]).collect();
        Borders { begins, ends }
    }

    /// How many of the two neighbours on the path adjoin: none, one or both. The ends of the texts count as neighbours.
    fn neighbours(&self, link: &Link) -> f64 {
        f64::from(u8::from(self.ends.contains(&begin(link)))) + f64::from(u8::from(self.begins.contains(&end(link))))
    }
}

fn begin(link: &Link) -> (usize, usize) {
    (link.source.first().copied().unwrap_or(0), link.target.first().copied().unwrap_or(0))
}

fn end(link: &Link) -> (usize, usize) {
    (link.source.last().map_or(0, |last| last + 1), link.target.last().map_or(0, |last| last + 1))
}
