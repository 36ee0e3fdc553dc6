package dev.fairground.access;

import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.approved;
import static dev.fairground.access.AccessMarket.decide;
import static dev.fairground.access.AccessMarket.done;
import static dev.fairground.access.AccessMarket.institution;
import static dev.fairground.access.AccessMarket.operator;
import static dev.fairground.access.AccessMarket.refused;
import static dev.fairground.access.AccessMarket.step;
import static dev.fairground.access.AccessMarket.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is done with requests shows in the public figures of the operator, and nobody's name does.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessFiguresTest {
  private final Database database;
  private final Asking asking;

  AccessFiguresTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    AccessMarket.into(database, asking);
  }

  private JsonObject figures(String day) {
    return asking
        .at(AccessMarket.noon(day))
        .data(
            """
            { organization(code: "org-1") { fairness(period: "2026-03") { requests approved refused withdrawn open overdue
                escalated medianDecisionDays onTime late grants freeGrants reviewsAsked overturned
                affiliates { yes no unknown withheld } } } }
            """)
        .getJsonObject("organization")
        .getJsonObject("fairness");
  }

  @Test
  void each_step_counts() throws Exception {
    assertThat(figures(MONDAY).getInteger("requests")).isZero();
    approved(asking, "2026-03-04", submitted(asking, MONDAY));
    var under =
        done(
            step(
                applicant(asking, "2026-03-06"),
                "accessRequestReviewAsk",
                refused(asking, "2026-03-05", submitted(asking, MONDAY)),
                "grounds",
                "it is within"));
    done(
        decide(
            institution(asking, "2026-03-09"),
            "accessReviewDecide",
            under,
            Map.of("overturn", Map.of()),
            false));
    done(step(applicant(asking, "2026-03-03"), "accessRequestWithdraw", submitted(asking, MONDAY)));
    done(
        step(
            operator(asking, "2026-03-04"),
            "accessRequestAskInformation",
            submitted(asking, MONDAY),
            "gaps",
            "the proof of security"));
    var silent = submitted(asking, MONDAY);

    assertThat(figures(AccessMarket.DUE).getInteger("overdue")).isZero();
    try (var sweep =
        new AccessSweep(database, InstantSource.fixed(AccessMarket.noon("2026-03-17")))) {
      sweep.run().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
    assertThat(figures("2026-03-17").encode())
        .isEqualTo(
            "{\"requests\":5,\"approved\":1,\"refused\":1,\"withdrawn\":1,\"open\":2,\"overdue\":1,\"escalated\":1,"
                + "\"medianDecisionDays\":\"2.5\",\"onTime\":2,\"late\":0,\"grants\":2,\"freeGrants\":0,\"reviewsAsked\":1,"
                + "\"overturned\":1,\"affiliates\":{\"yes\":0,\"no\":0,\"unknown\":0,\"withheld\":2}}");

    var read = AccessMarket.nodes(operator(asking, "2026-03-18"), "decisionsDue", "");
    var now =
        read.stream()
            .map(JsonObject.class::cast)
            .filter(one -> one.getString("id").equals(silent.getString("id")))
            .findFirst()
            .map(
                one ->
                    asking
                        .at(AccessMarket.noon("2026-03-18"))
                        .as(dev.fairground.kernel.Role.OPERATOR, AccessMarket.OPERATOR)
                        .data(
                            "{ accessRequest(id: \"%s\") { id version } }"
                                .formatted(one.getString("id")))
                        .getJsonObject("accessRequest"))
            .orElseThrow();
    refused(asking, "2026-03-18", now);
    var after = figures("2026-03-18");
    assertThat(after.getInteger("late")).isOne();
    assertThat(after.getInteger("overdue")).isZero();
    assertThat(after.getInteger("open")).isOne();
    var shown =
        asking
            .data("{ accessRecords { nodes { id purposeClass refusalReasons submittedIn } } }")
            .encode();
    assertThat(shown).doesNotContain(silent.getString("id").substring(4)).contains("2026-03-01");
  }
}
