//! Words with their equivalents: the built-in lexicon, house terms, country pairs, and finding them in running text.

pub mod lexicon;
