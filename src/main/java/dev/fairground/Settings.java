package dev.fairground;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The named values that an administrator gave, from the environment and from the file that {@code
 * FAIRGROUND_CONFIG} names. A name means the same in both; the environment wins.
 */
public final class Settings {
  static final String FILE = "FAIRGROUND_CONFIG";

  /** Names that scripts, imports and tests read. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          FILE,
          "FAIRGROUND_IMPORT_ARCHIVE_ENTRIES",
          "FAIRGROUND_IMPORT_UNPACKED_MEGABYTES",
          "FAIRGROUND_IMPORT_UNPACKED_RATIO",
          "FAIRGROUND_JAVA_OPTIONS",
          "FAIRGROUND_TEST_DATABASE_URL");

  private static final String PREFIX = "FAIRGROUND_";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private final Map<String, String> values;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** Reads the file that the environment names, if it names one, and lays the environment over. */
  public static Settings read(Map<String, String> environment) {
    var values = new LinkedHashMap<String, String>();
    var file = environment.getOrDefault(FILE, "").strip();
    if (!file.isEmpty()) {
      values.putAll(readFile(Path.of(file)));
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            values.put(name, value);
          }
        });
    return new Settings(values);
  }

  private static Map<String, String> readFile(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new BadSetting(FILE, "names a file that cannot be read as properties: " + file);
    }
    var values = new LinkedHashMap<String, String>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (!name.startsWith(PREFIX)) {
        throw new BadSetting(FILE, "holds the name " + name + "; every name begins with " + PREFIX);
      }
      values.put(name, properties.getProperty(name));
    }
    return values;
  }

  /** The value with no space around it; an empty one counts as not given. */
  public @Nullable String find(String name) {
    asked.add(name);
    var value = values.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  public String text(String name, String otherwise) {
    var value = find(name);
    return value == null ? otherwise : value;
  }

  /** A whole number from {@code least} to {@code most}. */
  public int number(String name, int otherwise, int least, int most) {
    return (int) number(name, (long) otherwise, least, most);
  }

  /** A whole number from {@code least} to {@code most}. */
  public long number(String name, long otherwise, long least, long most) {
    var value = find(name);
    if (value == null) {
      return otherwise;
    }
    if (WHOLE_NUMBER.matcher(value).matches()) {
      var number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new BadSetting(
        name, "is \"" + value + "\", but has to be a whole number from " + least + " to " + most);
  }

  public boolean flag(String name, boolean otherwise) {
    return Boolean.parseBoolean(choice(name, Boolean.toString(otherwise), "true", "false"));
  }

  /** One of a few words. */
  public String choice(String name, String otherwise, String... allowed) {
    var value = find(name);
    if (value == null) {
      return otherwise;
    }
    if (List.of(allowed).contains(value)) {
      return value;
    }
    throw new BadSetting(
        name, "is \"" + value + "\", but has to be one of " + String.join(", ", allowed));
  }

  /** Names that were given and that nobody asked for: most likely a slip of the pen. */
  public Set<String> unasked() {
    var names = new TreeSet<>(values.keySet());
    names.removeAll(asked);
    names.removeAll(ELSEWHERE);
    return names;
  }

  /** The names alone: a value may be a secret. */
  @Override
  public String toString() {
    return "Settings" + values.keySet();
  }
}
