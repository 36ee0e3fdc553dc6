package dev.fairground.usage;

import java.util.List;

/**
 * Proves that the first tree was the beginning of the second: nothing was taken out or changed.
 *
 * @param hashes in hexadecimal digits
 */
record UsageConsistencyProof(
    int first, int second, String firstRootHash, String secondRootHash, List<String> hashes) {}
