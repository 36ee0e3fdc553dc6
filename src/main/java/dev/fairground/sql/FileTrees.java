package dev.fairground.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories: removed, or given to another user. */
final class FileTrees {
  private FileTrees() {}

  /** Deletes what is there; nothing to delete is fine. */
  static void delete(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path path : below(root)) {
      Files.deleteIfExists(path);
    }
  }

  static void give(Path root, int user) throws IOException {
    for (Path path : below(root)) {
      Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static List<Path> below(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
