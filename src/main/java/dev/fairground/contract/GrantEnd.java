package dev.fairground.contract;

import static java.util.Objects.requireNonNull;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.clock.Clocks;
import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.contract.AccessGrant.Step;
import dev.fairground.contract.GrantDesk.Open;
import dev.fairground.contract.GrantNotice.Days;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code accessGrantEnd}: what one side ends by itself. At once for security, for
 * misuse that was not put right, or before both have signed; with notice for everything else.
 */
final class GrantEnd {
  private static final Set<EndKind> AT_ONCE = EnumSet.of(EndKind.SECURITY, EndKind.BREACH);

  private final GrantDesk desk;
  private final GrantNotice notice;
  private final GrantExits exits;
  private final Clocks clocks;

  GrantEnd(Database database, GrantDesk desk) {
    this.desk = desk;
    this.notice = new GrantNotice(database);
    this.exits = new GrantExits(database);
    this.clocks = new Clocks(database);
  }

  /** What is asked for. */
  private record Asked(
      EndKind kind, String reason, @Nullable LocalDate endsOn, @Nullable UUID replacement) {}

  Future<AccessGrantPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var asked =
        new Asked(
            requireNonNull(input.value("kind", EndKind.class)),
            Words.reason(input, errors),
            input.date("endsOn"),
            input.id(
                "replacementProductId",
                CatalogResolver.DATA_PRODUCT,
                CatalogResolver.SERVICE_CAPABILITY));
    return desk.change(
        "accessGrantEnd",
        GrantAction.END,
        write,
        input,
        (transaction, open) -> {
          var refused = refusal(write, input, open, asked.kind());
          if (refused != null) {
            return Future.succeededFuture(Verdict.rejected(refused));
          }
          return notice
              .of(transaction, write, open.grant())
              .compose(
                  days ->
                      exits
                          .standing(transaction, open.grant(), asked.replacement())
                          .compose(
                              standing -> {
                                var today = write.moment().day();
                                errors.addAll(against(input, open, asked, days, today));
                                errors.addAll(exits(input, asked, standing));
                                return errors.isEmpty()
                                    ? ended(transaction, write, open, asked, days)
                                    : Future.succeededFuture(Verdict.rejected(errors));
                              }));
        });
  }

  /** Pure: a kind of end that is not open to this side now. */
  private static @Nullable StateTransitionError refusal(
      Write write, Arguments input, Open open, EndKind kind) {
    var grant = open.grant();
    var ends = GrantRules.ends(grant.stand(), open.party(), write.moment().day());
    if (ends.contains(kind)) {
      return null;
    }
    return new StateTransitionError(
        kind == EndKind.BREACH
            ? "Misuse is put right first: suspend it for misuse, and end it when the day until which that was due is over."
            : kind == EndKind.AGREED
                ? "An end that both sides want is proposed by one and accepted by the other: accessGrantEndPropose."
                : "As its %s you end it for one of %s now."
                    .formatted(open.party().name().toLowerCase(java.util.Locale.ROOT), ends),
        input.path("kind"),
        grant.state().name(),
        ends.stream().map(Enum::name).toList());
  }

  /** Pure: what stands against the day. */
  private static List<UserError> against(
      Arguments input, Open open, Asked asked, Days days, LocalDate today) {
    var errors = new ArrayList<UserError>();
    var stand = open.grant().stand();
    if (isAtOnce(asked.kind(), stand)) {
      if (asked.endsOn() != null && !asked.endsOn().equals(today)) {
        errors.add(Words.invalid(input, "endsOn", "It ends at once. Leave it out."));
      }
      return errors;
    }
    var exit = asked.kind() != EndKind.BY_HOLDER;
    var earliest = exit ? days.byExit() : days.byHolder();
    var last = last(open.grant(), asked.kind());
    if (!earliest.isBefore(last)) {
      errors.add(
          Words.invalid(
              input,
              "endsOn",
              "It ends on %s already, before notice given today is over. Let it run off."
                  .formatted(last)));
      return errors;
    }
    var endsOn = asked.endsOn() == null ? earliest : asked.endsOn();
    if (endsOn.isBefore(earliest)) {
      errors.add(
          exit
              ? NoticeTooShortError.ofExit(input, earliest)
              : NoticeTooShortError.ofHolder(input, earliest));
    } else if (!endsOn.isBefore(last)) {
      errors.add(
          Words.invalid(
              input,
              "endsOn",
              "It ends on %s already. Name an earlier day, or let it run off.".formatted(last)));
    }
    return errors;
  }

  /** Up to when it would last: a side may put off the end that it set itself, not the other's. */
  private static LocalDate last(AccessGrant grant, EndKind kind) {
    var planned = grant.stand().plannedEnd();
    var own =
        planned != null
            && planned != EndKind.AGREED
            && (planned == EndKind.BY_HOLDER) == (kind == EndKind.BY_HOLDER);
    return own ? grant.agreedEndsOn() : grant.endsOn();
  }

  /** Pure: whether who leaves does leave, and what is offered instead is offered. */
  private static List<UserError> exits(Arguments input, Asked asked, GrantExits.Standing standing) {
    var errors = new ArrayList<UserError>();
    if (asked.kind() == EndKind.PRODUCT_EXIT && !standing.productLeaves()) {
      errors.add(
          Words.against(
              input,
              "kind",
              "FA-25",
              "The product is offered still. Take it off its list first; its users keep what they have until then."));
    }
    if (asked.kind() == EndKind.AUTHORIZATION_EXIT && !standing.authorizationLeaves()) {
      errors.add(
          Words.against(
              input,
              "kind",
              "FA-25",
              "The authorization neither ends nor has notice of exit been given. Give that first."));
    }
    if (asked.replacement() != null) {
      if (asked.kind() != EndKind.PRODUCT_EXIT && asked.kind() != EndKind.AUTHORIZATION_EXIT) {
        errors.add(
            Words.invalid(
                input,
                "replacementProductId",
                "Only who leaves offers another product instead. Leave it out."));
      } else if (!standing.replacementOffered()) {
        errors.add(InputError.notFound(input, "replacementProductId"));
      }
    }
    return errors;
  }

  private static boolean isAtOnce(EndKind kind, Stand stand) {
    return AT_ONCE.contains(kind) || stand.state() == State.AWAITING_SIGNATURE;
  }

  private Future<Verdict<Stand>> ended(
      SqlConnection transaction, Write write, Open open, Asked asked, Days days) {
    var grant = open.grant();
    var today = write.moment().day();
    if (isAtOnce(asked.kind(), grant.stand())) {
      var stand =
          new StandCopy(grant.stand(), Step.ENDED, open.party(), asked.reason())
              .ended(asked.kind(), today)
              .made();
      return clocks
          .stop(transaction, write, grant.globalId())
          .map(stopped -> Verdict.accepted(stand));
    }
    var exit = asked.kind() != EndKind.BY_HOLDER;
    var earliest = exit ? days.byExit() : days.byHolder();
    var copy =
        new StandCopy(grant.stand(), Step.END_SET, open.party(), asked.reason())
            .until(asked.endsOn() == null ? earliest : asked.endsOn(), asked.kind());
    // What was offered instead stays offered to a holder that leaves sooner.
    return Future.succeededFuture(
        Verdict.accepted((exit ? copy.replacedBy(asked.replacement()) : copy).made()));
  }
}
