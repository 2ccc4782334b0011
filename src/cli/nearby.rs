//! Files that a house keeps beside its texts: found upward from a text, then upward from the working folder.

use std::path::{Path, PathBuf};

/// The nearest file of that name in a folder above a text, or above the working folder.
pub fn find(name: &str, text: Option<&str>) -> Option<PathBuf> {
    let starts = [text.and_then(folder), std::env::current_dir().ok()];
    let found = starts.into_iter().flatten().find_map(|start| start.ancestors().map(|above| above.join(name)).find(|path| path.is_file()));
    found.map(|path| shown(&path))
}

/// The folder of a text, from the root; standard input has none.
pub fn folder(text: &str) -> Option<PathBuf> {
    let path = Path::new(text);
    if text == "-" { None } else { std::path::absolute(path).ok()?.parent().map(Path::to_path_buf) }
}

/// A path as a user would write it: from the working folder, where it is below that.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_path_buf()
}
