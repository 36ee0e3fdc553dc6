package dev.fairground.policy;

import dev.fairground.kernel.Moment;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a policy that an operator gives makes of one product. Pure.
 *
 * @param policy the new version, or the one that says the same already
 * @param publishes whether it is new: what would change nothing is left as it is
 * @param publishesTerms whether its terms are new, too
 * @param earliestOn the first day on which it may begin
 */
record PolicyDecision(
    PolicyProduct product,
    AccessPolicy policy,
    PolicyChange change,
    boolean publishes,
    boolean publishesTerms,
    LocalDate earliestOn) {

  /**
   * What the rules of a jurisdiction say of policies.
   *
   * @param decisionDays how many working days decisions may take; null where none is said
   * @param noticeDays for how many days a tightening is shown before it begins
   */
  record Bounds(@Nullable Integer decisionDays, int noticeDays) {}

  static PolicyDecision of(
      PolicyProduct product,
      PolicyContent content,
      PolicySchedule schedule,
      Bounds bounds,
      Instant now,
      UUID policyId,
      UUID termsId) {
    var base = schedule.on(content.effectiveOn());
    var at = publishedAt(product, now);
    var terms = terms(product, content, base.terms(), at, termsId);
    var newTerms = terms != base.terms();
    var policy =
        new AccessPolicy(
            product.operatorId(),
            product.id(),
            product.version() + 1,
            policyId,
            at,
            content.effectiveOn(),
            content.decisionDays(),
            content.conditions(),
            content.reasons(),
            content.differenceFactors(),
            terms,
            content.minimumQuantity(),
            content.minimumQuantityReason(),
            content.deposit(),
            content.depositCurrency(),
            content.depositReason(),
            content.paymentDays());
    var change = PolicyChange.of(base, policy, bounds.decisionDays(), content.termsChange());
    var same =
        !base.isBasic()
            && change.differences().isEmpty()
            && !newTerms
            && sameWords(base, policy)
            && schedule.after(content.effectiveOn()).isEmpty();
    return new PolicyDecision(
        product,
        same ? base : policy,
        change,
        !same,
        newTerms,
        schedule.earliest(
            bounds.noticeDays(),
            before ->
                PolicyChange.of(before, policy, bounds.decisionDays(), content.termsChange())));
  }

  /** Whether also what binds nobody is as it was: the order, and why things are asked. */
  private static boolean sameWords(AccessPolicy base, AccessPolicy policy) {
    return base.conditions().equals(policy.conditions())
        && base.reasons().equals(policy.reasons())
        && Objects.equals(base.minimumQuantityReason(), policy.minimumQuantityReason())
        && Objects.equals(base.depositReason(), policy.depositReason());
  }

  /** Terms keep their number as long as they say the same, to people and to machines. */
  private static StandardTerms terms(
      PolicyProduct product,
      PolicyContent content,
      StandardTerms before,
      OffsetDateTime at,
      UUID termsId) {
    var title = content.title() == null ? before.title() : content.title();
    var text = content.text() == null ? before.text() : content.text();
    if (before.id() != null
        && before.title().equals(title)
        && before.text().equals(text)
        && before.odrl().equals(odrl(product, content, before.id()))) {
      return before;
    }
    var odrl = odrl(product, content, termsId);
    return new StandardTerms(
        product.operatorId(),
        product.id(),
        product.termsNumber() + 1,
        termsId,
        title,
        text,
        odrl,
        TermsDigest.of(title, text, odrl),
        at,
        null,
        product.demonstration());
  }

  private static JsonObject odrl(PolicyProduct product, PolicyContent content, UUID termsId) {
    return OdrlOffer.of(
        new OdrlOffer.Offered(
            termsId,
            product.operatorId(),
            product.id(),
            product.lastDay(),
            product.allowedScenarios(),
            product.prohibitedScenarios()),
        content.conditions(),
        content.minimumQuantity(),
        content.deposit(),
        content.depositCurrency(),
        content.paymentDays());
  }

  /** Versions of a product are published one after the other, as the database counts time. */
  private static OffsetDateTime publishedAt(PolicyProduct product, Instant now) {
    var at = now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    var last = product.lastPublishedAt();
    return last == null || last.isBefore(at) ? at : last.plus(1, ChronoUnit.MICROS);
  }

  /** The moment at which all that these products have was published. */
  static Moment afterAll(List<PolicyProduct> products, Instant now) {
    var latest = now;
    for (var product : products) {
      var last = product.lastPublishedAt();
      if (last != null && last.toInstant().isAfter(latest)) {
        latest = last.toInstant();
      }
    }
    return Moment.present(latest);
  }
}
