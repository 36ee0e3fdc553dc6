package dev.fairground.check;

import dev.fairground.fairaccess.ExclusiveWords;
import dev.fairground.fairaccess.ProductFacts.Offer;
import dev.fairground.fairaccess.ProductFacts.SoleHolder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL that gathers on what terms many products are given. */
final class OfferFactsRepository {
  private OfferFactsRepository() {}

  /**
   * Terms of a product.
   *
   * @param readAt from when they stand so; null where there are none
   */
  record Read(Offer offer, @Nullable OffsetDateTime readAt) {
    static final Read NOTHING = new Read(Offer.NONE, null);
  }

  // Of conditions and terms only the sentences come along that have certain words in them: a text
  // may be long, and a sweep reads those of all products.
  private static final FactSql OFFERS =
      FactSql.of(
          """
          -- offersOfProducts
          select o.id, own.list, own.latest,
                 (select jsonb_build_object('grant', g.id, 'since', s.on_day,
                           'refused', (select jsonb_agg(f.id order by f.id)
                                         from (select r.id
                                                 from access_request r
                                                 join access_request_version v
                                                   on v.operator_id = r.operator_id and v.request_id = r.id and {v}
                                                where r.product_id = o.id and r.applicant_id <> g.holder_id
                                                  and v.state in ('REFUSED', 'REFUSAL_UPHELD')
                                                  and exists (select 1 from access_decision d
                                                               where d.operator_id = r.operator_id and d.request_id = r.id
                                                                 and d.outcome = 'REFUSED' and d.decided_on >= s.on_day
                                                                 and {d:decided_at})
                                                order by r.id limit 20) as f))
                    from (select g.id, g.holder_id
                            from access_grant g
                            join access_grant_version v on v.operator_id = g.operator_id and v.grant_id = g.id and {v}
                           where g.product_id = o.id and v.state in ('ACTIVE', 'SUSPENDED') and v.ends_on >= $3
                           order by g.created_at desc, g.id limit 1) as g
                   cross join lateral (
                     select greatest(min(h.starts_on) filter (where h.holder_id = g.holder_id),
                                     max(v.ends_on) filter (where h.holder_id <> g.holder_id) + 1) as on_day
                       from access_grant h
                       join access_grant_version v on v.operator_id = h.operator_id and v.grant_id = h.id and {v}
                      where h.product_id = o.id) as s
                   where not exists (
                           select 1
                             from access_grant h
                             join access_grant_version v on v.operator_id = h.operator_id and v.grant_id = h.id and {v}
                            where h.product_id = o.id and h.holder_id <> g.holder_id
                              and v.state in ('ACTIVE', 'SUSPENDED') and v.ends_on >= $3)),
                 $2::timestamptz
            from unnest($1::uuid[]) as o (id)
            left join lateral (
              select jsonb_agg(jsonb_build_object('id', p.id, 'v', p.version, 'shown', p.shown_on,
                       'from', p.effective_on, 'change', p.change, 'pay', p.payment_days,
                       'min', p.minimum_quantity::text, 'minWhy', p.minimum_quantity_reason, 'dep', p.deposit::text,
                       'depWhy', p.deposit_reason,
                       'passages', (select jsonb_agg(jsonb_build_array(said.id, said.text) order by said.id, said.text)
                                      from (select global_id('acp', p.id) as id, m.text
                                              from access_policy_condition c
                                             cross join lateral regexp_split_to_table(
                                                     c.text || E'\\n' || c.reason, 'CUT') as m (text)
                                             where c.operator_id = p.operator_id and c.product_id = p.product_id
                                               and c.policy_version = p.version and m.text ~* 'HINTS'
                                            union
                                            select global_id('stt', t.id), m.text
                                              from standard_terms t
                                             cross join lateral regexp_split_to_table(t.text, 'CUT') as m (text)
                                             where t.operator_id = p.operator_id and t.product_id = p.product_id
                                               and t.number = p.terms_number and t.text ~* 'HINTS'
                                               and m.text ~* 'HINTS') as said))
                       order by p.version) as list, max(p.published_at) as latest
                from access_policy p
               where p.product_id = o.id and {p:published_at}
                 and p.version >= coalesce((select max(i.version) from access_policy i
                                             where i.product_id = o.id and i.effective_on <= $3 and {i:published_at}), 1)
              ) as own on true
          """
              .replace("CUT", ExclusiveWords.SENTENCE_END)
              .replace("HINTS", ExclusiveWords.HINTS));

  /** By the products' ids; those without a policy and without a holder have {@link Offer#NONE}. */
  static Future<Map<UUID, Read>> find(FactSource source, Collection<UUID> products) {
    return source
        .list(OFFERS, products, row -> Map.entry(row.getUUID(0), read(row)))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one)));
  }

  private static Read read(Row row) {
    var policies = AccessParts.policies((JsonArray) row.getValue(1), "", false);
    var sole = (JsonObject) row.getValue(3);
    return new Read(
        new Offer(policies, sole == null || sole.getString("since") == null ? null : sole(sole)),
        row.getOffsetDateTime(2));
  }

  private static SoleHolder sole(JsonObject one) {
    var refused = Parts.strings(one.getJsonArray("refused"));
    return new SoleHolder(
        Parts.id("acg", one, "grant"),
        LocalDate.parse(one.getString("since")),
        refused == null
            ? List.of()
            : refused.stream()
                .map(id -> dev.fairground.kernel.Ids.write("acr", UUID.fromString(id)))
                .toList());
  }
}
