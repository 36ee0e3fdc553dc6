package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** The bytes of the file as it lies on the disk, counted. Whoever opened the file closes it. */
final class PackedFile implements SeekableByteChannel {
  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final SeekableByteChannel file;
  private final long size;
  private long read;
  private long bound = UNBOUNDED;
  private @Nullable IOException failure;
  private @Nullable UnreadableFile overrun;

  PackedFile(SeekableByteChannel file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /** Bytes read so far, at most those of the file even where some were read twice. */
  long bytesRead() {
    return Math.min(read, size);
  }

  /** Why the disk could not be read, where it could not: no fault of what is on it. */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * How many bytes may be read from now on. For what libraries keep in memory, as the list of a
   * zip's entries.
   */
  void allow(long bytes) {
    bound = Math.addExact(read, bytes);
  }

  /** That more was read than was allowed, whatever a library made of it. */
  @Nullable UnreadableFile overrun() {
    return overrun;
  }

  void allowAll() {
    bound = UNBOUNDED;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (read > bound) {
      overrun =
          new UnreadableFile(
              Rule.ARCHIVE_BOMB, "the list of the zip's entries is longer than is read");
      throw overrun;
    }
    try {
      var count = file.read(into);
      read += Math.max(0, count);
      return count;
    } catch (IOException broken) {
      failure = broken;
      throw broken;
    }
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {
    // Libraries close what they are given.
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long length) {
    throw new NonWritableChannelException();
  }
}
