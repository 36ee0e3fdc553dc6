package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.catalog.Publishing;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Migrations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists that were published when an edition still had a row for each of its entries. */
class EditionsOfBeforeTest {
  private static final String OPERATOR = "'" + Publishing.OPERATOR + "'";

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry statements = new SimpleMeterRegistry();
  private DatabaseAddress address;
  private Database database;

  @SuppressWarnings("NullAway.Init")
  EditionsOfBeforeTest() {}

  @BeforeEach
  void migrateAlmost() throws Exception {
    address = TestCluster.createEmpty();
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://%s:%d/%s".formatted(address.host(), address.port(), address.name()),
            address.user(),
            address.password())
        .locations("classpath:schema/database")
        .sqlMigrationPrefix("")
        .sqlMigrationSeparator("-")
        .repeatableSqlMigrationPrefix("repeatable")
        .table("migration")
        .target("017")
        .load()
        .migrate();
    database = Database.connect(vertx, address, DatabaseLimits.DEFAULTS, statements);
  }

  @AfterEach
  void drop() throws Exception {
    database.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
    TestCluster.drop(address);
  }

  /** Products leave, come back, get other versions, and places move, as lists of imports did. */
  private static final List<String> EDITIONS =
      List.of(
          "('11', 1, 1), ('12', 1, 2)",
          "('12', 1, 1), ('13', 1, 2)",
          "('11', 1, 1), ('12', 1, 2), ('13', 1, 3)",
          "('11', 2, 1), ('12', 1, 2), ('13', 1, 3)");

  private static final String ROWS =
      """
      select e.number, l.position, l.product_id, l.product_version
        from product_list e join product_listing l on l.operator_id = e.operator_id and %s
       order by 1, 2
      """;

  @Test
  void they_answer_as_before_and_are_continued() throws Exception {
    var asking = new Asking(database, statements);
    SmallMarket.into(asking);
    String last;
    try (var publishing = new Publishing(address)) {
      publishing.version(
          java.util.UUID.fromString("00000000-0000-4000-b000-000000000011"),
          "PUBLISHED",
          "prod-1 again",
          OffsetDateTime.parse("2024-02-04T00:00:00Z"));
      for (int number = 1; number <= EDITIONS.size(); number++) {
        publishOld(publishing, number);
      }
      var before = publishing.rows(ROWS.formatted("l.list_number = e.number"));
      publishing.commit();

      new Migrations(address).run();

      assertThat(
              publishing.rows(
                  ROWS.formatted(
                      "e.number between l.first_number and coalesce(l.last_number, e.number)")))
          .hasSize(10)
          .isEqualTo(before);
      assertThat(
              publishing.value(
                  "select count(*) from product_list e left join product_list b on b.number = e.number - 1"
                      + " where e.listing_count <> coalesce(b.listing_count, 0) + e.added_count - e.ended_count"))
          .isEqualTo("0");
      publishing.products(1, 2);
      last = publishing.published(OffsetDateTime.parse("2024-03-01T00:00:00Z"), null);
      publishing.commit();
    }
    try (var verifier = new ListVerifier(asking)) {
      assertThat(verifier.verify(last).text())
          .startsWith("OK: edition 5 of ")
          .contains(" 5 entries", "after 4 editions");
      for (int number = 1; number <= EDITIONS.size(); number++) {
        assertThat(verifier.verify("pl_" + id(number).replace("-", "")).text())
            .startsWith("OK: edition " + number);
      }
    }
  }

  private static String id(int number) {
    return "00000000-0000-4000-c000-00000000000" + number;
  }

  /** As imports published until now. */
  private static void publishOld(Publishing publishing, int number) throws Exception {
    publishing.execute(
        "create temporary table entry on commit drop as select ('00000000-0000-4000-b000-0000000000' || n)::uuid as id,"
            + " version, position from (values "
            + EDITIONS.get(number - 1)
            + ") as e (n, version, position)");
    publishing.execute(
        """
        insert into product_list (operator_id, number, id, title, locale, published_at, listing_count, digest,
               previous_digest, demonstration)
        select %1$s, %2$d, '%3$s', 'list', 'zh', timestamptz '2024-02-01Z' + %2$d * interval '1 day', c.total,
               encode(sha256(convert_to(coalesce(b.digest, '') || e'\\n' || c.text, 'UTF8')), 'hex'), b.digest, true
          from (
            select count(*)::int as total,
                   string_agg(e.position || e'\\t' || e.id || e'\\t' || e.version || e'\\t' || v.title || e'\\n', ''
                              order by e.position) as text
              from entry e join product_version v on v.product_id = e.id and v.version = e.version
          ) as c
          left join product_list b on b.operator_id = %1$s and b.number = %2$d - 1
        """
            .formatted(OPERATOR, number, id(number)));
    publishing.execute(
        "insert into product_listing (operator_id, list_number, product_id, product_version, position) select "
            + OPERATOR
            + ", "
            + number
            + ", id, version, position from entry");
    publishing.execute("drop table entry");
  }
}
