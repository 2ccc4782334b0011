//! The word lists beside the code: sections of words that a person can extend.

use rustc_hash::{FxHashMap, FxHashSet};

/// A word list: which section a word stands in.
///
/// The file has sections, `[name] # what it means`, then words separated by white space; a line that begins with `#`
/// is a comment.
pub struct Words {
    first: FxHashMap<&'static str, &'static str>,
    further: FxHashSet<(&'static str, &'static str)>,
}

impl Words {
    /// Reads a list that is compiled in.
    pub fn parse(file: &'static str) -> Words {
        let mut words = Words { first: FxHashMap::default(), further: FxHashSet::default() };
        for (section, line) in sections_of(file) {
            for word in line.split_whitespace() {
                if *words.first.entry(word).or_insert(section) != section {
                    words.further.insert((section, word));
                }
            }
        }
        words
    }

    /// The first section a word stands in.
    pub fn section(&self, word: &str) -> Option<&'static str> {
        self.first.get(word).copied()
    }

    /// Whether a word stands in a section.
    pub fn has(&self, section: &str, word: &str) -> bool {
        self.section(word) == Some(section) || self.further.contains(&(section, word))
    }
}

/// The lines of a data file that are neither comments nor blank, each with the name of its section.
pub fn sections_of(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).filter_map(move |line| {
        match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((name, comment)) if comment.trim_start().is_empty() || comment.trim_start().starts_with('#') => {
                section = name;
                None
            }
            _ => Some((section, line.trim())),
        }
    })
}

/// The last place for a cut up to a length in bytes.
pub fn floor(text: &str, length: usize) -> usize {
    (0..=length.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Whether a character is a letter or a digit; quick for the two scripts that nearly all of them belong to.
pub fn is_letter(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '\u{AC00}'..='\u{D7A3}')
        || !character.is_ascii() && character.is_alphanumeric()
}
