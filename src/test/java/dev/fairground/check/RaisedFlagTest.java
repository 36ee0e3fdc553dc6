package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.draft.DraftMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What opens a flag, and what does not. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaisedFlagTest {
  private static final String CLOSE =
      "mutation ($input: CheckFlagCloseInput!) { checkFlagClose(input: $input) { checkFlag { conclusion } userErrors { code message } } }";

  private final Database database;
  private final Asking asking;

  RaisedFlagTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    CheckMarket.into(asking, database);
  }

  /**
   * A real catalogue says little: what it does not say is shown, and nobody has to answer for it.
   */
  @Test
  void a_missing_fact_opens_no_flag_and_ends_none() {
    var id = CheckMarket.PRODUCT_ID;
    due(id);
    var of = " from check_flag where subject_id = '" + id + "'";
    assertThat(asking.rows("select string_agg(distinct outcome, ' ')" + of))
        .doesNotContain("UNKNOWN");
    var operator = DraftMarket.operator(asking);
    var shown = CheckMarket.product(operator, CheckMarket.PRODUCT, CheckMarket.CHECKS);
    assertThat(shown.encode()).contains("UNKNOWN");
    assertThat(CheckMarket.product(asking, CheckMarket.PRODUCT, CheckMarket.CHECKS).encode())
        .as("what is left out does not tell whether there is a flag")
        .doesNotContain("UNKNOWN");

    // A flag of a check that does not know now stays open, and is not said to be settled.
    var unknown =
        shown.getJsonArray("checks").stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.getString("outcome").equals("UNKNOWN"))
            .findFirst()
            .orElseThrow()
            .getString("check");
    asking.change(
        """
        insert into check_flag (id, check_code, subject_kind, subject_id, subject, operator_id, jurisdiction_code, outcome,
               opened_run, opened_at, opened_on)
        select gen_random_uuid(), $2, 'PRODUCT', r.subject_id, r.subject, r.operator_id, r.jurisdiction_code, 'FLAG', r.id,
               r.run_at, r.day
          from check_run r where r.subject_id = $1 order by r.number desc limit 1
        """,
        id,
        unknown);
    CheckMarket.resource(asking, 1, "GENERAL_2", "CONDITIONAL");
    CheckMarket.resource(asking, 2, "GENERAL_2", "CONDITIONAL");
    due(id);
    assertThat(asking.rows("select state" + of + " and check_code = '" + unknown + "'"))
        .containsExactly("OPEN");
    assertThat(CheckMarket.product(asking, CheckMarket.PRODUCT, CheckMarket.CHECKS).encode())
        .doesNotContain("\"" + unknown + "\"");
  }

  /** A lesser finding was answered; the grave one is not, and its time begins. */
  @Test
  void what_becomes_a_block_is_to_be_answered_anew() {
    var other = CheckMarket.published(asking);
    var id = Ids.uuid(other);
    var of = " from check_flag where check_code = 'FA-04' and subject_id = '" + id + "'";
    asking.change(
        "update check_flag set state = 'ANSWERED', answer = 'a', answered_at = opened_at, answered_by = 'b' where subject_id = $1 and check_code = 'FA-04'",
        id);
    asking.change(
        "update clock set state = 'MET', ended_on = started_on where subject in (select global_id('cf', f.id) from check_flag f where f.subject_id = $1)",
        id);
    asking.change(
        "insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at) values ('00000000-0000-4000-e000-000000000001', $1, 99, 'a', 'a', '2024-01-01', '2024-01-01Z')",
        asking.rows("select jurisdiction_code" + of).getFirst());
    asking.change(
        "insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, clause, confidence) values ('00000000-0000-4000-e000-000000000001', 'resourceRegistrationCheck', 'BLOCK', 'CHOICE', 'a', 'a', 'a', 'a', 'PROVINCIAL')");
    due(id);

    assertThat(asking.rows("select outcome || ' ' || state || ' ' || version" + of))
        .containsExactly("BLOCK OPEN 2");
    assertThat(
            asking.rows(
                "select count(*)::text from clock c where c.state = 'RUNNING' and c.subject = (select global_id('cf', id)"
                    + of
                    + ")"))
        .containsExactly("1");
  }

  /** An operator that has the role of an authority, too, is no judge of itself. */
  @Test
  void nobody_decides_its_own_flag() {
    var other = CheckMarket.published(asking);
    var id =
        asking
            .rows(
                "select global_id('cf', id) || ' ' || jurisdiction_code from check_flag where subject_id = '"
                    + Ids.uuid(other)
                    + "'")
            .getFirst()
            .split(" ", 2);
    // From today on, which in China begins earlier than elsewhere.
    asking.change(
        "insert into organization_role (organization_id, role, jurisdiction_code, starts_on) values ($1, 'DATA_AUTHORITY', $2, $3)",
        DraftMarket.OPERATOR,
        id[1],
        Moment.present(Instant.now()).day());
    asking.change(
        "insert into organization_role (organization_id, role, jurisdiction_code, starts_on) values ($1, 'DATA_AUTHORITY', $2, $3)",
        DraftMarket.OTHER_INSTITUTION,
        id[1],
        Moment.present(Instant.now()).day());
    var own = asking.as(Role.DATA_AUTHORITY, DraftMarket.OPERATOR);
    var shown = "{ checkFlags(first: 50) { nodes { id allowedActions } } }";
    assertThat(own.data(shown).encode()).contains(id[0]).doesNotContain("CLOSE");
    assertThat(asking.as(Role.DATA_AUTHORITY, DraftMarket.OTHER_INSTITUTION).data(shown).encode())
        .contains(id[0], "CLOSE");
    var closing =
        Map.<String, Object>of(
            "id", id[0], "expectedVersion", 1, "decision", "CLEARED", "text", "无此事");
    assertThat(own.mutate(CLOSE, closing).encode()).contains("FORBIDDEN");
    assertThat(
            asking
                .as(Role.DATA_AUTHORITY, DraftMarket.OTHER_INSTITUTION)
                .mutate(CLOSE, closing)
                .encode())
        .contains("CLEARED");
  }

  private void due(UUID product) {
    asking.change(
        "insert into check_due (operator_id, product_id, cause, due_at) select operator_id, id, 'REQUEST', '2024-01-01Z' from product where id = $1",
        product);
    CheckDueTest.await(new DueWorker(database, InstantSource.system()).work(200));
  }
}
