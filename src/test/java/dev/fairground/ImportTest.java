package dev.fairground;

import static dev.fairground.Importing.NOTHING_NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairground.Importing.Said;
import dev.fairground.bulk.ImportOptions;
import dev.fairground.harvest.HarvestLimits;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees who imports files as they are found. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "harvest");
  private static final Charset GB18030 = Charset.forName("GB18030");

  private static final String TABLE =
      """
      资源名称,提供单位,更新频率,摘要
      公共厕所信息,市城管局,每年,位置和开放时间
      停车场信息,市交通局,每月,泊位数
      """;

  private final DatabaseAddress address;
  private final Asking asking;
  private final Importing importing;
  @TempDir private Path folder;
  private String name = "";

  ImportTest(DatabaseAddress address, Database database, MeterRegistry statements)
      throws Exception {
    this.address = address;
    asking = new Asking(database, statements);
    importing = new Importing(address);
    new ReferenceData(database).load().await(20, TimeUnit.SECONDS);
  }

  @BeforeAll
  void anImportNeedsNothingElse() throws Exception {
    assertThat(importing.bring(FIXTURES.resolve("guangxi_baise.json")).good()).isTrue();
  }

  /** Each test has its catalogues, named after it. */
  @BeforeEach
  void nameCatalogues(TestInfo test) {
    name = "t" + Integer.toHexString(test.getDisplayName().hashCode());
  }

  private static String record(String title) {
    return "{\"标题\":\"" + title + "\",\"提供单位\":\"市统计局\",\"更新频率\":\"每年\"}";
  }

  private static String array(String... records) {
    return "[" + String.join(",", records) + "]";
  }

  private Path file(String ending, String content) throws IOException {
    return file(ending, content.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String ending, byte[] content) throws IOException {
    return Files.write(folder.resolve(name + ending), content);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String entry, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Brings a file in twice, and holds that the second time changes nothing and says the same. */
  private Said bringTwice(Path file) throws Exception {
    var first = importing.bring(file);
    var second = importing.bring(file);
    assertThat(second.all()).contains(NOTHING_NEW);
    assertThat(second.good()).isEqualTo(first.good());
    return first;
  }

  private static void assertAdded(Said said, int records) {
    assertThat(said.all()).contains(" " + records + " added, 0 changed, 0 withdrawn");
  }

  /** The one line that tells why a file is not read. */
  private static JsonNode refused(Said said, String rule) {
    assertThat(said.good()).isFalse();
    var lines =
        said.of(rule).stream()
            .filter(found -> found.path("kind").asText().equals("defect"))
            .toList();
    assertThat(lines).hasSize(1);
    var line = lines.getFirst();
    assertThat(line.path("severity").asText()).isEqualTo("FILE_UNREADABLE");
    assertThat(line.path("cure").asText()).isNotEmpty();
    assertThat(said.people()).contains(rule, line.path("cure").asText());
    return line;
  }

  @Test
  void the_same_folder_twice_changes_nothing() throws Exception {
    var first = importing.bring(FIXTURES);
    var second = importing.bring(FIXTURES);

    assertThat(first.all()).doesNotContain(" 0 added");
    assertThat(second.all()).contains(NOTHING_NEW);
    assertThat(second.people()).contains("Files that are no catalogues and were skipped: ");
    // The one Turtle file that is broken in the source.
    assertThat(refused(second, "SYNTAX").path("file").asText()).endsWith("belgium.ttl");
  }

  @Test
  void a_defect_is_told_with_file_place_field_rule_value_and_cure() throws Exception {
    var file = file(".json", array(record("甲").replace("}", ",\"更新日期\":\"2024-02-30\"}")));
    var line = importing.bring(file).of("DATE_IMPOSSIBLE").getFirst();

    assertThat(line.toString())
        .isEqualTo(
            ("{'kind':'defect','file':'%s','rule':'DATE_IMPOSSIBLE','severity':'VALUE_LOST',"
                    + "'place':'record 1','field':'更新日期','value':'2024-02-30',"
                    + "'meaning':'there is no such day','cure':null}")
                .formatted(file)
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-99-99", "9999/99/99 99:99:99", "2023-02-29", "0000-00-00"})
  void a_day_that_does_not_exist_is_left_out_and_its_record_kept(String day) throws Exception {
    var said =
        bringTwice(file(".json", array("{\"更新日期\":\"" + day + "\"," + record("甲").substring(1))));

    assertThat(said.good()).isTrue();
    assertAdded(said, 1);
    assertThat(said.people()).contains("更新日期");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_A_CATALOGUE, '[1, 2, 3]'",
    "NOT_A_CATALOGUE, '\u0089PNG\r\n\u001a\n'",
    "EMPTY_FILE, ''",
    "EMPTY_FILE, ' \n '",
    "HTML_PAGE, '<!DOCTYPE html><html><title>502 Bad Gateway</title></html>'",
  })
  void what_is_no_catalogue_is_told_once_with_a_cure(String rule, String content) throws Exception {
    var file = file(".data.json", content);

    assertThat(refused(importing.bring(file), rule).path("file").asText())
        .isEqualTo(file.toString());
  }

  @Test
  void an_archive_that_was_named_and_has_no_catalogue_in_it_is_no_success() throws Exception {
    refused(importing.bring(file(".zip", zip("data.json", new byte[1_000]))), "NOT_A_CATALOGUE");
  }

  @Test
  void a_missing_file_and_a_device_are_told_and_their_neighbours_come_in() throws Exception {
    var said =
        importing.bring(
            folder.resolve("none.json"), Path.of("/dev/zero"), file(".json", array(record("甲"))));

    assertThat(said.good()).isFalse();
    assertAdded(said, 1);
    assertThat(said.people()).contains("none.json", "there is no such file", "a pipe or a device");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"标题\": \"bro\"ken\", \"x\" 5}", "{]", "nothing", "{\"标题\":\"\0\"}", "{}"})
  void a_broken_record_never_takes_its_neighbours_with_it(String broken) throws Exception {
    assertAdded(bringTwice(file("-first.json", array(broken, record("乙"), record("丙")))), 2);
    assertAdded(bringTwice(file("-mid.json", array(record("甲"), broken, record("丙")))), 2);
    assertAdded(bringTwice(file("-last.json", array(record("甲"), record("乙"), broken))), 2);
  }

  @Test
  void a_record_of_ten_megabytes_and_one_nested_a_hundred_thousand_deep_are_left_out()
      throws Exception {
    var large = record("x".repeat(10_000_000));
    var deep = "{\"标题\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    var said = bringTwice(file(".json", array(record("甲"), large, deep, record("丁"))));

    assertAdded(said, 2);
    assertThat(said.of("RECORD_TOO_LARGE").getFirst().path("place").asText()).isEqualTo("record 2");
    assertThat(said.of("RECORD_UNREADABLE").getFirst().path("place").asText())
        .isEqualTo("record 3");
  }

  @Test
  void a_document_of_nothing_but_brackets_is_refused() throws Exception {
    refused(importing.bring(file(".json", "[".repeat(100_000))), "NOT_A_CATALOGUE");
  }

  @Test
  void a_title_of_a_megabyte_is_cut_and_told() throws Exception {
    var said = bringTwice(file(".json", array(record("甲"), record("长".repeat(350_000)))));

    assertThat(said.good()).isTrue();
    assertThat(said.of("VALUE_TOO_LONG").getFirst().path("field").asText()).isEqualTo("标题");
    assertThat(said.people().length()).isLessThan(2_000);
  }

  @Test
  void nul_and_halves_of_characters_do_no_harm() throws Exception {
    var said =
        bringTwice(file(".json", array(record("a\\u0000b"), record("x\\ud800y"), record("c\0d"))));

    assertAdded(said, 3);
  }

  @Test
  void two_documents_in_one_file_are_both_read() throws Exception {
    var said = bringTwice(file(".json", array(record("甲")) + "\n" + array(record("乙"))));

    assertAdded(said, 2);
    assertThat(said.of("SECOND_DOCUMENT")).hasSize(1);
  }

  @Test
  void a_file_that_breaks_off_gives_its_records_and_withdraws_nothing() throws Exception {
    var whole = array(record("甲"), record("乙"), record("丙"));
    importing.bring(file(".json", whole));
    var cut = importing.bring(file(".json", whole.substring(0, whole.length() - 20)));

    assertThat(refused(cut, "TRUNCATED").path("value").asText()).contains("after record 2");
    assertThat(cut.all()).contains("0 added, 0 changed, 0 withdrawn, 2 unchanged");
    assertThat(cut.people()).contains("not read to its end (TRUNCATED)");
  }

  @Test
  void a_gzip_that_breaks_off_is_told_as_one() throws Exception {
    var packed = gzip(Files.readAllBytes(FIXTURES.resolve("dcat-us.data.json")));
    var cut = Arrays.copyOf(packed, packed.length / 2);

    assertThat(refused(bringTwice(file(".json.gz", cut)), "TRUNCATED").path("value").asText())
        .isEqualTo("the gzip ends in the middle");
  }

  @Test
  void archives_are_read_three_deep_and_refused_beyond_and_bombs_are_not_read_on()
      throws Exception {
    var good = utf8(array(record("甲")));
    assertAdded(
        bringTwice(file("-3.zip", zip("b.zip", zip("c.zip", zip(name + ".json", good))))), 1);
    var tooDeep = zip("b.zip", zip("c.zip", zip("d.zip", zip("x.json", good))));
    assertThat(
            refused(importing.bring(file("-4.zip", tooDeep)), "ARCHIVE_TOO_DEEP")
                .path("file")
                .asText())
        .endsWith("-4.zip!/b.zip!/c.zip!/d.zip");
    var bomb = gzip(utf8("[" + record("甲") + " ".repeat(5_000_000) + "]"));
    var small = new Importing(address, new HarvestLimits(4_000_000, 1_000, 100_000_000, 10));
    var said = small.bring(file("-bomb.json.gz", bomb));
    refused(said, "ARCHIVE_BOMB");
    assertAdded(said, 1);
  }

  @Test
  void the_content_tells_what_a_file_is_and_a_wrong_ending_is_noted() throws Exception {
    var table = bringTwice(file("-table.json", TABLE));
    var packed = bringTwice(file("-packed.json", gzip(utf8(array(record("甲"))))));

    assertAdded(table, 2);
    assertAdded(packed, 1);
    assertThat(table.of("WRONG_EXTENSION")).hasSize(1);
    assertThat(packed.of("WRONG_EXTENSION")).hasSize(1);
  }

  @Test
  void one_table_in_every_encoding_is_one_catalogue() throws Exception {
    assertAdded(importing.bring(file(".csv", TABLE)), 2);
    for (var content :
        new byte[][] {
          TABLE.getBytes(GB18030),
          utf8("\uFEFF" + TABLE),
          // As Excel writes "Unicode text".
          ("\uFEFF" + TABLE.replace(',', '\t')).getBytes(StandardCharsets.UTF_16LE)
        }) {
      var said = importing.bring(file(".csv", content));
      assertThat(said.all()).contains("2 records", NOTHING_NEW, "2 unchanged");
      assertThat(said.good()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context.jsonld|{\"@context\":\"URL\",\"@id\":\"x\",\"@type\":\"dcat:Dataset\"}",
        "import.jsonld|{\"@context\":{\"@version\":1.1,\"@import\":\"URL\"},\"@type\":\"dcat:Dataset\"}",
        "dtd.rdf|<!DOCTYPE rdf:RDF SYSTEM \"URL\">BODY",
        "entity.rdf|<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM \"URL\">]>BODY",
        "parameter.rdf|<!DOCTYPE rdf:RDF [<!ENTITY % p SYSTEM \"URL\"> %p;]>BODY",
        "file.rdf|<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>BODY",
        "imports.ttl|@prefix dcat: <http://www.w3.org/ns/dcat#>. <http://x> "
            + "<http://www.w3.org/2002/07/owl#imports> <URL>. <http://y> a dcat:Dataset."
      })
  void nothing_is_ever_fetched(String nameAndContent) throws Exception {
    try (var elsewhere = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      elsewhere.setSoTimeout(1);
      var content =
          nameAndContent
              .substring(nameAndContent.indexOf('|') + 1)
              .replace("URL", "http://127.0.0.1:" + elsewhere.getLocalPort() + "/x")
              .replace(
                  "BODY",
                  "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
                      + " xmlns:dcat='http://www.w3.org/ns/dcat#'><dcat:Dataset rdf:about='http://x/'>"
                      + "<title xmlns='http://purl.org/dc/terms/'>"
                      + (nameAndContent.contains("ENTITY e") ? "&e;" : "T")
                      + "</title></dcat:Dataset></rdf:RDF>");
      var said =
          importing.bring(file(nameAndContent.substring(0, nameAndContent.indexOf('|')), content));

      refused(said, "REMOTE_REFERENCE");
      assertThat(said.people()).doesNotContain("root:");
      assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void a_graph_that_goes_round_in_circles_is_read() throws Exception {
    var graph =
        """
        @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        <http://x/c> a dcat:Catalog ; dcat:dataset <http://x/1>, <http://x/2> ; dcat:catalog <http://x/c> .
        <http://x/1> a dcat:Dataset ; dct:title "One" ; dct:isPartOf <http://x/2> ; dct:publisher _:p ;
          dcat:distribution <http://x/1> .
        <http://x/2> a dcat:Dataset ; dct:title "Two" ; dct:isPartOf <http://x/1> ; dct:temporal _:p .
        _:p dct:publisher _:q . _:q dct:publisher _:p ; foaf:member _:q .
        """;

    var said = bringTwice(file(".ttl", graph));

    assertThat(said.good()).isTrue();
    assertAdded(said, 2);
  }

  @Test
  void records_of_one_identifier_are_all_kept() throws Exception {
    var records = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      records
          .append(i == 0 ? "" : ",")
          .append("{\"identifier\":\"same\",\"title\":\"T" + i + "\"}");
    }
    var said = bringTwice(file(".data.json", "{\"dataset\":[" + records + "]}"));

    assertThat(said.all()).contains(" 2,000 added");
    assertThat(said.of("DUPLICATE_IDENTIFIER")).hasSize(1_999);
  }

  @Test
  void a_file_may_be_called_anything_and_never_moves_the_terminal() throws Exception {
    var file = Files.writeString(folder.resolve(name + " 中\n\u001b[2J.json"), array(record("甲")));
    var said = bringTwice(file);

    assertAdded(said, 1);
    assertThat(said.people()).doesNotContain("\u001b").contains(name + " 中 [2J.json: 1 records");
    assertThat(said.lines().getLast().path("file").asText()).isEqualTo(file.toString());
  }

  @Test
  void the_data_json_of_two_folders_are_two_catalogues() throws Exception {
    for (var portal : new String[] {"-one", "-two"}) {
      var own = Files.createDirectory(folder.resolve(name + portal));
      Files.writeString(
          own.resolve("data.json"), "{\"dataset\":[{\"title\":\"A" + portal + "\"}]}");
    }
    var said = bringTwice(folder.resolve(name + "-one"));
    assertAdded(said, 1);
    assertAdded(bringTwice(folder.resolve(name + "-two").resolve("data.json")), 1);
  }

  @Test
  void a_trial_changes_nothing_and_tells_what_would_change() throws Exception {
    var file = file(".json", array(record("甲"), record("乙")));
    var trial = new ImportOptions(null, false, false, true);

    assertAdded(importing.bring(trial, file), 2);
    assertAdded(importing.bring(trial, file), 2);
    assertAdded(importing.bring(file), 2);
    assertThat(importing.bring(trial, file).all()).contains(NOTHING_NEW);
  }

  @Test
  void what_the_database_refuses_leaves_no_half_and_the_next_file_comes_in() throws Exception {
    asking.change(
        "create function refuse() returns trigger language plpgsql as"
            + " $$ begin raise exception 'no room'; end $$");
    asking.change(
        "create trigger refuse before insert on data_resource_version for each row"
            + " when (new.title = '乙') execute function refuse()");
    try {
      var said =
          importing.bring(
              file("-bad.json", array(record("甲"), record("乙"))),
              file("-good.json", array(record("丙"))));

      assertThat(said.good()).isFalse();
      assertAdded(said, 1);
      assertThat(said.people()).contains("-bad.json", "not imported: ERROR: no room");
      assertThat(asking.data("{ catalogueImports(first: 100) { nodes { file } } }").encode())
          .contains(name + "-good.json")
          .doesNotContain(name + "-bad.json");
    } finally {
      asking.change("drop trigger refuse on data_resource_version");
    }
  }
}
