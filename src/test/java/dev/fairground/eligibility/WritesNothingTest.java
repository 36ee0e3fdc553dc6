package dev.fairground.eligibility;

import static dev.fairground.eligibility.EligibilityMarket.product;
import static dev.fairground.eligibility.EligibilityMarket.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who asks whether a product may be had leaves nothing behind, in no table and no sequence. */
@ExtendWith(TestDatabase.class)
class WritesNothingTest {
  @Test
  void the_whole_database_is_as_it_was(Database database, MeterRegistry statements)
      throws Exception {
    var asking = new Asking(database, statements);
    EligibilityMarket.into(asking);
    EligibilityMarket.run(asking, EligibilityMarket.PRODUCT);
    var before = everything(asking);
    assertThat(before).hasSizeGreaterThan(100);

    for (var who : List.of(asking, EligibilityMarket.developer(asking))) {
      who.data(
          "{ eligibility(productId: \"%s\", ask: {scenarioId: \"%s\", quantity: \"1500\"}) { standing checks { code evidence } quote { total { amount } } } }"
              .formatted(product(11), scenario(1)));
      who.data(
          "{ products(filter: {viewerEligible: true}) { totalCount nodes { eligibility { standing checks { outcome } } equalTerms(purpose: INDUSTRY) { whole } } } }");
      assertThat(
              who.answer(
                      "{ eligibility(productId: \"%s\", ask: {quantity: \"0\"}) { standing } }"
                          .formatted(product(11)),
                      Map.of())
                  .getJsonArray("errors"))
          .isNotEmpty();
    }

    assertThat(everything(asking)).isEqualTo(before);
  }

  /** Each table with its rows, and each sequence. */
  private static List<String> everything(Asking asking) {
    return asking.rows(
        """
        -- test
        select c.relname || ' ' || case c.relkind
                 when 'S' then pg_sequence_last_value(c.oid)::text
                 else md5(query_to_xml('select t::text as t from ' || c.oid::regclass || ' as t order by 1', true, false, '')::text) end
          from pg_class c
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S')
         order by 1
        """);
  }
}
