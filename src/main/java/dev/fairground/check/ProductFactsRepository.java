package dev.fairground.check;

import dev.fairground.check.SharedFacts.Shared;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * SQL that gathers the facts of many products at once: what each has for itself by one statement,
 * and what they share (resources, authorizations, links of operators) by one for each kind.
 */
final class ProductFactsRepository {
  private ProductFactsRepository() {}

  // Published products.
  private static final String LISTED =
      """
      -- factsOfProducts
      with p as materialized (
        select v.product_id, v.product_id as source_id, v.version, v.operator_id, v.kind, v.form, v.tier,
               v.purpose_class, v.grade, v.personal_information, v.deliveries, v.starts_on, v.ends_on,
               v.authorization_grant_id, greatest(v.valid_from, $2) as read_at,
               (v.valid_from at time zone 'Asia/Shanghai')::date as made_on
          from product_version v
         where v.product_id = any($1) and {v}
      ), used as materialized (
        select u.product_id as source_id, jsonb_agg(jsonb_build_object('r', u.resource_id, 'i', u.data_items)
                 order by u.resource_id) as list
          from product_resource u
         where u.product_id = any($1) and {u}
         group by u.product_id
      ), offered as materialized (
        select u.product_id as source_id, jsonb_agg(jsonb_build_object('s', u.scenario_id, 'a', u.allowed,
                 'c', s.purpose_class) order by u.scenario_id) as list
          from product_scenario u
          join scenario_version s on s.scenario_id = u.scenario_id and {s}
         where u.product_id = any($1) and {u}
         group by u.product_id
      )
      """;

  // Drafts, as they would be published.
  private static final String DRAFTED =
      """
      -- factsOfDrafts
      with d as materialized (
        select d.id, d.operator_id, d.product_id, d.kind, d.content, d.authorization_grant_id
          from product_draft d
         where d.id = any($1)
      ), p as materialized (
        select d.product_id, d.id as source_id, coalesce(v.version, 0) + 1 as version, d.operator_id, d.kind,
               coalesce(d.content ->> 'form', 'OTHER') as form, coalesce(d.content ->> 'tier', 'BASE') as tier,
               coalesce(d.content ->> 'purposeClass', 'INDUSTRY') as purpose_class, d.content ->> 'grade' as grade,
               (d.content ->> 'personalInformation')::boolean as personal_information,
               array(select jsonb_array_elements_text(d.content -> 'deliveries')) as deliveries,
               (d.content ->> 'startsOn')::date as starts_on, (d.content ->> 'endsOn')::date as ends_on,
               d.authorization_grant_id, $2::timestamptz as read_at, $3::date as made_on
          from d
          left join product_version v
            on v.operator_id = d.operator_id and v.product_id = d.product_id and {v}
      ), used as materialized (
        select d.id as source_id, jsonb_agg(jsonb_build_object('r', substr(u ->> 'resource', 5)::uuid,
                 'i', u -> 'dataItems') order by substr(u ->> 'resource', 5)::uuid) as list
          from d
         cross join lateral jsonb_array_elements(d.content -> 'resources') as u
         group by d.id
      ), offered as materialized (
        select d.id as source_id, jsonb_agg(jsonb_build_object('s', s.scenario_id, 'a', (u ->> 'allowed')::boolean,
                 'c', s.purpose_class) order by s.scenario_id) as list
          from d
         cross join lateral jsonb_array_elements(d.content -> 'scenarios') as u
          join scenario_version s on s.scenario_id = substr(u ->> 'scenario', 5)::uuid and {s}
         group by d.id
      )
      """;

  private static final String FACTS =
      """
      select p.source_id, p.product_id, p.version, p.operator_id, p.kind, p.form, p.tier, p.purpose_class, p.grade,
             p.personal_information, p.deliveries, p.starts_on, p.ends_on, p.authorization_grant_id, p.read_at,
             used.list, offered.list, priced.list, registered.list, declared.list, bundled.list, delivered.on_day,
             p.made_on, applied.on_day
        from p
        left join used on used.source_id = p.source_id
        left join offered on offered.source_id = p.source_id
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', t.id, 'item', t.item, 'class', t.item_class, 'unit', t.unit,
                   'text', t.unit_text, 'currency', t.currency, 'base', t.base_fee::text, 'period', t.base_fee_period,
                   'purposes', t.purpose_classes, 'free', t.free_of_charge, 'trial', t.trial,
                   'from', t.effective_on, 'to', t.ends_on, 'set', t.valid_from at time zone 'UTC',
                   'tiers', (select jsonb_agg(jsonb_build_array(r.from_quantity::text, r.unit_price::text)
                                     order by r.from_quantity)
                               from tariff_tier r
                              where r.tariff_id = t.id and r.tariff_version = t.version))
                   order by t.position, t.effective_on, t.id) as list
            from tariff t
           where t.product_id = p.product_id and {t} and (t.ends_on is null or t.ends_on >= $3)) as priced on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', g.registration_id, 'state', g.state, 'on', g.coded_on,
                   'until', g.valid_until, 'disputed', g.dispute_mark) order by g.coded_on, g.registration_id) as list
            from registration_version g
           where g.product_id = p.product_id and {g}) as registered on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'text', c.text, 'evidence', c.evidence,
                   'developer', c.developer_id, 'base', c.base_product_id, 'baseOperator', b.operator_id,
                   'baseOn', b.delivered_on, 'baseKind', b.kind) order by c.declared_on, c.id) as list
            from product_declaration c
            left join lateral (
              select b.operator_id, b.kind,
                     (select f.delivered_on from product_first_delivery f
                       where f.product_id = b.id and f.reported_at <= $2) as delivered_on
                from product b
               where b.id = c.base_product_id
               limit 1) as b on true
           where c.product_id = p.product_id and {c} and c.state = 'DECLARED') as declared on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', b.id, 'price', b.price::text, 'currency', b.currency,
                   'members', (select jsonb_agg(jsonb_build_object('p', o.product_id, 'kind', v.kind,
                                        'listed', v.status = 'PUBLISHED' and alone.prices > 0, 'alone', alone.price::text)
                                        order by o.position, o.product_id)
                                 from product_bundle_member o
                                 left join product_version v
                                   on v.operator_id = o.operator_id and v.product_id = o.product_id and {v}
                                 left join lateral (
                                   select count(*) as prices,
                                          min(r.unit_price) filter (where a.unit = b.unit and a.currency = b.currency) as price
                                     from tariff a
                                     join tariff_tier r on r.tariff_id = a.id and r.tariff_version = a.version
                                    where a.product_id = o.product_id and {a} and a.effective_on <= $3
                                      and (a.ends_on is null or a.ends_on >= $3)
                                      and r.from_quantity = (
                                            select min(q.from_quantity) from tariff_tier q
                                             where q.tariff_id = a.id and q.tariff_version = a.version)) as alone on true
                                where o.operator_id = b.operator_id and o.bundle_id = b.id
                                  and o.bundle_version = b.version),
                   'conditions', (select jsonb_agg(jsonb_build_array(n.text, n.technical_need) order by n.position)
                                    from product_bundle_condition n
                                   where n.operator_id = b.operator_id and n.bundle_id = b.id
                                     and n.bundle_version = b.version)) order by b.id) as list
            from product_bundle_member m
            join product_bundle b
              on b.operator_id = m.operator_id and b.id = m.bundle_id and b.version = m.bundle_version and {b}
           where m.product_id = p.product_id and (b.ends_on is null or b.ends_on >= $3)) as bundled on true
        left join lateral (
          select f.delivered_on as on_day
            from product_first_delivery f
           where f.operator_id = p.operator_id and f.product_id = p.product_id and f.reported_at <= $2) as delivered on true
        left join lateral (
          select min((a.submitted_at at time zone 'Asia/Shanghai')::date) as on_day
            from registration_application a
           where a.product_id = p.product_id and a.kind = 'FIRST' and a.submitted_at <= $2
             and (a.state in ('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED', 'IN_PUBLICITY', 'OBJECTED')
                  or a.updated_at > $2)) as applied on true
      """;

  private static final FactSql OF_LISTED = FactSql.of(LISTED + FACTS);
  private static final FactSql OF_DRAFTED = FactSql.of(DRAFTED + FACTS);

  /**
   * What a product has for itself.
   *
   * @param sourceId the product's id, or that of its draft
   */
  record Own(
      UUID sourceId,
      UUID productId,
      int version,
      UUID operatorId,
      String kind,
      Row row,
      UUID grantId,
      @Nullable JsonArray uses) {

    static Own of(Row row) {
      return new Own(
          row.getUUID(0),
          row.getUUID(1),
          row.getInteger(2),
          row.getUUID(3),
          row.getString(4),
          row,
          row.getUUID(13),
          (JsonArray) row.getValue(15));
    }

    String globalId() {
      return Parts.productId(kind, productId);
    }

    /** On which days the links of its base's operator count: of delivery and of redevelopment. */
    List<SharedFacts.OnDay> baseDays() {
      var lineage = lineage((JsonArray) row.getValue(19));
      var days = new ArrayList<SharedFacts.OnDay>();
      if (lineage != null && lineage.getString("baseOperator") != null) {
        var operator = Parts.uuid(lineage, "baseOperator");
        var delivered = Parts.day(lineage, "baseOn");
        days.add(new SharedFacts.OnDay(operator, Objects.requireNonNull(row.getLocalDate(22))));
        if (delivered != null) {
          days.add(new SharedFacts.OnDay(operator, delivered));
        }
      }
      return days;
    }
  }

  /** Of published products. */
  static Future<List<Gathered<ProductFacts>>> ofListed(
      FactSource source, Collection<UUID> products) {
    return of(source, OF_LISTED, products).map(found -> found.stream().map(Of::gathered).toList());
  }

  /** The facts of a draft. */
  record Of(UUID sourceId, Gathered<ProductFacts> gathered) {}

  /** Of drafts that name an authorization, by the drafts' ids. */
  static Future<List<Of>> ofDrafts(FactSource source, Collection<UUID> drafts) {
    return of(source, OF_DRAFTED, drafts);
  }

  private static Future<List<Of>> of(FactSource source, FactSql sql, Collection<UUID> keys) {
    return source
        .list(sql, keys, Own::of)
        .compose(
            owns -> {
              var used = new LinkedHashSet<SharedFacts.InGrant>();
              var grants = new LinkedHashSet<UUID>();
              var operators = new LinkedHashSet<SharedFacts.OnDay>();
              for (var own : owns) {
                if (own.grantId() != null) {
                  grants.add(own.grantId());
                }
                operators.addAll(own.baseDays());
                if (own.grantId() != null) {
                  Parts.each(
                      own.uses(),
                      use ->
                          used.add(new SharedFacts.InGrant(own.grantId(), Parts.uuid(use, "r"))));
                }
              }
              return SharedFacts.find(source, used, grants, operators)
                  .compose(
                      shared -> Aside.run(source.database(), owns.size(), () -> all(owns, shared)));
            });
  }

  private static List<Of> all(List<Own> owns, Shared shared) {
    var all = new ArrayList<Of>(owns.size());
    for (var own : owns) {
      var grant = own.grantId() == null ? null : shared.grants().get(own.grantId());
      if (grant != null) {
        all.add(new Of(own.sourceId(), gathered(own, grant, shared)));
      }
    }
    return all;
  }

  private static Gathered<ProductFacts> gathered(Own own, SharedFacts.Grant grant, Shared shared) {
    var row = own.row();
    var declared = (JsonArray) row.getValue(19);
    var lineage = lineage(declared);
    var uses = own.uses() == null ? null : uses(own.uses(), shared);
    var facts =
        new ProductFacts(
            own.globalId(),
            own.version(),
            own.operatorId(),
            grant.jurisdictionCode(),
            own.kind(),
            Objects.requireNonNull(row.getString(5)),
            Objects.requireNonNull(row.getString(6)),
            Objects.requireNonNull(row.getString(7)),
            row.getString(8),
            row.getBoolean(9),
            List.of(row.getArrayOfStrings(10)),
            row.getLocalDate(11),
            row.getLocalDate(12),
            row.getLocalDate(21),
            row.getLocalDate(23),
            grant.withScope(own.uses(), shared),
            uses,
            Parts.list(
                (JsonArray) row.getValue(16),
                one ->
                    new ProductFacts.Scenario(
                        Parts.id("sce", one, "s"), one.getBoolean("a"), one.getString("c"), null)),
            Parts.list((JsonArray) row.getValue(17), ProductFactsRepository::price),
            grant.ceilings(),
            Parts.list((JsonArray) row.getValue(18), Parts::registration),
            declarations(declared),
            lineage == null ? null : Parts.uuidOrNull(lineage, "developer"),
            base(lineage, own, shared),
            Parts.list((JsonArray) row.getValue(20), ProductFactsRepository::bundle));
    return new Gathered<>(
        new Subject(
            Check.Subject.PRODUCT,
            own.productId(),
            own.globalId(),
            own.version(),
            own.operatorId(),
            grant.institutionId(),
            grant.jurisdictionCode(),
            readAt(facts, Objects.requireNonNull(row.getOffsetDateTime(14)), grant)),
        facts);
  }

  /**
   * What was written in the transaction may be dated a little later than the moment of its change:
   * the facts stand so from the latest of what was read.
   */
  private static OffsetDateTime readAt(
      ProductFacts facts, OffsetDateTime read, SharedFacts.Grant grant) {
    var latest = read.toInstant();
    var prices = facts.prices() == null ? List.<ProductFacts.Price>of() : facts.prices();
    for (var set :
        Stream.of(
                Stream.of(grant.readAt().toInstant()),
                prices.stream().map(ProductFacts.Price::setAt),
                facts.ceilings().stream().map(ProductFacts.Ceiling::setAt))
            .flatMap(Function.identity())
            .toList()) {
      latest = set.isAfter(latest) ? set : latest;
    }
    return latest.atOffset(ZoneOffset.UTC);
  }

  private static List<ProductFacts.Use> uses(JsonArray uses, Shared shared) {
    var list = new ArrayList<ProductFacts.Use>(uses.size());
    Parts.each(
        uses,
        use -> {
          var items = Parts.strings(use.getJsonArray("i"));
          var resource = shared.resources().get(Parts.uuid(use, "r"));
          if (resource != null) {
            list.add(resource.use(items));
          }
        });
    return list;
  }

  private static ProductFacts.Price price(JsonObject one) {
    return new ProductFacts.Price(
        Parts.id("tar", one, "id"),
        Parts.instant(one, "set"),
        one.getString("item"),
        one.getString("class"),
        one.getString("unit"),
        one.getString("text"),
        one.getString("currency"),
        Parts.number(one, "base"),
        one.getString("period"),
        Objects.requireNonNull(Parts.strings(one.getJsonArray("purposes"))),
        one.getBoolean("free"),
        one.getBoolean("trial"),
        LocalDate.parse(one.getString("from")),
        Parts.day(one, "to"),
        Parts.tiers(one.getJsonArray("tiers")));
  }

  private static @Nullable JsonObject lineage(@Nullable JsonArray declared) {
    return declared == null
        ? null
        : declared.stream()
            .map(JsonObject.class::cast)
            .filter(one -> "LINEAGE".equals(one.getString("kind")))
            .findFirst()
            .orElse(null);
  }

  private static ProductFacts.@Nullable Base base(
      @Nullable JsonObject lineage, Own own, Shared shared) {
    if (lineage == null
        || lineage.getString("base") == null
        || lineage.getString("baseOperator") == null) {
      return null;
    }
    return new ProductFacts.Base(
        Parts.productId(lineage.getString("baseKind"), Parts.uuid(lineage, "base")),
        Parts.uuid(lineage, "baseOperator"),
        Parts.day(lineage, "baseOn"),
        shared.relatedOn(own.baseDays()));
  }

  private static List<ProductFacts.Declaration> declarations(@Nullable JsonArray declared) {
    return Parts.list(declared, Function.identity()).stream()
        .filter(one -> !"LINEAGE".equals(one.getString("kind")))
        .map(
            one ->
                new ProductFacts.Declaration(
                    Parts.id(Declaration.PREFIX, one, "id"),
                    one.getString("kind"),
                    one.getString("text"),
                    one.getString("evidence")))
        .toList();
  }

  private static ProductFacts.Bundle bundle(JsonObject one) {
    return new ProductFacts.Bundle(
        Parts.id("bun", one, "id"),
        Parts.list(
            one.getJsonArray("members"),
            member ->
                new ProductFacts.Member(
                    Parts.productId(
                        Objects.requireNonNullElse(member.getString("kind"), "DATA_PRODUCT"),
                        Parts.uuid(member, "p")),
                    Parts.number(member, "alone"),
                    Boolean.TRUE.equals(member.getBoolean("listed")))),
        new BigDecimal(one.getString("price")),
        one.getString("currency"),
        Parts.pairs(
            one.getJsonArray("conditions"),
            (text, need) -> new ProductFacts.Condition(Objects.requireNonNull(text), need)));
  }
}
