package dev.fairground.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One server's claim to a directory. The system drops it when the process ends, however it ends, so
 * a stale one is not possible.
 */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel file;

  private DirectoryLock(FileChannel file) {
    this.file = file;
  }

  static DirectoryLock claim(Path directory) {
    try {
      var file =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(file) == null) {
        file.close();
        throw new DatabaseStartFailure(
            "another server uses "
                + directory
                + ": stop it, or give this one its own FAIRGROUND_DATA_DIR");
      }
      return new DirectoryLock(file);
    } catch (IOException refused) {
      throw new DatabaseStartFailure("cannot write to " + directory + ": " + refused, refused);
    }
  }

  /** Whether a server has claimed the directory. */
  static boolean isHeld(Path directory) throws IOException {
    if (!Files.exists(directory.resolve("lock"))) {
      return false;
    }
    try (var file = FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE)) {
      return lock(file) == null;
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException ignored) {
      // The process ends soon, and the lock with it.
    }
  }
}
