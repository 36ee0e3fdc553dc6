package dev.fairground.code;

import dev.fairground.kernel.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a code stood for in a span of days.
 *
 * @param level its depth in the list, from 1
 * @param from the first day; {@link #ALWAYS} where the list does not say
 * @param invalidOn the first day on which it is no longer valid; null while it is
 */
public record CodeEntry(
    String list,
    String code,
    Text name,
    int level,
    @Nullable String parentCode,
    LocalDate from,
    @Nullable LocalDate invalidOn,
    @Nullable String replacedByCode,
    @Nullable String purposeClass,
    @Nullable String note) {

  static final LocalDate ALWAYS = LocalDate.of(1, 1, 1);

  public CodeKey key() {
    return new CodeKey(list, code);
  }
}
