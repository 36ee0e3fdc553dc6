package dev.fairground.graphql;

import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.PageRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a field, or the members of an input object, as the schema coerced them. Reading
 * one that cannot be used throws {@link BadInput} with its path.
 */
public final class Arguments {
  private static final List<String> PAGE_ARGUMENTS = List.of("first", "last", "after", "before");

  /** Those of a field that has none. */
  static final Arguments NONE = new Arguments("", "", Map.of(), List.of(), Limits.defaults());

  private final String field;
  private final String path;
  private final Map<String, Object> values;
  private final List<String> languages;
  private final Limits allowed;
  private volatile @Nullable String text;

  Arguments(String field, Map<String, Object> values, Call call) {
    this(field, "", values, call.languages(), call.allowed());
  }

  private Arguments(
      String field,
      String path,
      Map<String, Object> values,
      List<String> languages,
      Limits allowed) {
    this.field = field;
    this.path = path;
    this.values = values;
    this.languages = languages;
    this.allowed = allowed;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }

  /** Whether nothing but nulls was given. */
  boolean isEmpty() {
    return values.values().stream().allMatch(java.util.Objects::isNull);
  }

  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** A failure of the argument {@code name}. */
  public BadInput bad(String name, String message) {
    return new BadInput(at(name), message);
  }

  public @Nullable String string(String name) {
    return (String) values.get(name);
  }

  public @Nullable Integer integer(String name) {
    return (Integer) values.get(name);
  }

  public @Nullable Boolean bool(String name) {
    return (Boolean) values.get(name);
  }

  public @Nullable LocalDate date(String name) {
    return (LocalDate) values.get(name);
  }

  public @Nullable BigDecimal decimal(String name) {
    return (BigDecimal) values.get(name);
  }

  public @Nullable Instant instant(String name) {
    return values.get(name) instanceof OffsetDateTime time ? time.toInstant() : null;
  }

  public <E extends Enum<E>> @Nullable E value(String name, Class<E> type) {
    return values.get(name) instanceof String constant ? Enum.valueOf(type, constant) : null;
  }

  @SuppressWarnings("unchecked")
  public List<String> strings(String name) {
    var list = (List<String>) values.get(name);
    return list == null ? List.of() : list;
  }

  @SuppressWarnings("unchecked")
  public List<Integer> integers(String name) {
    var list = (List<Integer>) values.get(name);
    return list == null ? List.of() : list;
  }

  public <E extends Enum<E>> List<E> values(String name, Class<E> type) {
    return strings(name).stream().map(constant -> Enum.valueOf(type, constant)).toList();
  }

  /** An id whose type has one of {@code prefixes}. */
  public @Nullable UUID id(String name, String... prefixes) {
    var id = string(name);
    return id == null ? null : Ids.read(at(name), id, List.of(prefixes));
  }

  public List<UUID> ids(String name, String... prefixes) {
    var allowed = List.of(prefixes);
    return strings(name).stream().map(id -> Ids.read(at(name), id, allowed)).toList();
  }

  /** A nested input object; null where it was left out. */
  @SuppressWarnings("unchecked")
  public @Nullable Arguments input(String name) {
    var nested = (Map<String, Object>) values.get(name);
    return nested == null ? null : new Arguments(field, at(name), nested, languages, allowed);
  }

  @SuppressWarnings("unchecked")
  public List<Arguments> inputs(String name) {
    var nested = (List<Map<String, Object>>) values.get(name);
    if (nested == null) {
      return List.of();
    }
    return java.util.stream.IntStream.range(0, nested.size())
        .mapToObj(
            i -> new Arguments(field, at(name) + '[' + i + ']', nested.get(i), languages, allowed))
        .toList();
  }

  /** Everything that was given, as one text: equal inputs have equal texts. Made once. */
  public String text() {
    var made = text;
    if (made == null) {
      made = InputText.of(values);
      text = made;
    }
    return made;
  }

  /** The path of a member, as errors of mutations tell it: {@code input}, {@code resources}, 0. */
  public List<String> path(String name) {
    return List.of(at(name).replace("[", ".").replace("]", "").split("\\.", -1));
  }

  /** Whether the member was given, be it as null. */
  public boolean isGiven(String member) {
    return values.containsKey(member);
  }

  /** The same without one member. */
  public Arguments withoutMember(String member) {
    var rest = new LinkedHashMap<>(values);
    rest.remove(member);
    return new Arguments(field, path, rest, languages, allowed);
  }

  /** The same without one member of an input object. */
  Arguments without(String input, String member) {
    if (!(values.get(input) instanceof Map<?, ?> nested) || !nested.containsKey(member)) {
      return this;
    }
    var rest = new LinkedHashMap<Object, Object>(nested);
    rest.remove(member);
    var changed = new LinkedHashMap<>(values);
    changed.put(input, rest);
    return new Arguments(field, path, changed, languages, allowed);
  }

  /** Whether the member is {@code value}, or a condition that names it by eq or in. */
  boolean names(String member, String value) {
    return switch (values.get(member)) {
      case List<?> list -> list.contains(value);
      case Map<?, ?> condition ->
          value.equals(condition.get("eq"))
              || condition.get("in") instanceof List<?> list && list.contains(value);
      case null, default -> false;
    };
  }

  /** A nested input object turned into a value; null where it was left out. */
  public <T> @Nullable T read(String name, Function<Arguments, T> reader) {
    var nested = input(name);
    return nested == null ? null : reader.apply(nested);
  }

  /** The languages wanted, best first: the argument {@code locale}, else those of the request. */
  public List<String> languages() {
    return values.get("locale") instanceof String locale ? List.of(locale) : languages;
  }

  /** The part of the list that {@code first}, {@code last}, {@code after}, {@code before} name. */
  public PageRequest page() {
    return page(Cursors.seal(field, withoutPage()));
  }

  /**
   * The same, of a list whose cursors are good for other filters and other fields too.
   *
   * @param seal of eight characters; names the list
   */
  public PageRequest page(String seal) {
    var first = integer("first");
    var last = integer("last");
    if (first != null && last != null) {
      throw bad("last", "give first or last, not both");
    }
    var pages = allowed.pages();
    var size = first != null ? first : last != null ? last : pages.byDefault();
    if (size < 0 || size > pages.most()) {
      throw bad(
          first != null ? "first" : "last",
          "must be between 0 and " + pages.most() + ", but is " + size);
    }
    checkSize(withoutPage());
    var after = string("after");
    var before = string("before");
    return new PageRequest(
        size,
        last != null,
        after == null ? null : Cursors.read(at("after"), seal, after),
        before == null ? null : Cursors.read(at("before"), seal, before),
        seal);
  }

  /** The limits of documents and bodies do not bound this: a variable may be used many times. */
  private void checkSize(Map<String, Object> rest) {
    var most = allowed.input().values();
    for (var argument : rest.entrySet()) {
      most -= count(argument.getValue(), most);
      if (most < 0) {
        throw bad(
            argument.getKey(),
            "at most "
                + allowed.input().values()
                + " values, but there are more; ask for less, or in several requests");
      }
    }
  }

  /** How many values there are, or some number above {@code most}. */
  private static int count(@Nullable Object value, int most) {
    var members =
        switch (value) {
          case Map<?, ?> map -> map.values();
          case List<?> list -> list;
          case null, default -> List.of();
        };
    var found = 1;
    for (var member : members) {
      if (found > most) {
        break;
      }
      found += count(member, most - found);
    }
    return found;
  }

  private Map<String, Object> withoutPage() {
    var rest = new LinkedHashMap<>(values);
    rest.keySet().removeAll(PAGE_ARGUMENTS);
    rest.values().removeIf(java.util.Objects::isNull);
    return rest;
  }
}
