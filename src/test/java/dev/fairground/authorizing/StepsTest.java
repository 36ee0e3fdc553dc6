package dev.fairground.authorizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.authorization.AuthorizationGrant.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may take which step, where: every state of plans and authorizations, every caller. */
class StepsTest {
  private static final Party INSTITUTION = new Party(true, false, false);
  private static final Party AUTHORITY = new Party(false, true, false);
  private static final Party OPERATOR = new Party(false, false, true);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          PLAN_DRAFT, UPDATE DECIDE WITHDRAW, ''
          PLAN_APPROVED, UPDATE WITHDRAW, FILE
          PLAN_FILED, UPDATE OPEN_SELECTION WITHDRAW, ''
          SELECTING, ANNOUNCE_CANDIDATE WITHDRAW, ''
          CONCLUDED, '', ''
          WITHDRAWN, '', ''
          """)
  void a_plan_moves_by_its_institution_and_is_filed_by_the_data_authority(
      PlanState state, String ofInstitution, String ofAuthority) {
    assertThat(words(PlanRules.actions(state, false, INSTITUTION))).isEqualTo(ofInstitution);
    assertThat(words(PlanRules.actions(state, false, AUTHORITY))).isEqualTo(ofAuthority);
    assertThat(PlanRules.actions(state, false, OPERATOR)).isEmpty();
    assertThat(PlanRules.actions(state, false, Party.NOBODY)).isEmpty();
  }

  @Test
  void nobody_is_selected_for_the_plan_of_a_change() {
    assertThat(PlanRules.actions(PlanState.PLAN_FILED, true, INSTITUTION))
        .containsExactly(PlanAction.UPDATE, PlanAction.WITHDRAW);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          PLAN_DRAFT, '', '', ''
          PLAN_APPROVED, '', '', ''
          PLAN_FILED, '', '', ''
          SELECTING, '', '', ''
          CANDIDATE_PUBLICITY, SIGN END, '', ''
          AGREED, END, FILE, ''
          ACTIVE, AMEND SUSPEND GIVE_EXIT_NOTICE END, SUSPEND END, GIVE_EXIT_NOTICE
          SUSPENDED, AMEND RESUME END, RESUME END, ''
          EXITING, SUSPEND END, SUSPEND END, ''
          ENDED, '', '', ''
          """)
  void an_authorization_moves_by_who_may_move_it(
      State state, String ofInstitution, String ofAuthority, String ofOperator) {
    var standing = new GrantRules.Standing(state, false);
    assertThat(words(GrantRules.actions(standing, INSTITUTION))).isEqualTo(ofInstitution);
    assertThat(words(GrantRules.actions(standing, AUTHORITY))).isEqualTo(ofAuthority);
    assertThat(words(GrantRules.actions(standing, OPERATOR))).isEqualTo(ofOperator);
    assertThat(GrantRules.actions(standing, Party.NOBODY)).isEmpty();
  }

  @Test
  void an_order_of_a_data_authority_is_lifted_by_a_data_authority() {
    var ordered = new GrantRules.Standing(State.SUSPENDED, true);
    assertThat(GrantRules.actions(ordered, INSTITUTION))
        .containsExactly(GrantAction.AMEND, GrantAction.END);
    assertThat(GrantRules.actions(ordered, AUTHORITY))
        .containsExactly(GrantAction.RESUME, GrantAction.END);
  }

  @Test
  void a_mode_says_what_else_a_plan_needs() {
    assertThat(PlanRules.missing(new JsonObject().put("mode", "OTHER"))).contains("modeText");
    assertThat(PlanRules.missing(new JsonObject().put("mode", "BY_FIELD"))).contains("fields");
    assertThat(PlanRules.missing(new JsonObject().put("mode", "OVERALL")))
        .doesNotContain("fields", "modeText", "scenarios");
    var ruledOut =
        new JsonObject()
            .put("scenario", "sce_0000000000004000c000000000000001")
            .put("allowed", false);
    assertThat(
            PlanRules.missing(
                new JsonObject()
                    .put("mode", "BY_SCENARIO")
                    .put("scenarios", new JsonArray(List.of(ruledOut)))))
        .contains("scenarios");
  }

  private static String words(java.util.Collection<? extends Enum<?>> actions) {
    return String.join(" ", actions.stream().map(Enum::name).toList());
  }
}
