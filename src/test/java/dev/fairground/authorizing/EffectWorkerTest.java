package dev.fairground.authorizing;

import static dev.fairground.authorizing.AuthorizingMarket.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.authorizing.OfferedProducts.Ground;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many products follow afterwards, and all of them. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EffectWorkerTest {
  private final Database database;
  private final Asking asking;
  private final OfferedProducts offered;

  EffectWorkerTest(Database database, MeterRegistry metrics) {
    this.database = database;
    this.asking = new Asking(database, metrics);
    this.offered = new OfferedProducts(asking);
  }

  @BeforeAll
  void market() {
    AuthorizingMarket.into(asking);
  }

  @Test
  void more_than_a_thousand_products_are_suspended_afterwards_until_none_is_left()
      throws Exception {
    var ground = offered.ground();
    many(ground, 1_150);
    offered.list(ground);
    var suspended =
        done(
            step(
                institution(asking),
                "authorizationSuspend",
                ground.grant(),
                "reason",
                "an incident"));
    assertThat(suspended.getInteger("affectedCount")).isEqualTo(1_150);
    assertThat(suspended.getBoolean("affectedLater")).isTrue();
    assertThat(suspended.getJsonArray("affectedProducts")).hasSize(100);
    assertThat(published(ground)).isEqualTo("1150");
    var suspending = "{ authorization(id: \"%s\") { suspending } }".formatted(ground.id());
    assertThat(asking.data(suspending).encode()).contains("true");

    // Two servers at once: nothing is done twice, nothing is left.
    var clock = InstantSource.system();
    Future.all(
            new EffectWorker(database, clock, 400).run(),
            new EffectWorker(database, clock, 400).run())
        .await(60, TimeUnit.SECONDS);
    new EffectWorker(database, clock, 400).run().await(60, TimeUnit.SECONDS);
    assertThat(published(ground)).isEqualTo("0");
    assertThat(asking.data(suspending).encode()).contains("false");
  }

  @Test
  void what_was_resumed_before_its_products_were_suspended_keeps_them() throws Exception {
    var ground = offered.ground();
    many(ground, 1_001);
    offered.list(ground);
    var suspended =
        done(
            step(
                institution(asking),
                "authorizationSuspend",
                ground.grant(),
                "reason",
                "an incident"));
    done(
        step(
            institution(asking),
            "authorizationResume",
            suspended.getJsonObject("authorization"),
            "reason",
            "a mistake"));
    new EffectWorker(database, InstantSource.system(), 400).run().await(60, TimeUnit.SECONDS);

    assertThat(published(ground)).isEqualTo("1001");
  }

  private void many(Ground ground, int number) {
    var grant = dev.fairground.kernel.Ids.uuid(ground.id());
    asking.change(
        """
        with made as (
          insert into product (operator_id, id, kind, code, created_at)
          select $1, gen_random_uuid(), 'DATA_PRODUCT', 'p-' || n, '2024-01-01Z' from generate_series(1, $2::int) as n
          returning id, code)
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select $1, id, 1, '2024-01-01Z', 'DATA_PRODUCT', code, 'PUBLISHED', code, 'zh', $3, 'API', 'BASE', 'INDUSTRY',
               '2024-01-01Z', true
          from made
        """,
        ground.operator(),
        number,
        grant);
  }

  private String published(Ground ground) {
    return asking
        .rows(
            "select count(*)::text from product_version where operator_id = '%s' and valid_to = 'infinity' and status = 'PUBLISHED'"
                .formatted(ground.operator()))
        .getFirst();
  }
}
