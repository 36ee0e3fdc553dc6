package dev.fairground;

import dev.fairground.kernel.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The clock that days and moments are told by: the machine's, or one that can be moved, for trials.
 * How far it was moved stands in the data directory, beside the embedded database, because what
 * that holds was written by it.
 */
record ServerClock(InstantSource source, @Nullable MovableClock movable, Path file) {
  private static final String NAME = "FAIRGROUND_MOVABLE_CLOCK";

  static ServerClock of(Config config) {
    var file = config.dataDirectory().resolve("clock-ahead");
    var wanted = config.settings().flag(NAME, false);
    if (config.database() != null) {
      if (wanted) {
        throw new BadSetting(
            NAME,
            "is true, but FAIRGROUND_DATABASE_URL names a database: a clock is moved only for trials with the embedded"
                + " one, which no other server shares");
      }
      return new ServerClock(InstantSource.system(), null, file);
    }
    var ahead = read(file);
    if (!wanted) {
      if (!ahead.isZero()) {
        throw new BadSetting(
            NAME,
            "is not true, but the clock of %s was moved ahead by %s, and what is there was written by it: set it to true, or take another FAIRGROUND_DATA_DIR"
                .formatted(config.dataDirectory(), ahead));
      }
      return new ServerClock(InstantSource.system(), null, file);
    }
    var movable = new MovableClock(InstantSource.system(), ahead);
    return new ServerClock(movable, movable, file);
  }

  private static Duration read(Path file) {
    try {
      return Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    } catch (IOException | DateTimeException broken) {
      throw new BadSetting(
          NAME, "needs " + file + ", which cannot be read: " + broken.getMessage());
    }
  }

  /** Keeps how far it was moved. */
  void keep() {
    if (movable == null) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, movable.ahead() + "\n");
    } catch (IOException closed) {
      throw new UncheckedIOException("how far the clock was moved cannot be kept", closed);
    }
  }
}
