package dev.fairground.usage;

import java.util.List;

/**
 * Proves that a record is in the tree of a head.
 *
 * @param hashes from the leaf up, in hexadecimal digits
 */
record UsageInclusionProof(
    String recordId, int leafIndex, int treeSize, String rootHash, List<String> hashes) {}
