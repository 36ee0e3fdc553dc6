package dev.fairground.graphql;

import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A batch that answers many keys at once: one statement, however many keys. Shared by all fields
 * that lead the same way.
 *
 * @param name unique; in metrics and logs
 * @param <K> the key, mostly an id
 * @param <A> the field's arguments as a value with equality; {@link None} for a field without
 * @param <V> what is found for a key; nothing found is null in the answer
 */
public record Loader<K, A, V>(String name, Batch<K, A, V> batch) {
  /** The arguments of a field that has none. */
  public enum None {
    NONE
  }

  /** Answers the keys of one level. The map may leave out keys for which there is nothing. */
  @FunctionalInterface
  public interface Batch<K, A, V> {
    Future<Map<K, V>> load(Reading reading, A arguments, Collection<K> keys);
  }

  /** A batch without arguments that finds rows which hold their own key. */
  public static <K, V> Loader<K, None, V> one(String name, Find<K, V> find, Function<V, K> keyOf) {
    return new Loader<>(
        name,
        (reading, none, keys) ->
            find.find(reading, keys)
                .map(
                    rows ->
                        rows.stream().collect(Collectors.toMap(keyOf, row -> row, (a, b) -> a))));
  }

  /** A batch without arguments that finds some rows for each key, in the order of the rows. */
  public static <K, V> Loader<K, None, List<V>> many(
      String name, Find<K, V> find, Function<V, K> keyOf) {
    return many(name, (reading, none, keys) -> find.find(reading, keys), keyOf);
  }

  /** A batch with arguments that finds some rows for each key, in the order of the rows. */
  public static <K, A, V> Loader<K, A, List<V>> many(
      String name, FindWith<K, A, V> find, Function<V, K> keyOf) {
    return new Loader<>(
        name,
        (reading, arguments, keys) ->
            find.find(reading, arguments, keys)
                .map(
                    rows -> {
                      Map<K, List<V>> found = rows.stream().collect(Collectors.groupingBy(keyOf));
                      keys.forEach(key -> found.putIfAbsent(key, List.of()));
                      return found;
                    }));
  }

  /** Finds rows for keys and a field's arguments; a repository's method. */
  @FunctionalInterface
  public interface FindWith<K, A, V> {
    Future<List<V>> find(Reading reading, A arguments, Collection<K> keys);
  }

  /** Finds rows for keys; a repository's method. */
  @FunctionalInterface
  public interface Find<K, V> {
    Future<List<V>> find(Reading reading, Collection<K> keys);
  }
}
