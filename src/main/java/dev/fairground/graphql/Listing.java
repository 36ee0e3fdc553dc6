package dev.fairground.graphql;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Page.Count;
import dev.fairground.kernel.PageRequest;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.FoundSelect;
import dev.fairground.sql.Key;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.PageSelect.Bucket;
import dev.fairground.sql.PageSelect.Dimension;
import dev.fairground.sql.Planning;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Search;
import dev.fairground.sql.Search.Asked;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of the schema with its filter and its order: read whole, or its top for each of many
 * parents, or counted. One statement each, however many parents.
 */
public final class Listing<T> {
  static final String TOTAL = "totalCount";
  static final String EXACT = "totalCountIsExact";

  private final Database database;
  private final PageSelect<T> whole;
  private final Prepared where;
  private final Function<Arguments, List<Key<T>>> order;
  private final Loader<Object, Loader.None, Count> counts;
  private final @Nullable FoundSelect<T> found;
  private final BiFunction<Viewer, Moment, Clause> visible;

  /** The conditions that a field's arguments make, at the moment that is read. */
  @FunctionalInterface
  public interface Where {
    Clause of(Arguments arguments, Moment moment);
  }

  /** Conditions that hang on facts about who asks, which are read before the list is. */
  @FunctionalInterface
  public interface Prepared {
    Future<Where> of(Reading reading, Arguments arguments);
  }

  /** What a field selects. The page's seal is a digest of all other arguments. */
  public record Cut(PageRequest page, Arguments arguments) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Cut cut && page.equals(cut.page);
    }

    @Override
    public int hashCode() {
      return page.hashCode();
    }
  }

  /**
   * What a page was cut from.
   *
   * @param parent null for a list of its own
   */
  record Counted<T>(
      PageSelect<T> select,
      String seal,
      @Nullable UUID parent,
      Clause only,
      Arguments arguments,
      Where conditions,
      Listing<T> listing) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Counted<?> counted
          && select.name().equals(counted.select.name())
          && seal.equals(counted.seal)
          && Objects.equals(parent, counted.parent);
    }

    @Override
    public int hashCode() {
      return Objects.hash(select.name(), seal, parent);
    }

    Clause where(Moment moment) {
      return Clause.all(only, conditions.of(arguments, moment));
    }

    /** The text that the list is filtered by; null for none. */
    @Nullable String text() {
      return Listing.text(arguments);
    }
  }

  public Listing(
      Database database,
      PageSelect<T> whole,
      Where where,
      Function<Arguments, List<Key<T>>> order) {
    this(database, whole, where, order, null);
  }

  /**
   * @param search how the list is searched by {@code filter.text}; null if it is not
   */
  public Listing(
      Database database,
      PageSelect<T> whole,
      Where where,
      Function<Arguments, List<Key<T>>> order,
      @Nullable Search search) {
    this(database, whole, known(where), order, search, (viewer, moment) -> Clause.TRUE);
  }

  /** A list that may be filtered by facts about who asks: one statement more where it is. */
  public static <T> Listing<T> prepared(
      Database database,
      PageSelect<T> whole,
      Prepared where,
      Function<Arguments, List<Key<T>>> order,
      @Nullable Search search) {
    return new Listing<>(database, whole, where, order, search, (viewer, moment) -> Clause.TRUE);
  }

  private static Prepared known(Where where) {
    return (reading, arguments) -> Future.succeededFuture(where);
  }

  /** A list of which callers see different rows; {@code visible} is in every statement over it. */
  public static <T> Listing<T> hidden(
      Database database,
      PageSelect<T> whole,
      Where where,
      Function<Arguments, List<Key<T>>> order,
      Function<Viewer, Clause> visible) {
    return hidden(database, whole, where, order, (viewer, moment) -> visible.apply(viewer));
  }

  /** The same where what is seen hangs on the day, too. */
  public static <T> Listing<T> hidden(
      Database database,
      PageSelect<T> whole,
      Where where,
      Function<Arguments, List<Key<T>>> order,
      BiFunction<Viewer, Moment, Clause> visible) {
    return new Listing<>(database, whole, known(where), order, null, visible);
  }

  private Listing(
      Database database,
      PageSelect<T> whole,
      Prepared where,
      Function<Arguments, List<Key<T>>> order,
      @Nullable Search search,
      BiFunction<Viewer, Moment, Clause> visible) {
    this.visible = visible;
    found = search == null ? null : new FoundSelect<>(whole, search);
    this.database = database;
    this.whole = whole;
    this.where = where;
    this.order = order;
    counts = new Loader<>(whole.name() + "Count", (reading, none, lists) -> count(reading, lists));
  }

  /** The list of its own that a root field shows. */
  public Future<Page<T>> page(Reading reading, Arguments arguments) {
    return page(reading, arguments, Clause.TRUE);
  }

  /** A part of it that a root field shows. */
  public Future<Page<T>> page(Reading reading, Arguments arguments, Clause part) {
    return where
        .of(reading, arguments)
        .compose(conditions -> page(reading, arguments, part, conditions));
  }

  private Future<Page<T>> page(
      Reading reading, Arguments arguments, Clause part, Where conditions) {
    var page = arguments.page();
    var only = Clause.all(part, visible.apply(reading.viewer(), reading.moment()));
    var counted = new Counted<>(whole, page.seal(), null, only, arguments, conditions, this);
    var rows = cut(reading, counted, page);
    if (!isCounted(reading)) {
      return rows;
    }
    // Sent with the page, not behind it: the page says nothing that the count needs.
    var count = count(reading, counted);
    return Future.all(rows, count)
        .map(
            both -> {
              tell(reading, rows.result(), count.result());
              return rows.result();
            });
  }

  private Future<Page<T>> cut(Reading reading, Counted<T> counted, PageRequest page) {
    var arguments = counted.arguments();
    var conditions = counted.where(reading.moment());
    var byRelevance = Relevance.isAsked(arguments, found != null, reading.moment());
    var asked = asked(counted, reading.moment());
    if (found == null || asked == null) {
      var planning = planning(arguments);
      return whole.page(
          database, reading, conditions, order.apply(arguments), page, planning, counted);
    }
    return byRelevance
        ? found.page(database, reading, asked, page, counted)
        : found.page(database, reading, asked, order.apply(arguments), page, counted);
  }

  private Future<Count> count(Reading reading, Counted<?> counted) {
    var conditions = counted.where(reading.moment());
    var asked = asked(counted, reading.moment());
    return found == null || asked == null
        ? counted.select().count(database, reading, conditions, planning(counted.arguments()))
        : found.count(database, reading, asked);
  }

  /** How to look the list up, where the entries of today answer; else null. */
  private @Nullable Asked asked(Counted<?> counted, Moment moment) {
    var text = counted.text();
    if (found == null || text == null || counted.parent() != null || !moment.isPresent()) {
      return null;
    }
    var rest = counted.arguments().without("filter", "text");
    var filter = rest.input("filter");
    return new Asked(
        text,
        Clause.all(counted.only(), counted.conditions().of(rest, moment)),
        filter != null && !filter.isEmpty() || !counted.only().equals(Clause.TRUE));
  }

  static @Nullable String text(Arguments arguments) {
    var filter = arguments.input("filter");
    return filter == null || !filter.has("text") ? null : filter.string("text");
  }

  /** Divides a list of its own that a text finds; null if it is none. */
  @Nullable Future<List<Bucket>> divideFound(
      Reading reading, Counted<?> list, List<Dimension> dimensions) {
    var asked = asked(list, reading.moment());
    return found == null || asked == null
        ? null
        : found.facets(database, reading, asked.text(), dimensions);
  }

  private static boolean isCounted(Reading reading) {
    return reading.wanted().leadsTo(TOTAL) || reading.wanted().leadsTo(EXACT);
  }

  private static void tell(Reading reading, Page<?> page, Count count) {
    reading.along().put(page, TOTAL, count);
    reading.along().put(page, EXACT, count);
  }

  /** What a field's arguments select; for {@link #of}. */
  public Cut cut(Arguments arguments) {
    return new Cut(arguments.page(), arguments);
  }

  /** The list of each of many parents. */
  public Loader<UUID, Cut, Page<T>> of(PageSelect<T> linked) {
    return new Loader<>(
        linked.name(), (reading, cut, parents) -> pages(linked, reading, cut, parents));
  }

  private Future<Map<UUID, Page<T>>> pages(
      PageSelect<T> linked, Reading reading, Cut cut, Collection<UUID> parents) {
    Relevance.refuse(cut.arguments());
    return where
        .of(reading, cut.arguments())
        .compose(made -> pages(linked, reading, cut, parents, made));
  }

  private Future<Map<UUID, Page<T>>> pages(
      PageSelect<T> linked, Reading reading, Cut cut, Collection<UUID> parents, Where made) {
    var only = visible.apply(reading.viewer(), reading.moment());
    var conditions = Clause.all(only, made.of(cut.arguments(), reading.moment()));
    var planning = planning(cut.arguments());
    var pages =
        linked.pages(
            database,
            reading,
            parents,
            conditions,
            order.apply(cut.arguments()),
            cut.page(),
            planning,
            parent ->
                new Counted<>(
                    linked, cut.page().seal(), parent, only, cut.arguments(), made, this));
    if (!isCounted(reading)) {
      return pages;
    }
    var counts = linked.counts(database, reading, parents, conditions, planning);
    return Future.all(pages, counts)
        .map(
            both -> {
              pages
                  .result()
                  .forEach(
                      (id, page) ->
                          tell(reading, page, Objects.requireNonNull(counts.result().get(id))));
              return pages.result();
            });
  }

  /** Counts whole lists by what their pages were cut from. */
  public Loader<Object, Loader.None, Count> counts() {
    return counts;
  }

  /** One statement for all parents that share conditions, one for each list of its own. */
  private Future<Map<Object, Count>> count(Reading reading, Collection<Object> lists) {
    var totals = new HashMap<Object, Count>();
    var counting = new ArrayList<Future<?>>();
    for (var group : groups(lists)) {
      var first = group.getFirst();
      var conditions = first.where(reading.moment());
      if (first.parent() == null) {
        counting.add(count(reading, first).onSuccess(count -> totals.put(first, count)));
      } else {
        counting.add(
            first
                .select()
                .counts(database, reading, parents(group), conditions, planning(first.arguments()))
                .onSuccess(
                    counts ->
                        group.forEach(
                            list ->
                                totals.put(
                                    list, counts.get(Objects.requireNonNull(list.parent()))))));
      }
    }
    return Future.all(counting).map(done -> totals);
  }

  static Planning planning(Arguments arguments) {
    return arguments.has("filter") ? Planning.FOR_ARGUMENTS : Planning.ONCE;
  }

  Database database() {
    return database;
  }

  static List<UUID> parents(List<? extends Counted<?>> group) {
    var parents = new ArrayList<UUID>();
    group.forEach(
        list -> {
          if (list.parent() != null) {
            parents.add(list.parent());
          }
        });
    return parents;
  }

  /** Lists that one statement can answer: those of other parents with the same conditions. */
  static List<List<Counted<?>>> groups(Collection<Object> lists) {
    var groups = new LinkedHashMap<String, List<Counted<?>>>();
    for (var list : lists) {
      var counted = (Counted<?>) list;
      groups
          .computeIfAbsent(
              counted.select().name() + ' ' + counted.seal(), unseen -> new ArrayList<>())
          .add(counted);
    }
    return List.copyOf(groups.values());
  }
}
