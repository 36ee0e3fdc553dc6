package dev.fairground.sql;

import dev.fairground.kernel.Moment;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement over tables of versions, which reads the present or a past moment. In its text {@code
 * {v}} stands for "the version of {@code v} that is shown": the current one, which a partial index
 * answers, or the one that was valid at the moment asked about.
 *
 * @param present the statement for the present
 * @param past the statement for a past moment, which is its last argument
 */
public record VersionedSql(String present, String past) {
  private static final Pattern ALIAS = Pattern.compile("\\{(\\w+)}");

  /**
   * @param arguments how many arguments the text has: the moment becomes the next one
   */
  public static VersionedSql of(int arguments, String text) {
    var moment = "\\$" + (arguments + 1);
    return new VersionedSql(
        ALIAS.matcher(text).replaceAll("$1.valid_to = 'infinity'"),
        ALIAS
            .matcher(text)
            .replaceAll("$1.valid_from <= " + moment + " and $1.valid_to > " + moment));
  }

  /** The same condition for a statement that is put together: {@code alias} is one of ours. */
  public static Clause shown(String alias, Moment moment) {
    if (moment.isPresent()) {
      return Clause.of(alias + ".valid_to = 'infinity'");
    }
    var at = moment.at().atOffset(ZoneOffset.UTC);
    return Clause.of(alias + ".valid_from <= ? and " + alias + ".valid_to > ?", at, at);
  }

  public <T> Future<List<T>> list(
      Database database, Reading reading, Function<Row, T> mapping, @Nullable Object... arguments) {
    var moment = reading.moment();
    if (moment.isPresent()) {
      return database.list(
          reading.reads(), present, Tuple.wrap(new ArrayList<>(Arrays.asList(arguments))), mapping);
    }
    var withMoment = new ArrayList<@Nullable Object>(Arrays.asList(arguments));
    withMoment.add(moment.at().atOffset(ZoneOffset.UTC));
    return database.list(reading.reads(), past, Tuple.wrap(withMoment), mapping);
  }
}
