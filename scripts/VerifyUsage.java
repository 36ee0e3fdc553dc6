import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Checks records of use, their proofs and the signed heads of the log, from answers of the API that
 * were kept in files, and the public key. Needs a JDK of version 21 and this file: no server, no
 * database. docs/usage.md says what it computes. Ends with 0 if all fits, 1 at the first thing that
 * does not, 2 if it could not read.
 */
final class VerifyUsage {
  private static final String USAGE =
      """
      usage: scripts/verify-usage <public key> <file>...
        public key  usageKeys.publicKey: Base64 of its DER encoding, from somewhere that you trust; where the
                    server took another one, both with a comma between
        file        answers of the API in JSON, one behind the other; every object in them has to have its
                    __typename. Used are UsageRecord, UsageChain, UsageInclusionProof,
                    UsageConsistencyProof and UsageHead.\
      """;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");
  private static final Set<String> TYPES =
      Set.of("UsageRecord", "UsageInclusionProof", "UsageConsistencyProof", "UsageHead", "UsageChain");
  private static final Set<String> OF_RECORD = Set.of("__typename", "digest", "canonicalForm", "proof");
  private static final Set<String> MEMBERS =
      Set.of("batch", "billed", "calls", "correctionReason", "corrects", "findings", "grant", "id", "number", "operator",
          "outcome", "previousDigest", "purposeStatement", "quantity", "reference", "reportedAt", "resource", "salt",
          "scenario", "settled", "term", "unit", "unitText");

  private final Map<String, PublicKey> keys = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> records = new LinkedHashMap<>();
  private final Map<String, Map<Long, Map<String, Object>>> chains = new TreeMap<>();
  private final Map<Long, String> roots = new TreeMap<>();
  private final Set<String> proved = new TreeSet<>();
  private final Set<List<Long>> links = new java.util.HashSet<>();
  private int proofs;
  private int consistencies;

  /** The first thing that does not fit. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String what) {
      super(what);
    }
  }

  private VerifyUsage(String publicKeys) throws IOException {
    for (var publicKey : publicKeys.split(",", -1)) {
      try {
        var der = Base64.getDecoder().decode(publicKey.strip());
        var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        keys.put(HexFormat.of().formatHex(sha256(der)).substring(0, 16), key);
      } catch (GeneralSecurityException | IllegalArgumentException broken) {
        throw new IOException("this is no public key of Ed25519 in Base64: " + publicKey, broken);
      }
    }
  }

  public static void main(String[] arguments) {
    if (arguments.length < 2) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try {
      var texts = new ArrayList<String>();
      for (int i = 1; i < arguments.length; i++) {
        texts.add(Files.readString(Path.of(arguments[i])));
      }
      System.out.println("OK: " + verify(arguments[0], texts));
    } catch (Unfit unfit) {
      System.out.println("DOES NOT FIT: " + unfit.getMessage());
      System.exit(1);
    } catch (IOException failure) {
      System.err.println("cannot read: " + failure.getMessage());
      System.exit(2);
    }
  }

  /** Checks files against a key, and tells what they hold. */
  static String verify(String publicKey, List<String> files) throws IOException, Unfit {
    var verifier = new VerifyUsage(publicKey);
    var found = new ArrayList<Map<String, Object>>();
    for (var file : files) {
      for (var answer : Json.readAll(file)) {
        gather(answer, "", found);
      }
    }
    for (var one : found) {
      if (one.get("__typename").equals("UsageHead")) {
        verifier.head(one);
      }
    }
    for (var one : found) {
      if (one.get("__typename").equals("UsageRecord")) {
        verifier.record(one);
      }
    }
    for (var one : found) {
      switch ((String) one.get("__typename")) {
        case "UsageInclusionProof" -> verifier.inclusion(one);
        case "UsageConsistencyProof" -> verifier.consistency(one);
        case "UsageChain" -> verifier.end(one);
        default -> { }
      }
    }
    return verifier.whole();
  }

  /** Every object that names its type, wherever it stands. One that does not could hide something. */
  private static void gather(Object value, String place, List<Map<String, Object>> found) throws Unfit {
    if (value instanceof Map<?, ?> map) {
      var object = object(map);
      if (object.get("__typename") instanceof String type && TYPES.contains(type)) {
        found.add(object);
      } else if (object.containsKey("hashes") || object.containsKey("signature") || object.containsKey("canonicalForm")
          || object.containsKey("digest") && !object.containsKey("__typename")
          || object.containsKey("__typename") && !String.valueOf(object.get("__typename")).matches("[A-Za-z0-9_]+")
          || object.get("id") instanceof String id && id.startsWith("usr_")) {
        // A record under another name would be left out, and the rest would fit.
        throw new Unfit((place.isEmpty() ? "the outermost object" : place)
            + " does not say of which type it is, or of one that is not known. Ask for __typename");
      }
      for (var member : object.entrySet()) {
        gather(member.getValue(), place + "/" + member.getKey(), found);
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        gather(list.get(i), place + "/" + i, found);
      }
    }
  }

  // Heads

  private void head(Map<String, Object> head) throws Unfit {
    only(head, Set.of("__typename", "id", "treeSize", "rootHash", "timestamp", "keyId", "signature"));
    var place = "the head over " + head.get("treeSize") + " records";
    var size = number(head, "treeSize", place);
    var root = hash(head, "rootHash", place);
    var keyId = text(head, "keyId", place);
    var key = keys.get(keyId);
    if (key == null) {
      throw new Unfit(place + " is signed with the key " + keyId + "; the one given is " + given());
    }
    var form = new TreeMap<String, Object>();
    for (var name : List.of("keyId", "rootHash", "timestamp", "treeSize")) {
      form.put(name, head.get(name));
    }
    var signature = text(head, "signature", place);
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(("fairground usage head 1\n" + Json.write(form)).getBytes(StandardCharsets.UTF_8));
      if (!SIGNATURE.matcher(signature).matches() || !check.verify(HexFormat.of().parseHex(signature))) {
        throw new Unfit(place + " is not signed with this key");
      }
    } catch (GeneralSecurityException broken) {
      throw new Unfit(place + " has no signature of Ed25519");
    }
    var other = roots.put(size, root);
    if (other != null && !other.equals(root)) {
      throw new Unfit("two heads over " + size + " records have different roots: the log was split");
    }
  }

  private String given() {
    return String.join(" or ", keys.keySet());
  }

  // Records

  private void record(Map<String, Object> record) throws Unfit {
    var id = String.valueOf(record.get("id"));
    var place = "record " + id;
    var form = text(record, "canonicalForm", place);
    var digest = hash(record, "digest", place);
    if (!digest.equals(HexFormat.of().formatHex(sha256(form.getBytes(StandardCharsets.UTF_8))))) {
      throw new Unfit(place + ": its digest is not that of its canonical form");
    }
    Map<String, Object> told;
    try {
      var all = Json.readAll(form);
      told = all.size() == 1 && all.getFirst() instanceof Map<?, ?> map ? object(map) : Map.of();
    } catch (IOException broken) {
      throw new Unfit(place + ": its canonical form is no JSON");
    }
    if (!Json.write(told).equals(form) || !MEMBERS.containsAll(told.keySet())) {
      throw new Unfit(place + ": its form is not canonical");
    }
    for (var member : record.entrySet()) {
      var name = member.getKey();
      if (!OF_RECORD.contains(name) && !same(member.getValue(), told.get(name), MEMBERS.contains(name))) {
        throw new Unfit(place + ": " + name + " is " + member.getValue() + ", but the digest is of " + told.get(name));
      }
    }
    if (!(told.get("id") instanceof String own) || !(told.get("grant") instanceof String grant)
        || !(told.get("number") instanceof Long number) || number < 1) {
      throw new Unfit(place + ": its form has no id, grant or number");
    }
    var known = records.put(own, record);
    if (known != null && !known.get("digest").equals(digest)) {
      throw new Unfit("two records have the id " + own);
    }
    record.put("\0form", told);
    var twin = chains.computeIfAbsent(grant, first -> new TreeMap<>()).put(number, record);
    if (twin != null && !twin.get("digest").equals(digest)) {
      throw new Unfit("two records of " + grant + " have the number " + number);
    }
  }

  /** The end of a chain, where it was asked for: its last record is in the file. */
  private void end(Map<String, Object> chain) throws Unfit {
    if (!chain.containsKey("digest")) {
      return;
    }
    var digest = hash(chain, "digest", "the end of a chain");
    var last = records.values().stream().filter(record -> digest.equals(record.get("digest"))).findFirst();
    if (last.isEmpty()) {
      throw new Unfit("the last record of a chain, of the digest " + digest + ", is not in the file");
    }
    var number = object((Map<?, ?>) last.get().get("\0form")).get("number");
    if (chain.containsKey("recordCount") && !number.equals(chain.get("recordCount"))) {
      throw new Unfit("a chain ends with record " + number + ", and is told to have " + chain.get("recordCount"));
    }
  }

  /** Whether the API tells what the digest is of: objects that are led to by their ids. */
  private static boolean same(Object told, Object digested, boolean known) {
    if (!known) {
      return false;
    }
    if (told instanceof Map<?, ?> map && digested instanceof String) {
      var rest = new HashMap<>(object(map));
      rest.remove("__typename");
      return rest.equals(Map.of("id", digested));
    }
    if (told instanceof Map<?, ?> map) {
      var rest = new HashMap<>(object(map));
      rest.remove("__typename");
      return rest.equals(digested);
    }
    return told instanceof List<?> list && list.isEmpty() ? digested == null : Objects.equals(told, digested);
  }

  // Proofs

  private void inclusion(Map<String, Object> proof) throws Unfit {
    only(proof, Set.of("__typename", "recordId", "leafIndex", "treeSize", "rootHash", "hashes"));
    var place = "the proof of " + proof.get("recordId");
    var record = records.get(proof.get("recordId"));
    if (record == null) {
      throw new Unfit(place + " is of a record that is not in the file");
    }
    var size = number(proof, "treeSize", place);
    var index = number(proof, "leafIndex", place);
    var root = hash(proof, "rootHash", place);
    if (!root.equals(roots.get(size))) {
      throw new Unfit(place + " leads to a root over " + size + " records of which there is no signed head");
    }
    if (index < 0 || index >= size) {
      throw new Unfit(place + " has no place in the tree");
    }
    // RFC 9162, section 2.1.3.2, which verifies the proofs of RFC 6962 too.
    var fn = index;
    var sn = size - 1;
    var hash = sha256(new byte[] {0}, bytes((String) record.get("digest")));
    for (var step : hashes(proof, place)) {
      if (sn == 0) {
        throw new Unfit(place + " is too long");
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = sha256(new byte[] {1}, step, hash);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        hash = sha256(new byte[] {1}, hash, step);
      }
      fn >>= 1;
      sn >>= 1;
    }
    if (sn != 0 || !root.equals(HexFormat.of().formatHex(hash))) {
      throw new Unfit(place + " does not lead to the root of the tree");
    }
    proved.add((String) proof.get("recordId"));
    proofs++;
  }

  private void consistency(Map<String, Object> proof) throws Unfit {
    only(proof, Set.of("__typename", "first", "second", "firstRootHash", "secondRootHash", "hashes"));
    var first = number(proof, "first", "a proof of consistency");
    var second = number(proof, "second", "a proof of consistency");
    var place = "the proof that " + first + " records were the beginning of " + second;
    var before = hash(proof, "firstRootHash", place);
    var after = hash(proof, "secondRootHash", place);
    if (!before.equals(roots.get(first)) || !after.equals(roots.get(second))) {
      throw new Unfit(place + " is not between two signed heads of the file");
    }
    var path = new ArrayList<>(hashes(proof, place));
    if (first < 1 || first > second) {
      throw new Unfit(place + " is no proof");
    }
    if (first == second) {
      if (!path.isEmpty()) {
        throw new Unfit(place + " is too long");
      }
    } else {
      extend(first, second, before, after, path, place);
    }
    links.add(List.of(first, second));
    consistencies++;
  }

  /** RFC 9162, section 2.1.4.2. */
  private static void extend(
      long first, long second, String before, String after, ArrayList<byte[]> path, String place) throws Unfit {
    if (Long.bitCount(first) == 1) {
      path.addFirst(bytes(before));
    }
    if (path.isEmpty()) {
      throw new Unfit(place + " is empty");
    }
    var fn = first - 1;
    var sn = second - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    var fr = path.getFirst();
    var sr = path.getFirst();
    for (var step : path.subList(1, path.size())) {
      if (sn == 0) {
        throw new Unfit(place + " is too long");
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = sha256(new byte[] {1}, step, fr);
        sr = sha256(new byte[] {1}, step, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = sha256(new byte[] {1}, sr, step);
      }
      fn >>= 1;
      sn >>= 1;
    }
    if (sn != 0 || !HexFormat.of().formatHex(fr).equals(before) || !HexFormat.of().formatHex(sr).equals(after)) {
      throw new Unfit(place + " does not lead to both roots");
    }
  }

  // All of it together

  private String whole() throws Unfit {
    if (roots.isEmpty()) {
      throw new Unfit("there is no signed head, and so nothing that is vouched for");
    }
    var parts = new ArrayList<String>();
    for (var chain : chains.entrySet()) {
      Long last = null;
      Object digest = null;
      for (var link : chain.getValue().entrySet()) {
        var number = link.getKey();
        var previous = object((Map<?, ?>) link.getValue().get("\0form")).get("previousDigest");
        if (number == 1 ? previous != null : previous == null) {
          throw new Unfit("record " + number + " of " + chain.getKey() + " does not begin the chain as it should");
        }
        if (last != null && number == last + 1 && !Objects.equals(previous, digest)) {
          throw new Unfit("record " + number + " of " + chain.getKey() + " is not chained to the one before it");
        }
        if (last != null && number > last + 1) {
          throw new Unfit("between records " + last + " and " + number + " of " + chain.getKey() + " some are missing");
        }
        last = number;
        digest = link.getValue().get("digest");
      }
      var numbers = new ArrayList<>(chain.getValue().keySet());
      parts.add("%s: records %d to %d".formatted(chain.getKey(), numbers.getFirst(), numbers.getLast()));
    }
    for (var record : records.keySet()) {
      if (!proved.contains(record)) {
        throw new Unfit("record " + record + " is not proved to be in the log. Ask again a moment later");
      }
    }
    Long before = null;
    for (var size : roots.keySet()) {
      if (before != null && !links.contains(List.of(before, size))) {
        throw new Unfit("nothing proves that the log over " + before + " records became that over " + size);
      }
      before = size;
    }
    return "%d records of %d grants, %d proofs, %d heads signed with the key %s, the log only added to in %d steps%s"
        .formatted(records.size(), chains.size(), proofs, roots.size(), given(), consistencies,
            parts.isEmpty() ? "" : "\n  " + String.join("\n  ", parts));
  }

  private static void only(Map<String, Object> object, Set<String> known) throws Unfit {
    for (var name : object.keySet()) {
      if (!known.contains(name)) {
        throw new Unfit(object.get("__typename") + " has a member " + name + ", which nothing vouches for");
      }
    }
  }

  private static String text(Map<String, Object> object, String name, String place) throws Unfit {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw new Unfit(place + " has no " + name);
  }

  private static long number(Map<String, Object> object, String name, String place) throws Unfit {
    if (object.get(name) instanceof Long number) {
      return number;
    }
    throw new Unfit(place + " has no " + name);
  }

  private static String hash(Map<String, Object> object, String name, String place) throws Unfit {
    var hash = text(object, name, place);
    if (!HASH.matcher(hash).matches()) {
      throw new Unfit(place + ": " + name + " is no SHA-256");
    }
    return hash;
  }

  private static List<byte[]> hashes(Map<String, Object> proof, String place) throws Unfit {
    var hashes = new ArrayList<byte[]>();
    if (!(proof.get("hashes") instanceof List<?> list)) {
      throw new Unfit(place + " has no hashes");
    }
    for (var hash : list) {
      if (!(hash instanceof String text) || !HASH.matcher(text).matches()) {
        throw new Unfit(place + " has a hash that is no SHA-256");
      }
      hashes.add(bytes(text));
    }
    return hashes;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<?, ?> value) {
    return (Map<String, Object>) value;
  }

  /** JSON with whole numbers: read strictly, and written as RFC 8785 wants it, without nulls. */
  private static final class Json {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

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
                    if (member != null) {
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

    /** All values, one behind the other. */
    static List<Object> readAll(String text) throws IOException {
      var json = new Json(text);
      var all = new ArrayList<>();
      try {
        json.blanks();
        while (json.at < text.length()) {
          all.add(json.value(0));
          json.blanks();
        }
        return all;
      } catch (IndexOutOfBoundsException | NumberFormatException broken) {
        throw new IOException("it is no JSON near character " + json.at, broken);
      }
    }

    private void blanks() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private void expect(char wanted) throws IOException {
      blanks();
      if (text.charAt(at) != wanted) {
        throw new IOException("it is no JSON near character " + at);
      }
      at++;
    }

    private Object value(int depth) throws IOException {
      blanks();
      if (depth > 100) {
        throw new IOException("it nests too deep");
      }
      switch (text.charAt(at)) {
        case '{':
          at++;
          var map = new LinkedHashMap<String, Object>();
          blanks();
          for (var first = true; text.charAt(at) != '}'; first = false) {
            if (!first) {
              expect(',');
            }
            blanks();
            var key = string();
            expect(':');
            if (map.containsKey(key)) {
              throw new IOException("an object has " + key + " twice");
            }
            map.put(key, value(depth + 1));
            blanks();
          }
          at++;
          return map;
        case '[':
          at++;
          var list = new ArrayList<>();
          blanks();
          for (var first = true; text.charAt(at) != ']'; first = false) {
            if (!first) {
              expect(',');
            }
            list.add(value(depth + 1));
            blanks();
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
          var word = text.substring(from, at);
          switch (word) {
            case "null":
              return null;
            case "true":
              return true;
            case "false":
              return false;
            default:
              if (!NUMBER.matcher(word).matches()) {
                throw new IOException("it is no JSON of whole numbers near character " + from);
              }
              return Long.valueOf(word);
          }
      }
    }

    private String string() throws IOException {
      expect('"');
      var out = new StringBuilder();
      while (text.charAt(at) != '"') {
        var unit = text.charAt(at++);
        if (unit < ' ') {
          throw new IOException("it is no JSON near character " + at);
        }
        if (unit == '\\') {
          unit = text.charAt(at++);
          var place = "btnfr".indexOf(unit);
          if (unit == 'u') {
            unit = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
          } else if (place >= 0) {
            unit = "\b\t\n\f\r".charAt(place);
          } else if ("\"\\/".indexOf(unit) < 0) {
            throw new IOException("it is no JSON near character " + at);
          }
        }
        out.append(unit);
      }
      at++;
      return out.toString();
    }
  }
}
