package dev.fairground.contract;

import static dev.fairground.contract.ContractGround.HOLDER;
import static dev.fairground.contract.ContractGround.id;
import static dev.fairground.contract.ContractGround.read;
import static dev.fairground.contract.ContractGround.refused;
import static dev.fairground.contract.ContractGround.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.Hidden;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A grant is its parties' and its supervisors', and nobody else's. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantHidingTest {
  private static final String DAY = "2026-03-02";

  private final Asking asking;
  private final ContractGround ground;
  private JsonObject given = new JsonObject();
  private JsonObject active = new JsonObject();

  GrantHidingTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.ground = new ContractGround(database, asking);
  }

  @BeforeAll
  void grants() throws Exception {
    ground.market();
    given = read(ground.operator(DAY), ground.given(DAY, "2026-04-01", "2027-03-31").globalId());
    active = ground.active(DAY, DAY, "2027-03-01");
    // What strangers have of their own, so that their lists are not simply empty.
    ground.give(DAY, ground.approved(DAY, DAY, "2027-03-01", 21, ContractGround.STRANGER));
  }

  private Map<String, Asking> strangers() {
    var now = asking.at(ContractGround.noon(DAY));
    var strangers = new LinkedHashMap<String, Asking>();
    strangers.put("another holder", now.as(Role.DEVELOPER, ContractGround.STRANGER));
    strangers.put("another operator", now.as(Role.OPERATOR, ContractGround.OTHER_OPERATOR));
    strangers.put(
        "another institution", now.as(Role.IMPLEMENTING_INSTITUTION, ContractGround.STRANGER));
    strangers.put(
        "the authority of another place", now.as(Role.DATA_AUTHORITY, ContractGround.BEIJING));
    return strangers;
  }

  private static String change(String mutation, String more) {
    return "mutation($id: ID!) { %s(input: {id: $id, expectedVersion: 3%s}) { accessGrant { id } userErrors { code message path rule } } }"
        .formatted(mutation, more);
  }

  private static final String SIGN =
      change("accessGrantSign", ", agreementDigest: \"%s\"".formatted("0".repeat(64)));
  private static final String PROPOSE =
      change("accessGrantEndPropose", ", endsOn: \"2026-12-31\", reason: \"x\"");
  private static final String ACCEPT = change("accessGrantEndAccept", "");
  private static final String DROP = change("accessGrantEndDrop", "");
  private static final String SUSPEND =
      change("accessGrantSuspend", ", ground: SECURITY, reason: \"x\"");
  private static final String RESUME = change("accessGrantResume", ", reason: \"x\"");
  private static final String END = change("accessGrantEnd", ", kind: SECURITY, reason: \"x\"");

  @Test
  void strangers_find_a_grant_by_no_path_and_take_no_step_with_it() {
    strangers()
        .forEach(
            (who, as) -> {
              var both = who.contains("holder") || who.contains("operator");
              for (var grant : List.of(given, active)) {
                var hidden = new Hidden(grant.getString("id"), as);
                hidden.answersAsMissing(
                    "query($id: ID!) { accessGrant(id: $id) { id state holder { code } } }",
                    SUSPEND,
                    RESUME,
                    END);
                if (both) {
                  hidden.answersAsMissing(SIGN, PROPOSE, ACCEPT, DROP);
                }
                hidden.isInNone(
                    "{ accessGrants(first: 100) { nodes { id } } }",
                    "{ accessGrants(first: 100, orderBy: {field: ENDS_ON, direction: ASC}) { nodes { id } } }",
                    "{ accessGrants(first: 100, filter: {not: {state: [ENDED]}}) { nodes { id } } }",
                    "{ accessGrants(filter: {or: [{holder: {eq: \"%1$s\"}}, {not: {holder: {eq: \"%1$s\"}}}]}) { nodes { id } } }"
                        .formatted(id(HOLDER)),
                    "{ product(id: \"%s\") { ... on DataProduct { accessGrants { nodes { id } } } } }"
                        .formatted(Ids.write("dp", ContractGround.product(11))),
                    "{ authorization(id: \"%s\") { accessGrants { nodes { id } } } }"
                        .formatted(Ids.write("ag", ContractGround.authorization(1))));
              }
              for (var counted :
                  List.of(
                      "{ accessGrants(filter: {holder: {eq: \"%s\"}}) { totalCount } }"
                          .formatted(id(HOLDER)),
                      "{ accessGrants(filter: {operator: {eq: \"%s\"}}) { totalCount } }"
                          .formatted(id(ContractGround.OPERATOR)),
                      "{ product(id: \"%s\") { ... on DataProduct { accessGrants { totalCount } } } }"
                          .formatted(Ids.write("dp", ContractGround.product(11))),
                      "{ authorization(id: \"%s\") { accessGrants { totalCount } } }"
                          .formatted(Ids.write("ag", ContractGround.authorization(1))))) {
                assertThat(as.data(counted).encode()).as(who).contains("\"totalCount\":0");
              }
            });
  }

  @Test
  void the_public_needs_credentials_and_finds_no_grant_on_public_pages() {
    for (var grant : List.of(given, active)) {
      new Hidden(grant.getString("id"), asking).answersAsMissing();
    }
    assertThat(asking.errors("{ accessGrants { totalCount } }").encode())
        .contains("UNAUTHENTICATED");
    assertThat(
            asking
                .data(
                    "{ products(first: 10) { nodes { accessGrants { totalCount nodes { id } } } } }")
                .encode())
        .contains("\"totalCount\":0")
        .doesNotContain("acg_", "\"totalCount\":1", "\"totalCount\":2");
  }

  @Test
  void each_party_and_each_supervisor_reads_all_of_it() {
    var now = asking.at(ContractGround.noon(DAY));
    for (var as :
        List.of(
            ground.holder(DAY),
            ground.operator(DAY),
            ground.institution(DAY),
            ground.authority(DAY),
            now.as(Role.DATA_AUTHORITY, ContractGround.NATION),
            now.as(Role.AUDITOR, ContractGround.STRANGER))) {
      assertThat(as.data("{ accessGrants(first: 100) { nodes { id number odrl } } }").encode())
          .contains(given.getString("id"), active.getString("id"));
    }
    assertThat(
            read(now.as(Role.AUDITOR, ContractGround.STRANGER), given.getString("id"))
                .getJsonArray("allowedActions"))
        .as("who only reads takes no step")
        .isEmpty();
  }

  @Test
  void credentials_that_only_read_take_no_step() {
    var reads =
        asking
            .at(ContractGround.noon(DAY))
            .as(
                new Viewer(
                    "reader",
                    new Viewer.Actor("reader", "reader", null),
                    Rights.of(
                        List.of(new Rights.Membership(HOLDER, Role.DEVELOPER)),
                        Set.of(Scope.REQUEST_READ))));
    assertThat(read(reads, active.getString("id")).getJsonArray("allowedActions")).isEmpty();
    assertThat(
            reads
                .answer(
                    ContractGround.mutation("accessGrantResume"),
                    Map.of(
                        "input",
                        ContractGround.input(
                            "id", active.getString("id"), "expectedVersion", 3, "reason", "x")))
                .encode())
        .contains("FORBIDDEN");
    // An operator of another market that may decide for itself only, and reads as an auditor.
    var both =
        asking
            .at(ContractGround.noon(DAY))
            .as(
                new Viewer(
                    "both",
                    new Viewer.Actor("both", "both", null),
                    Rights.of(
                        List.of(
                            new Rights.Membership(ContractGround.STRANGER, Role.AUDITOR),
                            new Rights.Membership(ContractGround.OTHER_OPERATOR, Role.OPERATOR)),
                        null)));
    assertThat(
            refused(step(both, "accessGrantSuspend", active, "ground", "SECURITY", "reason", "x"))
                .encode())
        .contains("FORBIDDEN");
  }

  @Test
  void a_list_costs_the_same_however_long_it_is_and_tells_what_ends_soon() {
    for (int i = 0; i < 4; i++) {
      ground.active(DAY, DAY, "2026-12-0" + (i + 1));
    }
    var query =
        """
        { accessGrants(first: %d, orderBy: {field: ENDS_ON, direction: ASC}, filter: {state: [ACTIVE]}) { totalCount nodes { id endsOn
            product { code } operator { code } holder { code } institution { code } authorization { number } jurisdiction { code }
            scenario { code } deviations { field } clauses { kind } signatures { side } suspension { by } productStanding { usable }
            odrl agreementDigest allowedActions allowedEnds dataspaceState { transfer } clocks { id } history { step } replacement { code } terms { number title { value } } } } }
        """;
    var as = ground.institution(DAY);
    var one = as.statements(query.formatted(1));
    assertThat(as.statements(query.formatted(5))).isEqualTo(one);
    assertThat(one).isLessThanOrEqualTo(17);
    var days =
        as.data(query.formatted(50)).getJsonObject("accessGrants").getJsonArray("nodes").stream()
            .map(node -> ((JsonObject) node).getString("endsOn"))
            .toList();
    assertThat(days).isSorted().hasSizeGreaterThanOrEqualTo(5);
    var soon =
        "{ accessGrants(filter: {endsOn: {to: \"2026-12-02\"}, state: [ACTIVE]}) { totalCount pageInfo { endCursor } } }";
    assertThat(as.data(soon).encode()).contains("\"totalCount\":2");
    var first =
        as.data(
                "{ accessGrants(first: 2, filter: {state: [ACTIVE]}) { pageInfo { endCursor } nodes { id } } }")
            .getJsonObject("accessGrants");
    var second =
        as.data(
                "{ accessGrants(first: 2, after: \"%s\", filter: {state: [ACTIVE]}) { nodes { id } } }"
                    .formatted(first.getJsonObject("pageInfo").getString("endCursor")))
            .getJsonObject("accessGrants");
    assertThat(second.getJsonArray("nodes"))
        .hasSize(2)
        .doesNotContainAnyElementsOf(first.getJsonArray("nodes"));
  }

  @Test
  void a_grant_shows_on_what_terms_like_ones_were_given_and_its_standard_terms() {
    var query =
        "{ accessGrant(id: \"%s\") { terms { number } equalTerms { productId: product { code } cohorts { productVersion scenarioClass unit size } } } }"
            .formatted(active.getString("id"));
    for (int i = 0; i < 3; i++) {
      ground.give(DAY, ground.approved(DAY, DAY, "2027-03-01", 11, HOLDER));
    }
    assertThat(ground.authority("2026-03-03").data(query).encode())
        .contains(
            "\"terms\":{\"number\":0}",
            "{\"productVersion\":1,\"scenarioClass\":\"INDUSTRY\",\"unit\":\"PER_CALL\",\"size\":");
  }
}
