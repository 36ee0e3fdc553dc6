package dev.fairground.usage;

import java.time.OffsetDateTime;

/**
 * A key that heads were signed with.
 *
 * @param publicKey its public half: Base64 of the DER encoding of X.509
 */
record UsageKey(String keyId, String algorithm, String publicKey, OffsetDateTime firstUsedAt) {}
