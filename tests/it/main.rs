//! All integration tests, as one binary.

mod align;
mod anchor;
mod architecture;
mod check;
mod cli;
mod desk;
mod exchange;
mod glossary;
mod golden;
mod history;
mod kill;
mod learn;
mod lexicon;
mod lines;
mod look_up;
mod memory;
mod pages;
mod read;
mod report;
mod safety;
mod segment;
mod silence;
mod store;
mod term;
mod word;
