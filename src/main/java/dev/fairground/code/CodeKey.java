package dev.fairground.code;

import org.jspecify.annotations.Nullable;

/** A code of one list. */
public record CodeKey(String list, String code) {
  public static @Nullable CodeKey orNull(String list, @Nullable String code) {
    return code == null ? null : new CodeKey(list, code);
  }
}
