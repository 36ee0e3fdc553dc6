package dev.fairground.check;

import dev.fairground.fairaccess.ProductFacts;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.InScope;
import dev.fairground.fairaccess.ProductFacts.ScopedScenario;
import dev.fairground.fairaccess.Related;
import dev.fairground.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL over what many products rest on, each read once: resources, authorizations, operators. */
final class SharedFacts {
  private SharedFacts() {}

  /** By their ids; {@code scope} by authorization and resource. */
  record Shared(
      Map<UUID, Resource> resources,
      Map<UUID, Grant> grants,
      Map<InGrant, InScope> scope,
      Map<OnDay, List<Related>> related) {

    /**
     * The links on any of the days, each as it was on its day: what was direct on one and control
     * on another was never both. Null where those of one day are not known.
     */
    @Nullable List<Related> relatedOn(List<OnDay> days) {
      var all = new LinkedHashSet<Related>();
      for (var day : days) {
        var found = related.get(day);
        if (found == null) {
          return null;
        }
        all.addAll(found);
      }
      return all.stream()
          .sorted(
              Comparator.comparing((Related one) -> one.organizationId().toString())
                  .thenComparing(one -> String.join(" ", one.links())))
          .toList();
    }
  }

  /** An organization on a day. */
  record OnDay(UUID organizationId, LocalDate day) {}

  /** A resource in an authorization. */
  record InGrant(UUID grantId, UUID resourceId) {}

  /** A resource with its data items: their names, and those that are sensitive. */
  record Resource(
      UUID id,
      String origin,
      @Nullable Boolean providerConsent,
      @Nullable String openness,
      @Nullable String grade,
      @Nullable Boolean personalInformation,
      @Nullable String topic,
      List<String> items,
      @Nullable List<String> sensitive,
      List<ProductFacts.Registration> registrations) {

    ProductFacts.Use use(@Nullable List<String> used) {
      var sensitiveUsed =
          used == null || sensitive == null
              ? sensitive
              : sensitive.stream().filter(used::contains).toList();
      return new ProductFacts.Use(
          Ids.write("res", id),
          used,
          items.isEmpty() ? null : items,
          origin,
          providerConsent,
          openness,
          grade,
          personalInformation,
          topic,
          sensitiveUsed,
          registrations);
    }
  }

  /**
   * An authorization without its resources.
   *
   * @param readAt the moment read, or that from which it stands so if that is later
   */
  record Grant(
      UUID id,
      String number,
      String state,
      String mode,
      String jurisdictionCode,
      UUID institutionId,
      OffsetDateTime readAt,
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      @Nullable String termReason,
      List<ScopedScenario> scenarios,
      List<Ceiling> ceilings) {

    ProductFacts.Grant withScope(@Nullable JsonArray uses, Shared shared) {
      var resources = new ArrayList<InScope>();
      Parts.each(
          uses,
          use -> {
            var scoped = shared.scope().get(new InGrant(id, Parts.uuid(use, "r")));
            if (scoped != null) {
              resources.add(scoped);
            }
          });
      return new ProductFacts.Grant(
          Ids.write("ag", id),
          number,
          state,
          mode,
          startsOn,
          endsOn,
          termReason,
          resources,
          scenarios);
    }
  }

  private static final FactSql RESOURCES =
      FactSql.of(
          """
          -- resourcesOfChecks
          select r.resource_id, r.origin, r.provider_consent, r.openness, r.grade, r.personal_information, r.topic,
                 array(select i.name from data_item i
                        where i.resource_id = r.resource_id and i.resource_version = r.version order by i.name),
                 array(select i.name from data_item i
                        where i.resource_id = r.resource_id and i.resource_version = r.version and i.sensitive
                        order by i.name),
                 exists (select 1 from data_item i
                          where i.resource_id = r.resource_id and i.resource_version = r.version
                            and i.sensitive is not null),
                 (select jsonb_agg(jsonb_build_object('id', g.registration_id, 'state', g.state, 'on', g.coded_on,
                           'until', g.valid_until, 'disputed', g.dispute_mark) order by g.coded_on, g.registration_id)
                    from registration_version g
                   where g.resource_id = r.resource_id and g.subject_kind = 'RESOURCE' and {g}),
                 $2::timestamptz, $3::date
            from data_resource_version r
           where r.resource_id = any($1) and {r}
          """);

  private static final FactSql GRANTS =
      FactSql.of(
          """
          -- authorizationsOfChecks
          select g.grant_id, g.number, g.state, g.mode, g.jurisdiction_code, g.institution_id, g.starts_on, g.ends_on,
                 g.term_reason,
                 (select jsonb_agg(jsonb_build_object('s', s.scenario_id, 'a', s.allowed) order by s.scenario_id)
                    from authorized_scenario s where s.grant_id = g.grant_id and {s}),
                 (select jsonb_agg(jsonb_build_object('id', c.id, 'class', c.item_class, 'scenario', c.scenario_id,
                           'unit', c.unit, 'text', c.unit_text, 'currency', c.currency, 'trial', c.trial,
                           'from', c.effective_on, 'to', c.ends_on, 'base', c.base_fee::text,
                           'period', c.base_fee_period, 'set', c.valid_from at time zone 'UTC',
                           'tiers', (select jsonb_agg(jsonb_build_array(t.from_quantity::text, t.unit_price::text)
                                             order by t.from_quantity)
                                       from price_ceiling_tier t
                                      where t.ceiling_id = c.id and t.ceiling_version = c.version),
                           'conversions', (select jsonb_agg(jsonb_build_object('unit', v.unit,
                                                    'text', nullif(v.unit_text, ''), 'factor', v.factor::text)
                                                    order by v.unit, v.unit_text)
                                             from price_ceiling_conversion v
                                            where v.ceiling_id = c.id and v.ceiling_version = c.version))
                           order by c.item_class, c.effective_on, c.id)
                    from price_ceiling c
                   where c.authorization_grant_id = g.grant_id and {c} and (c.ends_on is null or c.ends_on >= $3::date - 366)),
                 greatest(g.valid_from, $2)
            from authorization_grant_version g
           where g.grant_id = any($1) and {g}
          """);

  // The keys are pairs, so that a scope of thousands is not read for products that use a few of it.
  private static final FactSql SCOPE =
      FactSql.of(
          """
          -- scopesOfChecks
          select a.grant_id, a.resource_id, a.data_items, $2::timestamptz, $3::date
            from jsonb_to_recordset($1) as wanted (g uuid, r uuid)
            join authorized_resource a on a.grant_id = wanted.g and a.resource_id = wanted.r
           where {a}
          """);

  // Who said that its links are complete has known ones; that nobody is linked is known, too.
  private static final FactSql RELATED =
      FactSql.of(
          """
          -- linksOfChecks
          select o.id, o.day, r.organization_id, r.direct, r.control, r.links
            from jsonb_to_recordset($1) as o (id uuid, day date)
            join lateral (
              select 1 from affiliation_declaration d
               where d.organization_id = o.id and d.declared_on <= $3 and d.declared_at <= $2 limit 1) as declared on true
            left join lateral related_organizations(o.id, o.day, '000000', $2) as r on true
           order by o.id, o.day, r.organization_id
          """);

  static Future<Shared> find(
      FactSource source,
      Collection<InGrant> uses,
      Collection<UUID> grants,
      Collection<OnDay> operators) {
    var resources = uses.stream().map(InGrant::resourceId).collect(Collectors.toSet());
    var pairs = new JsonArray();
    uses.forEach(
        use ->
            pairs.add(
                new JsonObject()
                    .put("g", use.grantId().toString())
                    .put("r", use.resourceId().toString())));
    var ofResources = source.list(RESOURCES, resources, SharedFacts::resource);
    var ofGrants = source.list(GRANTS, grants, SharedFacts::grant);
    var scope =
        source.list(
            SCOPE,
            pairs,
            row ->
                Map.entry(
                    new InGrant(row.getUUID(0), row.getUUID(1)),
                    new InScope(Ids.write("res", row.getUUID(1)), sorted(row, 2))));
    var related = related(source, operators);
    return Future.all(ofResources, ofGrants, scope, related)
        .map(
            done -> {
              var byResource = new HashMap<UUID, Resource>();
              ofResources.result().forEach(one -> byResource.put(one.id(), one));
              var byGrant = new HashMap<UUID, Grant>();
              ofGrants.result().forEach(one -> byGrant.put(one.id(), one));
              var scopes = new HashMap<InGrant, InScope>();
              scope.result().forEach(one -> scopes.put(one.getKey(), one.getValue()));
              return new Shared(byResource, byGrant, scopes, related.result());
            });
  }

  /** Of those organizations that declared their links to be complete; others are missing. */
  static Future<Map<OnDay, List<Related>>> related(
      FactSource source, Collection<OnDay> organizations) {
    var wanted = new JsonArray();
    organizations.forEach(
        one ->
            wanted.add(
                new JsonObject()
                    .put("id", one.organizationId().toString())
                    .put("day", one.day().toString())));
    return source
        .list(RELATED, wanted, row -> row)
        .map(
            rows -> {
              var related = new HashMap<OnDay, List<Related>>();
              for (var row : rows) {
                var list =
                    related.computeIfAbsent(
                        new OnDay(row.getUUID(0), row.getLocalDate(1)),
                        unseen -> new ArrayList<>());
                if (row.getUUID(2) != null) {
                  list.add(related(row));
                }
              }
              return related;
            });
  }

  private static Related related(Row row) {
    var links = row.getArrayOfUUIDs(5);
    return new Related(
        row.getUUID(2),
        row.getBoolean(3),
        row.getBoolean(4),
        links == null
            ? List.of()
            : Arrays.stream(links).map(link -> Ids.write("aff", link)).toList());
  }

  private static @Nullable List<String> sorted(Row row, int column) {
    var array = row.getArrayOfStrings(column);
    return array == null ? null : Arrays.stream(array).sorted().toList();
  }

  private static Resource resource(Row row) {
    return new Resource(
        row.getUUID(0),
        Objects.requireNonNull(row.getString(1)),
        row.getBoolean(2),
        row.getString(3),
        row.getString(4),
        row.getBoolean(5),
        row.getString(6),
        List.of(row.getArrayOfStrings(7)),
        Boolean.TRUE.equals(row.getBoolean(9)) ? List.of(row.getArrayOfStrings(8)) : null,
        Parts.list((JsonArray) row.getValue(10), Parts::registration));
  }

  private static Grant grant(Row row) {
    return new Grant(
        row.getUUID(0),
        Objects.requireNonNull(row.getString(1)),
        Objects.requireNonNull(row.getString(2)),
        Objects.requireNonNull(row.getString(3)),
        Objects.requireNonNull(row.getString(4)),
        row.getUUID(5),
        row.getOffsetDateTime(11),
        row.getLocalDate(6),
        row.getLocalDate(7),
        row.getString(8),
        Parts.list(
            (JsonArray) row.getValue(9),
            one -> new ScopedScenario(Parts.id("sce", one, "s"), one.getBoolean("a"))),
        Parts.list((JsonArray) row.getValue(10), SharedFacts::ceiling));
  }

  private static Ceiling ceiling(JsonObject one) {
    return new Ceiling(
        Parts.id("pc", one, "id"),
        Parts.instant(one, "set"),
        one.getString("class"),
        one.getString("scenario") == null ? null : Parts.id("sce", one, "scenario"),
        one.getString("unit"),
        one.getString("text"),
        one.getString("currency"),
        one.getBoolean("trial"),
        LocalDate.parse(one.getString("from")),
        Parts.day(one, "to"),
        Parts.number(one, "base"),
        one.getString("period"),
        Parts.tiers(one.getJsonArray("tiers")),
        Parts.list(
            one.getJsonArray("conversions"),
            unit ->
                new ProductFacts.Conversion(
                    unit.getString("unit"),
                    unit.getString("text"),
                    Objects.requireNonNull(Parts.number(unit, "factor")))));
  }
}
