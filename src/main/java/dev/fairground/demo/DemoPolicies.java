package dev.fairground.demo;

import static java.util.Objects.requireNonNull;

import dev.fairground.kernel.Moment;
import dev.fairground.policy.PastPolicies;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The made-up access policies of {@code demo/policies.json}, by what products are for. */
final class DemoPolicies {
  private static final String FILE = "/demo/policies.json";
  private static final String SOURCE = "made up";

  private final Database database;
  private final PastPolicies past;

  DemoPolicies(Database database) {
    this.database = database;
    this.past = new PastPolicies(database);
  }

  // A market that was filled by an earlier version gets them too, but for products whose operators
  // published some and if nobody asked for access yet.
  private static final String PRODUCTS =
      """
      -- demoProductsWithoutPolicy
      select p.id, p.created_at,
             case when not v.demonstration and v.purpose_class <> 'INDUSTRY' then 'public'
                  when v.demonstration then 'open'
                  when v.field = '医疗健康' then 'health'
                  when v.field = '金融服务' then 'finance'
                  when v.field = '教育教学' then 'education'
                  else 'open' end
        from product p
        join organization o on o.id = p.operator_id and o.code like 'DEMO-OPERATOR-%'
        join product_version v on v.operator_id = p.operator_id and v.product_id = p.id and v.valid_to = 'infinity'
       where v.status <> 'DELISTED'
         and (v.demonstration or v.source like '%beijing-data-map%')
         and not exists (select 1 from access_policy a where a.product_id = p.id)
         and not exists (select 1 from access_request)
       order by p.id
      """;

  /** A product with its kind of policy, and when it came. */
  private record Of(UUID id, Instant came, String kind) {}

  /** Which products get the same versions at the same moment. */
  private record Group(String kind, Instant came) {}

  /** What fills the market, once its file is read. */
  Function<SqlConnection, Future<Void>> prepared() throws IOException {
    var kinds = kinds();
    return transaction -> fill(transaction, kinds);
  }

  private Future<Void> fill(SqlConnection transaction, JsonObject kinds) {
    return database
        .list(
            transaction,
            PRODUCTS,
            Tuple.tuple(),
            row -> new Of(row.getUUID(0), row.getOffsetDateTime(1).toInstant(), row.getString(2)))
        .compose(
            products -> {
              Map<Group, List<UUID>> groups =
                  products.stream()
                      .collect(
                          Collectors.groupingBy(
                              product -> new Group(product.kind(), product.came()),
                              () ->
                                  new TreeMap<>(
                                      Comparator.comparing(Group::kind).thenComparing(Group::came)),
                              Collectors.mapping(Of::id, Collectors.toList())));
              Future<Void> done = Future.succeededFuture();
              for (var group : groups.entrySet()) {
                var versions = requireNonNull(kinds.getJsonArray(group.getKey().kind()));
                for (int i = 0; i < versions.size(); i++) {
                  var version = versions.getJsonObject(i);
                  done =
                      done.compose(
                          next -> publish(transaction, group.getKey(), version, group.getValue()));
                }
              }
              return done;
            });
  }

  private Future<Void> publish(
      SqlConnection transaction, Group group, JsonObject version, List<UUID> products) {
    var said = instant(version.getString("publishedAt"));
    var at = said == null ? group.came() : said;
    var day = version.getString("effectiveOn");
    return past.publish(
        transaction,
        at,
        day == null ? LocalDate.ofInstant(at, Moment.ZONE) : LocalDate.parse(day),
        version,
        SOURCE,
        products);
  }

  private static @Nullable Instant instant(@Nullable String written) {
    return written == null ? null : Instant.parse(written);
  }

  private static JsonObject kinds() throws IOException {
    try (var in = requireNonNull(DemoPolicies.class.getResourceAsStream(FILE), FILE)) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
