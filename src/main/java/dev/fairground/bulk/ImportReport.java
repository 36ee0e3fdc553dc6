package dev.fairground.bulk;

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
import org.jspecify.annotations.Nullable;

/**
 * What an import says: a line for each catalogue and a summary for people, and every defect and
 * every change as a line of JSON in a file.
 */
public final class ImportReport implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PrintStream people;
  private final Writer lines;
  private final Map<Rule, Tally> tallies = new EnumMap<>(Rule.class);
  private final List<String> unreadable = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
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
    write(
        line("defect")
            .put("rule", defect.rule().name())
            .put("severity", defect.rule().severity().name())
            .put("place", defect.place())
            .put("field", defect.field())
            .put("value", defect.value())
            .put("meaning", defect.rule().text()));
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
    return text.toString();
  }

  /** A file, or a part of an archive, that is not read to its end. */
  void unreadable(Defect why) {
    defect(why);
    unreadable.add(shown(why) + " (" + why.rule() + ": " + why.rule().text() + ")");
  }

  /** A file that was not named by itself, and is no catalogue. */
  void skipped(Defect why) {
    skipped.add(path);
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
        path,
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
    unreadable.add(path + ": not imported: " + why);
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
    tallies.forEach(
        (rule, tally) ->
            people.printf(
                "  %,7d %-21s %s%n%9s for instance %s%n",
                tally.count, rule, rule.text(), "", tally.example));
    if (!skipped.isEmpty()) {
      people.printf("%,d files that are no catalogues were skipped%n", skipped.size());
    }
    if (!unreadable.isEmpty()) {
      people.printf("%,d files or parts of files could not be read:%n", unreadable.size());
      unreadable.forEach(file -> people.println("  " + file));
    }
  }

  /** Whether all files were read to their ends and brought in. */
  public boolean isGood() {
    return unreadable.isEmpty();
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
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
