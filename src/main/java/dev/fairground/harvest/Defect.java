package dev.fairground.harvest;

import org.jspecify.annotations.Nullable;

/**
 * One thing in a file that is not as it should be.
 *
 * @param place where in the file: {@code record 17} (from 1, in the file's order), {@code line 5},
 *     or an identifier where the file has no order, as a graph; empty for the file as a whole
 * @param field the field in the words of the source; null for the record as a whole
 * @param rule what is not kept
 * @param value what stands there, shortened; null where it says nothing, or is a person's
 */
public record Defect(String place, @Nullable String field, Rule rule, @Nullable String value) {
  private static final int MOST_VALUE = 120;

  public Defect {
    if (value != null && value.codePointCount(0, value.length()) > MOST_VALUE) {
      value = value.substring(0, value.offsetByCodePoints(0, MOST_VALUE)) + "…";
    }
  }

  /** A defect of a whole record. */
  public static Defect of(String place, Rule rule) {
    return new Defect(place, null, rule, null);
  }

  /** What becomes of what is not as it should be. */
  public enum Severity {
    /** It was put right, or is kept as it is. */
    NOTE,
    /** The value is left out; the record is kept. */
    VALUE_LOST,
    /** The record is left out; its neighbours are kept. */
    RECORD_LOST,
    /** The file is not read on, or not at all. */
    FILE_UNREADABLE
  }

  /** What is held of a file, a record and a value. */
  public enum Rule {
    // The file.
    NOT_A_CATALOGUE(
        Severity.FILE_UNREADABLE,
        "the file is none of the known formats",
        "see whether it is the catalogue and not the data; docs/importing.md has the formats, and a sheet can be saved as CSV"),
    HTML_PAGE(
        Severity.FILE_UNREADABLE,
        "the file is a web page, most likely a portal's error page",
        "open its address in a browser, and download the data behind the page"),
    EMPTY_FILE(Severity.FILE_UNREADABLE, "the file is empty", "download it again"),
    SYNTAX(
        Severity.FILE_UNREADABLE,
        "the file breaks the rules of its format and cannot be read on",
        "mend it at the place that is told, or ask its publisher to"),
    TRUNCATED(
        Severity.FILE_UNREADABLE,
        "the file ends in the middle",
        "download it again; the records before the end are in"),
    ARCHIVE_BROKEN(
        Severity.FILE_UNREADABLE,
        "the archive cannot be unpacked to its end",
        "download it again; the records before that place are in"),
    ARCHIVE_TOO_DEEP(
        Severity.FILE_UNREADABLE,
        "archives lie in archives more than three deep",
        "unpack it once, and import what comes out"),
    ARCHIVE_BOMB(
        Severity.FILE_UNREADABLE,
        "the archive unpacks to far more than a catalogue could be",
        "look at what is in it; if it is a catalogue, unpack it and import what comes out"),
    ARCHIVE_ENCRYPTED(
        Severity.FILE_UNREADABLE,
        "the archive asks for a password",
        "unpack it with its password, and import what comes out"),
    FILE_TOO_LARGE(
        Severity.FILE_UNREADABLE,
        "the file is too large for a format that is read as a whole",
        "split it, or take the catalogue in another format"),
    REMOTE_REFERENCE(
        Severity.FILE_UNREADABLE,
        "the file refers to a context or entity elsewhere, which is never fetched",
        "put what it refers to into the file, in place of the address"),
    READER_FAILED(
        Severity.FILE_UNREADABLE,
        "the program failed on this file, which is a mistake in the program; what it had read is kept",
        "send the file to the makers of this program"),
    WRONG_ENCODING(Severity.NOTE, "the file is not in UTF-8; it was read in the encoding it is in"),
    SECOND_DOCUMENT(Severity.NOTE, "another document follows in the same file; it was read too"),
    TRAILING_CONTENT(Severity.NOTE, "something that is no record follows the records"),
    INCOMPLETE_CATALOGUE(
        Severity.NOTE, "the file says that the catalogue has more records than are in it"),
    WITHDRAWAL_HELD_BACK(
        Severity.NOTE, "more than half of the catalogue would be withdrawn; it was left as it is"),
    WRONG_EXTENSION(Severity.NOTE, "the ending of the file's name is not that of its content"),
    // The record.
    RECORD_UNREADABLE(
        Severity.RECORD_LOST,
        "the record breaks the rules of its format",
        "mend the record, and import the file again"),
    RECORD_TOO_LARGE(
        Severity.RECORD_LOST,
        "the record is larger than 4 MB",
        "take out what is no description, and import the file again"),
    NOT_A_RECORD(
        Severity.RECORD_LOST,
        "there is no record where one is expected",
        "put a record there or nothing, and import the file again"),
    QUOTE_BROKEN(
        Severity.RECORD_LOST,
        "a quote of the row never closes, or text follows its end",
        "close the quote, double the marks inside it, and import the file again"),
    CELLS_TOO_MANY(
        Severity.RECORD_LOST,
        "the row has more cells than the header; which belongs where cannot be told",
        "put cells that hold the separator in quotes, and import the file again"),
    CELLS_MISSING(
        Severity.NOTE, "the row has fewer cells than the header; the last ones are taken as empty"),
    PURPOSE_UNKNOWN(
        Severity.RECORD_LOST,
        "the purpose is none that is known, and it decides how the product may be charged for",
        "write one of the purposes that are known, and import the file again"),
    TITLE_MISSING(
        Severity.RECORD_LOST,
        "the record has no title",
        "give it a title, and import the file again"),
    NOT_A_DATASET(
        Severity.RECORD_LOST,
        "the record is of another kind than a dataset or service",
        "none is needed: only datasets and services are kept"),
    DEPRECATED(Severity.NOTE, "the source has given the record up; it is kept"),
    DUPLICATE_RECORD(
        Severity.NOTE, "the same record is in the file more than once; it is kept once"),
    DUPLICATE_IDENTIFIER(
        Severity.NOTE,
        "another record has the same identifier; both are kept, the later with a number"),
    IDENTIFIER_MISSING(
        Severity.NOTE, "the record has no identifier; it is known by its title and publisher"),
    ENCODING_BROKEN(
        Severity.NOTE, "bytes that are not of the file's encoding; they were read as best can be"),
    FIELD_UNKNOWN(Severity.NOTE, "a field that no mapping knows; it is kept in the source record"),
    // The value.
    VALUE_WRONG_TYPE(Severity.VALUE_LOST, "the value is not of the type that the format asks for"),
    VALUE_TOO_LONG(Severity.NOTE, "the value is longer than is kept; it was cut"),
    DATE_IMPOSSIBLE(Severity.VALUE_LOST, "there is no such day"),
    DATE_UNREADABLE(Severity.VALUE_LOST, "the date cannot be read"),
    DATES_REVERSED(Severity.NOTE, "the record was updated before it was released"),
    PERIOD_UNREADABLE(Severity.VALUE_LOST, "the period cannot be read"),
    FREQUENCY_UNKNOWN(Severity.NOTE, "the frequency is none that is known; its words are kept"),
    OPENNESS_UNKNOWN(
        Severity.NOTE, "the degree of openness is none that is known; its words are kept"),
    SECTOR_UNKNOWN(
        Severity.NOTE, "the sector is none of GB/T 4754; its words are kept in the source record"),
    DELIVERY_UNKNOWN(Severity.VALUE_LOST, "the form of delivery is none that is known"),
    REGION_UNKNOWN(
        Severity.NOTE, "the region is none that is known; its name is kept in the source record"),
    HTML_IN_TEXT(Severity.NOTE, "the text holds HTML; it is kept as plain text"),
    MOJIBAKE(
        Severity.NOTE, "the text was decoded wrongly before it came here; it is kept as it is"),
    PLACEHOLDER(Severity.NOTE, "a word that stands for nothing; the value is left empty"),
    SPACES(Severity.NOTE, "white space around or within the value; it was tidied"),
    CONTROL_CHARACTERS(Severity.NOTE, "characters that no text has; they were left out"),
    URL_UNREADABLE(Severity.VALUE_LOST, "the address cannot be read"),
    URL_SHARED(
        Severity.NOTE, "records of the file share one address; it is kept for the first alone");

    private final Severity severity;
    private final String text;
    private final @Nullable String cure;

    Rule(Severity severity, String text) {
      this(severity, text, null);
    }

    Rule(Severity severity, String text, @Nullable String cure) {
      this.severity = severity;
      this.text = text;
      this.cure = cure;
    }

    /** What becomes of it. */
    public Severity severity() {
      return severity;
    }

    /** What is wrong and what was done, for people. */
    public String text() {
      return text;
    }

    /** What somebody can do, where a record or a file is lost; null otherwise. */
    public @Nullable String cure() {
      return cure;
    }
  }
}
