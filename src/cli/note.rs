//! Notes for whoever sits in front of the terminal: on stderr, beside the answer.

use std::fmt::Display;
use std::io::{self, Write};

/// Writes a note. One that can no longer be written (`2>&1 | head`) is lost, and nothing else with it.
pub fn note(text: impl Display) {
    let _ = writeln!(io::stderr(), "note: {text}");
}
