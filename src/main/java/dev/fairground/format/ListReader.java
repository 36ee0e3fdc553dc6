package dev.fairground.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads a list from a file, row by row, in one of four formats. */
public final class ListReader {
  private static final int LONGEST_LINE = 1_000_000;

  private final ListColumns columns;
  private final int mostRows;
  private final long mostUnpackedBytes;

  public ListReader(ListColumns columns, int mostRows, long mostUnpackedBytes) {
    this.columns = columns;
    this.mostRows = mostRows;
    this.mostUnpackedBytes = mostUnpackedBytes;
  }

  /**
   * Reads all of a file.
   *
   * @throws UnreadableList where it is not of the format, or too large
   */
  public void read(FileFormat format, Path file, ListSink sink) throws IOException {
    switch (format) {
      case CSV -> csv(file, sink);
      case XLSX -> {
        var table = new ListTable(columns, sink, mostRows);
        try (var workbook = new Workbook(file, mostUnpackedBytes)) {
          workbook.read(sink, table);
        }
        table.end();
      }
      case JSONL -> new ListDocuments(columns, sink, mostRows).jsonLines(file, LONGEST_LINE);
      case ODPS_YAML -> new ListDocuments(columns, sink, mostRows).odps(file);
      case DCAT_JSONLD, DCAT_TURTLE ->
          throw new UnreadableList(
              "FORMAT_NOT_READ", "Lists are read from JSONL, CSV, XLSX and ODPS_YAML.");
    }
  }

  private void csv(Path file, ListSink sink) throws IOException {
    var begin = Beginning.of(file);
    if (begin.isPacked()) {
      throw new UnreadableList("NOT_CSV", "This is no text. Is it a workbook? Then say XLSX.");
    }
    var table = new ListTable(columns, sink, mostRows);
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(begin.mark());
      var reader = new BufferedReader(new InputStreamReader(in, begin.charset()));
      new CsvTable(reader, sink).read(table);
    }
    table.end();
  }

  /**
   * What the first bytes of a file tell.
   *
   * @param mark the length of its byte order mark
   */
  record Beginning(byte[] bytes, Charset charset, int mark) {
    private static final int BYTES = 4;

    static Beginning of(Path file) throws IOException {
      byte[] bytes;
      try (var in = Files.newInputStream(file)) {
        bytes = in.readNBytes(BYTES);
      }
      if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
        return new Beginning(bytes, StandardCharsets.UTF_8, 3);
      }
      if (starts(bytes, 0xFF, 0xFE)) {
        return new Beginning(bytes, StandardCharsets.UTF_16LE, 2);
      }
      if (starts(bytes, 0xFE, 0xFF)) {
        return new Beginning(bytes, StandardCharsets.UTF_16BE, 2);
      }
      // Excel in Chinese writes GB 18030 where it is not told otherwise.
      return new Beginning(
          bytes, isUtf8(file) ? StandardCharsets.UTF_8 : Charset.forName("GB18030"), 0);
    }

    boolean isPacked() {
      return starts(bytes, 'P', 'K', 3, 4) || isCompound();
    }

    /** An encrypted workbook, or one of Excel before 2007. */
    boolean isCompound() {
      return starts(bytes, 0xD0, 0xCF, 0x11, 0xE0);
    }

    boolean isZip() {
      return starts(bytes, 'P', 'K');
    }

    private static boolean starts(byte[] bytes, int... first) {
      for (int i = 0; i < first.length; i++) {
        if (i >= bytes.length || bytes[i] != (byte) first[i]) {
          return false;
        }
      }
      return true;
    }

    private static boolean isUtf8(Path file) throws IOException {
      var decoder =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      var bytes = ByteBuffer.allocate(1 << 16);
      var characters = CharBuffer.allocate(1 << 16);
      try (var channel = Files.newByteChannel(file)) {
        for (var more = true; more; ) {
          more = channel.read(bytes) >= 0;
          bytes.flip();
          var result = decoder.decode(bytes, characters.clear(), !more);
          if (result.isError()) {
            result.throwException();
          }
          bytes.compact();
        }
        return true;
      } catch (CharacterCodingException other) {
        return false;
      }
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Beginning begin && Arrays.equals(bytes, begin.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return List.of(charset, mark).toString();
    }
  }
}
