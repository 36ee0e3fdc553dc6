package dev.fairground.job;

import dev.fairground.kernel.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that lies in parts in the database.
 *
 * @param organizationId whose it is; null for an upload
 * @param partBytes the size of each part but the last
 * @param digest SHA-256 in hexadecimal digits
 */
public record StoredFile(
    UUID id,
    @Nullable UUID organizationId,
    String name,
    String mediaType,
    int partBytes,
    long byteSize,
    String digest) {
  static final String PREFIX = "file";
  static final String UPLOAD_PREFIX = "upl";

  /** The path of the server's port at which it is fetched. */
  String path() {
    return "/files/" + Ids.write(PREFIX, id);
  }
}
