package dev.fairground.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A grant for machines: an agreement in ODRL 2.2, as JSON-LD. It has what ODRL has words for; the
 * rest is said with words of the profile that standard terms use. No rule in it is for one alone:
 * ODRL's {@code ensureExclusivity} is never used. Pure.
 */
final class GrantOdrl {
  private static final String CONTEXT = "http://www.w3.org/ns/odrl.jsonld";
  private static final String PROFILE = "urn:fairground:odrl:1";

  private GrantOdrl() {}

  /**
   * What an agreement says beside the terms of the grant.
   *
   * @param termsDigest that of the standard terms; null for the basic ones
   * @param regionCode of the product as it was granted
   * @param prohibited scenarios in which it may not be used
   */
  record Ground(@Nullable String termsDigest, @Nullable String regionCode, List<UUID> prohibited) {
    Ground {
      prohibited = List.copyOf(prohibited);
    }
  }

  static JsonObject of(UUID id, String number, NewGrant of, Ground ground) {
    var agreement =
        new JsonObject()
            .put(
                "@context",
                new JsonArray()
                    .add(CONTEXT)
                    .add(
                        new JsonObject()
                            .put("fg", PROFILE + "#")
                            .put("xsd", "http://www.w3.org/2001/XMLSchema#")))
            .put("@type", "Agreement")
            .put("uid", urn(id))
            .put("profile", PROFILE)
            .put("fg:number", number)
            .put("fg:request", urn(of.requestId()))
            .put("fg:decision", urn(of.decisionId()))
            .put("fg:productVersion", of.productVersion())
            .put("fg:authorization", urn(of.authorizationId()))
            .put("fg:policyVersion", of.policyVersion())
            .put("fg:standardTerms", terms(of, ground))
            .put("permission", new JsonArray().add(permission(of, ground)))
            .put("prohibition", prohibitions(of, ground));
    if (!of.deviations().isEmpty()) {
      agreement.put("fg:deviation", deviations(of));
    }
    if (!of.clauses().isEmpty()) {
      agreement.put("fg:clause", clauses(of));
    }
    return agreement;
  }

  private static JsonObject terms(NewGrant of, Ground ground) {
    var terms = new JsonObject().put("fg:number", of.termsNumber());
    if (ground.termsDigest() != null) {
      terms.put("fg:digest", ground.termsDigest());
    }
    return terms;
  }

  private static JsonObject permission(NewGrant of, Ground ground) {
    var constraints =
        new JsonArray()
            .add(
                constraint(
                    "purpose",
                    "isAnyOf",
                    new JsonArray()
                        .add(
                            named(
                                of.scenarioId() == null
                                    ? "fg:" + of.purposeClass()
                                    : urn(of.scenarioId())))))
            .add(constraint("dateTime", "gteq", typed(of.startsOn().toString(), "xsd:date")))
            .add(constraint("dateTime", "lteq", typed(of.endsOn().toString(), "xsd:date")));
    if (ground.regionCode() != null) {
      constraints.add(
          constraint("spatial", "isA", named("urn:fairground:region:" + ground.regionCode())));
    }
    if (of.quantity() != null) {
      constraints.add(unit(constraint("count", "lteq", decimal(of.quantity())), of));
    }
    if (of.delivery() != null) {
      constraints.add(constraint("deliveryChannel", "eq", of.delivery()));
    }
    return rule(of, "use").put("constraint", constraints).put("duty", duties(of));
  }

  private static JsonArray duties(NewGrant of) {
    var duties = new JsonArray();
    if (!of.freeOfCharge() && "INDUSTRY".equals(of.purposeClass())) {
      duties.add(compensate(of));
    }
    if (of.deposit() != null) {
      duties.add(
          new JsonObject()
              .put("action", "fg:deposit")
              .put("constraint", new JsonArray().add(amount(of, of.deposit()))));
    }
    if (of.minimumQuantity() != null) {
      duties.add(
          new JsonObject()
              .put("action", "fg:takeAtLeast")
              .put(
                  "constraint",
                  new JsonArray()
                      .add(unit(constraint("count", "gteq", decimal(of.minimumQuantity())), of))));
    }
    return duties.add(
        new JsonObject()
            .put("action", "inform")
            .put(
                "constraint",
                new JsonArray()
                    .add(constraint("timeInterval", "eq", typed("P1M", "xsd:duration")))));
  }

  private static JsonObject compensate(NewGrant of) {
    var constraints = new JsonArray();
    if (of.unitPrice() != null) {
      constraints.add(unit(amount(of, of.unitPrice()), of));
    }
    if (of.tariffId() != null) {
      constraints.add(
          constraint("fg:tariff", "eq", named(urn(of.tariffId())))
              .put("fg:version", of.tariffVersion()));
    }
    if (of.paymentDays() != null) {
      constraints.add(
          constraint(
              "fg:paymentPeriod", "lteq", typed("P" + of.paymentDays() + "D", "xsd:duration")));
    }
    return new JsonObject().put("action", "compensate").put("constraint", constraints);
  }

  private static JsonObject amount(NewGrant of, BigDecimal amount) {
    return constraint("payAmount", "eq", decimal(amount))
        .put("unit", "urn:iso:std:iso:4217:" + of.currency());
  }

  private static JsonObject unit(JsonObject constraint, NewGrant of) {
    if (of.unit() != null) {
      constraint.put("fg:per", named("fg:" + of.unit()));
    }
    return of.unitText() == null ? constraint : constraint.put("fg:unitText", of.unitText());
  }

  private static JsonArray prohibitions(NewGrant of, Ground ground) {
    var prohibitions = new JsonArray().add(forbidden(of, "distribute"));
    if (!ground.prohibited().isEmpty()) {
      var scenarios = new JsonArray();
      ground.prohibited().stream()
          .map(GrantOdrl::urn)
          .sorted()
          .map(GrantOdrl::named)
          .forEach(scenarios::add);
      prohibitions.add(
          forbidden(of, "use")
              .put("constraint", new JsonArray().add(constraint("purpose", "isAnyOf", scenarios))));
    }
    return prohibitions;
  }

  /** Access is suspended until what is forbidden has been put right. */
  private static JsonObject forbidden(NewGrant of, String action) {
    return rule(of, action)
        .put("remedy", new JsonArray().add(new JsonObject().put("action", "fg:putRight")));
  }

  private static JsonObject rule(NewGrant of, String action) {
    return new JsonObject()
        .put("target", urn(of.productId()))
        .put("assigner", urn(of.operatorId()))
        .put("assignee", urn(of.holderId()))
        .put("action", action);
  }

  private static JsonArray deviations(NewGrant of) {
    var deviations = new JsonArray();
    for (var one : of.deviations()) {
      deviations.add(
          new JsonObject()
              .put("fg:field", one.field())
              .put("fg:standard", one.standard())
              .put("fg:granted", one.granted())
              .put("fg:factor", named("fg:" + one.factor())));
    }
    return deviations;
  }

  private static JsonArray clauses(NewGrant of) {
    var clauses = new JsonArray();
    for (var one : of.clauses()) {
      clauses.add(
          new JsonObject().put("fg:kind", named("fg:" + one.kind())).put("fg:text", one.text()));
    }
    return clauses;
  }

  private static JsonObject constraint(String left, String operator, Object right) {
    return new JsonObject()
        .put("leftOperand", left)
        .put("operator", operator)
        .put("rightOperand", right);
  }

  private static JsonObject named(String id) {
    return new JsonObject().put("@id", id);
  }

  private static JsonObject typed(String value, String type) {
    return new JsonObject().put("@value", value).put("@type", type);
  }

  private static JsonObject decimal(BigDecimal number) {
    var plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    return typed(plain, "xsd:decimal");
  }

  private static String urn(UUID id) {
    return "urn:uuid:" + id;
  }
}
