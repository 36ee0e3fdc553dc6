package dev.fairground.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceTest {
  private final Asking asking;
  private final Database database;

  ReferenceTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
    this.database = database;
  }

  /** Twice: the second time adds nothing and disturbs nothing. */
  @BeforeAll
  void load() throws Exception {
    for (int i = 0; i < 2; i++) {
      new ReferenceData(database)
          .load()
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void regions_and_sectors_are_those_of_the_standards() {
    assertThat(
            asking
                .data(
                    """
                    { provinces: codeEntries(list: "REGION", filter: {level: [1]}) { totalCount }
                      districts: codeEntries(list: "REGION", filter: {parent: {eq: "110100"}}) { totalCount }
                      sections: codeEntries(list: "SECTOR", filter: {level: [1]}) { totalCount }
                      divisions: codeEntries(list: "SECTOR", filter: {level: [2]}) { totalCount }
                      gone: codeEntry(list: "REGION", code: "110228") { name { value } invalidOn } }
                    """)
                .encode())
        .isEqualTo(
            "{\"provinces\":{\"totalCount\":34},\"districts\":{\"totalCount\":16},"
                + "\"sections\":{\"totalCount\":20},\"divisions\":{\"totalCount\":97},"
                + "\"gone\":{\"name\":{\"value\":\"密云县\"},\"invalidOn\":\"2016-07-31\"}}");
  }

  @Test
  void hunan_reviews_faster_than_the_nation_and_beijing_does_not() {
    var query =
        """
        { jurisdiction(code: "%s") { name(locale: "en") { value } rules(on: "2026-01-01") { name value basis { document clause } jurisdictionCode } } }
        """;

    assertThat(asking.data(query.formatted("430000")).encode())
        .contains("\"name\":\"reviewWd\",\"value\":\"15\"", "\"jurisdictionCode\":\"000000\"");
    assertThat(asking.data(query.formatted("110000")).encode())
        .contains("\"name\":\"reviewWd\",\"value\":\"20\"", "confirmationSheet");
  }

  @Test
  void the_calendar_of_2026_has_its_holidays_and_worked_weekends() {
    assertThat(
            asking
                .data(
                    "{ jurisdiction(code: \"110000\") { workCalendar { years { year noticeUrl } days(year: 2026) { day working } } } }")
                .encode())
        .contains(
            "\"year\":2026,\"noticeUrl\":\"https://www.gov.cn/",
            "{\"day\":\"2026-10-01\",\"working\":false}",
            "{\"day\":\"2026-01-04\",\"working\":true}");
  }
}
