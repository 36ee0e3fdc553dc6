package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot be read, or would have the reader fetch, grow or never end. */
@Timeout(60)
class RdfRefusalTest {
  private static final String XML_ROOT =
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
      """;

  @Test
  void a_syntax_error_is_told_with_its_line_and_none_of_the_records_before_it() {
    var reading = RdfReading.ofFile("belgium.ttl");
    // The full stop is missing in line 5; what follows in line 7 cannot be.
    refused(reading, Rule.SYNTAX, "line 7: Expected '.', found '<'");
  }

  @Test
  void the_line_is_told_in_each_syntax() {
    refused(
        RdfReading.of(RdfReading.file("foggia.rdf").replaceFirst("</foaf:name>", "</foaf:nome>")),
        Rule.SYNTAX,
        "line 14: ");
    refused(
        RdfReading.of(
            RdfReading.file("japan.jsonld").replaceFirst("\"estat-api\",", "\"estat-api\"")),
        Rule.SYNTAX,
        "line 19: ");
  }

  @ParameterizedTest
  @CsvSource({
    "foggia.rdf, 4000", "foggia.rdf, 6001", "foggia.rdf, 9900",
    "japan.jsonld, 900", "japan.jsonld, 1503", "japan.jsonld, 2700",
  })
  void a_file_that_ends_in_the_middle_is_told_as_such_and_none_of_its_records(
      String file, int length) {
    refused(
        RdfReading.of(RdfReading.file(file).substring(0, length)),
        Rule.TRUNCATED,
        "the file ends in the middle");
  }

  @ParameterizedTest
  @ValueSource(ints = {820, 1100, 1300, 1560, 1940})
  void turtle_that_ends_in_the_middle_is_told_as_such_too(int length) {
    var whole = RdfReading.file("belgium.ttl").replaceFirst("interface/>", "interface/> .");
    assertThat(RdfReading.of(whole).resources).hasSize(1);
    refused(RdfReading.of(whole.substring(0, length)), Rule.TRUNCATED, "ends in the middle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"https://example.org/dcat.jsonld\"|https://example.org/dcat.jsonld",
        "[\"contexts/dcat.jsonld\", {}]|contexts/dcat.jsonld",
        "{\"@version\": 1.1, \"@import\": \"http://127.0.0.1:9/more\"}|http://127.0.0.1:9/more",
        "\"file:///etc/hostname\"|file:/etc/hostname",
      })
  void a_context_elsewhere_is_refused_by_its_address(String context, String address) {
    var reading =
        RdfReading.of(
            """
            {"@context": %s, "@graph": [{"@id": "http://example.org/1", "@type": "dcat:Dataset"}]}
            """
                .formatted(context));
    refused(reading, Rule.REMOTE_REFERENCE, "refers to " + address + ",");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SYSTEM \"http://127.0.0.1:9/rdf.dtd\"|http://127.0.0.1:9/rdf.dtd",
        "SYSTEM \"rdf.dtd\"|rdf.dtd",
        "PUBLIC \"-//x\" \"file:///etc/hostname\"|file:///etc/hostname",
        "[<!ENTITY e SYSTEM \"file:///etc/hostname\">]|file:///etc/hostname",
        "[<!ENTITY % e SYSTEM \"http://127.0.0.1:9/e\"> %e;]|http://127.0.0.1:9/e",
      })
  void an_entity_or_dtd_elsewhere_is_refused_by_its_address(String doctype, String address) {
    refused(
        RdfReading.of(xml(doctype, doctype.contains("ENTITY e ") ? "&e;" : "Roads")),
        Rule.REMOTE_REFERENCE,
        "refers to " + address + ",");
  }

  @Test
  void an_ontology_elsewhere_is_refused_by_its_address() {
    refused(
        RdfReading.ofTurtle(
            """
            <http://example.org/1> a dcat:Dataset ; dct:title "Roads" .
            <> <http://www.w3.org/2002/07/owl#imports> <https://example.org/more> .
            """),
        Rule.REMOTE_REFERENCE,
        "refers to https://example.org/more,");
  }

  @Test
  void entities_within_the_file_are_abbreviations_and_read() {
    var reading = RdfReading.of(xml("[<!ENTITY r \"Roads\">]", "&r; and rivers"));
    assertThat(reading.resource().title()).isEqualTo("Roads and rivers");
  }

  @Test
  void entities_that_multiply_are_refused_before_they_fill_the_memory() {
    var entities = new StringBuilder("[<!ENTITY e0 \"ha\">");
    for (var level = 1; level <= 12; level++) {
      entities
          .append("<!ENTITY e%d \"".formatted(level))
          .append("&e%d;".formatted(level - 1).repeat(10))
          .append("\">");
    }
    refused(RdfReading.of(xml(entities + "]", "&e12;")), Rule.SYNTAX, "entit");
  }

  @Test
  void nesting_without_end_is_refused_in_each_syntax() {
    var many = 100_000;
    refused(
        RdfReading.ofTurtle(
            "<http://example.org/1> dct:relation " + "[ dct:relation ".repeat(many)),
        Rule.SYNTAX,
        "too deep");
    refused(
        RdfReading.of(XML_ROOT + "<dcat:Dataset><dct:relation>".repeat(many)),
        Rule.SYNTAX,
        "depth");
    refused(
        RdfReading.of(
            "{\"@context\": {\"dcat\": \"http://www.w3.org/ns/dcat#\"}"
                + ", \"dcat:relation\": {\"@id\": \"x\"".repeat(many)),
        Rule.SYNTAX,
        "nested");
  }

  @Test
  void json_ld_that_is_too_large_is_refused_with_what_would_help() {
    var start = "{\"@context\": {\"dcat\": \"http://www.w3.org/ns/dcat#\"}, \"@graph\": [";
    var reading = RdfReading.of(start + " ".repeat(65 << 20) + "]}");
    refused(reading, Rule.FILE_TOO_LARGE, "as Turtle or RDF/XML");
  }

  @Test
  void rdf_about_other_things_is_no_catalogue() {
    refused(
        RdfReading.ofTurtle("<http://example.org/1> a foaf:Document ."),
        Rule.NOT_A_CATALOGUE,
        "no catalogue, dataset or data service");
  }

  @Test
  void nothing_is_left_in_the_temporary_folder(@TempDir Path temporary) throws IOException {
    var reader = new RdfCatalogueReader(temporary);
    assertThat(RdfReading.of(RdfReading.file("foggia.rdf"), reader).resources).hasSize(2);
    refused(RdfReading.of(RdfReading.file("belgium.ttl"), reader), Rule.SYNTAX, "line");

    try (var files = Files.list(temporary)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void a_folder_that_takes_nothing_is_told_as_such_and_not_as_a_fault_of_the_file(
      @TempDir Path temporary) {
    var reader = new RdfCatalogueReader(temporary.resolve("missing"));
    assertThatThrownBy(() -> RdfReading.of(RdfReading.file("foggia.rdf"), reader))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  private static String xml(String doctype, String title) {
    return """
    <?xml version="1.0" encoding="ISO-8859-1"?>
    <!DOCTYPE rdf:RDF %s>
    %s<dcat:Dataset rdf:about="http://example.org/1"><dct:title>%s</dct:title></dcat:Dataset>
    </rdf:RDF>
    """
        .formatted(doctype, XML_ROOT, title);
  }

  /** It is refused by the rule, and nothing at all was told. */
  private static void refused(RdfReading reading, Rule rule, String message) {
    var refusal = requireNonNull(reading.refusal, () -> "read: " + reading.resources);
    assertThat(refusal.rule()).as(refusal.getMessage()).isEqualTo(rule);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(reading.resources).isEmpty();
    assertThat(reading.defects).isEmpty();
    assertThat(reading.facts).isNull();
  }
}
