package dev.fairground.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.identity.ServerTokens;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tokens of the demonstration market, one for each role, in {@code demo-tokens.json}. Those of the
 * file are kept as long as the database knows them; others are made.
 */
public final class DemoTokens {
  static final String FILE = "demo-tokens.json";

  private static final Duration LIFE = Duration.ofDays(90);
  private static final Duration LEFT_AT_LEAST = Duration.ofDays(1);
  private static final List<Role> ROLES =
      List.of(
          Role.OPERATOR,
          Role.IMPLEMENTING_INSTITUTION,
          Role.DATA_AUTHORITY,
          Role.PRICE_AUTHORITY,
          Role.REGISTRAR,
          Role.DATA_SOURCE_UNIT,
          Role.DEVELOPER,
          Role.AUDITOR);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String NOTE =
      "For demonstration on your own machine only: whoever has one of these may do what its role may do."
          + " Send one as Authorization: Bearer <token>. Made again at the next start if this file is gone.";

  private final Database database;
  private final ServerTokens tokens;
  private final InstantSource clock;

  public DemoTokens(Database database, InstantSource clock) {
    this.database = database;
    this.tokens = new ServerTokens(database, clock);
    this.clock = clock;
  }

  /** A role of an organization of the demonstration market. */
  private record Part(Role role, UUID organizationId, String code, String name) {
    String key() {
      return role + "@" + code;
    }
  }

  /** A part with its token. */
  public record Told(Role role, String organization, String token) {}

  // Of Beijing, whose list is a real one, every role; and one more operator, from whom the first
  // one's drafts are hidden.
  private static final String PARTS =
      """
      -- demoParts
      select asked.role, o.id, o.code, v.name
        from unnest($1::text[], $2::text[]) with ordinality as asked (role, code, place)
        join organization o on o.code = asked.code
        join organization_version v on v.organization_id = o.id
       where v.valid_to = 'infinity'
         and v.demonstration
       order by asked.place
      """;

  private Future<List<Part>> parts() {
    var roles = new ArrayList<String>();
    var codes = new ArrayList<String>();
    for (var role : ROLES) {
      roles.add(role.name());
      codes.add("DEMO-" + role + "-BEIJING");
    }
    roles.add(1, Role.OPERATOR.name());
    codes.add(1, "DEMO-OPERATOR-GUIYANG");
    return database.list(
        new Reads(),
        PARTS,
        Tuple.of(roles.toArray(String[]::new), (Object) codes.toArray(String[]::new)),
        row ->
            new Part(
                Role.valueOf(row.getString(0)),
                row.getUUID(1),
                row.getString(2),
                row.getString(3)));
  }

  /**
   * Makes what is missing, and writes the file if something was. Nothing where there is no
   * demonstration market.
   *
   * @param directory where the file is
   */
  public Future<List<Told>> keep(Path directory) {
    var file = directory.resolve(FILE);
    var known = read(file);
    return parts()
        .compose(
            parts -> {
              Future<List<Told>> told = Future.succeededFuture(new ArrayList<>());
              for (var part : parts) {
                told = told.compose(before -> add(before, part, known));
              }
              return told.map(
                  all -> {
                    if (!all.isEmpty() && !same(all, known)) {
                      write(file, parts, all);
                    }
                    return List.copyOf(all);
                  });
            });
  }

  private Future<List<Told>> add(List<Told> before, Part part, Map<String, String> known) {
    var kept = known.getOrDefault(part.key(), "");
    return tokens
        .isInForce(kept, part.organizationId, part.role, LEFT_AT_LEAST)
        .compose(
            good ->
                good
                    ? Future.succeededFuture(kept)
                    : tokens.make(
                        part.organizationId, part.role, "demonstration: " + part.key(), LIFE))
        .map(
            token -> {
              before.add(new Told(part.role, part.code, token));
              return before;
            });
  }

  private static boolean same(List<Told> all, Map<String, String> known) {
    return all.size() == known.size()
        && all.stream()
            .allMatch(told -> told.token.equals(known.get(told.role + "@" + told.organization)));
  }

  /** The tokens of the file by role and organization; none of one that cannot be read. */
  private static Map<String, String> read(Path file) {
    var known = new HashMap<String, String>();
    try {
      JsonNode tokens = JSON.readTree(Files.readString(file)).path("tokens");
      tokens.forEach(
          entry ->
              known.put(
                  entry.path("role").asText()
                      + "@"
                      + entry.path("organization").path("code").asText(),
                  entry.path("token").asText()));
    } catch (IOException missingOrBroken) {
      known.clear();
    }
    return known;
  }

  private void write(Path file, List<Part> parts, List<Told> all) {
    var root = JSON.createObjectNode().put("note", NOTE);
    root.put("writtenAt", clock.instant().toString());
    var list = root.putArray("tokens");
    for (int i = 0; i < parts.size(); i++) {
      describe(list.addObject(), parts.get(i)).put("token", all.get(i).token);
    }
    try {
      Files.createDirectories(file.getParent());
      var fresh = file.resolveSibling(FILE + ".new");
      Files.deleteIfExists(fresh);
      // Others on the machine may not read it, not even while it is being written.
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(
          fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException("cannot write " + file, failure);
    }
  }

  private static ObjectNode describe(ObjectNode entry, Part part) {
    entry.put("role", part.role.name());
    entry
        .putObject("organization")
        .put("id", Ids.write(PartyResolver.PREFIX, part.organizationId))
        .put("code", part.code)
        .put("name", part.name);
    var scopes = entry.putArray("scopes");
    part.role.scopes().stream().map(Scope::word).forEach(scopes::add);
    return entry;
  }

  /** The tokens as lines for who looks at the console. */
  public static String text(List<Told> all, Path directory) {
    var text = new StringBuilder("\nTokens for demonstration, one for each role. Send one as");
    text.append(
            " Authorization: Bearer <token>.\nWhoever has one may do what its role may do: keep")
        .append(" them on this machine. They are in ")
        .append(directory.resolve(FILE))
        .append(" too.\n\n");
    for (var told : all) {
      text.append("  %-25s %-38s %s%n".formatted(told.role, told.organization, told.token));
    }
    return text.append('\n').toString();
  }
}
