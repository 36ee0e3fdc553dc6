package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.kernel.Money;
import dev.fairground.policy.PolicyDifference.Direction;
import dev.fairground.policy.PolicyDifference.Part;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Rows;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads rows of policies and of terms. */
final class PolicyRows {
  static final Columns POLICY =
      Columns.of(
          """
          id, operator_id, product_id, version, published_at, effective_on, change, change_note, differences,
          decision_days, difference_factors, terms_number, minimum_quantity, minimum_quantity_reason, deposit,
          deposit_currency, deposit_reason, payment_days, source, demonstration
          """);

  static final Columns TERMS =
      Columns.of(
          """
          id, operator_id, product_id, number, title, locale, title_translations, text, text_translations, odrl, digest,
          published_at, source, demonstration
          """);

  private PolicyRows() {}

  static PolicyVersion policy(Row row) {
    var deposit = row.getBigDecimal(14);
    return new PolicyVersion(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        row.getInteger(3),
        row.getOffsetDateTime(4),
        row.getLocalDate(5),
        Rows.value(row, 6, PolicyChange.Kind.class),
        row.getString(7),
        differences(row, 8),
        row.getInteger(9),
        Rows.strings(row, 10).stream().map(DifferenceFactor::valueOf).toList(),
        row.getInteger(11),
        row.getBigDecimal(12),
        row.getString(13),
        deposit == null ? null : new Money(deposit, row.getString(15)),
        row.getString(16),
        row.getInteger(17),
        row.getString(18),
        Rows.truth(row, 19));
  }

  /** The policy, or the basic one of the product whose operator, id and day stand behind it. */
  static PolicyVersion policyOrBasic(Row row) {
    var product = POLICY.size();
    return row.getUUID(0) == null
        ? PolicyVersion.basic(
            row.getUUID(product),
            row.getUUID(product + 1),
            AccessPolicies.day(row.getOffsetDateTime(product + 2)))
        : policy(row);
  }

  /** The terms, or the basic ones of the product whose operator and id stand behind them. */
  static StandardTerms termsOrBasic(Row row) {
    var product = TERMS.size();
    return row.getUUID(0) == null
        ? BasicPolicy.terms(row.getUUID(product), row.getUUID(product + 1))
        : new StandardTerms(
            row.getUUID(1),
            row.getUUID(2),
            row.getInteger(3),
            row.getUUID(0),
            Rows.text(row, 4, 5, 6),
            Rows.text(row, 7, 5, 8),
            Objects.requireNonNull((JsonObject) row.getValue(9)),
            row.getString(10),
            row.getOffsetDateTime(11),
            row.getString(12),
            Rows.truth(row, 13));
  }

  private static List<PolicyDifference> differences(Row row, int column) {
    var differences = new ArrayList<PolicyDifference>();
    if (row.getValue(column) instanceof JsonArray array) {
      for (var element : array) {
        var one = (JsonObject) element;
        differences.add(
            new PolicyDifference(
                Part.valueOf(one.getString("part")),
                one.getString("code"),
                Direction.valueOf(one.getString("direction")),
                one.getString("before"),
                one.getString("after")));
      }
    }
    return differences;
  }

  static JsonArray json(List<PolicyDifference> differences) {
    var array = new JsonArray();
    for (var one : differences) {
      array.add(
          new JsonObject()
              .put("part", one.part().name())
              .put("code", one.code())
              .put("direction", one.direction().name())
              .put("before", one.before())
              .put("after", one.after()));
    }
    return array;
  }
}
