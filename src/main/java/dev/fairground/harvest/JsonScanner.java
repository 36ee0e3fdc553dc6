package dev.fairground.harvest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Cuts JSON into values without understanding them: it knows strings, escapes and brackets, and
 * where a broken value most likely ends. In JSON that follows RFC 8259 it finds exactly the values.
 *
 * <p>Three habits keep a mistake from spreading. A quotation mark opens a string only where a value
 * or name may begin, and closes it only where something may follow, so that one mark too many or
 * too few is forgotten by the next string. A line feed closes a string if the next line goes on
 * like JSON. And a value that is found to be broken ends where a line begins just as the value did.
 */
final class JsonScanner {
  /**
   * A value as it stands in the file.
   *
   * @param text null where it is larger than was asked for
   * @param line the line it begins in, from 1
   * @param brokenBytes whether it has bytes that are not UTF-8; they are U+FFFD in the text
   * @param cutOff whether the file ends in it
   */
  record Slice(@Nullable String text, long line, boolean brokenBytes, boolean cutOff) {}

  /** How far is looked ahead for what follows a string or a line feed. */
  private static final int AHEAD = 256;

  private static final int CHUNK = 1 << 16;
  private static final int DEEPEST = 1 << 16;

  /** So often is looked a chunk ahead, lest a file of nothing but mistakes takes hours. */
  private static final int MOST_SEARCHES = 1_000;

  private final InputStream in;
  private byte[] buffer = new byte[2 * CHUNK];

  /** Where the value begins, how far it is read, and where the bytes in hand end. */
  private int start;

  private int position;
  private int limit;
  private boolean ended;
  private long line = 1;

  private long begunInLine;
  private int most;
  private boolean tooLarge;

  /** The value at hand is surely broken. */
  private boolean broken;

  /** A value of this file was broken in its brackets; the next are watched for it. */
  private boolean wary;

  private int searches;

  /** The white space directly before what comes next, in its line. */
  private int indent;

  /** How the object at hand begins and how the one before it did. */
  private @Nullable Head head;

  private @Nullable Head headBefore;

  private record Head(int indent, byte[] firstName) {}

  JsonScanner(InputStream in) {
    this.in = in;
  }

  /** The line, from 1, of what comes next. */
  long line() {
    take();
    return line;
  }

  /** The next byte that is no white space, which is not taken; -1 at the end of the file. */
  int next() throws IOException {
    take();
    indent = 0;
    int next = peek();
    while (isSpace(next)) {
      indent = next == '\n' ? 0 : indent + 1;
      position++;
      take();
      next = peek();
    }
    return next;
  }

  /** Takes the byte that {@link #next} has shown. */
  void skip() {
    position++;
    take();
  }

  /** The rest of the line without its line feed, which is taken too. */
  Slice restOfLine(int mostBytes) throws IOException {
    begin(mostBytes);
    int next = read();
    while (next != '\n' && next != -1) {
      next = read();
    }
    return slice(next == -1);
  }

  /** The value that begins with what {@link #next} has shown; takes a byte at least, if any. */
  Slice value(int mostBytes) throws IOException {
    begin(mostBytes);
    int first = peek();
    if (first == -1) {
      return slice(true);
    }
    if (first == '{' || first == '[') {
      return slice(!container());
    }
    position++;
    if (first == '"' || first == '\'') {
      return slice(!string(first));
    }
    int next = peek();
    while (next != -1 && ",:]}\n".indexOf(next) < 0) {
      position++;
      next = peek();
    }
    return slice(next == -1);
  }

  /**
   * Takes back what the value just given has swallowed of the next ones, now that it turned out to
   * be broken; false where that cannot be told.
   */
  boolean giveBack() {
    return !tooLarge && endAtNextBeginning();
  }

  private void begin(int mostBytes) throws IOException {
    take();
    begunInLine = line;
    most = mostBytes;
    tooLarge = false;
    broken = false;
    fill(AHEAD);
    if (at(position) == '{') {
      headBefore = head == null ? headBefore : head;
      head = head();
    }
  }

  private @Nullable Head head() {
    int name = afterSpace(position + 1);
    int end = name + 1;
    while (at(end) != '"' && at(end) != -1 && end < name + AHEAD) {
      end++;
    }
    return at(name) == '"' && at(end) == '"'
        ? new Head(indent, Arrays.copyOfRange(buffer, name, end))
        : null;
  }

  /** False where the file ends in it. */
  private boolean container() throws IOException {
    var curly = new BitSet();
    int depth = 0;
    int before = ',';
    while (true) {
      if (position - start > most && !tooLarge) {
        if (endAtNextBeginning()) {
          return true;
        }
        tooLarge = true;
      }
      int next = read();
      switch (next) {
        case -1 -> {
          return endAtNextBeginning();
        }
        case '"', '\'' -> {
          if (before == ',' || before == ':' || before == '{' || before == '[') {
            before = next;
            if (!string(next)) {
              return endAtNextBeginning();
            }
            if (broken && peek() == '\n') {
              before = ',';
            }
          }
        }
        case '{', '[' -> {
          if (depth < DEEPEST) {
            curly.set(depth, next == '{');
          }
          depth++;
          before = next;
        }
        case '}', ']' -> {
          int open = depth - 1;
          while (open >= 0 && open < DEEPEST && curly.get(open) != (next == '}')) {
            open--;
          }
          if (open < 0) {
            if (moreFollow()) {
              broken = true;
              continue;
            }
            position--;
            endAtNextBeginning();
            return true;
          }
          broken |= open < depth - 1;
          depth = open;
          before = next;
          if (depth == 0) {
            return true;
          }
        }
        case '\n' -> {
          if (broken || wary) {
            fill(2 * AHEAD);
            if (beginsLikeThis(position)) {
              wary = true;
              return true;
            }
          }
        }
        case ' ', '\t', '\r' -> {}
        default -> before = next;
      }
    }
  }

  /** Goes to the end of a string whose opening mark is read; false where the file ends in it. */
  private boolean string(int mark) throws IOException {
    while (true) {
      int next = read();
      if (next == -1) {
        return false;
      } else if (next == '\\') {
        read();
      } else if (next == mark && stringEndsHere()) {
        return true;
      } else if (next == '\n' && lineGoesOnLikeJson()) {
        position--;
        broken = true;
        return true;
      }
    }
  }

  private boolean stringEndsHere() throws IOException {
    int next = peek();
    if (isSpace(next)) {
      fill(AHEAD);
      next = at(afterSpace(position));
    }
    return next == -1 || ",:]} ".indexOf(next) >= 0;
  }

  private boolean lineGoesOnLikeJson() throws IOException {
    fill(AHEAD);
    int first = afterBlanks(position);
    return switch (at(first)) {
      case '{', '[', ']', '}', ',' -> true;
      // A mark that opens a name, unlike one that ends the text.
      case '"' -> ",:]}".indexOf(at(afterSpace(first + 1))) < 0;
      default -> false;
    };
  }

  /**
   * Takes back what was read behind the place where a broken value most likely ends; false where
   * there is none.
   */
  private boolean endAtNextBeginning() {
    for (int at = start; at < position; at++) {
      if (buffer[at] == '\n' && beginsLikeThis(at + 1)) {
        position = at + 1;
        wary = true;
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a line soon begins as this value does, so that a closing bracket without an opening one
   * is a mistake within the value, and not the end of what the value stands in.
   */
  private boolean moreFollow() throws IOException {
    if (searches++ > MOST_SEARCHES) {
      return false;
    }
    fill(CHUNK);
    for (int at = position; at < limit && at < position + CHUNK; at++) {
      if (buffer[at] == '\n' && beginsLikeThis(at + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line that starts at the index begins just as the object at hand or before does. */
  private boolean beginsLikeThis(int lineStart) {
    int spaces = lineStart;
    int brace = afterBlanks(spaces);
    if (at(brace) == ',') {
      spaces = brace + 1;
      brace = afterBlanks(spaces);
    }
    int name = afterSpace(brace + 1);
    return at(brace) == '{'
        && (isHead(head, brace - spaces, name) || isHead(headBefore, brace - spaces, name));
  }

  private boolean isHead(@Nullable Head known, int spaces, int name) {
    return known != null
        && known.indent == spaces
        && name + known.firstName.length <= limit
        && Arrays.equals(
            buffer,
            name,
            name + known.firstName.length,
            known.firstName,
            0,
            known.firstName.length);
  }

  private Slice slice(boolean cutOff) {
    String text = null;
    boolean brokenBytes = false;
    if (!tooLarge && position - start <= most) {
      text = new String(buffer, start, position - start, StandardCharsets.UTF_8);
      brokenBytes = text.indexOf('\uFFFD') >= 0 && !sameBytes(text);
    }
    return new Slice(text, begunInLine, brokenBytes, cutOff);
  }

  private boolean sameBytes(String text) {
    return Arrays.equals(
        text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(buffer, start, position));
  }

  /** Lets go of what was read, counting its lines. */
  private void take() {
    for (int at = start; at < position; at++) {
      if (buffer[at] == '\n') {
        line++;
      }
    }
    start = position;
  }

  private int read() throws IOException {
    int next = peek();
    if (next != -1) {
      position++;
    }
    return next;
  }

  private int peek() throws IOException {
    if (position == limit && !fill(1)) {
      return -1;
    }
    return buffer[position] & 0xFF;
  }

  /** The byte at an index that may lie beyond those in hand; -1 there. */
  private int at(int index) {
    return index < limit ? buffer[index] & 0xFF : -1;
  }

  private int afterSpace(int from) {
    int index = from;
    while (isSpace(at(index)) && index < from + AHEAD) {
      index++;
    }
    return index;
  }

  /** The same within the line. */
  private int afterBlanks(int from) {
    int index = from;
    while (isSpace(at(index)) && at(index) != '\n' && index < from + AHEAD) {
      index++;
    }
    return index;
  }

  private static boolean isSpace(int next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  /** Sees to it that so many bytes lie ahead; false where the file ends before. */
  private boolean fill(int count) throws IOException {
    while (limit - position < count && !ended) {
      if (limit == buffer.length) {
        makeRoom();
      }
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
    }
    return limit - position >= count;
  }

  private void makeRoom() {
    if (position - start > most) {
      // The value is too large to be kept, so its bytes are let go as they are read.
      tooLarge = true;
      take();
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      position -= start;
      limit -= start;
      start = 0;
    }
    if (limit > buffer.length - CHUNK) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }
}
