package dev.fairground.graphql;

import static java.util.Objects.requireNonNull;

import dev.fairground.kernel.PageRequest;
import dev.fairground.sql.Clause;
import dev.fairground.sql.PageSelect.Bucket;
import dev.fairground.sql.PageSelect.Dimension;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Divides the lists of a connection by values of their rows. Each facet leaves out the filter's top
 * condition on itself, so that a reader sees what else there would be. One statement, however many
 * facets and lists.
 */
public final class Facets {
  private static final int MOST_KEYS = 8;
  private static final int MOST_VALUES = 100;

  private final Map<String, Column> columns;

  /**
   * A way to divide.
   *
   * @param member the filter's member that limits it
   * @param expression its value of a row as text; may be null or more than one
   * @param written how the value is written in the filter
   */
  public record Column(String member, String expression, UnaryOperator<String> written) {
    public Column(String member, String expression) {
      this(member, expression, UnaryOperator.identity());
    }
  }

  /** What a field selects: the facets by name, and how many values of each. */
  public record Wanted(List<String> keys, int first) {}

  /** A list divided one way. */
  public record Facet(
      String key, List<FacetBucket> buckets, int otherCount, int missingCount, boolean isExact) {}

  /** One value and how many rows have it. */
  public record FacetBucket(String key, String value, int count, boolean selected) {}

  public Facets(Map<String, Column> columns) {
    this.columns = columns;
  }

  /** Reads the arguments {@code keys} and {@code first}. */
  public Wanted wanted(Arguments arguments) {
    var keys = arguments.strings("keys").stream().distinct().toList();
    var asked = arguments.integer("first");
    var first = asked == null ? PageRequest.DEFAULT_SIZE : asked;
    if (keys.size() > MOST_KEYS) {
      throw arguments.bad("keys", "at most " + MOST_KEYS + ", but there are " + keys.size());
    }
    if (first < 1 || first > MOST_VALUES) {
      throw arguments.bad("first", "must be between 1 and " + MOST_VALUES + ", but is " + first);
    }
    return new Wanted(keys, first);
  }

  /** Facets by what the pages were cut from. */
  public Loader<Object, Wanted, List<Facet>> loader(String name) {
    return new Loader<>(name, this::load);
  }

  private Future<Map<Object, List<Facet>>> load(
      Reading reading, Wanted wanted, Collection<Object> lists) {
    var found = new HashMap<Object, List<Facet>>();
    var dividing = new ArrayList<Future<?>>();
    for (var group : Listing.groups(lists)) {
      dividing.add(
          divide(reading, wanted, group.getFirst(), Listing.parents(group))
              .onSuccess(
                  buckets ->
                      group.forEach(list -> found.put(list, facets(wanted, list, buckets)))));
    }
    return Future.all(dividing).map(done -> found);
  }

  private Future<List<Bucket>> divide(
      Reading reading, Wanted wanted, Listing.Counted<?> list, List<java.util.UUID> parents) {
    if (wanted.keys().isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    var byText = list.listing().divideFound(reading, list, dimensions(reading, wanted, list, true));
    if (byText != null) {
      return byText;
    }
    return list.select()
        .facets(
            list.listing().database(),
            reading,
            parents,
            dimensions(reading, wanted, list, false),
            Listing.planning(list.arguments()));
  }

  private List<Dimension> dimensions(
      Reading reading, Wanted wanted, Listing.Counted<?> list, boolean withoutText) {
    var dimensions = new ArrayList<Dimension>();
    for (var key : wanted.keys()) {
      var column = column(key);
      var rest = list.arguments().without("filter", column.member());
      if (withoutText) {
        rest = rest.without("filter", "text");
      }
      dimensions.add(
          new Dimension(
              key,
              column.expression(),
              Clause.all(list.only(), list.conditions().of(rest, reading.moment()))));
    }
    return dimensions;
  }

  private List<Facet> facets(Wanted wanted, Listing.Counted<?> list, List<Bucket> all) {
    var facets = new ArrayList<Facet>();
    for (var key : wanted.keys()) {
      var column = column(key);
      var mine =
          all.stream()
              .filter(bucket -> bucket.key().equals(key))
              .filter(bucket -> Objects.equals(bucket.parent(), list.parent()))
              .toList();
      var values =
          mine.stream()
              .filter(bucket -> bucket.value() != null)
              .sorted(
                  Comparator.comparingInt(Bucket::count)
                      .reversed()
                      .thenComparing(bucket -> requireNonNull(bucket.value())))
              .toList();
      var shown = values.subList(0, Math.min(values.size(), wanted.first()));
      facets.add(
          new Facet(
              key,
              shown.stream().map(bucket -> bucket(key, column, list.arguments(), bucket)).toList(),
              sum(values.subList(shown.size(), values.size())),
              sum(mine.stream().filter(bucket -> bucket.value() == null).toList()),
              mine.stream().allMatch(Bucket::exact)));
    }
    return facets;
  }

  private static FacetBucket bucket(String key, Column column, Arguments arguments, Bucket bucket) {
    var value = column.written().apply(requireNonNull(bucket.value()));
    var filter = arguments.input("filter");
    return new FacetBucket(
        key, value, bucket.count(), filter != null && filter.names(column.member(), value));
  }

  private static int sum(List<Bucket> buckets) {
    return buckets.stream().mapToInt(Bucket::count).sum();
  }

  private Column column(String key) {
    return requireNonNull(columns.get(key), key);
  }
}
