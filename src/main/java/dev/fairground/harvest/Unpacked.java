package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What comes out of one container: counted against the budget, compared with its checksum, and
 * every failure an {@link UnreadableFile} that tells whether the container breaks off or is broken.
 * After a failure nothing follows but the same failure, so that none gets lost in a library.
 */
final class Unpacked extends InputStream {
  private static final long UNKNOWN = -1;

  private final InputStream in;
  private final String container;
  private final Packed packed;
  private final @Nullable Budget budget;
  private final @Nullable LongSupplier expected;
  private final CRC32 crc = new CRC32();
  private final byte[] single = new byte[1];
  private @Nullable UnreadableFile failure;

  /**
   * What comes out of {@code in}.
   *
   * @param container what it is called in a message, for instance {@code gzip}
   * @param packed what the library behind {@code in} reads
   * @param budget null where what comes out is no more than what went in
   * @param expected the CRC-32 of all bytes, or -1 where it is not known, asked at their end; null
   *     where the library compares it
   */
  Unpacked(
      InputStream in,
      String container,
      Packed packed,
      @Nullable Budget budget,
      @Nullable LongSupplier expected) {
    this.in = in;
    this.container = container;
    this.packed = packed;
    this.budget = budget;
    this.expected = expected;
  }

  /** Why it cannot be read on, where that is known already. */
  @Nullable UnreadableFile failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      var count = in.read(bytes, offset, length);
      if (count > 0) {
        take(bytes, offset, count);
      } else if (count < 0) {
        compare();
      }
      return count;
    } catch (IOException | RuntimeException broken) {
      failure = failure(container, packed, broken);
      throw failure;
    }
  }

  private void take(byte[] bytes, int offset, int count) throws UnreadableFile {
    if (expected != null) {
      crc.update(bytes, offset, count);
    }
    if (budget != null) {
      budget.bytes(count);
    }
  }

  private void compare() throws ZipException {
    if (expected != null) {
      var sum = expected.getAsLong();
      if (sum != UNKNOWN && sum != crc.getValue()) {
        throw new ZipException("the checksum is not that of the data");
      }
    }
  }

  /** What a library's exception means for the file. */
  static UnreadableFile failure(String container, Packed packed, Exception broken) {
    if (broken instanceof UnreadableFile known) {
      return known;
    }
    if (packed.endReached() || broken instanceof EOFException) {
      return new UnreadableFile(Rule.TRUNCATED, "the " + container + " ends in the middle");
    }
    return new UnreadableFile(
        Rule.ARCHIVE_BROKEN,
        "the "
            + container
            + " is broken: "
            + (broken.getMessage() == null
                ? broken.getClass().getSimpleName()
                : broken.getMessage()));
  }
}
