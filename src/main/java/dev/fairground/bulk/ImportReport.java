package dev.fairground.bulk;

import static java.util.Comparator.reverseOrder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.Defect.Severity;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an import says: a line for each catalogue and a summary for people, and every defect and
 * every change as a line of JSON in a file.
 */
public final class ImportReport implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Files that are shown to people; all are in the lines. */
  private static final int MOST_SHOWN = 50;

  private static final Map<Severity, String> HEADINGS =
      Map.of(
          Severity.RECORD_LOST, "Records that were left out:",
          Severity.VALUE_LOST, "Values that were left out, their records being kept:",
          Severity.NOTE, "Put right, or kept as it is:");

  /** What would move a terminal's cursor or break a line; a file may be called anything. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private final PrintStream people;
  private final Writer lines;
  private final Map<Rule, Tally> tallies = new EnumMap<>(Rule.class);
  private final List<String> shownUnreadable = new ArrayList<>();
  private @Nullable String shownSkipped;
  private int unreadable;
  private int skipped;
  private String path = "";
  private Outcome outcome = Outcome.NONE;
  private int catalogues;
  private long records;
  private long lost;

  private static final class Tally {
    private final String example;
    private long count;

    private Tally(String example) {
      this.example = example;
    }
  }

  /**
   * A report.
   *
   * @param people where the lines for people go
   * @param lines takes a JSON object a line; closed with the report
   */
  public ImportReport(PrintStream people, Writer lines) {
    this.people = people;
    this.lines = lines;
  }

  /** What follows is of this file, or of this entry of an archive. */
  void of(String path) {
    this.path = path;
  }

  void defect(Defect defect) {
    tallies.computeIfAbsent(defect.rule(), rule -> new Tally(shown(defect))).count++;
    if (defect.rule().severity() == Severity.RECORD_LOST) {
      lost++;
    }
    tell(defect);
  }

  private void tell(Defect defect) {
    write(
        line("defect")
            .put("rule", defect.rule().name())
            .put("severity", defect.rule().severity().name())
            .put("place", defect.place())
            .put("field", defect.field())
            .put("value", defect.value())
            .put("meaning", defect.rule().text())
            .put("cure", defect.rule().cure()));
  }

  private String shown(Defect defect) {
    var text = new StringBuilder(path);
    if (!defect.place().isEmpty()) {
      text.append(", ").append(defect.place());
    }
    if (defect.field() != null) {
      text.append(", ").append(defect.field());
    }
    if (defect.value() != null) {
      text.append(": ").append(defect.value());
    }
    return plain(text.toString());
  }

  private static String plain(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }

  /** A file, or a part of an archive, that is not read to its end. */
  void unreadable(Defect why) {
    tell(why);
    notRead(shown(why), why.rule() + ": " + why.rule().text() + "; to do: " + why.rule().cure());
  }

  private void notRead(String file, String why) {
    if (unreadable++ < MOST_SHOWN) {
      shownUnreadable.add("  %s%n    %s".formatted(file, why));
    }
  }

  /** A file that was not named by itself, and is no catalogue. */
  void skipped(Defect why) {
    if (skipped++ == 0) {
      shownSkipped = plain(path);
    }
    write(line("skipped").put("rule", why.rule().name()).put("meaning", why.rule().text()));
  }

  void change(String action, String identifier, @Nullable String title) {
    write(line("change").put("change", action).put("identifier", identifier).put("title", title));
  }

  /** A catalogue was brought in. */
  void imported(String catalogue, String format, int read, Outcome became, String remark) {
    catalogues++;
    records += read;
    outcome = outcome.plus(became);
    people.printf(
        "%s: %,d records (%s): %,d added, %,d changed, %,d withdrawn, %,d unchanged%s%n",
        plain(path),
        read,
        format,
        became.added(),
        became.changed(),
        became.withdrawn(),
        became.unchanged(),
        remark.isEmpty() ? "" : "; " + remark);
    write(
        line("catalogue")
            .put("catalogue", catalogue)
            .put("format", format)
            .put("records", read)
            .put("added", became.added())
            .put("changed", became.changed())
            .put("withdrawn", became.withdrawn())
            .put("unchanged", became.unchanged())
            .put("remark", remark));
  }

  /** A catalogue was not brought in. */
  void failed(String catalogue, String why) {
    notRead(plain(path), "not imported: " + plain(why));
    write(line("failed").put("catalogue", catalogue).put("meaning", why));
  }

  /** The summary for people. */
  public void summarise() {
    people.printf(
        "%nAll: %,d records of %,d catalogues: %,d added, %,d changed, %,d withdrawn, %,d unchanged;"
            + " %,d records lost%n",
        records,
        catalogues,
        outcome.added(),
        outcome.changed(),
        outcome.withdrawn(),
        outcome.unchanged(),
        lost);
    HEADINGS.keySet().stream().sorted(reverseOrder()).forEach(this::tally);
    if (skipped > 0) {
      people.printf(
          "%nFiles that are no catalogues and were skipped: %,d, for instance %s%n",
          skipped, shownSkipped);
    }
    if (unreadable > 0) {
      people.printf(
          "%nFiles or parts of files that were not read to their ends: %,d%n", unreadable);
      shownUnreadable.forEach(people::println);
      if (unreadable > MOST_SHOWN) {
        people.printf("  and %,d more%n", unreadable - MOST_SHOWN);
      }
    }
    people.println();
  }

  private void tally(Severity severity) {
    var heading = "%n" + HEADINGS.get(severity) + "%n";
    for (var entry : tallies.entrySet()) {
      var rule = entry.getKey();
      if (rule.severity() == severity) {
        people.printf(
            "%s  %,7d %-21s %s%s%n%9s for instance %s%n",
            heading.formatted(),
            entry.getValue().count,
            rule,
            rule.text(),
            rule.cure() == null ? "" : "; to do: " + rule.cure(),
            "",
            entry.getValue().example);
        heading = "";
      }
    }
  }

  /** Whether all files were read to their ends and brought in. */
  public boolean isGood() {
    return unreadable == 0;
  }

  /** What became of all records together. */
  Outcome outcome() {
    return outcome;
  }

  private ObjectNode line(String kind) {
    return MAPPER.createObjectNode().put("kind", kind).put("file", path);
  }

  private void write(ObjectNode line) {
    try {
      lines.write(MAPPER.writeValueAsString(line));
      lines.write('\n');
    } catch (IOException full) {
      throw new UncheckedIOException("the report cannot be written: " + full.getMessage(), full);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
