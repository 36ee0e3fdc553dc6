package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a library reads to unpack it. Remembers whether it was asked for more than there is, and can
 * be bounded: libraries keep headers in memory, whatever length these claim.
 */
final class Packed extends InputStream {
  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final InputStream in;
  private long allowed = UNBOUNDED;
  private boolean endReached;

  Packed(InputStream in) {
    this.in = in;
  }

  boolean endReached() {
    return endReached;
  }

  /** How many bytes may be read from now on. */
  void allow(long bytes) {
    allowed = bytes;
  }

  void allowAll() {
    allowed = UNBOUNDED;
  }

  @Override
  public int read() throws IOException {
    var next = in.read();
    count(next < 0 ? -1 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    var read = in.read(bytes, offset, length);
    count(read);
    return read;
  }

  private void count(int read) throws UnreadableFile {
    if (read < 0) {
      endReached = true;
    } else if (allowed != UNBOUNDED) {
      allowed -= read;
      if (allowed < 0) {
        throw new UnreadableFile(Rule.ARCHIVE_BROKEN, "a header is longer than is read");
      }
    }
  }
}
