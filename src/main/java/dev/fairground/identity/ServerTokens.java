package dev.fairground.identity;

import dev.fairground.event.EventLog;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Tokens that the server makes by itself, for a demonstration. */
public final class ServerTokens {
  private static final Viewer.Actor SERVER =
      new Viewer.Actor("server:demonstration", "the server, for a demonstration", null);

  private final Database database;
  private final ApiTokenRepository tokens;
  private final EventLog events;
  private final InstantSource clock;

  public ServerTokens(Database database, InstantSource clock) {
    this.database = database;
    this.tokens = new ApiTokenRepository(database);
    this.events = new EventLog(database);
    this.clock = clock;
  }

  /**
   * Whether the text is a token that is accepted for all that the role may do, and will be for a
   * while. A role may do more since the server is a newer one.
   */
  public Future<Boolean> isInForce(String text, UUID organizationId, Role role, Duration ahead) {
    var token = TokenText.read(text);
    if (token == null) {
      return Future.succeededFuture(false);
    }
    return tokens
        .findForSignIn(token.id())
        .map(
            kept ->
                kept != null
                    && TokenText.same(kept.digest(), token.digest())
                    && kept.token().revokedAt() == null
                    && kept.token().organizationId().equals(organizationId)
                    && kept.token().role() == role
                    && kept.token().scopes().containsAll(words(role))
                    && kept.token().expiresAt().toInstant().isAfter(clock.instant().plus(ahead)));
  }

  /** Makes a token with all scopes of a role, and tells its text. */
  public Future<String> make(UUID organizationId, Role role, String name, Duration life) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var text = TokenText.make(UUID.randomUUID());
    var token =
        new ApiToken(
            text.id(),
            1,
            organizationId,
            role,
            name,
            words(role),
            SERVER.name(),
            now.atOffset(ZoneOffset.UTC),
            now.plus(life).atOffset(ZoneOffset.UTC),
            null,
            null,
            true);
    var write =
        new Write(new Viewer(SERVER.subject(), SERVER, Rights.NONE), Moment.present(now), "start");
    return database
        .inTransaction(
            transaction ->
                tokens
                    .insert(transaction, token, text.digest(), SERVER)
                    .compose(
                        done ->
                            events.append(
                                transaction,
                                write,
                                List.of(ApiTokenCreate.changed(token, List.of())))))
        .map(text.text());
  }

  private static List<String> words(Role role) {
    return role.scopes().stream().map(Scope::word).toList();
  }
}
