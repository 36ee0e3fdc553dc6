package dev.fairground.http;

import dev.fairground.kernel.Viewer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies behind the paths of files. Nothing here keeps a file in memory: parts go by one at a
 * time.
 *
 * @param downloads files at {@code /files/}
 * @param uploads what is sent to {@code /uploads}
 * @param templates files at {@code /templates/}, which everybody may have
 */
public record FileDoors(Downloads downloads, Uploads uploads, Templates templates) {
  /** For a server without files. */
  public static final FileDoors NONE =
      new FileDoors(
          (viewer, id) -> Future.succeededFuture(),
          (viewer, name, length) -> Future.failedFuture(new UnsupportedOperationException()),
          (name, languages) -> null);

  /** Finds a file; null where there is none, or none that the viewer may have. */
  @FunctionalInterface
  public interface Downloads {
    Future<@Nullable Download> find(Viewer viewer, String id);
  }

  /**
   * A file that can be sent.
   *
   * @param digest SHA-256 in hexadecimal digits
   * @param partBytes the size of each part but the last
   */
  public record Download(
      String name, String mediaType, long bytes, String digest, int partBytes, Parts parts) {}

  /** Reads a part of a file by its place, from 0. */
  @FunctionalInterface
  public interface Parts {
    Future<Buffer> read(int position);
  }

  /** Begins to take a file, or fails with a {@link dev.fairground.graphql.Refusal}. */
  @FunctionalInterface
  public interface Uploads {
    /**
     * @param length the bytes that are announced; -1 where they are not
     */
    Future<Upload> begin(Viewer viewer, String name, long length);
  }

  /** A file that is being taken; its calls follow each other. */
  public interface Upload {
    /** Fails with a {@link dev.fairground.graphql.Refusal} when the file becomes too long. */
    Future<Void> write(Buffer bytes);

    /** What is told of the file once it is whole. */
    Future<JsonObject> end();

    /** Nothing of it stays. */
    Future<Void> abandon();
  }

  /** Makes a template by its name and the languages wanted, best first; null for no such name. */
  @FunctionalInterface
  public interface Templates {
    @Nullable Template make(String name, List<String> languages);
  }

  /** A template's bytes. */
  public record Template(String name, String mediaType, Buffer bytes) {}
}
