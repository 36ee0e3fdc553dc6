package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the access policies of products, whole: with conditions, reasons and standard terms. */
public final class AccessPolicies {
  private final Database database;

  public AccessPolicies(Database database) {
    this.database = database;
  }

  private static final String COLUMNS =
      """
             p.operator_id, p.id, p.created_at, a.version, a.id, a.published_at, a.effective_on, a.decision_days,
             a.difference_factors, a.minimum_quantity, a.minimum_quantity_reason, a.deposit, a.deposit_currency,
             a.deposit_reason, a.payment_days, t.number, t.id, t.title, t.locale, t.title_translations, t.text,
             t.text_translations, t.odrl, t.digest, t.published_at, t.source, t.demonstration,
             (select jsonb_agg(jsonb_build_object('code', c.code, 'text', c.text, 'locale', c.locale, 'translations',
                       c.text_translations, 'reason', c.reason, 'rule', c.rule, 'values', c.rule_values)
                       order by c.position)
                from access_policy_condition c
               where c.operator_id = a.operator_id and c.product_id = a.product_id and c.policy_version = a.version),
             (select jsonb_agg(jsonb_build_object('code', r.code, 'text', r.text, 'locale', r.locale, 'translations',
                       r.text_translations) order by r.position)
                from access_policy_reason r
               where r.operator_id = a.operator_id and r.product_id = a.product_id and r.policy_version = a.version)
      """;

  private static final String TERMS =
      """
        left join standard_terms t
          on t.operator_id = a.operator_id and t.product_id = a.product_id and t.number = a.terms_number
      """;

  private static final String ON_DAY =
      "-- accessPoliciesOnDay\nselect"
          + COLUMNS
          + """
               from product p
               left join lateral (
                 select *
                   from access_policy n
                  where n.product_id = p.id
                    and n.operator_id = p.operator_id
                    and n.effective_on <= $2
                    and n.published_at <= $3
                  order by n.version desc
                  limit 1
               ) as a on true
            """
          + TERMS
          + " where p.id = any($1)";

  /**
   * The policies by which requests are judged that are handed in on a day.
   *
   * @param moment what was published later is left out
   * @return by product, the basic policy where its operator published none; without those products
   *     that there are not
   */
  public Future<Map<UUID, AccessPolicy>> onDay(
      SqlConnection transaction, Moment moment, LocalDate day, Collection<UUID> productIds) {
    return database
        .list(transaction, ON_DAY, arguments(moment, day, productIds), AccessPolicies::policy)
        .map(AccessPolicies::byProduct);
  }

  /** The same, read. */
  public Future<Map<UUID, AccessPolicy>> onDay(
      Reading reading, LocalDate day, Collection<UUID> productIds) {
    return database
        .list(
            reading.reads(),
            ON_DAY,
            arguments(reading.moment(), day, productIds),
            AccessPolicies::policy)
        .map(AccessPolicies::byProduct);
  }

  private static Tuple arguments(Moment moment, LocalDate day, Collection<UUID> productIds) {
    return Tuple.of(Rows.ids(productIds), day, moment.at().atOffset(ZoneOffset.UTC));
  }

  private static final String BY_VERSION =
      "-- accessPoliciesByVersion\nselect"
          + COLUMNS
          + """
               from unnest($1::uuid[], $2::int[]) as asked (id, version)
               join product p on p.id = asked.id
               left join access_policy a
                 on a.operator_id = p.operator_id and a.product_id = p.id and a.version = asked.version
            """
          + TERMS
          + " where asked.version = 0 or a.version is not null";

  /** The versions that are stamped on requests; 0 is the basic policy. */
  public Future<Map<UUID, AccessPolicy>> byVersion(
      SqlConnection transaction, Map<UUID, Integer> versions) {
    var ids = new ArrayList<UUID>();
    var numbers = new ArrayList<Integer>();
    versions.forEach(
        (id, version) -> {
          ids.add(id);
          numbers.add(version);
        });
    return database
        .list(
            transaction,
            BY_VERSION,
            Tuple.of(Rows.ids(ids), (Object) numbers.toArray(Integer[]::new)),
            AccessPolicies::policy)
        .map(AccessPolicies::byProduct);
  }

  private static final String FROM_DAY =
      "-- accessPoliciesFromDay\nselect"
          + COLUMNS
          + """
               from product p
               join access_policy a on a.operator_id = p.operator_id and a.product_id = p.id and a.effective_on > $2
            """
          + TERMS
          + " where p.id = any($1) order by p.id, a.version";

  /** What was published to begin after a day, be it replaced meanwhile or not; by version. */
  Future<List<AccessPolicy>> after(
      SqlConnection transaction, LocalDate day, Collection<UUID> productIds) {
    return database.list(
        transaction, FROM_DAY, Tuple.of(Rows.ids(productIds), day), AccessPolicies::policy);
  }

  private static Map<UUID, AccessPolicy> byProduct(List<AccessPolicy> policies) {
    var found = new HashMap<UUID, AccessPolicy>();
    policies.forEach(policy -> found.put(policy.productId(), policy));
    return found;
  }

  private static AccessPolicy policy(Row row) {
    var operator = row.getUUID(0);
    var product = row.getUUID(1);
    if (row.getInteger(3) == null) {
      return BasicPolicy.of(operator, product, day(row.getOffsetDateTime(2)));
    }
    return new AccessPolicy(
        operator,
        product,
        row.getInteger(3),
        row.getUUID(4),
        row.getOffsetDateTime(5),
        row.getLocalDate(6),
        row.getInteger(7),
        conditions(row, 27),
        reasons(row, 28),
        Rows.strings(row, 8).stream().map(DifferenceFactor::valueOf).toList(),
        new StandardTerms(
            operator,
            product,
            Rows.number(row, 15),
            row.getUUID(16),
            Rows.text(row, 17, 18, 19),
            Rows.text(row, 20, 18, 21),
            Objects.requireNonNull((JsonObject) row.getValue(22)),
            row.getString(23),
            row.getOffsetDateTime(24),
            row.getString(25),
            Rows.truth(row, 26)),
        row.getBigDecimal(9),
        row.getString(10),
        row.getBigDecimal(11),
        row.getString(12),
        row.getString(13),
        row.getInteger(14));
  }

  static LocalDate day(OffsetDateTime moment) {
    return LocalDate.ofInstant(moment.toInstant(), Moment.ZONE);
  }

  private static List<PolicyCondition> conditions(Row row, int column) {
    var conditions = new ArrayList<PolicyCondition>();
    for (var json : objects(row, column)) {
      var rule = json.getString("rule");
      conditions.add(
          new PolicyCondition(
              json.getString("code"),
              Objects.requireNonNull(text(json)),
              json.getString("reason"),
              rule == null ? null : ConditionRule.valueOf(rule),
              json.getJsonArray("values").stream().map(String::valueOf).toList()));
    }
    return conditions;
  }

  private static List<PolicyReason> reasons(Row row, int column) {
    return objects(row, column).stream()
        .map(
            json -> new PolicyReason(RefusalReasonCode.valueOf(json.getString("code")), text(json)))
        .toList();
  }

  private static @Nullable Text text(JsonObject json) {
    return Text.orNull(
        json.getString("text"),
        json.getString("locale"),
        BasicPolicy.strings(json.getJsonObject("translations")));
  }

  private static List<JsonObject> objects(Row row, int column) {
    return row.getValue(column) instanceof JsonArray array
        ? array.stream().map(JsonObject.class::cast).toList()
        : List.of();
  }
}
