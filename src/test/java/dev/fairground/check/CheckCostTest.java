package dev.fairground.check;

import static dev.fairground.check.CheckDueTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.draft.DraftMarket;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What checks cost: a handful of statements, however many products. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CheckCostTest {
  private final Database database;
  private final MeterRegistry statements;
  private final Asking asking;

  CheckCostTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.statements = statements;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    CheckMarket.into(asking, database);
    asking.change(
        """
        insert into product (operator_id, id, kind, code, created_at)
        select '00000000-0000-4000-8000-000000000001', md5('cost ' || n)::uuid, 'DATA_PRODUCT', 'cost-' || n, '2024-01-01Z'
          from generate_series(1, 501) as n
        """);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, id, 1, created_at, kind, code, 'PUBLISHED', code, 'zh', '00000000-0000-4000-a000-000000000001',
               'API', 'BASE', 'INDUSTRY', created_at, true
          from product where code like 'cost-%'
        """);
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
        select operator_id, id, 1, r.resource_id, created_at
          from product cross join (values ('00000000-0000-4000-9000-000000000001'::uuid)) as r (resource_id)
         where code like 'cost-%'
        """);
  }

  private long sent() {
    return statements.find("fairground.sql").timers().stream().mapToLong(Timer::count).sum();
  }

  private List<UUID> products() {
    return asking.rows("select id::text from product where code like 'cost-%' order by id").stream()
        .map(UUID::fromString)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private long run(List<UUID> products) {
    var checks = new Checks(database);
    var write = Write.ofServer(Moment.present(Instant.now()), "test");
    var before = sent();
    var checked =
        await(
            database.inTransaction(
                transaction -> checks.ofProducts(transaction, write, Cause.REQUEST, products)));
    assertThat(checked).hasSize(products.size());
    return sent() - before;
  }

  @Test
  @Order(1)
  void five_hundred_products_are_checked_by_as_many_statements_as_one() {
    var products = products();
    var one = run(products.subList(0, 1));
    var many = run(products.subList(1, 501));
    var again = run(products.subList(1, 501));

    assertThat(many).isEqualTo(one).isLessThan(20);
    assertThat(again).isLessThan(one);
  }

  @Test
  @Order(2)
  void the_checks_of_a_page_of_products_are_read_by_one_statement_more() {
    run(products());
    var few =
        asking.statements(
            "{ products(first: 2) { nodes { code checks { check outcome rules { name } } } } }");
    var many =
        asking.statements(
            "{ products(first: 100) { nodes { code checks { check outcome rules { name } } } } }");

    assertThat(many).isEqualTo(few);
  }

  @Test
  @Order(3)
  void what_is_not_known_is_never_as_good_as_passed() {
    asking.change(
        "update product_resource set valid_to = clock_timestamp() where product_id = $1 and valid_to = 'infinity'",
        products().getLast());
    run(products().subList(500, 501));
    var shown =
        CheckMarket.product(
            DraftMarket.operator(asking),
            dev.fairground.kernel.Ids.write("dp", products().getLast()),
            CheckMarket.CHECKS);

    assertThat(CheckMarket.result(shown, "FA-01").getString("outcome")).isEqualTo("UNKNOWN");
    assertThat(CheckMarket.result(shown, "FA-01").getJsonArray("reasons")).isNotEmpty();
  }

  @Test
  @Order(4)
  void the_rules_of_the_platform_say_what_this_server_ranks_by() {
    var write = Write.ofServer(Moment.present(Instant.now()), "test");
    var market =
        await(
            database.inTransaction(
                transaction -> new Checks(database).ofMarket(transaction, write, Cause.REQUEST)));

    assertThat(market.getFirst().results().getFirst().outcome()).isNotEqualTo(Outcome.BLOCK);
    assertThat(
            asking
                .data("{ platformRules { version rankingFactors text(locale: \"en\") { value } } }")
                .encode())
        .contains("TITLE_IS_TEXT", "never by who owns them");
  }
}
