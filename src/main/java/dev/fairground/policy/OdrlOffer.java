package dev.fairground.policy;

import dev.fairground.kernel.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Standard terms for machines: an offer in ODRL 2.2, as JSON-LD. It has what ODRL has words for;
 * what it has none for is said with words of a profile of ours. No rule in it is for one alone:
 * ODRL's {@code ensureExclusivity} is never used. Pure.
 */
public final class OdrlOffer {
  /** The context that gives ODRL's words their meaning. */
  public static final String CONTEXT = "http://www.w3.org/ns/odrl.jsonld";

  /** The vocabulary of our own words, and the profile that they make. */
  static final String PROFILE = "urn:fairground:odrl:1";

  private static final String USE = "use";

  private OdrlOffer() {}

  /**
   * What is offered.
   *
   * @param id of the terms, or of the product for the basic ones
   * @param lastDay of the product or its authorization; null for none known
   * @param allowed scenarios in which it may be used; empty for all
   * @param prohibited scenarios in which it may not be used
   */
  public record Offered(
      UUID id,
      UUID operatorId,
      UUID productId,
      @Nullable LocalDate lastDay,
      List<UUID> allowed,
      List<UUID> prohibited) {}

  static JsonObject of(
      Offered offered,
      List<PolicyCondition> conditions,
      @Nullable BigDecimal minimumQuantity,
      @Nullable BigDecimal deposit,
      @Nullable String depositCurrency,
      @Nullable Integer paymentDays) {
    var constraints = new JsonArray();
    var duties = new JsonArray();
    if (!offered.allowed().isEmpty()) {
      constraints.add(constraint("purpose", "isAnyOf", urns(offered.allowed())));
    }
    if (offered.lastDay() != null) {
      constraints.add(
          constraint("dateTime", "lteq", typed(offered.lastDay().toString(), "xsd:date")));
    }
    if (minimumQuantity != null) {
      constraints.add(constraint("count", "gteq", decimal(minimumQuantity)));
    }
    for (var condition : conditions) {
      if (condition.document() != null) {
        duties.add(
            new JsonObject()
                .put("action", "fg:handIn")
                .put("fg:document", condition.document())
                .put("fg:condition", condition.code()));
      } else {
        constraints.add(constraint(condition));
      }
    }
    duties.add(compensate(paymentDays));
    if (deposit != null) {
      duties.add(
          new JsonObject()
              .put("action", "fg:deposit")
              .put(
                  "constraint",
                  new JsonArray()
                      .add(
                          constraint("payAmount", "eq", decimal(deposit))
                              .put("unit", reference("urn:iso:std:iso:4217:" + depositCurrency)))));
    }
    duties.add(
        new JsonObject()
            .put("action", "inform")
            .put(
                "constraint",
                new JsonArray()
                    .add(constraint("timeInterval", "eq", typed("P1M", "xsd:duration")))));
    var permission = rule(offered, USE);
    if (!constraints.isEmpty()) {
      permission.put("constraint", constraints);
    }
    permission.put("duty", duties);
    var prohibitions = new JsonArray().add(forbidden(offered, "distribute"));
    if (!offered.prohibited().isEmpty()) {
      prohibitions.add(
          forbidden(offered, USE)
              .put(
                  "constraint",
                  new JsonArray()
                      .add(constraint("purpose", "isAnyOf", urns(offered.prohibited())))));
    }
    return new JsonObject()
        .put(
            "@context",
            new JsonArray()
                .add(CONTEXT)
                .add(
                    new JsonObject()
                        .put("fg", PROFILE + "#")
                        .put("xsd", "http://www.w3.org/2001/XMLSchema#")))
        .put("@type", "Offer")
        .put("uid", "urn:fairground:" + Ids.write(PolicyResolver.TERMS, offered.id()))
        .put("profile", PROFILE)
        .put("permission", new JsonArray().add(permission))
        .put("prohibition", prohibitions);
  }

  private static JsonObject rule(Offered offered, String action) {
    return new JsonObject()
        .put("target", urn(offered.productId()))
        .put("assigner", urn(offered.operatorId()))
        .put("action", action);
  }

  /** Access is suspended until what is forbidden has been put right. */
  private static JsonObject forbidden(Offered offered, String action) {
    return rule(offered, action)
        .put("remedy", new JsonArray().add(new JsonObject().put("action", "fg:putRight")));
  }

  /** By the tariff; what is for governance or welfare is free. */
  private static JsonObject compensate(@Nullable Integer paymentDays) {
    var constraints = new JsonArray().add(constraint("purpose", "eq", reference("fg:INDUSTRY")));
    if (paymentDays != null) {
      constraints.add(
          constraint("fg:paymentPeriod", "lteq", typed("P" + paymentDays + "D", "xsd:duration")));
    }
    return new JsonObject().put("action", "compensate").put("constraint", constraints);
  }

  private static JsonObject constraint(PolicyCondition condition) {
    var number = condition.number();
    var made =
        switch (condition.rule()) {
          case null -> constraint("fg:judgedByPeople", "eq", condition.code());
          case PURPOSE_CLASS -> constraint("purpose", "isAnyOf", words(condition.values()));
          case SCENARIO ->
              constraint(
                  "purpose", "isAnyOf", urns(condition.values().stream().map(Ids::uuid).toList()));
          case TERM_MONTHS_AT_MOST ->
              constraint(
                  "elapsedTime",
                  "lteq",
                  typed(
                      "P" + (number == null ? "0" : number.toBigInteger()) + "M", "xsd:duration"));
          case QUANTITY_AT_LEAST ->
              constraint("count", "gteq", decimal(number == null ? BigDecimal.ZERO : number));
          case QUANTITY_AT_MOST ->
              constraint("count", "lteq", decimal(number == null ? BigDecimal.ZERO : number));
          case APPLICANT_KIND ->
              constraint("fg:applicantKind", "isAnyOf", words(condition.values()));
          case APPLICANT_ROLE ->
              constraint("fg:applicantRole", "isAnyOf", words(condition.values()));
          case APPLICANT_REGION ->
              constraint("fg:applicantRegion", "isAnyOf", new JsonArray(condition.values()));
          case APPLICANT_CREDIT_CODE ->
              constraint("fg:applicantCreditCode", "eq", typed("true", "xsd:boolean"));
          case NO_UNCORRECTED_MISUSE ->
              constraint("fg:uncorrectedMisuse", "eq", typed("false", "xsd:boolean"));
          case DOCUMENT -> throw new IllegalStateException("a document is a duty");
        };
    return made.put("fg:condition", condition.code());
  }

  private static JsonObject constraint(String left, String operator, Object right) {
    return new JsonObject()
        .put("leftOperand", left)
        .put("operator", operator)
        .put("rightOperand", right);
  }

  private static JsonObject typed(String value, String type) {
    return new JsonObject().put("@value", value).put("@type", type);
  }

  private static JsonObject decimal(BigDecimal number) {
    return typed(number.toPlainString(), "xsd:decimal");
  }

  private static JsonArray words(List<String> words) {
    var array = new JsonArray();
    words.forEach(word -> array.add(reference("fg:" + word)));
    return array;
  }

  private static JsonArray urns(List<UUID> ids) {
    var array = new JsonArray();
    ids.forEach(id -> array.add(reference(urn(id))));
    return array;
  }

  private static JsonObject reference(String iri) {
    return new JsonObject().put("@id", iri);
  }

  static String urn(UUID id) {
    return "urn:uuid:" + id;
  }
}
