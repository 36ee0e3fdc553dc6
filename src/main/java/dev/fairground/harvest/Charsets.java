package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text as UTF-8 without a byte order mark, whatever encoding it is in: what its byte order mark
 * says; UTF-16 or UTF-32 where every other byte is zero; UTF-8 where it is; what an XML declaration
 * says, which is then rewritten; GB 18030 where that gives everyday Chinese; else windows-1252,
 * which never fails. As ASCII is the same in all but the first, it is decided at the first byte
 * that is none, from the 64 kB behind it.
 *
 * <p>Tells {@link Rule#WRONG_ENCODING} with the encoding, and {@link Rule#ENCODING_BROKEN} once:
 * bytes that the encoding does not have are read as U+FFFD.
 */
final class Charsets extends InputStream {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset GB2312 = Charset.forName("GB2312");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** XML 1.0, section 4.3.3. */
  private static final Pattern XML_DECLARATION =
      Pattern.compile(
          "^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"'][^>]*\\?>");

  private static final int MOST_DECLARATION = 1_024;
  private static final int WINDOW = 65_536;
  private static final int STEP = 8_192;
  private static final int MOST_OF_A_CHARACTER = 3;
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  /** A text of UTF-8 may be damaged, but has many more good characters than bad ones. */
  private static final int GOOD_FOR_A_BAD = 10;

  private final InputStream source;
  private final Consumer<Defect> told;
  private final ByteBuffer in = ByteBuffer.allocate(WINDOW).flip();
  private final CharBuffer characters = CharBuffer.allocate(STEP);
  private final ByteBuffer out = ByteBuffer.allocate(MOST_OF_A_CHARACTER * STEP + STEP).flip();
  private final byte[] single = new byte[1];
  private @Nullable Charset charset;
  private @Nullable Charset declared;
  private CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
  private @Nullable IOException failure;
  private boolean started;
  private boolean sourceEnded;
  private boolean broken;
  private long offset;

  private Charsets(InputStream source, Consumer<Defect> told) {
    this.source = source;
    this.told = told;
  }

  /** The text of {@code source}, whose failures come after what was read before them. */
  static InputStream utf8(InputStream source, Consumer<Defect> told) {
    return new Charsets(source, told);
  }

  /** A short text that is in UTF-8 if it can be, else as {@link #utf8} would read it. */
  static String text(byte[] bytes) {
    return new String(bytes, guess(ByteBuffer.wrap(bytes), true, null));
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!started) {
      started = true;
      start();
    }
    while (!out.hasRemaining()) {
      if (!in.hasRemaining() || needsMore()) {
        fill(in.remaining() + 1);
      }
      if (!in.hasRemaining() && sourceEnded) {
        if (failure != null) {
          throw failure;
        }
        return -1;
      }
      out.clear();
      step();
      out.flip();
    }
    var count = Math.min(length, out.remaining());
    out.get(bytes, start, count);
    return count;
  }

  /** Whether what is there may be the beginning of one character. */
  private boolean needsMore() {
    return in.remaining() < 8 && !sourceEnded;
  }

  /** Reads until there are {@code least} bytes or no more. */
  private void fill(int least) {
    in.compact();
    try {
      while (in.position() < least && !sourceEnded) {
        var count = source.read(in.array(), in.position(), in.remaining());
        if (count < 0) {
          sourceEnded = true;
        } else {
          in.position(in.position() + count);
        }
      }
    } catch (IOException failed) {
      failure = failed;
      sourceEnded = true;
    }
    in.flip();
  }

  private void start() {
    fill(MOST_DECLARATION * 4);
    var mark = byteOrderMark();
    if (mark == null) {
      charset = byZeros();
    } else {
      charset = mark;
    }
    if (charset != null) {
      decoder = strict(charset);
      if (charset != StandardCharsets.UTF_8) {
        tellEncoding(charset);
      }
    }
    declaration();
  }

  private @Nullable Charset byteOrderMark() {
    if (skip(0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (skip(0xFF, 0xFE, 0, 0)) {
      return UTF_32LE;
    }
    if (skip(0, 0, 0xFE, 0xFF)) {
      return UTF_32BE;
    }
    if (skip(0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    return skip(0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
  }

  private boolean skip(int... mark) {
    if (in.remaining() < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((in.get(in.position() + i) & 0xFF) != mark[i]) {
        return false;
      }
    }
    in.position(in.position() + mark.length);
    offset += mark.length;
    return true;
  }

  /** Every catalogue has letters, digits or marks of ASCII, whose other bytes are zero. */
  private @Nullable Charset byZeros() {
    var zeros = new int[4];
    var length = Math.min(in.remaining(), 4_096) & ~3;
    for (int i = 0; i < length; i++) {
      if (in.get(in.position() + i) == 0) {
        zeros[i % 4]++;
      }
    }
    var units = length / 4;
    if (units == 0) {
      return null;
    }
    if (zeros[2] == units && zeros[3] == units) {
      return UTF_32LE;
    }
    if (zeros[0] == units && zeros[1] == units) {
      return UTF_32BE;
    }
    var first = zeros[0] + zeros[2];
    var second = zeros[1] + zeros[3];
    if (second * 10 >= units && second > 10 * first) {
      return StandardCharsets.UTF_16LE;
    }
    return first * 10 >= units && first > 10 * second ? StandardCharsets.UTF_16BE : null;
  }

  /** Its reader is given UTF-8, so an XML declaration has to say so. */
  private void declaration() {
    var before = charset == null ? StandardCharsets.ISO_8859_1 : charset;
    var beginning =
        new String(
            in.array(),
            in.position() + in.arrayOffset(),
            Math.min(in.remaining(), MOST_DECLARATION * 4),
            before);
    var declaration = XML_DECLARATION.matcher(beginning);
    if (!declaration.find()) {
      return;
    }
    var name = declaration.group(1);
    if (name.toUpperCase(Locale.ROOT).equals("UTF-8")) {
      return;
    }
    if (charset == null) {
      declared = declared(name);
    }
    var length = declaration.group().getBytes(before).length;
    in.position(in.position() + length);
    offset += length;
    out.clear();
    out.put(
        (beginning.substring(0, declaration.start(1))
                + "UTF-8"
                + beginning.substring(declaration.end(1), declaration.end()))
            .getBytes(StandardCharsets.UTF_8));
    out.flip();
  }

  /** Null where it is not known, or cannot be as the declaration itself is not in it. */
  private static @Nullable Charset declared(String name) {
    try {
      var charset = Charset.forName(name);
      return Arrays.equals("<?xml".getBytes(charset), "<?xml".getBytes(StandardCharsets.US_ASCII))
          ? charset
          : null;
    } catch (IllegalArgumentException | UnsupportedOperationException unknown) {
      return null;
    }
  }

  /** Turns some of the bytes that are there into some that go out. */
  private void step() {
    if (charset == null) {
      var ascii = ascii(STEP);
      if (ascii > 0) {
        take(ascii);
        return;
      }
      fill(WINDOW);
      charset = guess(in, sourceEnded && failure == null, declared);
      decoder = strict(charset);
      if (charset != StandardCharsets.UTF_8) {
        tellEncoding(charset);
      }
    }
    decode(charset == StandardCharsets.UTF_8);
  }

  /** How many of the next bytes are of ASCII, at most {@code most}. */
  private int ascii(int most) {
    var length = Math.min(most, in.remaining());
    for (int i = 0; i < length; i++) {
      if (in.get(in.position() + i) < 0) {
        return i;
      }
    }
    return length;
  }

  /** What is UTF-8 already goes out as it came. */
  private void decode(boolean unchanged) {
    var before = in.position();
    characters.clear();
    var ended = sourceEnded && failure == null;
    var result = decoder.decode(in, characters, ended);
    var length = in.position() - before;
    if (unchanged) {
      out.put(in.array(), before, length);
    } else {
      characters.flip();
      encoder.encode(characters, out, false);
    }
    offset += length;
    if (result.isError()) {
      replace(result);
    } else if (result.isUnderflow() && sourceEnded) {
      // Half a character before a failure.
      in.position(in.limit());
    }
  }

  private void replace(CoderResult result) {
    if (!broken) {
      broken = true;
      told.accept(
          new Defect(
              "",
              null,
              Rule.ENCODING_BROKEN,
              "0x%02X at byte %d".formatted(in.get(in.position()) & 0xFF, offset + 1)));
    }
    in.position(in.position() + result.length());
    offset += result.length();
    out.put(REPLACEMENT);
  }

  private void take(int length) {
    out.put(in.array(), in.position(), length);
    in.position(in.position() + length);
    offset += length;
  }

  private void tellEncoding(Charset found) {
    told.accept(new Defect("", null, Rule.WRONG_ENCODING, found.name()));
  }

  /**
   * What the bytes are in.
   *
   * @param whole whether no more follow, so that no character is cut at the end
   */
  private static Charset guess(ByteBuffer bytes, boolean whole, @Nullable Charset declared) {
    if (isUtf8(bytes, whole)) {
      return StandardCharsets.UTF_8;
    }
    if (declared != null && decode(bytes, whole, declared) != null) {
      return declared;
    }
    var chinese = decode(bytes, whole, GB18030);
    return chinese != null && isEverydayChinese(chinese) ? GB18030 : WINDOWS_1252;
  }

  private static boolean isUtf8(ByteBuffer bytes, boolean whole) {
    var decoder = strict(StandardCharsets.UTF_8);
    var copy = bytes.duplicate();
    var characters = CharBuffer.allocate(copy.remaining() + 1);
    var bad = 0;
    while (true) {
      var result = decoder.decode(copy, characters, false);
      if (!result.isError()) {
        break;
      }
      bad++;
      copy.position(copy.position() + result.length());
    }
    var good = characters.flip().chars().filter(c -> c > 0x7F).count();
    // A file that was cut may end in half a character, but not have nothing else.
    var halfAlone = whole && copy.hasRemaining() && good == 0;
    return !halfAlone && good >= (long) GOOD_FOR_A_BAD * bad;
  }

  /** Null where there are bytes that the encoding does not have. */
  private static @Nullable CharBuffer decode(ByteBuffer bytes, boolean whole, Charset charset) {
    var decoder = strict(charset);
    var copy = bytes.duplicate();
    if (whole) {
      try {
        return decoder.decode(copy);
      } catch (CharacterCodingException other) {
        return null;
      }
    }
    var characters = CharBuffer.allocate(copy.remaining() * 2);
    return decoder.decode(copy, characters, false).isError() ? null : characters.flip();
  }

  /**
   * A Western text has accented letters before plain ones, and such pairs are characters of GB
   * 18030 as well; but they are rare ones, beyond the 6,763 of GB 2312 that nearly every text is
   * made of.
   */
  private static boolean isEverydayChinese(CharBuffer text) {
    var everyday = GB2312.newEncoder();
    var known = 0;
    var rare = 0;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
        if (everyday.canEncode(c)) {
          known++;
        } else {
          rare++;
        }
      }
    }
    return known > rare;
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
