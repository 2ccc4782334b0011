//! How wide text may be.

/// Columns where the terminal does not say, as in a pipe.
const WIDTH: usize = 100;
/// Columns below which text is not made narrower, so that an excerpt still shows what it is about.
const NARROWEST: usize = 40;

/// The columns of the terminal.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0)).max(NARROWEST)
}
