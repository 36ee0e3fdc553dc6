package dev.fairground.contract;

import static java.util.Objects.requireNonNull;

import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.Step;
import dev.fairground.contract.AccessGrant.Suspension;
import dev.fairground.contract.GrantNotice.Days;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mutations {@code accessGrantSuspend} and {@code accessGrantResume}. */
final class GrantHalt {
  /** Nobody's use is suspended without an end in sight: the longest time to put misuse right. */
  private static final int MOST_DAYS = 366;

  private final GrantDesk desk;
  private final GrantNotice notice;

  GrantHalt(Database database, GrantDesk desk) {
    this.desk = desk;
    this.notice = new GrantNotice(database);
  }

  Future<AccessGrantPayload> suspend(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var reason = Words.reason(input, errors);
    var ground = requireNonNull(input.value("ground", Suspension.class));
    var correctBy = input.date("correctBy");
    return desk.change(
        "accessGrantSuspend",
        GrantAction.SUSPEND,
        write,
        input,
        (transaction, open) ->
            notice
                .of(transaction, write, open.grant())
                .map(
                    days -> {
                      errors.addAll(
                          against(
                              input, open.party(), ground, correctBy, days, write.moment().day()));
                      return errors.isEmpty()
                          ? Verdict.accepted(
                              new StandCopy(
                                      open.grant().stand(), Step.SUSPENDED, open.party(), reason)
                                  .suspended(open.party(), ground, correctBy)
                                  .made())
                          : Verdict.<Stand>rejected(errors);
                    }));
  }

  /** Pure: what stands against a suspension. */
  private static List<UserError> against(
      Arguments input,
      Party party,
      Suspension ground,
      @Nullable LocalDate correctBy,
      Days days,
      LocalDate today) {
    var errors = new ArrayList<UserError>();
    var allowed = GrantRules.suspensions(party);
    if (!allowed.contains(ground)) {
      errors.add(
          Words.against(
              input,
              "ground",
              "FA-25",
              "As its %s you suspend it for one of %s."
                  .formatted(party.name().toLowerCase(java.util.Locale.ROOT), allowed)));
    }
    if (ground == Suspension.MISUSE) {
      if (correctBy == null) {
        errors.add(
            new InputError(
                UserErrorCode.REQUIRED,
                "Misuse is put right first. Name the day until which, %s or a later one."
                    .formatted(days.correction()),
                input.path("correctBy"),
                GrantNotice.CORRECTION));
      } else if (correctBy.isBefore(days.correction())) {
        errors.add(
            Words.against(
                input,
                "correctBy",
                GrantNotice.CORRECTION,
                "That is too soon to put it right. Name %s or a later day."
                    .formatted(days.correction())));
      }
    } else if (correctBy != null && correctBy.isBefore(today)) {
      errors.add(
          Words.invalid(
              input,
              "correctBy",
              "The day is over. Name today, %s, or a later one.".formatted(today)));
    }
    if (correctBy != null && correctBy.isAfter(today.plusDays(MOST_DAYS))) {
      errors.add(
          Words.invalid(
              input,
              "correctBy",
              "Name a day within %d days: nothing stays suspended without an end in sight."
                  .formatted(MOST_DAYS)));
    }
    return errors;
  }

  Future<AccessGrantPayload> resume(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var reason = Words.reason(input, errors);
    return desk.change(
        "accessGrantResume",
        GrantAction.RESUME,
        write,
        input,
        (transaction, open) ->
            Future.succeededFuture(
                errors.isEmpty()
                    ? Verdict.accepted(
                        new StandCopy(open.grant().stand(), Step.RESUMED, open.party(), reason)
                            .resumed()
                            .made())
                    : Verdict.rejected(errors)));
  }
}
