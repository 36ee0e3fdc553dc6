package dev.fairground.equal;

import dev.fairground.equal.Candidate.Claim;
import dev.fairground.equal.Candidate.Clause;
import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads terms that were given, as they are compared. */
final class GivenRepository {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int PLACES = 12;

  private static final String GIVEN =
      """
      -- termsOfAccessGrants
      select g.id, g.operator_id, g.product_id, g.product_version, g.jurisdiction_code, g.holder_id, g.scenario_id,
             g.scenario_class, g.purpose_class, g.policy_version, g.unit, g.unit_text, g.currency, g.unit_price,
             g.discount_percent, g.quantity, g.delivery, g.payment_days, g.deposit, g.minimum_quantity, g.starts_on,
             g.ends_on, g.decided_on, g.decision_days, g.small_or_micro, g.tariff_id is not null,
             (select jsonb_agg(jsonb_build_object('kind', c.kind, 'text', c.text) order by c.position)
                from access_grant_clause c
               where c.operator_id = g.operator_id and c.grant_id = g.id),
             (select jsonb_agg(jsonb_build_object('field', d.field, 'standard', d.standard, 'factor', d.factor,
                                                  'justification', d.justification, 'evidence', d.evidence)
                               order by d.position)
                from access_grant_deviation d
               where d.operator_id = g.operator_id and d.grant_id = g.id),
             coalesce($2 or g.operator_id = any($3)
                      or g.jurisdiction_code in (select s from supervised_jurisdictions($3, $4) as s), false)
        from access_grant g
       where g.id = any($1)
       order by g.id
      """;

  /**
   * Terms with the grant that they belong to.
   *
   * @param grantId null while there is none yet
   * @param whole whether who asks sees all of its cohort
   */
  record Given(Candidate candidate, @Nullable UUID grantId, boolean whole) {}

  /** Those that exist; who may see them was asked before. */
  Future<List<Given>> find(Source source, LocalDate day, Collection<UUID> grants) {
    return source.list(
        GIVEN,
        Tuple.of(Rows.ids(grants), source.everything(), source.organizations(), day),
        row -> new Given(candidate(row), row.getUUID(0), Rows.truth(row, 28)));
  }

  private static Candidate candidate(Row row) {
    var claims = new ArrayList<Claim>();
    BigDecimal standard = null;
    var special = false;
    for (var deviation : objects(row, 27)) {
      var field = TermsField.valueOf(deviation.getString("field"));
      claims.add(
          new Claim(
              field,
              DifferenceFactor.valueOf(deviation.getString("factor")),
              deviation.getString("justification"),
              deviation.getString("evidence")));
      if (field == TermsField.UNIT_PRICE) {
        special = true;
        standard = number(deviation.getString("standard"));
      }
    }
    if (!special && Rows.truth(row, 25)) {
      standard = beforeDiscount(row.getBigDecimal(13), row.getBigDecimal(14));
    }
    return new Candidate(
        row.getUUID(1),
        row.getUUID(2),
        row.getInteger(3),
        row.getString(4),
        row.getUUID(5),
        row.getUUID(6),
        row.getString(7),
        row.getString(8),
        row.getInteger(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getBigDecimal(13),
        standard,
        row.getBigDecimal(14),
        row.getBigDecimal(15),
        row.getString(16),
        null,
        row.getInteger(17),
        row.getBigDecimal(18),
        row.getBigDecimal(19),
        row.getLocalDate(20),
        row.getLocalDate(21),
        row.getLocalDate(22),
        row.getInteger(23),
        row.getBoolean(24),
        objects(row, 26).stream()
            .map(clause -> new Clause(clause.getString("kind"), clause.getString("text")))
            .toList(),
        claims);
  }

  private static List<JsonObject> objects(Row row, int column) {
    return row.getValue(column) instanceof JsonArray array
        ? array.stream().map(JsonObject.class::cast).toList()
        : List.of();
  }

  /** What the tariff said, where nothing but a discount came between. */
  private static @Nullable BigDecimal beforeDiscount(
      @Nullable BigDecimal price, BigDecimal discountPercent) {
    var kept = HUNDRED.subtract(discountPercent);
    if (price == null || kept.signum() == 0) {
      return price;
    }
    return price.multiply(HUNDRED).divide(kept, PLACES, RoundingMode.HALF_UP);
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException words) {
      return null;
    }
  }
}
