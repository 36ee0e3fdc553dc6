package dev.fairground.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.access.AccessRequest.Level;
import dev.fairground.access.AccessRequest.State;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every state, step and role. */
class AccessRulesTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-04");
  private static final Party APPLICANT = new Party(true, false, false);
  private static final Party OPERATOR = new Party(false, true, false);
  private static final Party REVIEWER = new Party(false, false, true);
  private static final Party NOBODY = new Party(false, false, false);

  private record Shape(boolean noticed, boolean extended, boolean held, boolean overdue) {
    static final Shape PLAIN = new Shape(false, false, false, false);
  }

  private static AccessRequest request(State state, Shape shape, @Nullable LocalDate until) {
    var id = UUID.randomUUID();
    var due =
        switch (state) {
          case SUBMITTED, UNDER_REVIEW ->
              shape.held() ? AccessRequest.WAITING : shape.overdue() ? TODAY.minusDays(1) : TODAY;
          case INCOMPLETE -> AccessRequest.WAITING;
          default -> AccessRequest.NOTHING_DUE;
        };
    return new AccessRequest(
        id,
        id,
        "AR-1",
        id,
        1,
        id,
        id,
        "000000",
        id,
        null,
        "INDUSTRY",
        "INDUSTRY",
        "use",
        TODAY,
        TODAY,
        null,
        null,
        null,
        0,
        0,
        null,
        null,
        OffsetDateTime.parse("2026-03-01T00:00:00Z"),
        TODAY,
        true,
        1,
        state,
        Level.OPERATOR,
        due,
        shape.noticed(),
        shape.extended(),
        shape.held(),
        null,
        null,
        until,
        null);
  }

  private static Set<AccessAction> actions(State state, Shape shape, Party party) {
    return AccessRules.actions(request(state, shape, TODAY), party, TODAY);
  }

  @Test
  void each_state_allows_each_role_what_it_should() {
    var table = new TreeMap<String, String>();
    for (var state : State.values()) {
      table.put(
          state.name(),
          actions(state, Shape.PLAIN, APPLICANT)
              + " "
              + actions(state, Shape.PLAIN, OPERATOR)
              + " "
              + actions(state, Shape.PLAIN, REVIEWER));
      assertThat(actions(state, Shape.PLAIN, NOBODY)).isEmpty();
    }
    assertThat(table)
        .containsEntry("SUBMITTED", "[WITHDRAW] [ASK_INFORMATION, EXTEND, DECIDE] []")
        .containsEntry("INCOMPLETE", "[SUPPLEMENT, WITHDRAW] [] []")
        .containsEntry("GRANTED", "[] [] []")
        .containsEntry("REFUSED", "[ASK_REVIEW] [] []")
        .containsEntry("UNDER_REVIEW", "[WITHDRAW] [] [DECIDE_REVIEW]")
        .containsEntry("REFUSAL_UPHELD", "[] [] []")
        .containsEntry("WITHDRAWN", "[] [] []")
        .hasSize(State.values().length);
  }

  @Test
  void a_notice_and_an_extension_are_given_once_and_in_time() {
    var shapes = new ArrayList<String>();
    for (var noticed : List.of(false, true)) {
      for (var extended : List.of(false, true)) {
        for (var held : List.of(false, true)) {
          for (var overdue : List.of(false, true)) {
            var shape = new Shape(noticed, extended, held, overdue);
            var may = actions(State.SUBMITTED, shape, OPERATOR);
            assertThat(may).contains(AccessAction.DECIDE);
            assertThat(may.contains(AccessAction.ASK_INFORMATION))
                .as(shape.toString())
                .isEqualTo(!noticed && !held && !overdue);
            assertThat(may.contains(AccessAction.EXTEND))
                .as(shape.toString())
                .isEqualTo(!extended && !held && !overdue);
            shapes.add(shape.toString());
          }
        }
      }
    }
    assertThat(shapes).hasSize(16);
  }

  @Test
  void a_review_is_asked_for_until_the_end_of_its_last_day() {
    for (var days = -1; days <= 1; days++) {
      assertThat(
              AccessRules.fits(
                  AccessAction.ASK_REVIEW,
                  request(State.REFUSED, Shape.PLAIN, TODAY.plusDays(days)),
                  TODAY))
          .isEqualTo(days >= 0);
    }
    assertThat(
            AccessRules.fits(
                AccessAction.ASK_REVIEW, request(State.REFUSED, Shape.PLAIN, null), TODAY))
        .isTrue();
  }

  @Test
  void every_refusal_says_what_to_do_instead() {
    for (var state : State.values()) {
      for (var action : AccessAction.values()) {
        for (var shape :
            List.of(
                Shape.PLAIN,
                new Shape(true, true, false, false),
                new Shape(false, false, true, false),
                new Shape(false, false, false, true))) {
          var of = request(state, shape, TODAY.minusDays(1));
          if (!AccessRules.fits(action, of, TODAY)) {
            assertThat(AccessRules.refusal(action, of, TODAY)).endsWith(".").isNotBlank();
          }
        }
      }
    }
  }
}
