package dev.fairground.jurisdiction;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.time.OffsetDateTime;

/** A numbered set of rules; never changed after it was published. */
public record RuleSet(
    String jurisdictionCode, int version, Text title, Period term, OffsetDateTime publishedAt) {
  /** By which a set is found. */
  public record Key(String jurisdictionCode, int version) {}

  Key key() {
    return new Key(jurisdictionCode, version);
  }
}
