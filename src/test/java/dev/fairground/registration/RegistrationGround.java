package dev.fairground.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.vertx.core.json.JsonObject;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The small market with the rules and the calendar of the law, and registrars: organization 4 of
 * Beijing, 5 of Hunan, 6 of the nation. Its authorizations end with 2026. Every resource that a
 * test asks for is held by organization 3.
 */
final class RegistrationGround {
  static final UUID OPERATOR = org(1);
  static final UUID OTHER_OPERATOR = org(2);
  static final UUID HOLDER = org(3);
  static final UUID BEIJING = org(4);
  static final UUID HUNAN = org(5);
  static final UUID NATION = org(6);
  static final UUID NEIGHBOUR = org(7);

  private static final AtomicInteger NUMBER = new AtomicInteger(100);

  final Asking asking;
  private final Database database;

  RegistrationGround(Database database, Asking asking) {
    this.database = database;
    this.asking = asking;
  }

  static UUID org(int n) {
    return UUID.fromString("00000000-0000-4000-8000-00000000000" + n);
  }

  static String id(UUID organization) {
    return Ids.write("org", organization);
  }

  /** Product 1 of operator 1 is 11. */
  static String product(int n) {
    return Ids.write(
        n % 10 == 3 ? "sc" : "dp", UUID.fromString("00000000-0000-4000-b000-0000000000" + n));
  }

  void market() throws Exception {
    new ReferenceData(database).load().await(30, TimeUnit.SECONDS);
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(3, 7) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, code, 'zh', 'ORGAN', true from organization where code >= 'org-3'
        """);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        values ($1, 'REGISTRAR', '110000', '2024-01-01'), ($2, 'REGISTRAR', '430000', '2024-01-01'),
               ($3, 'REGISTRAR', '000000', '2024-01-01')
        """,
        BEIJING,
        HUNAN,
        NATION);
  }

  /** Another resource of organization 3. */
  String resource() {
    var number = NUMBER.incrementAndGet();
    var id = UUID.fromString("00000000-0000-4000-9000-000000000" + number);
    asking.change(
        "insert into data_resource (id, code, created_at) values ($1, $2, '2024-01-01Z')",
        id,
        "res-" + number);
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, holder_id, source,
               demonstration)
        select id, 1, created_at, code, code, 'zh', $2, 'test', true from data_resource where id = $1
        """,
        id,
        HOLDER);
    return Ids.write("res", id);
  }

  /** Noon in the registers' zone. */
  static Instant noon(String day) {
    return LocalDate.parse(day).atTime(LocalTime.of(4, 0)).toInstant(ZoneOffset.UTC);
  }

  Asking holder(String day) {
    return asking.at(noon(day)).as(Role.DATA_SOURCE_UNIT, HOLDER);
  }

  Asking operator(String day) {
    return asking.at(noon(day)).as(Role.OPERATOR, OPERATOR);
  }

  Asking registrar(String day) {
    return registrar(day, NATION);
  }

  Asking registrar(String day, UUID registrar) {
    return asking.at(noon(day)).as(Role.REGISTRAR, registrar);
  }

  static final String ERRORS =
      """
       userErrors { __typename code message path rule
         ... on VersionConflictError { currentVersion }
         ... on StateTransitionError { from allowed } }
      """;

  static final String APPLICATION =
      " registrationApplication { id version state late dueOn overdue allowedActions notice { id } registration { id version } } affectedCount affectedProducts { code status }"
          + ERRORS;
  static final String REGISTRATION =
      " registration { id version state } affectedCount affectedProducts { code status statusReason }"
          + ERRORS;
  static final String OBJECTION = " objection { id version state }" + ERRORS;

  private static final Map<String, String> INPUTS =
      Map.of(
          "registrationApplicationSubmit", "RegistrationApplicationStepInput",
          "registrationApplicationWithdraw", "RegistrationApplicationStepInput",
          "registrationAccept", "RegistrationApplicationStepInput",
          "registrationAcceptanceRefuse", "RegistrationReasonsInput",
          "registrationReviewFail", "RegistrationReasonsInput",
          "registrationReviewDelayExplain", "RegistrationReasonsInput");

  static String mutation(String name, String selection) {
    var type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Input";
    return "mutation ($input: %s!) { %s(input: $input) { %s } }"
        .formatted(INPUTS.getOrDefault(name, type), name, selection);
  }

  static String key() {
    return "key-" + NUMBER.incrementAndGet();
  }

  /** A payload without errors. */
  static JsonObject done(JsonObject payload) {
    assertThat(payload.getJsonArray("userErrors")).as(payload.encodePrettily()).isEmpty();
    return payload;
  }

  static JsonObject application(JsonObject payload) {
    return done(payload).getJsonObject("registrationApplication");
  }

  static Map<String, Object> input(@Nullable Object... members) {
    var input = new HashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) {
      input.put(String.valueOf(members[i]), members[i + 1]);
    }
    return input;
  }

  /** A step of an application or a registration or an objection, by its id and version. */
  static JsonObject step(Asking as, String mutation, JsonObject of, Object... more) {
    var input = input(more);
    input.putIfAbsent("id", of.getString("id"));
    input.putIfAbsent("expectedVersion", of.getInteger("version"));
    var selection =
        mutation.startsWith("registrationObjection")
            ? OBJECTION
            : mutation.equals("registrationRevoke") || mutation.equals("registrationDisputeMark")
                ? REGISTRATION
                : APPLICATION;
    return as.mutate(mutation(mutation, selection), input);
  }

  /** The form of a resource or of a product, complete. */
  static Map<String, Object> content(boolean ofProduct) {
    var content = new HashMap<String, Object>();
    content.put(
        "subject",
        input(
            "name",
            "气象局",
            "creditCode",
            "11100000MB0143028R",
            "address",
            "中关村南大街",
            "organizationKind",
            "ORGAN",
            "contactName",
            "王芳",
            "contactPhone",
            "010-1",
            "jointHolders",
            List.of("环境局")));
    content.put("lawfulSource", input("sourceType", "ORIGINAL", "legalBasis", "气象法"));
    content.put(
        "resource",
        input(
            "name",
            "气象观测",
            "summary",
            "逐时观测",
            "sectorCode",
            "M74",
            "regionCode",
            "110000",
            "dataItems",
            List.of("wind", "rain"),
            "volume",
            "10 GB",
            "updateFrequency",
            "DAILY",
            "format",
            "CSV",
            "grade",
            "GENERAL_1",
            "openness",
            "CONDITIONAL"));
    content.put(
        "evidenceDeposit",
        input(
            "provider",
            "存证中心",
            "hash",
            "ab12",
            "depositedAt",
            "2025-09-01T00:00:00Z",
            "certificateNumber",
            "C-1"));
    content.put("scenario", input("description", "农业保险"));
    content.put(
        "securityAssessment",
        input("assessor", "测评中心", "assessedOn", "2025-08-20", "result", "low", "report", "R-1"));
    if (ofProduct) {
      content.put(
          "productService",
          input(
              "name",
              "气象查询",
              "form",
              "API",
              "resourceCodes",
              List.of("res-1"),
              "functions",
              "查询天气",
              "deliveries",
              List.of("API")));
    }
    return content;
  }

  /** A draft for a resource. */
  JsonObject draft(String day, String resource, UUID registrar) {
    return application(
        holder(day)
            .mutate(
                mutation("registrationApplicationCreate", APPLICATION),
                input(
                    "kind",
                    "FIRST",
                    "applicantId",
                    id(HOLDER),
                    "resourceId",
                    resource,
                    "registrarId",
                    id(registrar),
                    "providedOn",
                    "2025-09-15",
                    "content",
                    content(false),
                    "idempotencyKey",
                    key())));
  }

  JsonObject submitted(String day, String resource, UUID registrar) {
    return application(
        step(holder(day), "registrationApplicationSubmit", draft(day, resource, registrar)));
  }

  JsonObject accepted(String day, UUID registrar) {
    return application(
        step(
            registrar(day, registrar),
            "registrationAccept",
            submitted(day, resource(), registrar)));
  }

  /** Accepted and reviewed on the 13th of November 2025: in publicity until the 27th. */
  JsonObject inPublicity() {
    return application(
        step(registrar("2025-11-13"), "registrationReviewPass", accepted("2025-11-10", NATION)));
  }

  /**
   * A resource's registration of the 28th of November 2025, valid until the 27th of November 2028.
   */
  JsonObject registered() {
    return application(step(registrar("2025-11-28"), "registrationCode", inPublicity()))
        .getJsonObject("registration");
  }

  /** A registration of a product that is valid until the end of 2026, with its authorization. */
  JsonObject registered(String product) {
    var made =
        application(
            operator("2025-10-13")
                .mutate(
                    mutation("registrationApplicationCreate", APPLICATION),
                    input(
                        "kind",
                        "FIRST",
                        "applicantId",
                        id(OPERATOR),
                        "productId",
                        product,
                        "registrarId",
                        id(NATION),
                        "providedOn",
                        "2025-09-15",
                        "content",
                        content(true),
                        "idempotencyKey",
                        key())));
    var now = application(step(operator("2025-10-13"), "registrationApplicationSubmit", made));
    now = application(step(registrar("2025-10-16"), "registrationAccept", now));
    now = application(step(registrar("2025-11-13"), "registrationReviewPass", now));
    return application(step(registrar("2025-11-28"), "registrationCode", now))
        .getJsonObject("registration");
  }

  /** An objection of organization 7. */
  JsonObject object(Instant moment, JsonObject application) {
    return asking
        .at(moment)
        .as(Role.DEVELOPER, NEIGHBOUR)
        .mutate(
            mutation("registrationObject", OBJECTION),
            input(
                "noticeId",
                application.getJsonObject("notice").getString("id"),
                "organizationId",
                id(NEIGHBOUR),
                "name",
                "李明",
                "contact",
                "li@example.org",
                "grounds",
                "ours",
                "evidence",
                List.of("doc-1"),
                "idempotencyKey",
                key()));
  }
}
