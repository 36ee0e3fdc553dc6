package dev.fairground;

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
 * The key from which secrets are derived that the server has to know again. It is set, or made once
 * and kept in the data directory. All servers of one database need the same.
 */
final class ServerKey {
  private static final Logger LOG = LoggerFactory.getLogger(ServerKey.class);
  private static final String NAME = "FAIRGROUND_SECRET_KEY";
  private static final int BYTES = 32;

  private ServerKey() {}

  static byte[] of(Config config) {
    var set = config.settings().text(NAME, "");
    if (!set.isEmpty()) {
      return decoded(set);
    }
    var file = config.dataDirectory().resolve("secret-key");
    try {
      return Files.exists(file) ? decoded(Files.readString(file).strip()) : made(file, config);
    } catch (IOException closed) {
      throw new UncheckedIOException("the key in the data directory cannot be kept", closed);
    }
  }

  private static byte[] decoded(String text) {
    try {
      var key = Base64.getDecoder().decode(text);
      if (key.length >= BYTES) {
        return key;
      }
    } catch (IllegalArgumentException broken) {
      // Told below.
    }
    throw new BadSetting(NAME, "must be at least 32 random bytes in Base64");
  }

  private static byte[] made(Path file, Config config) throws IOException {
    var key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, Base64.getEncoder().encodeToString(key), StandardOpenOption.TRUNCATE_EXISTING);
    if (config.database() != null) {
      LOG.warn(
          "a key was made and kept in the data directory; several servers of one database need"
              + " the same one: set {}",
          NAME);
    }
    return key;
  }
}
