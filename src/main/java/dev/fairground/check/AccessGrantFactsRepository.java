package dev.fairground.check;

import dev.fairground.equal.Comparison;
import dev.fairground.equal.Difference;
import dev.fairground.equal.EqualTerms;
import dev.fairground.fairaccess.AccessGrantFacts;
import dev.fairground.fairaccess.AccessGrantFacts.Authorization;
import dev.fairground.fairaccess.AccessGrantFacts.Clause;
import dev.fairground.fairaccess.AccessGrantFacts.Deviation;
import dev.fairground.fairaccess.AccessGrantFacts.Held;
import dev.fairground.fairaccess.AccessGrantFacts.Peer;
import dev.fairground.fairaccess.AccessGrantFacts.Terms;
import dev.fairground.fairaccess.AccessGrantFacts.Unlike;
import dev.fairground.fairaccess.Check;
import dev.fairground.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that gathers the facts of many access grants at once. */
final class AccessGrantFactsRepository {
  private AccessGrantFactsRepository() {}

  private static final String DEVIATIONS =
      """
      (select jsonb_agg(jsonb_build_object('field', e.field, 'factor', e.factor, 'why', e.justification,
                'evidence', e.evidence) order by e.position)
         from access_grant_deviation e where e.operator_id = x.operator_id and e.grant_id = x.id)
      """;

  private static final String TERMS =
      """
      jsonb_build_object('price', x.unit_price::text, 'currency', x.currency,
             'discount', x.discount_percent::text,
             'delivery', x.delivery, 'pay', x.payment_days, 'deposit', x.deposit::text,
             'min', x.minimum_quantity::text, 'free', x.free_of_charge)
      """;

  // Some of its cohort, as examples of what it is unlike: the five that were decided before it.
  private static final String PEERS =
      """
      (select x.id, x.decided_on, TERMS as terms
         from access_grant x
        where x.product_id = g.product_id and x.purpose_class = g.purpose_class
          and x.scenario_class = g.scenario_class and UNIT and x.volume_band = g.volume_band
          and x.term_band = g.term_band and x.decided_on <= g.decided_on and x.decided_on >= g.decided_on - 366
          and (x.decided_on < g.decided_on or x.id > g.id) and x.product_version = g.product_version
          and x.unit_text is not distinct from g.unit_text and x.currency is not distinct from g.currency
          and {x:created_at}
          and not exists (select 1 from access_grant_version n
                           where n.operator_id = x.operator_id and n.grant_id = x.id and n.end_kind = 'NOT_SIGNED')
        order by x.decided_on desc, x.id
        limit 5)
      """;

  private static final FactSql GRANTS =
      AccessParts.used(
          FactSql.of(
              """
          -- factsOfAccessGrants
          with g as materialized (
            select x.id, x.number, x.operator_id, x.institution_id, x.jurisdiction_code, x.holder_id, x.product_id,
                   x.product_version, x.request_id, x.authorization_grant_id, x.scenario_id, x.scenario_class,
                   x.purpose_class, x.unit, x.unit_text, x.currency, x.volume_band, x.term_band, x.starts_on, x.ends_on, x.decided_on,
                   x.small_or_micro, x.policy_version, x.created_at, TERMS as terms, DEVIATIONS as deviations, USE as use
              from access_grant x where x.id = any($1)
          ), held as materialized (
            select h.holder_id,
                   jsonb_build_object('topics', jsonb_agg(distinct r.topic) filter (where r.sensitive),
                     'unknown', count(distinct coalesce(u.resource_id, h.product_id))
                                  filter (where r.topic is null or r.sensitive is null)) as list
              from (select distinct o.holder_id, o.operator_id, o.product_id
                      from access_grant o
                      join access_grant_version v on v.operator_id = o.operator_id and v.grant_id = o.id and {v}
                     where o.holder_id in (select holder_id from g) and v.state <> 'ENDED') as h
              left join product_resource u
                on u.operator_id = h.operator_id and u.product_id = h.product_id and {u}
              left join lateral (
                select r.topic,
                       case when r.personal_information or exists (
                                   select 1 from data_item i
                                    where i.resource_id = r.resource_id and i.resource_version = r.version and i.sensitive)
                            then true when r.personal_information is null then null else false end as sensitive
                  from data_resource_version r
                 where r.resource_id = u.resource_id and {r}) as r on true
             group by h.holder_id
          )
          select g.id, g.number, g.operator_id, g.institution_id, g.jurisdiction_code, g.holder_id, g.product_id, d.kind,
                 d.status, g.purpose_class, v.version, v.state, v.end_kind, v.state_reason, g.starts_on, v.ends_on,
                 g.ends_on, g.decided_on, g.terms, g.small_or_micro, q.policy_version, g.policy_version,
                 (POLICIES p.operator_id = g.operator_id and p.product_id = g.product_id
                     and p.version between least(q.policy_version, g.policy_version)
                                       and greatest(q.policy_version, g.policy_version)),
                 (select jsonb_agg(jsonb_build_object('n', c.position, 'kind', c.kind, 'text', c.text, 'why', c.reason)
                                   order by c.position)
                    from access_grant_clause c where c.operator_id = g.operator_id and c.grant_id = g.id),
                 g.deviations,
                 (select jsonb_agg(jsonb_build_object('id', peer.id, 'terms', peer.terms) order by peer.decided_on desc, peer.id)
                    from (PEERS_OF_UNIT union all PEERS_OF_NONE) as peer),
                 jsonb_build_object('id', a.grant_id, 'number', a.number, 'state', a.state, 'from', a.starts_on,
                   'to', a.ends_on, 'given', coalesce(b.ends_on, a.ends_on),
                   'exiting', case when b.state = 'EXITING' and b.new_access_until is not null
                                   then b.new_access_until + 1
                                   when b.state in ('EXITING', 'ENDED')
                                   then (b.valid_from at time zone 'Asia/Shanghai')::date end),
                 permit.list, g.use, held.list, greatest(v.valid_from, g.created_at, $2), $3::date
            from g
            join access_grant_version v on v.operator_id = g.operator_id and v.grant_id = g.id and {v}
            join access_request q on q.operator_id = g.operator_id and q.id = g.request_id
            join product_version d on d.operator_id = g.operator_id and d.product_id = g.product_id and {d}
            join authorization_grant_version a on a.grant_id = g.authorization_grant_id and {a}
           cross join lateral (select PERMIT as list from (select g.scenario_id) as x) as permit
            left join authorization_grant_version b
              on b.grant_id = g.authorization_grant_id and b.valid_from <= g.created_at and b.valid_to > g.created_at
            left join held on held.holder_id = g.holder_id
          """
                  .replace("PEERS_OF_UNIT", PEERS.replace("UNIT", "x.unit = g.unit"))
                  .replace(
                      "PEERS_OF_NONE", PEERS.replace("UNIT", "x.unit is null and g.unit is null"))
                  .replace("TERMS", TERMS)
                  .replace("DEVIATIONS", DEVIATIONS)
                  .replace("USE as", AccessParts.USE + " as")
                  .replace("POLICIES", AccessParts.POLICIES)
                  .replace("PERMIT", AccessParts.PERMIT)));

  static Future<List<Gathered<AccessGrantFacts>>> find(FactSource source, Collection<UUID> grants) {
    var found = source.list(GRANTS, grants, row -> row);
    var compared = compared(source, grants);
    return Future.all(found, compared)
        .map(
            both ->
                found.result().stream()
                    .map(row -> of(row, compared.result().get(row.getUUID(0))))
                    .toList());
  }

  private static Future<Map<UUID, Comparison>> compared(
      FactSource source, Collection<UUID> grants) {
    var equal = new EqualTerms(source.database());
    var at = source.at().toInstant();
    var transaction = source.transaction();
    return transaction == null
        ? source.database().inTransaction(own -> equal.ofGrants(own, at, grants))
        : equal.ofGrants(transaction, at, grants);
  }

  /** Sorted, so that the same differences are the same facts. */
  private static @Nullable List<Unlike> unlike(@Nullable Comparison comparison) {
    return comparison == null
        ? null
        : comparison.differences().stream()
            .map(
                one ->
                    new Unlike(
                        one.field().name(),
                        one.against() == Difference.Against.COHORT,
                        one.direction() == Difference.Direction.OTHER
                            ? null
                            : (Boolean) (one.direction() == Difference.Direction.BETTER),
                        one.factor() == null ? null : one.factor().name(),
                        one.lack()))
            .distinct()
            .sorted(Comparator.comparing(Unlike::toString))
            .toList();
  }

  private static Gathered<AccessGrantFacts> of(Row row, @Nullable Comparison comparison) {
    var id = Ids.write("acg", row.getUUID(0));
    var product = Parts.productId(Objects.requireNonNull(row.getString(7)), row.getUUID(6));
    var jurisdiction = Objects.requireNonNull(row.getString(4));
    var terms = (JsonObject) row.getValue(18);
    var use = (JsonObject) row.getValue(28);
    var until = row.getLocalDate(16);
    var requested = row.getInteger(20);
    var policy = row.getInteger(21);
    var facts =
        new AccessGrantFacts(
            id,
            jurisdiction,
            Objects.requireNonNull(row.getString(1)),
            product,
            Objects.requireNonNull(row.getString(8)),
            Objects.requireNonNull(row.getString(9)),
            Objects.requireNonNull(row.getString(11)),
            row.getString(12),
            row.getString(13),
            toldOn(AccessParts.states(use), until),
            row.getLocalDate(14),
            row.getLocalDate(15),
            until,
            row.getLocalDate(17),
            charged(terms),
            terms(terms),
            row.getBoolean(19),
            requested,
            policy,
            AccessParts.policies(
                (JsonArray) row.getValue(22), product, Math.min(requested, policy) == 0),
            Parts.list(
                (JsonArray) row.getValue(23),
                one ->
                    new Clause(
                        one.getInteger("n"),
                        one.getString("kind"),
                        one.getString("text"),
                        one.getString("why"))),
            deviations((JsonArray) row.getValue(24)),
            unlike(comparison),
            Parts.list((JsonArray) row.getValue(25), AccessGrantFactsRepository::peer),
            authorization((JsonObject) row.getValue(26)),
            AccessParts.permit((JsonObject) row.getValue(27)),
            AccessParts.use(use),
            held((JsonObject) row.getValue(29)));
    return new Gathered<>(
        new Subject(
            Check.Subject.ACCESS_GRANT,
            row.getUUID(0),
            id,
            row.getInteger(10),
            row.getUUID(2),
            row.getUUID(3),
            jurisdiction,
            row.getOffsetDateTime(30),
            row.getUUID(5)),
        facts);
  }

  /** When it was first known that it ends before the end of its terms; null where it does not. */
  static @Nullable LocalDate toldOn(List<AccessParts.State> states, LocalDate until) {
    return states.stream()
        .filter(state -> state.endsOn().isBefore(until))
        .map(AccessParts.State::from)
        .findFirst()
        .orElse(null);
  }

  private static boolean charged(JsonObject terms) {
    var price = Parts.number(terms, "price");
    return !terms.getBoolean("free") && (price == null || price.signum() > 0);
  }

  private static Terms terms(JsonObject one) {
    return new Terms(
        Parts.number(one, "price"),
        one.getString("currency"),
        Objects.requireNonNullElse(Parts.number(one, "discount"), BigDecimal.ZERO),
        one.getString("delivery"),
        one.getInteger("pay"),
        Parts.number(one, "deposit"),
        Parts.number(one, "min"));
  }

  private static List<Deviation> deviations(@Nullable JsonArray list) {
    return Parts.list(
        list,
        one ->
            new Deviation(
                one.getString("field"),
                one.getString("factor"),
                one.getString("why"),
                one.getString("evidence")));
  }

  private static Peer peer(JsonObject one) {
    var terms = one.getJsonObject("terms");
    return new Peer(Parts.id("acg", one, "id"), terms(terms));
  }

  private static Authorization authorization(JsonObject one) {
    return new Authorization(
        Parts.id("ag", one, "id"),
        one.getString("number"),
        one.getString("state"),
        Parts.day(one, "from"),
        Parts.day(one, "to"),
        Parts.day(one, "given"),
        Parts.day(one, "exiting"));
  }

  private static @Nullable Held held(@Nullable JsonObject one) {
    if (one == null) {
      return null;
    }
    var topics = Parts.strings(one.getJsonArray("topics"));
    return new Held(topics == null ? List.of() : topics, one.getInteger("unknown"));
  }
}
