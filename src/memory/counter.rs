//! Counting how many lists hold each number of a range, and taking out the highest counts first.

/// Counts for a range of numbers.
#[derive(Clone, Debug, Default)]
pub struct Counter {
    first: u32,
    counts: Vec<u8>,
    /// The highest count of each block.
    highest: Vec<u8>,
}

/// Numbers in a block: the sweep looks into a block only if its highest count is of interest.
const BLOCK: usize = 64;

/// The most lists that can be counted; counts are bytes.
pub const MOST_LISTS: usize = 250;

impl Counter {
    /// Starts again for the numbers from `first` up to but not including `end`.
    pub fn reset(&mut self, first: u32, end: u32) {
        self.first = first;
        self.counts.clear();
        self.counts.resize((end.saturating_sub(first) as usize).next_multiple_of(BLOCK), 0);
    }

    /// Counts a number of the range; others are ignored.
    #[inline]
    pub fn add(&mut self, number: u32) {
        if let Some(count) = self.counts.get_mut(number.wrapping_sub(self.first) as usize) {
            *count = count.saturating_add(1);
        }
    }

    /// How often a number of the range was counted.
    pub fn count(&self, number: u32) -> u8 {
        self.counts.get(number.wrapping_sub(self.first) as usize).copied().unwrap_or(0)
    }

    /// Finds the highest count of each block and of all; call it when all is counted.
    pub fn sweep(&mut self) -> u8 {
        self.highest.clear();
        let blocks = self.counts.as_chunks::<BLOCK>().0;
        self.highest.extend(blocks.iter().map(|block| block.iter().fold(0, |highest: u8, &count| highest.max(count))));
        self.highest.iter().fold(0, |highest: u8, &count| highest.max(count))
    }

    /// Appends the numbers that were counted exactly `count` times, rising.
    pub fn counted(&self, count: u8, numbers: &mut Vec<u32>) {
        let blocks = self.counts.as_chunks::<BLOCK>().0;
        for (index, _) in self.highest.iter().enumerate().filter(|(_, highest)| **highest >= count) {
            let first = self.first + (index * BLOCK) as u32;
            let members = blocks[index].iter().enumerate().filter(|(_, found)| **found == count);
            numbers.extend(members.map(|(at, _)| first + at as u32));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_come_out_first() {
        let mut counter = Counter::default();
        counter.reset(1000, 1200);
        for number in [999, 1000, 1000, 1199, 1064, 1064, 1064, 1300] {
            counter.add(number);
        }
        assert_eq!(counter.sweep(), 3);
        let numbers = |count| {
            let mut numbers = Vec::new();
            counter.counted(count, &mut numbers);
            numbers
        };
        assert_eq!((numbers(3), numbers(2), numbers(1)), (vec![1064], vec![1000], vec![1199]));
    }
}
