package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.SomeFacts.day;

import dev.fairground.fairaccess.AccessGrantFacts.Authorization;
import dev.fairground.fairaccess.AccessGrantFacts.Held;
import dev.fairground.fairaccess.AccessGrantFacts.Peer;
import dev.fairground.fairaccess.AccessGrantFacts.Terms;
import dev.fairground.fairaccess.AccessGrantFacts.Unlike;
import dev.fairground.fairaccess.RequestFacts.Decision;
import dev.fairground.fairaccess.RequestFacts.Given;
import dev.fairground.fairaccess.RequestFacts.Month;
import dev.fairground.fairaccess.RequestFacts.Permit;
import dev.fairground.fairaccess.RequestFacts.Span;
import dev.fairground.fairaccess.RequestFacts.Use;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request and a grant of which every check says PASS or does not apply. */
final class SomeAccess {
  private SomeAccess() {}

  static StatedPolicy policy(int version, String change, String... reasons) {
    return new StatedPolicy(
        "acp_" + version,
        version,
        day("2026-01-01").plusMonths(version),
        day("2026-01-15").plusMonths(version),
        change,
        List.of(reasons),
        List.of("SCALE", "CREDIT"),
        30,
        null,
        null,
        null,
        null,
        List.of());
  }

  static RequestFacts request() {
    return new RequestFacts(
        "acr_1",
        NationalGround.NATION,
        "AR-1",
        "dp_1",
        "SUBMITTED",
        day("2026-06-08"),
        day("2026-06-22"),
        false,
        0,
        List.of(),
        1,
        List.of(policy(1, "FIRST", "CLASSIFICATION", "CAPACITY_EXHAUSTED", "FORBIDDEN_BY_LAW")),
        permit(true),
        List.of(),
        null);
  }

  static Permit permit(@Nullable Boolean allowed) {
    return new Permit("ag_1", "AG-1", "BY_SCENARIO", "sce_1", allowed, true);
  }

  static RequestFacts refused(Given... reasons) {
    return Records.with(
        Records.with(request(), "state", "REFUSED"),
        "decisions",
        List.of(new Decision("acd_1", "REFUSED", day("2026-06-12"), true, List.of(reasons))));
  }

  static Given reason(String code) {
    return new Given(code, null, null, "说明", null);
  }

  static AccessGrantFacts grant() {
    return new AccessGrantFacts(
        "acg_1",
        NationalGround.NATION,
        "ACG-1",
        "dp_1",
        "PUBLISHED",
        "INDUSTRY",
        "ACTIVE",
        null,
        null,
        null,
        day("2026-04-01"),
        day("2027-03-31"),
        day("2027-03-31"),
        day("2026-03-30"),
        true,
        terms("0.10"),
        false,
        1,
        1,
        List.of(policy(1, "FIRST", "CLASSIFICATION")),
        List.of(),
        List.of(),
        List.of(),
        List.of(peer("0.10")),
        new Authorization(
            "ag_1",
            "AG-1",
            "ACTIVE",
            day("2025-07-01"),
            day("2028-06-30"),
            day("2028-06-30"),
            null),
        permit(true),
        new Use(
            "acg_1",
            List.of(new Span(day("2026-04-01"), day("2027-03-31"))),
            List.of(month("2026-04-01"), month("2026-05-01"))),
        new Held(List.of("weather"), 0));
  }

  static Month month(String on) {
    return new Month(LocalDate.parse(on), true, true, 0, 0, 0, 0, 0, 0);
  }

  static Terms terms(String price) {
    return new Terms(new BigDecimal(price), "CNY", BigDecimal.ZERO, "API", 30, null, null);
  }

  static Peer peer(String price) {
    return new Peer("acg_2", terms(price));
  }

  static Unlike unlike(String field, boolean cohort, @Nullable String factor) {
    return new Unlike(field, cohort, null, factor, factor == null ? "No reason holds." : null);
  }
}
