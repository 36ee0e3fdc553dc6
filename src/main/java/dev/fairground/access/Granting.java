package dev.fairground.access;

import dev.fairground.access.Holders.Holder;
import dev.fairground.contract.NewGrant;
import dev.fairground.eligibility.Quote;
import dev.fairground.equal.Bands;
import dev.fairground.equal.Candidate;
import dev.fairground.equal.Comparison;
import dev.fairground.graphql.Write;
import dev.fairground.policy.AccessPolicy;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Puts together what is compared, and what is given. Pure. */
final class Granting {
  private Granting() {}

  static Candidate candidate(
      Write write,
      AccessRequest of,
      ApprovalForm form,
      AccessPolicy policy,
      Quote quote,
      Holder holder,
      GrantTerms terms,
      LocalDate startsOn,
      LocalDate endsOn,
      @Nullable Integer decisionDays) {
    return new Candidate(
        of.operatorId(),
        of.productId(),
        holder.productVersion(),
        of.jurisdictionCode(),
        of.applicantId(),
        of.scenarioId(),
        of.scenarioClass(),
        of.purposeClass(),
        policy.version(),
        quote.unit(),
        quote.unitText(),
        quote.currency(),
        terms.unitPrice(),
        terms.standardUnitPrice(),
        terms.discountPercent(),
        of.quantity(),
        terms.delivery(),
        terms.standardDelivery(),
        terms.paymentDays(),
        terms.deposit(),
        terms.minimumQuantity(),
        startsOn,
        endsOn,
        write.moment().day(),
        decisionDays,
        holder.smallOrMicro(),
        form.clauses().stream()
            .map(clause -> new Candidate.Clause(clause.kind(), clause.text()))
            .toList(),
        form.deviations().stream()
            .map(
                deviation ->
                    new Candidate.Claim(
                        deviation.field(),
                        deviation.factor(),
                        deviation.justification(),
                        deviation.evidence()))
            .toList());
  }

  static NewGrant grant(
      Write write,
      AccessRequest of,
      AccessDecision decision,
      ApprovalForm form,
      AccessPolicy policy,
      Quote quote,
      Holder holder,
      GrantTerms terms,
      Comparison comparison,
      LocalDate startsOn,
      LocalDate endsOn,
      @Nullable Integer decisionDays) {
    return new NewGrant(
        of.operatorId(),
        of.id(),
        decision.id(),
        of.productId(),
        holder.productVersion(),
        of.authorizationGrantId(),
        of.institutionId(),
        of.jurisdictionCode(),
        of.applicantId(),
        of.scenarioId(),
        of.scenarioClass(),
        of.purposeClass(),
        policy.version(),
        policy.terms().number(),
        quote.tariffId(),
        quote.tariffVersion(),
        quote.freeOfCharge(),
        quote.unit(),
        quote.unitText(),
        quote.currency(),
        terms.unitPrice(),
        terms.discountPercent(),
        of.quantity(),
        Bands.volume(of.quantity()),
        Bands.term(startsOn, endsOn),
        terms.delivery(),
        terms.paymentDays(),
        terms.deposit(),
        terms.minimumQuantity(),
        startsOn,
        endsOn,
        write.moment().day(),
        decisionDays,
        holder.affiliate(),
        holder.smallOrMicro(),
        of.demonstration(),
        comparison.recorded().stream()
            .map(
                one ->
                    new NewGrant.Deviation(
                        one.field().name(),
                        one.standard(),
                        one.granted(),
                        one.factor().name(),
                        one.justification(),
                        one.evidence()))
            .toList(),
        form.clauses().stream()
            .map(clause -> new NewGrant.Clause(clause.kind(), clause.text(), clause.reason()))
            .toList());
  }
}
