package dev.fairground.contract;

import static java.util.Objects.requireNonNull;

import dev.fairground.clock.Clocks;
import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Step;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.util.ArrayList;

/**
 * The mutations {@code accessGrantEndPropose}, {@code accessGrantEndAccept} and {@code
 * accessGrantEndDrop}: an end that both sides want, on the day that one names and the other takes.
 */
final class GrantEndByBoth {
  private final GrantDesk desk;
  private final Clocks clocks;

  GrantEndByBoth(Database database, GrantDesk desk) {
    this.desk = desk;
    this.clocks = new Clocks(database);
  }

  Future<AccessGrantPayload> propose(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var reason = Words.reason(input, errors);
    var lastDay = requireNonNull(input.date("endsOn"));
    var today = write.moment().day();
    return desk.change(
        "accessGrantEndPropose",
        GrantAction.PROPOSE_END,
        write,
        input,
        (transaction, open) -> {
          var stand = open.grant().stand();
          if (lastDay.isBefore(today) || !lastDay.isBefore(stand.endsOn())) {
            errors.add(
                Words.invalid(
                    input,
                    "endsOn",
                    "Name a day from today, %s, to the day before it ends anyway, %s."
                        .formatted(today, stand.endsOn())));
          }
          return Future.succeededFuture(
              errors.isEmpty()
                  ? Verdict.accepted(
                      new StandCopy(stand, Step.END_PROPOSED, open.party(), reason)
                          .proposed(open.party(), lastDay, reason)
                          .made())
                  : Verdict.rejected(errors));
        });
  }

  /** The proposed day is the last one; it ends at once if that is today, or was. */
  Future<AccessGrantPayload> accept(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var today = write.moment().day();
    return desk.change(
        "accessGrantEndAccept",
        GrantAction.ACCEPT_END,
        write,
        input,
        (transaction, open) -> {
          var stand = open.grant().stand();
          var lastDay = requireNonNull(stand.endProposedOn());
          var reason = stand.endProposedReason();
          if (lastDay.isAfter(today)) {
            return Future.succeededFuture(
                Verdict.accepted(
                    new StandCopy(stand, Step.END_SET, open.party(), reason)
                        .until(lastDay, EndKind.AGREED)
                        .made()));
          }
          return clocks
              .stop(transaction, write, open.grant().globalId())
              .map(
                  stopped ->
                      Verdict.accepted(
                          new StandCopy(stand, Step.ENDED, open.party(), reason)
                              .ended(EndKind.AGREED, today)
                              .made()));
        });
  }

  Future<AccessGrantPayload> drop(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var reason = Words.text(input, "reason", Words.LONG, errors);
    return desk.change(
        "accessGrantEndDrop",
        GrantAction.DROP_END,
        write,
        input,
        (transaction, open) ->
            Future.succeededFuture(
                errors.isEmpty()
                    ? Verdict.accepted(
                        new StandCopy(open.grant().stand(), Step.END_DROPPED, open.party(), reason)
                            .withoutProposal()
                            .made())
                    : Verdict.rejected(errors)));
  }
}
