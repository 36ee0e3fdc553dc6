package dev.fairground.harvest;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** stand-in. */
public final class CatalogueName {
  private CatalogueName() {}

  public static String of(String name) {
    return name;
  }

  public static @Nullable LocalDate date(String name) {
    return null;
  }
}
