package dev.fairground.harvest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The triples of one file, in a temporary file of our own that goes when it is closed: what belongs
 * to a record stands anywhere in the graph, so none can be told before all is read. Memory does not
 * grow with the number of triples.
 *
 * <p>A set of sorted texts is all that is asked of the store: a subject's triples lie side by side,
 * in an order that does not depend on that of the file, and one that is said twice is kept once.
 */
final class RdfGraph implements Closeable {
  /**
   * What relative addresses are resolved against, as the files do not say where they are from. It
   * is taken away again, so that they stay as they were written.
   */
  static final String BASE = "http://relative.invalid/";

  private static final char END = '\0';
  private static final char AFTER_END = '\1';
  private static final int CACHE_MEGABYTES = 32;
  private static final int UNSAVED_KILOBYTES = 32 * 1024;
  private static final int MOST_KEY = 256;
  private static final int MOST_LANGUAGES = 100;

  private final Path folder;
  private final MVStore store;

  /** Subject, predicate, and the object if it is short; the object is the value if it is long. */
  private final MVMap<String, String> triples;

  private final MVMap<Long, String> records;
  private final MVMap<String, Boolean> known;
  private final Map<String, Integer> titleLanguages = new LinkedHashMap<>();
  private final MessageDigest digest = sha256();
  private @Nullable String catalogue;
  private boolean pageOfSeveral;

  private RdfGraph(Path folder) {
    this.folder = folder;
    store =
        new MVStore.Builder()
            .fileName(folder.resolve("triples").toString())
            .cacheSize(CACHE_MEGABYTES)
            .compress()
            .autoCommitBufferSize(UNSAVED_KILOBYTES)
            .open();
    // No thread of its own, and no old versions: what was overwritten is never asked for.
    store.setAutoCommitDelay(0);
    store.setVersionsToKeep(0);
    store.setRetentionTime(0);
    triples =
        store.openMap(
            "triples",
            new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE));
    records = store.openMap("records");
    known = store.openMap("known");
  }

  /** An empty graph, in a folder of its own within {@code temporary}. */
  static RdfGraph open(Path temporary) throws IOException {
    var folder = Files.createTempDirectory(temporary, "fairground-rdf");
    try {
      return new RdfGraph(folder);
    } catch (MVStoreException disk) {
      delete(folder);
      throw disk;
    }
  }

  /** Keeps a triple; one about another triple (RDF-star) belongs to no record and is left out. */
  void add(Statement statement) {
    if (statement.getSubject().isTriple() || statement.getObject().isTriple()) {
      return;
    }
    var subject = text(statement.getSubject());
    var predicate = text(statement.getPredicate());
    var object = text(statement.getObject());
    var key = subject + END + predicate + END;
    if (object.length() <= MOST_KEY) {
      triples.put(key + object, "");
    } else {
      var hash = digest.digest(object.getBytes(StandardCharsets.UTF_8));
      triples.put(key + HexFormat.of().formatHex(hash), object);
    }
    note(subject, address(statement.getPredicate()), statement.getObject());
  }

  /** What is asked of the graph as a whole. */
  private void note(String subject, String predicate, Value object) {
    if (predicate.equals(Dcat.TYPE) && object instanceof IRI type) {
      if (Dcat.RECORDS.contains(type.stringValue())) {
        record(subject);
      } else if (catalogue == null && Dcat.CATALOGUES.contains(type.stringValue())) {
        catalogue = subject;
      }
    } else if (Dcat.MEMBERS.contains(predicate) && !(object instanceof Literal)) {
      record(text(object));
    } else if (Dcat.OTHER_PAGES.contains(predicate)) {
      pageOfSeveral = true;
    } else if (predicate.equals(Dcat.DCT + "title") && object instanceof Literal title) {
      title
          .getLanguage()
          .filter(tag -> titleLanguages.containsKey(tag) || titleLanguages.size() < MOST_LANGUAGES)
          .ifPresent(tag -> titleLanguages.merge(tag, 1, Integer::sum));
    }
  }

  private void record(String subject) {
    if (known.putIfAbsent(subject, true) == null) {
      records.append((long) records.size(), subject);
    }
  }

  /** What is said to be a record, described here or not, in the order of its first mention. */
  Collection<String> records() {
    return records.values();
  }

  /** The catalogue that the file speaks of first. */
  @Nullable String catalogue() {
    return catalogue;
  }

  /** Whether the file says that it is one page of several. */
  boolean pageOfSeveral() {
    return pageOfSeveral;
  }

  /** The languages of the file's titles, that of most titles first, else that which came first. */
  List<String> titleLanguages() {
    return titleLanguages.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether anything is said of a subject. */
  boolean describes(String subject) {
    var first = triples.ceilingKey(subject + END);
    return first != null && first.startsWith(subject + END);
  }

  /** What is said of a subject: each predicate's address with each of its objects, sorted. */
  void describe(String subject, BiConsumer<String, String> triple) {
    var cursor = triples.cursor(subject + END, subject + AFTER_END, false);
    while (cursor.hasNext()) {
      var key = cursor.next();
      var predicate = key.indexOf(END, subject.length() + 1);
      var object = cursor.getValue();
      triple.accept(
          key.substring(subject.length() + 2, predicate),
          object.isEmpty() ? key.substring(predicate + 1) : object);
    }
  }

  /** An address as the file has it: a relative one stays one. */
  static String asWritten(String address) {
    return address.startsWith(BASE) ? address.substring(BASE.length()) : address;
  }

  static boolean isBlank(String node) {
    return node.charAt(0) == '_';
  }

  static boolean isLiteral(String node) {
    return node.charAt(0) == '"';
  }

  /** The address of a node that is neither blank nor a literal; empty where none was given. */
  static String address(String node) {
    return node.substring(1);
  }

  /** Of a literal: {@code @} and its language, or its data type. */
  static String kind(String literal) {
    return literal.substring(1, literal.indexOf(END));
  }

  /** The text of a literal. */
  static String literal(String literal) {
    return literal.substring(literal.indexOf(END) + 1);
  }

  private static String text(Value value) {
    return switch (value) {
      case IRI iri -> "<" + address(iri);
      case BNode blank -> "_" + blank.getID();
      case Literal literal ->
          "\""
              + literal
                  .getLanguage()
                  .map(tag -> "@" + tag)
                  .orElseGet(() -> literal.getDatatype().stringValue())
              + END
              + literal.getLabel();
      default -> throw new IllegalArgumentException("no part of a plain triple: " + value);
    };
  }

  private static String address(IRI iri) {
    return asWritten(iri.stringValue().replace(String.valueOf(END), ""));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      store.closeImmediately();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("triples"));
    Files.deleteIfExists(folder);
  }
}
