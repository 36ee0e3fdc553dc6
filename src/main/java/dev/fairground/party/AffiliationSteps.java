package dev.fairground.party;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.AffiliationRepository.Parties;
import dev.fairground.party.AffiliationRules.Declared;
import dev.fairground.party.ControlCircle.Control;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The mutations {@code affiliationDeclare}, {@code affiliationEnd} and {@code affiliationsConfirm}:
 * links are declared and given their end, and never changed otherwise.
 */
final class AffiliationSteps {
  private final Mutations mutations;
  private final AffiliationRepository links;
  private final EventLog events;

  AffiliationSteps(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.links = new AffiliationRepository(database);
    this.events = new EventLog(database);
  }

  /** Says that two organizations are linked. */
  Future<AffiliationPayload> declare(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var link =
        new Declared(
            requireNonNull(input.id("organizationId", PartyResolver.PREFIX)),
            requireNonNull(input.id("affiliateId", PartyResolver.PREFIX)),
            requireNonNull(input.value("kind", Affiliation.Kind.class)),
            input.decimal("sharePercent"),
            requireNonNull(input.date("startsOn")),
            input.date("endsOn"),
            requireNonNull(input.string("evidence")));
    return mutations.once(
        new Attempt<>("affiliationDeclare", write, input, AffiliationPayload::refused),
        transaction -> declare(transaction, write, input, link),
        (transaction, made) ->
            links
                .findForUpdate(transaction, Ids.uuid(made))
                .map(found -> new AffiliationPayload(found, List.of())));
  }

  private Future<Verdict<AffiliationPayload>> declare(
      SqlConnection transaction, Write write, Arguments input, Declared link) {
    var form = AffiliationRules.form(input, link);
    if (!form.isEmpty()) {
      return Future.succeededFuture(Verdict.rejected(form));
    }
    return links
        .parties(transaction, write, link.organizationId(), link.affiliateId())
        .compose(
            parties -> {
              if (parties.known() < 2) {
                return rejected(InputError.notFound(input, "affiliateId"));
              }
              if (!parties.allowed()) {
                return rejected(forbidden(input, "organizationId"));
              }
              return against(transaction, input, link)
                  .compose(
                      errors ->
                          errors.isEmpty()
                              ? insert(transaction, write, link, parties)
                              : Future.succeededFuture(Verdict.rejected(errors)));
            });
  }

  private Future<List<UserError>> against(
      SqlConnection transaction, Arguments input, Declared link) {
    return links
        .same(transaction, link)
        .compose(
            same -> {
              var errors = new ArrayList<UserError>();
              if (same != null) {
                errors.add(
                    new InputError(
                        UserErrorCode.ALREADY_EXISTS,
                        "The link %s says the same from %s. End that one first, or name days that it does not cover."
                            .formatted(
                                Ids.write(PartyResolver.AFFILIATION, same.id()),
                                same.term().startsOn()),
                        input.path("startsOn"),
                        "oneLinkAtATime"));
              }
              if (!link.controls() || Boolean.TRUE.equals(input.bool("circular"))) {
                return Future.succeededFuture(errors);
              }
              return links
                  .controlsBelow(transaction, link.affiliateId(), link.term())
                  .map(
                      below -> {
                        var circle =
                            ControlCircle.of(
                                new Control(
                                    null, link.organizationId(), link.affiliateId(), link.term()),
                                below);
                        if (circle != null) {
                          errors.add(
                              new AffiliationCycleError(
                                  input.path("affiliateId"), circle.on(), circle.links()));
                        }
                        return errors;
                      });
            });
  }

  private Future<Verdict<AffiliationPayload>> insert(
      SqlConnection transaction, Write write, Declared link, Parties parties) {
    return links
        .insert(transaction, write, link, parties.demonstration())
        .compose(
            made ->
                links
                    .checksDue(
                        transaction,
                        write,
                        write.moment().day(),
                        link.organizationId(),
                        link.affiliateId())
                    .compose(due -> tell(transaction, write, made, List.of()))
                    .map(
                        told ->
                            Verdict.accepted(
                                new AffiliationPayload(made, List.of()),
                                Ids.write(PartyResolver.AFFILIATION, made.id()))));
  }

  /** Gives a link its last day, once. */
  Future<AffiliationPayload> end(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var id = requireNonNull(input.id("id", PartyResolver.AFFILIATION));
    return mutations.run(
        new Attempt<>("affiliationEnd", write, input, AffiliationPayload::refused),
        transaction ->
            links
                .findForUpdate(transaction, id)
                .compose(
                    link ->
                        link == null
                            ? rejected(InputError.notFound(input, "id"))
                            : end(transaction, write, input, link)));
  }

  private Future<Verdict<AffiliationPayload>> end(
      SqlConnection transaction, Write write, Arguments input, Affiliation link) {
    return links
        .parties(transaction, write, link.organizationId(), link.affiliateId())
        .compose(
            parties -> {
              if (!parties.allowed()) {
                return rejected(forbidden(input, "id"));
              }
              if (link.term().endsOn() != null) {
                return rejected(
                    new StateTransitionError(
                        "The link has its last day, %s, and keeps it. Declare a new link for other days."
                            .formatted(link.term().endsOn()),
                        input.path("id"),
                        "ENDED",
                        List.of()));
              }
              var errors = new ArrayList<UserError>();
              var endsOn = requireNonNull(input.date("endsOn"));
              var evidence = requireNonNull(input.string("evidence"));
              if (endsOn.isBefore(link.term().startsOn())) {
                errors.add(AffiliationRules.reversed(input, "endsOn", link.term().startsOn()));
              }
              AffiliationRules.evidence(input, evidence, errors);
              if (!errors.isEmpty()) {
                return Future.succeededFuture(Verdict.rejected(errors));
              }
              return links
                  .checksDue(
                      transaction,
                      write,
                      write.moment().day(),
                      link.organizationId(),
                      link.affiliateId())
                  .compose(due -> links.end(transaction, write, link.id(), endsOn, evidence))
                  .compose(
                      ended ->
                          tell(transaction, write, ended, List.of("term"))
                              .map(
                                  told ->
                                      Verdict.accepted(new AffiliationPayload(ended, List.of()))));
            });
  }

  /** An organization says that all its links are declared, as of a day. */
  Future<AffiliationsConfirmPayload> confirm(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var organization = requireNonNull(input.id("organizationId", PartyResolver.PREFIX));
    var today = write.moment().day();
    var on = input.has("on") ? requireNonNull(input.date("on")) : today;
    return mutations.run(
        new Attempt<>("affiliationsConfirm", write, input, AffiliationsConfirmPayload::refused),
        transaction ->
            links
                .parties(transaction, write, organization)
                .compose(
                    parties -> {
                      if (parties.known() < 1) {
                        return Future.succeededFuture(
                            Verdict.rejected(InputError.notFound(input, "organizationId")));
                      }
                      if (!parties.allowed()) {
                        return Future.succeededFuture(
                            Verdict.rejected(forbidden(input, "organizationId")));
                      }
                      if (on.isAfter(today)) {
                        return Future.succeededFuture(
                            Verdict.rejected(
                                InputError.at(
                                    input,
                                    "on",
                                    UserErrorCode.INVALID,
                                    "Nobody knows it of a day to come. Name today, %s, or an earlier day."
                                        .formatted(today))));
                      }
                      return links
                          .declare(transaction, write, organization, on, parties.demonstration())
                          .compose(done -> links.checksDue(transaction, write, today, organization))
                          .compose(
                              due ->
                                  events.append(
                                      transaction,
                                      write,
                                      List.of(
                                          new NewEvent(
                                              EventType.AFFILIATION_CHANGED,
                                              Ids.write(PartyResolver.PREFIX, organization),
                                              null,
                                              organization,
                                              true,
                                              List.of("affiliationsDeclaredOn")))))
                          .map(
                              told ->
                                  Verdict.accepted(
                                      new AffiliationsConfirmPayload(organization, on, List.of())));
                    }));
  }

  private Future<Void> tell(
      SqlConnection transaction, Write write, Affiliation link, List<String> changed) {
    var subject = Ids.write(PartyResolver.AFFILIATION, link.id());
    return events.append(
        transaction,
        write,
        List.of(
            event(subject, link.organizationId(), changed),
            event(subject, link.affiliateId(), changed)));
  }

  private static NewEvent event(String subject, UUID organization, List<String> changed) {
    return new NewEvent(EventType.AFFILIATION_CHANGED, subject, null, organization, true, changed);
  }

  private static InputError forbidden(Arguments input, String member) {
    return InputError.at(
        input,
        member,
        UserErrorCode.FORBIDDEN,
        "Links are declared by one of the organizations, or by a data authority of a place where one of them has a role.");
  }

  private static Future<Verdict<AffiliationPayload>> rejected(UserError error) {
    return Future.succeededFuture(Verdict.rejected(error));
  }
}
