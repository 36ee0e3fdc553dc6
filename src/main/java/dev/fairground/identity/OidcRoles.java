package dev.fairground.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights.Membership;
import dev.fairground.kernel.Role;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the claim of an access token says that its bearer is: {@code operator@91110000…}, a role and
 * an organization's code or global id. What names no role or no organization here is left out, and
 * said in the log.
 */
final class OidcRoles {
  private static final Logger LOG = LoggerFactory.getLogger(OidcRoles.class);
  private static final int MOST = 200;

  private final Database database;
  private final String claim;

  OidcRoles(Database database, String claim) {
    this.database = database;
    this.claim = claim;
  }

  /** An entry of the claim, with the organization as it is named there. */
  private record Named(Role role, String organization) {}

  private static final String ORGANIZATIONS =
      """
      -- organizationsOfRoles
      select id, code
        from organization
       where code = any($1) or id = any($2)
      """;

  Future<List<Membership>> find(JWTClaimsSet claims) {
    var named = new ArrayList<Named>();
    var unknown = new ArrayList<String>();
    if (claims.getClaim(claim) instanceof Collection<?> entries) {
      entries.stream().limit(MOST).forEach(entry -> read(String.valueOf(entry), named, unknown));
    }
    if (named.isEmpty()) {
      tell(claims, unknown);
      return Future.succeededFuture(List.of());
    }
    var codes = named.stream().map(Named::organization).toArray(String[]::new);
    var ids =
        named.stream()
            .map(entry -> id(entry.organization))
            .filter(id -> id != null)
            .toArray(UUID[]::new);
    return database
        .list(
            new Reads(),
            ORGANIZATIONS,
            Tuple.of(codes, (Object) ids),
            row -> Map.entry(row.getUUID(0), row.getString(1)))
        .map(
            found -> {
              var memberships = memberships(found, named, unknown);
              tell(claims, unknown);
              return memberships;
            });
  }

  private static void read(String entry, List<Named> named, List<String> unknown) {
    var at = entry.indexOf('@');
    var role = at < 1 ? null : role(entry.substring(0, at));
    var organization = entry.substring(at + 1);
    if (role == null || organization.isBlank() || organization.indexOf('\0') >= 0) {
      unknown.add(entry);
    } else {
      named.add(new Named(role, organization));
    }
  }

  private static @Nullable Role role(String word) {
    var name = word.replace('-', '_').toUpperCase(Locale.ROOT);
    for (var role : Role.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    return null;
  }

  private static @Nullable UUID id(String organization) {
    try {
      return Ids.read("organization", organization, List.of(PartyResolver.PREFIX));
    } catch (BadInput code) {
      return null;
    }
  }

  private static List<Membership> memberships(
      List<Map.Entry<UUID, String>> found, List<Named> named, List<String> unknown) {
    var byName = new HashMap<String, UUID>();
    found.forEach(
        organization -> {
          byName.put(organization.getValue(), organization.getKey());
          byName.put(Ids.write(PartyResolver.PREFIX, organization.getKey()), organization.getKey());
        });
    var memberships = new ArrayList<Membership>();
    for (var entry : named) {
      var id = byName.get(entry.organization);
      if (id == null) {
        unknown.add(entry.role + "@" + entry.organization);
      } else {
        memberships.add(new Membership(id, entry.role));
      }
    }
    return List.copyOf(memberships);
  }

  private void tell(JWTClaimsSet claims, List<String> unknown) {
    if (!unknown.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("subject", claims.getSubject())
          .log("entries of {} that name no role or organization here: {}", claim, unknown);
    }
  }
}
