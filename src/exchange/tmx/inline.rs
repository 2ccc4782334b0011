//! Inline elements of TMX: which there are, and their tags as the document type definition of 1.4 wants them.

use crate::exchange::xml::escape;

/// An inline element.
pub(super) struct Inline {
    name: &'static str,
    /// Attributes that it may have.
    attributes: &'static [&'static str],
    /// An attribute that it must have, and what stands in for one that is missing.
    needed: Option<(&'static str, &'static str)>,
    /// Whether what is inside is text of the sentence; otherwise it is code of the original, in which only `sub` is text.
    pub(super) holds_text: bool,
}

const INLINE: &[Inline] = &[
    Inline { name: "bpt", attributes: &["i", "x", "type"], needed: Some(("i", "0")), holds_text: false },
    Inline { name: "ept", attributes: &["i"], needed: Some(("i", "0")), holds_text: false },
    Inline { name: "hi", attributes: &["x", "type"], needed: None, holds_text: true },
    Inline { name: "it", attributes: &["pos", "x", "type"], needed: Some(("pos", "begin")), holds_text: false },
    Inline { name: "ph", attributes: &["x", "assoc", "type"], needed: None, holds_text: false },
    Inline { name: "sub", attributes: &["datatype", "type"], needed: None, holds_text: true },
    Inline { name: "ut", attributes: &["x"], needed: None, holds_text: false },
];

/// Attributes with a closed list of values; "open" and "close" are what TMX 1.1 said.
const VALUES: &[(&str, &[(&str, &str)])] = &[
    ("pos", &[("begin", "begin"), ("end", "end"), ("open", "begin"), ("close", "end")]),
    ("assoc", &[("p", "p"), ("f", "f"), ("b", "b")]),
];

/// The inline element of a name.
pub(super) fn inline(name: &str) -> Option<&'static Inline> {
    INLINE.iter().find(|inline| inline.name == name)
}

impl Inline {
    /// Whether it may stand directly in one that does or does not hold text.
    pub(super) fn may_stand_in(&self, holds_text: bool) -> bool {
        holds_text != (self.name == "sub")
    }

    /// Its beginning as XML, and how many attributes could not be carried.
    pub(super) fn tag(&self, attributes: &[(String, String)]) -> (String, usize) {
        let mut tag = format!("<{}", self.name);
        let mut lost = 0;
        let mut needed = self.needed;
        for (name, value) in attributes {
            match Some(name.as_str()).filter(|name| self.attributes.contains(name)).and_then(|name| allowed(name, value)) {
                Some(value) => {
                    attribute(&mut tag, name, value);
                    needed = needed.filter(|(needed, _)| needed != name);
                }
                None => lost += 1,
            }
        }
        if let Some((name, value)) = needed {
            attribute(&mut tag, name, value);
        }
        tag.push('>');
        (tag, lost)
    }

    /// Its end.
    pub(super) fn end(&self) -> String {
        format!("</{}>", self.name)
    }
}

fn allowed<'a>(name: &str, value: &'a str) -> Option<&'a str> {
    match VALUES.iter().find(|(closed, _)| *closed == name) {
        None => Some(value),
        Some((_, values)) => values.iter().find(|(written, _)| *written == value).map(|(_, meant)| *meant),
    }
}

fn attribute(tag: &mut String, name: &str, value: &str) {
    tag.push(' ');
    tag.push_str(name);
    tag.push_str("=\"");
    escape(value, tag);
    tag.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_as_the_definition_wants_them() {
        let tag = |name: &str, attributes: &[(&str, &str)]| {
            let attributes: Vec<_> = attributes.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
            inline(name).unwrap().tag(&attributes)
        };
        assert_eq!(tag("bpt", &[("i", "1"), ("type", "bold"), ("ts:x", "y")]), ("<bpt i=\"1\" type=\"bold\">".into(), 1));
        assert_eq!(tag("ept", &[]), ("<ept i=\"0\">".into(), 0));
        assert_eq!(tag("it", &[("pos", "close")]), ("<it pos=\"end\">".into(), 0));
        assert_eq!(tag("ph", &[("assoc", "x"), ("type", "a\"b")]), ("<ph type=\"a&quot;b\">".into(), 1));
        assert!(inline("g").is_none());
    }
}
