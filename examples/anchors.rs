use jjak::{anchor, document::Kind, read, segment, text::Language};
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args[0] == "-l" {
        let language = if args[1] == "ko" { Language::Korean } else { Language::English };
        let context = anchor::Context::default();
        for line in std::io::stdin().lines() {
            let line = line.unwrap();
            let found = anchor::find_in_text(&line, language, Kind::Sentence, &context);
            println!("{line}");
            for a in found {
                println!("    {:9} [{}] = {}", a.kind, a.span.of(&line), a.value);
            }
        }
        return;
    }
    let source = segment::segment(read::file(&args[0]).unwrap());
    let target = segment::segment(read::file(&args[1]).unwrap());
    let t = Instant::now();
    let context = anchor::Context::of(Some(&source), &target);
    let t1 = t.elapsed();
    let s = anchor::find(&source, &context);
    let t2 = t.elapsed();
    let e = anchor::find(&target, &context);
    let t3 = t.elapsed();
    eprintln!("context {t1:?} source {:?} target {:?}; {} {} bytes", t2 - t1, t3 - t2, source.text.len(), target.text.len());
    for _ in 0..3 {
        let t = Instant::now();
        let context = anchor::Context::of(Some(&source), &target);
        let t1 = t.elapsed();
        let s = anchor::find(&source, &context);
        let t2 = t.elapsed();
        let e = anchor::find(&target, &context);
        let t3 = t.elapsed();
        eprintln!("again: context {t1:?} source {:?} target {:?} {} {}", t2 - t1, t3 - t2, s.len(), e.len());
    }
    for g in context.glosses() {
        println!("gloss {} = {:?}", g.korean, g.english);
    }
    for (doc, anchors) in [(&source, &s), (&target, &e)] {
        for (i, list) in anchors.iter().enumerate() {
            println!("{}: {}", i + 1, doc.segment_text(i));
            for a in list {
                println!("    {:9} [{}] = {}", a.kind, a.span.of(&doc.text), a.value);
            }
        }
    }
}
