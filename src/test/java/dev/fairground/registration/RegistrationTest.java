package dev.fairground.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTest {
  private final Asking asking;

  RegistrationTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /** Every product and resource is registered; that of the first resource was revoked in 2025. */
  @BeforeAll
  void registrations() {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into registration (id, registrar_id, code, subject_kind, resource_id, operator_id, product_id, created_at)
        select md5('r' || r.id)::uuid, '00000000-0000-4000-8000-000000000000'::uuid, 'R-' || r.code, 'RESOURCE', r.id, null::uuid, null::uuid, r.created_at
          from data_resource r
        union all
        select md5('p' || p.id)::uuid, '00000000-0000-4000-8000-000000000000', 'P-' || right(p.id::text, 2), 'PRODUCT', null, p.operator_id, p.id, p.created_at
          from product p
        """);
    asking.change(
        """
        insert into registration_version (registration_id, version, valid_from, valid_to, code, registrar_id, subject_kind,
               resource_id, product_id, kind, state, state_reason, coded_on, valid_until, demonstration)
        select r.id, v.version, v.valid_from, v.valid_to, r.code, r.registrar_id, r.subject_kind, r.resource_id, r.product_id,
               'FIRST', v.state, v.reason, '2024-02-01', '2027-01-31', true
          from registration r
          join (values (1, timestamptz '2024-02-01Z', timestamptz '2025-01-01Z', 'VALID', null, true),
                       (2, '2025-01-01Z', 'infinity', 'REVOKED', 'false statements', true),
                       (1, '2024-02-01Z', 'infinity', 'VALID', null, false)) as v (version, valid_from, valid_to, state, reason, revoked)
            on v.revoked = (r.code = 'R-res-1')
        """);
  }

  @Test
  void products_of_both_kinds_and_their_resources_show_their_registrations_in_five_statements() {
    var query =
        """
        { products(first: %d) { nodes { code registrations(first: 1) { totalCount nodes { id code state registrar { code } product { code } } }
            resources(first: 2) { nodes { resource { registrations(first: 1) { nodes { state stateReason } } } } } } } }
        """;

    assertThat(asking.statements(query.formatted(1))).isEqualTo(5);
    assertThat(asking.statements(query.formatted(6))).isEqualTo(5);
    assertThat(asking.data(query.formatted(6)).encode())
        .contains("reg_", "\"state\":\"REVOKED\",\"stateReason\":\"false statements\"", "P-13");
  }

  @Test
  void a_revoked_registration_was_valid_before() {
    assertThat(
            asking
                .data(
                    """
                    { now: registrations(filter: {state: REVOKED}) { totalCount nodes { code subjectKind codedOn validUntil } }
                      then: registrations(filter: {state: REVOKED}, asOf: "2024-06-01T00:00:00Z") { totalCount }
                      all: registrations(filter: {subjectKind: [PRODUCT], validUntil: {from: "2027-01-31"}}) { totalCount } }
                    """)
                .encode())
        .isEqualTo(
            "{\"now\":{\"totalCount\":1,\"nodes\":[{\"code\":\"R-res-1\",\"subjectKind\":\"RESOURCE\",\"codedOn\":\"2024-02-01\",\"validUntil\":\"2027-01-31\"}]},"
                + "\"then\":{\"totalCount\":0},\"all\":{\"totalCount\":6}}");
  }
}
