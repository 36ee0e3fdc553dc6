package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdfSyntaxTest {
  @ParameterizedTest
  @CsvSource({
    "foggia.rdf, RDF_XML",
    "alicante.rdf, RDF_XML",
    "belgium.ttl, TURTLE",
    "glasgow.jsonld, JSON_LD",
    "japan.jsonld, JSON_LD"
  })
  void catalogues_are_known_by_how_they_begin_and_not_by_their_names(
      String file, RdfSyntax syntax) {
    assertThat(of(RdfReading.file(file))).isEqualTo(syntax);
  }

  @Test
  void triples_without_prefixes_are_turtle_too() {
    assertThat(
            of(
                """
                <http://example.org/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
                <http://www.w3.org/ns/dcat#Dataset> .
                """))
        .isEqualTo(RdfSyntax.TURTLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
         "@type": "dcat:Catalog", "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
         "dataset": [{"@type": "dcat:Dataset", "identifier": "1"
        """,
        """
        {"conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
         "dataset": [{"@type": "dcat:Dataset", "identifier": "1"}]}
        """
      })
  void dcat_us_is_another_readers_though_it_names_a_context(String beginning) {
    assertThat(of(beginning)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"@context": {"@vocab": "http://www.w3.org/ns/dcat#"}, "dataset": []}
        """,
        """
        [{"@id": "http://example.org/1", "@type": ["http://www.w3.org/ns/dcat#Dataset"]}]
        """,
        """
        {"@graph": [{"@id": "http://example.org/1", "@type": "dcat:Dataset"
        """
      })
  void json_ld_is_known_in_each_of_its_forms(String beginning) {
    assertThat(of(beginning)).isEqualTo(RdfSyntax.JSON_LD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>rdf http://www.w3.org/ns/dcat#</body></html>",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <a> a skos:Concept .",
        "title,publisher,http://www.w3.org/ns/dcat#",
        "{\"@context\": \"https://schema.org\", \"@type\": \"Dataset\"}",
        "{\"success\": true, \"result\": {\"count\": 0}}",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>",
        ""
      })
  void what_is_no_rdf_about_catalogues_is_left_to_others(String beginning) {
    assertThat(of(beginning)).isNull();
  }

  private static @Nullable RdfSyntax of(String text) {
    return RdfSyntax.of(new Beginning("data.txt", text));
  }
}
