package dev.fairground.jurisdiction;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.jurisdiction.RuleSetDecision.Ground;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL that publishes rule sets. */
final class RuleSetRepository {
  private final Database database;

  RuleSetRepository(Database database) {
    this.database = database;
  }

  private static final String LOCK =
      """
      -- lockJurisdiction
      select j.code from jurisdiction j where j.code = $1 for no key update
      """;

  /** Who publishes for a jurisdiction does so one after the other. False where there is none. */
  Future<Boolean> lock(SqlConnection transaction, String jurisdiction) {
    return database.rows(transaction, LOCK, Tuple.of(jurisdiction)).map(rows -> rows.size() > 0);
  }

  private static final String AUTHORITY =
      """
      -- dataAuthorityAmong
      select r.organization_id
        from organization_role r
       where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = $1 and r.organization_id = any($2)
         and r.starts_on <= $3 and (r.ends_on is null or r.ends_on >= $3)
       order by r.organization_id
       limit 1
      """;

  /** The caller's organization that is a data authority of the jurisdiction; null for none. */
  Future<@Nullable UUID> authority(SqlConnection transaction, Write write, String jurisdiction) {
    return database.first(
        transaction,
        AUTHORITY,
        Tuple.of(
            jurisdiction,
            write.viewer().rights().organizations(Scope.RULE_WRITE),
            write.moment().day()),
        row -> row.getUUID(0));
  }

  private static final String GROUND =
      """
      -- groundOfRuleSet
      select coalesce(max(s.version), 0), max(s.effective_on),
             case when bool_and(s.ends_on is not null or s.replaced_on is not null)
                  then max(least(s.ends_on, s.replaced_on - 1)) end
        from rule_set s
       where s.jurisdiction_code = $1
      """;

  private static final String UNITS =
      """
      -- unitsOfRules
      with recursive chain (code, parent_code, distance) as (
        select j.code, j.parent_code, 0 from jurisdiction j where j.code = $1
        union all
        select j.code, j.parent_code, chain.distance + 1
          from chain
          join jurisdiction j on j.code = chain.parent_code
         where chain.distance < 9
      )
      select distinct on (p.name) p.name, p.unit
        from chain
        join rule_set s on s.jurisdiction_code = chain.code
        join rule_parameter p on p.rule_set_id = s.id
       where p.name = any($2)
       order by p.name, chain.distance desc, s.version desc
      """;

  Future<Ground> ground(SqlConnection transaction, String jurisdiction, List<String> names) {
    return database
        .list(
            transaction,
            UNITS,
            Tuple.of(jurisdiction, (Object) names.toArray(String[]::new)),
            row -> row)
        .compose(
            rows -> {
              var units = new HashMap<String, Rule.Unit>();
              rows.forEach(row -> units.put(row.getString(0), Rule.Unit.valueOf(row.getString(1))));
              return database
                  .first(
                      transaction,
                      GROUND,
                      Tuple.of(jurisdiction),
                      row ->
                          new Ground(
                              row.getInteger(0), row.getLocalDate(1), row.getLocalDate(2), units))
                  .map(found -> requireNonNull(found));
            });
  }

  private static final String REPLACE =
      """
      -- replaceRuleSets
      update rule_set s set replaced_on = $2, replaced_at = $3
       where s.jurisdiction_code = $1 and s.replaced_on is null and (s.ends_on is null or s.ends_on >= $2)
      """;

  /** The sets so far are not in force any more from that day, as is known from now on. */
  Future<Void> replace(SqlConnection transaction, Write write, String jurisdiction, LocalDate on) {
    return database.rows(transaction, REPLACE, Tuple.of(jurisdiction, on, at(write))).mapEmpty();
  }

  private static final String INSERT =
      """
      -- insertRuleSet
      insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, ends_on, published_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private static final String PARAMETERS =
      """
      -- insertRules
      insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, clause, url,
             confidence)
      select $1, name, value, unit, description, description_en, document, clause, url, confidence
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                    $10::text[]) as p (name, value, unit, description, description_en, document, clause, url, confidence)
      """;

  Future<Void> insert(SqlConnection transaction, RuleSet set, List<Arguments> parameters) {
    var id = UUID.randomUUID();
    Function<Function<Arguments, @Nullable String>, String[]> column =
        value -> parameters.stream().map(value).toArray(String[]::new);
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.from(
                Arrays.asList(
                    id,
                    set.jurisdictionCode(),
                    set.version(),
                    set.title().value(),
                    requireNonNull(set.title().translations().get("en")),
                    set.term().startsOn(),
                    set.term().endsOn(),
                    set.publishedAt())))
        .compose(
            done ->
                database.rows(
                    transaction,
                    PARAMETERS,
                    Tuple.from(
                        Arrays.asList(
                            id,
                            column.apply(parameter -> parameter.string("name")),
                            column.apply(parameter -> parameter.string("value")),
                            column.apply(parameter -> parameter.string("unit")),
                            column.apply(parameter -> text(parameter, "zh")),
                            column.apply(parameter -> text(parameter, "en")),
                            column.apply(parameter -> parameter.string("document")),
                            column.apply(parameter -> parameter.string("clause")),
                            column.apply(parameter -> parameter.string("url")),
                            column.apply(parameter -> parameter.string("confidence"))))))
        .mapEmpty();
  }

  static @Nullable String text(Arguments parameter, String language) {
    return requireNonNull(parameter.input("description")).string(language);
  }

  // Its own operators, and those of the places below it.
  private static final String LOOK =
      """
      -- checksDueByRules
      with recursive below (code, distance) as (
        select $1::text, 0
        union all
        select j.code, below.distance + 1
          from below
          join jurisdiction j on j.parent_code = below.code
         where below.distance < 9
      )
      insert into check_due (operator_id, product_id, cause, due_at)
      select distinct g.operator_id, null::uuid, 'RULE_CHANGE',
             greatest($3, $2::date::timestamp at time zone 'Asia/Shanghai')
        from authorization_grant_version g
        join below on below.code = g.jurisdiction_code
       where g.valid_to = 'infinity' and g.state <> 'ENDED'
      """;

  /** From the first day of a set on, what is offered under it is checked by it. */
  Future<Void> look(SqlConnection transaction, Write write, RuleSet set) {
    return database
        .rows(transaction, LOOK, Tuple.of(set.jurisdictionCode(), set.term().startsOn(), at(write)))
        .mapEmpty();
  }

  private static final String FIND =
      """
      -- ruleSetPublished
      select s.jurisdiction_code, s.version, s.title, s.title_en, s.effective_on,
             least(s.ends_on, s.replaced_on - 1), s.published_at
        from rule_set s
       where s.jurisdiction_code = $1 and s.version = $2
      """;

  Future<@Nullable RuleSet> find(SqlConnection transaction, RuleSet.Key key) {
    return database.first(
        transaction,
        FIND,
        Tuple.of(key.jurisdictionCode(), key.version()),
        JurisdictionRepository::ruleSet);
  }

  static java.time.OffsetDateTime at(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }
}
