package dev.fairground.jurisdiction;

import dev.fairground.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A place with rules of its own.
 *
 * @param code its code of GB/T 2260; 000000 for the nation
 */
public record Jurisdiction(
    String code,
    @Nullable String parentCode,
    Level level,
    Text name,
    String timeZone,
    @Nullable String calendarId) {

  /** The levels of government. */
  public enum Level {
    NATIONAL,
    PROVINCE,
    PREFECTURE,
    COUNTY
  }
}
