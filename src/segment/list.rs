//! Lists that run on inside one line: "① … ② …", "1) The first 2) The second".

use super::marker::{Marker, SOFT_BULLETS, Style, marker};
use crate::text::Span;

/// The longest line that is searched for items, in bytes.
const LONGEST: usize = 4_000;

/// The items of a line that begins with a marker and has the next ones further on; otherwise the line itself.
pub fn items(text: &str) -> Vec<Span> {
    let whole = vec![Span::new(0, text.len())];
    let start = text.len() - text.trim_start().len();
    let Some(first) = marker(&text[start..]).filter(|_| text.len() <= LONGEST) else { return whole };
    let starts = match first.style {
        Style::Bullet(sign) if SOFT_BULLETS.contains(sign) => return whole,
        Style::Bullet(_) | Style::Numbered { .. } => starts(text, start, first),
        _ => return whole,
    };
    let ends = starts[1..].iter().copied().chain([text.len()]);
    let items: Vec<Span> = starts.iter().copied().zip(ends).map(|(start, end)| Span::new(start, end)).collect();
    if items.len() > 1 && items.iter().all(|item| is_item(item.of(text))) { items } else { whole }
}

/// Where the items begin: each marker is written as the one before and counts one on.
fn starts(text: &str, start: usize, first: Marker) -> Vec<usize> {
    let mut starts = vec![start];
    let mut wanted = first;
    for at in memchr::memchr2_iter(b' ', b'\n', &text.as_bytes()[start..]).map(|space| start + space + 1) {
        let next = marker(&text[at..]).filter(|next| next.style == wanted.style && next.depth == wanted.depth);
        if let Some(next) = next.filter(|next| next.number == wanted.number + 1 || wanted.number == 0) {
            starts.push(at);
            wanted = next;
        }
    }
    starts
}

/// An item of such a list is no sentence, and no member of an enumeration inside one ("(1) …; (2) …, and (3) …").
fn is_item(item: &str) -> bool {
    let body = item.trim_end();
    !body.ends_with(['.', '!', '?', ',', ';', ':']) && ![" and", " or", " 및", " 또는", " 그리고"].iter().any(|joint| body.ends_with(joint))
}
