package dev.fairground.catalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Publishers of one operator at the same time. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentPublishersTest {
  private final DatabaseAddress address;
  private final Asking asking;
  private Publishing publishing;

  @SuppressWarnings("NullAway.Init")
  ConcurrentPublishersTest(DatabaseAddress address, Database database, MeterRegistry statements) {
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

  @Test
  void publishers_of_one_operator_follow_each_other_without_a_gap_and_lose_nothing()
      throws Exception {
    publishing.products(3_001, 3_024);
    publishing.commit();
    var before =
        Integer.parseInt(publishing.value("select coalesce(max(number), 0) from product_list"));
    publishing.rollback();
    try (var publishers = Executors.newFixedThreadPool(8)) {
      var numbers = new ArrayList<Integer>();
      for (var number :
          publishers.invokeAll(
              IntStream.rangeClosed(3_001, 3_024)
                  .<Callable<Integer>>mapToObj(this::turn)
                  .toList())) {
        numbers.add(number.get());
      }
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(before + 1, before + 24).boxed().toList());
    }

    assertThat(
            publishing.value(
                "select count(*) from product_listing l join product p on p.id = l.product_id"
                    + " where p.code between 'p-3001' and 'p-3024' and l.last_number is null and l.product_version = 2"))
        .isEqualTo("24");
    assertThat(
            publishing.value(
                "select count(*) from product_list e join product_list n on n.operator_id = e.operator_id"
                    + " and n.number = e.number + 1 where n.published_at <= e.published_at"))
        .isEqualTo("0");
  }

  /** Half of them look at the clock before their turn comes, which must not turn time back. */
  private Callable<Integer> turn(int number) {
    return () -> {
      try (var mine = new Publishing(address)) {
        if (number % 2 == 0) {
          mine.takeTurn();
        }
        var now = OffsetDateTime.now(java.time.ZoneOffset.UTC);
        mine.version(Publishing.product(number), "PUBLISHED", "other", now);
        Thread.sleep(5);
        var edition = requireNonNull(mine.publish(now, List.of(Publishing.product(number))));
        mine.commit();
        return edition.number();
      }
    };
  }
}
