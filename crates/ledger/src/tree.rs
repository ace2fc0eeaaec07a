//! The tree of RFC 6962, section 2: leaf, root, inclusion and consistency proofs.

use sha2::{Digest, Sha256};

/// A node of the tree: 32 bytes of SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The root of a tree without leaves: the hash of nothing (RFC 6962, 2.1).
    pub fn empty() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// The hash over an entry; the leading zero keeps leaves and nodes apart.
    fn of_entry(entry: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
    }

    /// The hash over two neighbours.
    fn of_pair(left: Self, right: Self) -> Self {
        Self(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
    }
}

/// The 32 random bytes that hide an event within its leaf. Not printable: who holds it can link the line to its case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Blind(pub [u8; 32]);

/// A blinded line of the ledger, all that the log itself keeps of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf(pub [u8; 32]);

impl Leaf {
    /// Blinds an event: `SHA-256("putokaz/1 leaf\n" ‖ blind ‖ event)`. `event` is the exact JSON of what was done.
    pub fn of(blind: &Blind, event: &[u8]) -> Self {
        Self(
            Sha256::new().chain_update(b"putokaz/1 leaf\n").chain_update(blind.0).chain_update(event).finalize().into(),
        )
    }
}

/// The log as a Merkle tree. Appending and proving take a number of steps that grows with the logarithm of its size.
#[derive(Clone, Default)]
pub struct Tree {
    /// Hashes of all complete subtrees: `levels[k][i]` stands over the leaves from `i * 2^k` to `(i + 1) * 2^k`.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Adds a line at the end.
    pub fn append(&mut self, leaf: Leaf) {
        self.append_entry(&leaf.0);
    }

    fn append_entry(&mut self, entry: &[u8]) {
        let mut hash = Hash::of_entry(entry);
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let Some(row) = self.levels.get_mut(level) else { return };
            row.push(hash);
            match row.as_slice() {
                [.., left, right] if row.len() % 2 == 0 => hash = Hash::of_pair(*left, *right),
                _ => return,
            }
        }
    }

    /// The root over all leaves.
    pub fn root(&self) -> Hash {
        self.over(0, self.size()).unwrap_or_else(Hash::empty)
    }

    /// The root when the log had `size` leaves; none when it never had so many.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        if size == 0 { Some(Hash::empty()) } else { self.over(0, size) }
    }

    /// Proves that the leaf at `index` is under the root at `size` (RFC 6962, 2.1.1).
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Inclusion> {
        if index >= size || size > self.size() {
            return None;
        }
        let (mut start, mut end) = (0, size);
        let mut path = Vec::new();
        while end - start > 1 {
            let middle = start + split(end - start);
            if index < middle {
                path.push(self.over(middle, end)?);
                end = middle;
            } else {
                path.push(self.over(start, middle)?);
                start = middle;
            }
        }
        path.reverse();
        Some(Inclusion { index, size, path })
    }

    /// Proves that the log at `size` only adds to the log at `earlier` (RFC 6962, 2.1.2).
    pub fn consistency(&self, earlier: u64, size: u64) -> Option<Consistency> {
        if earlier == 0 || earlier > size || size > self.size() {
            return None;
        }
        let (mut start, mut end, mut known) = (0, size, true);
        let mut path = Vec::new();
        while earlier != end {
            let middle = start + split(end - start);
            if earlier <= middle {
                path.push(self.over(middle, end)?);
                end = middle;
            } else {
                path.push(self.over(start, middle)?);
                (start, known) = (middle, false);
            }
        }
        if !known {
            path.push(self.over(start, end)?);
        }
        path.reverse();
        Some(Consistency { earlier, size, path })
    }

    /// The hash over the leaves from `start` to before `end`; none when they are not all there.
    fn over(&self, start: u64, end: u64) -> Option<Hash> {
        let width = end.checked_sub(start).filter(|width| *width > 0)?;
        if width.is_power_of_two() && start.is_multiple_of(width) {
            let level = usize::try_from(width.trailing_zeros()).ok()?;
            return self.levels.get(level)?.get(usize::try_from(start / width).ok()?).copied();
        }
        let middle = start + split(width);
        Some(Hash::of_pair(self.over(start, middle)?, self.over(middle, end)?))
    }
}

impl FromIterator<Leaf> for Tree {
    fn from_iter<I: IntoIterator<Item = Leaf>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.append(leaf));
        tree
    }
}

/// The largest power of two below `width` (which is above 1): where RFC 6962 splits a list.
fn split(width: u64) -> u64 {
    1 << (u64::BITS - 1 - (width - 1).leading_zeros())
}

/// The way from one leaf to a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// Where the leaf stands, from 0.
    pub index: u64,
    /// How many leaves the root stands over.
    pub size: u64,
    /// The neighbours on the way up, the nearest first.
    pub path: Vec<Hash>,
}

impl Inclusion {
    /// Whether this proves that `leaf` stands under `root`.
    pub fn proves(&self, leaf: Leaf, root: Hash) -> bool {
        self.root(Hash::of_entry(&leaf.0)) == Some(root)
    }

    /// RFC 9162, 2.1.3.2.
    fn root(&self, leaf: Hash) -> Option<Hash> {
        let (mut place, mut last) = (self.index, self.size.checked_sub(1)?);
        if place > last {
            return None;
        }
        let mut hash = leaf;
        for neighbour in &self.path {
            if last == 0 {
                return None;
            }
            if place % 2 == 1 || place == last {
                hash = Hash::of_pair(*neighbour, hash);
                while place % 2 == 0 && place != 0 {
                    (place, last) = (place >> 1, last >> 1);
                }
            } else {
                hash = Hash::of_pair(hash, *neighbour);
            }
            (place, last) = (place >> 1, last >> 1);
        }
        (last == 0).then_some(hash)
    }
}

/// What shows that a later log only adds to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    /// How many leaves the earlier root stood over; above 0.
    pub earlier: u64,
    /// How many leaves the later root stands over.
    pub size: u64,
    /// The nodes that make both roots.
    pub path: Vec<Hash>,
}

impl Consistency {
    /// Whether this proves that the log under `earlier` is the beginning of the log under `later`.
    pub fn proves(&self, earlier: Hash, later: Hash) -> bool {
        if self.earlier == self.size {
            return self.path.is_empty() && earlier == later && self.earlier > 0;
        }
        self.roots(earlier) == Some((earlier, later))
    }

    /// RFC 9162, 2.1.4.2: both roots from one path.
    fn roots(&self, earlier: Hash) -> Option<(Hash, Hash)> {
        if self.earlier == 0 || self.earlier > self.size {
            return None;
        }
        let (mut place, mut last) = (self.earlier - 1, self.size - 1);
        let shift = place.trailing_ones();
        (place, last) = (place >> shift, last >> shift);
        let mut path = self.path.iter().copied();
        let first = if self.earlier.is_power_of_two() { earlier } else { path.next()? };
        let (mut old, mut new) = (first, first);
        for node in path {
            if last == 0 {
                return None;
            }
            if place % 2 == 1 || place == last {
                (old, new) = (Hash::of_pair(node, old), Hash::of_pair(node, new));
                while place % 2 == 0 && place != 0 {
                    (place, last) = (place >> 1, last >> 1);
                }
            } else {
                new = Hash::of_pair(new, node);
            }
            (place, last) = (place >> 1, last >> 1);
        }
        (last == 0).then_some((old, new))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The eight entries and roots that the Certificate Transparency implementations share as reference data.
    const ENTRIES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn hash(text: &str) -> Hash {
        Hash(hex::decode(text).unwrap().try_into().unwrap())
    }

    fn reference() -> Tree {
        let mut tree = Tree::default();
        for entry in ENTRIES {
            tree.append_entry(&hex::decode(entry).unwrap());
        }
        tree
    }

    #[test]
    fn roots_are_those_of_the_reference_data() {
        let tree = reference();
        for (size, root) in (0..).zip(ROOTS) {
            assert_eq!(tree.root_at(size), Some(hash(root)), "at size {size}");
        }
        assert_eq!(tree.root(), hash(ROOTS[8]));
        assert_eq!(tree.root_at(9), None);
    }

    #[test]
    fn an_inclusion_proof_is_that_of_the_reference_data() {
        let path = reference().inclusion(5, 8).unwrap().path;
        let expected = [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ];
        assert_eq!(path, expected.map(hash));
    }

    #[test]
    fn a_consistency_proof_is_that_of_the_reference_data() {
        let path = reference().consistency(6, 8).unwrap().path;
        let expected = [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ];
        assert_eq!(path, expected.map(hash));
    }

    #[test]
    fn a_leaf_hides_its_event_behind_the_blind() {
        let event = br#"{"act":"file"}"#;
        assert_ne!(Leaf::of(&Blind([1; 32]), event), Leaf::of(&Blind([2; 32]), event));
        let bytes = [b"putokaz/1 leaf\n".as_slice(), &[1; 32], event].concat();
        assert_eq!(Leaf::of(&Blind([1; 32]), event).0, <[u8; 32]>::from(Sha256::digest(bytes)));
    }

    fn leaves(count: usize) -> Vec<Leaf> {
        (0..count).map(|number| Leaf::of(&Blind([7; 32]), number.to_string().as_bytes())).collect()
    }

    proptest! {
        #[test]
        fn every_leaf_proves_its_place_and_no_other(count in 1usize..70, at in any::<prop::sample::Index>(), size in any::<prop::sample::Index>()) {
            let leaves = leaves(count);
            let tree: Tree = leaves.iter().copied().collect();
            let size = size.index(count) + 1;
            let index = at.index(size);
            let root = tree.root_at(size as u64).unwrap();
            let proof = tree.inclusion(index as u64, size as u64).unwrap();
            prop_assert!(proof.proves(leaves[index], root));
            for (other, leaf) in leaves.iter().enumerate() {
                prop_assert_eq!(proof.proves(*leaf, root), other == index);
            }
        }

        #[test]
        fn a_later_log_proves_that_it_only_adds(count in 1usize..70, earlier in any::<prop::sample::Index>(), size in any::<prop::sample::Index>()) {
            let tree: Tree = leaves(count).into_iter().collect();
            let size = (size.index(count) + 1) as u64;
            let earlier = earlier.index(usize::try_from(size).unwrap()) as u64 + 1;
            let (old, new) = (tree.root_at(earlier).unwrap(), tree.root_at(size).unwrap());
            let proof = tree.consistency(earlier, size).unwrap();
            prop_assert!(proof.proves(old, new));
            prop_assert!(!proof.proves(Hash([9; 32]), new));
            prop_assert!(!proof.proves(old, Hash([9; 32])));
            for cut in 0..proof.path.len() {
                let mut broken = proof.clone();
                broken.path.remove(cut);
                prop_assert!(!broken.proves(old, new));
            }
        }
    }
}
