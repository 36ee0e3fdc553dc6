package dev.fairground.harvest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a reader reads. Remembers why it could not be read on, as libraries hide that behind
 * exceptions of their own, and is not closed by them, as it may be one of many in an archive.
 */
final class Content extends InputStream {
  private final BufferedInputStream in;
  private final Runnable progress;
  private @Nullable IOException failure;

  /**
   * The content of one document.
   *
   * @param progress run before each read
   */
  Content(InputStream in, Runnable progress) {
    this.in = new BufferedInputStream(in, Beginning.LENGTH);
    this.progress = progress;
  }

  @Nullable IOException failure() {
    return failure;
  }

  /** The first bytes, at most {@link Beginning#LENGTH}; they are read again. */
  byte[] beginning() {
    in.mark(Beginning.LENGTH);
    var bytes = new byte[Beginning.LENGTH];
    var length = 0;
    try {
      var count = 0;
      while (length < bytes.length && (count = read(bytes, length, bytes.length - length)) >= 0) {
        length += count;
      }
    } catch (IOException failed) {
      // Its reader will meet it behind these bytes; where there is none, failure() tells.
    }
    try {
      in.reset();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The first bytes as text, no character cut in two. */
  static String text(byte[] utf8) {
    var length = utf8.length;
    if (length == Beginning.LENGTH) {
      var last = length - 1;
      while (last > length - 4 && (utf8[last] & 0xC0) == 0x80) {
        last--;
      }
      length = utf8[last] < 0 ? last : length;
    }
    return new String(utf8, 0, length, StandardCharsets.UTF_8);
  }

  /** Reads what its reader has left, as checksums stand at the end. */
  void drain() {
    try {
      transferTo(OutputStream.nullOutputStream());
    } catch (IOException failed) {
      // Remembered.
    }
  }

  @Override
  public int read() throws IOException {
    var single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    progress.run();
    try {
      return in.read(bytes, offset, length);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }
}
