package dev.fairground.policy;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Text;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL that writes versions of access policies, of many products at once. */
final class PolicyWriter {
  private final Database database;

  PolicyWriter(Database database) {
    this.database = database;
  }

  private static final String TERMS =
      """
      -- insertStandardTerms
      insert into standard_terms (operator_id, product_id, number, id, title, locale, title_translations, text,
             text_translations, odrl, digest, published_at, published_by, source, demonstration)
      select x.operator_id, x.product_id, x.number, x.id, x.title, x.locale, x.title_translations, x.text,
             x.text_translations, x.odrl, x.digest, x.published_at, $2, $3, x.demonstration
        from jsonb_to_recordset($1::jsonb) as x (
               operator_id uuid, product_id uuid, number integer, id uuid, title text, locale text,
               title_translations jsonb, text text, text_translations jsonb, odrl jsonb, digest text,
               published_at timestamptz, demonstration boolean)
      """;

  private static final String POLICIES =
      """
      -- insertAccessPolicies
      insert into access_policy (operator_id, product_id, version, id, published_at, shown_on, effective_on, change,
             change_note, differences, decision_days, difference_factors, terms_number, minimum_quantity,
             minimum_quantity_reason, deposit, deposit_currency, deposit_reason, payment_days, published_by,
             source, demonstration)
      select x.operator_id, x.product_id, x.version, x.id, x.published_at, $2, $3, x.change, $4, x.differences,
             x.decision_days, x.difference_factors, x.terms_number, x.minimum_quantity, x.minimum_quantity_reason,
             x.deposit, x.deposit_currency, x.deposit_reason, x.payment_days, $5, $6, x.demonstration
        from jsonb_to_recordset($1::jsonb) as x (
               operator_id uuid, product_id uuid, version integer, id uuid, published_at timestamptz, change text,
               differences jsonb, decision_days integer, difference_factors text[], terms_number integer,
               minimum_quantity numeric, minimum_quantity_reason text, deposit numeric, deposit_currency text,
               deposit_reason text, payment_days integer, demonstration boolean)
      """;

  // All products of a call have the same conditions and reasons.
  private static final String CONDITIONS =
      """
      -- insertConditionsOfPolicies
      insert into access_policy_condition (operator_id, product_id, policy_version, position, code, text, locale,
             text_translations, reason, rule, rule_values)
      select p.operator_id, p.product_id, p.version, c.position, c.code, c.text, c.locale, c.translations, c.reason,
             c.rule, c.rule_values
        from unnest($1::uuid[], $2::uuid[], $3::int[]) as p (operator_id, product_id, version)
       cross join jsonb_to_recordset($4::jsonb) as c (
               position integer, code text, text text, locale text, translations jsonb, reason text, rule text,
               rule_values text[])
      """;

  private static final String REASONS =
      """
      -- insertReasonsOfPolicies
      insert into access_policy_reason (operator_id, product_id, policy_version, position, code, text, locale,
             text_translations)
      select p.operator_id, p.product_id, p.version, r.position, r.code, r.text, r.locale, r.translations
        from unnest($1::uuid[], $2::uuid[], $3::int[]) as p (operator_id, product_id, version)
       cross join jsonb_to_recordset($4::jsonb) as r (
               position integer, code text, text text, locale text, translations jsonb)
      """;

  private static final String DUE =
      """
      -- checkProductsOfPolicies
      insert into check_due (operator_id, product_id, cause, due_at)
      select p.operator_id, p.product_id, 'POLICY_CHANGE', $3
        from unnest($1::uuid[], $2::uuid[]) as p (operator_id, product_id)
      """;

  /**
   * Writes what was decided.
   *
   * @param source where it was read; null for what is set here
   */
  Future<Void> write(
      SqlConnection transaction,
      Write write,
      PolicyContent content,
      @Nullable String source,
      List<PolicyDecision> decisions) {
    var policies = decisions.stream().map(PolicyDecision::policy).toList();
    var operators = policies.stream().map(AccessPolicy::operatorId).toArray(UUID[]::new);
    var products = policies.stream().map(AccessPolicy::productId).toArray(UUID[]::new);
    var versions = policies.stream().map(AccessPolicy::version).toArray(Integer[]::new);
    var by = write.actor().subject();
    var terms = new JsonArray();
    decisions.stream()
        .filter(PolicyDecision::publishesTerms)
        .forEach(decision -> terms.add(json(decision.policy().terms())));
    var rows = new JsonArray();
    decisions.forEach(decision -> rows.add(json(decision)));
    return database
        .rows(transaction, TERMS, Tuple.of(terms, by, source))
        .compose(
            done ->
                database.rows(
                    transaction,
                    POLICIES,
                    Tuple.of(rows, write.moment().day(), content.effectiveOn())
                        .addValue(content.note())
                        .addValue(by)
                        .addValue(source)))
        .compose(
            done ->
                database.rows(
                    transaction,
                    CONDITIONS,
                    Tuple.of(operators, products, versions)
                        .addValue(conditions(content.conditions()))))
        .compose(
            done ->
                database.rows(
                    transaction,
                    REASONS,
                    Tuple.of(operators, products, versions).addValue(reasons(content.reasons()))))
        .mapEmpty();
  }

  /** Has the products checked when it begins. */
  Future<Void> check(
      SqlConnection transaction,
      Write write,
      PolicyContent content,
      List<PolicyDecision> decisions) {
    var policies = decisions.stream().map(PolicyDecision::policy).toList();
    return database
        .rows(
            transaction,
            DUE,
            Tuple.of(
                policies.stream().map(AccessPolicy::operatorId).toArray(UUID[]::new),
                policies.stream().map(AccessPolicy::productId).toArray(UUID[]::new),
                due(write, content.effectiveOn())))
        .mapEmpty();
  }

  private static final String FIND =
      "-- accessPoliciesMade\nselect "
          + PolicyRows.POLICY.all("a")
          + """

               from unnest($1::uuid[], $2::int[]) as asked (id, version)
               join access_policy a on a.product_id = asked.id and a.version = asked.version
            """;

  /** What was written, by product. */
  Future<Map<UUID, PolicyVersion>> find(SqlConnection transaction, Map<UUID, Integer> versions) {
    var ids = List.copyOf(versions.keySet());
    var numbers = ids.stream().map(versions::get).toArray(Integer[]::new);
    return database
        .list(
            transaction,
            FIND,
            Tuple.of(ids.toArray(UUID[]::new), (Object) numbers),
            PolicyRows::policy)
        .map(
            found ->
                found.stream()
                    .collect(Collectors.toMap(PolicyVersion::productId, policy -> policy)));
  }

  private static Object due(Write write, LocalDate effectiveOn) {
    var now = write.moment().now();
    var begins = effectiveOn.atStartOfDay(Moment.ZONE).toInstant();
    return (begins.isAfter(now) ? begins : now).atOffset(ZoneOffset.UTC);
  }

  private static JsonObject json(StandardTerms terms) {
    return new JsonObject()
        .put("operator_id", terms.operatorId().toString())
        .put("product_id", terms.productId().toString())
        .put("number", terms.number())
        .put("id", String.valueOf(terms.id()))
        .put("title", terms.title().value())
        .put("locale", terms.title().locale())
        .put("title_translations", translations(terms.title()))
        .put("text", terms.text().value())
        .put("text_translations", translations(terms.text()))
        .put("odrl", terms.odrl())
        .put("digest", terms.digest())
        .put("published_at", String.valueOf(terms.publishedAt()))
        .put("demonstration", terms.demonstration());
  }

  private static JsonObject json(PolicyDecision decision) {
    var policy = decision.policy();
    var factors = new JsonArray();
    policy.differenceFactors().forEach(factor -> factors.add(factor.name()));
    return new JsonObject()
        .put("operator_id", policy.operatorId().toString())
        .put("product_id", policy.productId().toString())
        .put("version", policy.version())
        .put("id", String.valueOf(policy.id()))
        .put("published_at", String.valueOf(policy.publishedAt()))
        .put("change", decision.change().kind().name())
        .put("differences", PolicyRows.json(decision.change().differences()))
        .put("decision_days", policy.decisionDays())
        .put("difference_factors", factors)
        .put("terms_number", policy.terms().number())
        .put("minimum_quantity", plain(policy.minimumQuantity()))
        .put("minimum_quantity_reason", policy.minimumQuantityReason())
        .put("deposit", plain(policy.deposit()))
        .put("deposit_currency", policy.depositCurrency())
        .put("deposit_reason", policy.depositReason())
        .put("payment_days", policy.paymentDays())
        .put("demonstration", decision.product().demonstration());
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  private static JsonArray conditions(List<PolicyCondition> conditions) {
    var array = new JsonArray();
    for (var condition : conditions) {
      array.add(
          new JsonObject()
              .put("position", array.size() + 1)
              .put("code", condition.code())
              .put("text", condition.text().value())
              .put("locale", condition.text().locale())
              .put("translations", translations(condition.text()))
              .put("reason", condition.reason())
              .put("rule", condition.rule() == null ? null : condition.rule().name())
              .put("rule_values", new JsonArray(condition.values())));
    }
    return array;
  }

  private static JsonArray reasons(List<PolicyReason> reasons) {
    var array = new JsonArray();
    for (var reason : reasons) {
      var text = reason.text();
      array.add(
          new JsonObject()
              .put("position", array.size() + 1)
              .put("code", reason.code().name())
              .put("text", text == null ? null : text.value())
              .put("locale", text == null ? null : text.locale())
              .put("translations", text == null ? null : translations(text)));
    }
    return array;
  }

  private static @Nullable JsonObject translations(Text text) {
    if (text.translations().isEmpty()) {
      return null;
    }
    var object = new JsonObject();
    text.translations().forEach(object::put);
    return object;
  }
}
