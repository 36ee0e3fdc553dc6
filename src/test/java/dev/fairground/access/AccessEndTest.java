package dev.fairground.access;

import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.approval;
import static dev.fairground.access.AccessMarket.approved;
import static dev.fairground.access.AccessMarket.asked;
import static dev.fairground.access.AccessMarket.decide;
import static dev.fairground.access.AccessMarket.operator;
import static dev.fairground.access.AccessMarket.refused;
import static dev.fairground.access.AccessMarket.rules;
import static dev.fairground.access.AccessMarket.submit;
import static dev.fairground.access.AccessMarket.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** T21: an authorization ends while there are requests and grants. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessEndTest {
  private final Database database;
  private final Asking asking;

  AccessEndTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    AccessMarket.into(database, asking);
  }

  @Test
  void no_new_grant_is_given_and_those_that_there_are_run_off() {
    var given = approved(asking, MONDAY, submitted(asking, MONDAY)).getJsonObject("grant");
    var open = submitted(asking, MONDAY);
    asking.change(
        """
        with closed as (
          update authorization_grant_version set valid_to = '2026-03-03T02:00:00Z'
           where number = 'grant-1' and valid_to = 'infinity'
          returning *)
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select grant_id, version + 1, '2026-03-03T02:00:00Z', number, institution_id, operator_id, jurisdiction_code,
               title, locale, mode, 'ENDED', starts_on, '2026-03-02', demonstration
          from closed
        """);
    var day = "2026-03-03";

    var refusedApproval = decide(operator(asking, day), open, approval());
    assertThat(refusedApproval.getJsonObject("accessRequest")).isNull();
    assertThat(rules(refusedApproval)).isNotEmpty().allMatch(rule -> !rule.startsWith("INVALID"));
    assertThat(
            asking.rows(
                "-- test\nselect id::text from access_grant where global_id('acr', request_id) = '%s'"
                    .formatted(open.getString("id"))))
        .isEmpty();
    assertThat(rules(submit(applicant(asking, day), asked(day)))).contains("NOT_IN_FORCE FA-02");
    assertThat(
            applicant(asking, day)
                .data(
                    "{ node(id: \"%s\") { ... on AccessGrant { state } } }"
                        .formatted(given.getString("id")))
                .encode())
        .contains("AWAITING_SIGNATURE");
    JsonObject ended = refused(asking, day, open);
    assertThat(ended.getString("state")).isEqualTo("REFUSED");
  }
}
