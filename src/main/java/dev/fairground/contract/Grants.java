package dev.fairground.contract;

import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives access grants, within the transactions of the approvals that they follow from. */
public final class Grants {
  /** The rule that says within how many days both sides sign. */
  static final String SIGN = "accessSignDays";

  private final Database database;
  private final GrantRepository grants;
  private final GrantWriter writer;
  private final GrantNews news;
  private final Clocks clocks;
  private final Agreements agreements;
  private final GroundNews grounds;

  public Grants(Database database) {
    this.database = database;
    this.grants = new GrantRepository(database);
    this.writer = new GrantWriter(database);
    this.news = new GrantNews(database);
    this.clocks = new Clocks(database);
    this.agreements = new Agreements(database);
    this.grounds = new GroundNews(database, 1);
  }

  /**
   * Gives a grant, which then waits for both sides to sign; and tells its parties. The product and
   * the authorization stay as they are until the transaction ends: whoever suspends one at the same
   * time comes before, and nothing is given, or after.
   *
   * @return rejected with NOT_IN_FORCE where the product is not offered or the authorization takes
   *     no new grants today, with INVALID where the term is over or the product rests on another
   *     authorization now
   */
  public Future<Verdict<AccessGrant>> give(SqlConnection transaction, Write write, NewGrant grant) {
    var today = write.moment().day();
    return standing(transaction, grant)
        .compose(
            standing -> {
              var refused = refusal(grant, standing, today);
              return refused == null
                  ? given(transaction, write, grant, today).map(Verdict::accepted)
                  : Future.succeededFuture(Verdict.rejected(refused));
            });
  }

  private static final String AUTHORIZATION =
      """
      -- authorizationToGrantUnder
      select a.state, a.starts_on, a.ends_on, a.new_access_until
        from authorization_grant_version a
       where a.grant_id = $1 and a.valid_to = 'infinity'
         for share of a
      """;

  private static final String PRODUCT =
      """
      -- productToGrant
      select p.status, p.authorization_grant_id
        from product_version p
       where p.operator_id = $1 and p.product_id = $2 and p.valid_to = 'infinity'
         for share of p
      """;

  /**
   * What a new grant would rest on, as it is now.
   *
   * @param state null where there is no such authorization
   */
  private record Standing(
      @Nullable String state,
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      @Nullable LocalDate newAccessUntil,
      @Nullable String status,
      @Nullable UUID authorizationId) {}

  // The authorization first, as who suspends it with its products does.
  private Future<Standing> standing(SqlConnection transaction, NewGrant grant) {
    return held(transaction, AUTHORIZATION, Tuple.of(grant.authorizationId()))
        .compose(
            authorization ->
                held(transaction, PRODUCT, Tuple.of(grant.operatorId(), grant.productId()))
                    .map(
                        product ->
                            new Standing(
                                authorization == null ? null : authorization.getString(0),
                                authorization == null ? null : authorization.getLocalDate(1),
                                authorization == null ? null : authorization.getLocalDate(2),
                                authorization == null ? null : authorization.getLocalDate(3),
                                product == null ? null : product.getString(0),
                                product == null ? null : product.getUUID(1))));
  }

  // Nothing is found where a new version took the place of the one waited for: that one is read.
  private Future<@Nullable Row> held(SqlConnection transaction, String sql, Tuple arguments) {
    return database
        .first(transaction, sql, arguments, row -> row)
        .compose(
            row ->
                row == null
                    ? database.<Row>first(transaction, sql, arguments, again -> again)
                    : Future.<@Nullable Row>succeededFuture(row));
  }

  private static @Nullable InputError refusal(NewGrant grant, Standing standing, LocalDate today) {
    if (!"PUBLISHED".equals(standing.status())) {
      return error(
          UserErrorCode.NOT_IN_FORCE,
          "productOffered",
          "The product is not offered now: it is %s. Wait until it is, or give it up."
              .formatted(standing.status() == null ? "gone" : standing.status()));
    }
    if (!grant.authorizationId().equals(standing.authorizationId())) {
      return error(
          UserErrorCode.NOT_IN_FORCE,
          "authorizationInForce",
          "The product rests on another authorization now than the request. A new request is needed.");
    }
    var until = standing.newAccessUntil();
    // Who gave notice of its exit takes new access until the day that it named, as FA-02 reads it.
    if (!"ACTIVE".equals(standing.state()) && !"EXITING".equals(standing.state())
        || standing.startsOn() == null
        || today.isBefore(standing.startsOn())
        || standing.endsOn() == null
        || today.isAfter(standing.endsOn())
        || until != null && today.isAfter(until)) {
      return error(
          UserErrorCode.NOT_IN_FORCE,
          "authorizationInForce",
          "The authorization takes no new grants today: it is %s, or its days for new access are over. Grants that there are run off."
              .formatted(standing.state()));
    }
    if (grant.endsOn().isBefore(grant.startsOn()) || grant.endsOn().isBefore(today)) {
      return error(
          UserErrorCode.INVALID,
          "grantTerm",
          "A term from %s to %s is over, or ends before it starts. Name other days."
              .formatted(grant.startsOn(), grant.endsOn()));
    }
    return null;
  }

  private static InputError error(UserErrorCode code, String rule, String message) {
    return new InputError(code, message, List.of(), rule);
  }

  private Future<AccessGrant> given(
      SqlConnection transaction, Write write, NewGrant grant, LocalDate today) {
    var id = UUID.randomUUID();
    var number = GrantNumber.of(today, id);
    return clocks
        .start(
            transaction,
            write,
            new Clocks.Start(
                Ids.write(AccessGrant.PREFIX, id),
                SIGN,
                grant.jurisdictionCode(),
                grant.holderId(),
                grant.operatorId(),
                today))
        .compose(
            signBy ->
                agreements
                    .of(transaction, id, number, grant)
                    .compose(
                        agreement ->
                            writer.insert(transaction, write, agreement, number, grant, signBy)))
        .compose(done -> grounds.remember(transaction, grant))
        .compose(done -> grants.find(transaction, id))
        .map(Objects::requireNonNull)
        .compose(made -> news.tell(transaction, write, made, List.of()).map(made));
  }
}
