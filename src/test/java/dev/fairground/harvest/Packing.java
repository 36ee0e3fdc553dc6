package dev.fairground.harvest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packs bytes for tests. */
final class Packing {
  /** Where the flags stand in a zip's local header and in its directory. */
  private static final int LOCAL_FLAGS = 6;

  private static final int DIRECTORY_FLAGS = 8;

  /** Packs what is written into it. */
  interface Packer {
    OutputStream over(OutputStream out) throws IOException;
  }

  record Entry(String name, byte[] content) {}

  private Packing() {}

  static byte[] titles(String... titles) {
    var text = new StringBuilder();
    for (var title : titles) {
      text.append("title=").append(title).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Entry entry(String name, byte[] content) {
    return new Entry(name, content);
  }

  static byte[] packed(byte[] content, Packer packer) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = packer.over(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    return packed(content, GZIPOutputStream::new);
  }

  static byte[] bzip2(byte[] content) throws IOException {
    return packed(content, BZip2CompressorOutputStream::new);
  }

  static byte[] xz(byte[] content) throws IOException {
    return packed(content, out -> new XZOutputStream(out, new LZMA2Options(1)));
  }

  /** As the JDK writes it: lengths and checksums behind the entries. */
  static byte[] zip(Entry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries) {
        zip.putNextEntry(new ZipEntry(entry.name()));
        zip.write(entry.content());
      }
    }
    return bytes.toByteArray();
  }

  static byte[] tar(Entry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (var entry : entries) {
        var header = new TarArchiveEntry(entry.name(), true);
        header.setSize(entry.content().length);
        tar.putArchiveEntry(header);
        tar.write(entry.content());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A zip of one entry, stored, whose length stands behind it. */
  static byte[] storedWithDescriptor(String name, byte[] content) {
    var crc = new CRC32();
    crc.update(content);
    var out = ByteBuffer.allocate(content.length + 1_000).order(ByteOrder.LITTLE_ENDIAN);
    var file = name.getBytes(StandardCharsets.UTF_8);
    out.putInt(0x04034b50).putShort((short) 20).putShort((short) 8).putShort((short) 0).putInt(0);
    out.putInt(0).putInt(0).putInt(0).putShort((short) file.length).putShort((short) 0);
    out.put(file).put(content);
    out.putInt(0x08074b50).putInt((int) crc.getValue()).putInt(content.length);
    out.putInt(content.length);
    var directory = out.position();
    out.putInt(0x02014b50).putShort((short) 20).putShort((short) 20).putShort((short) 8);
    out.putShort((short) 0).putInt(0).putInt((int) crc.getValue()).putInt(content.length);
    out.putInt(content.length)
        .putShort((short) file.length)
        .putShort((short) 0)
        .putShort((short) 0);
    out.putShort((short) 0).putShort((short) 0).putInt(0).putInt(0).put(file);
    var length = out.position() - directory;
    out.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1).putInt(length);
    out.putInt(directory).putShort((short) 0);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Says of each entry that it is encrypted. */
  static byte[] encrypted(byte[] zip) {
    var marked = zip.clone();
    for (int i = 0; i < marked.length - 4; i++) {
      if (marked[i] == 'P' && marked[i + 1] == 'K') {
        if (marked[i + 2] == 3 && marked[i + 3] == 4) {
          marked[i + LOCAL_FLAGS] |= 1;
        } else if (marked[i + 2] == 1 && marked[i + 3] == 2) {
          marked[i + DIRECTORY_FLAGS] |= 1;
        }
      }
    }
    return marked;
  }

  static byte[] first(int length, byte[] bytes) {
    return Arrays.copyOf(bytes, length);
  }

  static byte[] joined(byte[]... parts) {
    var bytes = new ByteArrayOutputStream();
    for (var part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** Titles that hardly compress, so that a cut is a cut in the middle of them. */
  static byte[] manyTitles(int count) {
    var random = new java.util.Random(1);
    var titles = new String[count];
    for (int i = 0; i < count; i++) {
      titles[i] =
          i + " " + Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36);
    }
    return titles(titles);
  }
}
