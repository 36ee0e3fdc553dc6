package dev.fairground.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The moment a read asks about.
 *
 * @param now the clock when the operation began; the same for all its fields
 * @param asOf the past moment asked about, null for the present
 */
public record Moment(Instant now, @Nullable Instant asOf) {
  /** The zone in which days begin and end where no jurisdiction says otherwise. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  public static Moment present(Instant now) {
    return new Moment(now, null);
  }

  public boolean isPresent() {
    return asOf == null;
  }

  /** The instant whose state is to be shown. */
  public Instant at() {
    return asOf == null ? now : asOf;
  }

  /** The calendar day of {@link #at()} in {@link #ZONE}. */
  public LocalDate day() {
    return LocalDate.ofInstant(at(), ZONE);
  }
}
