package dev.fairground.access;

import dev.fairground.access.AccessDesk.Outcome;
import dev.fairground.access.AccessRequest.Level;
import dev.fairground.access.AccessRequest.State;
import dev.fairground.access.Holders.Holder;
import dev.fairground.access.Timeline.Happened;
import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.clock.Clocks;
import dev.fairground.clock.Finished;
import dev.fairground.contract.AccessGrant;
import dev.fairground.contract.Grants;
import dev.fairground.eligibility.Ask;
import dev.fairground.eligibility.Eligibilities;
import dev.fairground.eligibility.Quote;
import dev.fairground.equal.Comparison;
import dev.fairground.equal.EqualTerms;
import dev.fairground.equal.UnequalTermsError;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Refusal;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Approves requests, and so gives the grants: the product stands as it should, the price is that of
 * the tariff, the terms are those of others in the same position or differ for a published reason,
 * and the checks of the grant that is written have nothing against it. All in one transaction.
 */
final class Approvals {
  private final Checks checks;
  private final JudgedBy policies;
  private final Eligibilities eligibilities;
  private final Holders holders;
  private final EqualTerms equal;
  private final Grants grants;
  private final Decisions decisions;
  private final Clocks clocks;

  Approvals(Database database) {
    this.checks = new Checks(database);
    this.policies = new JudgedBy(database);
    this.eligibilities = new Eligibilities(database);
    this.holders = new Holders(database);
    this.equal = new EqualTerms(database);
    this.grants = new Grants(database);
    this.decisions = new Decisions(database);
    this.clocks = new Clocks(database);
  }

  /**
   * Who approves, and how.
   *
   * @param rule the clock that the decision ends
   * @param outcome APPROVED, or OVERTURNED on review
   */
  record Approver(Level level, UUID by, String rule, AccessDecision.Outcome outcome) {
    static Approver operator(AccessRequest of) {
      return new Approver(
          Level.OPERATOR, of.operatorId(), AccessRequest.DECISION, AccessDecision.Outcome.APPROVED);
    }

    static Approver reviewer(AccessRequest of, UUID by) {
      return new Approver(
          RefusalSteps.reviewer(of), by, AccessRequest.REVIEW, AccessDecision.Outcome.OVERTURNED);
    }
  }

  /** What came of it, for the answer. */
  record Made(AccessDecision decision, AccessGrant grant, Comparison comparison) {}

  /** What is known before the terms are compared. */
  private record Ground(
      AccessRequest of,
      ApprovalForm form,
      Approver approver,
      LocalDate startsOn,
      LocalDate endsOn,
      AccessPolicy policy,
      Quote quote,
      Holder holder,
      GrantTerms terms) {}

  /**
   * Approves a request; leaves by a {@link Refusal} where something stands against it.
   *
   * @param made is told what came of it
   */
  Future<Verdict<Outcome>> approve(
      SqlConnection transaction,
      Write write,
      AccessRequest of,
      ApprovalForm form,
      Approver approver,
      Consumer<Made> made) {
    var today = write.moment().day();
    var startsOn = of.startsOn().isBefore(today) ? today : of.startsOn();
    var endsOn = form.endsOn() == null ? of.endsOn() : form.endsOn();
    var errors = new ArrayList<UserError>(form.errors());
    term(of, form, startsOn, endsOn, errors);
    if (!errors.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(errors));
    }
    return checks
        .standing(transaction, write, List.of(of.productId()))
        .compose(
            standing -> {
              var blocks =
                  standing.stream().flatMap(one -> one.errors(List.of("input", "id")).stream());
              refuse(List.copyOf(blocks.toList()));
              return ground(transaction, write, of, form, approver, startsOn, endsOn);
            })
        .compose(ground -> give(transaction, write, ground, made));
  }

  private static void term(
      AccessRequest of,
      ApprovalForm form,
      LocalDate startsOn,
      LocalDate endsOn,
      List<UserError> errors) {
    if (of.endsOn().isBefore(startsOn)) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "The term that was asked for ended on %s, so that nothing can be given for it any more. The applicant asks anew for days to come; this request stays overdue until it is withdrawn."
                  .formatted(of.endsOn()),
              List.of("input", "id"),
              "TERM_AS_ASKED"));
    } else if (endsOn.isBefore(startsOn) || endsOn.isAfter(of.endsOn())) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "The grant lasts from %s to %s at most, as was asked for; %s is not within."
                  .formatted(startsOn, of.endsOn(), endsOn),
              form.endsOn() == null ? List.of("input", "id") : member(form.at(), "endsOn"),
              "TERM_AS_ASKED"));
    }
  }

  private static List<String> member(List<String> at, String name) {
    var path = new ArrayList<>(at);
    path.add(name);
    return path;
  }

  private static void refuse(List<? extends UserError> errors) {
    if (!errors.isEmpty()) {
      throw new Refusal(List.copyOf(errors));
    }
  }

  private Future<Ground> ground(
      SqlConnection transaction,
      Write write,
      AccessRequest of,
      ApprovalForm form,
      Approver approver,
      LocalDate startsOn,
      LocalDate endsOn) {
    return policies
        .of(transaction, write, of)
        .compose(
            policy ->
                eligibilities
                    .of(
                        transaction,
                        write,
                        endsOn.equals(of.endsOn())
                            ? List.of(ask(of, startsOn, endsOn))
                            : List.of(ask(of, startsOn, endsOn), ask(of, startsOn, of.endsOn())))
                    .compose(
                        reports ->
                            holders
                                .find(transaction, write, of)
                                .map(
                                    holder -> {
                                      var quote = TariffPrice.of(reports, form);
                                      var errors = new ArrayList<UserError>();
                                      AsAsked.look(
                                          of, form, policy, startsOn, endsOn, reports, errors);
                                      var terms =
                                          GrantTerms.of(
                                              of, form, quote, policy, holder.ways(), errors);
                                      refuse(errors);
                                      return new Ground(
                                          of, form, approver, startsOn, endsOn, policy, quote,
                                          holder, terms);
                                    })));
  }

  private static Ask ask(AccessRequest of, LocalDate startsOn, LocalDate endsOn) {
    return new Ask(
        of.productId(),
        of.applicantId(),
        of.purposeClass(),
        of.scenarioId(),
        startsOn,
        endsOn,
        of.unit(),
        of.unitText(),
        of.quantity(),
        Set.of());
  }

  private Future<Verdict<Outcome>> give(
      SqlConnection transaction, Write write, Ground ground, Consumer<Made> made) {
    var of = ground.of();
    return clocks
        .finish(transaction, write, of.globalId(), ground.approver().rule())
        .compose(
            finished ->
                clocks
                    .stop(transaction, write, of.globalId())
                    .compose(stopped -> decided(transaction, write, ground, finished))
                    .compose(
                        decision ->
                            // As late as can be: others may wait for it until all is written.
                            compared(transaction, write, ground, finished)
                                .compose(
                                    comparison ->
                                        written(
                                            transaction,
                                            write,
                                            ground,
                                            finished,
                                            decision,
                                            comparison))))
        .map(
            done -> {
              made.accept(done);
              return Verdict.accepted(
                  new Outcome(
                      Standing.of(of).in(State.GRANTED, null),
                      Happened.of(
                              AccessRequestStep.Kind.DECIDED,
                              ground.approver().by(),
                              ground.form().text())
                          .at(ground.approver().level()),
                      List.of()));
            });
  }

  private Future<Comparison> compared(
      SqlConnection transaction, Write write, Ground ground, @Nullable Finished finished) {
    return equal
        .compare(
            transaction,
            write,
            Granting.candidate(
                write,
                ground.of(),
                ground.form(),
                ground.policy(),
                ground.quote(),
                ground.holder(),
                ground.terms(),
                ground.startsOn(),
                ground.endsOn(),
                days(ground, finished)))
        .map(
            comparison -> {
              if (!comparison.unjustified().isEmpty()) {
                throw new Refusal(UnequalTermsError.of(comparison, ground.form().at()));
              }
              return comparison;
            });
  }

  /** How long the decision took; a review is not compared with decisions. */
  private static @Nullable Integer days(Ground ground, @Nullable Finished finished) {
    return finished == null || ground.approver().level() != Level.OPERATOR ? null : finished.days();
  }

  private Future<AccessDecision> decided(
      SqlConnection transaction, Write write, Ground ground, @Nullable Finished finished) {
    var of = ground.of();
    var approver = ground.approver();
    var decision =
        AccessDecision.of(
            write,
            of,
            approver.level(),
            approver.outcome(),
            approver.by(),
            finished,
            ground.policy().version(),
            ground.form().text());
    return decisions.insert(transaction, write, of.operatorId(), decision).map(decision);
  }

  private Future<Made> written(
      SqlConnection transaction,
      Write write,
      Ground ground,
      @Nullable Finished finished,
      AccessDecision decision,
      Comparison comparison) {
    return grants
        .give(
            transaction,
            write,
            Granting.grant(
                write,
                ground.of(),
                decision,
                ground.form(),
                ground.policy(),
                ground.quote(),
                ground.holder(),
                ground.terms(),
                comparison,
                ground.startsOn(),
                ground.endsOn(),
                days(ground, finished)))
        .map(
            verdict ->
                switch (verdict) {
                  case Verdict.Rejected<AccessGrant> rejected ->
                      throw new Refusal(rejected.errors().stream().map(Approvals::placed).toList());
                  case Verdict.Accepted<AccessGrant> accepted -> accepted.payload();
                })
        .compose(
            grant ->
                checked(transaction, write, ground, grant)
                    .compose(done -> equal.tellBetter(transaction, write, grant.id()))
                    .map(told -> new Made(decision, grant, comparison)));
  }

  /** What stands against the request as a whole is told at its id. */
  private static UserError placed(UserError error) {
    return error instanceof InputError plain && plain.path().isEmpty()
        ? new InputError(plain.code(), plain.message(), List.of("input", "id"), plain.rule())
        : error;
  }

  /** What the checks say of the grant as it is written. */
  private Future<Void> checked(
      SqlConnection transaction, Write write, Ground ground, AccessGrant grant) {
    return checks
        .ofAccessGrants(transaction, write, Cause.ACCESS_DECISION, List.of(grant.id()))
        .map(
            results -> {
              var errors = new ArrayList<UserError>();
              results.forEach(one -> errors.addAll(one.errors(ground.form().at())));
              refuse(errors);
              return null;
            });
  }
}
