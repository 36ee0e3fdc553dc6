package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open data platforms of Chinese provinces and cities. */
final class Portals {
  private static final Map<String, Portal> BY_KEY = new HashMap<>();
  private static final Map<String, String> CODES = new HashMap<>();

  static {
    for (var row : Tables.rows("/harvest/portals.csv")) {
      var key = requireNonNull(row.get("key"));
      var code = said(row.get("code"));
      BY_KEY.put(key, new Portal(key, code, said(row.get("portal")), said(row.get("address"))));
      if (code != null) {
        CODES.putIfAbsent(requireNonNull(row.get("region")), code);
      }
    }
  }

  private Portals() {}

  /**
   * One platform.
   *
   * @param key the pinyin of its province and its place, as in names of files
   * @param regionCode of GB/T 2260
   * @param name null where the place has no platform of its own
   */
  record Portal(
      String key, @Nullable String regionCode, @Nullable String name, @Nullable String address) {

    /** Its name and address, for people. */
    @Nullable String source() {
      return name == null || address == null ? first(name, address) : name + ", " + address;
    }

    private static @Nullable String first(@Nullable String name, @Nullable String address) {
      return name == null ? address : name;
    }
  }

  /**
   * The platform that a file's name begins with, for instance {@code anhui_anhui.harvest-1.json};
   * null where it names none.
   */
  static @Nullable Portal ofFile(String name) {
    var end = name.indexOf('.');
    return BY_KEY.get((end < 0 ? name : name.substring(0, end)).toLowerCase(Locale.ROOT));
  }

  /** The code of a place with a platform by its Chinese name. */
  static @Nullable String regionCode(String name) {
    return CODES.get(name);
  }

  private static @Nullable String said(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
