package dev.fairground.authorizing;

import static dev.fairground.authorizing.AuthorizingMarket.*;

import dev.fairground.Asking;
import dev.fairground.kernel.Ids;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Operators of their own, with products that are offered on an authorization. */
final class OfferedProducts {
  private static final AtomicInteger OPERATORS = new AtomicInteger(100);

  private final Asking asking;

  OfferedProducts(Asking asking) {
    this.asking = asking;
  }

  /** An operator with an authorization of wind, rain and sun for farming and banking. */
  record Ground(UUID operator, JsonObject grant) {
    String id() {
      return grant.getString("id");
    }
  }

  Ground ground() {
    var operator = UUID.randomUUID();
    var code = "operator-" + OPERATORS.incrementAndGet();
    asking.change(
        "insert into organization (id, code, created_at) values ($1, $2, '2024-01-01Z')",
        operator,
        code);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        values ($1, 1, '2024-01-01Z', $2, $2, 'zh', 'ENTERPRISE', true)
        """,
        operator,
        code);
    var content = content();
    content.put(
        "resources",
        List.of(
            Map.of("resource", WEATHER, "dataItems", List.of("wind", "rain")),
            Map.of("resource", SUN)));
    content.put("scenarios", List.of(Map.of("scenario", FARMING), Map.of("scenario", BANKING)));
    return new Ground(operator, active(asking, content, operator));
  }

  /** A published product. */
  UUID product(Ground ground, String code, String resource, String items, String scenario) {
    var id = UUID.randomUUID();
    asking.change(
        "insert into product (operator_id, id, kind, code, created_at) values ($1, $2, 'DATA_PRODUCT', $3, '2024-01-01Z')",
        ground.operator(),
        id,
        code);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        values ($1, $2, 1, '2024-01-01Z', 'DATA_PRODUCT', $3, 'PUBLISHED', $3, 'zh', $4, 'API', 'BASE', 'INDUSTRY',
                '2024-01-01Z', true)
        """,
        ground.operator(),
        id,
        code,
        Ids.uuid(ground.id()));
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, data_items, valid_from)
        values ($1, $2, 1, $3, string_to_array(nullif($4, ''), ' '), '2024-01-01Z')
        """,
        ground.operator(),
        id,
        Ids.uuid(resource),
        items);
    asking.change(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        values ($1, $2, 1, $3, true, '2024-01-01Z')
        """,
        ground.operator(),
        id,
        Ids.uuid(scenario));
    return id;
  }

  void list(Ground ground) {
    asking.change(
        "select publish_edition($1, '2024-02-02Z', null, 'List', 'en', null, true)",
        ground.operator());
  }

  List<String> statuses(Ground ground) {
    return asking.rows(
        "select code || ' ' || status from product_version where operator_id = '%s' and valid_to = 'infinity' order by code"
            .formatted(ground.operator()));
  }

  static LocalDate today() {
    return LocalDate.now(ZoneId.of("Asia/Shanghai"));
  }

  static InstantSource clock(LocalDate day) {
    return InstantSource.fixed(day.atTime(9, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
  }
}
