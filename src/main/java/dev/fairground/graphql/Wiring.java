package dev.fairground.graphql;

import dev.fairground.kernel.Highlight;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Page.Count;
import dev.fairground.kernel.Text;
import dev.fairground.kernel.TextRange;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ties the fields of the schema to records, loaders and reads. Features call it at the start, in
 * their order; afterwards {@link Schema} compares it with the schema's text and names every field
 * that nothing answers.
 */
public final class Wiring {
  private final Map<String, Map<String, Binding>> types = new LinkedHashMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();
  private final Map<String, NodeType> nodes = new LinkedHashMap<>();
  private final List<Consumer<Engine>> waiting = new ArrayList<>();

  /** A type that {@code node} finds: its name, and the loader of its objects by id. */
  record NodeType(String type, Loader<UUID, Loader.None, Object> loader) {}

  /** A type that is answered by a record of the same name; every component answers its field. */
  public <S extends Record> TypeWiring<S> type(Class<S> record) {
    return type(record.getSimpleName(), record);
  }

  /** A type that is answered by a record of another name. */
  public <S extends Record> TypeWiring<S> type(String name, Class<S> record) {
    names.put(record, name);
    var wiring = new TypeWiring<S>(name);
    wiring.components(record, self -> self);
    return wiring;
  }

  /** More fields of a type that an earlier feature wired. */
  public <S> TypeWiring<S> extend(Class<S> record) {
    return new TypeWiring<>(record.getSimpleName());
  }

  /** More fields of a connection that an earlier feature wired. */
  public TypeWiring<Page<?>> extendConnection(String name) {
    return new TypeWiring<>(name + "Connection");
  }

  /** The root of queries. */
  public QueryWiring query() {
    return new QueryWiring();
  }

  /**
   * The connection and edge types of one node type.
   *
   * @param name the node type's name
   * @param listing counts the whole list that a page was cut from; by {@link Page#counted()}
   */
  public TypeWiring<Page<?>> connection(String name, Listing<?> listing) {
    return connection(name, listing.counts());
  }

  /** A connection that can be searched: its edges tell how well a row answers, and where. */
  @SuppressWarnings("unchecked")
  public <T> TypeWiring<Page<?>> searched(
      String name, Listing<T> listing, Highlights<T> highlights) {
    type(Highlight.class);
    type(TextRange.class);
    new TypeWiring<Edge>(name + "Edge")
        .computed("score", Edge::score)
        .loaded(
            "highlights",
            highlights.loader(),
            edge -> {
              var text = ((Listing.Counted<?>) edge.page().counted()).text();
              return text == null
                  ? null
                  : new Highlights.Found(highlights.id((T) edge.node()), text);
            });
    return connection(name, listing);
  }

  /** The field {@code facets} of a connection, with its types. */
  public TypeWiring<Facets.FacetBucket> facets(
      String name, TypeWiring<Page<?>> connection, Facets facets) {
    connection.loaded("facets", facets.loader(name), Page::counted, facets::wanted);
    type(Facets.Facet.class);
    return type(Facets.FacetBucket.class);
  }

  TypeWiring<Page<?>> connection(String name, Loader<Object, Loader.None, Count> counts) {
    var connection = new TypeWiring<Page<?>>(name + "Connection");
    connection
        .computed("nodes", Page::nodes)
        .computed("edges", Wiring::edges)
        .computed("pageInfo", page -> page)
        .loadedThen(Listing.TOTAL, counts, Page::counted, Count::total)
        .loadedThen(Listing.EXACT, counts, Page::counted, Count::exact);
    new TypeWiring<Edge>(name + "Edge")
        .computed("cursor", Edge::cursor)
        .computed("node", Edge::node);
    pages();
    return connection;
  }

  /** Where a page lies; the same for all connections. */
  void pages() {
    new TypeWiring<Page<?>>("PageInfo")
        .computed("hasNextPage", Page::hasNextPage)
        .computed("hasPreviousPage", Page::hasPreviousPage)
        .computed("startCursor", page -> page.nodes().isEmpty() ? null : cursor(page, 0))
        .computed(
            "endCursor",
            page -> page.nodes().isEmpty() ? null : cursor(page, page.nodes().size() - 1));
  }

  /** One row of a page with its place. */
  private record Edge(Page<?> page, int index) {
    String cursor() {
      return Wiring.cursor(page, index);
    }

    Object node() {
      return page.nodes().get(index);
    }

    @SuppressWarnings("unchecked")
    @Nullable Integer score() {
      return ((Page<Object>) page).score().apply(node());
    }
  }

  private static List<Edge> edges(Page<?> page) {
    var edges = new ArrayList<Edge>(page.nodes().size());
    for (int i = 0; i < page.nodes().size(); i++) {
      edges.add(new Edge(page, i));
    }
    return edges;
  }

  @SuppressWarnings("unchecked")
  private static String cursor(Page<?> page, int index) {
    var typed = (Page<Object>) page;
    return Cursors.write(page.seal(), typed.keys().apply(typed.nodes().get(index)));
  }

  /** Tells of the engine that answers this schema, once it is there: for features that ask it. */
  public void onEngine(Consumer<Engine> told) {
    waiting.add(told);
  }

  void ready(Engine engine) {
    waiting.forEach(told -> told.accept(engine));
  }

  Map<String, Map<String, Binding>> types() {
    return types;
  }

  Map<String, NodeType> nodes() {
    return nodes;
  }

  /** The name of the type that {@code value} is of, for interfaces and unions. */
  String typeOf(Object value) {
    var name = names.get(value.getClass());
    if (name == null) {
      throw new IllegalStateException("no type is wired to " + value.getClass());
    }
    return name;
  }

  private void bind(String type, String field, Binding binding) {
    types.computeIfAbsent(type, unseen -> new LinkedHashMap<>()).put(field, binding);
  }

  /** The fields of one type. */
  public final class TypeWiring<S> {
    private final String type;

    private TypeWiring(String type) {
      this.type = type;
    }

    /**
     * The object's global id, by which {@code node} finds it again.
     *
     * @param loader finds objects of this type by id, at any moment
     */
    @SuppressWarnings("unchecked")
    public TypeWiring<S> identified(
        String prefix, Function<S, UUID> id, Loader<UUID, Loader.None, ? extends S> loader) {
      var known =
          nodes.put(
              prefix,
              new NodeType(type, (Loader<UUID, Loader.None, Object>) (Loader<?, ?, ?>) loader));
      if (known != null) {
        throw new IllegalStateException(prefix + " is the prefix of " + known.type() + " already");
      }
      return computed("id", source -> Ids.write(prefix, id.apply(source)));
    }

    /** The components of another record that the source leads to. */
    public <R extends Record> TypeWiring<S> components(Class<R> record, Function<S, R> through) {
      for (RecordComponent component : record.getRecordComponents()) {
        var accessor = accessor(component);
        computed(component.getName(), source -> read(accessor, through.apply(source)));
      }
      return this;
    }

    public TypeWiring<S> computed(String field, Function<S, @Nullable Object> read) {
      return computed(field, (source, arguments) -> read.apply(source));
    }

    @SuppressWarnings("unchecked")
    public TypeWiring<S> computed(String field, BiFunction<S, Arguments, @Nullable Object> read) {
      bind(type, field, new Binding.Value((BiFunction<Object, Arguments, @Nullable Object>) read));
      return this;
    }

    /** A text in the reader's language; its field has the argument {@code locale}. */
    public TypeWiring<S> localized(String field, Function<S, @Nullable Text> text) {
      return computed(
          field,
          (source, arguments) -> {
            var found = text.apply(source);
            return found == null ? null : found.in(arguments.languages());
          });
    }

    /** By a batch without arguments. */
    public <K, V> TypeWiring<S> loaded(
        String field, Loader<K, Loader.None, V> loader, Function<S, @Nullable K> key) {
      return loaded(field, loader, key, arguments -> Loader.None.NONE);
    }

    /** By a batch whose arguments are those of the field. */
    @SuppressWarnings("unchecked")
    public <K, A, V> TypeWiring<S> loaded(
        String field,
        Loader<K, A, V> loader,
        Function<S, @Nullable K> key,
        Function<Arguments, A> arguments) {
      bind(
          type,
          field,
          new Binding.Loaded(
              (Loader<Object, Object, Object>) (Loader<?, ?, ?>) loader,
              (Function<Object, @Nullable Object>) (Function<?, ?>) key,
              (Function<Arguments, Object>) arguments,
              value -> value));
      return this;
    }

    /** By a batch, and then a part of what was found: fields may share a batch. */
    @SuppressWarnings("unchecked")
    public <K, V> TypeWiring<S> loadedThen(
        String field,
        Loader<K, Loader.None, V> loader,
        Function<S, @Nullable K> key,
        Function<V, Object> part) {
      bind(
          type,
          field,
          new Binding.Loaded(
              (Loader<Object, Object, Object>) (Loader<?, ?, ?>) loader,
              (Function<Object, @Nullable Object>) (Function<?, ?>) key,
              arguments -> Loader.None.NONE,
              (Function<Object, Object>) (Function<?, ?>) part));
      return this;
    }
  }

  /** The root of mutations. */
  public MutationWiring mutation() {
    return new MutationWiring();
  }

  /** The fields of the root of mutations. */
  public final class MutationWiring {
    private MutationWiring() {}

    /** A field that changes something, and shows what became of it. */
    public MutationWiring mutated(
        String field, BiFunction<Write, Arguments, ? extends Future<?>> run) {
      bind("Mutation", field, new Binding.Mutated((write, input) -> run.apply(write, input)));
      return this;
    }
  }

  /** The root of subscriptions. */
  public SubscriptionWiring subscription() {
    return new SubscriptionWiring();
  }

  /** The fields of the root of subscriptions. */
  public final class SubscriptionWiring {
    private SubscriptionWiring() {}

    /** A field that tells one thing after the other; its failure refuses the subscription. */
    public SubscriptionWiring subscribed(
        String field, BiFunction<Reading, Arguments, ? extends Future<? extends Feed>> feed) {
      bind("Subscription", field, new Binding.Subscribed(feed));
      return this;
    }
  }

  /**
   * Finds objects of whichever type by their global ids, as far as the reader may see them; nothing
   * for a text that is no id.
   */
  public Loader<String, Loader.None, Object> anyNode(String name) {
    return new Loader<>(
        name,
        (reading, none, ids) -> {
          var wanted = ids.stream().filter(Ids::isId).toList();
          return nodes(reading, "id", wanted)
              .map(
                  nodes -> {
                    var found = new HashMap<String, Object>();
                    for (int i = 0; i < nodes.size(); i++) {
                      var node = nodes.get(i);
                      if (node != null) {
                        found.put(wanted.get(i), node);
                      }
                    }
                    return found;
                  });
        });
  }

  /** The fields of the query root. */
  public final class QueryWiring {
    private QueryWiring() {}

    /** A field that is answered by one read. */
    public QueryWiring answered(
        String field, BiFunction<Reading, Arguments, ? extends Future<?>> read) {
      bind(
          "Query",
          field,
          new Binding.Answered((reading, arguments) -> read.apply(reading, arguments)));
      return this;
    }

    /** A field that tells of the operation itself. */
    QueryWiring told(String field, Function<Call, Object> read) {
      bind("Query", field, new Binding.Told(read));
      return this;
    }

    /** A field that finds one object by its argument {@code id} or another unique one. */
    public <V> QueryWiring foundByEither(
        String field,
        Loader<UUID, Loader.None, V> byId,
        String prefix,
        String other,
        Loader<String, Loader.None, V> byOther) {
      return answered(
          field,
          (reading, arguments) -> {
            if (arguments.has("id") == arguments.has(other)) {
              throw arguments.bad("id", "give either id or " + other);
            }
            var id = arguments.id("id", prefix);
            if (id != null) {
              return one(byId, reading, id);
            }
            return one(byOther, reading, String.valueOf(arguments.string(other)));
          });
    }

    private static <K, V> Future<V> one(
        Loader<K, Loader.None, V> loader, Reading reading, K wanted) {
      return loader
          .batch()
          .load(reading, Loader.None.NONE, List.of(wanted))
          .map(found -> found.get(wanted));
    }

    /** A field that finds one object by a batch of one key. */
    public <K, V> QueryWiring found(
        String field, Loader<K, Loader.None, V> loader, Function<Arguments, K> key) {
      return answered(field, (reading, arguments) -> one(loader, reading, key.apply(arguments)));
    }
  }

  private static MethodHandle accessor(RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(accessor)
          .asType(java.lang.invoke.MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException("the record of " + component + " is closed to us", closed);
    }
  }

  private static @Nullable Object read(MethodHandle accessor, Object source) {
    try {
      return accessor.invokeExact(source);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new IllegalStateException("a record's accessor threw", impossible);
    }
  }

  /** Nodes by id, each type in one batch, in the order of the ids; null where nothing is. */
  Future<List<@Nullable Object>> nodes(Reading reading, String argument, List<String> ids) {
    var byPrefix = new LinkedHashMap<String, List<UUID>>();
    for (var id : ids) {
      var prefix = Ids.prefix(argument, id);
      if (nodes.containsKey(prefix)) {
        byPrefix.computeIfAbsent(prefix, unseen -> new ArrayList<>()).add(Ids.uuid(id));
      }
    }
    var found = new HashMap<String, Object>();
    var batches = new ArrayList<Future<?>>();
    byPrefix.forEach(
        (prefix, uuids) -> {
          var type = nodes.get(prefix);
          if (type != null) {
            batches.add(
                type.loader()
                    .batch()
                    .load(reading, Loader.None.NONE, distinct(uuids))
                    .onSuccess(
                        rows -> rows.forEach((id, row) -> found.put(Ids.write(prefix, id), row))));
          }
        });
    return Future.all(batches)
        .map(
            done -> {
              var nodes = new ArrayList<@Nullable Object>(ids.size());
              ids.forEach(id -> nodes.add(found.get(id)));
              return nodes;
            });
  }

  private static Collection<UUID> distinct(List<UUID> ids) {
    return new java.util.LinkedHashSet<>(ids);
  }
}
