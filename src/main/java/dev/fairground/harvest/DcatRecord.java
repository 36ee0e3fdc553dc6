package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a dataset or data service of DCAT-AP says, in the terms of a resource. */
final class DcatRecord {
  private static final String UNKNOWN_LANGUAGE = "und";

  /** The two-letter codes of languages by those of three letters (ISO 639). */
  private static final Map<String, String> TWO_LETTERS =
      Arrays.stream(Locale.getISOLanguages())
          .collect(
              Collectors.toUnmodifiableMap(
                  code -> Locale.of(code).getISO3Language(), code -> code, (first, more) -> first));

  private final ObjectNode tree;
  private final DcatNode node;
  private final List<String> languages;

  /**
   * Looks at a record.
   *
   * @param tree made by {@link RdfTree}
   * @param languages of the file's titles, the foremost first
   */
  DcatRecord(ObjectNode tree, List<String> languages) {
    this.tree = tree;
    this.node = new DcatNode(tree);
    this.languages = languages;
  }

  /** Tells the sink of the record; {@code number} is its place in the file, from 1. */
  void tell(Sink sink, int number) {
    var identifiers =
        Stream.concat(node.all(Dcat.DCT + "identifier").stream().map(DcatNode::text), address())
            .filter(text -> text != null && !text.isBlank())
            .toList();
    var place =
        Stream.concat(address(), identifiers.stream()).findFirst().orElse("record " + number);
    if (node.isA(Dcat.CATALOGUES)) {
      sink.defect(Defect.of(place, Rule.NOT_A_DATASET));
      return;
    }
    var titles = node.all(Dcat.DCT + "title");
    var language = language(titles);
    var builder = new ResourceBuilder(sink, place, language, tree);
    identifiers.forEach(text -> builder.identifier("dct:identifier", text));
    texts(titles, language)
        .forEach(
            (tag, text) -> {
              if (tag.equals(language)) {
                builder.title("dct:title", text);
              } else {
                builder.title("dct:title", tag, text);
              }
            });
    texts(node.all(Dcat.DCT + "description"), language)
        .forEach(
            (tag, text) -> {
              if (tag.equals(language)) {
                builder.summary("dct:description", text);
              } else {
                builder.summary("dct:description", tag, text);
              }
            });
    holder(builder);
    topic(builder);
    codes("accrualPeriodicity").forEach(text -> builder.frequency("dct:accrualPeriodicity", text));
    codes("accessRights").forEach(text -> builder.openness("dct:accessRights", text));
    node.all(Dcat.DCAT + "keyword")
        .forEach(keyword -> builder.keyword("dcat:keyword", keyword.literal()));
    node.all(Dcat.DCAT + "landingPage")
        .forEach(page -> builder.landingPage("dcat:landingPage", page.text()));
    node.all(Dcat.DCT + "issued").forEach(day -> builder.released("dct:issued", day.literal()));
    node.all(Dcat.DCT + "modified").forEach(day -> builder.updated("dct:modified", day.literal()));
    licence().forEach(text -> builder.licence("dct:license", text));
    formats(builder);
    node.all(Dcat.DCT + "temporal").forEach(period -> coverage(builder, period));
    builder.tell();
  }

  /** Where a catalogue is from: its title, address and licence; null where it says none of them. */
  @Nullable String source() {
    var titles = node.all(Dcat.DCT + "title");
    var title = titles.isEmpty() ? null : DcatNode.best(titles, languages).text();
    var said =
        Stream.of(Stream.ofNullable(title), address(), licence())
            .flatMap(parts -> parts.filter(part -> !part.isBlank()).limit(1))
            .collect(Collectors.joining(", "));
    return said.isEmpty() ? null : said;
  }

  private Stream<String> address() {
    return Stream.ofNullable(node.address()).filter(address -> !address.isEmpty());
  }

  /**
   * The language of the title; of several the one that most titles of the file are in. A title that
   * says none is in that of the record, if it has one only (dct:language, with the codes of the EU
   * or of BCP 47).
   */
  private String language(List<DcatNode> titles) {
    var tagged = titles.stream().filter(title -> !title.language().isEmpty()).toList();
    if (!tagged.isEmpty()) {
      return tag(DcatNode.best(tagged, languages).language());
    }
    var said = node.all(Dcat.DCT + "language");
    var code = said.size() == 1 ? said.getFirst().code(List.of()) : null;
    if (code == null) {
      return UNKNOWN_LANGUAGE;
    }
    var letters = code.toLowerCase(Locale.ROOT);
    return tag(TWO_LETTERS.getOrDefault(letters, letters));
  }

  /** The canonical form of a language tag; {@code und} where it is none. */
  private static String tag(String tag) {
    return Locale.forLanguageTag(tag.replace('_', '-')).toLanguageTag();
  }

  /** A text's languages; what says none is in the language of the record if nothing else is. */
  private static Map<String, String> texts(List<DcatNode> values, String language) {
    var texts = new LinkedHashMap<String, String>();
    var untagged = new ArrayList<String>();
    for (var value : values) {
      var text = value.literal();
      if (text != null && value.language().isEmpty()) {
        untagged.add(text);
      } else if (text != null) {
        texts.putIfAbsent(tag(value.language()), text);
      }
    }
    untagged.stream()
        .filter(text -> !texts.containsValue(text))
        .forEach(
            text ->
                texts.putIfAbsent(texts.containsKey(language) ? UNKNOWN_LANGUAGE : language, text));
    return texts;
  }

  private void holder(ResourceBuilder builder) {
    node.firstOf(Dcat.DCT + "publisher", Dcat.DCT + "rightsHolder", Dcat.DCT + "creator").stream()
        .map(body -> body.isNamed() ? body.name(languages) : body.text())
        .forEach(name -> builder.holder("dct:publisher", name));
  }

  private void topic(ResourceBuilder builder) {
    for (var theme : node.all(Dcat.DCAT + "theme")) {
      if ("".equals(theme.address())) {
        // It names the file itself, together with all other themes that lack an address.
        builder.values().defect("dcat:theme", Rule.URL_UNREADABLE, null);
      } else {
        builder.topic("dcat:theme", theme.name(languages));
      }
    }
  }

  private Stream<String> codes(String term) {
    return node.all(Dcat.DCT + term).stream()
        .map(value -> value.code(languages))
        .filter(Objects::nonNull);
  }

  private List<DcatNode> distributions() {
    return node.all(Dcat.DCAT + "distribution");
  }

  /**
   * The licences of the record, then those of its distributions: their addresses, or their words.
   */
  private Stream<String> licence() {
    return Stream.concat(Stream.of(node), distributions().stream())
        .flatMap(part -> part.all(Dcat.DCT + "license").stream())
        .map(licence -> licence.text() == null ? licence.name(languages) : licence.text())
        .filter(text -> text != null && !text.isBlank());
  }

  private void formats(ResourceBuilder builder) {
    Stream.concat(distributions().stream(), Stream.of(node))
        .flatMap(part -> part.firstOf(Dcat.DCT + "format", Dcat.DCAT + "mediaType").stream())
        .forEach(format -> builder.format("dct:format", format.code(languages)));
  }

  /** A period in any of the three ways that DCAT has known, or a literal of two days. */
  private static void coverage(ResourceBuilder builder, DcatNode period) {
    var words = period.literal();
    if (words != null) {
      Periods.tell(builder, "dct:temporal", words);
    } else {
      Periods.tell(
          builder,
          "dct:temporal",
          moment(period, "start", "hasBeginning"),
          moment(period, "end", "hasEnd"));
    }
  }

  private static @Nullable String moment(DcatNode period, String end, String time) {
    return Stream.concat(
            period
                .firstOf(
                    Dcat.DCAT + end + "Date",
                    Dcat.SCHEMA + end + "Date",
                    "https://schema.org/" + end + "Date",
                    Dcat.DCATAP_IT + end + "Date")
                .stream(),
            period.all(Dcat.TIME + time).stream()
                .flatMap(
                    moment ->
                        moment
                            .firstOf(
                                Dcat.TIME + "inXSDDate",
                                Dcat.TIME + "inXSDDateTimeStamp",
                                Dcat.TIME + "inXSDDateTime",
                                Dcat.TIME + "inXSDgYearMonth",
                                Dcat.TIME + "inXSDgYear")
                            .stream()))
        .map(DcatNode::literal)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
