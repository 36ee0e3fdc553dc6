package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** Tidies the values of one record and tells what was wrong with them. */
public final class Values {
  /** No bound on a text's length but that of the record. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "暂无",
          "无",
          "null",
          "none",
          "n/a",
          "na",
          "-",
          "--",
          "-1",
          "nil",
          "undefined",
          "nan",
          "$type",
          "暂无联系方式",
          "默认主题",
          "默认行业");

  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}&&[^\\t\\n\\r]]|[\\uFEFF\\uFFFE\\uFFFF]");
  private static final Pattern SPACE = Pattern.compile("[\\s\\u00A0\\u3000]+");
  private static final Pattern MARKUP =
      Pattern.compile(
          "<(?:/?[a-zA-Z][a-zA-Z0-9]*(?:\\s[^<>]*)?/?>|[a-zA-Z]+\\s+[a-zA-Z-]+=[^<>]*\\z|!--)|&(?:[a-zA-Z]{2,8}|#\\d{1,6}|#[xX][0-9a-fA-F]{1,6});");
  private static final Pattern MOJIBAKE =
      Pattern.compile("[ÃÂ][\\u0080-\\u00BF]|â€|ï»¿|\\uFFFD|ï¿½|锟斤拷");

  /** Year, month and day, with or without a time behind them. */
  private static final Pattern DAY =
      Pattern.compile("(\\d{4})[-/.年](\\d{1,2})(?:[-/.月](\\d{1,2})日?)?月?(?:[T\\s].*)?");

  private static final Pattern COMPACT_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:\\d{6})?");
  private static final Pattern YEAR = Pattern.compile("(\\d{4})年?");
  private static final Pattern EPOCH = Pattern.compile("\\d{13}");
  private static final long MILLIS_OF_DAY = 86_400_000;

  private final Sink sink;
  private final String place;

  /** For the values of the record at {@code place}. */
  public Values(Sink sink, String place) {
    this.sink = sink;
    this.place = place;
  }

  /** Tells a defect of one of the record's values. */
  public void defect(String field, Rule rule, @Nullable String value) {
    sink.defect(new Defect(place, field, rule, value));
  }

  /**
   * A text on one line, without white space around it and control characters in it; null where it
   * says nothing.
   */
  public @Nullable String text(String field, @Nullable String value, int most) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (isTidyAscii(value)) {
      return PLACEHOLDERS.contains(value.toLowerCase(Locale.ROOT))
          ? placeholder(field, value)
          : cut(field, value, most);
    }
    var text = value;
    if (CONTROL.matcher(text).find()) {
      defect(field, Rule.CONTROL_CHARACTERS, null);
      text = CONTROL.matcher(text).replaceAll("");
    }
    var tidy = SPACE.matcher(text).replaceAll(" ").strip();
    if (!tidy.equals(text)) {
      defect(field, Rule.SPACES, null);
    }
    if (tidy.isEmpty()) {
      return null;
    }
    if (PLACEHOLDERS.contains(tidy.toLowerCase(Locale.ROOT))) {
      return placeholder(field, tidy);
    }
    if (MOJIBAKE.matcher(tidy).find()) {
      defect(field, Rule.MOJIBAKE, tidy);
    }
    return cut(field, tidy, most);
  }

  private @Nullable String placeholder(String field, String text) {
    defect(field, Rule.PLACEHOLDER, text);
    return null;
  }

  /** Whether there is surely nothing to tidy, so that most values need no pattern. */
  private static boolean isTidyAscii(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next < ' ' || next > '~' || (next == ' ' && before == ' ')) {
        return false;
      }
      before = next;
    }
    return before != ' ';
  }

  /** The same of a text that may hold HTML: its words without the markup. */
  public @Nullable String plain(String field, @Nullable String value, int most) {
    if (value != null
        && (value.indexOf('<') >= 0 || value.indexOf('&') >= 0)
        && MARKUP.matcher(value).find()) {
      var words = Jsoup.parse(value).text();
      // A lone "<1 year" is no markup: what the parser leaves as it is was plain already.
      if (!words.equals(SPACE.matcher(value).replaceAll(" ").strip())) {
        defect(field, Rule.HTML_IN_TEXT, value);
      }
      return text(field, words, most);
    }
    return text(field, value, most);
  }

  /**
   * A day, of the many ways in which sources write one: ISO 8601 with or without a time, slashes,
   * points, 年月日, eight digits, milliseconds of an epoch. A month or year alone stands for its first
   * day.
   */
  public @Nullable LocalDate date(String field, @Nullable String value) {
    var text = text(field, value, UNBOUNDED);
    if (text == null) {
      return null;
    }
    var day = DAY.matcher(text);
    if (!day.matches()) {
      day = COMPACT_DAY.matcher(text);
    }
    try {
      if (EPOCH.matcher(text).matches()) {
        return LocalDate.ofEpochDay(Math.floorDiv(Long.parseLong(text), MILLIS_OF_DAY));
      }
      if (day.matches()) {
        return day(
            field,
            text,
            Integer.parseInt(day.group(1)),
            Integer.parseInt(day.group(2)),
            day.group(3) == null ? 1 : Integer.parseInt(day.group(3)));
      }
      var year = YEAR.matcher(text);
      if (year.matches()) {
        return day(field, text, Integer.parseInt(year.group(1)), 1, 1);
      }
    } catch (DateTimeException impossible) {
      defect(field, Rule.DATE_IMPOSSIBLE, text);
      return null;
    }
    defect(field, Rule.DATE_UNREADABLE, text);
    return null;
  }

  /** Portals write 9999 and 0001 for "never" and "unknown". */
  private @Nullable LocalDate day(String field, String text, int year, int month, int day) {
    if (year < 1000 || year > 2999) {
      defect(field, Rule.DATE_IMPOSSIBLE, text);
      return null;
    }
    return LocalDate.of(year, month, day);
  }

  /** An absolute address of the web, in ASCII. */
  public @Nullable String url(String field, @Nullable String value) {
    var text = text(field, value, UNBOUNDED);
    if (text == null) {
      return null;
    }
    try {
      var address = new URI(text.replace(" ", "%20"));
      var scheme = address.getScheme();
      if (scheme != null
          && address.getRawAuthority() != null
          && Set.of("http", "https", "ftp").contains(scheme.toLowerCase(Locale.ROOT))) {
        return address.toASCIIString();
      }
    } catch (URISyntaxException broken) {
      // Told below.
    }
    defect(field, Rule.URL_UNREADABLE, text);
    return null;
  }

  private String cut(String field, String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    defect(field, Rule.VALUE_TOO_LONG, text);
    return text.substring(0, text.offsetByCodePoints(0, most));
  }
}
