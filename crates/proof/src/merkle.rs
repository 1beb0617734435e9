//! The Merkle tree of a log (RFC 6962).

use std::fmt;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// A node of the Merkle tree: 32 bytes of SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(&self.0))
    }
}

/// The leaf of an envelope: SHA-256(0x00 ‖ envelope) (RFC 6962 §2.1).
pub fn leaf_hash(envelope: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0x00]).chain_update(envelope).finalize().into())
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new().chain_update([0x01]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// A log's tree with the leaves forgotten: the roots of the complete subtrees, largest first.
///
/// It takes a leaf in O(log n) and gives the root at its size; nothing else is needed to append.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

impl Frontier {
    /// A log holds fewer entries than this: 2^40.
    pub const MAX_SIZE: u64 = 1 << 40;

    /// A frontier kept elsewhere: one root for each one in the binary digits of `size`.
    pub fn from_parts(size: u64, roots: Vec<Hash>) -> Result<Self, FrontierError> {
        if size < Self::MAX_SIZE && roots.len() == size.count_ones() as usize {
            Ok(Self { size, roots })
        } else {
            Err(FrontierError)
        }
    }

    /// The frontier of a log with these leaves.
    pub fn of_leaves(leaves: impl IntoIterator<Item = Hash>) -> Self {
        let mut frontier = Self::default();
        leaves.into_iter().for_each(|leaf| frontier.push(leaf));
        frontier
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.roots.push(node);
        self.size += 1;
    }

    /// The Merkle tree hash at this size (RFC 6962 §2.1); of the empty log, SHA-256 of nothing.
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        match roots.next() {
            None => Hash(Sha256::digest([]).into()),
            Some(smallest) => roots.fold(*smallest, |right, left| node_hash(left, &right)),
        }
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, largest first.
    pub fn roots(&self) -> &[Hash] {
        &self.roots
    }

    /// The roots one after the other, 32 bytes each: how a database keeps them.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.roots.iter().flat_map(|root| root.0).collect()
    }

    /// What [`Frontier::to_bytes`] gave, with the size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Result<Self, FrontierError> {
        let (roots, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(FrontierError);
        }
        Self::from_parts(size, roots.iter().copied().map(Hash).collect())
    }
}

/// The number of roots does not fit the size, or the size is past 2^40.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the frontier does not fit its size")]
pub struct FrontierError;
