package dev.fairground.harvest;

import static dev.fairground.harvest.Packing.entry;
import static dev.fairground.harvest.Packing.gzip;
import static dev.fairground.harvest.Packing.tar;
import static dev.fairground.harvest.Packing.titles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarvestTest {
  /** What a reader does with a document. */
  private interface Reading {
    void read(Document document, Sink sink) throws IOException;
  }

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<String> harvest(Path file, Reading reading) throws IOException {
    return harvest(file, new HarvestLog(folder), reading);
  }

  private List<String> harvest(Path file, HarvestLog log, Reading reading) throws IOException {
    new Harvest(List.of(reader(reading))).read(file, log);
    return log.lines;
  }

  private static CatalogueReader reader(Reading reading) {
    return new HarvestLog.TitleReader() {
      @Override
      public void read(Document document, Sink sink) throws IOException {
        if (document.name().startsWith("bad")) {
          reading.read(document, sink);
        } else {
          super.read(document, sink);
        }
      }
    };
  }

  private Path goodBadGood() throws IOException {
    return Files.write(
        folder.resolve("a.tar"),
        tar(
            entry("good.txt", titles("One")),
            entry("bad.txt", titles("Two")),
            entry("also-good.txt", titles("Three"))));
  }

  @Test
  void what_no_reader_takes_is_refused() throws IOException {
    assertThat(HarvestLog.of(file("a.json", "[1, 2, 3]")).lines)
        .containsExactly("refused a.json NOT_A_CATALOGUE");
  }

  @Test
  void a_web_page_is_refused_as_one() throws IOException {
    for (var page :
        List.of(
            "<!DOCTYPE html><title>502</title>",
            "\n <html lang='zh'>",
            "<!-- cached -- page -->\n<!doctype HTML>",
            "\uFEFF<HTML>")) {
      assertThat(HarvestLog.of(file("a.json", page)).lines)
          .containsExactly("refused a.json HTML_PAGE");
    }
  }

  @Test
  void a_file_of_nothing_but_white_space_is_empty() throws IOException {
    assertThat(HarvestLog.of(file("a.json", "")).lines)
        .containsExactly("refused a.json EMPTY_FILE");
    assertThat(HarvestLog.of(file("a.json", "\uFEFF \r\n\t\n")).lines)
        .containsExactly("refused a.json EMPTY_FILE");
    assertThat(HarvestLog.of(Files.write(folder.resolve("a.gz"), gzip(new byte[0]))).lines)
        .containsExactly("refused a.gz EMPTY_FILE");
  }

  @Test
  void a_file_that_is_not_there_is_no_defect() {
    assertThatThrownBy(() -> HarvestLog.of(folder.resolve("none.json")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void the_first_reader_that_recognises_a_document_reads_it_from_its_beginning()
      throws IOException {
    var log = new HarvestLog(folder);
    var never =
        new HarvestLog.TitleReader() {
          @Override
          public boolean recognises(Beginning beginning) {
            return beginning.startsWith("never");
          }
        };
    new Harvest(List.of(never, new HarvestLog.TitleReader()))
        .read(file("a.txt", "title=One\n".repeat(20_000)), log);

    assertThat(log.lines).hasSize(20_002).contains("One").endsWith("end");
  }

  @Test
  void a_mistake_of_a_reader_is_told_of_its_document_alone() throws IOException {
    assertThat(
            harvest(
                goodBadGood(),
                (document, sink) -> {
                  throw new IllegalStateException("no such thing");
                }))
        .containsExactly(
            "begin a.tar!/good.txt",
            "One",
            "end",
            "begin a.tar!/bad.txt",
            "end READER_FAILED (java.lang.IllegalStateException: no such thing)",
            "begin a.tar!/also-good.txt",
            "Three",
            "end");
  }

  @Test
  void a_document_nested_too_deeply_is_told_of_alone() throws IOException {
    assertThat(
            harvest(
                goodBadGood(),
                (document, sink) -> {
                  throw new StackOverflowError();
                }))
        .contains("end SYNTAX (nested too deeply)", "Three");
  }

  @Test
  void what_a_reader_says_of_a_document_is_told() throws IOException {
    assertThat(
            harvest(
                goodBadGood(),
                (document, sink) -> {
                  throw new UnreadableFile(Defect.Rule.SYNTAX, "line 5: expected '.'");
                }))
        .contains("end SYNTAX (line 5: expected '.')", "Three");
  }

  @Test
  void json_that_breaks_off_is_told_as_such_and_without_its_source() throws IOException {
    var file = Files.write(folder.resolve("a.tar"), tar(entry("bad.json", titles("[1, {"))));

    assertThat(
            harvest(
                file,
                (document, sink) -> {
                  document.content().skipNBytes("title=".length());
                  new ObjectMapper().readTree(document.content());
                }))
        .last()
        .asString()
        .startsWith("end TRUNCATED (Unexpected end-of-input")
        .doesNotContain("title");
  }

  @Test
  void a_reader_that_hides_why_it_could_not_read_on_hides_nothing() throws IOException {
    var whole = gzip(Packing.manyTitles(20_000));
    var file = Files.write(folder.resolve("bad.gz"), Packing.first(whole.length / 2, whole));

    assertThat(
            harvest(
                file,
                (document, sink) -> {
                  try {
                    document.content().readAllBytes();
                  } catch (IOException broken) {
                    throw new IllegalArgumentException("what a library says");
                  }
                }))
        .endsWith("end TRUNCATED (the gzip ends in the middle)");
  }

  @Test
  void a_reader_that_stops_early_hides_no_broken_end() throws IOException {
    var broken = gzip(Packing.manyTitles(20_000));
    broken[broken.length - 8] ^= 1;

    assertThat(
            harvest(
                Files.write(folder.resolve("bad.gz"), broken),
                (document, sink) -> document.content().read()))
        .containsExactly(
            "begin bad.gz",
            "end ARCHIVE_BROKEN (the gzip is broken: the checksum is not that of the data)");
  }

  @Test
  void a_reader_that_closes_its_document_closes_no_archive() throws IOException {
    assertThat(harvest(goodBadGood(), (document, sink) -> document.content().close()))
        .contains("One", "Three");
  }

  @Test
  void what_the_listener_throws_ends_the_run_even_where_a_reader_catches_it() throws IOException {
    var log = new HarvestLog(folder);
    log.fails = new IllegalStateException("the database is gone");

    assertThatThrownBy(
            () ->
                harvest(
                    goodBadGood(),
                    log,
                    (document, sink) -> {
                      try {
                        sink.catalogue(new CatalogueFacts(null, true));
                      } catch (IllegalStateException swallowed) {
                        // As a reader that goes on after each record does.
                      }
                    }))
        .isSameAs(log.fails);
    assertThat(log.lines).doesNotContain("Three");
  }

  @Test
  void progress_ends_at_the_size_of_the_file() throws IOException {
    var file = goodBadGood();

    assertThat(HarvestLog.of(file).bytes).isEqualTo(Files.size(file));
  }

  @Test
  void entries_of_an_archive_are_catalogues_of_their_own_unless_they_are_one_record_each()
      throws IOException {
    var archive =
        Files.write(
            folder.resolve("registry.2025-02-01.tar.gz"),
            gzip(
                tar(
                    entry("x/dhs.2025-02-01.txt", titles("One")),
                    entry("gsa/data.json", titles("Two")))));
    var each = HarvestLog.of(archive);
    var together = new HarvestLog(folder);
    new Harvest(
            List.of(
                new HarvestLog.TitleReader() {
                  @Override
                  public boolean oneRecord() {
                    return true;
                  }
                }))
        .read(archive, together);

    assertThat(each.catalogues).containsExactly("dhs", "gsa");
    assertThat(together.catalogues).containsExactly("registry", "registry");
  }

  @Test
  void the_encoding_is_told_before_the_records() throws IOException {
    var file = Files.write(folder.resolve("a.txt"), "title=数据目录\n".getBytes("GB18030"));

    assertThat(HarvestLog.of(file).lines)
        .containsExactly("begin a.txt", "WRONG_ENCODING (GB18030)", "数据目录", "end");
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).contains("\uFFFD");
  }
}
