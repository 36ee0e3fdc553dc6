package dev.fairground.check;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.fairaccess.ProductFacts;
import dev.fairground.kernel.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parts of facts that a statement wrote as JSON. */
final class Parts {
  private Parts() {}

  static void each(@Nullable JsonArray list, Consumer<JsonObject> each) {
    if (list != null) {
      for (int i = 0; i < list.size(); i++) {
        each.accept(list.getJsonObject(i));
      }
    }
  }

  static <T> List<T> list(@Nullable JsonArray list, Function<JsonObject, T> one) {
    var values = new ArrayList<T>(list == null ? 0 : list.size());
    each(list, object -> values.add(one.apply(object)));
    return values;
  }

  /** Lists of two texts each. */
  static <T> List<T> pairs(
      @Nullable JsonArray list, BiFunction<@Nullable String, @Nullable String, T> one) {
    var values = new ArrayList<T>(list == null ? 0 : list.size());
    for (int i = 0; list != null && i < list.size(); i++) {
      var pair = list.getJsonArray(i);
      values.add(one.apply(pair.getString(0), pair.getString(1)));
    }
    return values;
  }

  static List<ProductFacts.Tier> tiers(@Nullable JsonArray list) {
    return pairs(
        list, (from, price) -> new ProductFacts.Tier(new BigDecimal(from), new BigDecimal(price)));
  }

  static ProductFacts.Registration registration(JsonObject one) {
    return new ProductFacts.Registration(
        id("reg", one, "id"),
        one.getString("state"),
        LocalDate.parse(one.getString("on")),
        LocalDate.parse(one.getString("until")),
        Boolean.TRUE.equals(one.getBoolean("disputed")));
  }

  static UUID uuid(JsonObject one, String name) {
    return UUID.fromString(one.getString(name));
  }

  static @Nullable UUID uuidOrNull(JsonObject one, String name) {
    var value = one.getString(name);
    return value == null ? null : UUID.fromString(value);
  }

  static String id(String prefix, JsonObject one, String name) {
    return Ids.write(prefix, uuid(one, name));
  }

  static String productId(String kind, UUID id) {
    return Ids.write(
        kind.equals("DATA_PRODUCT")
            ? CatalogResolver.DATA_PRODUCT
            : CatalogResolver.SERVICE_CAPABILITY,
        id);
  }

  static @Nullable LocalDate day(JsonObject one, String name) {
    var value = one.getString(name);
    return value == null ? null : LocalDate.parse(value);
  }

  /** A moment that was written in UTC. */
  static Instant instant(JsonObject one, String name) {
    return LocalDateTime.parse(one.getString(name)).toInstant(ZoneOffset.UTC);
  }

  static @Nullable BigDecimal number(JsonObject one, String name) {
    var value = one.getString(name);
    return value == null ? null : new BigDecimal(value);
  }

  /** Null for null: all of it. */
  static @Nullable List<String> strings(@Nullable JsonArray list) {
    return list == null ? null : list.stream().map(String::valueOf).sorted().toList();
  }
}
