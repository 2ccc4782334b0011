//! All written forms of terms as a tree of letters, entered by their first letters: most places of a text are turned away there.

use rustc_hash::FxHashMap;

/// A node of a [`Trie`]: a beginning that forms share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node(u32);

/// The first letters of a form or of a place in a text, as one number.
pub type Head = u64;

/// Forms by their letters; each has a number.
pub struct Trie {
    nodes: Vec<Branch>,
    /// The letters that go on from each node and where they lead, sorted.
    edges: Vec<(char, Node)>,
    heads: FxHashMap<Head, Node>,
    /// A bit for each head, by its hash: where there is none no form begins.
    bits: Vec<u64>,
    /// The bits of a hash that are not used.
    shift: u32,
}

struct Branch {
    first_edge: u32,
    edges: u32,
    form: Option<u32>,
}

/// So many bits a head let one place in sixteen pass by chance.
const BITS: usize = 16;

/// More edges than this are halved instead of searched one by one.
const MANY: usize = 8;

impl Trie {
    /// The tree of forms that are sorted and not empty; each has its place in the list as its number. `head` tells how many
    /// letters at the start of a form its head has, and the head.
    pub fn of<'a>(forms: impl Iterator<Item = &'a str>, head: fn(&[char]) -> Option<(usize, Head)>) -> Trie {
        let forms: Vec<Vec<char>> = forms.map(|form| form.chars().collect()).collect();
        let mut trie = Trie { nodes: Vec::new(), edges: Vec::new(), heads: FxHashMap::default(), bits: Vec::new(), shift: 0 };
        trie.grow(&forms);
        for (letters, head) in forms.iter().filter_map(|form| Some((form, head(form)?))) {
            trie.enter(&letters[..head.0], head.1);
        }
        trie.mark_heads();
        trie
    }

    /// Builds the nodes, each from the range of the forms that begin with it: one branch to its end before the next, so that
    /// what is read in a row lies in a row.
    fn grow(&mut self, forms: &[Vec<char>]) {
        let mut waiting = vec![(0..forms.len(), 0, None)];
        while let Some((range, depth, edge)) = waiting.pop() {
            let node = Node(self.nodes.len() as u32);
            if let Some(edge) = edge {
                self.edges[edge as usize].1 = node;
            }
            let ends = forms[range.clone()].first().is_some_and(|form| form.len() == depth);
            let mut start = range.start + usize::from(ends);
            let first_edge = self.edges.len();
            while start < range.end {
                let letter = forms[start][depth];
                let count = forms[start..range.end].iter().take_while(|form| form[depth] == letter).count();
                waiting.push((start..start + count, depth + 1, Some(self.edges.len() as u32)));
                self.edges.push((letter, node));
                start += count;
            }
            let edges = (self.edges.len() - first_edge) as u32;
            self.nodes.push(Branch { first_edge: first_edge as u32, edges, form: ends.then_some(range.start as u32) });
        }
    }

    fn enter(&mut self, letters: &[char], head: Head) {
        if let Some(node) = letters.iter().try_fold(self.root(), |node, &letter| self.next(node, letter)) {
            self.heads.insert(head, node);
        }
    }

    fn mark_heads(&mut self) {
        let size = (self.heads.len() * BITS).next_power_of_two().max(64);
        self.bits = vec![0; size / 64];
        self.shift = 64 - size.trailing_zeros();
        for &head in self.heads.keys() {
            let place = self.place(head);
            self.bits[place / 64] |= 1 << (place % 64);
        }
    }

    /// Where every form begins.
    pub fn root(&self) -> Node {
        Node(0)
    }

    /// Whether a form may begin with a head: one other head in sixteen passes too.
    #[inline]
    pub fn may_enter(&self, head: Head) -> bool {
        let place = self.place(head);
        self.bits[place / 64] >> (place % 64) & 1 == 1
    }

    /// The node behind a head.
    #[inline]
    pub fn enters(&self, head: Head) -> Option<Node> {
        if self.may_enter(head) { self.heads.get(&head).copied() } else { None }
    }

    /// The node behind a letter.
    pub fn next(&self, node: Node, letter: char) -> Option<Node> {
        let branch = self.nodes.get(node.0 as usize)?;
        let first = branch.first_edge as usize;
        let edges = &self.edges[first..first + branch.edges as usize];
        if edges.len() > MANY {
            return edges.binary_search_by_key(&letter, |edge| edge.0).ok().map(|at| edges[at].1);
        }
        edges.iter().find(|edge| edge.0 == letter).map(|edge| edge.1)
    }

    /// The number of the form that ends at a node.
    pub fn form(&self, node: Node) -> Option<u32> {
        self.nodes[node.0 as usize].form
    }

    /// Fibonacci hashing: Knuth, The Art of Computer Programming 3, section 6.4.
    fn place(&self, head: Head) -> usize {
        (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(form: &[char]) -> Option<(usize, Head)> {
        Some((1, Head::from(u32::from(form[0]))))
    }

    #[test]
    fn every_form_is_found_and_no_other_word() {
        let many: Vec<String> = ('가'..='힣').step_by(50).map(|letter| format!("한{letter}")).collect();
        let mut forms: Vec<&str> = many.iter().map(String::as_str).chain(["a", "ab", "abcdef", "abd", "b", "북", "북한"]).collect();
        forms.sort();
        let trie = Trie::of(forms.iter().copied(), head);
        let walk = |word: &str| word.chars().try_fold(trie.root(), |node, letter| trie.next(node, letter)).and_then(|node| trie.form(node));
        for (number, form) in forms.iter().enumerate() {
            assert_eq!(walk(form), Some(number as u32), "{form}");
        }
        for word in ["", "c", "abc", "한", "한각", "북한군"] {
            assert_eq!(walk(word), None, "{word}");
        }
        let behind = trie.enters(Head::from(u32::from('북'))).and_then(|node| trie.next(node, '한'));
        assert_eq!(behind.and_then(|node| trie.form(node)), walk("북한"));
        assert_eq!(trie.enters(Head::from(u32::from('남'))), None);
    }

    #[test]
    fn of_no_forms_none_is_found() {
        let trie = Trie::of([].into_iter(), head);
        assert!(trie.next(trie.root(), 'a').is_none() && trie.enters(1).is_none());
    }
}
