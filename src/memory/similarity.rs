//! How alike two sentences are: edit distance, many tokens at once in the bits of a word.

use crate::memory::key::{Key, Metric, View};

/// How alike two sentences are, each figure from 0 to 1: one minus the edits over the longer length.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// As they stand, by the metric of the query.
    pub plain: f64,
    /// With all spaces taken out, by characters.
    pub spaceless: f64,
    /// With every number taken for the same number, by the metric of the query.
    pub masked: f64,
}

/// The similarity that `edits` make between sentences of these lengths in tokens.
pub fn similarity(edits: usize, query_length: usize, other_length: usize) -> f64 {
    match query_length.max(other_length) {
        0 => 1.0,
        longer => 1.0 - edits as f64 / longer as f64,
    }
}

/// The most edits with which two sentences of these lengths are still `least` alike.
pub fn most_edits(least: f64, query_length: usize, other_length: usize) -> usize {
    let longer = query_length.max(other_length) as f64;
    ((1.0 - least) * longer + 1e-9) as usize
}

/// The lengths in tokens that a sentence `least` alike to one of `length` tokens can have.
pub fn lengths(least: f64, length: usize) -> std::ops::RangeInclusive<usize> {
    let shortest = (least * length as f64 - 1e-9).ceil().max(0.0) as usize;
    let longest = if least <= 0.0 { usize::MAX } else { (length as f64 / least + 1e-9) as usize };
    shortest..=longest
}

/// A query made ready for comparing with many sentences (Myers 1999, in the blocks of Hyyrö 2003).
#[derive(Clone, Debug)]
pub struct Matcher {
    length: usize,
    blocks: usize,
    /// Open addressing: token and the row of its bits plus one, zero for an empty place.
    places: Vec<(u32, u32)>,
    /// For each distinct token the positions in the query that have it, `blocks` words a row; row 0 is for tokens it has not.
    rows: Vec<u64>,
    /// Vertical differences of each block, positive and negative.
    columns: Vec<(u64, u64)>,
    /// How often the query has the token of each row, how many of these a sentence has not used up, and the rows of its tokens.
    counts: Vec<u32>,
    left: Vec<u32>,
    found: Vec<u32>,
}

impl Matcher {
    /// Makes a query ready.
    pub fn new(query: &Key) -> Matcher {
        let length = query.tokens.len();
        let blocks = length.div_ceil(64).max(1);
        let places = vec![(0, 0); (length * 2 + 2).next_power_of_two()];
        let (rows, columns) = (vec![0; blocks], vec![(0, 0); blocks]);
        let mut matcher = Matcher { length, blocks, places, rows, columns, counts: vec![0], left: Vec::new(), found: Vec::new() };
        for (position, &token) in query.tokens.iter().enumerate() {
            let row = matcher.row_to_fill(token);
            matcher.rows[row * blocks + position / 64] |= 1 << (position % 64);
            matcher.counts[row] += 1;
        }
        matcher
    }

    /// Tokens of the query.
    pub fn length(&self) -> usize {
        self.length
    }

    fn place(&self, token: u32) -> usize {
        let mask = self.places.len() - 1;
        let mut place = (token.wrapping_mul(0x9E37_79B1) >> 7) as usize & mask;
        while self.places[place].1 != 0 && self.places[place].0 != token {
            place = (place + 1) & mask;
        }
        place
    }

    fn row(&self, token: u32) -> usize {
        self.places[self.place(token)].1 as usize
    }

    fn row_to_fill(&mut self, token: u32) -> usize {
        let place = self.place(token);
        if self.places[place].1 == 0 {
            self.places[place] = (token, (self.rows.len() / self.blocks) as u32);
            self.rows.resize(self.rows.len() + self.blocks, 0);
            self.counts.push(0);
        }
        self.places[place].1 as usize
    }

    /// Edits between the query and a sentence, `None` when there are more than `most`.
    pub fn distance(&mut self, other: &[u32], most: usize) -> Option<usize> {
        if self.length.abs_diff(other.len()) > most {
            return None;
        }
        match (self.length, self.blocks) {
            (0, _) => Some(other.len()),
            (_, 1) => self.distance_in_a_word(other, most),
            _ => self.distance_in_blocks(other, most),
        }
    }

    fn distance_in_a_word(&self, other: &[u32], most: usize) -> Option<usize> {
        let last = 1_u64 << (self.length - 1);
        let (mut positive, mut negative) = (u64::MAX, 0_u64);
        let mut distance = self.length;
        for (at, &token) in other.iter().enumerate() {
            let equal = self.rows[self.row(token)];
            let vertical = equal | negative;
            let horizontal = (((equal & positive).wrapping_add(positive)) ^ positive) | equal;
            let up = negative | !(horizontal | positive);
            let down = positive & horizontal;
            distance += usize::from(up & last != 0);
            distance -= usize::from(down & last != 0);
            if distance > most + (other.len() - at - 1) {
                return None;
            }
            let up = up << 1 | 1;
            positive = down << 1 | !(vertical | up);
            negative = up & vertical;
        }
        (distance <= most).then_some(distance)
    }

    /// Finds the row of each token of a sentence. Says how many tokens it shares with the query, whatever their order: each of
    /// the others takes an edit, so that most sentences need not be compared further.
    fn shared(&mut self, other: &[u32]) -> usize {
        self.left.clone_from(&self.counts);
        self.found.clear();
        let mut shared = 0;
        for &token in other {
            let row = self.row(token);
            self.found.push(row as u32);
            let is_left = u32::from(self.left[row] > 0);
            self.left[row] -= is_left;
            shared += is_left as usize;
        }
        shared
    }

    fn distance_in_blocks(&mut self, other: &[u32], most: usize) -> Option<usize> {
        if self.length.max(other.len()) - self.shared(other) > most {
            return None;
        }
        self.columns.fill((u64::MAX, 0));
        let last = 1_u64 << ((self.length - 1) % 64);
        let mut distance = self.length;
        for at in 0..other.len() {
            let row = self.found[at] as usize * self.blocks;
            let mut carry = 1_i8;
            for block in 0..self.blocks {
                let top = if block + 1 == self.blocks { last } else { 1 << 63 };
                carry = advance(&mut self.columns[block], self.rows[row + block], carry, top);
            }
            distance = distance.checked_add_signed(isize::from(carry)).unwrap_or(0);
            if distance > most + (other.len() - at - 1) {
                return None;
            }
        }
        (distance <= most).then_some(distance)
    }
}

/// One column of one block: takes the horizontal difference that comes in from below, gives the one that goes out at `top`.
fn advance(column: &mut (u64, u64), equal: u64, carry: i8, top: u64) -> i8 {
    let (positive, negative) = *column;
    let vertical = equal | negative;
    let equal = equal | u64::from(carry < 0);
    let horizontal = (((equal & positive).wrapping_add(positive)) ^ positive) | equal;
    let up = negative | !(horizontal | positive);
    let down = positive & horizontal;
    let out = i8::from(up & top != 0) - i8::from(down & top != 0);
    let up = up << 1 | u64::from(carry > 0);
    let down = down << 1 | u64::from(carry < 0);
    *column = (down | !(vertical | up), up & vertical);
    out
}

/// All three figures of two texts.
pub fn figures(query: &str, other: &str, metric: Metric) -> Figures {
    let in_view = |view| {
        let (query, other) = (Key::seen(query, metric, view), Key::seen(other, metric, view));
        let edits = Matcher::new(&query).distance(&other.tokens, usize::MAX - other.tokens.len()).unwrap_or(usize::MAX);
        similarity(edits, query.tokens.len(), other.tokens.len())
    };
    Figures { plain: in_view(View::Plain), spaceless: in_view(View::Spaceless), masked: in_view(View::Masked) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook's table, row by row.
    fn table(left: &[u32], right: &[u32]) -> usize {
        let mut row: Vec<usize> = (0..=right.len()).collect();
        for (above, token) in left.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], above + 1);
            for (at, other) in right.iter().enumerate() {
                let best = (diagonal + usize::from(token != other)).min(row[at].min(row[at + 1]) + 1);
                diagonal = std::mem::replace(&mut row[at + 1], best);
            }
        }
        row[right.len()]
    }

    proptest! {
        #[test]
        fn bits_and_table_agree(left in prop::collection::vec(0_u32..6, 0..150), right in prop::collection::vec(0_u32..6, 0..150), most in 0_usize..160) {
            let truth = table(&left, &right);
            let distance = Matcher::new(&Key { tokens: left }).distance(&right, most);
            prop_assert_eq!(distance, (truth <= most).then_some(truth));
        }

        #[test]
        fn what_is_alike_enough_lies_in_the_range_of_lengths(query in 0_usize..200, other in 0_usize..300, least in 0.05_f64..1.0) {
            let best = similarity(query.abs_diff(other), query, other);
            prop_assert!(best < least || lengths(least, query).contains(&other));
        }
    }

    #[test]
    fn a_number_weighs_nothing_when_masked_and_a_space_nothing_when_ignored() {
        let figures = figures("병력 1만 명을 보냈다", "병력 3만명을 보냈다", Metric::Syllables);
        assert_eq!(figures.plain, 1.0 - 2.0 / 12.0);
        assert_eq!(figures.spaceless, 1.0 - 1.0 / 9.0);
        assert_eq!(figures.masked, 1.0 - 1.0 / 12.0);
    }

    #[test]
    fn english_is_counted_in_words() {
        let figures = figures("the treaty was signed", "The treaty was ratified.", Metric::Words);
        assert_eq!(figures.plain, 0.75);
    }
}
