//! Times of an alignment by phase and by size, on the golden pairs strung together to the size asked.
//!
//! `cargo bench --bench align` prints milliseconds; sizes may be given: `cargo bench --bench align -- 100 1000`.

use jjak::align::evidence::Matrix;
use jjak::align::{Mode, Side, align};
use jjak::document::Document;
use jjak::{anchor, read, segment};
use std::time::{Duration, Instant};

fn main() {
    let mut sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![100, 1_000, 5_000, 20_000];
    }
    let sentences = golden_links();
    println!("{:>8} {:>9} {:>9} {:>9} {:>9} {:>9}  milliseconds", "size", "segment", "anchors", "matrix", "align", "all");
    for size in sizes {
        measure(size, &sentences);
    }
}

/// Korean and English that say the same, from the golden pairs, in order.
fn golden_links() -> Vec<(String, String)> {
    let mut folders: Vec<_> = std::fs::read_dir("pairs").expect("the golden pairs").map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    let mut found = Vec::new();
    for folder in folders {
        let gold: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json")).expect("gold.json")).expect("JSON");
        let text = |side: &str, ids: &serde_json::Value| {
            let units = gold[side].as_array().expect("a list").iter();
            let texts: Vec<&str> = units
                .filter(|unit| ids.as_array().is_some_and(|ids| ids.contains(&unit["id"])))
                .filter_map(|unit| unit["text"].as_str())
                .collect();
            texts.join(" ")
        };
        for link in gold["links"].as_array().expect("a list").iter().filter(|link| link[0].as_array().is_some_and(|ids| ids.len() == 1)) {
            found.push((text("ko", &link[0]), text("en", &link[1])));
        }
    }
    found
}

fn measure(size: usize, sentences: &[(String, String)]) {
    let join = |pick: fn(&(String, String)) -> &String| {
        (0..size).map(|index| pick(&sentences[index % sentences.len()]).as_str()).collect::<Vec<_>>().join("\n\n")
    };
    let (source, target) = (join(|pair| &pair.0), join(|pair| &pair.1));
    let (documents, segmenting) = timed(|| (document(&source), document(&target)));
    let ((source, target), anchoring) = timed(|| sides(documents.0, documents.1));
    let (matrix, building) = timed(|| Matrix::new(&source, &target));
    let (_, aligning) = timed(|| align(&matrix, Some(Mode::Translation)));
    let milliseconds = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let all = segmenting + anchoring + building + aligning;
    println!(
        "{size:>8} {:>9.1} {:>9.1} {:>9.1} {:>9.1} {:>9.1}",
        milliseconds(segmenting),
        milliseconds(anchoring),
        milliseconds(building),
        milliseconds(aligning),
        milliseconds(all)
    );
}

fn document(text: &str) -> Document {
    segment::segment(read::text("bench", text).expect("text"))
}

fn sides(source: Document, target: Document) -> (Side, Side) {
    let context = anchor::Context::of(Some(&source), &target);
    let (source_anchors, target_anchors) = (anchor::find(&source, &context), anchor::find(&target, &context));
    (Side::new(source, source_anchors), Side::new(target, target_anchors))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let value = work();
    (value, started.elapsed())
}
