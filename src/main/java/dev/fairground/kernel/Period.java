package dev.fairground.kernel;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A span of days, both ends included; without an end it is open. */
public record Period(LocalDate startsOn, @Nullable LocalDate endsOn) {
  public boolean contains(LocalDate day) {
    return !day.isBefore(startsOn) && (endsOn == null || !day.isAfter(endsOn));
  }
}
