package dev.fairground.mutation;

import dev.fairground.mutation.Housekeeping.Chore;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Objects;

/** What was done under which key of which caller; written in the transaction of the change. */
final class IdempotencyKeys {
  /** How long a key is remembered. */
  static final Duration KEPT = Duration.ofDays(7);

  private final Database database;

  IdempotencyKeys(Database database) {
    this.database = database;
  }

  /** What a key stands for already. */
  sealed interface Earlier {
    /** Nothing, until now. */
    record None() implements Earlier {}

    /** The same change, which made this. */
    record Same(String made) implements Earlier {}

    /** Another change. */
    record Other(String mutation) implements Earlier {}
  }

  // Who comes second waits here until the first is committed, and then finds its row; who comes
  // after seven days takes the row over.
  private static final String TAKE =
      """
      -- takeIdempotencyKey
      insert into idempotency_key as k (caller, key, mutation, input_digest, created_at)
      values ($1, $2, $3, $4, $5)
      on conflict (caller, key) do update
         set mutation = case when k.created_at < $6 then excluded.mutation else k.mutation end,
             input_digest = case when k.created_at < $6 then excluded.input_digest else k.input_digest end,
             result = case when k.created_at < $6 then null else k.result end,
             created_at = case when k.created_at < $6 then excluded.created_at else k.created_at end
      returning mutation, input_digest, result
      """;

  Future<Earlier> take(SqlConnection transaction, Attempt<?> attempt) {
    var digest = digest(attempt);
    var now = now(attempt);
    return database
        .first(
            transaction,
            TAKE,
            Tuple.of(caller(attempt), key(attempt), attempt.name(), digest, now, now.minus(KEPT)),
            row ->
                !row.getString(0).equals(attempt.name()) || !row.getString(1).equals(digest)
                    ? new Earlier.Other(row.getString(0))
                    : row.getString(2) == null
                        ? new Earlier.None()
                        : new Earlier.Same(row.getString(2)))
        .map(Objects::requireNonNull);
  }

  private static final String MADE =
      """
      -- keepIdempotentResult
      update idempotency_key set result = $3 where caller = $1 and key = $2
      """;

  Future<Void> made(SqlConnection transaction, Attempt<?> attempt, String made) {
    return database
        .rows(transaction, MADE, Tuple.of(caller(attempt), key(attempt), made))
        .mapEmpty();
  }

  private static final String FORGET =
      """
      -- forgetIdempotencyKeys
      delete from idempotency_key
       where (caller, key) in (
         select caller, key
           from idempotency_key
          where created_at < $1
          order by created_at
          limit $2
            for update skip locked)
      """;

  /** Forgets keys that nobody is held to any more. */
  static final Chore CHORE = new Chore("idempotency keys", FORGET, KEPT);

  private static OffsetDateTime now(Attempt<?> attempt) {
    return attempt.write().moment().now().atOffset(ZoneOffset.UTC);
  }

  private static String caller(Attempt<?> attempt) {
    return attempt.write().actor().subject();
  }

  private static String key(Attempt<?> attempt) {
    var key = Objects.requireNonNull(attempt.input().string("idempotencyKey"));
    if (key.isEmpty() || key.length() > 255) {
      throw attempt.input().bad("idempotencyKey", "must have 1 to 255 characters");
    }
    return key;
  }

  private static String digest(Attempt<?> attempt) {
    try {
      var text = attempt.name() + '\n' + attempt.input().text();
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
