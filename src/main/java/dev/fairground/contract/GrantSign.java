package dev.fairground.contract;

import static java.util.Objects.requireNonNull;

import dev.fairground.clock.Clocks;
import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.contract.AccessGrant.Step;
import dev.fairground.contract.GrantDesk.Open;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The mutation {@code accessGrantSign}: a side puts its name to the agreement as it read it. What
 * is signed is named by its digest, so that nobody signs what it has not seen.
 */
final class GrantSign {
  private final Database database;
  private final GrantDesk desk;
  private final Agreements agreements;
  private final Clocks clocks;

  GrantSign(Database database, GrantDesk desk) {
    this.database = database;
    this.desk = desk;
    this.agreements = new Agreements(database);
    this.clocks = new Clocks(database);
  }

  Future<AccessGrantPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var errors = new ArrayList<UserError>();
    var number = Words.text(input, "agreementNumber", 128, errors);
    var signatory = Words.text(input, "signatory", 200, errors);
    var digest = requireNonNull(input.string("agreementDigest"));
    return desk.change(
        "accessGrantSign",
        GrantAction.SIGN,
        write,
        input,
        (transaction, open) ->
            agreements
                .of(transaction, open.grant().id())
                .compose(
                    agreement -> {
                      if (!agreement.digest().equals(digest)) {
                        errors.add(
                            Words.against(
                                input,
                                "agreementDigest",
                                "agreementDigest",
                                "This is not what is to be signed. Read odrl and agreementDigest of the grant again."));
                      }
                      return errors.isEmpty()
                          ? signed(transaction, write, open, digest, number, signatory)
                          : Future.succeededFuture(Verdict.rejected(errors));
                    }));
  }

  private static final String SIGN =
      """
      -- signAccessGrant
      insert into access_grant_signature (operator_id, grant_id, side, agreement_digest, agreement_number, signatory,
             signed_on, signed_at, signed_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  private Future<Verdict<Stand>> signed(
      SqlConnection transaction,
      Write write,
      Open open,
      String digest,
      @Nullable String number,
      @Nullable String signatory) {
    var grant = open.grant();
    var today = write.moment().day();
    var stand =
        new StandCopy(grant.stand(), Step.SIGNED, open.party(), null)
            .signed(open.party(), today)
            .made();
    return database
        .rows(
            transaction,
            SIGN,
            Tuple.of(grant.operatorId(), grant.id(), open.party().name(), digest)
                .addValue(number == null ? grant.number() : number)
                .addValue(signatory)
                .addValue(today)
                .addValue(GrantWriter.now(write))
                .addValue(write.actor().name()))
        .compose(
            done ->
                stand.state() == State.ACTIVE
                    ? clocks.meet(transaction, write, grant.globalId(), Grants.SIGN)
                    : waits(transaction, write, grant, open.party()))
        .map(done -> Verdict.accepted(stand));
  }

  /** Once its holder has signed it is the operator that has to act, until the same day. */
  private Future<Void> waits(
      SqlConnection transaction, Write write, AccessGrant grant, Party signed) {
    if (signed != Party.HOLDER || grant.stand().signBy() == null) {
      return Future.succeededFuture();
    }
    return clocks
        .meet(transaction, write, grant.globalId(), Grants.SIGN)
        .compose(
            met ->
                clocks.start(
                    transaction,
                    write,
                    new Clocks.Start(
                        grant.globalId(),
                        Grants.SIGN,
                        grant.jurisdictionCode(),
                        grant.operatorId(),
                        grant.holderId(),
                        LocalDate.ofInstant(grant.createdAt().toInstant(), Moment.ZONE))))
        .mapEmpty();
  }
}
