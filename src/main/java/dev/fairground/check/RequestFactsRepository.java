package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.RequestFacts;
import dev.fairground.fairaccess.RequestFacts.Decision;
import dev.fairground.fairaccess.RequestFacts.Given;
import dev.fairground.fairaccess.RequestFacts.Notice;
import dev.fairground.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that gathers the facts of many requests for access at once. */
final class RequestFactsRepository {
  /** Stands for a day that waits, and for none. */
  private static final LocalDate WAITING = LocalDate.of(9999, 12, 30);

  private RequestFactsRepository() {}

  private static final FactSql REQUESTS =
      AccessParts.used(
          FactSql.of(
              """
          -- factsOfRequests
          select x.id, x.number, x.operator_id, x.institution_id, x.jurisdiction_code, x.applicant_id, x.product_id,
                 d.kind, v.version, v.state, x.submitted_on, v.due_on, v.held, x.policy_version,
                 greatest(v.valid_from, $2),
                 (select jsonb_agg(jsonb_build_object('kind', s.kind, 'on', s.on_day, 'due', s.due_on) order by s.number)
                    from access_request_step s
                   where s.operator_id = x.operator_id and s.request_id = x.id
                     and s.kind in ('NOTICE', 'SUPPLEMENTED', 'EXTENDED') and {s:at}),
                 (POLICIES p.operator_id = x.operator_id and p.product_id = x.product_id
                     and p.version >= x.policy_version),
                 PERMIT,
                 (select jsonb_agg(jsonb_build_object('id', c.id, 'outcome', c.outcome, 'on', c.decided_on,
                           'onTime', c.on_time,
                           'reasons', (select jsonb_agg(jsonb_build_object('code', r.code, 'document', r.document,
                                                'clause', r.clause, 'text', r.explanation, 'cure', r.curable_by)
                                                order by r.position)
                                         from access_decision_reason r
                                        where r.operator_id = c.operator_id and r.decision_id = c.id))
                           order by c.decided_at, c.id)
                    from access_decision c
                   where c.operator_id = x.operator_id and c.request_id = x.id and {c:decided_at}),
                 (select USE from access_grant x where x.id = renewal.id), $3::date
            from access_request x
            join access_request_version v on v.operator_id = x.operator_id and v.request_id = x.id and {v}
            join product d on d.operator_id = x.operator_id and d.id = x.product_id
            join authorization_grant_version a on a.grant_id = x.authorization_grant_id and {a}
           cross join lateral (select x.renews_grant_id as id) as renewal
           where x.id = any($1)
          """
                  .replace("POLICIES", AccessParts.POLICIES)
                  .replace("PERMIT", AccessParts.PERMIT)
                  .replace("USE ", AccessParts.USE + " ")));

  static Future<List<Gathered<RequestFacts>>> find(FactSource source, Collection<UUID> requests) {
    return source.list(REQUESTS, requests, RequestFactsRepository::of);
  }

  private static Gathered<RequestFacts> of(Row row) {
    var id = Ids.write("acr", row.getUUID(0));
    var product = Parts.productId(Objects.requireNonNull(row.getString(7)), row.getUUID(6));
    var jurisdiction = Objects.requireNonNull(row.getString(4));
    var due = row.getLocalDate(11);
    var steps = (JsonArray) row.getValue(15);
    var renewed = (JsonObject) row.getValue(19);
    var facts =
        new RequestFacts(
            id,
            jurisdiction,
            Objects.requireNonNull(row.getString(1)),
            product,
            Objects.requireNonNull(row.getString(9)),
            row.getLocalDate(10),
            due.isBefore(WAITING) ? due : null,
            due.equals(WAITING) || row.getBoolean(12),
            (int)
                Parts.list(steps, one -> one.getString("kind")).stream()
                    .filter("EXTENDED"::equals)
                    .count(),
            notices(steps),
            row.getInteger(13),
            AccessParts.policies((JsonArray) row.getValue(16), product, row.getInteger(13) == 0),
            AccessParts.permit((JsonObject) row.getValue(17)),
            Parts.list((JsonArray) row.getValue(18), RequestFactsRepository::decision),
            renewed == null ? null : AccessParts.use(renewed));
    return new Gathered<>(
        new Subject(
            Check.Subject.ACCESS_REQUEST,
            row.getUUID(0),
            id,
            row.getInteger(8),
            row.getUUID(2),
            row.getUUID(3),
            jurisdiction,
            row.getOffsetDateTime(14),
            row.getUUID(5)),
        facts);
  }

  /** Each notice with the supplement that followed it. */
  private static List<Notice> notices(@Nullable JsonArray steps) {
    var notices = new ArrayList<Notice>();
    Parts.each(
        steps,
        step -> {
          var on = LocalDate.parse(step.getString("on"));
          switch (step.getString("kind")) {
            case "NOTICE" -> notices.add(new Notice(on, null, Parts.day(step, "due")));
            case "SUPPLEMENTED" -> {
              if (!notices.isEmpty() && notices.getLast().supplementedOn() == null) {
                var notice = notices.removeLast();
                notices.add(new Notice(notice.givenOn(), on, notice.dueOn()));
              }
            }
            default -> {}
          }
        });
    return notices;
  }

  private static Decision decision(JsonObject one) {
    return new Decision(
        Parts.id("acd", one, "id"),
        one.getString("outcome"),
        LocalDate.parse(one.getString("on")),
        one.getBoolean("onTime"),
        Parts.list(
            one.getJsonArray("reasons"),
            reason ->
                new Given(
                    reason.getString("code"),
                    reason.getString("document"),
                    reason.getString("clause"),
                    reason.getString("text"),
                    reason.getString("cure"))));
  }
}
