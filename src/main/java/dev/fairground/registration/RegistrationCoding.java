package dev.fairground.registration;

import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.registration.ApplicationDesk.Outcome;
import dev.fairground.registration.ApplicationGrounds.Ground;
import dev.fairground.registration.RegistrationApplication.State;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an application that came through ends in: a registration, or the next version of one. */
final class RegistrationCoding {
  private final ApplicationGrounds grounds;
  private final RegisteredVersions versions;
  private final RegistrationNotices notices;
  private final RegistrationEffects effects;
  private final Clocks clocks;

  RegistrationCoding(Database database) {
    this.grounds = new ApplicationGrounds(database);
    this.versions = new RegisteredVersions(database);
    this.notices = new RegistrationNotices(database);
    this.effects = new RegistrationEffects(database);
    this.clocks = new Clocks(database);
  }

  /**
   * What the registrar gives.
   *
   * @param at where it is in the arguments, for what stands against it
   * @param code null to have one made
   */
  record Given(List<String> at, @Nullable String code, @Nullable String sheet) {}

  /** After the publicity of a first registration or a change. */
  Future<Verdict<Outcome>> code(
      SqlConnection transaction, Write write, RegistrationApplication of, Given given) {
    return of.kind() == Registration.Kind.FIRST
        ? first(transaction, write, of, given)
        : change(transaction, write, of, given.at())
            .compose(
                verdict ->
                    verdict instanceof Verdict.Accepted<Outcome>
                        ? published(transaction, write, of, of.registrationId()).map(verdict)
                        : Future.succeededFuture(verdict));
  }

  private Future<Void> published(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      @Nullable UUID registration) {
    return notices
        .end(transaction, write, of.id(), RegistrationNotice.Stand.CODED, registration)
        .compose(
            ended -> clocks.meet(transaction, atItsEnd(write, of), of.globalId(), "publicityWd"));
  }

  /** A publicity is over with its last day, whenever the code is given after it. */
  private static Write atItsEnd(Write write, RegistrationApplication of) {
    var end =
        Objects.requireNonNull(of.publicityEndsOn())
            .plusDays(1)
            .atStartOfDay(Moment.ZONE)
            .minusSeconds(1);
    return new Write(write.viewer(), Moment.present(end.toInstant()), write.requestId());
  }

  private Future<Verdict<Outcome>> first(
      SqlConnection transaction, Write write, RegistrationApplication of, Given given) {
    var code = given.code() == null ? RegistrationCode.make(of.jurisdictionCode()) : given.code();
    return versions
        .isTaken(transaction, of.subjectId(), code)
        .compose(
            taken ->
                grounds
                    .of(transaction, of.id(), write.moment().day())
                    .compose(
                        ground -> {
                          var errors = against(of, ground, taken, write, given);
                          return errors.isEmpty()
                              ? enter(transaction, write, of, ground, code, given)
                              : Future.succeededFuture(Verdict.rejected(errors));
                        }));
  }

  /** Pure: what stands against giving a code today. */
  private static List<UserError> against(
      RegistrationApplication of, Ground ground, boolean taken, Write write, Given given) {
    var errors = new ArrayList<UserError>();
    if (taken) {
      errors.add(
          SubmissionRules.error(
              UserErrorCode.ALREADY_EXISTS,
              "A registration has this code already. Give another one, or leave it out to have one made.",
              "uniqueCode",
              given.at(),
              "code"));
    }
    if (ground.registered()) {
      errors.add(
          SubmissionRules.error(
              UserErrorCode.ALREADY_EXISTS,
              "It was registered meanwhile, and is registered once.",
              "oneRegistration",
              given.at(),
              "id"));
    }
    if (ground.years() == null) {
      errors.add(noRule("validityYears", given.at()));
    }
    var authorized = ground.authorized();
    if (of.productId() != null
        && (authorized == null || !authorized.inForce(write.moment().day()))) {
      errors.add(
          SubmissionRules.error(
              UserErrorCode.NOT_IN_FORCE,
              "The authorization that the product rests on is not in force, and a product is registered within its term only.",
              "withinAuthorization",
              given.at(),
              "id"));
    }
    return errors;
  }

  static UserError noRule(String rule, List<String> at) {
    return SubmissionRules.error(
        UserErrorCode.NOT_IN_FORCE,
        "No rule in force in the registrar's jurisdiction says %s. It has to be set first."
            .formatted(rule),
        rule,
        at,
        "id");
  }

  private Future<Verdict<Outcome>> enter(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      Ground ground,
      String code,
      Given given) {
    var today = write.moment().day();
    var said = RegistrationNotice.Said.of(of.subjectKind(), of.content());
    var authorized = ground.authorized();
    var sheet =
        given.sheet() == null && ground.confirmationSheet()
            ? RegistrationCode.sheet(code)
            : given.sheet();
    var registration =
        new Registration(
            UUID.randomUUID(),
            1,
            RegistrationApplications.now(write),
            code,
            of.registrarId(),
            of.subjectKind(),
            of.resourceId(),
            of.productId(),
            Registration.Kind.FIRST,
            Registration.State.VALID,
            null,
            sheet,
            today,
            Validity.first(
                today,
                Objects.requireNonNull(ground.years()),
                authorized == null ? null : authorized.endsOn()),
            false,
            null,
            ground.demonstration(),
            of.applicantId(),
            said.registrant(),
            said.data(),
            said.summary(),
            null);
    return versions
        .insert(transaction, write, registration, of.operatorId())
        .compose(entered -> versions.keep(transaction, registration.id(), of.id(), of.content()))
        .compose(kept -> published(transaction, write, of, registration.id()))
        .compose(ended -> effects.of(transaction, write, registration))
        .map(
            affected ->
                Verdict.accepted(
                    new Outcome(
                        new ApplicationCopy(of)
                            .state(State.CODED, null)
                            .registration(registration.id())
                            .made(),
                        affected)));
  }

  /** A change or a correction: the next version, with the same code. */
  Future<Verdict<Outcome>> change(
      SqlConnection transaction, Write write, RegistrationApplication of, List<String> at) {
    return registered(transaction, write, of, at)
        .compose(
            found ->
                found.errors().isEmpty()
                    ? versions
                        .content(transaction, found.registration().id())
                        .compose(
                            before -> write(transaction, write, of, found.registration(), before))
                    : Future.succeededFuture(Verdict.rejected(found.errors())));
  }

  private Future<Verdict<Outcome>> write(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      Registration registration,
      io.vertx.core.json.JsonObject before) {
    var correction = of.kind() == Registration.Kind.CORRECTION;
    var content = correction ? ApplicationContent.merged(before, of.content()) : of.content();
    var said = RegistrationNotice.Said.of(of.subjectKind(), content);
    var next =
        registration.saying(
            of.kind(),
            correction && registration.registrantId() != null
                ? registration.registrantId()
                : of.applicantId(),
            said.registrant().isEmpty() ? registration.registrantName() : said.registrant(),
            said.data().isEmpty() ? registration.dataName() : said.data(),
            said.summary().isEmpty() ? registration.contentSummary() : said.summary());
    return versions
        .next(
            transaction,
            write,
            next,
            List.of("kind", "registrantName", "dataName", "contentSummary"))
        .compose(written -> versions.keep(transaction, next.id(), of.id(), content))
        .compose(kept -> effects.of(transaction, write, next))
        .map(affected -> done(of, State.CODED, affected));
  }

  /** A renewal: the next version, whose term begins when the one before ends. */
  Future<Verdict<Outcome>> renew(
      SqlConnection transaction, Write write, RegistrationApplication of, List<String> at) {
    return registered(transaction, write, of, at)
        .compose(
            found ->
                found.errors().isEmpty()
                    ? grounds
                        .of(transaction, of.id(), write.moment().day())
                        .compose(
                            ground ->
                                renew(transaction, write, of, found.registration(), ground, at))
                    : Future.succeededFuture(Verdict.rejected(found.errors())));
  }

  private Future<Verdict<Outcome>> renew(
      SqlConnection transaction,
      Write write,
      RegistrationApplication of,
      Registration registration,
      Ground ground,
      List<String> at) {
    var years = of.request().getInteger("years", ground.renewMaxYears());
    if (years == null) {
      return Future.succeededFuture(Verdict.rejected(noRule("renewMaxYears", at)));
    }
    var authorized = ground.authorized();
    var lastDay =
        Validity.renewed(
            registration.validUntil(), years, authorized == null ? null : authorized.endsOn());
    if (!lastDay.isAfter(registration.validUntil())) {
      return Future.succeededFuture(
          Verdict.rejected(
              SubmissionRules.error(
                  UserErrorCode.NOT_IN_FORCE,
                  "The authorization of the product ends on %s, and a product is not registered beyond that."
                      .formatted(lastDay),
                  "withinAuthorization",
                  at,
                  "id")));
    }
    var next = registration.renewed(lastDay);
    return versions
        .next(transaction, write, next, List.of("kind", "validUntil", "termStartsOn"))
        .compose(written -> effects.of(transaction, write, next))
        .map(affected -> done(of, State.CODED, affected));
  }

  /** A cancellation: the registration ends. */
  Future<Verdict<Outcome>> cancel(
      SqlConnection transaction, Write write, RegistrationApplication of, List<String> at) {
    return registered(transaction, write, of, at)
        .compose(
            found -> {
              if (!found.errors().isEmpty()) {
                return Future.succeededFuture(Verdict.rejected(found.errors()));
              }
              var next =
                  found
                      .registration()
                      .moved(
                          Registration.Kind.CANCELLATION,
                          Registration.State.DEREGISTERED,
                          of.request().getString("ground"));
              return versions
                  .next(transaction, write, next, List.of("kind", "state", "stateReason"))
                  .compose(written -> effects.of(transaction, write, next))
                  .map(affected -> done(of, State.DEREGISTERED, affected));
            });
  }

  private static Verdict<Outcome> done(RegistrationApplication of, State state, Affected affected) {
    return Verdict.accepted(
        new Outcome(new ApplicationCopy(of).state(state, null).made(), affected));
  }

  private record Registered(@Nullable Registration found, List<UserError> errors) {
    Registration registration() {
      return Objects.requireNonNull(found);
    }
  }

  /** One that ended meanwhile cannot be changed; what was applied for in time is renewed though. */
  private Future<Registered> registered(
      SqlConnection transaction, Write write, RegistrationApplication of, List<String> at) {
    return versions
        .lock(transaction, Objects.requireNonNull(of.registrationId()))
        .map(
            registration ->
                registration != null && registration.state() == Registration.State.VALID
                    ? new Registered(registration, List.of())
                    : new Registered(
                        null,
                        List.of(
                            SubmissionRules.error(
                                UserErrorCode.NOT_IN_FORCE,
                                "The registration has ended meanwhile. Fail the review, with that reason.",
                                "validRegistration",
                                at,
                                "id"))));
  }
}
