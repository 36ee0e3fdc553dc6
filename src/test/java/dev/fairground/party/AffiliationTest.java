package dev.fairground.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AffiliationTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String LINK =
      "{ affiliation { id kind sharePercent term { startsOn endsOn } } userErrors { __typename code path message rule"
          + " ... on AffiliationCycleError { on links { id } } } } }";
  private static final String DECLARE =
      "mutation ($input: AffiliationDeclareInput!) { affiliationDeclare(input: $input) " + LINK;
  private static final String END =
      "mutation ($input: AffiliationEndInput!) { affiliationEnd(input: $input) " + LINK;
  private static final String CONFIRM =
      "mutation ($input: AffiliationsConfirmInput!) { affiliationsConfirm(input: $input) { declaredOn organization { id } userErrors { code path } } }";

  private final Asking asking;

  AffiliationTest(Database database, MeterRegistry metrics) {
    asking = new Asking(database, metrics);
  }

  @BeforeAll
  void jurisdictions() {
    asking.change(
        "insert into jurisdiction (code, level, name, name_en, time_zone) values ('000000', 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai')");
    asking.change(
        "insert into jurisdiction (code, parent_code, level, name, name_en, time_zone) values ('110000', '000000', 'PROVINCE', '北京', 'Beijing', 'Asia/Shanghai')");
  }

  private UUID organization(String... roles) {
    var id = UUID.randomUUID();
    var code = "org-" + NUMBER.incrementAndGet();
    asking.change(
        "insert into organization (id, code, created_at) values ($1, $2, '2024-01-01Z')", id, code);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        values ($1, 1, '2024-01-01Z', $2, $2, 'zh', 'ENTERPRISE', true)
        """,
        id,
        code);
    for (var role : roles) {
      asking.change(
          "insert into organization_role (organization_id, role, jurisdiction_code, starts_on) values ($1, $2, '110000', '2024-01-01')",
          id,
          role);
    }
    return id;
  }

  private JsonObject declare(Asking as, UUID from, UUID to, String kind, Object... more) {
    var input = new HashMap<String, Object>();
    input.put("organizationId", org(from));
    input.put("affiliateId", org(to));
    input.put("kind", kind);
    input.put("startsOn", "2025-01-01");
    input.put("evidence", "company register");
    input.put("idempotencyKey", "key-" + NUMBER.incrementAndGet());
    for (int i = 0; i < more.length; i += 2) {
      input.put((String) more[i], more[i + 1]);
    }
    return as.mutate(DECLARE, input);
  }

  private JsonObject controls(UUID from, UUID to, Object... more) {
    var payload = declare(asking.as(Role.OPERATOR, from), from, to, "CONTROLS", more);
    assertThat(payload.getJsonArray("userErrors")).isEmpty();
    return payload.getJsonObject("affiliation");
  }

  private static String org(UUID id) {
    return Ids.write("org", id);
  }

  private static List<String> errors(JsonObject payload) {
    return payload.getJsonArray("userErrors").stream()
        .map(error -> ((JsonObject) error).getString("code"))
        .toList();
  }

  private List<String> related(UUID of, String on) {
    var found =
        asking
            .data(
                "{ organization(id: \"%s\") { related(on: \"%s\") { organization { id } direct control links { id } } } }"
                    .formatted(org(of), on))
            .getJsonObject("organization")
            .getJsonArray("related");
    return found.stream()
        .map(JsonObject.class::cast)
        .map(r -> r.getJsonObject("organization").getString("id"))
        .toList();
  }

  @Test
  void a_sister_through_a_common_parent_is_related_while_the_links_last() {
    var parent = organization();
    var operator = organization("OPERATOR");
    var daughter = organization("DEVELOPER");
    controls(parent, operator);
    var link = controls(parent, daughter);

    assertThat(related(operator, "2025-06-01")).containsExactly(org(parent), org(daughter));
    assertThat(related(operator, "2024-12-31")).isEmpty();

    var ended =
        asking
            .as(Role.OPERATOR, daughter)
            .mutate(
                END,
                Map.of("id", link.getString("id"), "endsOn", "2025-08-31", "evidence", "sold"));
    assertThat(ended.getJsonObject("affiliation").getJsonObject("term").getString("endsOn"))
        .isEqualTo("2025-08-31");
    assertThat(related(operator, "2025-08-31")).contains(org(daughter));
    assertThat(related(operator, "2025-09-01")).containsExactly(org(parent));
  }

  @Test
  void a_past_moment_knows_no_link_and_no_end_that_was_declared_later() {
    var operator = organization("OPERATOR");
    var daughter = organization("DEVELOPER");
    var before = Instant.now();
    var link = controls(operator, daughter);
    var between = Instant.now();
    assertThat(
            asking
                .as(Role.OPERATOR, daughter)
                .mutate(
                    END,
                    Map.of("id", link.getString("id"), "endsOn", "2025-03-31", "evidence", "sold"))
                .getJsonArray("userErrors"))
        .isEmpty();

    assertThat(relatedAsOf(operator, before)).doesNotContain(org(daughter));
    assertThat(relatedAsOf(operator, between)).contains(org(daughter));
    assertThat(relatedAsOf(operator, Instant.now())).doesNotContain(org(daughter));
  }

  /** On 2025-06-01, as was known at a moment. */
  private String relatedAsOf(UUID of, Instant moment) {
    return asking
        .data(
            "{ organization(id: \"%s\", asOf: \"%s\") { related(on: \"2025-06-01\") { organization { id } } } }"
                .formatted(org(of), moment))
        .encode();
  }

  @Test
  void common_officers_lead_one_step_and_no_further() {
    var operator = organization("OPERATOR");
    var other = organization();
    var beyond = organization();
    assertThat(
            errors(declare(asking.as(Role.OPERATOR, operator), operator, other, "SHARES_OFFICERS")))
        .isEmpty();
    controls(other, beyond);

    assertThat(related(operator, "2025-06-01")).containsExactly(org(other));
  }

  @Test
  void the_end_is_set_once_and_not_before_the_beginning() {
    var one = organization();
    var link = controls(one, organization());
    var as = asking.as(Role.OPERATOR, one);

    assertThat(
            errors(
                as.mutate(
                    END,
                    Map.of("id", link.getString("id"), "endsOn", "2024-12-31", "evidence", "x"))))
        .containsExactly("INVALID");
    var input =
        Map.<String, Object>of("id", link.getString("id"), "endsOn", "2025-12-31", "evidence", "x");
    assertThat(errors(as.mutate(END, input))).isEmpty();
    assertThat(errors(as.mutate(END, input))).containsExactly("STATE_TRANSITION");
  }

  @Test
  void everything_wrong_with_the_form_is_told_at_once() {
    var one = organization();
    var payload =
        declare(
            asking.as(Role.OPERATOR, one),
            one,
            organization(),
            "HOLDS_SHARES",
            "endsOn",
            "2024-01-01",
            "evidence",
            " ");

    assertThat(errors(payload)).containsExactly("INVALID", "REQUIRED", "INVALID");
  }

  @Test
  void a_circle_of_control_is_refused_with_its_links_unless_it_is_said_to_be_so() {
    var a = organization();
    var b = organization();
    var c = organization();
    var ab = controls(a, b);
    var bc = controls(b, c);

    var refused = declare(asking.as(Role.OPERATOR, c), c, a, "CONTROLS");
    var error = refused.getJsonArray("userErrors").getJsonObject(0);
    assertThat(error.getString("__typename")).isEqualTo("AffiliationCycleError");
    assertThat(error.getJsonArray("links").encode())
        .isEqualTo(
            "[{\"id\":\"%s\"},{\"id\":\"%s\"}]".formatted(ab.getString("id"), bc.getString("id")));

    controls(c, a, "circular", true);
    assertThat(related(a, "2025-06-01")).containsExactlyInAnyOrder(org(b), org(c));
  }

  @Test
  void of_two_links_at_once_that_close_a_circle_of_four_one_is_refused() {
    for (int round = 0; round < 5; round++) {
      var a = organization();
      var b = organization();
      var c = organization();
      var d = organization();
      controls(b, c);
      controls(d, a);

      var one =
          CompletableFuture.supplyAsync(
              () -> declare(asking.as(Role.OPERATOR, a), a, b, "CONTROLS"));
      var other =
          CompletableFuture.supplyAsync(
              () -> declare(asking.as(Role.OPERATOR, c), c, d, "CONTROLS"));

      assertThat(errors(one.join()).size() + errors(other.join()).size()).isEqualTo(1);
    }
  }

  @Test
  void the_same_link_is_not_declared_twice_for_the_same_days() {
    var one = organization();
    var other = organization();
    controls(one, other, "endsOn", "2025-12-31");

    assertThat(errors(declare(asking.as(Role.OPERATOR, one), one, other, "CONTROLS")))
        .containsExactly("ALREADY_EXISTS");
    controls(one, other, "startsOn", "2026-01-01");
  }

  @Test
  void a_stranger_declares_nothing_and_a_data_authority_does_in_its_place_only() {
    var one = organization("OPERATOR");
    var other = organization();
    var stranger = organization();
    var authority = organization("DATA_AUTHORITY");

    assertThat(errors(declare(asking.as(Role.OPERATOR, stranger), one, other, "CONTROLS")))
        .containsExactly("FORBIDDEN");
    assertThat(errors(declare(asking.as(Role.DATA_AUTHORITY, stranger), one, other, "CONTROLS")))
        .containsExactly("FORBIDDEN");
    assertThat(errors(declare(asking.as(Role.DATA_AUTHORITY, authority), one, other, "CONTROLS")))
        .isEmpty();
    assertThat(
            errors(declare(asking.as(Role.DATA_AUTHORITY, authority), stranger, other, "CONTROLS")))
        .containsExactly("FORBIDDEN");
  }

  @Test
  void a_trial_changes_nothing_and_a_key_is_good_for_one_link() {
    var one = organization();
    var other = organization();
    var as = asking.as(Role.OPERATOR, one);
    assertThat(errors(declare(as, one, other, "CONTROLS", "validateOnly", true))).isEmpty();
    assertThat(related(one, "2025-06-01")).isEmpty();

    var first = declare(as, one, other, "CONTROLS", "idempotencyKey", "once");
    var again = declare(as, one, other, "CONTROLS", "idempotencyKey", "once");
    assertThat(again).isEqualTo(first);
  }

  @Test
  void a_declaration_is_kept_and_has_the_operators_looked_at_again() {
    var operator = organization("OPERATOR");
    var parent = organization();
    controls(parent, operator);
    asking.change("delete from check_due");
    var as = asking.as(Role.OPERATOR, parent);

    assertThat(
            as.mutate(CONFIRM, Map.of("organizationId", org(parent), "on", "2025-03-01"))
                .getString("declaredOn"))
        .isEqualTo("2025-03-01");
    assertThat(
            asking
                .data(
                    "{ organization(id: \"%s\") { affiliationsDeclaredOn } }"
                        .formatted(org(parent)))
                .encode())
        .contains("2025-03-01");
    assertThat(asking.rows("select operator_id::text from check_due where cause = 'DECLARATION'"))
        .containsExactly(operator.toString());
    assertThat(
            errors(as.mutate(CONFIRM, Map.of("organizationId", org(parent), "on", "2999-01-01"))))
        .containsExactly("INVALID");
  }

  @Test
  void many_organizations_cost_one_statement_for_their_relations() {
    var one = organization();
    controls(one, organization());
    var query =
        "{ organizations(first: %d) { nodes { related { organization { code } links { kind } } } } }";

    assertThat(asking.statements(query.formatted(50)))
        .isEqualTo(asking.statements(query.formatted(3)));
  }
}
