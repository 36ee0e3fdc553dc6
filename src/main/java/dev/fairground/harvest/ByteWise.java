package dev.fairground.harvest;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a byte at a time, so that a failure comes behind the bytes before it. The bzip2 of
 * commons-compress unpacks byte by byte as well, but throws away those of a read that fails, which
 * may be the whole of a small file.
 */
final class ByteWise extends InputStream {
  private final InputStream in;
  private @Nullable IOException failure;

  ByteWise(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    var count = 0;
    try {
      while (count < length) {
        var next = read();
        if (next < 0) {
          return count == 0 && length > 0 ? -1 : count;
        }
        bytes[offset + count++] = (byte) next;
      }
    } catch (IOException failed) {
      failure = failed;
      if (count == 0) {
        throw failed;
      }
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
