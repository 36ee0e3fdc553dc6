package dev.fairground.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Viewer;
import dev.fairground.registration.RegistrationApplication.State;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state, every step, every role. */
class ApplicationRulesTest {
  private static final LocalDate TODAY = LocalDate.of(2025, 11, 14);
  private static final UUID APPLICANT = RegistrationGround.HOLDER;
  private static final UUID REGISTRAR = RegistrationGround.NATION;

  private static Viewer viewer(Role role, UUID organization) {
    return new Viewer(
        "test",
        new Viewer.Actor("test", "test", null),
        Rights.of(List.of(new Rights.Membership(organization, role)), null));
  }

  private static RegistrationApplication at(
      State state, LocalDate dueOn, boolean supplemented, @Nullable String delayReason) {
    var then = OffsetDateTime.parse("2025-11-01T00:00:00Z");
    return new RegistrationApplication(
        UUID.randomUUID(),
        Registration.Kind.FIRST,
        Registration.Subject.RESOURCE,
        UUID.randomUUID(),
        null,
        null,
        null,
        APPLICANT,
        List.of(),
        REGISTRAR,
        "000000",
        null,
        false,
        new JsonObject(),
        new JsonObject(),
        1,
        state,
        null,
        supplemented ? List.of() : null,
        supplemented ? then : null,
        dueOn,
        delayReason,
        true,
        dueOn,
        then,
        "somebody",
        null,
        then,
        "somebody",
        then,
        "somebody");
  }

  private static Set<ApplicationAction> words(@Nullable String words) {
    var actions = EnumSet.noneOf(ApplicationAction.class);
    if (words != null) {
      Arrays.stream(words.split(" ", -1)).map(ApplicationAction::valueOf).forEach(actions::add);
    }
    return actions;
  }

  @ParameterizedTest
  @CsvSource({
    "DRAFT,               UPDATE SUBMIT WITHDRAW,",
    "SUBMITTED,           WITHDRAW,               REQUEST_SUPPLEMENT ACCEPT REFUSE_ACCEPTANCE",
    "SUPPLEMENT_REQUIRED, UPDATE SUBMIT WITHDRAW,",
    "NOT_ACCEPTED,,",
    "ACCEPTED,            WITHDRAW,               PASS_REVIEW FAIL_REVIEW",
    "REJECTED,,",
    "IN_PUBLICITY,        WITHDRAW,",
    "OBJECTED,,                                   DECIDE_OBJECTION",
    "TERMINATED,,",
    "CODED,,",
    "DEREGISTERED,,",
    "WITHDRAWN,,"
  })
  void each_state_allows_each_side_these_steps_and_no_other(
      State state, @Nullable String ofApplicant, @Nullable String ofRegistrar) {
    var application = at(state, TODAY, false, null);

    assertThat(
            ApplicationRules.actions(application, viewer(Role.DATA_SOURCE_UNIT, APPLICANT), TODAY))
        .isEqualTo(words(ofApplicant));
    assertThat(ApplicationRules.actions(application, viewer(Role.REGISTRAR, REGISTRAR), TODAY))
        .isEqualTo(words(ofRegistrar));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void nobody_else_may_take_any_step_in_any_state(Role role) {
    for (var state : State.values()) {
      var application = at(state, TODAY.minusDays(1), false, null);
      assertThat(
              ApplicationRules.actions(
                  application, viewer(role, RegistrationGround.NEIGHBOUR), TODAY))
          .isEmpty();
      if (role != Role.REGISTRAR) {
        assertThat(ApplicationRules.actions(application, viewer(role, REGISTRAR), TODAY)).isEmpty();
      }
    }
  }

  @Test
  void every_state_is_in_the_table_and_every_step_is_somewhere_allowed() {
    var allowed = EnumSet.noneOf(ApplicationAction.class);
    for (var state : State.values()) {
      for (var day : List.of(TODAY, TODAY.minusDays(1))) {
        allowed.addAll(
            ApplicationRules.actions(
                at(state, day, false, null), viewer(Role.DATA_SOURCE_UNIT, APPLICANT), TODAY));
        allowed.addAll(
            ApplicationRules.actions(
                at(state, day, false, null), viewer(Role.REGISTRAR, REGISTRAR), TODAY));
      }
    }
    assertThat(allowed).containsExactlyInAnyOrder(ApplicationAction.values());
  }

  @Test
  void what_depends_on_the_day_and_on_what_was_done_before() {
    var registrar = viewer(Role.REGISTRAR, REGISTRAR);
    assertThat(ApplicationRules.actions(at(State.SUBMITTED, TODAY, true, null), registrar, TODAY))
        .as("one notice only")
        .containsExactly(ApplicationAction.ACCEPT, ApplicationAction.REFUSE_ACCEPTANCE);
    var overdue = TODAY.minusDays(1);
    assertThat(ApplicationRules.actions(at(State.ACCEPTED, overdue, false, null), registrar, TODAY))
        .as("the reason first")
        .containsExactly(ApplicationAction.EXPLAIN_DELAY);
    assertThat(
            ApplicationRules.actions(
                at(State.ACCEPTED, overdue, false, "much work"), registrar, TODAY))
        .containsExactly(ApplicationAction.PASS_REVIEW, ApplicationAction.FAIL_REVIEW);
    assertThat(
            ApplicationRules.actions(
                at(State.IN_PUBLICITY, overdue, false, null), registrar, TODAY))
        .as("from the day after the last one")
        .containsExactly(ApplicationAction.CODE);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-11-28, 3,           , 2028-11-27",
    "2025-11-28, 3, 2027-06-30, 2027-06-30",
    "2025-11-28, 3, 2030-06-30, 2028-11-27",
    "2024-02-29, 3,           , 2027-02-27"
  })
  void a_first_term_is_that_of_the_rule_or_that_of_the_authorization_if_it_is_shorter(
      LocalDate codedOn, int years, @Nullable LocalDate authorizedUntil, LocalDate lastDay) {
    assertThat(Validity.first(codedOn, years, authorizedUntil)).isEqualTo(lastDay);
  }

  @ParameterizedTest
  @CsvSource({
    "2027-06-30, 3,           , 2030-06-30",
    "2027-06-30, 1, 2027-12-31, 2027-12-31",
    "2027-02-28, 1,           , 2028-02-29"
  })
  void a_renewed_term_begins_on_the_day_after_the_one_before(
      LocalDate validUntil, int years, @Nullable LocalDate authorizedUntil, LocalDate lastDay) {
    assertThat(Validity.renewed(validUntil, years, authorizedUntil)).isEqualTo(lastDay);
  }

  @ParameterizedTest
  @CsvSource({"2027-04-30, false", "2027-05-01, true", "2027-06-30, true", "2027-07-01, false"})
  void a_renewal_is_applied_for_within_sixty_days_before_the_end(LocalDate day, boolean may) {
    assertThat(Validity.mayRenew(LocalDate.of(2027, 6, 30), 60, day)).isEqualTo(may);
  }
}
