//! Text inside HTML, XML and Markdown: whatever it holds, it stays text.

use std::fmt::Write;

/// A character as it can be shown: control characters and those that turn the direction of writing are made visible.
pub fn visible(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        _ => character,
    }
}

/// Text for an element or a quoted attribute of HTML or XML. A carriage return before a line feed is dropped.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\r' if characters.peek() == Some(&'\n') => {}
            _ => escaped.push(visible(character)),
        }
    }
    escaped
}

/// Text for Markdown, on one line.
pub fn markdown(text: &str) -> String {
    let text = super::place::squeezed(text);
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in text.char_indices() {
        let opens_a_list = at == number && (matches!(character, '.' | ')') && number > 0 || matches!(character, '-' | '+' | '='));
        match character {
            '&' | '<' | '>' => write!(escaped, "&#{};", character as u32).expect("a string can be written"),
            ':' if text[at..].starts_with("://") => escaped.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '!' => escaped.extend(['\\', character]),
            _ if opens_a_list => escaped.extend(['\\', character]),
            _ => escaped.push(visible(character)),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_means_something_in_markup_is_left() {
        assert_eq!(escaped("</script>\"'&\r\n\u{0}\u{1b}[31m\u{202E}"), "&lt;/script&gt;&quot;&#39;&amp;\n␀␛[31m\u{FFFD}");
        assert_eq!(markdown("1. *a* | <b>\n[c](d) https://e"), "1\\. \\*a\\* \\| &#60;b&#62; \\[c\\](d) https&#58;//e");
        assert_eq!(markdown("- a-b"), "\\- a-b");
    }
}
