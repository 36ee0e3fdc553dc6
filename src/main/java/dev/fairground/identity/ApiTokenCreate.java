package dev.fairground.identity;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights.Membership;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutation {@code apiTokenCreate}. */
final class ApiTokenCreate {
  private static final int LONGEST_NAME = 100;

  record ApiTokenCreatePayload(
      @Nullable ApiToken apiToken, @Nullable String secretOnce, List<UserError> userErrors) {
    ApiTokenCreatePayload(List<UserError> userErrors) {
      this(null, null, userErrors);
    }
  }

  private final Mutations mutations;
  private final ApiTokenRepository tokens;
  private final EventLog events;
  private final IdentityLimits limits;

  ApiTokenCreate(
      Mutations mutations, ApiTokenRepository tokens, EventLog events, IdentityLimits limits) {
    this.mutations = mutations;
    this.tokens = tokens;
    this.events = events;
    this.limits = limits;
  }

  Future<ApiTokenCreatePayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var attempt =
        new Attempt<>("apiTokenCreate", write, input, errors -> new ApiTokenCreatePayload(errors));
    return mutations.once(
        attempt,
        transaction -> make(transaction, write, input),
        (transaction, made) ->
            tokens
                .findForUpdate(transaction, write.viewer(), Ids.uuid(made))
                .map(token -> again(token, input)));
  }

  private static ApiTokenCreatePayload again(@Nullable ApiToken token, Arguments input) {
    return token == null
        ? new ApiTokenCreatePayload(List.of(InputError.notFound(input, "organizationId")))
        : new ApiTokenCreatePayload(token, null, List.of());
  }

  private Future<Verdict<ApiTokenCreatePayload>> make(
      SqlConnection transaction, Write write, Arguments input) {
    var errors = new ArrayList<UserError>();
    var token = decide(write, input, limits, errors);
    if (token == null) {
      return Future.succeededFuture(Verdict.rejected(errors));
    }
    return tokens
        .countActive(transaction, token.organizationId(), token.createdAt())
        .compose(
            active -> {
              if (active == null) {
                return Future.succeededFuture(
                    Verdict.rejected(InputError.notFound(input, "organizationId")));
              }
              if (active >= limits.tokensPerOrganization()) {
                return Future.succeededFuture(Verdict.rejected(tooMany(input)));
              }
              return keep(transaction, write, input, token);
            });
  }

  private Future<Verdict<ApiTokenCreatePayload>> keep(
      SqlConnection transaction, Write write, Arguments input, ApiToken token) {
    var text = TokenText.make(token.id());
    var id = Ids.write(ApiToken.PREFIX, token.id());
    var secret = Boolean.TRUE.equals(input.bool("validateOnly")) ? null : text.text();
    return tokens
        .insert(transaction, token, text.digest(), write.actor())
        .compose(done -> events.append(transaction, write, List.of(changed(token, List.of()))))
        .map(done -> Verdict.accepted(new ApiTokenCreatePayload(token, secret, List.of()), id));
  }

  /** The event of a token; read by its organization. */
  static NewEvent changed(ApiToken token, List<String> fields) {
    return new NewEvent(
        EventType.TOKEN_CHANGED,
        Ids.write(ApiToken.PREFIX, token.id()),
        token.version(),
        token.organizationId(),
        false,
        fields);
  }

  /**
   * The token that is asked for, or null and everything that stands against it. Whether there is
   * the organization is not told to whom it is none of: who has no role there is refused first.
   */
  static @Nullable ApiToken decide(
      Write write, Arguments input, IdentityLimits limits, List<UserError> errors) {
    var organization = requireNonNull(input.id("organizationId", "org"));
    var role = role(write.viewer(), organization, input, errors);
    var name = requireNonNull(input.string("name")).strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      errors.add(
          InputError.at(
              input,
              "name",
              UserErrorCode.INVALID,
              "A name has 1 to 100 characters, not all spaces."));
    }
    var scopes = scopes(write.viewer(), organization, role, input, errors);
    var now = write.moment().now();
    var expires = expiry(now, input, limits, errors);
    if (role == null || !errors.isEmpty()) {
      return null;
    }
    return new ApiToken(
        UUID.randomUUID(),
        1,
        organization,
        role,
        name,
        scopes,
        write.actor().name(),
        now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
        expires.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
        null,
        null,
        false);
  }

  private static @Nullable Role role(
      Viewer viewer, UUID organization, Arguments input, List<UserError> errors) {
    var roles =
        viewer.may(Scope.TOKEN_MANAGE, organization)
            ? viewer.rights().memberships().stream()
                .filter(membership -> membership.organizationId().equals(organization))
                .map(Membership::role)
                .toList()
            : List.<Role>of();
    if (roles.isEmpty()) {
      errors.add(
          InputError.at(
              input,
              "organizationId",
              UserErrorCode.FORBIDDEN,
              "These credentials do not hold token:manage for this organization."));
      return null;
    }
    var asked = input.value("role", Role.class);
    if (asked == null && roles.size() == 1) {
      return roles.getFirst();
    }
    if (asked == null || !roles.contains(asked)) {
      errors.add(
          InputError.at(
              input,
              "role",
              asked == null ? UserErrorCode.REQUIRED : UserErrorCode.FORBIDDEN,
              "For this organization these credentials have the roles " + roles + "; name one."));
      return null;
    }
    return asked;
  }

  private static List<String> scopes(
      Viewer viewer,
      UUID organization,
      @Nullable Role role,
      Arguments input,
      List<UserError> errors) {
    var words = input.strings("scopes");
    if (words.isEmpty()) {
      errors.add(
          InputError.at(
              input, "scopes", UserErrorCode.REQUIRED, "A token needs at least one scope."));
    }
    var scopes = new java.util.TreeSet<Scope>();
    for (int i = 0; i < words.size(); i++) {
      var place = "scopes[" + i + "]";
      var scope = Scope.of(words.get(i));
      if (scope == null) {
        errors.add(
            InputError.at(
                input, place, UserErrorCode.INVALID, "There is no such scope; see viewer.scopes."));
      } else if (role != null
          && !(role.scopes().contains(scope) && viewer.may(scope, organization))) {
        errors.add(
            InputError.at(
                input,
                place,
                UserErrorCode.FORBIDDEN,
                "These credentials do not hold this scope for this organization in this role, and so"
                    + " cannot give it."));
      } else {
        scopes.add(scope);
      }
    }
    return scopes.stream().map(Scope::word).toList();
  }

  private static Instant expiry(
      Instant now, Arguments input, IdentityLimits limits, List<UserError> errors) {
    var expires = requireNonNull(input.instant("expiresAt"));
    if (!expires.isAfter(now) || expires.isAfter(now.plus(limits.tokenDays(), ChronoUnit.DAYS))) {
      errors.add(
          InputError.at(
              input,
              "expiresAt",
              UserErrorCode.INVALID,
              "It has to be ahead, and within %d days from now.".formatted(limits.tokenDays())));
    }
    return expires;
  }

  private UserError tooMany(Arguments input) {
    return InputError.at(
        input,
        "organizationId",
        UserErrorCode.QUOTA,
        "The organization has %d tokens, which is the most. End some that are not used."
            .formatted(limits.tokensPerOrganization()));
  }
}
