package dev.fairground.check;

import java.util.regex.Pattern;

/**
 * A statement over facts, whose first argument is the keys, the second the moment and the third the
 * day. {@code {x}} stands for the version of {@code x} that is shown at the moment, and {@code
 * {x:at}} for rows that are never changed and were written up to it, as their column {@code at}
 * says.
 */
record FactSql(String present, String past) {
  private static final Pattern WRITTEN = Pattern.compile("\\{(\\w+):(\\w+)}");
  private static final Pattern ALIAS = Pattern.compile("\\{(\\w+)}");

  static FactSql of(String text) {
    return new FactSql(
        ALIAS
            .matcher(WRITTEN.matcher(text).replaceAll("true"))
            .replaceAll("$1.valid_to = 'infinity'"),
        ALIAS
            .matcher(WRITTEN.matcher(text).replaceAll("$1.$2 <= \\$2"))
            .replaceAll("$1.valid_from <= \\$2 and $1.valid_to > \\$2"));
  }

  /** With what is kept ready of the present, and found out anew of a moment in the past. */
  FactSql with(String mark, String present, String past) {
    var anew = of(past);
    return new FactSql(this.present.replace(mark, present), this.past.replace(mark, anew.past()));
  }
}
