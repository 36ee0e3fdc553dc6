package dev.fairground;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The file that an import's report goes to. It is opened before anything else is done. */
record ImportReportFile(Path path, Writer lines) implements AutoCloseable {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Opens it.
   *
   * @param wanted null for a file of its own in the data directory
   * @throws UncheckedIOException where it cannot be written
   */
  static ImportReportFile open(Path dataDirectory, @Nullable Path wanted) {
    var file = wanted == null ? dataDirectory.resolve("imports") : wanted;
    try {
      if (wanted != null) {
        return new ImportReportFile(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
      }
      Files.createDirectories(file);
      return ofItsOwn(file);
    } catch (IOException refused) {
      throw unwritten(file, refused);
    }
  }

  private static ImportReportFile ofItsOwn(Path directory) throws IOException {
    var name = "import-" + NAME.format(Instant.now());
    for (int number = 1; ; number++) {
      var file = directory.resolve(name + (number == 1 ? "" : "-" + number) + ".jsonl");
      try {
        return new ImportReportFile(
            file, Files.newBufferedWriter(file, StandardCharsets.UTF_8, CREATE_NEW, WRITE));
      } catch (FileAlreadyExistsException ofAnotherImport) {
        // Two began in one second.
      }
    }
  }

  private static UncheckedIOException unwritten(Path file, IOException refused) {
    var why =
        switch (refused) {
          case NoSuchFileException none -> "there is no such folder";
          case AccessDeniedException denied -> "this user may not write there";
          case FileSystemException known when known.getReason() != null -> known.getReason();
          default -> String.valueOf(refused.getMessage());
        };
    return new UncheckedIOException("the report " + file + " cannot be written: " + why, refused);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException full) {
      throw unwritten(path, full);
    }
  }
}
