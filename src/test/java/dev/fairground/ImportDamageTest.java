package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real files, damaged at random: whatever stands in a file, nothing fails, a catalogue is there as
 * a whole or not at all, and the second time changes nothing.
 */
@ExtendWith(TestDatabase.class)
class ImportDamageTest {
  private static final Path FIXTURES = Path.of("src", "test", "resources", "harvest");

  private final DatabaseAddress address;
  @TempDir private Path folder;

  ImportDamageTest(DatabaseAddress address, Database database) throws Exception {
    this.address = address;
    new ReferenceData(database).load().await(20, TimeUnit.SECONDS);
  }

  private static List<Path> fixtures() throws IOException {
    try (var found = Files.walk(FIXTURES)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static byte[] packed(byte[] content, Random random) throws IOException {
    var bytes = new ByteArrayOutputStream();
    switch (random.nextInt(4)) {
      case 0 -> {
        try (var out = new GZIPOutputStream(bytes)) {
          out.write(content);
        }
      }
      case 1 -> {
        try (var out = new ZipOutputStream(bytes)) {
          out.putNextEntry(new ZipEntry("inner"));
          out.write(content);
        }
      }
      default -> bytes.writeBytes(content);
    }
    return bytes.toByteArray();
  }

  /** Bytes changed, the end cut off, a part left out, or a part there twice. */
  private static byte[] damaged(byte[] content, Random random) {
    var bytes = content.clone();
    var from = random.nextInt(bytes.length);
    var to = Math.min(bytes.length, from + 1 + random.nextInt(200));
    return switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield bytes;
      }
      case 1 -> Arrays.copyOf(bytes, from);
      case 2 -> joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
      default -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void damaged_files_harm_nothing_and_change_nothing_the_second_time(long seed) throws Exception {
    var random = new Random(seed);
    var files = new ArrayList<Path>();
    for (var fixture : fixtures()) {
      var name = "seed" + seed + "-" + fixture.getFileName();
      var content = damaged(packed(Files.readAllBytes(fixture), random), random);
      files.add(Files.write(folder.resolve(name), content));
    }
    var importing = new Importing(address);

    var first = importing.bring(files.toArray(Path[]::new));
    var second = importing.bring(files.toArray(Path[]::new));

    assertThat(first.of("READER_FAILED")).isEmpty();
    assertThat(first.lines()).noneMatch(line -> line.path("kind").asText().equals("failed"));
    assertThat(first.all()).doesNotContain(" 0 added");
    assertThat(second.all()).contains(Importing.NOTHING_NEW);
    assertThat(second.lines()).noneMatch(line -> line.path("kind").asText().equals("change"));
    assertWhole();
  }

  /** What a catalogue's imports say that they added is what it has. */
  private void assertWhole() throws Exception {
    var differences =
        """
        select i.catalogue, sum(i.added),
               (select count(*) from data_resource r where r.catalogue = i.catalogue)
          from catalogue_import i
         where i.format not like '%products%'
         group by i.catalogue
        having sum(i.added) <> (select count(*) from data_resource r where r.catalogue = i.catalogue)
        """;
    try (var connection = address.connect("test");
        var statement = connection.prepareStatement(differences);
        var rows = statement.executeQuery()) {
      assertThat(rows.next()).isFalse();
    }
  }
}
