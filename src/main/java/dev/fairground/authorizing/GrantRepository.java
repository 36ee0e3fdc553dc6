package dev.fairground.authorizing;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQL that writes versions of authorizations. Called by who has the operator's turn to publish: all
 * changes of one operator's authorizations and of its list come one after the other.
 */
final class GrantRepository {
  private static final List<String> COLUMNS =
      Arrays.stream(
              """
              grant_id version valid_from valid_to number institution_id operator_id jurisdiction_code title locale
              title_translations mode mode_text state state_reason starts_on ends_on term_reason fields region_codes content
              exit_terms security_duties selection_method agreement_number filed_on disclosed_on source demonstration
              selection_basis publicity_starts_on publicity_ends_on bidders exclusive exclusive_reason
              fair_competition_review decision_record signed_on filing_number suspended_by correction_due_on exit_notice_on
              exits_on end_kind ended_on new_access_until
              """
                  .strip()
                  .split("\\s+"))
          .toList();

  private static String columns(String prefix) {
    return COLUMNS.stream().map(column -> prefix + column).collect(Collectors.joining(", "));
  }

  private final Database database;

  GrantRepository(Database database) {
    this.database = database;
  }

  private static final String OPERATOR =
      """
      -- operatorOfAuthorization
      select operator_id from authorization_grant where id = $1
      """;

  /** Whose turn is to be taken; null where there is no such authorization. */
  Future<@Nullable UUID> operator(SqlConnection transaction, UUID id) {
    return database.first(transaction, OPERATOR, Tuple.of(id), row -> row.getUUID(0));
  }

  private static final String SCOPE =
      """
             coalesce((
               select jsonb_agg(jsonb_build_object('resource', global_id('res', r.resource_id), 'dataItems',
                                                   coalesce(to_jsonb(r.data_items), '[]')))
                 from authorized_resource r where r.grant_id = v.grant_id and r.valid_to = 'infinity'), '[]'),
             coalesce((
               select jsonb_agg(jsonb_build_object('scenario', global_id('sce', s.scenario_id), 'allowed', s.allowed))
                 from authorized_scenario s where s.grant_id = v.grant_id and s.valid_to = 'infinity'), '[]')
      """;

  private static final String FIND =
      """
      -- authorizationAsItStands
      select to_jsonb(v),
      """
          + SCOPE
          + """
                 , rule_value(v.jurisdiction_code, 'authTermMaxYears', $2)::integer,
                 rule_value(v.jurisdiction_code, 'authTermStrict', $2),
                 rule_value(v.jurisdiction_code, 'exitNoticeMonths', $2)::integer
            from authorization_grant_version v
           where v.grant_id = $1 and v.valid_to = 'infinity'
          """;

  /** As it stands, by the rules of the day; null where there is none. */
  Future<@Nullable Grant> find(SqlConnection transaction, Write write, UUID id) {
    return database.first(
        transaction,
        FIND,
        Tuple.of(id, write.moment().day()),
        row ->
            new Grant(
                Objects.requireNonNull((JsonObject) row.getValue(0)),
                scope(row, 1),
                new TermRules.Limit(row.getInteger(3), "true".equals(row.getString(4))),
                row.getInteger(5)));
  }

  private static GrantedScope scope(Row row, int from) {
    return GrantedScope.of(
        new JsonObject()
            .put("resources", (JsonArray) row.getValue(from))
            .put("scenarios", (JsonArray) row.getValue(from + 1)));
  }

  private static final String UNTIL_EXIT =
      """
      -- newAccessUntilExit
      select v.new_access_until
        from authorization_grant_version v
       where v.grant_id = $1 and v.state = 'EXITING'
       order by v.version desc
       limit 1
      """;

  /** The last day of new access, as the notice of the exit named it; null where none was given. */
  Future<@Nullable LocalDate> accessUntilExit(SqlConnection transaction, UUID id) {
    return database.first(transaction, UNTIL_EXIT, Tuple.of(id), row -> row.getLocalDate(0));
  }

  /** An authorization of the operator for some of the same days. */
  record Other(UUID id, String number, GrantedScope scope) {}

  private static final String OTHERS =
      "-- authorizationsOfSameDays\nselect v.grant_id, v.number,\n"
          + SCOPE
          + """
              from authorization_grant_version v
             where v.operator_id = $1 and v.valid_to = 'infinity' and v.grant_id <> $2
               and v.state in ('AGREED', 'ACTIVE', 'SUSPENDED', 'EXITING')
               and v.starts_on <= $4 and least(v.ends_on, v.exits_on) >= $3
               and exists (
                     select 1 from authorized_resource a
                      where a.grant_id = v.grant_id and a.valid_to = 'infinity' and a.resource_id = any($5))
             order by v.number, v.grant_id
            """;

  /** Those that share a resource with the scope. */
  Future<List<Other>> others(
      SqlConnection transaction, Grant grant, LocalDate from, LocalDate to, GrantedScope scope) {
    return database.list(
        transaction,
        OTHERS,
        Tuple.of(grant.operatorId(), grant.id(), from)
            .addValue(to)
            .addValue(Rows.ids(scope.resources().keySet())),
        row -> new Other(row.getUUID(0), row.getString(1), scope(row, 2)));
  }

  private static final String CLOSE =
      """
      -- closeAuthorization
      with at as (
        select greatest($2::timestamptz, v.valid_from + interval '1 microsecond') as moment
          from authorization_grant_version v where v.grant_id = $1 and v.valid_to = 'infinity'),
      resources as (
        update authorized_resource r set valid_to = at.moment from at where r.grant_id = $1 and r.valid_to = 'infinity'),
      scenarios as (
        update authorized_scenario s set valid_to = at.moment from at where s.grant_id = $1 and s.valid_to = 'infinity')
      update authorization_grant_version v set valid_to = at.moment from at where v.grant_id = $1 and v.valid_to = 'infinity'
      returning v.valid_to
      """;

  private static final String NEXT =
      "-- nextAuthorization\ninsert into authorization_grant_version ("
          + columns("")
          + ")\nselect "
          + columns("n.")
          + """

              from authorization_grant_version b
             cross join lateral jsonb_populate_record(
                     null::authorization_grant_version,
                     to_jsonb(b) || $3::jsonb || jsonb_build_object('version', b.version + 1, 'valid_from', $2::timestamptz,
                                                                    'valid_to', 'infinity')) as n
             where b.grant_id = $1 and b.valid_to = $2
            returning version
            """;

  /**
   * Writes the next version.
   *
   * @param changes what is other, by the names of the columns
   * @param scope as it is from now on
   * @return its number
   */
  Future<Integer> next(
      SqlConnection transaction, Write write, UUID id, JsonObject changes, GrantedScope scope) {
    return database
        .first(transaction, CLOSE, Tuple.of(id, now(write)), row -> row.getOffsetDateTime(0))
        .map(Objects::requireNonNull)
        .compose(
            moment ->
                database
                    .first(
                        transaction,
                        NEXT,
                        Tuple.of(id, moment, changes),
                        row -> Rows.number(row, 0))
                    .map(Objects::requireNonNull)
                    .compose(
                        version ->
                            write(transaction, id, version, moment, scope).map(done -> version)));
  }

  private static final String ANCHOR =
      """
      -- insertAuthorization
      insert into authorization_grant (id, number, institution_id, operator_id, created_at)
      values ($1, $2, $3, $4, $5)
      """;

  private static final String FIRST =
      "-- firstAuthorization\ninsert into authorization_grant_version ("
          + columns("")
          + ")\nselect "
          + columns("n.")
          + """

              from jsonb_populate_record(
                     null::authorization_grant_version,
                     $2::jsonb || jsonb_build_object('version', 1, 'valid_from', $1::timestamptz, 'valid_to', 'infinity')) as n
            """;

  /** Writes a new authorization, by the names of the columns. */
  Future<Void> insert(
      SqlConnection transaction, Write write, UUID id, JsonObject row, GrantedScope scope) {
    var now = now(write);
    return database
        .rows(
            transaction,
            ANCHOR,
            Tuple.of(id, row.getString("number"))
                .addValue(UUID.fromString(row.getString("institution_id")))
                .addValue(UUID.fromString(row.getString("operator_id")))
                .addValue(now))
        .compose(
            anchored ->
                database.rows(
                    transaction, FIRST, Tuple.of(now, row.copy().put("grant_id", id.toString()))))
        .compose(written -> write(transaction, id, 1, now, scope));
  }

  private static final String RESOURCES =
      """
      -- insertAuthorizedResources
      insert into authorized_resource (grant_id, grant_version, resource_id, data_items, valid_from)
      select $1, $2, substr(r ->> 'resource', 5)::uuid,
             case when r -> 'dataItems' is not null
                  then array(select i from jsonb_array_elements_text(r -> 'dataItems') as i order by i) end,
             $3
        from jsonb_array_elements($4::jsonb) as r
      """;

  private static final String SCENARIOS =
      """
      -- insertAuthorizedScenarios
      insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
      select $1, $2, substr(s ->> 'scenario', 5)::uuid, (s ->> 'allowed')::boolean, $3
        from jsonb_array_elements($4::jsonb) as s
      """;

  private Future<Void> write(
      SqlConnection transaction, UUID id, int version, OffsetDateTime moment, GrantedScope scope) {
    var json = scope.json();
    return database
        .rows(transaction, RESOURCES, Tuple.of(id, version, moment, json.getJsonArray("resources")))
        .compose(
            done ->
                database.rows(
                    transaction,
                    SCENARIOS,
                    Tuple.of(id, version, moment, json.getJsonArray("scenarios"))))
        .mapEmpty();
  }

  private static final String AGREEMENT =
      """
      -- keepAgreement
      insert into authorization_agreement (grant_id, grant_version, items, recorded_at, recorded_by)
      values ($1, $2, $3, $4, $5)
      """;

  /** Keeps the items of an agreement, as recorded with a version. */
  Future<Void> agree(
      SqlConnection transaction, Write write, UUID id, int version, JsonObject items) {
    return database
        .rows(
            transaction, AGREEMENT, Tuple.of(id, version, items, now(write), write.actor().name()))
        .mapEmpty();
  }

  private static final String OPERATES =
      """
      -- operatorByAuthorization
      insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
      select $1, 'OPERATOR', $2, $3
       where not exists (
               select 1 from organization_role r
                where r.organization_id = $1 and r.role = 'OPERATOR' and r.jurisdiction_code = $2
                  and (r.ends_on is null or r.ends_on >= $3))
      """;

  /** Who is authorized is an operator of the jurisdiction from that day on. */
  Future<Void> operates(SqlConnection transaction, Grant grant, LocalDate from) {
    return database
        .rows(transaction, OPERATES, Tuple.of(grant.operatorId(), grant.jurisdictionCode(), from))
        .mapEmpty();
  }

  static OffsetDateTime now(Write write) {
    return write.moment().now().atOffset(ZoneOffset.UTC);
  }
}
