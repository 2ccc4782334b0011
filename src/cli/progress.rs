//! How far long work is: a line on a terminal's stderr that appears after a moment and vanishes when the work is done.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Read};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often a line without figures shows that it is alive.
const TICK: Duration = Duration::from_millis(120);

/// The line. Off a terminal it costs nothing and says nothing.
pub struct Progress {
    bar: ProgressBar,
    /// Dropped with the line, which tells the thread that waits to show it.
    _done: Option<Sender<()>>,
}

impl Progress {
    /// Work of which nobody knows how long it takes.
    pub fn waiting(what: String) -> Progress {
        Progress::of(ProgressBar::no_length(), "{spinner} {msg} {elapsed}", what)
    }

    /// Work through a file of so many bytes; 0 where that is unknown.
    pub fn of_bytes(bytes: u64, what: String) -> Progress {
        match bytes {
            0 => Progress::of(ProgressBar::no_length(), "{spinner} {msg} {bytes}, {bytes_per_sec}", what),
            _ => Progress::of(ProgressBar::new(bytes), "{msg} {wide_bar} {percent} %, {bytes_per_sec}, {eta} left", what),
        }
    }

    /// Work through so many things.
    pub fn of_things(count: u64, what: String) -> Progress {
        Progress::of(ProgressBar::new(count), "{msg} {wide_bar} {pos} of {len}, {eta} left", what)
    }

    fn of(bar: ProgressBar, template: &str, what: String) -> Progress {
        bar.set_draw_target(ProgressDrawTarget::hidden());
        if !io::stderr().is_terminal() {
            return Progress { bar, _done: None };
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what);
        Progress { _done: Some(shown_later(bar.clone())), bar }
    }

    /// Something more is done.
    pub fn add(&self, count: u64) {
        self.bar.inc(count);
    }

    /// The work has come to something else.
    pub fn now(&self, what: String) {
        self.bar.set_message(what);
    }

    /// A reader that moves the line on by what is read from it.
    pub fn reading<'a>(&'a self, file: impl Read + 'a) -> impl Read + 'a {
        self.bar.wrap_read(file)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Shows a line when the work has taken a while; nothing if the sender is dropped before.
fn shown_later(bar: ProgressBar) -> Sender<()> {
    let (done, is_done) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) && !bar.is_finished() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    });
    done
}
