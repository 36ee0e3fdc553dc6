import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks an edition of a list against its digests, from nothing but what the API tells. Needs a JDK
 * of version 21 and this file; docs/editions.md says what it computes. Ends with 0 if all is right,
 * 1 at the first difference, 2 if it could not read.
 */
final class VerifyList {
  private static final String USAGE =
      """
      usage: scripts/verify-list [--chain] [url] <id>
        url      of the GraphQL endpoint; http://127.0.0.1:8080/graphql when left out
        id       of the edition, which begins with pl_
        --chain  checks all editions before it too, without their entries\
      """;

  private static final String HEADER =
      " id digestForm number title { value locale } operator { id } publishedAt publishedBy listingCount"
          + " root digest previousDigest source demonstration previous { id number digest } ";

  private static final String ENTRIES =
      "query ($id: ID!, $after: String) { productList(id: $id) {"
          + HEADER
          + """
          entries(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes {
            position productVersion entryDigest canonicalForm
            resources { resource { id } dataItems } scenarios { scenario { id } allowed }
            product { __typename id version code titles { value locale } summaries { value locale }
              authorization { id } form tier purposeClass field sectorCode regionCode deliveries
              updateFrequency dataUpdatedOn grade personalInformation accessTerms tradingVenue
              term { startsOn endsOn }
              ... on ServiceCapability { capabilityKind capacity leadTimeWorkingDays } } } } } }
          """;

  private static final List<String> AS_THEY_ARE =
      List.of(
          "code form tier purposeClass field sectorCode regionCode deliveries updateFrequency dataUpdatedOn grade"
                  .concat(" personalInformation accessTerms tradingVenue capabilityKind capacity leadTimeWorkingDays")
              .split(" "));

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;

  private VerifyList(URI url) {
    this.url = url;
  }

  /** The first thing that is not as it should be. */
  private static final class Difference extends Exception {
    private static final long serialVersionUID = 1;

    Difference(String place, Object expected, Object found) {
      super(place + "\n  computed: " + expected + "\n  told:     " + found);
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    var words = new ArrayList<>(List.of(arguments));
    var chain = words.remove("--chain");
    if (words.isEmpty() || words.size() > 2 || !words.getLast().startsWith("pl_")) {
      System.err.println(USAGE);
      System.exit(2);
    }
    var url = words.size() == 2 ? words.getFirst() : "http://127.0.0.1:8080/graphql";
    try {
      System.out.println("OK: " + new VerifyList(URI.create(url)).verify(words.getLast(), chain));
    } catch (Difference difference) {
      System.out.println("DIFFERENT: " + difference.getMessage());
      System.exit(1);
    } catch (IOException | IllegalArgumentException failure) {
      System.err.println("cannot read the edition: " + failure.getMessage());
      System.exit(2);
    }
  }

  private String verify(String id, boolean chain)
      throws IOException, InterruptedException, Difference {
    var tree = new Tree();
    var lines = new StringBuilder();
    Map<String, Object> list = Map.of();
    Object after = null;
    var more = true;
    while (more) {
      var variables = new LinkedHashMap<String, Object>();
      variables.put("id", id);
      variables.put("after", after);
      list = edition(ENTRIES, variables);
      var entries = object(list.get("entries"));
      for (var node : array(entries.get("nodes"))) {
        verifyEntry(object(node), tree);
        lines.append(oldLine(object(node)));
      }
      var page = object(entries.get("pageInfo"));
      more = (Boolean) page.get("hasNextPage");
      after = page.get("endCursor");
    }
    equal("the number of entries", (long) tree.size(), list.get("listingCount"));
    var form = list.get("digestForm");
    if (form.equals(2L)) {
      equal("the root of the tree of entries", tree.root(), list.get("root"));
      verifyHeader(list);
    } else {
      var before = list.get("previousDigest");
      equal(
          "the digest of form 1",
          sha256((before == null ? "" : before) + "\n" + lines),
          list.get("digest"));
    }
    return "edition %s of %s, %s entries, digest %s%s"
        .formatted(
            list.get("number"),
            object(list.get("operator")).get("id"),
            list.get("listingCount"),
            list.get("digest"),
            verifyChain(list, chain));
  }

  private String verifyChain(Map<String, Object> last, boolean whole)
      throws IOException, InterruptedException, Difference {
    var list = last;
    var links = 0;
    while (list.get("previous") != null && (whole || links == 0)) {
      var before = object(list.get("previous"));
      var place = "edition " + list.get("number") + ": the edition before";
      equal(place + ", its number", (Long) list.get("number") - 1, before.get("number"));
      equal(place + ", its digest", before.get("digest"), list.get("previousDigest"));
      list =
          edition(
              "query ($id: ID!) { productList(id: $id) {" + HEADER + "} }",
              Map.of("id", before.get("id")));
      if (list.get("digestForm").equals(2L)) {
        verifyHeader(list);
      }
      links++;
    }
    if (list.get("previous") == null) {
      equal("edition " + list.get("number") + ": its number without one before", 1L, list.get("number"));
      equal("edition 1: the digest before", null, list.get("previousDigest"));
    }
    return links == 0 ? "" : ", after " + links + (links == 1 ? " edition" : " editions");
  }

  /** The digest of form 2: of all that is told of the edition, and by its root of the entries. */
  private static void verifyHeader(Map<String, Object> list) throws Difference {
    var header = new TreeMap<String, Object>();
    for (var name :
        List.of("demonstration", "digestForm", "id", "listingCount", "number", "previousDigest",
            "publishedBy", "root", "source")) {
      header.put(name, list.get(name));
    }
    header.put("operator", object(list.get("operator")).get("id"));
    header.put("publishedAt", micros((String) list.get("publishedAt")));
    header.put("title", list.get("title"));
    equal("edition " + list.get("number") + ": its digest", sha256(Json.write(header)), list.get("digest"));
  }

  /** With six digits of fraction, whatever the API leaves out. */
  private static String micros(String moment) {
    var instant = java.time.OffsetDateTime.parse(moment).toInstant();
    return java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
        .withZone(java.time.ZoneOffset.UTC)
        .format(instant);
  }

  private static void verifyEntry(Map<String, Object> node, Tree tree) throws Difference {
    var product = object(node.get("product"));
    var id = (String) product.get("id");
    var place = "entry at position " + node.get("position") + " (" + id + ")";
    var form = Json.write(entry(node));
    var told = (String) node.get("canonicalForm");
    for (int i = 0; i < Math.max(form.length(), told.length()); i++) {
      if (i >= form.length() || i >= told.length() || form.charAt(i) != told.charAt(i)) {
        var from = Math.max(0, i - 30);
        throw new Difference(
            place + ": the canonical form, at character " + i,
            form.substring(from, Math.min(i + 60, form.length())),
            told.substring(from, Math.min(i + 60, told.length())));
      }
    }
    equal(place + ": its digest", sha256(form), node.get("entryDigest"));
    tree.add(id.substring(id.indexOf('_') + 1), sha256(form));
  }

  /** The canonical form, from the fields of the entry and its product. */
  private static Map<String, Object> entry(Map<String, Object> node) {
    var product = object(node.get("product"));
    var entry = new TreeMap<String, Object>();
    AS_THEY_ARE.forEach(name -> entry.put(name, product.get(name)));
    entry.put(
        "kind", product.get("__typename").equals("DataProduct") ? "DATA_PRODUCT" : "SERVICE_CAPABILITY");
    entry.put("title", product.get("titles"));
    entry.put("summary", product.get("summaries"));
    entry.put("authorization", object(product.get("authorization")).get("id"));
    if (product.get("term") != null) {
      entry.putAll(object(product.get("term")));
    }
    var resources = new ArrayList<Object>();
    for (var link : array(node.get("resources"))) {
      var resource = new TreeMap<String, Object>();
      resource.put("resource", object(object(link).get("resource")).get("id"));
      resource.put("dataItems", object(link).get("dataItems"));
      resources.add(resource);
    }
    entry.put("resources", resources);
    var scenarios = new ArrayList<Object>();
    for (var link : array(node.get("scenarios"))) {
      var scenario = new TreeMap<String, Object>();
      scenario.put("scenario", object(object(link).get("scenario")).get("id"));
      scenario.put("allowed", object(link).get("allowed"));
      scenarios.add(scenario);
    }
    entry.put("scenarios", scenarios);
    var whole = new TreeMap<String, Object>();
    whole.put("entry", entry);
    whole.put("product", product.get("id"));
    whole.put("version", node.get("productVersion"));
    return whole;
  }

  /** An entry in the digest of form 1. */
  private static String oldLine(Map<String, Object> node) {
    var product = object(node.get("product"));
    var id = (String) product.get("id");
    return node.get("position")
        + "\t"
        + id.substring(id.indexOf('_') + 1)
            .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
        + "\t"
        + node.get("productVersion")
        + "\t"
        + object(array(product.get("titles")).getFirst()).get("value")
        + "\n";
  }

  /** The tree of digests over the entries. */
  private static final class Tree {
    private final TreeMap<String, TreeMap<String, String>> buckets = new TreeMap<>();
    private int size;

    void add(String product, String digest) {
      size++;
      buckets
          .computeIfAbsent(sha256(product).substring(0, 3), path -> new TreeMap<>())
          .put(product, digest);
    }

    int size() {
      return size;
    }

    String root() {
      var level = new TreeMap<String, String>();
      buckets.forEach(
          (path, entries) -> {
            var lines = new StringBuilder("bucket/" + path + "\n");
            entries.forEach((product, digest) -> lines.append(product + " " + digest + "\n"));
            level.put(path, sha256(lines.toString()));
          });
      for (int depth = 2; depth >= 0; depth--) {
        var above = new TreeMap<String, StringBuilder>();
        if (depth == 0) {
          above.put("", new StringBuilder());
        }
        for (var node : level.entrySet()) {
          above
              .computeIfAbsent(node.getKey().substring(0, depth), path -> new StringBuilder())
              .append(node.getKey().charAt(depth) + " " + node.getValue() + "\n");
        }
        level.clear();
        above.forEach((path, lines) -> level.put(path, sha256("node/" + path + "\n" + lines)));
      }
      return level.get("");
    }
  }

  private static void equal(String place, Object computed, Object told) throws Difference {
    if (!java.util.Objects.equals(computed, told)) {
      throw new Difference(place, computed, told);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Map<String, Object> edition(String query, Map<String, Object> variables)
      throws IOException, InterruptedException {
    var body = new LinkedHashMap<String, Object>();
    body.put("query", query);
    body.put("variables", variables);
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Accept", "application/graphql-response+json, application/json")
            .POST(BodyPublishers.ofString(Json.write(body)))
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    while (response.statusCode() == 429) {
      Thread.sleep(1_000 * Long.parseLong(response.headers().firstValue("Retry-After").orElse("1")));
      response = http.send(request, BodyHandlers.ofString());
    }
    var answer = object(Json.read(response.body()));
    if (answer.get("errors") != null) {
      throw new IOException(Json.write(answer.get("errors")));
    }
    var list = object(answer.get("data")).get("productList");
    if (list == null) {
      throw new IOException("there is no edition with the id " + variables.get("id"));
    }
    return object(list);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> array(Object value) {
    return (List<Object>) value;
  }

  /** JSON with whole numbers: read, and written as RFC 8785 wants it, without nulls and empty lists. */
  private static final class Json {
    private final String text;
    private int at;

    private Json(String text) {
      this.text = text;
    }

    static String write(Object value) {
      var out = new StringBuilder();
      write(value, out);
      return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
      switch (value) {
        case Map<?, ?> map -> {
          out.append('{');
          // String.compareTo compares code units of UTF-16, as the RFC does.
          new TreeMap<>(object(map))
              .forEach(
                  (key, member) -> {
                    if (member != null && !member.equals(List.of())) {
                      out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
                      write(key, out);
                      out.append(':');
                      write(member, out);
                    }
                  });
          out.append('}');
        }
        case List<?> list -> {
          out.append('[');
          for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : ",");
            write(list.get(i), out);
          }
          out.append(']');
        }
        case String string -> {
          out.append('"');
          string.chars().forEach(unit -> write((char) unit, out));
          out.append('"');
        }
        default -> out.append(value);
      }
    }

    private static void write(char unit, StringBuilder out) {
      var place = "\b\t\n\f\r\"\\".indexOf(unit);
      if (place >= 0) {
        out.append('\\').append("btnfr\"\\".charAt(place));
      } else if (unit < ' ') {
        out.append("\\u%04x".formatted((int) unit));
      } else {
        out.append(unit);
      }
    }

    static Object read(String text) throws IOException {
      try {
        return new Json(text).value();
      } catch (IndexOutOfBoundsException | NumberFormatException broken) {
        throw new IOException("the answer is no JSON: " + text);
      }
    }

    private char next() {
      while (Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.charAt(at);
    }

    private Object value() {
      switch (next()) {
        case '{':
          var map = new LinkedHashMap<String, Object>();
          at++;
          while (next() != '}') {
            at += next() == ',' ? 1 : 0;
            next();
            var key = string();
            next();
            at++;
            map.put(key, value());
          }
          at++;
          return map;
        case '[':
          var list = new ArrayList<>();
          at++;
          while (next() != ']') {
            at += next() == ',' ? 1 : 0;
            list.add(value());
          }
          at++;
          return list;
        case '"':
          return string();
        default:
          var from = at;
          while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
            at++;
          }
          return switch (text.substring(from, at)) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            case String number -> number.contains(".") ? (Object) Double.valueOf(number) : Long.valueOf(number);
          };
      }
    }

    private String string() {
      var out = new StringBuilder();
      at++;
      while (text.charAt(at) != '"') {
        var unit = text.charAt(at++);
        if (unit == '\\') {
          unit = text.charAt(at++);
          var place = "btnfr".indexOf(unit);
          if (unit == 'u') {
            unit = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
          } else if (place >= 0) {
            unit = "\b\t\n\f\r".charAt(place);
          }
        }
        out.append(unit);
      }
      at++;
      return out.toString();
    }
  }
}
