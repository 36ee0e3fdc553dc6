package dev.fairground.fairaccess;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product or capability with all that it rests on.
 *
 * @param subject its global id; of a draft the id that its product has or will have
 * @param version null for what was not published yet
 * @param grade null where nobody said it
 * @param deliveries how it is delivered; null where its list does not say
 * @param startsOn the first day on which it is offered; null for that of the authorization
 * @param endsOn the last one; null for that of the authorization
 * @param firstDeliveredOn null where it was not delivered yet, as far as anybody reported
 * @param registrationAppliedOn when the application for its registration was handed in that is not
 *     decided yet; null where there is none
 * @param uses what it uses of which resource; null where its list does not say; a capability that
 *     names none uses none
 * @param scenarios null where its list names none
 * @param prices on the day or later; null where its list does not say any
 * @param developerId who made it; null where nobody declared it
 * @param base what it was redeveloped from; null where it was not, or nobody declared it
 * @param offer on what terms it is given
 */
public record ProductFacts(
    String subject,
    @Nullable Integer version,
    UUID operatorId,
    String jurisdictionCode,
    String kind,
    String form,
    String tier,
    String purposeClass,
    @Nullable String grade,
    @Nullable Boolean personalInformation,
    @Nullable List<String> deliveries,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    @Nullable LocalDate firstDeliveredOn,
    @Nullable LocalDate registrationAppliedOn,
    Grant grant,
    @Nullable List<Use> uses,
    @Nullable List<Scenario> scenarios,
    @Nullable List<Price> prices,
    List<Ceiling> ceilings,
    List<Registration> registrations,
    List<Declaration> declarations,
    @Nullable UUID developerId,
    @Nullable Base base,
    List<Bundle> bundles,
    Offer offer)
    implements Facts {

  /** What a list does not say is unknown, never an empty list. */
  public ProductFacts {
    deliveries = orNull(deliveries);
    uses = orNull(uses);
    scenarios = orNull(scenarios);
    prices = orNull(prices);
  }

  /** Whether it is work that an operator does without resources of its authorization. */
  boolean usesNone() {
    return uses == null && kind.equals("SERVICE_CAPABILITY");
  }

  private static <T> @Nullable List<T> orNull(@Nullable List<T> list) {
    return list == null || list.isEmpty() ? null : list;
  }

  /**
   * The authorization that it names, with its scope.
   *
   * @param resources the resources in scope that the product uses
   * @param scenarios all scenarios in scope
   */
  public record Grant(
      String id,
      String number,
      String state,
      String mode,
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      @Nullable String termReason,
      List<InScope> resources,
      List<ScopedScenario> scenarios) {}

  /**
   * A resource in scope.
   *
   * @param dataItems null for the whole resource
   */
  public record InScope(String resourceId, @Nullable List<String> dataItems) {}

  /** A scenario that the authorization allows or rules out. */
  public record ScopedScenario(String scenarioId, boolean allowed) {}

  /**
   * A resource that it uses.
   *
   * @param dataItems null for all of it
   * @param resourceItems names of all its data items; null where they are not known
   * @param origin how its holder came by it; {@code UNKNOWN} where nobody said
   * @param providerConsent whether the body that shared it agreed; null where nobody said
   * @param topic its subject, for the risk of bringing much together
   * @param sensitiveItems the used data items that are marked as sensitive; null where no item of
   *     the resource is marked either way
   */
  public record Use(
      String resourceId,
      @Nullable List<String> dataItems,
      @Nullable List<String> resourceItems,
      String origin,
      @Nullable Boolean providerConsent,
      @Nullable String openness,
      @Nullable String grade,
      @Nullable Boolean personalInformation,
      @Nullable String topic,
      @Nullable List<String> sensitiveItems,
      List<Registration> registrations) {}

  /** A scenario that it is offered for, or not offered for. */
  public record Scenario(
      String scenarioId, boolean allowed, String purposeClass, @Nullable LocalDate validUntil) {}

  /**
   * A price item on the day or later.
   *
   * @param setAt when its operator set it as it is
   * @param tiers in the order of their quantities
   */
  public record Price(
      String id,
      Instant setAt,
      String item,
      String itemClass,
      String unit,
      @Nullable String unitText,
      String currency,
      @Nullable BigDecimal baseFee,
      @Nullable String baseFeePeriod,
      List<String> purposeClasses,
      boolean freeOfCharge,
      boolean trial,
      LocalDate effectiveOn,
      @Nullable LocalDate endsOn,
      List<Tier> tiers) {}

  /** A step of a price or a ceiling. */
  public record Tier(BigDecimal fromQuantity, BigDecimal unitPrice) {}

  /**
   * A ceiling of its authorization.
   *
   * @param setAt when its institution set it as it is
   * @param scenarioId null for all scenarios
   * @param conversions how many of a price's units are one of the ceiling's, by the price's unit
   *     and its words; recorded with the ceiling
   */
  public record Ceiling(
      String id,
      Instant setAt,
      String itemClass,
      @Nullable String scenarioId,
      String unit,
      @Nullable String unitText,
      String currency,
      boolean trial,
      LocalDate effectiveOn,
      @Nullable LocalDate endsOn,
      @Nullable BigDecimal baseFee,
      @Nullable String baseFeePeriod,
      List<Tier> tiers,
      List<Conversion> conversions) {}

  /** So many of a price's unit are one of the ceiling's: 1000 of PER_CALL. */
  public record Conversion(String unit, @Nullable String unitText, BigDecimal factor) {}

  /** A registration of the product or of a resource, as it stands on the day. */
  public record Registration(
      String id, String state, LocalDate codedOn, LocalDate validUntil, boolean disputed) {}

  /**
   * What its operator declared about it, with its evidence.
   *
   * @param kind REGRADED, PERSONAL_INFORMATION_BASIS, TECHNICAL_NEED, or PROCESSED: what was done
   *     to the resources, so that it is not them
   */
  public record Declaration(String id, String kind, String text, @Nullable String evidence) {}

  /**
   * The product that it was redeveloped from, and who delivered that one.
   *
   * @param deliveredOn its first delivery; null where nobody reported one
   * @param related organizations linked with that operator on the day of that delivery, or on the
   *     day of redevelopment: that of this version, or the day asked about before the first; null
   *     where the operator did not declare its links
   */
  public record Base(
      String productId,
      UUID operatorId,
      @Nullable LocalDate deliveredOn,
      @Nullable List<Related> related) {}

  /**
   * An offer that it is sold in together with others.
   *
   * @param members with whether each can be had alone, and at which price
   * @param price what all of it costs
   * @param conditions conditions of buying something else, with the technical need that was
   *     declared for it
   */
  public record Bundle(
      String id,
      List<Member> members,
      BigDecimal price,
      String currency,
      List<Condition> conditions) {}

  /**
   * A part of a bundle.
   *
   * @param priceAlone what it costs alone, in the bundle's currency and by its unit; null where it
   *     has no such price
   * @param listed whether it is in its operator's list by itself, at whatever price
   */
  public record Member(String productId, @Nullable BigDecimal priceAlone, boolean listed) {}

  /**
   * On what terms it is given.
   *
   * @param policies of its own: the one in force on the day, and later ones
   * @param soleHolder who alone has it; null where several have, or none
   */
  public record Offer(List<StatedPolicy> policies, @Nullable SoleHolder soleHolder) {
    public static final Offer NONE = new Offer(List.of(), null);
  }

  /**
   * That one holder alone has it.
   *
   * @param since from when on, as far as grants show
   * @param refused requests of others that were refused since then
   */
  public record SoleHolder(String grantId, LocalDate since, List<String> refused) {}

  /** That something else has to be bought too. */
  public record Condition(String text, @Nullable String technicalNeed) {}
}
