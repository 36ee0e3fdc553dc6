package dev.fairground.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.contract.AccessGrant.Suspension;
import dev.fairground.contract.GrantStanding.Stop;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Viewer;
import java.math.BigDecimal;
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

/** Every state, every step, every party. */
class GrantRulesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 5, 4);
  private static final OffsetDateTime THEN = OffsetDateTime.parse("2026-03-02T04:00:00Z");

  /** A state, by how it is called in the tables below. */
  private static Stand stand(String name) {
    return switch (name) {
      case "GIVEN" -> stand(State.AWAITING_SIGNATURE, null, null, null, null);
      case "SIGNED_BY_HOLDER" -> signed(stand("GIVEN"), Party.HOLDER);
      case "SIGNED_BY_OPERATOR" -> signed(stand("GIVEN"), Party.OPERATOR);
      case "ACTIVE" -> stand(State.ACTIVE, null, null, null, null);
      case "PROPOSED_BY_HOLDER" -> stand(State.ACTIVE, null, null, null, Party.HOLDER);
      case "PROPOSED_BY_OPERATOR" -> stand(State.ACTIVE, null, null, null, Party.OPERATOR);
      case "PAUSED" -> stand(State.SUSPENDED, Party.HOLDER, Suspension.PAUSE, null, null);
      case "MISUSED" -> stand(State.SUSPENDED, Party.OPERATOR, Suspension.MISUSE, TODAY, null);
      case "UNCORRECTED" ->
          stand(State.SUSPENDED, Party.OPERATOR, Suspension.MISUSE, TODAY.minusDays(1), null);
      case "BY_INSTITUTION" ->
          stand(State.SUSPENDED, Party.INSTITUTION, Suspension.ORDER, null, null);
      case "BY_AUTHORITY" ->
          stand(State.SUSPENDED, Party.AUTHORITY, Suspension.ORDER, TODAY.minusDays(1), null);
      case "ENDED" -> stand(State.ENDED, null, null, null, null);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Stand stand(
      State state,
      @Nullable Party suspendedBy,
      @Nullable Suspension suspendedFor,
      @Nullable LocalDate correctBy,
      @Nullable Party proposedBy) {
    var signedOn = state == State.AWAITING_SIGNATURE ? null : TODAY.minusDays(30);
    return new Stand(
        1,
        THEN,
        state,
        null,
        suspendedBy,
        suspendedFor,
        correctBy,
        state == State.ENDED ? EndKind.AGREED : null,
        null,
        TODAY.plusDays(100),
        null,
        TODAY,
        signedOn,
        signedOn,
        proposedBy,
        proposedBy == null ? null : TODAY.plusDays(3),
        null,
        null,
        null,
        null);
  }

  private static Stand signed(Stand before, Party side) {
    return new StandCopy(before, AccessGrant.Step.SIGNED, side, null).signed(side, TODAY).made();
  }

  private static Set<GrantAction> actions(@Nullable String words) {
    var actions = EnumSet.noneOf(GrantAction.class);
    if (words != null) {
      Arrays.stream(words.split(" ", -1)).map(GrantAction::valueOf).forEach(actions::add);
    }
    return actions;
  }

  @ParameterizedTest
  @CsvSource({
    // state, holder, operator, institution, data authority
    "GIVEN,                SIGN END,                                  SIGN END,                                  END,                END",
    "SIGNED_BY_HOLDER,     END,                                       SIGN END,                                  END,                END",
    "SIGNED_BY_OPERATOR,   SIGN END,                                  END,                                       END,                END",
    "ACTIVE,               SUSPEND END PROPOSE_END,                   SUSPEND END PROPOSE_END,                   SUSPEND END,        SUSPEND END",
    "PROPOSED_BY_HOLDER,   SUSPEND END PROPOSE_END DROP_END,          SUSPEND END ACCEPT_END DROP_END,           SUSPEND END,        SUSPEND END",
    "PROPOSED_BY_OPERATOR, SUSPEND END ACCEPT_END DROP_END,           SUSPEND END PROPOSE_END DROP_END,          SUSPEND END,        SUSPEND END",
    "PAUSED,               RESUME END PROPOSE_END,                    SUSPEND END PROPOSE_END,                   SUSPEND END,        SUSPEND END",
    "MISUSED,              END PROPOSE_END,                           RESUME END PROPOSE_END,                    SUSPEND RESUME END, SUSPEND RESUME END",
    "UNCORRECTED,          END PROPOSE_END,                           RESUME END PROPOSE_END,                    SUSPEND RESUME END, SUSPEND RESUME END",
    "BY_INSTITUTION,       END PROPOSE_END,                           END PROPOSE_END,                           RESUME END,         SUSPEND RESUME END",
    "BY_AUTHORITY,         END PROPOSE_END,                           END PROPOSE_END,                           END,                RESUME END",
    "ENDED,,,,"
  })
  void each_state_allows_each_party_these_steps_and_no_other(
      String state,
      @Nullable String ofHolder,
      @Nullable String ofOperator,
      @Nullable String ofInstitution,
      @Nullable String ofAuthority) {
    var stand = stand(state);
    assertThat(GrantRules.actions(stand, Set.of(Party.HOLDER), TODAY)).isEqualTo(actions(ofHolder));
    assertThat(GrantRules.actions(stand, Set.of(Party.OPERATOR), TODAY))
        .isEqualTo(actions(ofOperator));
    assertThat(GrantRules.actions(stand, Set.of(Party.INSTITUTION), TODAY))
        .isEqualTo(actions(ofInstitution));
    assertThat(GrantRules.actions(stand, Set.of(Party.AUTHORITY), TODAY))
        .isEqualTo(actions(ofAuthority));
    assertThat(GrantRules.actions(stand, Set.of(Party.SERVER), TODAY)).isEmpty();
    assertThat(GrantRules.actions(stand, Set.of(), TODAY)).isEmpty();
    assertThat(GrantRules.actions(stand, EnumSet.allOf(Party.class), TODAY.plusDays(101)))
        .as("after its last day")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GIVEN,       BY_HOLDER, SECURITY,                                        SECURITY",
    "ACTIVE,      BY_HOLDER, SECURITY PRODUCT_EXIT AUTHORIZATION_EXIT,        SECURITY",
    "MISUSED,     BY_HOLDER, SECURITY PRODUCT_EXIT AUTHORIZATION_EXIT,        SECURITY",
    "UNCORRECTED, BY_HOLDER, BREACH SECURITY PRODUCT_EXIT AUTHORIZATION_EXIT, BREACH SECURITY",
    "ENDED,,,"
  })
  void each_party_ends_it_for_these_reasons_and_no_other(
      String state,
      @Nullable String ofHolder,
      @Nullable String ofOperator,
      @Nullable String ofAuthority) {
    assertThat(GrantRules.ends(stand(state), Party.HOLDER, TODAY)).isEqualTo(ends(ofHolder));
    assertThat(GrantRules.ends(stand(state), Party.OPERATOR, TODAY)).isEqualTo(ends(ofOperator));
    for (var party : List.of(Party.INSTITUTION, Party.AUTHORITY)) {
      assertThat(GrantRules.ends(stand(state), party, TODAY)).isEqualTo(ends(ofAuthority));
    }
    assertThat(GrantRules.ends(stand(state), Party.SERVER, TODAY)).isEmpty();
  }

  private static Set<EndKind> ends(@Nullable String words) {
    var ends = EnumSet.noneOf(EndKind.class);
    if (words != null) {
      Arrays.stream(words.split(" ", -1)).map(EndKind::valueOf).forEach(ends::add);
    }
    return ends;
  }

  @Test
  void nobody_signs_after_the_day_until_which_it_can_be_signed() {
    for (var party : List.of(Party.HOLDER, Party.OPERATOR)) {
      assertThat(GrantRules.fits(GrantAction.SIGN, stand("GIVEN"), party, TODAY)).isTrue();
      assertThat(GrantRules.fits(GrantAction.SIGN, stand("GIVEN"), party, TODAY.plusDays(1)))
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void a_role_makes_a_party_only_of_its_own_organizations(Role role) {
    var grant = grant(stand("ACTIVE"));
    for (var organization :
        List.of(
            ContractGround.HOLDER,
            ContractGround.OPERATOR,
            ContractGround.INSTITUTION,
            ContractGround.STRANGER)) {
      var viewer =
          new Viewer(
              "test",
              new Viewer.Actor("test", "test", null),
              Rights.of(List.of(new Rights.Membership(organization, role)), null));
      var expected = EnumSet.noneOf(Party.class);
      var scopes = role.scopes();
      if (organization.equals(ContractGround.HOLDER)
          && scopes.contains(dev.fairground.kernel.Scope.REQUEST_WRITE)) {
        expected.add(Party.HOLDER);
      }
      if (organization.equals(ContractGround.OPERATOR) && role == Role.OPERATOR) {
        expected.add(Party.OPERATOR);
      }
      if (organization.equals(ContractGround.INSTITUTION)
          && (role == Role.IMPLEMENTING_INSTITUTION || role == Role.DATA_AUTHORITY)) {
        expected.add(Party.INSTITUTION);
      }
      assertThat(GrantRules.parties(grant, viewer, false)).isEqualTo(expected);
    }
  }

  @Test
  void every_step_and_every_reason_of_a_suspension_is_open_to_somebody() {
    var steps = EnumSet.noneOf(GrantAction.class);
    for (var name :
        List.of("GIVEN", "ACTIVE", "PROPOSED_BY_HOLDER", "MISUSED", "PAUSED", "ENDED")) {
      steps.addAll(GrantRules.actions(stand(name), EnumSet.allOf(Party.class), TODAY));
    }
    assertThat(steps).containsExactlyInAnyOrder(GrantAction.values());
    var grounds = EnumSet.noneOf(Suspension.class);
    for (var party : Party.values()) {
      grounds.addAll(GrantRules.suspensions(party));
    }
    assertThat(grounds).containsExactlyInAnyOrder(Suspension.values());
  }

  @ParameterizedTest
  @CsvSource({
    "GIVEN,  PUBLISHED, ACTIVE,    NOT_SIGNED,                                     false",
    "ACTIVE, PUBLISHED, ACTIVE,    ,                                               false",
    "ACTIVE, SUSPENDED, ACTIVE,    PRODUCT_SUSPENDED,                              false",
    "ACTIVE, SUSPENDED, SUSPENDED, PRODUCT_SUSPENDED AUTHORIZATION_SUSPENDED,      false",
    "ACTIVE, PUBLISHED, EXITING,   ,                                               true",
    "ACTIVE, SUSPENDED, ENDED,     ,                                               true",
    "ACTIVE, DELISTED,  ACTIVE,    ,                                               true",
    "PAUSED, DELISTED,  SUSPENDED, SUSPENDED AUTHORIZATION_SUSPENDED,              true",
    "ENDED,  SUSPENDED, SUSPENDED, ENDED,                                          false"
  })
  void what_a_grant_rests_on_stops_its_use_while_it_is_suspended_and_lets_it_run_off_when_it_ends(
      String state, String product, String authorization, @Nullable String stops, boolean runsOff) {
    var standing = GrantStanding.of(grant(stand(state)), TODAY, product, null, authorization);
    assertThat(standing.stoppedBy())
        .isEqualTo(
            stops == null
                ? List.of()
                : Arrays.stream(stops.split(" ", -1)).map(Stop::valueOf).toList());
    assertThat(standing.runsOff()).isEqualTo(runsOff);
    assertThat(standing.usable()).isEqualTo(stops == null);
  }

  @Test
  void use_counts_from_the_first_day_to_the_last_one() {
    var grant = grant(stand("ACTIVE"));
    assertThat(grant.isOpenOn(LocalDate.of(2026, 3, 31))).isFalse();
    assertThat(grant.isOpenOn(LocalDate.of(2026, 4, 1))).isTrue();
    assertThat(grant.isOpenOn(TODAY.plusDays(100))).isTrue();
    assertThat(grant.isOpenOn(TODAY.plusDays(101))).isFalse();
    assertThat(
            GrantStanding.of(grant, LocalDate.of(2026, 3, 31), "PUBLISHED", null, "ACTIVE")
                .stoppedBy())
        .containsExactly(Stop.NOT_STARTED);
    assertThat(
            GrantStanding.of(grant, TODAY.plusDays(101), "PUBLISHED", null, "ACTIVE").stoppedBy())
        .containsExactly(Stop.OVER);
  }

  @Test
  void without_rules_no_notice_is_needed() {
    var days = GrantNotice.Days.of(RuleBook.of("000000", List.of()), TODAY);
    assertThat(days).isEqualTo(new GrantNotice.Days(TODAY, TODAY, TODAY));
  }

  private static AccessGrant grant(Stand stand) {
    return new AccessGrant(
        ContractGround.OPERATOR,
        UUID.randomUUID(),
        "AG-1",
        UUID.randomUUID(),
        UUID.randomUUID(),
        ContractGround.product(11),
        1,
        ContractGround.authorization(1),
        ContractGround.INSTITUTION,
        "430000",
        ContractGround.HOLDER,
        null,
        "INDUSTRY",
        "INDUSTRY",
        0,
        0,
        null,
        null,
        true,
        null,
        null,
        null,
        null,
        BigDecimal.ZERO,
        null,
        "NONE",
        "NONE",
        null,
        null,
        null,
        null,
        LocalDate.of(2026, 4, 1),
        TODAY.plusDays(100),
        LocalDate.of(2026, 3, 2),
        null,
        null,
        null,
        THEN,
        true,
        stand);
  }
}
