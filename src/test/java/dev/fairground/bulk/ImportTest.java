package dev.fairground.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.TestDatabase;
import dev.fairground.harvest.DirectoryReader;
import dev.fairground.harvest.Harvest;
import dev.fairground.sql.DatabaseAddress;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of whole files. */
@ExtendWith(TestDatabase.class)
class ImportTest {
  private final DatabaseAddress address;

  ImportTest(DatabaseAddress address) {
    this.address = address;
  }

  private Outcome bring(Path file) throws Exception {
    try (var report =
            new ImportReport(
                new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new StringWriter());
        var importing =
            new Import(
                address,
                new Harvest(List.of(new DirectoryReader())),
                InstantSource.system(),
                ImportOptions.NONE,
                report,
                (path, bytes, total) -> {})) {
      importing.bring(file);
      return report.outcome();
    }
  }

  private static Path archive(Path file, String... entries) throws Exception {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < entries.length; i++) {
        zip.putNextEntry(new ZipEntry("bodies/" + i + ".json"));
        zip.write(entries[i].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  private static String body(String id) {
    return "{\"id\": \"%s\", \"name\": {\"en\": \"%s\"}, \"authority_level\": \"-\", \"data_content\": {}}"
        .formatted(id, id);
  }

  @Test
  void a_record_is_not_withdrawn_because_its_entry_of_the_archive_cannot_be_read(
      @TempDir Path folder) throws Exception {
    var file = folder.resolve("directory.zip");
    assertThat(bring(archive(file, body("a"), body("b"), body("c"))))
        .isEqualTo(new Outcome(3, 0, 0, 0));
    assertThat(bring(archive(file, "<html><body>502", body("b"), body("c"))))
        .isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(bring(archive(file, body("b"), "", body("c"))).withdrawn()).isEqualTo(1);
  }
}
