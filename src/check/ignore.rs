//! Marks in a Markdown text that silence a check there: `<!-- jjak: ignore number: counted at the site -->`.

use super::{CHECKS, Finding, Place};
use crate::document::Document;
use crate::text::{Position, Span};

/// A mark: which checks are silent, where, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Ignore {
    /// The names of the checks.
    pub checks: Vec<&'static str>,
    /// The reason.
    pub why: String,
    /// The line of the mark, from 1.
    pub line: usize,
    /// Index from 0 of the block in which they are silent.
    block_index: usize,
}

/// A mark that cannot be obeyed: its line, from 1, and what is wrong with it.
pub type Complaint = (usize, String);

/// The marks of a document, in order. A mark inside a paragraph, an item or a heading speaks of that; one on a line of its
/// own speaks of what follows.
pub fn marks(document: &Document) -> (Vec<Ignore>, Vec<Complaint>) {
    let (mut marks, mut complaints) = (Vec::new(), Vec::new());
    for comment in comments(document) {
        let line = Position::of(&document.text, comment.start).line;
        let inside = comment.of(&document.text).trim_start_matches("<!--").trim_end_matches("-->").trim();
        let Some(order) = inside.strip_prefix("jjak:") else { continue };
        match read(order) {
            Ok((checks, why)) => {
                marks.extend(block(document, comment).map(|block_index| Ignore { checks, why, line, block_index }));
            }
            Err(complaint) => complaints.push((line, complaint)),
        }
    }
    (marks, complaints)
}

/// The comments among the mark-up of a document.
fn comments(document: &Document) -> impl Iterator<Item = Span> {
    let text = &document.text;
    text.match_indices("<!--").filter_map(|(start, _)| {
        let end = start + text[start..].find("-->")? + "-->".len();
        document.markup.iter().any(|mark| mark.start <= start && start < mark.end).then(|| Span::new(start, end))
    })
}

fn read(order: &str) -> Result<(Vec<&'static str>, String), String> {
    let form = "expected \"jjak: ignore CHECK: the reason\"";
    let rest = order.trim().strip_prefix("ignore").ok_or_else(|| format!("{form}, found {:?}", order.trim()))?;
    let (names, why) = rest.split_once(':').ok_or_else(|| format!("{form}, found no reason"))?;
    let names = names.split([',', ' ']).filter(|name| !name.is_empty());
    let check = |name: &str| CHECKS.iter().find(|check| check.name == name).map(|check| check.name);
    let checks: Vec<&str> = names
        .map(|name| check(name).ok_or_else(|| format!("there is no check {name:?}; jjak explain lists them")))
        .collect::<Result<_, _>>()?;
    match (checks.is_empty(), why.trim().is_empty()) {
        (true, _) => Err(format!("{form}, found no check")),
        (_, true) => Err(format!("{form}, found no reason")),
        _ => Ok((checks, why.trim().to_string())),
    }
}

/// The block that a mark speaks of.
fn block(document: &Document, comment: Span) -> Option<usize> {
    let own = document.blocks.iter().position(|block| block.span.overlaps(comment))?;
    let says = |index: &usize| has_words(document, document.blocks[*index].span);
    (own..document.blocks.len()).find(says)
}

/// Whether a block holds anything but mark-up.
fn has_words(document: &Document, block: Span) -> bool {
    let mut at = block.start;
    for mark in document.markup_within(block) {
        let mark = mark.shifted(block.start);
        if document.text[at.min(mark.start)..mark.start].contains(char::is_alphanumeric) {
            return true;
        }
        at = mark.end;
    }
    document.text[at..block.end].contains(char::is_alphanumeric)
}

impl Ignore {
    /// Whether it silences a finding in its document, the target.
    pub fn silences(&self, finding: &Finding, document: &Document) -> bool {
        let block = document.segments.get(finding.segment_index).map(|segment| segment.block_index);
        finding.place == Place::Target && self.checks.contains(&finding.check) && block == Some(self.block_index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{read, segment};

    fn read_marks(text: &str) -> (Vec<(usize, String)>, Vec<Complaint>) {
        let document = segment::segment(read::text("brief.md", text).unwrap());
        let (marks, complaints) = marks(&document);
        let told = |mark: Ignore| {
            let block = document.blocks[mark.block_index].span.of(&document.text);
            (mark.line, format!("{} ({}): {}", mark.checks.join(" "), mark.why, block.lines().next_back().unwrap()))
        };
        (marks.into_iter().map(told).collect(), complaints)
    }

    #[test]
    fn a_mark_speaks_of_its_own_block_or_of_the_next() {
        let text = "# One\n\n<!-- jjak: ignore number, date: counted: at the site -->\n\nTwo has 5.\n\nThree. <!-- jjak: ignore number: x -->\n\n- four <!--jjak:ignore name:y--> has\n";
        let expected = [
            (3, "number date (counted: at the site): Two has 5.".to_string()),
            (7, "number (x): Three. <!-- jjak: ignore number: x -->".to_string()),
            (9, "name (y): - four <!--jjak:ignore name:y--> has".to_string()),
        ];
        assert_eq!(read_marks(text), (expected.to_vec(), Vec::new()));
    }

    #[test]
    fn a_mark_that_cannot_be_obeyed_says_why() {
        let complaint = |mark: &str| read_marks(&format!("One.\n\n<!-- {mark} -->\n\nTwo.\n")).1.into_iter().next().unwrap();
        assert_eq!(complaint("jjak: ignore rhyme: x"), (3, "there is no check \"rhyme\"; jjak explain lists them".to_string()));
        for wrong in ["jjak: ignore number", "jjak: ignore number: ", "jjak: ignore : x", "jjak: skip number: x"] {
            assert!(complaint(wrong).1.starts_with("expected \"jjak: ignore CHECK: the reason\", found"), "{wrong}");
        }
    }

    #[test]
    fn other_comments_and_plain_text_are_no_marks() {
        assert_eq!(read_marks("One. <!-- a note -->\n\n`<!-- jjak: ignore number: x -->`\n"), (Vec::new(), Vec::new()));
    }
}
