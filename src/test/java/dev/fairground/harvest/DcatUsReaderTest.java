package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.HarvestedResource.Item;
import java.io.IOException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DcatUsReaderTest {
  private final Heard heard = Heard.of(new DcatUsReader(), "dcat-us.data.json");

  @Test
  void a_dataset_is_read_field_by_field() {
    var resource = heard.resources.getFirst();
    assertThat(resource.place()).isEqualTo("record 1");
    assertThat(resource.identifier()).isEqualTo("VA-VBA-ABR2012-082");
    assertThat(resource.locale()).isEqualTo("en-US");
    assertThat(resource.title()).isEqualTo("Colorado-FY12 Benefits Summary");
    assertThat(resource.summary())
        .isEqualTo("State FY2012 benefit summary for all VBA businesslines.");
    assertThat(resource.holder()).isEqualTo("Department of Veterans Affairs");
    assertThat(resource.topic()).isEqualTo("ABR 2012");
    assertThat(resource.keywords()).hasSize(5).contains("fy2012 vba");
    assertThat(resource.updateFrequency()).isEqualTo("YEARLY");
    assertThat(resource.openness()).isEqualTo("UNCONDITIONAL");
    assertThat(resource.formats()).containsExactly("XLSX");
    assertThat(resource.coversFrom()).isEqualTo(LocalDate.of(2011, 10, 1));
    assertThat(resource.coversUntil()).isEqualTo(LocalDate.of(2012, 9, 30));
    assertThat(resource.releasedOn()).isEqualTo(LocalDate.of(2017, 7, 26));
    assertThat(resource.updatedOn()).isEqualTo(LocalDate.of(2022, 3, 2));
    assertThat(resource.licence()).isEqualTo("https://creativecommons.org/publicdomain/zero/1.0/");
    assertThat(resource.sourceRecord().path("isPartOf").asText())
        .isEqualTo("VA-VBA-MASTER-2012ABR-001");
  }

  @Test
  void the_table_form_says_the_same() {
    var told = Heard.of(new DcatUsTableReader(), "dcat-us.csv");
    assertThat(told.defects).extracting(Defect::rule).containsExactly(Rule.DATES_REVERSED);
    var resource = told.resources.getFirst();
    assertThat(resource.identifier()).isEqualTo("http://dx.doi.org/10.7927/H4PZ56R2");
    assertThat(resource.title()).isEqualTo("U.S. Widget Manufacturing Statistics");
    assertThat(resource.holder()).isEqualTo("Widget Services");
    assertThat(resource.keywords()).containsExactly("widget", "manufacturing", "factory");
    assertThat(resource.formats()).containsExactly("CSV");
    assertThat(resource.openness()).isEqualTo("UNCONDITIONAL");
    assertThat(resource.updateFrequency()).isEqualTo("YEARLY");
  }

  @Test
  void what_is_not_as_it_should_be_is_told() {
    assertThat(heard.defects)
        .extracting(Defect::place, Defect::field, Defect::rule)
        .containsExactly(
            tuple("record 1", "description", Rule.HTML_IN_TEXT),
            tuple("record 3", "description", Rule.MOJIBAKE),
            tuple("record 4", "language", Rule.VALUE_WRONG_TYPE),
            tuple("record 6", "accrualPeriodicity", Rule.FREQUENCY_UNKNOWN));
  }

  @Test
  void a_modification_that_repeats_is_no_date() {
    var resource = heard.resources.get(1);
    assertThat(resource.updatedOn()).isNull();
    assertThat(resource.updateFrequencyText()).isEqualTo("R/P1Y");
  }

  @Test
  void a_modification_that_repeats_says_how_often_where_nothing_else_does() throws IOException {
    var read =
        Heard.ofText(
            new DcatUsReader(),
            "{\"dataset\":[{\"title\":\"Recalls\",\"identifier\":\"1\",\"modified\":\"R/P1D\"}]}");
    assertThat(read.resources.getFirst().updateFrequency()).isEqualTo("DAILY");
    assertThat(read.resources.getFirst().updatedOn()).isNull();
  }

  @Test
  void a_rhythm_that_the_schema_has_no_value_for_keeps_its_words() {
    var resource = heard.resources.get(5);
    assertThat(resource.updateFrequency()).isNull();
    assertThat(resource.updateFrequencyText()).isEqualTo("R/P3.5D");
    assertThat(resource.formats()).containsExactly("API", "CSV");
  }

  @Test
  void a_catalogue_of_the_schema_of_the_United_States_is_in_English_unless_it_says_otherwise() {
    assertThat(heard.resources)
        .extracting(HarvestedResource::locale)
        .containsExactly("en-US", "en", "en", "en", "en", "en-US", "en");
  }

  @Test
  void a_numeric_title_is_a_text() {
    assertThat(heard.resources.getLast().title()).isEqualTo("707");
  }

  @Test
  void keywords_in_one_string_are_separated() throws IOException {
    var read =
        Heard.ofText(
            new DcatUsReader(),
            "{\"dataset\":[{\"title\":\"T\",\"identifier\":\"1\",\"keyword\":\"a,b; c\"}]}");
    assertThat(read.resources.getFirst().keywords()).containsExactly("a", "b", "c");
  }

  @Test
  void a_national_profile_has_columns_and_no_language() {
    var read = Heard.of(new DcatUsReader(), "argentina.data.json");
    var resource = read.resources.getFirst();
    assertThat(resource.locale()).isEqualTo("und");
    assertThat(resource.items())
        .hasSize(2)
        .first()
        .isEqualTo(
            new Item(
                "id_norma",
                "integer",
                "Identificador único de la norma dentro de la base de datos."));
    assertThat(read.catalogue)
        .isEqualTo(new CatalogueFacts("Datos Justicia Argentina, http://datos.jus.gob.ar/", true));
  }

  @Test
  void version_3_has_services_and_series_and_identifiers_that_are_objects() {
    var read = Heard.of(new DcatUsReader(), "dcat-us-3.data.json");
    assertThat(read.resources)
        .extracting(HarvestedResource::identifier)
        .containsExactly(
            "https://example.gov/datasets/three",
            "NCDC-CLIMATE-OBS-2024",
            "https://example.gov/services/one",
            "https://example.gov/datasets/annual-report-2023",
            "https://example.gov/datasets/annual-report-2024");
    assertThat(read.defects).isEmpty();
  }

  @Test
  void a_record_without_a_title_does_not_take_the_next_with_it() throws IOException {
    var read =
        Heard.ofText(
            new DcatUsReader(), "{\"dataset\":[{\"identifier\":\"1\"},{\"title\":\"Two\"}]}");
    assertThat(read.rules()).containsExactly(Rule.TITLE_MISSING, Rule.IDENTIFIER_MISSING);
    assertThat(read.resources).extracting(HarvestedResource::title).containsExactly("Two");
  }
}
