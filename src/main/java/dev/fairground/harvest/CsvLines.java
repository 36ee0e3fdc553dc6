package dev.fairground.harvest;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a CSV file that make one row each: more than one where a quoted cell holds line
 * breaks (RFC 4180, section 2.6). A quote that never closes would swallow the rest of the file, so
 * a row is bounded, and the lines after its first can be given back to be read as rows of their
 * own.
 */
final class CsvLines {
  /** How many characters a row may have. */
  static final int MOST_CHARACTERS = 4_000_000;

  private final Reader reader;
  private final ArrayDeque<Line> waiting = new ArrayDeque<>();
  private final char[] buffer = new char[16_384];
  private int position;
  private int filled;
  private int number;

  CsvLines(Reader reader) {
    this.reader = reader;
  }

  /** A cell of more lines has a quote that does not close; looking on for it takes its time. */
  private static final int MOST_LINES = 1_000;

  /**
   * One line of the file.
   *
   * @param number from 1
   * @param text without its end and without NUL characters
   * @param tooLong whether it was cut at {@link #MOST_CHARACTERS}
   * @param hadNul whether there were NUL characters in it
   */
  record Line(int number, String text, boolean tooLong, boolean hadNul) {}

  /**
   * The lines of one row.
   *
   * @param open whether its last cell has a quote that does not close
   */
  record Row(List<Line> lines, boolean open) {
    boolean tooLong() {
      return lines.getFirst().tooLong();
    }

    boolean hadNul() {
      return lines.stream().anyMatch(Line::hadNul);
    }

    int number() {
      return lines.getFirst().number();
    }

    String text() {
      return lines.size() == 1
          ? lines.getFirst().text()
          : String.join("\n", lines.stream().map(Line::text).toList());
    }
  }

  /** The next row, whose cells are parted by {@code separator}; null at the end of the file. */
  @Nullable Row next(char separator) throws IOException {
    var line = line();
    if (line == null) {
      return null;
    }
    var lines = new ArrayList<Line>();
    lines.add(line);
    var characters = line.text().length();
    var open = endsOpen(line.text(), separator, false);
    while (open && characters < MOST_CHARACTERS && lines.size() < MOST_LINES) {
      line = line();
      if (line == null) {
        break;
      }
      lines.add(line);
      characters += line.text().length() + 1;
      open = endsOpen(line.text(), separator, true);
    }
    return new Row(lines, open);
  }

  /** Lets all lines of a row but its first be read again. */
  void giveBackAfterFirst(Row row) {
    row.lines().subList(1, row.lines().size()).reversed().forEach(waiting::addFirst);
  }

  /** Whether a line ends within quotes; {@code open} where it begins within them. */
  private static boolean endsOpen(String line, char separator, boolean open) {
    var quoted = open;
    var atStart = !open;
    for (int i = 0; i < line.length(); i++) {
      var c = line.charAt(i);
      if (quoted) {
        if (c == '"') {
          if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
            i++;
          } else {
            quoted = false;
          }
        }
      } else if (c == '"' && atStart) {
        quoted = true;
        atStart = false;
      } else {
        atStart = c == separator;
      }
    }
    return quoted;
  }

  private @Nullable Line line() throws IOException {
    return waiting.isEmpty() ? readLine() : waiting.removeFirst();
  }

  private @Nullable Line readLine() throws IOException {
    var c = read();
    if (c < 0) {
      return null;
    }
    number++;
    var text = new StringBuilder();
    var tooLong = false;
    var hadNul = false;
    while (c >= 0 && c != '\n' && c != '\r') {
      if (c == 0) {
        hadNul = true;
      } else if (text.length() < MOST_CHARACTERS) {
        text.append((char) c);
      } else {
        tooLong = true;
      }
      c = read();
    }
    if (c == '\r' && read() != '\n' && filled > 0) {
      position--;
    }
    return new Line(number, text.toString(), tooLong, hadNul);
  }

  /** The next character; -1 at the end of the file. */
  private int read() throws IOException {
    if (position == filled) {
      filled = Math.max(0, reader.read(buffer));
      position = 0;
      if (filled == 0) {
        return -1;
      }
    }
    return buffer[position++];
  }
}
