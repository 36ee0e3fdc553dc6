package dev.fairground.graphql;

import dev.fairground.sql.Reading;
import java.util.List;

/**
 * One operation that runs: what its fields read with, and what they may tell of it.
 *
 * @param languages what the caller reads, best first
 */
record Call(Reading reading, List<String> languages, RateLimit limits) {}
