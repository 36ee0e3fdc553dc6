package dev.fairground.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.mutation.Verdict;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The small market with the rules of the law, whose authorizations end with 2029 and lie in Hunan:
 * organization 3 holds grants, 4 is the data authority of Hunan, 5 that of the nation, 6 and 7 are
 * strangers. Requests and decisions are rows of the test's own.
 */
final class ContractGround {
  static final UUID INSTITUTION = org(0);
  static final UUID OPERATOR = org(1);
  static final UUID OTHER_OPERATOR = org(2);
  static final UUID HOLDER = org(3);
  static final UUID HUNAN = org(4);
  static final UUID NATION = org(5);
  static final UUID STRANGER = org(6);
  static final UUID BEIJING = org(7);

  final Asking asking;
  private final Database database;

  ContractGround(Database database, Asking asking) {
    this.database = database;
    this.asking = asking;
  }

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static UUID product(int n) {
    return UUID.fromString("00000000-0000-4000-b000-0000000000" + n);
  }

  static UUID authorization(int n) {
    return UUID.fromString("00000000-0000-4000-a000-00000000000" + n);
  }

  static String id(UUID organization) {
    return Ids.write("org", organization);
  }

  void market() throws Exception {
    new ReferenceData(database).load().await(30, TimeUnit.SECONDS);
    SmallMarket.into(asking);
    authorizations("ACTIVE", "2029-12-31", null);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(3, 7) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, code, 'zh', 'ENTERPRISE', true from organization where code >= 'org-3'
        """);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        values ($1, 'DATA_AUTHORITY', '430000', '2024-01-01'), ($2, 'DATA_AUTHORITY', '000000', '2024-01-01'),
               ($3, 'DATA_AUTHORITY', '110000', '2024-01-01')
        """,
        HUNAN,
        NATION,
        BEIJING);
  }

  /** Another version of both authorizations. */
  void authorizations(String state, String endsOn, @Nullable String newAccessUntil) {
    asking.change(
        """
        with closed as (
          update authorization_grant_version set valid_to = greatest(now(), valid_from + interval '1 second')
           where valid_to = 'infinity'
          returning *
        )
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, new_access_until, demonstration)
        select c.grant_id, c.version + 1, c.valid_to, c.number, c.institution_id, c.operator_id, '430000', c.title,
               c.locale, c.mode, $1, c.starts_on, $2::text::date, nullif($3, '')::date, true
          from closed c
        """,
        state,
        endsOn,
        newAccessUntil == null ? "" : newAccessUntil);
  }

  /** Another version of a product. */
  void product(int n, String status) {
    asking.change(
        """
        with closed as (
          update product_version set valid_to = greatest(now(), valid_from + interval '1 second')
           where valid_to = 'infinity' and product_id = $1
          returning *
        )
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, capability_kind, published_at, demonstration)
        select c.operator_id, c.product_id, c.version + 1, c.valid_to, c.kind, c.code, $2, c.title, c.locale,
               c.authorization_grant_id, c.form, c.tier, c.purpose_class, c.capability_kind, c.published_at, true
          from closed c
        """,
        product(n),
        status);
  }

  /** Noon in the registers' zone. */
  static Instant noon(String day) {
    return LocalDate.parse(day).atTime(LocalTime.of(4, 0)).toInstant(ZoneOffset.UTC);
  }

  static Write write(String day) {
    return Write.ofServer(Moment.present(noon(day)), "test");
  }

  Asking operator(String day) {
    return asking.at(noon(day)).as(Role.OPERATOR, OPERATOR);
  }

  Asking holder(String day) {
    return asking.at(noon(day)).as(Role.DEVELOPER, HOLDER);
  }

  Asking institution(String day) {
    return asking.at(noon(day)).as(Role.IMPLEMENTING_INSTITUTION, INSTITUTION);
  }

  Asking authority(String day) {
    return asking.at(noon(day)).as(Role.DATA_AUTHORITY, HUNAN);
  }

  /** An approval of product 11 for organization 3, on a day, for another period. */
  NewGrant approved(String day, String startsOn, String endsOn) {
    return approved(day, startsOn, endsOn, 11, HOLDER);
  }

  /** Writes the request and its decision. */
  NewGrant approved(String day, String startsOn, String endsOn, int product, UUID holder) {
    var request = UUID.randomUUID();
    var decision = UUID.randomUUID();
    var operator = org(product / 10);
    var on = LocalDate.parse(day);
    asking.change(
        """
        with asked as (
          insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
                 institution_id, jurisdiction_code, applicant_id, scenario_class, purpose_class, use_statement, starts_on,
                 ends_on, unit, quantity, policy_version, terms_number, submitted_at, submitted_on, submitted_by,
                 demonstration)
          values ($1, $2::uuid, $2::uuid::text, $3, 1, $4, $5, '430000', $6, 'INDUSTRY', 'INDUSTRY', 'to try it', $7, $8, 'PER_CALL', 1000,
                  0, 0, $9, $10, 'somebody', true)
          returning operator_id, id
        )
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on)
        select a.operator_id, $11, a.id, 'OPERATOR', 'APPROVED', a.operator_id, 'somebody', $9, $10 from asked a
        """,
        operator,
        request,
        product(product),
        authorization(product / 10),
        INSTITUTION,
        holder,
        LocalDate.parse(startsOn),
        LocalDate.parse(endsOn),
        noon(day).atOffset(ZoneOffset.UTC),
        on,
        decision);
    return new NewGrant(
        operator,
        request,
        decision,
        product(product),
        1,
        authorization(product / 10),
        INSTITUTION,
        "430000",
        holder,
        null,
        "INDUSTRY",
        "INDUSTRY",
        0,
        0,
        null,
        null,
        false,
        "PER_CALL",
        null,
        "CNY",
        new BigDecimal("0.08"),
        BigDecimal.ZERO,
        new BigDecimal(1000),
        "1000",
        "12 months",
        "API",
        30,
        null,
        null,
        LocalDate.parse(startsOn),
        LocalDate.parse(endsOn),
        on,
        4,
        false,
        null,
        true,
        List.of(),
        List.of());
  }

  /** The same with deviations and clauses. */
  static NewGrant with(
      NewGrant of, List<NewGrant.Deviation> deviations, List<NewGrant.Clause> clauses) {
    return new NewGrant(
        of.operatorId(),
        of.requestId(),
        of.decisionId(),
        of.productId(),
        of.productVersion(),
        of.authorizationId(),
        of.institutionId(),
        of.jurisdictionCode(),
        of.holderId(),
        of.scenarioId(),
        of.scenarioClass(),
        of.purposeClass(),
        of.policyVersion(),
        of.termsNumber(),
        of.tariffId(),
        of.tariffVersion(),
        of.freeOfCharge(),
        of.unit(),
        of.unitText(),
        of.currency(),
        of.unitPrice(),
        of.discountPercent(),
        of.quantity(),
        of.volumeBand(),
        of.termBand(),
        of.delivery(),
        of.paymentDays(),
        of.deposit(),
        of.minimumQuantity(),
        of.startsOn(),
        of.endsOn(),
        of.decidedOn(),
        of.decisionDays(),
        of.affiliate(),
        of.smallOrMicro(),
        of.demonstration(),
        deviations,
        clauses);
  }

  Verdict<AccessGrant> give(String day, NewGrant grant) {
    try {
      return database
          .inPrivateTransaction(
              transaction -> new Grants(database).give(transaction, write(day), grant))
          .await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** A grant of product 11 that waits for its signatures. */
  AccessGrant given(String day, String startsOn, String endsOn) {
    return accepted(give(day, approved(day, startsOn, endsOn)));
  }

  static AccessGrant accepted(Verdict<AccessGrant> verdict) {
    if (verdict instanceof Verdict.Accepted<AccessGrant> accepted) {
      return accepted.payload();
    }
    throw new AssertionError(verdict);
  }

  static final String GRANT =
      """
       accessGrant { id version state stateReason endsOn plannedEnd endKind endedOn allowedActions allowedEnds agreementDigest
         signatures { side signedOn agreementNumber signatory } suspension { by ground reason correctBy uncorrected }
         endProposal { by endsOn reason } productStanding { usable stoppedBy runsOff } dataspaceState { negotiation transfer }
         replacement { id } }
       userErrors { __typename code message path rule
         ... on VersionConflictError { currentVersion }
         ... on StateTransitionError { from allowed }
         ... on NoticeTooShortError { earliestEndsOn } }
      """;

  static String mutation(String name) {
    var type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Input";
    return "mutation ($input: %s!) { %s(input: $input) { %s } }".formatted(type, name, GRANT);
  }

  static Map<String, Object> input(Object... members) {
    var input = new HashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) {
      input.put(String.valueOf(members[i]), members[i + 1]);
    }
    return input;
  }

  /** A step with a grant as it was read. */
  static JsonObject step(Asking as, String mutation, JsonObject of, Object... more) {
    var input = input(more);
    input.putIfAbsent("id", of.getString("id"));
    input.putIfAbsent("expectedVersion", of.getInteger("version"));
    return as.mutate(mutation(mutation), input);
  }

  /** The grant of a payload without errors. */
  static JsonObject done(JsonObject payload) {
    assertThat(payload.getJsonArray("userErrors")).as(payload.encodePrettily()).isEmpty();
    return payload.getJsonObject("accessGrant");
  }

  /** The first error of a payload that has some. */
  static JsonObject refused(JsonObject payload) {
    assertThat(payload.getValue("accessGrant")).as(payload.encodePrettily()).isNull();
    return payload.getJsonArray("userErrors").getJsonObject(0);
  }

  /** A grant as somebody reads it. */
  static JsonObject read(Asking as, String id) {
    return as.data(
            "{ accessGrant(id: \"%s\") %s }"
                .formatted(
                    id, GRANT.substring(GRANT.indexOf('{'), GRANT.indexOf("userErrors")).strip()))
        .getJsonObject("accessGrant");
  }

  static JsonObject sign(Asking as, JsonObject of, Object... more) {
    var input = input(more);
    input.putIfAbsent("agreementDigest", of.getString("agreementDigest"));
    input.putIfAbsent("id", of.getString("id"));
    input.putIfAbsent("expectedVersion", of.getInteger("version"));
    return as.mutate(mutation("accessGrantSign"), input);
  }

  /** One that both sides signed on the day on which it was given. */
  JsonObject active(String day, String startsOn, String endsOn) {
    var id = given(day, startsOn, endsOn).globalId();
    var signed = done(sign(holder(day), read(holder(day), id)));
    return done(sign(operator(day), signed));
  }
}
