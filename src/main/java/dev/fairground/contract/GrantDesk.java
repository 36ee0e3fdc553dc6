package dev.fairground.contract;

import static java.util.Objects.requireNonNull;

import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.contract.GrantRepository.Locked;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all steps with one grant have in common: it is locked and read, the caller, the version and
 * the state are checked in this order, the step is decided, written as the next version, and told.
 */
final class GrantDesk {
  private final Mutations mutations;
  private final GrantRepository grants;
  private final GrantWriter writer;
  private final GrantNews news;
  private final Checks checks;

  GrantDesk(Database database) {
    this.mutations = Mutations.ofHiddenContent(database);
    this.grants = new GrantRepository(database);
    this.writer = new GrantWriter(database);
    this.news = new GrantNews(database);
    this.checks = new Checks(database);
  }

  /** A grant with which the step may be taken, and as what. */
  record Open(AccessGrant grant, Party party) {}

  /** Decides on a grant that is open for the step. */
  @FunctionalInterface
  interface Decision {
    /** The state as it is to be. */
    Future<Verdict<Stand>> of(SqlConnection transaction, Open open);
  }

  Future<AccessGrantPayload> change(
      String mutation, GrantAction action, Write write, Arguments input, Decision decision) {
    var id = requireNonNull(input.id("id", AccessGrant.PREFIX));
    return mutations.run(
        new Attempt<>(mutation, write, input, AccessGrantPayload::refused),
        transaction ->
            grants
                .findForUpdate(transaction, write, id)
                .compose(
                    found ->
                        switch (opened(action, write, input, found)) {
                          case Verdict.Rejected<Open> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                          case Verdict.Accepted<Open> accepted ->
                              decided(transaction, write, accepted.payload(), decision);
                        }));
  }

  private static Verdict<Open> opened(
      GrantAction action, Write write, Arguments input, @Nullable Locked found) {
    if (found == null) {
      return Verdict.rejected(InputError.notFound(input, "id"));
    }
    var grant = found.grant();
    var parties = GrantRules.parties(grant, write.viewer(), found.supervised());
    if (parties.stream().noneMatch(party -> GrantRules.isFor(action, party))) {
      return Verdict.rejected(
          InputError.at(
              input,
              "id",
              UserErrorCode.FORBIDDEN,
              "These credentials may read it, but not take this step with it."));
    }
    int expected = requireNonNull(input.integer("expectedVersion"));
    if (expected != grant.version()) {
      return Verdict.rejected(VersionConflictError.of(input, grant.version()));
    }
    var party = GrantRules.party(action, grant.stand(), parties, write.moment().day());
    return party == null
        ? Verdict.rejected(closed(action, write, input, grant, parties))
        : Verdict.accepted(new Open(grant, party));
  }

  private static StateTransitionError closed(
      GrantAction action, Write write, Arguments input, AccessGrant grant, Set<Party> parties) {
    var today = write.moment().day();
    return new StateTransitionError(
        GrantRules.refusal(action, grant.stand(), parties, today),
        input.path("id"),
        grant.state().name(),
        GrantRules.actions(grant.stand(), parties, today).stream().map(Enum::name).toList());
  }

  private Future<Verdict<AccessGrantPayload>> decided(
      SqlConnection transaction, Write write, Open open, Decision decision) {
    return decision
        .of(transaction, open)
        .compose(
            verdict ->
                switch (verdict) {
                  case Verdict.Rejected<Stand> rejected ->
                      Future.succeededFuture(Verdict.rejected(rejected.errors()));
                  case Verdict.Accepted<Stand> accepted ->
                      save(transaction, write, open.grant(), accepted.payload())
                          .map(
                              saved ->
                                  Verdict.accepted(
                                      new AccessGrantPayload(open.grant().id(), List.of()),
                                      open.grant().globalId()));
                });
  }

  private Future<Void> save(
      SqlConnection transaction, Write write, AccessGrant grant, Stand stand) {
    return writer
        .next(transaction, write, grant, stand)
        .compose(
            saved ->
                news.tell(
                    transaction,
                    write,
                    List.of(GrantNews.Told.of(grant, stand.version())),
                    changed(grant.stand(), stand)))
        .compose(
            told ->
                // That it is suspended or signed changes nothing that checks look at.
                grant.endsOn().equals(stand.endsOn()) && stand.state() != State.ENDED
                    ? Future.<Void>succeededFuture()
                    : checks
                        .ofAccessGrants(transaction, write, Cause.ACCESS_GRANT, List.of(grant.id()))
                        .mapEmpty());
  }

  /** The schema's fields that are other than before. */
  private static List<String> changed(Stand before, Stand after) {
    var fields = new ArrayList<String>();
    fields.add("version");
    if (before.state() != after.state()) {
      fields.add("state");
    }
    if (!before.endsOn().equals(after.endsOn())) {
      fields.add("endsOn");
    }
    if (!Objects.equals(before.endProposedBy(), after.endProposedBy())
        || !Objects.equals(before.endProposedOn(), after.endProposedOn())) {
      fields.add("endProposal");
    }
    if (before.state() == State.AWAITING_SIGNATURE && after.state() != State.ENDED) {
      fields.add("signatures");
    }
    return fields;
  }
}
