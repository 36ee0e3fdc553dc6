package dev.fairground.identity;

import dev.fairground.event.EventLog;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Rights.Membership;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.Mutations;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/identity.graphqls}. */
public final class IdentityResolver implements Feature {
  private static final int ERRORS_SHOWN = 20;
  private static final int MOST_ERRORS_SHOWN = 50;

  private final PartyResolver party;
  private final Listing<ApiToken> list;
  private final Loader<UUID, Loader.None, ApiToken> byId;
  private final Loader<String, Listing.Cut, Page<ApiToken>> ofCaller;
  private final Loader<UUID, Integer, List<TokenError>> errors;
  private final ApiTokenCreate create;
  private final ApiTokenRevoke revoke;

  /** The caller as the schema shows it. */
  record Caller(
      String name,
      String subject,
      List<Membership> memberships,
      List<String> scopes,
      @Nullable UUID tokenId) {}

  /**
   * @param ended is told of each token that was ended here
   */
  public IdentityResolver(
      Database database, PartyResolver party, IdentityLimits limits, Consumer<UUID> ended) {
    this.party = party;
    var tokens = new ApiTokenRepository(database);
    var mutations = Mutations.ofHiddenContent(database);
    var events = new EventLog(database);
    create = new ApiTokenCreate(mutations, tokens, events, limits);
    revoke = new ApiTokenRevoke(mutations, tokens, events, ended);
    byId = Loader.one("apiTokensById", tokens::findByIds, ApiToken::id);
    errors = Loader.many("errorsOfApiTokens", tokens::findErrors, TokenError::tokenId);
    list =
        Listing.hidden(
            database,
            ApiTokenRepository.LIST,
            (arguments, moment) -> filter(arguments.input("filter"), moment),
            arguments ->
                List.of(
                    Key.instant("t.created_at", true, ApiToken::createdAt),
                    Key.id("t.id", true, ApiToken::id)),
            ApiTokenRepository::visible);
    ofCaller = new Loader<>("apiTokensOfCaller", this::tokens);
  }

  private Future<Map<String, Page<ApiToken>>> tokens(
      Reading reading, Listing.Cut cut, java.util.Collection<String> callers) {
    return list.page(reading, cut.arguments()).map(page -> Map.of(callers.iterator().next(), page));
  }

  private static Clause filter(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var organization =
        Conditions.id("t.organization_id", filter.input("organization"), PartyResolver.PREFIX);
    var active = filter.bool("active");
    var now =
        Clause.of(
            "t.revoked_at is null and t.expires_at > ?",
            moment.now().atOffset(java.time.ZoneOffset.UTC));
    return Clause.all(organization, active == null ? Clause.TRUE : active ? now : now.not());
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type("Viewer", Caller.class)
        .loaded("token", byId, Caller::tokenId)
        .loaded("tokens", ofCaller, Caller::subject, list::cut);
    wiring.type(Membership.class).loaded("organization", party.byId(), Membership::organizationId);
    wiring
        .type(ApiToken.class)
        .identified(ApiToken.PREFIX, ApiToken::id, byId)
        .computed("prefix", token -> TokenText.begin(token.id()))
        .loaded("organization", party.byId(), ApiToken::organizationId)
        .loaded("recentErrors", errors, ApiToken::id, IdentityResolver::shown);
    wiring.type(TokenError.class);
    wiring.connection("ApiToken", list);
    wiring.type(ApiTokenCreate.ApiTokenCreatePayload.class);
    wiring.type(ApiTokenRevoke.ApiTokenRevokePayload.class);
    wiring
        .query()
        .answered(
            "viewer", (reading, arguments) -> Future.succeededFuture(caller(reading.viewer())));
    wiring.mutation().mutated("apiTokenCreate", create::run).mutated("apiTokenRevoke", revoke::run);
  }

  private static int shown(Arguments arguments) {
    var first = arguments.integer("first");
    if (first != null && (first < 0 || first > MOST_ERRORS_SHOWN)) {
      throw arguments.bad("first", "must be between 0 and 50, but is " + first);
    }
    return first == null ? ERRORS_SHOWN : first;
  }

  private static @Nullable Caller caller(Viewer viewer) {
    var actor = viewer.actor();
    if (actor == null) {
      return null;
    }
    return new Caller(
        actor.name(),
        actor.subject(),
        viewer.rights().memberships(),
        viewer.rights().held().stream().map(Scope::word).toList(),
        actor.tokenId());
  }

  /** The subject of a token: who its writes are told to be by. */
  static String subject(UUID tokenId) {
    return "token:" + Ids.write(ApiToken.PREFIX, tokenId);
  }
}
