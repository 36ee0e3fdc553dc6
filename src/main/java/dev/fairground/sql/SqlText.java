package dev.fairground.sql;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that is put together from texts of ours; what callers sent becomes arguments. */
final class SqlText {
  private final StringBuilder text = new StringBuilder(1_024);
  private final List<@Nullable Object> arguments = new ArrayList<>();

  SqlText(String begin) {
    text.append(begin);
  }

  SqlText append(CharSequence more) {
    text.append(more);
    return this;
  }

  SqlText append(char more) {
    text.append(more);
    return this;
  }

  SqlText append(int number) {
    text.append(number);
    return this;
  }

  SqlText argument(@Nullable Object value) {
    arguments.add(value);
    text.append('$').append(arguments.size());
    return this;
  }

  /** A condition whose {@code ?} become numbered arguments. */
  SqlText clause(Clause clause) {
    var next = 0;
    for (int i = 0; i < clause.text().length(); i++) {
      var character = clause.text().charAt(i);
      if (character == '?') {
        argument(clause.arguments().get(next++));
      } else {
        text.append(character);
      }
    }
    return this;
  }

  String sql() {
    return text.toString();
  }

  Tuple arguments() {
    return Tuple.wrap(arguments);
  }
}
