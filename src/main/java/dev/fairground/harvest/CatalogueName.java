package dev.fairground.harvest;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a file's name says of the catalogue in it. Editions of one catalogue, and its forms in
 * several formats, have one name: {@code dhs.2025-02-01.data.json.gz} and {@code dhs.data.json} are
 * both {@code dhs}.
 */
public final class CatalogueName {
  private static final int MOST = 64;

  /** Words of formats and containers behind a dot at the end, with or without their version. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "(?<=.)\\.(?:gz|tgz|zip|tar|bz2|tbz2?|xz|txz"
              + "|json|jsonl|ndjson|jsonld|json-ld|geojson|rdf|owl|xml|ttl|nt|n3|nq|trig"
              + "|csv|tsv|txt|yaml|yml|xlsx?|ods"
              + "|data|catalog|catalogue|package_search|odps|odcs|dpds?|datacontract"
              + "|(?:ckan|socrata|dcat|dcat-us|dcat-ap(?:[-_][a-z]{2})?|dcat_ap|arcgis-hub|pod)"
              + "(?:[-_]?v?\\d+(?:\\.\\d+){0,3})?"
              + "|(?:harvest|run|edition|version)[-_]?\\d+|v\\d+(?:\\.\\d+){0,3})$");

  /** A day, with or without a time behind it. */
  private static final Pattern DATE =
      Pattern.compile(
          "[-_. ]*(?<![0-9])((?:19|20)\\d\\d)(?:([-_.]?)(\\d\\d)\\2(\\d\\d)|年(\\d{1,2})月(\\d{1,2})日)"
              + "(?:[t_ -]?\\d\\d[-_:.]?\\d\\d(?:[-_:.]?\\d\\d)?z?)?(?![0-9])[-_. ]*",
          Pattern.CASE_INSENSITIVE);

  /** Names that every portal has for its catalogue; the folder's says whose it is. */
  private static final Set<String> SAYS_NOTHING =
      Set.of(
          "data",
          "dataset",
          "datasets",
          "catalog",
          "catalogue",
          "package_search",
          "index",
          "export",
          "dump",
          "feed",
          "metadata");

  /** Accents of Latin letters; the voice marks of Japanese belong to their letters. */
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]+");

  private static final Pattern OTHER =
      Pattern.compile(
          "[^a-z0-9._\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsBopomofo}-]+");
  private static final Pattern EDGES = Pattern.compile("^[._-]+|[._-]+$");

  private CatalogueName() {}

  /**
   * The catalogue's name: at most 64 of {@code a-z 0-9 . _ -} and letters of Chinese, Japanese and
   * Korean, never empty.
   *
   * @param name of a document, in its folders or without them; a folder's name is used only where
   *     the document's own is one that every portal has, as {@code data.json}
   */
  public static String of(String name) {
    var slash = name.lastIndexOf('/');
    var own = lettered(withoutEdition(name.substring(slash + 1).toLowerCase(Locale.ROOT)));
    if (slash > 0 && (own.isEmpty() || SAYS_NOTHING.contains(own))) {
      return of(name.substring(0, slash));
    }
    if (own.isEmpty()) {
      own = lettered(withoutFormat(name.substring(slash + 1).toLowerCase(Locale.ROOT)));
    }
    if (own.isEmpty()) {
      return "catalogue-" + checksum(name);
    }
    return own.codePointCount(0, own.length()) <= MOST ? own : shortened(own);
  }

  /** The day in a document's name, or null. */
  public static @Nullable LocalDate date(String name) {
    var found = DATE.matcher(name);
    while (found.find()) {
      var day = day(found);
      if (day != null) {
        return day;
      }
    }
    return null;
  }

  private static @Nullable LocalDate day(Matcher found) {
    var month = found.group(3) == null ? found.group(5) : found.group(3);
    var day = found.group(4) == null ? found.group(6) : found.group(4);
    try {
      return LocalDate.of(
          Integer.parseInt(found.group(1)), Integer.parseInt(month), Integer.parseInt(day));
    } catch (DateTimeException other) {
      return null;
    }
  }

  private static String withoutEdition(String name) {
    var rest = name;
    while (true) {
      var shorter = withoutFormat(rest);
      shorter = withoutDates(shorter);
      shorter = EDGES.matcher(shorter).replaceAll("");
      if (shorter.equals(rest)) {
        return rest;
      }
      rest = shorter;
    }
  }

  private static String withoutDates(String name) {
    var rest = new StringBuilder();
    var found = DATE.matcher(name);
    while (found.find()) {
      found.appendReplacement(
          rest, day(found) == null ? Matcher.quoteReplacement(found.group()) : "-");
    }
    return found.appendTail(rest).toString();
  }

  private static String withoutFormat(String name) {
    var rest = name;
    while (true) {
      var shorter = FORMAT.matcher(rest).replaceFirst("");
      if (shorter.equals(rest)) {
        return rest;
      }
      rest = shorter;
    }
  }

  private static String lettered(String name) {
    var plain = ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    var whole = Normalizer.normalize(plain, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return EDGES.matcher(OTHER.matcher(whole).replaceAll("-")).replaceAll("");
  }

  /** Names that differ behind the 64th letter still differ. */
  private static String shortened(String name) {
    var sum = checksum(name);
    return name.substring(0, name.offsetByCodePoints(0, MOST - sum.length() - 1)) + "-" + sum;
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
