package dev.fairground.contract;

import static dev.fairground.contract.ContractGround.HOLDER;
import static dev.fairground.contract.ContractGround.HUNAN;
import static dev.fairground.contract.ContractGround.INSTITUTION;
import static dev.fairground.contract.ContractGround.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.mutation.Verdict;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an approval gives, and when it cannot. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantGivenTest {
  private static final String DAY = "2026-03-02";

  private final Database database;
  private final Asking asking;
  private final ContractGround ground;

  GrantGivenTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
    this.ground = new ContractGround(database, asking);
  }

  @BeforeAll
  void market() throws Exception {
    ground.market();
  }

  private String rejected(Verdict<AccessGrant> verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    var errors = ((Verdict.Rejected<AccessGrant>) verdict).errors();
    return errors.getFirst().code() + " " + errors.getFirst().rule();
  }

  @Test
  void a_grant_waits_for_both_signatures_with_the_terms_that_were_approved() {
    var grant = ground.given(DAY, "2026-04-01", "2027-03-31");

    assertThat(grant.number()).matches("AG-20260302-[0-9A-HJKMNP-TV-Z]{8}");
    assertThat(grant.state()).isEqualTo(AccessGrant.State.AWAITING_SIGNATURE);
    assertThat(grant.version()).isEqualTo(1);
    assertThat(grant.unitPrice()).isEqualByComparingTo(new BigDecimal("0.08"));
    assertThat(grant.endsOn()).isEqualTo(LocalDate.of(2027, 3, 31));
    assertThat(grant.stand().signBy()).as("30 days").isEqualTo(LocalDate.of(2026, 4, 1));
    assertThat(
            asking.rows(
                "-- test\nselect e.organization_id::text from event_outbox e where e.type = 'ACCESS_GRANT_CHANGED' and not e.open and e.subject = '%s'"
                    .formatted(grant.globalId())))
        .containsExactlyInAnyOrder(
            HOLDER.toString(), OPERATOR.toString(), INSTITUTION.toString(), HUNAN.toString());
  }

  @Test
  void deviations_and_clauses_are_kept_in_their_order() {
    var plain = ground.approved(DAY, "2026-04-01", "2027-03-31");
    var grant =
        ContractGround.accepted(
            ground.give(
                DAY,
                ContractGround.with(
                    plain,
                    List.of(
                        new NewGrant.Deviation(
                            "UNIT_PRICE", "0.10", "0.08", "SCALE", "a million calls", "doc-1"),
                        new NewGrant.Deviation(
                            "PAYMENT_DAYS", "30", "60", "SMALL_FIRM", "policy", null)),
                    List.of(new NewGrant.Clause("SECURITY", "keep it in the sandbox", null)))));
    assertThat(
            asking.rows(
                "-- test\nselect field || factor from access_grant_deviation where grant_id = '%s' order by position"
                    .formatted(grant.id())))
        .containsExactly("UNIT_PRICESCALE", "PAYMENT_DAYSSMALL_FIRM");
    assertThat(
            asking.rows(
                "-- test\nselect kind from access_grant_clause where grant_id = '%s'"
                    .formatted(grant.id())))
        .containsExactly("SECURITY");
  }

  @Test
  void nothing_is_given_on_a_product_that_is_not_offered_or_an_authorization_that_takes_no_more() {
    var suspended = ground.approved(DAY, "2026-04-01", "2027-03-31", 12, HOLDER);
    ground.product(12, "SUSPENDED");
    assertThat(rejected(ground.give(DAY, suspended))).isEqualTo("NOT_IN_FORCE productOffered");
    ground.product(12, "DELISTED");
    assertThat(rejected(ground.give(DAY, suspended))).isEqualTo("NOT_IN_FORCE productOffered");

    var grant = ground.approved(DAY, "2026-04-01", "2027-03-31");
    for (var state : List.of("SUSPENDED", "ENDED")) {
      ground.authorizations(state, "2029-12-31", null);
      assertThat(rejected(ground.give(DAY, grant))).isEqualTo("NOT_IN_FORCE authorizationInForce");
    }
    ground.authorizations("EXITING", "2029-12-31", "2026-03-01");
    assertThat(rejected(ground.give(DAY, grant))).isEqualTo("NOT_IN_FORCE authorizationInForce");
    ground.authorizations("ACTIVE", "2029-12-31", "2026-03-01");
    assertThat(rejected(ground.give(DAY, grant))).isEqualTo("NOT_IN_FORCE authorizationInForce");
    ground.authorizations("ACTIVE", "2026-03-01", null);
    assertThat(rejected(ground.give(DAY, grant))).isEqualTo("NOT_IN_FORCE authorizationInForce");
    ground.authorizations("EXITING", "2029-12-31", "2026-03-01");
    assertThat(rejected(ground.give(DAY, grant))).isEqualTo("NOT_IN_FORCE authorizationInForce");
    ground.authorizations("EXITING", "2029-12-31", DAY);
    assertThat(ContractGround.accepted(ground.give(DAY, grant)).version()).isEqualTo(1);
    ground.authorizations("ACTIVE", "2029-12-31", null);
    assertThatThrownBy(() -> ground.give(DAY, grant))
        .as("one request, one grant")
        .hasStackTraceContaining("access_grant");
    ground.authorizations("ACTIVE", "2029-12-31", null);
    assertThat(
            rejected(ground.give("2027-04-01", ground.approved(DAY, "2026-04-01", "2027-03-31"))))
        .as("over")
        .isEqualTo("INVALID grantTerm");
  }

  @Test
  void a_product_that_is_suspended_at_the_same_time_is_waited_for() throws Exception {
    var grant = ground.approved(DAY, "2026-04-01", "2027-03-31", 13, HOLDER);
    var given =
        database.inPrivateTransaction(
            suspending ->
                database
                    .rows(
                        suspending,
                        """
                        with closed as (
                          update product_version set valid_to = now()
                           where valid_to = 'infinity' and product_id = $1
                          returning *
                        )
                        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status,
                               title, locale, authorization_grant_id, form, tier, purpose_class, capability_kind,
                               published_at, demonstration)
                        select c.operator_id, c.product_id, c.version + 1, c.valid_to, c.kind, c.code, 'SUSPENDED',
                               c.title, c.locale, c.authorization_grant_id, c.form, c.tier, c.purpose_class,
                               c.capability_kind, c.published_at, true
                          from closed c
                        """,
                        io.vertx.sqlclient.Tuple.of(ContractGround.product(13)))
                    .compose(
                        suspended -> {
                          var other =
                              database.inPrivateTransaction(
                                  transaction ->
                                      new Grants(database)
                                          .give(transaction, ContractGround.write(DAY), grant));
                          // The other waits for this one, which is committed after a while.
                          return database
                              .rows(
                                  suspending,
                                  "select pg_sleep(0.3)",
                                  io.vertx.sqlclient.Tuple.tuple())
                              .map(slept -> List.of(other));
                        }));
    var verdict = given.await(20, TimeUnit.SECONDS).getFirst().await(20, TimeUnit.SECONDS);
    assertThat(rejected(verdict)).isEqualTo("NOT_IN_FORCE productOffered");
  }

  @Test
  void loaders_find_a_grant_by_its_id_and_by_its_request_for_who_may_read_it() throws Exception {
    var grant = ground.given(DAY, "2026-04-01", "2027-03-31");
    var contracts = asking.feature(ContractResolver.class);
    for (var as :
        List.of(
            ground.holder(DAY),
            ground.operator(DAY),
            ground.institution(DAY),
            ground.authority(DAY),
            asking.as(Role.DATA_AUTHORITY, ContractGround.NATION),
            asking.as(Role.AUDITOR, ContractGround.STRANGER))) {
      assertThat(found(contracts, as, grant)).containsExactly(1, 1);
    }
    for (var as :
        List.of(
            asking,
            asking.as(Role.DEVELOPER, ContractGround.STRANGER),
            asking.as(Role.OPERATOR, ContractGround.OTHER_OPERATOR),
            asking.as(Role.REGISTRAR, OPERATOR),
            asking.as(Role.DATA_AUTHORITY, ContractGround.BEIJING))) {
      assertThat(found(contracts, as, grant)).containsExactly(0, 0);
    }
  }

  private List<Integer> found(ContractResolver contracts, Asking as, AccessGrant grant)
      throws Exception {
    var reading = new Reading(new Reads(), as.viewer(), Moment.present(ContractGround.noon(DAY)));
    return List.of(
        contracts
            .byId()
            .batch()
            .load(reading, dev.fairground.graphql.Loader.None.NONE, List.of(grant.id()))
            .await(20, TimeUnit.SECONDS)
            .size(),
        contracts
            .byRequest()
            .batch()
            .load(reading, dev.fairground.graphql.Loader.None.NONE, List.of(grant.requestId()))
            .await(20, TimeUnit.SECONDS)
            .size());
  }
}
