package dev.fairground.jurisdiction;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.time.OffsetDateTime;

/** A numbered set of rules; never changed after it was published. */
public record RuleSet(
    String jurisdictionCode, int version, Text title, Period term, OffsetDateTime publishedAt) {}
