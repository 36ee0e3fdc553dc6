package dev.fairground.eligibility;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.eligibility.AskedProduct.Grant;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.ScopedScenario;
import dev.fairground.fairaccess.Related;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over what asks are about: products with their authorizations, scenarios, links. */
final class AskRepository {
  private AskRepository() {}

  private static final VersionedSql PRODUCTS =
      VersionedSql.of(
          3,
          """
          -- productsAskedFor
          select p.product_id, p.version, p.operator_id, p.kind, p.status, p.status_reason, p.purpose_class,
                 p.starts_on, p.ends_on, g.grant_id, g.number, g.state, g.mode, g.starts_on, g.ends_on, g.exits_on,
                 g.new_access_until, g.institution_id, g.jurisdiction_code,
                 (select jsonb_agg(jsonb_build_object('id', u.scenario_id, 'allowed', u.allowed, 'class', s.purpose_class,
                           'end', s.ends_on) order by u.scenario_id)
                    from product_scenario u
                    join scenario_version s on s.scenario_id = u.scenario_id and {s}
                   where u.product_id = p.product_id and u.operator_id = p.operator_id and {u}),
                 (select jsonb_agg(jsonb_build_object('id', a.scenario_id, 'allowed', a.allowed) order by a.scenario_id)
                    from authorized_scenario a
                   where a.grant_id = g.grant_id and {a}),
                 (select min(n.effective_on)
                    from access_policy n
                   where n.product_id = p.product_id and n.operator_id = p.operator_id
                     and n.effective_on > $2 and n.published_at <= $3),
                 exists (select 1
                           from affiliation_declaration d
                          where d.organization_id = p.operator_id and d.declared_on <= $2 and d.declared_at <= $3)
            from product_version p
            join authorization_grant_version g on g.grant_id = p.authorization_grant_id and {g}
           where p.product_id = any($1)
             and {p}
          """);

  /** Products of whatever status, with what they rest on. */
  static Future<List<AskedProduct>> products(Source source, Collection<UUID> ids) {
    return source.list(PRODUCTS, AskRepository::product, Rows.ids(ids), source.day(), source.at());
  }

  private static final VersionedSql SCENARIOS =
      VersionedSql.of(
          1,
          """
          -- scenariosAskedFor
          select s.scenario_id, s.purpose_class, s.ends_on
            from scenario_version s
           where s.scenario_id = any($1)
             and {s}
          """);

  static Future<List<AskedScenario>> scenarios(Source source, Collection<UUID> ids) {
    return source.list(
        SCENARIOS,
        row -> new AskedScenario(row.getUUID(0), row.getString(1), row.getLocalDate(2)),
        (Object) Rows.ids(ids));
  }

  // Links go both ways: who is linked with an applicant are those that it is linked with.
  private static final String LINKS =
      """
      -- linksOfApplicants
      select r.of_id, r.organization_id, r.direct, r.control, r.links
        from related_organizations_of($1, $3, '000000', $4) as r
       where r.organization_id = any($2)
      """;

  /** A link of an applicant with an operator. */
  record Link(UUID applicantId, UUID operatorId, Related related) {}

  static Future<List<Link>> links(
      Source source, Collection<UUID> applicants, Collection<UUID> operators) {
    var database = source.database();
    var arguments = Tuple.of(Rows.ids(applicants), Rows.ids(operators), source.day(), source.at());
    return source.either(
        tx -> database.list(tx, LINKS, arguments, AskRepository::link),
        reading -> database.list(reading.reads(), LINKS, arguments, AskRepository::link));
  }

  private static Link link(Row row) {
    var links = row.getArrayOfUUIDs(4);
    return new Link(
        row.getUUID(0),
        row.getUUID(1),
        new Related(
            row.getUUID(1),
            Rows.truth(row, 2),
            Rows.truth(row, 3),
            links == null
                ? List.of()
                : Arrays.stream(links).map(link -> Ids.write("aff", link)).toList()));
  }

  private static AskedProduct product(Row row) {
    return new AskedProduct(
        row.getUUID(0),
        Rows.number(row, 1),
        row.getUUID(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getLocalDate(7),
        row.getLocalDate(8),
        new Grant(
            row.getUUID(9),
            row.getString(10),
            row.getString(11),
            row.getString(12),
            row.getLocalDate(13),
            row.getLocalDate(14),
            row.getLocalDate(15),
            row.getLocalDate(16),
            row.getUUID(17),
            row.getString(18),
            objects(row, 20).stream()
                .map(one -> new ScopedScenario(scenario(one), one.getBoolean("allowed")))
                .toList()),
        objects(row, 19).stream()
            .map(
                one ->
                    new Scenario(
                        scenario(one),
                        one.getBoolean("allowed"),
                        one.getString("class"),
                        day(one.getString("end"))))
            .toList(),
        row.getLocalDate(21),
        Rows.truth(row, 22));
  }

  private static String scenario(JsonObject one) {
    return Ids.write(AuthorizationResolver.SCENARIO, UUID.fromString(one.getString("id")));
  }

  private static @Nullable LocalDate day(@Nullable String day) {
    return day == null ? null : LocalDate.parse(day);
  }

  private static List<JsonObject> objects(Row row, int column) {
    return row.getValue(column) instanceof JsonArray array
        ? array.stream().map(JsonObject.class::cast).toList()
        : List.of();
  }
}
