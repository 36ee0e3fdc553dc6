package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.harvest.Defect.Rule;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RdfCatalogueReaderTest {
  private static final String EU = "http://publications.europa.eu/resource/authority/";

  @Test
  void a_dataset_in_rdf_xml_says_all_that_it_says() {
    var reading = RdfReading.ofFile("foggia.rdf");
    var dataset = reading.resources.getFirst();

    assertThat(reading.resources).hasSize(2);
    assertThat(dataset.place())
        .isEqualTo(
            "https://github.com/ComuneFoggia/OpenData-Comune-di-Foggia"
                + "/elenco-matrimoni-non-residenti-foggia");
    assertThat(dataset.identifier()).isEqualTo("c___d643:elenco-matrimoni-non-residenti-foggia");
    assertThat(dataset.locale()).as("its dct:language").isEqualTo("it");
    assertThat(dataset.title()).isEqualTo("Elenco Matrimoni Non Residenti Foggia");
    assertThat(dataset.summary()).startsWith("Elenco dei matrimoni celebrati");
    assertThat(dataset.holder()).isEqualTo("Stato Civile");
    assertThat(dataset.topic()).isEqualTo("Popolazione e società");
    assertThat(dataset.updateFrequency()).isEqualTo("STATIC");
    assertThat(dataset.updateFrequencyText()).isEqualTo("NEVER");
    assertThat(dataset.openness()).isEqualTo("UNCONDITIONAL");
    assertThat(dataset.formats()).containsExactly("CSV");
    assertThat(dataset.keywords()).containsExactly("famiglia", "matrimoni", "non residenti");
    assertThat(dataset.landingPage()).endsWith("Elenco%20Matrimoni%20Non%20Residenti%20Foggia.csv");
    assertThat(dataset.licence()).isEqualTo("https://creativecommons.org/licenses/by/4.0/");
    assertThat(dataset.releasedOn()).isEqualTo(LocalDate.of(2025, 10, 13));
    assertThat(dataset.updatedOn()).isEqualTo(LocalDate.of(2025, 10, 13));
    assertThat(reading.facts)
        .isEqualTo(
            new CatalogueFacts(
                "Comune di Foggia, https://github.com/ComuneFoggia/OpenData-Comune-di-Foggia,"
                    + " https://creativecommons.org/licenses/by/4.0/",
                true));
  }

  @Test
  void a_theme_without_an_address_is_lost_and_nothing_else() {
    var reading = RdfReading.ofFile("foggia.rdf");
    var dataset = reading.resources.get(1);

    assertThat(dataset.topic()).isNull();
    assertThat(dataset.holder()).isEqualTo("Stato Civile");
    assertThat(reading.defects)
        .contains(new Defect(dataset.place(), "dcat:theme", Rule.URL_UNREADABLE, null));
  }

  @Test
  void an_empty_licence_gives_way_to_the_next_that_says_something() {
    assertThat(RdfReading.ofFile("molinella.rdf").resources.getFirst().licence())
        .isEqualTo("https://creativecommons.org/licenses/by/4.0/");
    assertThat(
            RdfReading.ofTurtle(
                    """
                    <http://example.org/1> a dcat:Dataset ; dct:title "Roads" ; dct:license "" ;
                      dcat:distribution [ dct:license <> ], [ dct:license "CC0" ] .
                    """)
                .resource()
                .licence())
        .isEqualTo("CC0");
  }

  @Test
  void texts_in_several_languages_are_all_kept_under_the_one_that_comes_first() {
    var dataset = RdfReading.ofFile("alicante.rdf").resources.getFirst();

    assertThat(dataset.locale()).isEqualTo("es");
    assertThat(dataset.title()).isEqualTo("Estructura de la UA. Curso 2020-21. Metodología");
    assertThat(dataset.titleTranslations())
        .isEqualTo(Map.of("ca", "Estructura de la UA. Curs 2020-21. Metodologia"));
    assertThat(dataset.summaryTranslations()).containsOnlyKeys("ca");
    assertThat(dataset.formats()).containsExactly("XLSX");
  }

  @Test
  void a_blank_dataset_without_an_identifier_is_known_by_its_place_in_the_file() {
    var reading = RdfReading.ofFile("alicante.rdf");

    assertThat(reading.resources)
        .extracting(HarvestedResource::place)
        .containsExactly("record 1", "record 2");
    assertThat(reading.rules()).containsExactly(Rule.IDENTIFIER_MISSING, Rule.IDENTIFIER_MISSING);
  }

  @Test
  void the_language_of_most_titles_of_a_file_comes_first_in_each_record() {
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/1> a dcat:Dataset ; dct:title "Routes"@fr, "Wegen"@nl .
            <http://example.org/2> a dcat:Dataset ; dct:title "Rivieren"@nl .
            """);

    assertThat(reading.resources).extracting(HarvestedResource::locale).containsExactly("nl", "nl");
    assertThat(reading.resources.getFirst().titleTranslations()).isEqualTo(Map.of("fr", "Routes"));
  }

  @Test
  void a_text_that_names_no_language_is_in_that_of_the_record_or_in_an_unknown_one() {
    var untold = RdfReading.ofTurtle("<http://example.org/1> a dcat:Dataset ; dct:title \"A\" .");
    assertThat(untold.resource().locale()).isEqualTo("und");

    var mixed =
        RdfReading.ofTurtle(
                """
                <http://example.org/1> a dcat:Dataset ; dct:title "Roads"@en-GB, "A31" ;
                  dct:description "All of them" .
                """)
            .resource();
    assertThat(mixed.locale()).isEqualTo("en-GB");
    assertThat(mixed.title()).isEqualTo("Roads");
    assertThat(mixed.titleTranslations()).isEqualTo(Map.of("und", "A31"));
    assertThat(mixed.summary()).isEqualTo("All of them");
  }

  @Test
  void json_ld_with_a_context_of_its_own_is_read() {
    var reading = RdfReading.ofFile("glasgow.jsonld");
    var dataset = reading.resources.getFirst();

    assertThat(reading.resources).hasSize(2);
    assertThat(dataset.title()).isEqualTo("3D Urban Model");
    assertThat(dataset.locale()).isEqualTo("en");
    assertThat(dataset.holder()).isEqualTo("Glasgow City Council");
    assertThat(dataset.topic()).isEqualTo("geospatial");
    assertThat(dataset.openness()).isEqualTo("UNCONDITIONAL");
    assertThat(dataset.formats()).containsExactlyInAnyOrder("HTML", "JSON");
    assertThat(reading.facts)
        .isEqualTo(new CatalogueFacts("Open Data design, https://data.glasgow.gov.uk", true));
  }

  @Test
  void data_services_are_records_in_the_order_of_the_file() {
    var reading = RdfReading.ofFile("japan.jsonld");

    assertThat(reading.resources)
        .extracting(HarvestedResource::identifier)
        .containsExactly("estat-api", "statistics-dashboard-api");
    assertThat(reading.resources.getFirst().holder())
        .isEqualTo("National Statistics Center, Japan");
    assertThat(reading.resources.getFirst().landingPage())
        .isEqualTo("https://www.e-stat.go.jp/api/index.php/en");
  }

  @Test
  void what_a_catalogue_leads_to_is_a_record_whatever_its_class_and_told_once() {
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/c> a dcat:Catalog ; dcat:dataset <http://example.org/1> .
            <http://example.org/1> a <http://example.org/Register> ; dct:title "Roads" .
            <http://example.org/2> a dcat:DatasetSeries, dcat:Dataset ; dct:title "Rivers" .
            """);

    assertThat(reading.resources)
        .extracting(HarvestedResource::identifier)
        .containsExactly("http://example.org/1", "http://example.org/2");
    assertThat(reading.defects).isEmpty();
  }

  @Test
  void a_catalogue_within_a_catalogue_is_told_as_no_dataset() {
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/c> a dcat:Catalog ; dcat:dataset <http://example.org/d> .
            <http://example.org/d> a dcat:Catalog ; dct:title "Within" .
            """);

    assertThat(reading.resources).isEmpty();
    assertThat(reading.defects)
        .containsExactly(Defect.of("http://example.org/d", Rule.NOT_A_DATASET));
  }

  @ParameterizedTest
  @CsvSource({
    "'<http://example.org/c> dcat:dataset <http://example.org/2> .'",
    "'<http://example.org/page> <http://www.w3.org/ns/hydra/core#next> <http://example.org/p2> .'",
    "'<> <http://www.w3.org/ns/hydra/core#previousPage> \"p1\" .'"
  })
  void a_file_that_names_records_or_pages_which_it_does_not_hold_is_incomplete(String more) {
    var dataset = "<http://example.org/1> a dcat:Dataset ; dct:title \"Roads\" .\n";

    assertThat(RdfReading.ofTurtle(dataset).facts).isEqualTo(new CatalogueFacts(null, true));
    var reading = RdfReading.ofTurtle(dataset + more);
    assertThat(reading.resource().title()).isEqualTo("Roads");
    assertThat(reading.facts).isEqualTo(new CatalogueFacts(null, false));
    assertThat(reading.defects).containsExactly(Defect.of("", Rule.INCOMPLETE_CATALOGUE));
  }

  @ParameterizedTest
  @CsvSource({
    "ANNUAL, YEARLY", "ANNUAL_2, HALF_YEARLY", "QUARTERLY, QUARTERLY", "MONTHLY, MONTHLY",
    "WEEKLY, WEEKLY", "DAILY, DAILY", "UPDATE_CONT, REAL_TIME", "CONT, REAL_TIME",
    "IRREG, IRREGULAR", "NEVER, STATIC", "BIENNIAL,", "UNKNOWN,"
  })
  void a_frequency_of_the_eu_is_known_by_its_code(String code, String frequency) {
    var dataset = with("dct:accrualPeriodicity <%sfrequency/%s>".formatted(EU, code));
    assertThat(dataset.updateFrequency()).isEqualTo(frequency);
    assertThat(dataset.updateFrequencyText()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC, UNCONDITIONAL",
    "RESTRICTED, CONDITIONAL",
    "NON_PUBLIC, NOT_OPEN",
    "NORMAL,"
  })
  void access_rights_of_the_eu_are_known_by_their_codes(String code, String openness) {
    var dataset = with("dct:accessRights <%saccess-right/%s>".formatted(EU, code));
    assertThat(dataset.openness()).isEqualTo(openness);
    assertThat(dataset.opennessText()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dct:format <http://publications.europa.eu/resource/authority/file-type/CSV>|CSV",
        "dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv>|text/csv",
        "dcat:mediaType \"text/csv\" ; dct:format \"CSV\"|CSV",
        "dct:format [ a dct:IMT ; <http://www.w3.org/2000/01/rdf-schema#label> \"XLSX\" ]|XLSX",
        "dct:format <http://example.org/formats#GeoJSON>|GeoJSON"
      })
  void formats_are_short_words_and_not_addresses(String said, String format) {
    assertThat(with("dcat:distribution [ %s ]".formatted(said)).formats()).containsExactly(format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ dcat:startDate \"2019-02-01\" ; dcat:endDate \"2020-02\" ]|2019-02-01|2020-02-29",
        "[ <http://schema.org/startDate> \"2019\" ; <http://schema.org/endDate> \"2020\" ]"
            + "|2019-01-01|2020-12-31",
        "[ <http://www.w3.org/2006/time#hasBeginning> [ <http://www.w3.org/2006/time#inXSDDate>"
            + " \"2019-02-01\" ] ]|2019-02-01|",
        "\"2019-02-01/2019-03-31\"|2019-02-01|2019-03-31"
      })
  void a_period_is_read_in_each_of_the_ways_that_dcat_has_known(
      String said, LocalDate from, LocalDate until) {
    var dataset = with("dct:temporal " + said);
    assertThat(dataset.coversFrom()).isEqualTo(from);
    assertThat(dataset.coversUntil()).isEqualTo(until);
  }

  @Test
  void a_theme_that_has_no_name_is_known_by_the_end_of_its_address() {
    assertThat(with("dcat:theme <%sdata-theme/TRAN>".formatted(EU)).topic()).isEqualTo("TRAN");
  }

  @Test
  void a_publisher_of_whom_only_the_address_is_said_keeps_it() {
    assertThat(with("dct:publisher <http://example.org/body/7>").holder())
        .isEqualTo("http://example.org/body/7");
  }

  @Test
  void a_title_is_missed_and_the_neighbour_kept() {
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/1> a dcat:Dataset .
            <http://example.org/2> a dcat:Dataset ; dct:title "Rivers" .
            """);

    assertThat(reading.resource().title()).isEqualTo("Rivers");
    assertThat(reading.defects)
        .containsExactly(Defect.of("http://example.org/1", Rule.TITLE_MISSING));
  }

  @Test
  void addresses_dates_and_languages_that_are_wrong_do_not_stop_the_file() {
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/1> a dcat:Dataset ; dct:title "Roads"@en_GB ;
              dcat:landingPage <http://example.org/a b> ;
              dct:issued "soon"^^<http://www.w3.org/2001/XMLSchema#date> .
            """);

    assertThat(reading.resource().locale()).isEqualTo("en-GB");
    assertThat(reading.resource().landingPage()).isEqualTo("http://example.org/a%20b");
    assertThat(reading.rules()).containsExactly(Rule.DATE_UNREADABLE);
  }

  @Test
  void the_source_record_holds_what_belongs_to_the_record_in_the_expanded_form_of_json_ld() {
    var record =
        with("""
                dct:publisher <http://example.org/body> ; dct:relation <http://example.org/2> .
                <http://example.org/body> foaf:name "Body"@en .
                <http://example.org/2> dct:title "Another record"
                """)
            .sourceRecord();

    assertThat(record.toString())
        .isEqualTo(
            """
            {"@id":"http://example.org/1","@type":["http://www.w3.org/ns/dcat#Dataset"],\
            "http://purl.org/dc/terms/publisher":[{"@id":"http://example.org/body",\
            "http://xmlns.com/foaf/0.1/name":[{"@value":"Body","@language":"en"}]}],\
            "http://purl.org/dc/terms/relation":[{"@id":"http://example.org/2"}],\
            "http://purl.org/dc/terms/title":[{"@value":"Roads"}]}""");
  }

  @Test
  void the_same_triples_in_another_order_make_the_same_resource() {
    var one =
        """
        <http://example.org/1> a dcat:Dataset ; dct:title "Roads"@en, "Routes"@fr ;
          dcat:keyword "b", "a" ; dcat:distribution [ dct:format "CSV" ], [ dct:format "XML" ] .
        <http://example.org/0> a dcat:Dataset ; dct:title "Rivers"@en .
        """;
    var other =
        """
        <http://example.org/0> dct:title "Rivers"@en ; a dcat:Dataset .
        _:x dct:format "XML" .
        <http://example.org/1> dcat:keyword "a" ; dcat:distribution _:x .
        <http://example.org/1> dct:title "Routes"@fr, "Roads"@en ; a dcat:Dataset ;
          dcat:distribution [ dct:format "CSV" ] ; dcat:keyword "b", "a" .
        """;

    assertThat(RdfReading.ofTurtle(other).resources)
        .containsExactlyInAnyOrderElementsOf(RdfReading.ofTurtle(one).resources);
  }

  @Test
  void triples_in_named_graphs_are_read_as_one() {
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/g1> { <http://example.org/1> a dcat:Dataset . }
            <http://example.org/g2> { <http://example.org/1> dct:title "Roads" . }
            """);
    assertThat(reading.resource().title()).isEqualTo("Roads");
  }

  @Test
  void triples_about_triples_are_left_out() {
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/1> a dcat:Dataset ; dct:title "Roads" .
            << <http://example.org/1> dct:title "Roads" >> dct:source <http://example.org/2> .
            """);
    assertThat(reading.resource().title()).isEqualTo("Roads");
  }

  @Test
  @Timeout(20)
  void a_graph_that_goes_in_circles_ends() {
    var dataset =
        with(
            """
            dct:publisher <http://example.org/1> ; dcat:distribution _:a .
            _:a dct:relation _:a, _:b . _:b dct:relation _:a, [ dct:relation _:b ]
            """);

    assertThat(dataset.holder()).isEqualTo("http://example.org/1");
    assertThat(dataset.sourceRecord().toString()).hasSizeLessThan(1_000);
  }

  @Test
  @Timeout(20)
  void a_record_of_endless_ways_through_its_graph_is_lost_and_its_neighbour_kept() {
    var nodes = IntStream.range(0, 60).mapToObj("_:n%d"::formatted).toList();
    var all = String.join(", ", nodes);
    var mesh =
        nodes.stream()
            .map(node -> node + " dct:relation " + all + " .")
            .collect(Collectors.joining("\n"));
    var reading =
        RdfReading.ofTurtle(
            """
            <http://example.org/1> a dcat:Dataset ; dct:title "Roads" ; dct:relation %s .
            %s
            <http://example.org/2> a dcat:Dataset ; dct:title "Rivers" .
            """
                .formatted(all, mesh));

    assertThat(reading.resource().title()).isEqualTo("Rivers");
    assertThat(reading.defects)
        .containsExactly(Defect.of("http://example.org/1", Rule.RECORD_TOO_LARGE));
  }

  /** A dataset in Turtle with one thing more said of it. */
  private static HarvestedResource with(String said) {
    return RdfReading.ofTurtle(
            "<http://example.org/1> a dcat:Dataset ; dct:title \"Roads\" ; " + said + " .")
        .resource();
  }
}
