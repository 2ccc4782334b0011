//! What differs between a query and a sentence that answers it: pieces of both, and the numbers to change.

use crate::memory::key::{Piece, Pieces, folded};
use serde::Serialize;

/// In which of the two texts a piece stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum In {
    /// In both.
    Both,
    /// In the query alone.
    Query,
    /// In the sentence of the memory alone.
    Memory,
}

/// A piece of text, and where it stands. Pieces of both and the query make the query, those of both and the memory the other text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// In which text.
    #[serde(rename = "in")]
    pub place: In,
    /// The piece.
    pub text: String,
}

/// Tokens of a text that are compared one by one; what is longer differs as a whole.
const MOST_TOKENS: usize = 1_000;

/// The pieces of two texts, in order.
pub fn difference(query: &str, other: &str) -> Vec<Difference> {
    let (left, right) = (tokens(query), tokens(other));
    let mut found = Vec::new();
    if left.len() > MOST_TOKENS || right.len() > MOST_TOKENS {
        add(&mut found, In::Memory, other);
        add(&mut found, In::Query, query);
        return found;
    }
    let longest = longest_common(&left, &right);
    let (mut at, mut other_at) = (0, 0);
    while at < left.len() || other_at < right.len() {
        let rest = |at: usize, other_at: usize| longest[at * (right.len() + 1) + other_at];
        if at < left.len()
            && other_at < right.len()
            && left[at] == right[other_at]
            && rest(at, other_at) == rest(at + 1, other_at + 1) + weight(left[at])
        {
            add(&mut found, In::Both, left[at]);
            (at, other_at) = (at + 1, other_at + 1);
        } else if other_at < right.len() && (at == left.len() || rest(at, other_at + 1) >= rest(at + 1, other_at)) {
            add(&mut found, In::Memory, right[other_at]);
            other_at += 1;
        } else {
            add(&mut found, In::Query, left[at]);
            at += 1;
        }
    }
    found.into_iter().filter(|piece| !piece.text.is_empty()).collect()
}

/// Appends a piece to the last one, if that stands in the same text.
fn add(found: &mut Vec<Difference>, place: In, text: &str) {
    match found.last_mut() {
        Some(last) if last.place == place => last.text.push_str(text),
        _ => found.push(Difference { place, text: text.to_string() }),
    }
}

/// Runs of letters of one script, of digits and of white space, Hangul syllable by syllable, and single other characters.
fn tokens(text: &str) -> Vec<&str> {
    let class = |character: char| match character {
        _ if character.is_whitespace() => 1,
        '0'..='9' => 2,
        _ if crate::text::is_hangul(character) || crate::text::is_hanja(character) => 0,
        _ if character.is_alphabetic() => 3,
        _ => 0,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = 0;
    for (at, character) in text.char_indices() {
        let class = class(character);
        if at > start && (class == 0 || class != before) {
            tokens.push(&text[start..at]);
            start = at;
        }
        before = class;
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

/// A space that is the same says little, a word much.
fn weight(token: &str) -> u32 {
    if token.trim().is_empty() { 1 } else { 2 + token.chars().count().min(8) as u32 }
}

/// For every pair of positions the weight of the tokens that both rests have in common, row by row.
fn longest_common(left: &[&str], right: &[&str]) -> Vec<u32> {
    let width = right.len() + 1;
    let mut table = vec![0; (left.len() + 1) * width];
    for at in (0..left.len()).rev() {
        for other_at in (0..right.len()).rev() {
            let skipped = table[(at + 1) * width + other_at].max(table[at * width + other_at + 1]);
            let taken = if left[at] == right[other_at] { table[(at + 1) * width + other_at + 1] + weight(left[at]) } else { 0 };
            table[at * width + other_at] = skipped.max(taken);
        }
    }
    table
}

/// A number of the memory's sentence, and the one that stands in its place in the query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberChange {
    /// In the sentence of the memory.
    pub memory: String,
    /// In the query.
    pub query: String,
}

/// The numbers to change, of two texts that differ in numbers alone; nothing if they have not as many.
pub fn number_changes(query: &str, other: &str) -> Vec<NumberChange> {
    let (query, other) = (numbers(query), numbers(other));
    if query.len() != other.len() {
        return Vec::new();
    }
    let pairs = query.into_iter().zip(other).filter(|(query, other)| query != other);
    pairs.map(|(query, memory)| NumberChange { memory, query }).collect()
}

fn numbers(text: &str) -> Vec<String> {
    let text = folded(text);
    let mut pieces = Pieces::new(&text);
    let pieces = std::iter::from_fn(|| pieces.next_piece());
    pieces.filter_map(|piece| if let Piece::Number(number) = piece { Some(number.to_string()) } else { None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(query: &str, other: &str) -> String {
        let piece = |piece: Difference| match piece.place {
            In::Both => piece.text,
            In::Query => format!("{{+{}+}}", piece.text),
            In::Memory => format!("[-{}-]", piece.text),
        };
        difference(query, other).into_iter().map(piece).collect()
    }

    #[test]
    fn words_that_differ_are_shown_and_of_korean_words_their_syllables() {
        assert_eq!(shown("The treaty was signed.", "The pact was signed."), "The [-pact-]{+treaty+} was signed.");
        assert_eq!(shown("조약이 발효되었다", "조약을 맺었다"), "조약[-을-]{+이+} [-맺-]{+발효되+}었다");
        assert_eq!(shown("2024년 3월", "2023년 3월"), "[-2023-]{+2024+}년 3월");
        assert_eq!(shown("", "a"), "[-a-]");
    }

    #[test]
    fn numbers_are_told_in_order() {
        let changes = number_changes("2024년 1,847명", "2023년 1,847명");
        assert_eq!(changes, [NumberChange { memory: "2023".into(), query: "2024".into() }]);
        assert!(number_changes("3", "three").is_empty());
    }

    proptest! {
        #[test]
        fn the_pieces_make_both_texts(query in "[가나다 ab12.]{0,30}", other in "[가나다 ab12.]{0,30}") {
            let pieces = difference(&query, &other);
            let of = |place: In| pieces.iter().filter(|piece| piece.place == In::Both || piece.place == place).map(|piece| piece.text.as_str()).collect::<String>();
            prop_assert_eq!(of(In::Query), query);
            prop_assert_eq!(of(In::Memory), other);
        }
    }
}
