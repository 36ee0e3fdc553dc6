package dev.fairground.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.harvest.CatalogueFacts;
import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.ResourceBuilder;
import dev.fairground.harvest.Sink;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a catalogue that is brought in again and again. Each test has its own. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueUnitTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final DatabaseAddress address;
  private final Asking asking;
  private StringWriter lines = new StringWriter();

  CatalogueUnitTest(DatabaseAddress address, Database database, MeterRegistry statements) {
    this.address = address;
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void fill() {
    asking.change(
        "insert into code_list (id, name, name_en, source) values ('REGION', '-', '-', '-')");
    asking.change(
        "insert into code_entry (list_id, code, name) values ('REGION', '451000', '百色市')");
  }

  /** Brings a file in and tells what became of its records. */
  private Outcome bring(String catalogue, String file, Consumer<Sink> content) {
    return bring(catalogue, file, ImportOptions.NONE, content);
  }

  private Outcome bring(
      String catalogue, String file, ImportOptions options, Consumer<Sink> content) {
    lines = new StringWriter();
    return bring(catalogue, file, options, content, lines);
  }

  private Outcome bring(
      String catalogue,
      String file,
      ImportOptions options,
      Consumer<Sink> content,
      StringWriter reported) {
    try (var report =
            new ImportReport(
                new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                reported);
        var connection = address.connect("test")) {
      connection.setAutoCommit(false);
      var unit = new CatalogueUnit(connection, report, options, catalogue, file, file, "test");
      content.accept(unit);
      unit.finish(OffsetDateTime.now());
      return report.outcome();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static Consumer<Sink> records(String... titles) {
    return sink ->
        List.of(titles)
            .forEach(title -> record(sink, title, title, "{\"title\": \"" + title + "\"}"));
  }

  private static void record(Sink sink, String identifier, String title, String source) {
    builder(sink, source.equals("{}") ? "{\"title\": \"" + title + "\"}" : source)
        .identifier("id", identifier)
        .title("title", title)
        .tell();
  }

  private static ResourceBuilder builder(Sink sink, String source) {
    try {
      JsonNode record = MAPPER.readTree(source);
      return new ResourceBuilder(sink, "record 1", "zh", record);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private List<String> events(String catalogue) {
    return asking.rows(
        """
        select type || ' ' || subject_version
          from event_outbox
         where subject = '%s' and open and organization_id is null
         order by number
        """
            .formatted(CatalogueImport.id(catalogue)));
  }

  @Test
  void an_import_that_changed_anything_is_told_once() {
    bring("told", "told.json", records("a", "b"));
    assertThat(events("told")).containsExactly("CATALOGUE_IMPORTED 1");
    bring("told", "told.json", records("a", "b"));
    bring("told", "told.json", records("b", "a"));
    assertThat(events("told")).hasSize(1);
    bring("told", "told.json", records("a", "b", "c"));
    assertThat(events("told")).containsExactly("CATALOGUE_IMPORTED 1", "CATALOGUE_IMPORTED 3");
    assertThat(
            asking
                .data(
                    "{ catalogueImports(catalogue: \"told\", first: 1) { nodes { catalogueId } } }")
                .toString())
        .contains(CatalogueImport.id("told"));
  }

  private List<String> titles(String catalogue) {
    return asking
        .data(
            """
            { resources(first: 100, filter: { catalogue: { eq: "%s" } }) { nodes { title { value } } } }
            """
                .formatted(catalogue))
        .getJsonObject("resources")
        .getJsonArray("nodes")
        .stream()
        .map(node -> ((JsonObject) node).getJsonObject("title").getString("value"))
        .toList();
  }

  private JsonObject resource(String code) {
    return asking
        .data(
            """
            { resource(code: "%s") { version status title { value } holder { name { value } kind } holderName
                catalogue identifier demonstration dataItems { name } } }
            """
                .formatted(code))
        .getJsonObject("resource");
  }

  private long rows(String table) {
    try (var connection = address.connect("test");
        var statement = connection.createStatement();
        var count = statement.executeQuery("select count(*) from " + table)) {
      count.next();
      return count.getLong(1);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private long allRows() {
    return rows("data_resource_version")
        + rows("organization")
        + rows("data_item")
        + rows("catalogue_import");
  }

  @Test
  void the_same_file_twice_changes_nothing() {
    assertThat(bring("twice", "twice.json", records("甲", "乙"))).isEqualTo(new Outcome(2, 0, 0, 0));
    var before = allRows();
    assertThat(bring("twice", "twice.json", records("甲", "乙"))).isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(allRows()).isEqualTo(before);
    assertThat(titles("twice")).containsExactly("乙", "甲");
  }

  @Test
  void a_newer_file_adds_changes_and_withdraws() {
    bring("newer", "newer.2025-01-01.json", records("stays", "changes", "goes"));
    var became =
        bring(
            "newer",
            "newer.2025-02-01.json",
            sink -> {
              record(sink, "stays", "stays", "{}");
              record(sink, "changes", "changed", "{}");
              record(sink, "comes", "comes", "{}");
            });
    assertThat(became).isEqualTo(new Outcome(1, 1, 1, 1));
    assertThat(titles("newer")).containsExactly("changed", "comes", "stays");
    assertThat(resource("newer:goes").getString("status")).isEqualTo("WITHDRAWN");
    assertThat(resource("newer:changes").getInteger("version")).isEqualTo(2);
    assertThat(lines.toString())
        .contains("\"change\":\"WITHDRAWN\",\"identifier\":\"goes\"")
        .contains("\"change\":\"CHANGED\",\"identifier\":\"changes\"")
        .contains("\"change\":\"ADDED\",\"identifier\":\"comes\"");
  }

  @Test
  void everybody_can_read_what_was_imported_and_what_was_wrong_with_it() {
    bring(
        "open",
        "open.json",
        sink -> {
          record(sink, "a", "a", "{}");
          sink.defect(Defect.of("record 2", Rule.TITLE_MISSING));
          sink.defect(Defect.of("record 3", Rule.TITLE_MISSING));
        });
    bring("open", "open.json", records("a", "b"));
    var imports =
        asking
            .data(
                """
                { catalogueImports(catalogue: "open", first: 10) { totalCount nodes { number file complete records
                    lost added changed withdrawn unchanged defects { rule count meaning } } } }
                """)
            .getJsonObject("catalogueImports");
    assertThat(imports.getInteger("totalCount")).isEqualTo(2);
    assertThat(imports.getJsonArray("nodes").getJsonObject(1))
        .isEqualTo(
            new JsonObject(
                """
                {"number": 1, "file": "open.json", "complete": true, "records": 1, "lost": 2, "added": 1,
                 "changed": 0, "withdrawn": 0, "unchanged": 0,
                 "defects": [{"rule": "TITLE_MISSING", "count": 2, "meaning": "the record has no title"}]}
                """));
    assertThat(imports.getJsonArray("nodes").getJsonObject(0).getInteger("unchanged")).isEqualTo(1);
  }

  private long found(String text) {
    return asking
        .data("{ resources(first: 1, filter: { text: \"%s\" }) { totalCount } }".formatted(text))
        .getJsonObject("resources")
        .getInteger("totalCount");
  }

  @Test
  void what_is_brought_in_is_found_at_once_and_what_is_withdrawn_no_more() {
    bring("found", "1.json", records("渔船登记信息", "港口吞吐量统计"));
    assertThat(found("渔船 登记")).isEqualTo(1);
    assertThat(found("港口")).isEqualTo(1);
    bring("found", "2.json", records("渔船登记信息"));
    assertThat(found("渔船")).isEqualTo(1);
    assertThat(found("港口")).isZero();
    assertThat(asking.data("{ suggest(text: \"港口\") { text } }").getJsonArray("suggest")).isEmpty();
    assertThat(asking.data("{ suggest(text: \"ycdj\") { text } }").toString()).contains("渔船登记信息");
  }

  @Test
  void what_was_withdrawn_can_come_back() {
    bring("back", "1.json", records("stays", "goes"));
    bring("back", "2.json", records("stays"));
    assertThat(bring("back", "3.json", records("new", "stays", "goes")))
        .isEqualTo(new Outcome(1, 1, 0, 1));
    assertThat(titles("back")).containsExactly("goes", "new", "stays");
    assertThat(resource("back:goes").getInteger("version")).isEqualTo(3);
  }

  @Test
  void the_source_record_alone_makes_a_change_but_its_layout_does_not() {
    bring("layout", "1.json", sink -> record(sink, "a", "a", "{\"x\": 1, \"y\": [2, 3]}"));
    assertThat(bring("layout", "2.json", sink -> record(sink, "a", "a", "{\"y\":[2,3],\"x\":1}")))
        .isEqualTo(new Outcome(0, 0, 0, 1));
    assertThat(bring("layout", "3.json", sink -> record(sink, "a", "a", "{\"y\":[3,2],\"x\":1}")))
        .isEqualTo(new Outcome(0, 1, 0, 0));
  }

  @Test
  void a_file_that_breaks_off_or_is_a_page_withdraws_nothing() {
    bring("broken", "1.json", records("a", "b", "c"));
    assertThat(
            bring(
                "broken",
                "2.json",
                sink -> {
                  record(sink, "a", "a", "{}");
                  ((CatalogueUnit) sink).breaksOff(Defect.of("", Rule.TRUNCATED));
                }))
        .isEqualTo(new Outcome(0, 0, 0, 1));
    assertThat(
            bring(
                "broken",
                "3.json",
                sink -> {
                  record(sink, "b", "b", "{}");
                  sink.catalogue(new CatalogueFacts("a page of three", false));
                }))
        .isEqualTo(new Outcome(0, 0, 0, 1));
    assertThat(
            bring(
                "broken",
                "4.json",
                sink -> {
                  record(sink, "c", "c", "{}");
                  sink.defect(Defect.of("record 2", Rule.RECORD_UNREADABLE));
                }))
        .isEqualTo(new Outcome(0, 0, 0, 1));
    assertThat(titles("broken")).containsExactly("a", "b", "c");
  }

  @Test
  void more_than_half_of_a_catalogue_goes_only_when_it_is_said() {
    var many = IntStream.range(0, 40).mapToObj(Integer::toString).toArray(String[]::new);
    bring("many", "1.json", records(many));
    assertThat(bring("many", "2.json", records("0", "1"))).isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(lines.toString()).contains("WITHDRAWAL_HELD_BACK");
    assertThat(
            bring("many", "2.json", new ImportOptions(null, false, true, false), records("0", "1")))
        .isEqualTo(new Outcome(0, 0, 38, 2));
  }

  @Test
  void a_file_that_shares_no_record_with_its_catalogue_withdraws_nothing_unless_it_is_said() {
    bring("shared", "x/list.json", records("a", "b"));
    assertThat(bring("shared", "y/list.json", records("c"))).isEqualTo(new Outcome(1, 0, 0, 0));
    assertThat(bring("shared", "y/list.json", records("c"))).isEqualTo(new Outcome(0, 0, 0, 1));
    assertThat(titles("shared")).containsExactly("a", "b", "c");
    assertThat(bring("shared", "z/list.json", records())).isEqualTo(Outcome.NONE);
    assertThat(
            bring("shared", "z/list.json", new ImportOptions(null, false, true, false), records()))
        .isEqualTo(new Outcome(0, 0, 3, 0));
    assertThat(titles("shared")).isEmpty();
  }

  @Test
  void an_older_file_does_not_take_the_place_of_a_newer_one() {
    bring("dated", "dated.2025-07-13.json", records("both", "new"));
    var older = records("both", "old");
    assertThat(bring("dated", "dated.2025-02-01.json", older)).isEqualTo(Outcome.NONE);
    assertThat(titles("dated")).containsExactly("both", "new");
    assertThat(
            bring(
                "dated",
                "dated.2025-02-01.json",
                new ImportOptions(null, true, false, false),
                older))
        .isEqualTo(new Outcome(1, 0, 1, 1));
  }

  @Test
  void a_later_file_counts_also_where_it_says_again_what_an_earlier_one_said() {
    assertThat(bring("says", "says-2024-01-01.json", records("a", "b")))
        .isEqualTo(new Outcome(2, 0, 0, 0));
    assertThat(bring("says", "says-2024-02-01.json", records("a")))
        .isEqualTo(new Outcome(0, 0, 1, 1));
    assertThat(bring("says", "says-2024-04-01.json", records("a", "b")))
        .isEqualTo(new Outcome(0, 1, 0, 1));
    assertThat(bring("says", "says-2024-05-01.json", records("a", "b")))
        .isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(bring("says", "says-2024-04-15.json", records("a", "c"))).isEqualTo(Outcome.NONE);
    assertThat(bring("says", "says-2024-05-01.json", records("a", "b")))
        .isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(rows("catalogue_import where catalogue = 'says'")).isEqualTo(4);
  }

  @Test
  void a_file_that_was_replaced_since_changes_nothing() {
    bring("replaced", "harvest-1.json", records("both", "first"));
    bring("replaced", "harvest-2.json", records("both", "second"));
    assertThat(bring("replaced", "harvest-1.json", records("both", "first")))
        .isEqualTo(Outcome.NONE);
    assertThat(bring("replaced", "harvest-2.json", records("both", "second")))
        .isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(titles("replaced")).containsExactly("both", "second");
  }

  @Test
  void a_record_that_is_there_twice_is_one_and_others_of_its_identifier_are_kept() {
    Consumer<Sink> file =
        sink -> {
          record(sink, "x", "one", "{}");
          record(sink, "x", "one", "{}");
          record(sink, "x", "two", "{}");
          record(sink, "x#2", "three", "{}");
        };
    assertThat(bring("double", "1.json", file)).isEqualTo(new Outcome(3, 0, 0, 0));
    assertThat(titles("double")).containsExactly("one", "three", "two");
    assertThat(lines.toString()).contains("DUPLICATE_RECORD").contains("DUPLICATE_IDENTIFIER");
    assertThat(bring("double", "1.json", file)).isEqualTo(new Outcome(0, 0, 0, 3));
  }

  @Test
  void a_rehearsal_tells_all_and_changes_nothing() {
    var before = allRows();
    assertThat(
            bring(
                "rehearsed",
                "1.json",
                new ImportOptions(null, false, false, true),
                records("a", "b")))
        .isEqualTo(new Outcome(2, 0, 0, 0));
    assertThat(allRows()).isEqualTo(before);
    assertThat(lines.toString()).contains("\"change\":\"ADDED\",\"identifier\":\"a\"");
  }

  @Test
  void a_body_is_one_with_and_without_its_region_before_the_name() {
    bring(
        "bodies",
        "1.json",
        sink -> {
          for (var holder : List.of("百色市应急管理局", "应急管理局", "市应急管理局", "田阳县应急管理局")) {
            builder(sink, "{}")
                .title("标题", holder + "的数据")
                .holder("部门", holder)
                .region("451000")
                .tell();
          }
        });
    for (var holder : List.of("百色市应急管理局", "应急管理局", "市应急管理局")) {
      var found = resource("bodies:" + holder + "/" + holder + "的数据");
      assertThat(found.getString("holderName")).isEqualTo(holder);
      assertThat(found.getJsonObject("holder").getJsonObject("name").getString("value"))
          .isEqualTo("百色市应急管理局");
      assertThat(found.getJsonObject("holder").getString("kind")).isEqualTo("UNKNOWN");
    }
    assertThat(
            resource("bodies:田阳县应急管理局/田阳县应急管理局的数据")
                .getJsonObject("holder")
                .getJsonObject("name")
                .getString("value"))
        .isEqualTo("田阳县应急管理局");
  }

  @Test
  void what_postgresql_cannot_hold_is_left_out_and_the_record_kept() {
    var source = "{\"a\\u0000\": \"b\\u0000c\\ud800d\", \"n\": 1e999999, \"tab\": \"\\t\\\\N\\n\"}";
    Consumer<Sink> file =
        sink -> {
          builder(sink, source)
              .identifier("id", "x\u0000y")
              .title("title", "half \ud83d of a pair \\N \\.")
              .keyword("k", "{\"a\\,b\"}")
              .item("c", "\ud83d", null, null)
              .item("c", "\ud83e", null, null)
              .tell();
          record(sink, "neighbour", "neighbour", "{}");
        };
    assertThat(bring("hostile", "1.json", file)).isEqualTo(new Outcome(2, 0, 0, 0));
    assertThat(bring("hostile", "1.json", file)).isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(titles("hostile")).containsExactly("half ? of a pair \\N \\.", "neighbour");
  }

  @Test
  void identifiers_of_any_length_are_told_apart() {
    var long1 = "https://example.org/" + "a".repeat(5_000) + "1";
    var long2 = "https://example.org/" + "a".repeat(5_000) + "2";
    Consumer<Sink> file =
        sink -> {
          record(sink, long1, "1", "{}");
          record(sink, long2, "2", "{}");
        };
    assertThat(bring("long", "1.json", file)).isEqualTo(new Outcome(2, 0, 0, 0));
    assertThat(bring("long", "1.json", file)).isEqualTo(new Outcome(0, 0, 0, 2));
  }

  @Test
  void two_imports_of_one_catalogue_follow_each_other() throws Exception {
    var begun = new CountDownLatch(1);
    var second = new CompletableFuture<Outcome>();
    bring(
        "queue",
        "1.json",
        sink -> {
          record(sink, "a", "a", "{}");
          new Thread(
                  () -> {
                    begun.countDown();
                    second.complete(
                        bring(
                            "queue",
                            "1.json",
                            ImportOptions.NONE,
                            records("a"),
                            new StringWriter()));
                  })
              .start();
          try {
            begun.await();
            Thread.sleep(200);
          } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
          }
          assertThat(second).isNotDone();
        });
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome(0, 0, 0, 1));
  }
}
