package dev.fairground.sql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {
  private final Path directory;

  private PostgresBinaries(Path directory) {
    this.directory = directory;
  }

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  /**
   * Unpacks below {@code parent} unless that has been done. The directory is named after the
   * archive's checksum, so that a newer PostgreSQL is unpacked beside the older one; it gets its
   * name only when it is complete, so that a start that was killed leaves nothing half done.
   */
  static PostgresBinaries unpackedBelow(Path parent) {
    var archive = archive();
    try {
      var connection = (JarURLConnection) archive.openConnection();
      var directory =
          parent.resolve("binaries-" + Long.toHexString(connection.getJarEntry().getCrc()));
      if (!Files.isDirectory(directory)) {
        unpack(connection, parent, directory);
      }
      return new PostgresBinaries(directory);
    } catch (IOException failure) {
      throw new DatabaseStartFailure(
          "the embedded PostgreSQL cannot be unpacked below " + parent + ": " + failure, failure);
    }
  }

  private static URL archive() {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var machine =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          case String other -> other;
        };
    var name = "postgres-" + system + "-" + machine + ".txz";
    var archive = PostgresBinaries.class.getClassLoader().getResource(name);
    if (archive == null) {
      throw new DatabaseStartFailure(
          "there is no embedded PostgreSQL for "
              + system
              + " on "
              + machine
              + ": set FAIRGROUND_DATABASE_URL to a PostgreSQL 15 or newer");
    }
    return archive;
  }

  private static void unpack(JarURLConnection archive, Path parent, Path directory)
      throws IOException {
    var unfinished = Files.createTempDirectory(Files.createDirectories(parent), "unpacking-");
    try (InputStream bytes = archive.getInputStream();
        var tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(bytes, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, unfinished);
      }
    }
    Files.setPosixFilePermissions(unfinished, permissions(0755));
    try {
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException refused) {
      FileTrees.delete(unfinished);
      // An atomic move names no reason; another start that was faster is the harmless one.
      if (!Files.isDirectory(directory)) {
        throw refused;
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    var target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("the archive leaves its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    if (target.getParent() instanceof Path folder) {
      Files.createDirectories(folder);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }
  }

  /** The owner's rights as archived; everybody may read, whatever the umask is. */
  private static Set<PosixFilePermission> permissions(int mode) {
    var permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & 0100) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }
}
