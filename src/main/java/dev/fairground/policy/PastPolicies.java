package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Text;
import dev.fairground.policy.PolicyChange.TermsChange;
import dev.fairground.policy.PolicyDecision.Bounds;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes policies that were published before, as a demonstration makes them up: whoever published
 * them then gave notice or not.
 */
public final class PastPolicies {
  private static final Bounds UNBOUND = new Bounds(null, 0);

  private final PolicyProducts products;
  private final AccessPolicies policies;
  private final PolicyWriter writer;

  public PastPolicies(Database database) {
    this.products = new PolicyProducts(database);
    this.policies = new AccessPolicies(database);
    this.writer = new PolicyWriter(database);
  }

  /**
   * Writes the next version of the policies of some products.
   *
   * @param content members as those of the input of {@code accessPolicySet}; texts by language, the
   *     one of {@code locale} the original
   * @param source said of all of it, which is marked as made up
   */
  public Future<Void> publish(
      SqlConnection transaction,
      Instant publishedAt,
      LocalDate effectiveOn,
      JsonObject content,
      String source,
      Collection<UUID> productIds) {
    var write = Write.ofServer(Moment.present(publishedAt), "");
    var read = content(content, effectiveOn);
    return products
        .hold(transaction, productIds)
        .compose(
            found ->
                policies
                    .onDay(transaction, Moment.present(publishedAt), effectiveOn, productIds)
                    .compose(
                        before -> {
                          var decisions = new ArrayList<PolicyDecision>();
                          for (var product : found.values()) {
                            decisions.add(
                                PolicyDecision.of(
                                    madeUp(product),
                                    read,
                                    new PolicySchedule(
                                        effectiveOn,
                                        Objects.requireNonNull(before.get(product.id())),
                                        List.of()),
                                    UNBOUND,
                                    publishedAt,
                                    id("access policy ", product),
                                    id("standard terms ", product)));
                          }
                          return decisions.isEmpty()
                              ? Future.succeededFuture()
                              : writer.write(transaction, write, read, source, decisions);
                        }));
  }

  /** The same at every filling. */
  private static UUID id(String what, PolicyProduct product) {
    return UUID.nameUUIDFromBytes(
        (what + product.id() + ' ' + (product.version() + 1)).getBytes(StandardCharsets.UTF_8));
  }

  private static PolicyProduct madeUp(PolicyProduct product) {
    return new PolicyProduct(
        product.operatorId(),
        product.id(),
        product.kind(),
        product.status(),
        product.jurisdictionCode(),
        product.lastDay(),
        true,
        product.allowedScenarios(),
        product.prohibitedScenarios(),
        product.version(),
        product.termsNumber(),
        product.lastPublishedAt());
  }

  private static PolicyContent content(JsonObject json, LocalDate effectiveOn) {
    var locale = json.getString("locale");
    var reasons =
        new ArrayList<>(
            objects(json, "reasons")
                .map(
                    reason ->
                        new PolicyReason(
                            RefusalReasonCode.valueOf(reason.getString("code")),
                            text(reason, "text", locale)))
                .toList());
    BasicPolicy.REASONS.stream()
        .filter(standing -> reasons.stream().noneMatch(one -> one.code() == standing.code()))
        .toList()
        .forEach(reasons::add);
    var terms = json.getJsonObject("terms", new JsonObject());
    return new PolicyContent(
        List.of(),
        effectiveOn,
        objects(json, "conditions").map(condition -> condition(condition, locale)).toList(),
        reasons,
        json.getInteger("decisionDays"),
        json.getJsonArray("differenceFactors", new JsonArray()).stream()
            .map(factor -> DifferenceFactor.valueOf(String.valueOf(factor)))
            .sorted()
            .toList(),
        null,
        null,
        null,
        null,
        null,
        json.getInteger("paymentDays"),
        text(terms, "title", locale),
        text(terms, "text", locale),
        TermsChange.SUBSTANTIAL,
        json.getString("note"));
  }

  private static PolicyCondition condition(JsonObject json, String locale) {
    var rule = json.getString("rule");
    return new PolicyCondition(
        json.getString("code"),
        Objects.requireNonNull(text(json, "text", locale)),
        json.getString("reason"),
        rule == null ? null : ConditionRule.valueOf(rule),
        json.getJsonArray("values", new JsonArray()).stream().map(String::valueOf).toList());
  }

  private static Stream<JsonObject> objects(JsonObject json, String member) {
    return json.getJsonArray(member, new JsonArray()).stream().map(JsonObject.class::cast);
  }

  private static @Nullable Text text(JsonObject json, String member, String locale) {
    var texts = json.getJsonObject(member);
    if (texts == null) {
      return null;
    }
    var others = BasicPolicy.strings(texts);
    others.remove(locale);
    return new Text(texts.getString(locale), locale, others);
  }
}
