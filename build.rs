//! Compiles glossary/lexicon/*.tsv into tables that are used in place: an FST of Korean surfaces, an FST of English
//! stems, and the entries as numbers. Nothing is parsed when the program starts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code)]
#[path = "src/word/conjugation.rs"]
mod conjugation;
#[allow(dead_code)]
#[path = "src/word/english.rs"]
mod english;

use conjugation::Class;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for path in [
        "glossary/lexicon",
        "glossary/nouns-in-da.txt",
        "src/word/conjugation.rs",
        "src/word/english.rs",
        "src/word/irregular.rs",
        "src/word/hanja.txt",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    let rows = lexicon(Path::new("glossary/lexicon"));
    Tables::of(&rows).write(&out);
}

/// Headwords with their equivalents; a headword of several files keeps all of them.
fn lexicon(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("glossary/lexicon is part of the package").map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "tsv")) {
        let text = fs::read_to_string(file).expect("a lexicon file is UTF-8");
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            let Some((headword, equivalents)) = line.split_once('\t') else {
                panic!("{}:{}: expected HEADWORD<TAB>equivalent; equivalent", file.display(), number + 1)
            };
            let known = rows.entry(headword.to_string()).or_default();
            for equivalent in equivalents.split("; ").map(str::to_string) {
                if !known.contains(&equivalent) {
                    known.push(equivalent);
                }
            }
        }
    }
    rows
}

#[derive(Default)]
struct Tables {
    /// Surface to its (entry, class) pairs.
    surfaces: BTreeMap<String, Vec<u32>>,
    /// Stem to its number.
    stems: BTreeMap<String, u32>,
    /// Per entry: start of its headword in `headwords`, start of its equivalents in `equivalents`; one more at the end.
    entries: Vec<(u32, u32)>,
    headwords: String,
    /// Per stem 1 if every equivalent writes it with a capital, 2 more if one equivalent is nothing but this word.
    proper: Vec<u8>,
    /// Per equivalent: the number of its stems, then the stems.
    equivalents: Vec<u32>,
}

impl Tables {
    fn of(rows: &BTreeMap<String, Vec<String>>) -> Tables {
        let mut tables = Tables::default();
        let stemmed: Vec<Vec<Vec<String>>> =
            rows.values().map(|equivalents| equivalents.iter().map(|text| content_stems(text)).collect()).collect();
        let all = stemmed.iter().flatten().flatten().cloned().collect::<std::collections::BTreeSet<_>>();
        tables.stems = all.into_iter().zip(0..).collect();
        tables.proper = vec![1; tables.stems.len()];
        for stems in stemmed.iter().flatten().filter(|stems| stems.len() == 1) {
            tables.proper[tables.stems[&stems[0]] as usize] |= 2;
        }
        for text in rows.values().flatten() {
            for token in
                english::tokens(text).into_iter().filter(|token| token.is_content && !text[token.start..].starts_with(char::is_uppercase))
            {
                tables.proper[tables.stems[&token.stem] as usize] &= 2;
            }
        }
        for (entry, (headword, equivalents)) in rows.keys().zip(stemmed).enumerate() {
            tables.entries.push((tables.headwords.len() as u32, tables.equivalents.len() as u32));
            tables.headwords.push_str(headword);
            for stems in equivalents.iter().filter(|stems| !stems.is_empty()) {
                tables.equivalents.push(stems.len() as u32);
                tables.equivalents.extend(stems.iter().map(|stem| tables.stems[stem]));
            }
            for (surface, class) in surfaces(headword).into_iter().chain(signs(headword)) {
                tables.surfaces.entry(surface).or_default().push((entry as u32) << 4 | class as u32);
            }
        }
        tables.entries.push((tables.headwords.len() as u32, tables.equivalents.len() as u32));
        tables
    }

    fn write(&self, out: &Path) {
        let mut postings = Vec::new();
        let mut surfaces = fst::MapBuilder::memory();
        for (surface, found) in &self.surfaces {
            surfaces.insert(surface, postings.len() as u64).expect("sorted");
            postings.push(found.len() as u32);
            postings.extend(found);
        }
        let mut stems = fst::MapBuilder::memory();
        for (stem, &number) in &self.stems {
            stems.insert(stem, u64::from(number)).expect("sorted");
        }
        let entries: Vec<u32> = self.entries.iter().flat_map(|&(headword, equivalents)| [headword, equivalents]).collect();
        let write = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
        let surfaces = surfaces.into_inner().expect("finished");
        let (firsts, heads) = heads(self.surfaces.keys(), &surfaces);
        write("firsts.bin", &bytes(&firsts));
        write("heads.bin", &bytes(&heads));
        write("surfaces.fst", &surfaces);
        write("stems.fst", &stems.into_inner().expect("finished"));
        write("postings.bin", &bytes(&postings));
        write("entries.bin", &bytes(&entries));
        write("equivalents.bin", &bytes(&self.equivalents));
        write("proper.bin", &self.proper);
        write("headwords.txt", self.headwords.as_bytes());
    }
}

/// Where one and two syllables lead in the FST of surfaces: for each syllable the number of its first record; and the
/// records, of three numbers each: the second syllable counted from 1, or 0 for none, the node, and what is added up on the way.
fn heads<'a>(surfaces: impl Iterator<Item = &'a String>, tree: &[u8]) -> (Vec<u32>, Vec<u32>) {
    let syllable = |character: char| (character as u32).checked_sub(0xAC00).filter(|&index| index < 11_172);
    let mut beginnings: BTreeMap<(u32, u32), &str> = BTreeMap::new();
    for surface in surfaces {
        let mut characters = surface.chars();
        let Some(first) = characters.next().and_then(syllable) else { continue };
        beginnings.insert((first, 0), &surface[..3]);
        if let Some(second) = characters.next().and_then(syllable) {
            beginnings.insert((first, second + 1), &surface[..6]);
        }
    }
    let tree = fst::raw::Fst::new(tree).expect("just written");
    let heads = beginnings.iter().flat_map(|(&(_, second), beginning)| {
        let (node, value) = walk(&tree, beginning);
        [second, node as u32, value as u32]
    });
    let keys: Vec<u32> = beginnings.keys().map(|&(first, _)| first).collect();
    let firsts = (0..=11_172).map(|syllable| keys.partition_point(|&first| first < syllable) as u32);
    (firsts.collect(), heads.collect())
}

/// Where the bytes of a beginning lead, and what they add up to.
fn walk(tree: &fst::raw::Fst<&[u8]>, beginning: &str) -> (usize, u64) {
    beginning.bytes().fold((tree.root().addr(), 0), |(node, value), byte| {
        let node = tree.node(node);
        let transition = node.transition(node.find_input(byte).expect("a surface begins so"));
        (transition.addr, value + transition.out.value())
    })
}

fn bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The stems of an equivalent that carry content; empty when none does.
fn content_stems(text: &str) -> Vec<String> {
    english::tokens(text).into_iter().filter(|token| token.is_content).map(|token| token.stem).collect()
}

/// The Chinese characters that stand for a headword by themselves.
fn signs(headword: &str) -> Vec<(String, Class)> {
    let table = include_str!("src/word/hanja.txt").lines().skip_while(|line| *line != "[alone]").skip(1);
    let rows = table.filter_map(|line| line.split_once(' ')).filter(|row| row.1 == headword);
    rows.map(|(sign, _)| (sign.to_string(), Class::Noun)).collect()
}

/// Every surface of a headword with its class; the last word of an idiom is the one that is inflected.
fn surfaces(headword: &str) -> Vec<(String, Class)> {
    if let Some(prefix) = headword.strip_suffix('-') {
        return vec![(prefix.to_string(), Class::Prefix)];
    }
    let noun = include_str!("glossary/nouns-in-da.txt").lines().any(|line| line == headword);
    match headword.strip_suffix('다').filter(|stem| !stem.is_empty() && !noun) {
        Some(stem) => conjugation::surfaces(stem),
        None => vec![(headword.to_string(), Class::Noun)],
    }
}
