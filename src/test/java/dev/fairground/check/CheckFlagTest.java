package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.draft.DraftMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flags: who sees them, who answers, who decides, and what everybody may read afterwards. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckFlagTest {
  private static final String FLAGS =
      "{ organization(code: \"org-1\") { flags(first: 50) { totalCount nodes { id version check subject state outcome operator { code } openedRun { id } allowedActions } } } }";
  private static final String ERRORS = " userErrors { __typename code path message } ";
  private static final String ANSWER =
      "mutation ($input: CheckFlagAnswerInput!) { checkFlagAnswer(input: $input) { checkFlag { id version state answer answeredBy } "
          + ERRORS
          + "} }";
  private static final String CLOSE =
      "mutation ($input: CheckFlagCloseInput!) { checkFlagClose(input: $input) { checkFlag { id version state conclusion closedBy } "
          + ERRORS
          + "} }";
  private static final String DECLARE =
      "mutation ($input: ProductDeclareInput!) { productDeclare(input: $input) { productDeclaration { id version kind state text evidence developer { code } } "
          + ERRORS
          + "} }";
  private static final String END =
      "mutation ($input: ProductDeclarationEndInput!) { productDeclarationEnd(input: $input) { productDeclaration { id version state } "
          + ERRORS
          + "} }";

  private final Database database;
  private final Asking asking;
  private String product = "";

  CheckFlagTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    CheckMarket.into(asking, database);
    product = CheckMarket.published(asking);
  }

  private JsonObject flag(String check) {
    return DraftMarket.operator(asking)
        .data(FLAGS)
        .getJsonObject("organization")
        .getJsonObject("flags")
        .getJsonArray("nodes")
        .stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("check").equals(check))
        .filter(one -> one.getString("subject").equals(product))
        .findFirst()
        .orElseThrow();
  }

  /** Resource 1 is not registered: FA-04 raises a flag with the publication. */
  @Test
  void a_flag_is_seen_by_those_it_concerns_answered_by_one_and_closed_by_another() {
    assertThat(asking.data(FLAGS).encode()).contains("\"totalCount\":0");
    assertThat(asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR).data(FLAGS).encode())
        .contains("\"totalCount\":0");
    assertThat(DraftMarket.institution(asking).data(FLAGS).encode()).contains("FA-04");
    assertThat(CheckMarket.authority(asking).data(FLAGS).encode()).contains("FA-04");
    assertThat(asking.as(Role.AUDITOR, DraftMarket.OTHER_INSTITUTION).data(FLAGS).encode())
        .contains("FA-04");
    assertThat(CheckMarket.product(asking, product, CheckMarket.CHECKS).encode())
        .contains("FA-01")
        .doesNotContain("FA-04");
    var own = CheckMarket.product(DraftMarket.operator(asking), product, CheckMarket.CHECKS);
    assertThat(CheckMarket.result(own, "FA-04").encode())
        .contains("\"FLAG\"", "RESOURCE_NOT_REGISTERED");

    var flag = flag("FA-04");
    var id = flag.getString("id");
    var answer =
        Map.<String, Object>of("id", id, "expectedVersion", 1, "text", "办理中", "evidence", "受理号 1");
    assertThat(asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR).mutate(ANSWER, answer).encode())
        .contains("NOT_FOUND");
    var answered =
        DraftMarket.done(DraftMarket.operator(asking).mutate(ANSWER, answer))
            .getJsonObject("checkFlag");
    assertThat(answered.encode()).contains("\"ANSWERED\"", "\"version\":2");
    assertThat(DraftMarket.operator(asking).mutate(ANSWER, answer).encode())
        .contains("VersionConflictError");
    assertThat(
            asking.rows(
                "select state from clock where rule = 'flagAnswerWd' and subject = '" + id + "'"))
        .containsExactly("MET");

    var closing =
        Map.<String, Object>of(
            "id", id, "expectedVersion", 2, "decision", "ACCEPTED_REASON", "text", "同意");
    var closed =
        DraftMarket.done(CheckMarket.authority(asking).mutate(CLOSE, closing))
            .getJsonObject("checkFlag");
    assertThat(closed.encode()).contains("\"CLOSED\"", "\"ACCEPTED_REASON\"");
    var again =
        Map.<String, Object>of("id", id, "expectedVersion", 3, "decision", "CLEARED", "text", "再次");
    assertThat(CheckMarket.authority(asking).mutate(CLOSE, again).encode())
        .contains("StateTransitionError");

    var open =
        asking
            .data(
                "{ checkOutcomes(first: 10) { totalCount nodes { check outcome conclusion operatorPseudonym openedOn } } checkFigures(check: \"FA-04\") { check quarter flagged blocked acceptedReason unfinished operator { code } } }")
            .encode();
    assertThat(open)
        .contains("ACCEPTED_REASON", "\"acceptedReason\":1", "operatorPseudonym")
        .doesNotContain(product, id);
    assertThat(CheckMarket.product(asking, product, CheckMarket.CHECKS).encode()).contains("FA-04");
  }

  @Test
  void a_flag_closes_by_itself_when_the_check_passes_again() {
    var other = CheckMarket.published(asking);
    assertThat(
            asking.rows(
                "select count(*)::text from check_flag where check_code = 'FA-04' and state = 'OPEN' and subject = '"
                    + other
                    + "'"))
        .containsExactly("1");
    asking.change(
        "insert into registration (id, registrar_id, code, subject_kind, resource_id, created_at) values ('00000000-0000-4000-d000-000000000001', $1, 'r-1', 'RESOURCE', '00000000-0000-4000-9000-000000000001', '2024-01-01Z')",
        DraftMarket.INSTITUTION);
    asking.change(
        """
        insert into registration_version (registration_id, version, valid_from, code, registrar_id, subject_kind, resource_id,
               kind, state, coded_on, valid_until, demonstration)
        values ('00000000-0000-4000-d000-000000000001', 1, clock_timestamp(), 'r-1', $1, 'RESOURCE',
                '00000000-0000-4000-9000-000000000001', 'FIRST', 'VALID', '2024-01-01', '2099-12-31', true)
        """,
        DraftMarket.INSTITUTION);
    asking.change(
        "insert into check_due (operator_id, product_id, cause, due_at) values ($1, $2, 'REGISTRATION_CHANGE', '2024-01-01Z')",
        DraftMarket.OPERATOR,
        Ids.uuid(other));
    CheckDueTest.await(new DueWorker(database, InstantSource.system()).work(200));

    var own = CheckMarket.product(DraftMarket.operator(asking), other, CheckMarket.CHECKS);
    assertThat(CheckMarket.result(own, "FA-04").getString("outcome")).isNotEqualTo("FLAG");
    assertThat(
            asking.rows(
                "select conclusion from check_flag where check_code = 'FA-04' and subject = '"
                    + other
                    + "'"))
        .containsExactly("PASSED_AGAIN");
  }

  @Test
  void a_declaration_is_public_without_its_evidence_and_is_taken_back() {
    var input =
        Map.<String, Object>of(
            "productId",
            product,
            "kind",
            "LINEAGE",
            "text",
            "自行开发",
            "evidence",
            "合同",
            "developerId",
            DraftMarket.id("org", DraftMarket.OPERATOR),
            "idempotencyKey",
            DraftMarket.key());
    assertThat(asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR).mutate(DECLARE, input).encode())
        .contains("FORBIDDEN");
    var made = DraftMarket.done(DraftMarket.operator(asking).mutate(DECLARE, input));
    var declaration = made.getJsonObject("productDeclaration");
    assertThat(declaration.encode()).contains("\"合同\"", "org-1", "DECLARED");
    assertThat(CheckMarket.product(asking, product, "declarations { kind text evidence }").encode())
        .contains("自行开发", "\"evidence\":null");
    assertThat(
            asking.rows(
                "select count(*)::text from check_due where cause = 'DECLARATION' and product_id = '"
                    + Ids.uuid(product)
                    + "'"))
        .containsExactly("1");

    var twice = new java.util.HashMap<>(input);
    twice.put("idempotencyKey", DraftMarket.key());
    assertThat(DraftMarket.operator(asking).mutate(DECLARE, twice).encode())
        .contains("ALREADY_EXISTS");
    var wrong = new java.util.HashMap<>(input);
    wrong.put("idempotencyKey", DraftMarket.key());
    wrong.put("kind", "REGRADED");
    assertThat(DraftMarket.operator(asking).mutate(DECLARE, wrong).encode())
        .contains("\"INVALID\"", "developerId");
    var end = Map.<String, Object>of("id", declaration.getString("id"), "expectedVersion", 1);
    assertThat(
            DraftMarket.done(DraftMarket.operator(asking).mutate(END, end))
                .getJsonObject("productDeclaration")
                .encode())
        .contains("ENDED", "\"version\":2");
  }
}
