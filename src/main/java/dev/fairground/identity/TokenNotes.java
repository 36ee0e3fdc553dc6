package dev.fairground.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Fault;
import dev.fairground.graphql.Troubles;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.Housekeeping.Chore;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is noted of tokens while they are used: when, and which errors they caused. Gathered in
 * memory, within bounds, and written by {@link #flush}; no request waits for it, and none fails by
 * it. What a server has not written when it is killed is lost.
 */
final class TokenNotes implements Troubles {
  private static final Logger LOG = LoggerFactory.getLogger(TokenNotes.class);
  private static final Duration BETWEEN_USES = Duration.ofMinutes(1);
  private static final int MOST_TOKENS_WAITING = 10_000;
  private static final int MOST_ERRORS_WAITING = 5_000;
  private static final int LONGEST_MESSAGE = 1_000;

  private final Database database;
  private final InstantSource clock;
  private final int errorsOfEach;
  private final Cache<UUID, Instant> noted;
  private final Object lock = new Object();
  private Map<UUID, Instant> uses = new HashMap<>();
  private List<TokenError> errors = new ArrayList<>();
  private Map<UUID, Integer> waitingOfEach = new HashMap<>();

  TokenNotes(Database database, InstantSource clock, IdentityLimits limits) {
    this.database = database;
    this.clock = clock;
    this.errorsOfEach = limits.errors();
    this.noted =
        Caffeine.newBuilder().maximumSize(MOST_TOKENS_WAITING).executor(Runnable::run).build();
  }

  /** The token was used now. */
  void used(UUID token) {
    var now = clock.instant();
    var before = noted.getIfPresent(token);
    if (before != null && now.isBefore(before.plus(BETWEEN_USES))) {
      return;
    }
    noted.put(token, now);
    synchronized (lock) {
      if (uses.size() < MOST_TOKENS_WAITING) {
        uses.put(token, now);
      }
    }
  }

  @Override
  public void heard(
      Viewer viewer, String requestId, @Nullable String operation, List<Fault> faults) {
    var token = ApiTokenRepository.own(viewer);
    if (token == null) {
      return;
    }
    for (var fault : faults) {
      // Clients of persisted queries are told so in the course of things.
      if (fault.code() != ErrorCode.PERSISTED_QUERY_NOT_FOUND) {
        error(token, requestId, operation, fault.code(), fault.message());
      }
    }
  }

  /**
   * @param requestId null where the request was turned away before it had one
   */
  void error(
      UUID token,
      @Nullable String requestId,
      @Nullable String operation,
      ErrorCode code,
      String message) {
    var error =
        new TokenError(
            token,
            clock.instant().atOffset(ZoneOffset.UTC),
            requestId,
            operation == null ? null : cut(operation),
            code.name(),
            cut(message));
    synchronized (lock) {
      var waiting = waitingOfEach.getOrDefault(token, 0);
      if (waiting < errorsOfEach && errors.size() < MOST_ERRORS_WAITING) {
        errors.add(error);
        waitingOfEach.put(token, waiting + 1);
      }
    }
  }

  /** PostgreSQL keeps no zeros in texts; what a caller wrote may be in a message. */
  private static String cut(String text) {
    var kept = text.replace("\0", "");
    return kept.length() <= LONGEST_MESSAGE ? kept : kept.substring(0, LONGEST_MESSAGE - 1) + '…';
  }

  // Several servers note the same minute; the rows are locked in one order, so that they do not
  // wait for each other in a circle.
  private static final String USES =
      """
      -- noteUsesOfApiTokens
      update api_token t
         set last_used_at = used.at
        from (
          select k.id, u.at
            from api_token k
            join unnest($1::uuid[], $2::timestamptz[]) as u (id, at) on u.id = k.id
           where k.last_used_at is null or k.last_used_at < u.at - interval '59 seconds'
           order by k.id
             for update of k
        ) as used
       where t.id = used.id
      """;

  private static final String ERRORS =
      """
      -- noteErrorsOfApiTokens
      insert into api_token_error (token_id, occurred_at, id, request_id, operation_name, code, message)
      select e.token_id, e.at, e.id, e.request_id, e.operation_name, e.code, e.message
        from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
          as e (token_id, at, id, request_id, operation_name, code, message)
      """;

  private static final String TRIM =
      """
      -- trimErrorsOfApiTokens
      delete from api_token_error e
       using unnest($1::uuid[]) as asked (id)
       where e.token_id = asked.id
         and (e.occurred_at, e.id) < (
           select k.occurred_at, k.id
             from api_token_error k
            where k.token_id = asked.id
            order by k.occurred_at desc, k.id desc
           offset $2
            limit 1)
      """;

  private static final String FORGET_OLD =
      """
      -- forgetErrorsOfApiTokens
      delete from api_token_error
       where (token_id, occurred_at, id) in (
         select token_id, occurred_at, id
           from api_token_error
          where occurred_at < $1
          order by occurred_at
          limit $2
            for update skip locked)
      """;

  /** Forgets errors that nobody looks for any more. */
  static final Chore CHORE = new Chore("errors of tokens", FORGET_OLD, Duration.ofDays(90));

  /** Writes what was gathered. Never fails: what cannot be written is told in the log. */
  Future<Void> flush() {
    Map<UUID, Instant> used;
    List<TokenError> caused;
    synchronized (lock) {
      if (uses.isEmpty() && errors.isEmpty()) {
        return Future.succeededFuture();
      }
      used = uses;
      caused = errors;
      uses = new HashMap<>();
      errors = new ArrayList<>();
      waitingOfEach = new HashMap<>();
    }
    return database
        .inPrivateTransaction(
            transaction ->
                writeUses(transaction, used).compose(done -> writeErrors(transaction, caused)))
        .otherwise(
            failure -> {
              LOG.warn(
                  "uses of {} tokens and {} errors of tokens could not be noted: {}",
                  used.size(),
                  caused.size(),
                  failure.getMessage());
              return null;
            });
  }

  private Future<?> writeUses(SqlConnection transaction, Map<UUID, Instant> used) {
    if (used.isEmpty()) {
      return Future.succeededFuture();
    }
    var ids = used.keySet().toArray(UUID[]::new);
    var moments = new OffsetDateTime[ids.length];
    for (int i = 0; i < ids.length; i++) {
      moments[i] = used.getOrDefault(ids[i], Instant.EPOCH).atOffset(ZoneOffset.UTC);
    }
    return database.rows(transaction, USES, Tuple.of(ids, (Object) moments));
  }

  private Future<Void> writeErrors(SqlConnection transaction, List<TokenError> caused) {
    if (caused.isEmpty()) {
      return Future.succeededFuture();
    }
    var tokens = caused.stream().map(TokenError::tokenId).toArray(UUID[]::new);
    var arguments =
        Tuple.of(
            tokens,
            caused.stream().map(TokenError::at).toArray(OffsetDateTime[]::new),
            caused.stream().map(error -> UUID.randomUUID()).toArray(UUID[]::new),
            texts(caused, TokenError::requestId),
            texts(caused, TokenError::operationName),
            texts(caused, TokenError::code));
    arguments.addArrayOfString(texts(caused, TokenError::message));
    return database
        .rows(transaction, ERRORS, arguments)
        .compose(
            done ->
                database.rows(
                    transaction,
                    TRIM,
                    Tuple.of(
                        List.of(tokens).stream().distinct().toArray(UUID[]::new),
                        errorsOfEach - 1)))
        .mapEmpty();
  }

  private static @Nullable String[] texts(
      List<TokenError> errors, Function<TokenError, @Nullable String> text) {
    return errors.stream().map(text).toArray(String[]::new);
  }
}
