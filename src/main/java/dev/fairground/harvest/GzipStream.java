package dev.fairground.harvest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip as RFC 1952 has it: all members, one after the other. Zeros behind the last member
 * are padding, and anything else there ends the data as it does for {@code gzip} itself.
 *
 * <p>The JDK's stream takes a member that breaks off in its header for such an end, and asks {@code
 * available()} whether there is another member, which many streams answer wrongly; commons-compress
 * keeps a name of any length in memory and refuses padding.
 */
final class GzipStream extends InputStream {
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed = new byte[16_384];
  private final byte[] single = new byte[1];
  private int position;
  private int limit;
  private boolean inMember;
  private boolean first = true;
  private boolean ended;

  GzipStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !nextMember()) {
        ended = true;
        break;
      }
      var read = inflate(bytes, offset, length);
      if (read > 0) {
        return read;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  /** Zero where the member has ended. */
  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      while (true) {
        var read = inflater.inflate(bytes, offset, length);
        if (read > 0) {
          crc.update(bytes, offset, read);
          return read;
        }
        if (inflater.finished()) {
          endMember();
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw new ZipException("the data needs a dictionary");
        }
        if (!fill()) {
          throw new EOFException("the data ends in the middle");
        }
        inflater.setInput(packed, position, limit - position);
      }
    } catch (DataFormatException broken) {
      throw new ZipException(
          broken.getMessage() == null ? "the data cannot be unpacked" : broken.getMessage());
    }
  }

  private boolean nextMember() throws IOException {
    var next = peek();
    while (!first && next == 0) {
      position++;
      next = peek();
    }
    if (next < 0) {
      return false;
    }
    position++;
    if (next != MAGIC_1 || peek() != MAGIC_2) {
      if (first) {
        throw new ZipException("not a gzip");
      }
      return false;
    }
    position++;
    readHeader();
    first = false;
    inMember = true;
    crc.reset();
    inflater.reset();
    inflater.setInput(packed, position, limit - position);
    return true;
  }

  private void readHeader() throws IOException {
    var method = octet();
    var flags = octet();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("packed by a method that is not known");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(octet() | octet() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    inMember = false;
    var sum = word();
    var length = word();
    if (sum != crc.getValue()) {
      throw new ZipException("the checksum is not that of the data");
    }
    if (length != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw new ZipException("the length is not that of the data");
    }
  }

  private long word() throws IOException {
    return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      octet();
    }
  }

  private void skipText() throws IOException {
    while (octet() != 0) {
      // The name and the comment are for people.
    }
  }

  private int octet() throws IOException {
    var next = peek();
    if (next < 0) {
      throw new EOFException("the header or checksum ends in the middle");
    }
    position++;
    return next;
  }

  private int peek() throws IOException {
    return position < limit || fill() ? packed[position] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(packed, 0, packed.length));
    return limit > 0;
  }
}
