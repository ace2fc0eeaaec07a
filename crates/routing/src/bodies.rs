//! A set of institutions by their place in the registry; unions and tests are a few machine words.

/// A set of places in the registry. Two sets of the same registry have the same length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Bodies(Vec<u64>);

const WORD: usize = 64;

impl Bodies {
    /// The empty set for a registry of so many institutions.
    pub(crate) fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(WORD)])
    }

    /// A set of these places.
    pub(crate) fn of(count: usize, places: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(count);
        for place in places {
            set.insert(place);
        }
        set
    }

    /// Adds a place; true when it was not in yet. A place beyond the registry is ignored.
    pub(crate) fn insert(&mut self, place: usize) -> bool {
        let Some(word) = self.0.get_mut(place / WORD) else { return false };
        let bit = 1 << (place % WORD);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Whether a place is in the set.
    pub(crate) fn contains(&self, place: usize) -> bool {
        self.0.get(place / WORD).is_some_and(|word| word & (1 << (place % WORD)) != 0)
    }

    /// Adds all places of another set.
    pub(crate) fn unite(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    /// The places of the set for which this holds.
    pub(crate) fn keeping(&self, holds: impl Fn(usize) -> bool) -> Self {
        let mut kept = Self(vec![0; self.0.len()]);
        for place in self.iter().filter(|place| holds(*place)) {
            kept.insert(place);
        }
        kept
    }

    /// Whether no place is in the set.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The places, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(at, word)| (0..WORD).filter(move |bit| word & (1 << bit) != 0).map(move |bit| at * WORD + bit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let mut set = Bodies::of(130, [0, 64, 129]);
        assert!(!set.insert(64), "already in");
        assert!(!set.insert(999), "beyond the registry");
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 64, 129]);
        set.unite(&Bodies::of(130, [1]));
        assert!(set.contains(0) && set.contains(1) && !set.contains(2) && !set.is_empty());
        assert!(Bodies::none(130).is_empty());
        assert_eq!(set.keeping(|place| place > 1).iter().collect::<Vec<_>>(), [64, 129]);
    }
}
