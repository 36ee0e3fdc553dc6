package dev.fairground.check;

import dev.fairground.fairaccess.ExclusiveWords;
import dev.fairground.fairaccess.RequestFacts;
import dev.fairground.fairaccess.RequestFacts.Month;
import dev.fairground.fairaccess.RequestFacts.Permit;
import dev.fairground.fairaccess.RequestFacts.Span;
import dev.fairground.fairaccess.StatedPolicy;
import dev.fairground.kernel.Moment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of statements over requests and access grants, and how they are read. */
final class AccessParts {
  private AccessParts() {}

  /** Policies {@code p} as JSON; a condition on them follows. */
  static final String POLICIES =
      """
      select jsonb_agg(jsonb_build_object('id', p.id, 'v', p.version, 'shown', p.shown_on, 'from', p.effective_on,
               'change', p.change, 'factors', p.difference_factors, 'pay', p.payment_days,
               'min', p.minimum_quantity::text, 'minWhy', p.minimum_quantity_reason, 'dep', p.deposit::text,
               'depWhy', p.deposit_reason,
               'reasons', (select jsonb_agg(s.code order by s.code)
                             from access_policy_reason s
                            where s.operator_id = p.operator_id and s.product_id = p.product_id
                              and s.policy_version = p.version)) order by p.version)
        from access_policy p
       where {p:published_at} and
      """;

  /** What authorization {@code a} says of the scenario of {@code x}, as JSON. */
  static final String PERMIT =
      """
      jsonb_build_object('id', a.grant_id, 'number', a.number, 'mode', a.mode, 's', x.scenario_id,
             'allowed', (select bool_and(s.allowed) from authorized_scenario s
                          where s.grant_id = a.grant_id and s.scenario_id = x.scenario_id and {s}),
             'lists', exists (select 1 from authorized_scenario s where s.grant_id = a.grant_id and s.allowed and {s}))
      """;

  /** How the grant {@code x} was used, as JSON. */
  static final String USE =
      """
      jsonb_build_object('id', x.id, 'from', x.starts_on, 'until', x.ends_on,
             'states', (select jsonb_agg(jsonb_build_object('state', t.state, 'ends', t.ends_on,
                                'at', t.valid_from at time zone 'UTC') order by t.version)
                          from access_grant_version t
                         where t.operator_id = x.operator_id and t.grant_id = x.id and {t:valid_from}),
             'months', (select jsonb_agg(jsonb_build_object('on', m.month, 'used', m.quantity > 0,
                                'billed', m.billed > 0, 'term', m.outside_term, 'suspended', m.while_suspended,
                                'scenario', m.outside_scenario, 'volume', m.over_volume, 'resource', m.other_resource,
                                'otherwise', m.billed_otherwise) order by m.month)
                          from USED m))
      """;

  /** Sums of the present: they have no past. */
  private static final String USED =
      "(select * from usage_month m where m.operator_id = x.operator_id and m.grant_id = x.id)";

  /** The same of the records that were reported by then. */
  private static final String USED_THEN =
      """
      (select date_trunc('month', r.starts_on)::date as month,
              coalesce(sum(r.quantity) filter (where x.unit is null
                         or r.unit = x.unit and r.unit_text is not distinct from x.unit_text), 0) as quantity,
              coalesce(sum(r.billed), 0) as billed, COUNTS
         from usage_record r
        where r.operator_id = x.operator_id and r.grant_id = x.id and {r:reported_at}
        group by 1)
      """
          .replace(
              "COUNTS",
              Stream.of(
                      "OUTSIDE_TERM",
                      "WHILE_SUSPENDED",
                      "OUTSIDE_SCENARIO",
                      "OVER_VOLUME",
                      "OTHER_RESOURCE",
                      "BILLED_OTHERWISE")
                  .map(
                      finding ->
                          "count(*) filter (where '%1$s' = any(r.findings)) - count(*) filter (where '%1$s' = any(r.settled)) as %2$s"
                              .formatted(finding, finding.toLowerCase(Locale.ROOT)))
                  .collect(Collectors.joining(", ")));

  /** A statement with {@link #USE}. */
  static FactSql used(FactSql facts) {
    return facts.with("USED", USED, USED_THEN);
  }

  /** Policies that were read, with the basic one where it is among those asked for. */
  static List<StatedPolicy> policies(@Nullable JsonArray list, String product, boolean basic) {
    var policies = new ArrayList<StatedPolicy>();
    if (basic) {
      policies.add(StatedPolicy.basic(product));
    }
    policies.addAll(Parts.list(list, AccessParts::policy));
    return policies;
  }

  private static StatedPolicy policy(JsonObject one) {
    return new StatedPolicy(
        Parts.id("acp", one, "id"),
        one.getInteger("v"),
        LocalDate.parse(one.getString("shown")),
        LocalDate.parse(one.getString("from")),
        one.getString("change"),
        orEmpty(one.getJsonArray("reasons")),
        orEmpty(one.getJsonArray("factors")),
        one.getInteger("pay"),
        Parts.number(one, "min"),
        one.getString("minWhy"),
        Parts.number(one, "dep"),
        one.getString("depWhy"),
        passages(one.getJsonArray("passages")));
  }

  /** Of sentences with certain words those that say something. */
  private static List<StatedPolicy.Passage> passages(@Nullable JsonArray list) {
    var passages = new ArrayList<StatedPolicy.Passage>();
    Parts.pairs(
            list,
            (id, text) ->
                new StatedPolicy.Passage(Objects.requireNonNull(id), Objects.requireNonNull(text)))
        .forEach(
            one ->
                ExclusiveWords.found(one.text())
                    .forEach(said -> passages.add(new StatedPolicy.Passage(one.id(), said))));
    return passages;
  }

  private static List<String> orEmpty(@Nullable JsonArray list) {
    var strings = Parts.strings(list);
    return strings == null ? List.of() : strings;
  }

  static Permit permit(JsonObject one) {
    var scenario = Parts.uuidOrNull(one, "s");
    return new Permit(
        Parts.id("ag", one, "id"),
        one.getString("number"),
        one.getString("mode"),
        scenario == null ? null : Parts.id("sce", one, "s"),
        one.getBoolean("allowed"),
        one.getBoolean("lists"));
  }

  /**
   * A state that a grant was in.
   *
   * @param from the day on which it came into it
   * @param endsOn its last day as it was known then
   */
  record State(String name, LocalDate from, LocalDate endsOn) {}

  static List<State> states(JsonObject use) {
    return Parts.list(
        use.getJsonArray("states"),
        one ->
            new State(
                one.getString("state"),
                day(Parts.instant(one, "at")),
                LocalDate.parse(one.getString("ends"))));
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, Moment.ZONE);
  }

  static RequestFacts.Use use(JsonObject one) {
    return new RequestFacts.Use(
        Parts.id("acg", one, "id"),
        active(LocalDate.parse(one.getString("from")), states(one)),
        Parts.list(one.getJsonArray("months"), AccessParts::month));
  }

  /**
   * The days on which a grant could be used. The day on which it is suspended or ends is none of
   * them; spans that follow on each other are one.
   */
  static List<Span> active(LocalDate startsOn, List<State> states) {
    var spans = new ArrayList<Span>();
    for (int i = 0; i < states.size(); i++) {
      var state = states.get(i);
      if (!state.name().equals("ACTIVE")) {
        continue;
      }
      var from = state.from().isBefore(startsOn) ? startsOn : state.from();
      var to = state.endsOn();
      if (i + 1 < states.size()) {
        var next = states.get(i + 1);
        var last = next.name().equals("ACTIVE") ? next.from() : next.from().minusDays(1);
        to = last.isBefore(to) ? last : to;
      }
      if (to.isBefore(from)) {
        continue;
      }
      var before = spans.isEmpty() ? null : spans.getLast();
      if (before != null && before.to() != null && !from.isAfter(before.to().plusDays(1))) {
        spans.set(spans.size() - 1, new Span(before.from(), to));
      } else {
        spans.add(new Span(from, to));
      }
    }
    return spans;
  }

  private static Month month(JsonObject one) {
    return new Month(
        LocalDate.parse(one.getString("on")),
        one.getBoolean("used"),
        one.getBoolean("billed"),
        one.getInteger("term"),
        one.getInteger("suspended"),
        one.getInteger("scenario"),
        one.getInteger("volume"),
        one.getInteger("resource"),
        one.getInteger("otherwise"));
  }
}
