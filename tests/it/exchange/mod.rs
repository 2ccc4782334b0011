//! Exchange formats: files as other tools write them, what is read from them, and the way out and back.

mod others;
mod tmx;

use jjak::exchange::{Error, Format, Losses};
use jjak::memory::TranslationUnit;
use std::path::{Path, PathBuf};

/// Everything that a file holds, and what was lost.
fn read(format: &Format, mut bytes: &[u8]) -> Result<(Vec<TranslationUnit>, Losses), Error> {
    let mut units = Vec::new();
    let losses = (format.read)(&mut bytes, &mut |unit| {
        units.push(unit);
        Ok(())
    })?;
    Ok((units, losses))
}

/// Units as a file.
fn write(format: &Format, units: &[TranslationUnit]) -> (Vec<u8>, Losses) {
    let mut bytes = Vec::new();
    let losses = (format.write)(&mut bytes, &mut |take| units.iter().try_for_each(|unit| take(unit.clone())));
    (bytes, losses.unwrap())
}

/// Where and why a file is refused.
fn refusal(format: &Format, bytes: &[u8]) -> (usize, usize, String) {
    match read(format, bytes) {
        Err(Error::Malformed { line, column, reason }) => (line, column, reason),
        other => panic!("expected a refusal, found {other:?}"),
    }
}

/// Units as a person would check them.
fn shown(units: &[TranslationUnit], losses: &Losses) -> String {
    let mut out = String::new();
    for unit in units {
        out += &format!("{}: {:?}\n{}: {:?}\n", unit.source_language, unit.source, unit.target_language, unit.target);
        let facts = [
            Some(unit.status.name().to_string()).filter(|name| name != "confirmed"),
            unit.key.as_ref().map(|key| format!("key {key}")),
            unit.created.map(|at| format!("created {}", jjak::exchange::date::readable(at))),
            unit.changed.map(|at| format!("changed {}", jjak::exchange::date::readable(at))),
            unit.context.map(|context| format!("context {context:08x}")),
            unit.details.as_ref().map(|details| serde_json::to_string(details).unwrap()),
        ];
        facts.into_iter().flatten().for_each(|fact| out += &format!("    {fact}\n"));
    }
    losses.sentences().iter().for_each(|sentence| out += &format!("not carried: {sentence}\n"));
    out
}

/// The files of a folder with an ending, sorted.
fn cases(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/exchange").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|of_path| of_path == ending));
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

/// Reads every case of a format, compares with what stands in the `.expected` file beside it, and takes it out and back.
fn check_cases(format: &Format) {
    for path in cases(format.name, format.endings[0]) {
        let (units, losses) = read(format, &std::fs::read(&path).unwrap()).unwrap();
        let expected = path.with_extension("expected");
        let found = shown(&units, &losses);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        assert_eq!(found, std::fs::read_to_string(&expected).unwrap_or_default(), "{}; BLESS=1 accepts", path.display());
        let (bytes, _) = write(format, &units);
        let (again, _) = read(format, &bytes).unwrap();
        assert_eq!(again, units, "{}:\n{}", path.display(), String::from_utf8_lossy(&bytes));
        assert_eq!(write(format, &again).0, bytes, "{}", path.display());
    }
}
