package dev.fairground;

import dev.fairground.usage.HeadKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret of the key that heads of the log of use are signed with: set, or made once and kept in
 * the data directory. All servers of one database need the same. It is not derived from the
 * server's other key: who verifies the log keeps the public half for years.
 */
final class UsageKeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(UsageKeyFile.class);
  private static final String NAME = "FAIRGROUND_USAGE_KEY";

  private UsageKeyFile() {}

  static byte[] of(Config config) {
    var set = config.settings().text(NAME, "");
    if (!set.isEmpty()) {
      return decoded(set);
    }
    var file = config.dataDirectory().resolve("usage-key");
    try {
      return Files.exists(file) ? decoded(Files.readString(file).strip()) : made(file, config);
    } catch (IOException closed) {
      throw new UncheckedIOException("the key in the data directory cannot be kept", closed);
    }
  }

  private static byte[] decoded(String text) {
    try {
      var key = Base64.getDecoder().decode(text);
      if (key.length == HeadKey.BYTES) {
        return key;
      }
    } catch (IllegalArgumentException broken) {
      // Told below.
    }
    throw new BadSetting(NAME, "must be 32 random bytes in Base64");
  }

  private static byte[] made(Path file, Config config) throws IOException {
    var key = new byte[HeadKey.BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, Base64.getEncoder().encodeToString(key), StandardOpenOption.TRUNCATE_EXISTING);
    if (config.database() != null) {
      LOG.warn(
          "a key for the log of use was made and kept in the data directory; several servers of one"
              + " database need the same one: set {}",
          NAME);
    }
    return key;
  }
}
