package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.demo.DemoMarket;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ExplorerTest {
  @Test
  void the_query_that_a_newcomer_finds_there_is_answered_from_the_demonstration_market(
      Database database, MeterRegistry statements) throws Exception {
    await(new ReferenceData(database).load());
    await(new DemoMarket(database).load());

    var products = new Asking(database, statements).data(firstQuery()).getJsonObject("products");

    assertThat(products.getInteger("totalCount")).isPositive();
    assertThat(products.getJsonArray("nodes")).hasSize(3);
    assertThat(products.getJsonArray("facets")).isNotEmpty();
  }

  /** What stands between the script's backquotes. */
  private static String firstQuery() throws IOException {
    try (var in = ExplorerTest.class.getResourceAsStream("/explorer/explorer.js")) {
      var script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return script.substring(script.indexOf('`') + 1, script.lastIndexOf('`'));
    }
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
