//! The house rules that the compiler does not know: the order of the rooms, and registries without gaps.

use jjak::check::CHECKS;
use jjak::store::MIGRATIONS;
use jjak::{anchor, exchange, glossary, read, report};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The rooms as lib.rs lists them: the way a text takes.
fn rooms() -> Vec<String> {
    let library = fs::read_to_string(Path::new(ROOT).join("src/lib.rs")).unwrap();
    library.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_string())).collect()
}

/// Every file of a folder whose name ends in `.ending`, those of its folders too, sorted.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(path.to_str().unwrap(), ending)),
            false if path.extension().is_some_and(|of_path| of_path == ending) => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

/// A source file, its comments left out, and where it stands.
struct Source {
    /// Its path from `src`: `check/number.rs`.
    name: String,
    /// The modules it is in: `["check", "number"]`.
    modules: Vec<String>,
    code: String,
}

impl Source {
    fn all() -> Vec<Source> {
        files("src", "rs").iter().map(|path| Source::of(path)).collect()
    }

    fn of(path: &Path) -> Source {
        let name = path.strip_prefix(Path::new(ROOT).join("src")).unwrap().to_str().unwrap().to_string();
        let modules = name.trim_end_matches(".rs").split('/').filter(|&part| part != "mod").map(str::to_string).collect();
        let text = fs::read_to_string(path).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        Source { name, modules, code: code.join("\n") }
    }

    fn room(&self) -> &str {
        &self.modules[0]
    }

    /// The rooms that the paths of this file lead to.
    fn uses(&self) -> BTreeSet<String> {
        let climb = "super::".repeat(self.modules.len());
        let mut found = BTreeSet::new();
        for root in ["crate::", climb.as_str()] {
            for (at, _) in self.code.match_indices(root) {
                let is_whole = !self.code[..at].ends_with(|before: char| before == ':' || before == '_' || before.is_alphanumeric());
                if is_whole {
                    found.extend(first_names(&self.code[at + root.len()..]));
                }
            }
        }
        found
    }
}

/// The first name of each path after `crate::`: one, or one a branch of `{a::b, c::{d, e}}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim_start().chars().take_while(|&letter| letter == '_' || letter.is_alphanumeric()).collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return Some(name(path)).filter(|name| !name.is_empty()).into_iter().collect() };
    let mut depth = 0_i32;
    let mut branches = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '}' if depth == 0 => break,
            ',' if depth == 0 => branches.push(String::new()),
            _ => branches.last_mut().unwrap().push(letter),
        }
        depth += i32::from(letter == '{') - i32::from(letter == '}');
    }
    branches.iter().map(|branch| name(branch)).filter(|name| !name.is_empty()).collect()
}

#[test]
fn paths_are_read_in_all_their_forms() {
    assert_eq!(first_names("text::{Span, Language};"), ["text"]);
    assert_eq!(first_names("{anchor, read::{self, Format},\n    segment};"), ["anchor", "read", "segment"]);
    let source = |modules: &[&str], code: &str| {
        let modules = modules.iter().map(|part| part.to_string()).collect();
        Source { name: String::new(), modules, code: code.to_string() }
    };
    let uses = |modules: &[&str], code: &str| source(modules, code).uses().into_iter().collect::<Vec<_>>();
    assert_eq!(uses(&["check", "number"], "use super::super::store::Store; use super::Finding;"), ["store"]);
    assert_eq!(uses(&["text"], "fn of(x: crate::cli::X, y: super::read::Y)"), ["cli", "read"]);
}

#[test]
fn a_room_uses_only_the_rooms_above_it() {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|known| known == room);
    let mut wrong = Vec::new();
    for source in Source::all().iter().filter(|source| !["lib", "main"].contains(&source.room())) {
        let Some(own) = place(source.room()) else {
            wrong.push(format!("{}: no room of lib.rs", source.name));
            continue;
        };
        for used in source.uses().iter().filter(|used| place(used).is_none_or(|used| used > own)) {
            wrong.push(format!("{} uses {used}, which is not above it", source.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_on_the_architecture_lists_the_rooms_in_their_order() {
    let page = fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).unwrap();
    let first = |line: &str| line.strip_prefix("    ")?.split_whitespace().next().map(|word| word.trim_end_matches(['/', ' ']).to_string());
    let listed: Vec<String> = page.lines().filter_map(first).map(|name| name.trim_end_matches(".rs").to_string()).collect();
    assert_eq!(listed, rooms());
}

/// What only some rooms may do: the words that do it, and the rooms that may.
const OUTSIDE: &[(&[&str], &[&str])] = &[
    (&["std::fs", "File::", "std::process", "std::env", "io::stdin"], &["read", "exchange", "store", "cli", "main"]),
    (&["io::stdout", "io::stderr", "terminal_size"], &["cli", "main"]),
    // They panic where nobody reads any more (`| head`); writeln! gives an error, and notes have a function of their own.
    (&["println!", "print!("], &[]),
    (&["SystemTime", "Instant::now"], &["store", "cli"]),
    (&["rusqlite"], &["store"]),
];

#[test]
fn only_the_rooms_at_the_edge_touch_the_world_outside() {
    let mut wrong = Vec::new();
    for source in Source::all() {
        for (words, allowed) in OUTSIDE.iter().filter(|(_, allowed)| !allowed.contains(&source.room())) {
            for word in words.iter().filter(|word| source.code.contains(**word)) {
                wrong.push(format!("{}: {word} is for {}", source.name, allowed.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_a_sentence_on_what_it_is() {
    for folder in ["src", "tests", "benches"] {
        for path in files(folder, "rs") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(
                (text.starts_with("//! ") || text.starts_with("/// ")) && text.lines().next().unwrap().len() > 12,
                "{}",
                path.display()
            );
        }
    }
}

/// The modules of a room, by their files, that hold a line beginning with `mark`.
fn marked(room: &str, mark: &str) -> BTreeSet<String> {
    let of_room = Source::all().into_iter().filter(|source| source.room() == room && source.modules.len() > 1);
    of_room
        .filter(|source| source.code.lines().any(|line| line.starts_with(mark)))
        .map(|source| source.modules[1].replace('_', "-"))
        .collect()
}

fn names<'a>(registered: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    registered.map(str::to_string).collect()
}

/// The stems of the files of one folder, its own folders left out.
fn stems(folder: &str, ending: &str) -> BTreeSet<String> {
    let here = Path::new(ROOT).join(folder);
    let direct = files(folder, ending).into_iter().filter(|path| path.parent() == Some(&here));
    direct.map(|path| path.file_stem().unwrap().to_str().unwrap().to_string()).collect()
}

#[test]
fn every_check_is_registered_once_and_has_its_page() {
    let registered = names(CHECKS.iter().map(|check| check.name));
    assert_eq!(registered.len(), CHECKS.len());
    assert_eq!(marked("check", "pub fn run(examination: &Examination, "), registered);
    assert_eq!(stems("src/check", "md"), registered);
    assert!(CHECKS.is_sorted_by_key(|check| check.name), "the checks are listed by name");
}

#[test]
fn every_anchor_kind_is_registered_once() {
    let registered = names(anchor::KINDS.iter().map(|kind| kind.name));
    assert_eq!(registered.len(), anchor::KINDS.len());
    assert_eq!(marked("anchor", "pub fn find(reading: &mut Reading)"), registered);
}

#[test]
fn every_format_is_registered_once_and_no_ending_is_taken_twice() {
    let formats = [
        ("read", read::FORMATS.iter().map(|format| (format.name, format.endings)).collect::<Vec<_>>()),
        ("exchange", exchange::FORMATS.iter().map(|format| (format.name, format.endings)).collect()),
        ("report", report::FORMATS.iter().map(|format| (format.name, &[][..])).collect()),
    ];
    for (room, formats) in formats {
        assert_eq!(marked(room, "pub const FORMAT: Format"), names(formats.iter().map(|(name, _)| *name)), "{room}");
        let endings: Vec<&str> = formats.iter().flat_map(|(_, endings)| endings.iter().copied()).collect();
        assert_eq!(names(endings.iter().copied()).len(), endings.len(), "{room}: {endings:?}");
    }
}

#[test]
fn every_schema_and_every_table_of_terms_is_in() {
    let schemas: Vec<String> = stems("src/store/schema", "sql").into_iter().collect();
    let migrations: Vec<&str> = MIGRATIONS.iter().map(|(name, _)| name.trim_end_matches(".sql")).collect();
    assert_eq!(schemas, migrations);
    assert!(schemas.iter().enumerate().all(|(index, name)| name.starts_with(&format!("{:04}_", index + 1))), "{schemas:?}");
    assert_eq!(stems("glossary/terms", "tsv"), names(glossary::built_in::TABLES.iter().map(|(name, _)| *name)));
}

#[test]
fn every_test_and_every_benchmark_is_in() {
    let main = fs::read_to_string(Path::new(ROOT).join("tests/it/main.rs")).unwrap();
    let modules = names(main.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')));
    let found: BTreeSet<String> = fs::read_dir(Path::new(ROOT).join("tests/it"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("mod.rs").exists() || path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_string())
        .filter(|name| name != "main")
        .collect();
    assert_eq!(found, modules);
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    for name in stems("benches", "rs") {
        assert!(manifest.contains(&format!("[[bench]]\nname = \"{name}\"\nharness = false")), "benches/{name}.rs stands in Cargo.toml");
    }
}
