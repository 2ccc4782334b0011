//! Any bytes as a file of an exchange format, the first byte saying which: refused or read, and what is read comes back.

#![no_main]

use jjak::exchange::{FORMATS, Format};
use jjak::memory::TranslationUnit;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, data)) = data.split_first() else { return };
    let format = &FORMATS[usize::from(*first) % FORMATS.len()];
    let Some(units) = read(format, data) else { return };
    let mut bytes = Vec::new();
    let written = (format.write)(&mut bytes, &mut |take| units.iter().try_for_each(|unit| take(unit.clone())));
    let losses = written.expect("writing into memory cannot fail");
    let again = read(format, &bytes).expect("what is written can be read");
    if losses.is_empty() {
        let texts = |units: &[TranslationUnit]| -> Vec<(String, String)> {
            let whole = units.iter().filter(|unit| !unit.source.trim().is_empty() && !unit.target.trim().is_empty());
            whole.map(|unit| (unit.source.clone(), unit.target.clone())).collect()
        };
        assert_eq!(texts(&again), texts(&units), "{}", format.name);
    }
});

fn read(format: &Format, mut data: &[u8]) -> Option<Vec<TranslationUnit>> {
    let mut units = Vec::new();
    let result = (format.read)(&mut data, &mut |unit| {
        units.push(unit);
        Ok(())
    });
    result.ok().map(|_| units)
}
