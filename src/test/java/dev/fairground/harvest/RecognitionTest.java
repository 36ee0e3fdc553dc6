package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {
  private static final List<CatalogueReader> READERS =
      List.of(
          new PortalCatalogueReader(),
          new DcatUsTableReader(),
          new DcatUsReader(),
          new RdfCatalogueReader(),
          new CkanReader(),
          new SocrataReader(),
          new ArcgisHubReader(),
          new DirectoryReader(),
          new SourceCatalogueReader(),
          new RegistryReader());

  @ParameterizedTest
  @CsvSource({
    "dcat-us.data.json, DCAT-US",
    "dcat-us-3.data.json, DCAT-US",
    "dcat-us.csv, DCAT-US (CSV)",
    "guangxi_baise.json, portal catalogue",
    "argentina.data.json, DCAT-US",
    "package_search.json, CKAN",
    "socrata.jsonl, Socrata",
    "arcgis-hub.json, ArcGIS Hub",
    "china-csdc.json, FirstData",
    "public-data-catalog.json, public-data-catalog",
    "ichangemycity.yaml, open-data-registry"
  })
  void each_file_is_recognised_by_the_reader_of_its_format_alone(String file, String format)
      throws IOException {
    try (var in =
        Objects.requireNonNull(RecognitionTest.class.getResourceAsStream("/harvest/" + file))) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(recognising(text)).containsExactly(format);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"@graph\": [{\"dataset\": [\"x\"]}]}",
        "<html><body>\"dataset\": [</body></html>",
        "name,publisher",
        "{\"name\": \"x\", \"version\": 1}"
      })
  void what_is_another_format_is_left_to_others(String text) {
    assertThat(recognising(text)).isEmpty();
  }

  @Test
  void statistics_of_views_are_no_catalogue() throws IOException {
    try (var in =
        Objects.requireNonNull(
            RecognitionTest.class.getResourceAsStream("/harvest/socrata.stats.jsonl"))) {
      assertThat(recognising(new String(in.readAllBytes(), StandardCharsets.UTF_8))).isEmpty();
    }
  }

  private static List<String> recognising(String text) {
    var beginning = new Beginning("file.txt", text);
    return READERS.stream()
        .filter(reader -> reader.recognises(beginning))
        .map(CatalogueReader::format)
        .toList();
  }
}
