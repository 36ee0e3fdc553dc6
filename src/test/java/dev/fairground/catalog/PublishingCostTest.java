package dev.fairground.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What it costs to publish an edition. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingCostTest {
  private final DatabaseAddress address;
  private final Asking asking;
  private Publishing publishing;

  @SuppressWarnings("NullAway.Init")
  PublishingCostTest(DatabaseAddress address, Database database, MeterRegistry statements) {
    this.address = address;
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void fill() {
    SmallMarket.into(asking);
  }

  @BeforeEach
  void begin() throws SQLException {
    publishing = new Publishing(address);
  }

  @AfterEach
  void end() throws SQLException {
    publishing.close();
  }

  private static final OffsetDateTime START = OffsetDateTime.parse("2024-02-01T00:00:00Z");

  @Test
  void publishing_costs_what_changes_and_not_what_is_listed() throws SQLException {
    var small = cost(5_000, 1_000);
    var large = cost(10_000, 3_000);

    assertThat(small.written()).isLessThanOrEqualTo(9);
    assertThat(large.written()).isLessThanOrEqualTo(9);
    assertThat(large.read()).isLessThan(small.read() + 200);
  }

  private record Cost(long written, long read) {}

  /** What one change costs in a list of so many products. */
  private Cost cost(int from, int size) throws SQLException {
    var at = START.plusDays(size);
    publishing.products(from, from + size - 1);
    publishing.publish(
        at, IntStream.range(from, from + size).mapToObj(Publishing::product).toList());
    publishing.execute("analyze product_listing, product_list_node, product_version, product_list");
    publishing.commit();
    var touched = Publishing.product(from + size / 2);
    publishing.version(touched, "PUBLISHED", "other", at.plusDays(1));
    var before = cost();
    assertThat(publishing.publish(at.plusDays(1), List.of(touched))).isNotNull();
    var after = cost();
    publishing.commit();
    return new Cost(after.written() - before.written(), after.read() - before.read());
  }

  private Cost cost() throws SQLException {
    var counted =
        publishing
            .value(
                "select sum(n_tup_ins + n_tup_upd + n_tup_del), sum(seq_tup_read + coalesce(idx_tup_fetch, 0))"
                    + " from pg_stat_xact_user_tables")
            .split(" ", -1);
    return new Cost(Long.parseLong(counted[0]), Long.parseLong(counted[1]));
  }
}
