package dev.fairground.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is signed, word for word: an agreement that another program reads as it stands. */
class GrantOdrlTest {
  private static UUID id(int n) {
    return UUID.fromString("00000000-0000-4000-8000-0000000000" + (10 + n));
  }

  private static NewGrant grant(boolean free) {
    return new NewGrant(
        id(1),
        id(2),
        id(3),
        id(4),
        7,
        id(5),
        id(6),
        "430000",
        id(8),
        free ? null : id(9),
        free ? "PUBLIC_WELFARE" : "INSURANCE",
        free ? "PUBLIC_WELFARE" : "INDUSTRY",
        free ? 0 : 3,
        free ? 0 : 2,
        free ? null : id(10),
        free ? null : 4,
        free,
        free ? null : "PER_CALL",
        free ? null : "1,000 calls",
        free ? null : "CNY",
        free ? null : new BigDecimal("0.080000"),
        BigDecimal.ZERO,
        free ? null : new BigDecimal("1000000.000000"),
        free ? "NONE" : "1000000",
        "12 months",
        free ? null : "API",
        free ? null : 60,
        free ? null : new BigDecimal("5000.00"),
        free ? null : new BigDecimal("1000"),
        LocalDate.of(2026, 4, 1),
        LocalDate.of(2027, 3, 31),
        LocalDate.of(2026, 3, 2),
        4,
        false,
        true,
        true,
        free
            ? List.of()
            : List.of(
                new NewGrant.Deviation(
                    "PAYMENT_DAYS",
                    "30",
                    "60",
                    "SMALL_FIRM",
                    "the policy for small firms",
                    "doc-1")),
        free
            ? List.of()
            : List.of(new NewGrant.Clause("SECURITY", "只在沙箱中使用", "the data is graded")));
  }

  @ParameterizedTest
  @CsvSource({"agreement-industry, false", "agreement-welfare, true"})
  void an_agreement_is_written_as_it_was_before(String name, boolean free) throws IOException {
    var golden = Path.of("src", "test", "resources", "contract", name + ".json");
    var ground =
        free
            ? new GrantOdrl.Ground(null, null, List.of())
            : new GrantOdrl.Ground("ab".repeat(32), "430100", List.of(id(12), id(11)));
    var agreement =
        Agreement.of(id(0), GrantOdrl.of(id(0), "AG-20260302-0000000A", grant(free), ground));
    var written = new JsonObject(agreement.text()).encodePrettily() + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, written);
    }

    assertThat(written).isEqualTo(Files.readString(golden));
    assertThat(agreement.text()).as("nothing in it is for one alone").doesNotContain("xclusiv");
    assertThat(agreement.digest())
        .hasSize(64)
        .isEqualTo(Agreement.of(id(0), agreement.text()).digest());
  }
}
