package dev.fairground.eligibility;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Text;
import dev.fairground.policy.Applicant;
import dev.fairground.policy.Asked;
import dev.fairground.policy.ConditionRule;
import dev.fairground.policy.ConditionTest;
import dev.fairground.policy.PolicyCondition;
import dev.fairground.sql.Clause;
import dev.fairground.sql.VersionedSql;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether nothing stands against an ask, as a condition over {@code product_version p}: the same as
 * {@link Judgement} says of an ask that names a purpose or none, and nothing else. A law that a
 * test holds over generated markets.
 */
final class EligibleClause {
  private EligibleClause() {}

  /**
   * @param purpose null for that of each product
   */
  static Clause of(Applicant applicant, @Nullable String purpose, Moment moment) {
    return Clause.all(
        Clause.of("p.status = 'PUBLISHED'"),
        authorization(moment),
        checks(moment),
        policy(applicant, purpose, moment));
  }

  private static Clause authorization(Moment moment) {
    var day = moment.day();
    return Clause.all(
            VersionedSql.shown("g", moment),
            Clause.of(
                """
                (g.state = 'ACTIVE' or g.state = 'EXITING' and g.new_access_until is not null)
                   and coalesce(g.new_access_until >= ?, true)
                   and coalesce(least(p.ends_on, g.ends_on, g.exits_on) >= greatest(?::date, p.starts_on, g.starts_on), true)
                """,
                day,
                day))
        .within(
            "exists (select 1 from authorization_grant_version g where g.grant_id = p.authorization_grant_id and ",
            ")");
  }

  private static Clause checks(Moment moment) {
    return Clause.of(
        """
        coalesce((select not r.results @> '[{"outcome": "BLOCK"}]'
                    from check_run r
                   where r.subject_kind = 'PRODUCT' and r.subject_id = p.product_id and r.run_at <= ?
                   order by r.number desc
                   limit 1), true)
        """,
        moment.at().atOffset(ZoneOffset.UTC));
  }

  private static Clause policy(Applicant applicant, @Nullable String purpose, Moment moment) {
    var inForce =
        Clause.of(
            """
            c.operator_id = p.operator_id
              and c.product_id = p.product_id
              and c.policy_version = (select n.version
                                        from access_policy n
                                       where n.operator_id = p.operator_id
                                         and n.product_id = p.product_id
                                         and n.effective_on <= ?
                                         and n.published_at <= ?
                                       order by n.version desc
                                       limit 1)
            """,
            moment.day(),
            moment.at().atOffset(ZoneOffset.UTC));
    return Clause.all(inForce, Clause.any(broken(applicant, purpose)))
        .within("not exists (select 1 from access_policy_condition c where ", ")");
  }

  /** The conditions that are not met, by facts that are known. */
  private static List<Clause> broken(Applicant applicant, @Nullable String purpose) {
    var broken = new ArrayList<Clause>();
    broken.add(
        purpose == null
            ? Clause.of("c.rule = 'PURPOSE_CLASS' and not p.purpose_class = any(c.rule_values)")
            : Clause.of("c.rule = 'PURPOSE_CLASS' and not ? = any(c.rule_values)", purpose));
    if (applicant.kind() != null) {
      broken.add(
          Clause.of("c.rule = 'APPLICANT_KIND' and not ? = any(c.rule_values)", applicant.kind()));
    }
    if (applicant.id() != null) {
      broken.add(
          Clause.of(
              "c.rule = 'APPLICANT_ROLE' and not c.rule_values && ?",
              (Object) applicant.roles().toArray(String[]::new)));
    }
    if (applicant.regionCode() != null) {
      broken.add(
          Clause.of(
              "c.rule = 'APPLICANT_REGION' and not exists (select 1 from unnest(c.rule_values) as v (begin) where starts_with(?, v.begin))",
              applicant.regionCode()));
    }
    // Less than a month is no term at all; every other length can be kept, as long as none is said.
    broken.add(
        Clause.of(
            "c.rule = 'TERM_MONTHS_AT_MOST' and cardinality(c.rule_values) = 1 and c.rule_values[1] ~ '^(0+[.]{0,1}|0*[.][0-9]+)$'"));
    // What hangs on the applicant alone is tested as it is for a report.
    for (var rule :
        List.of(ConditionRule.APPLICANT_CREDIT_CODE, ConditionRule.NO_UNCORRECTED_MISUSE)) {
      if (blocks(rule, applicant)) {
        broken.add(Clause.of("c.rule = '" + rule + "'"));
      }
    }
    return broken;
  }

  private static boolean blocks(ConditionRule rule, Applicant applicant) {
    var day = LocalDate.EPOCH;
    return ConditionTest.of(
            new PolicyCondition("TESTED", Text.of("-", "en"), "-", rule, List.of()),
            applicant,
            new Asked("INDUSTRY", null, day, day, null, Set.of()))
        == Outcome.BLOCK;
  }
}
