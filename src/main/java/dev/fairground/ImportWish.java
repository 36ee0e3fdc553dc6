package dev.fairground;

import dev.fairground.bulk.ImportOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code scripts/import} asks for.
 *
 * @param files in their order; directories stand for all files below them
 * @param report where every defect goes; null for a file of its own in the data directory
 * @param problem why the line makes no sense; null where it does
 */
record ImportWish(
    List<Path> files,
    ImportOptions options,
    @Nullable Path report,
    boolean help,
    @Nullable String problem) {
  static final String USE =
      """
      scripts/import [OPTION...] FILE...

      Brings catalogues in: Chinese portals' JSON and CSV, DCAT-US data.json, DCAT-AP (Turtle, RDF/XML,
      JSON-LD), CKAN answers, Socrata lines and more, also gzipped, zipped or in a tar file. A directory
      stands for all files below it. What is known already stays as it is; the same file twice changes
      nothing. A bad record is left out, and its neighbours come in; a catalogue comes in at once or not
      at all. docs/importing.md tells more.

      Ends with 0 when everything could be read, 1 when a file could not be read to its end or the import
      ended early, 2 when called wrongly, 128 and the signal's number when told to stop.

        --dry-run          tells what would change, and changes nothing
        --report FILE      where every defect and change is written, a JSON object a line
        --catalogue NAME   the catalogue that the files are of; otherwise their names say it
        --withdraw         withdraws what a file lacks also where that is more than half of its catalogue
        --again            takes a file also where a newer one was imported since
        --help             says this
      """;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

  static ImportWish read(String[] arguments) {
    var files = new ArrayList<Path>();
    String catalogue = null;
    Path report = null;
    var again = false;
    var withdraw = false;
    var dryRun = false;
    var options = true;
    for (int i = 0; i < arguments.length; i++) {
      var argument = arguments[i];
      try {
        if (!options || !argument.startsWith("--")) {
          files.add(Path.of(argument));
          continue;
        }
        switch (argument) {
          case "--" -> options = false;
          case "--dry-run" -> dryRun = true;
          case "--again" -> again = true;
          case "--withdraw" -> withdraw = true;
          case "--help" -> {
            return new ImportWish(List.of(), ImportOptions.NONE, null, true, null);
          }
          case "--report", "--catalogue" -> {
            if (++i == arguments.length) {
              return wrong(argument + " needs a value");
            }
            if (argument.equals("--report")) {
              report = Path.of(arguments[i]);
            } else {
              catalogue = arguments[i];
            }
          }
          default -> {
            return wrong("there is no option " + argument);
          }
        }
      } catch (InvalidPathException notAPath) {
        return wrong(argument + " is no path: " + notAPath.getReason());
      }
    }
    if (catalogue != null && !NAME.matcher(catalogue).matches()) {
      return wrong("a catalogue's name has 1 to 64 letters, digits, points, hyphens and low lines");
    }
    return files.isEmpty()
        ? wrong("no file is named")
        : new ImportWish(
            List.copyOf(files),
            new ImportOptions(catalogue, again, withdraw, dryRun),
            report,
            false,
            null);
  }

  private static ImportWish wrong(String problem) {
    return new ImportWish(List.of(), ImportOptions.NONE, null, false, problem);
  }
}
