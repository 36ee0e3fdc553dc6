package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueNameTest {
  @ParameterizedTest
  @CsvSource({
    // Editions and formats of one catalogue.
    "dhs.2025-02-01.data.json, dhs",
    "dhs.2025-07-13.data.json.gz, dhs",
    "dhs-20250713.json, dhs",
    "2025-07-13_dhs.json, dhs",
    "dhs-2025-07-13T04-05-06Z.json, dhs",
    "dhs-20250713040506.json, dhs",
    "dhs-2025-07-13-full.json, dhs-full",
    "anhui_anhui.harvest-1.json, anhui_anhui",
    "uk-birmingham.package_search.json, uk-birmingham",
    "scotland-glasgow.dcat-ap-2.0.1.jsonld, scotland-glasgow",
    "scotland-moray.arcgis-hub-v3.json.gz, scotland-moray",
    "spain-universidad-alicante.rdf, spain-universidad-alicante",
    "argentina-justicia.xlsx, argentina-justicia",
    "firstdata-china.tar.gz, firstdata-china",
    "上海市2024年8月17日.json, 上海市",
    // Names of portals have dots of their own.
    "data.austintexas.gov.jsonl, data.austintexas.gov",
    "www.chattadata.org, www.chattadata.org",
    "albany.data.socrata.com.jsonl.gz, albany.data.socrata.com",
    "data.nj.gov.stats.jsonl, data.nj.gov.stats",
    // What is no edition stays.
    "dcatus_same_title_step_2.json, dcatus_same_title_step_2",
    "dcatus3_0.json, dcatus3_0",
    "pod-v1.1-catalog-sample-extended.csv, pod-v1.1-catalog-sample-extended",
    "report-99999999.json, report-99999999",
    "report-2025-13-01.json, report-2025-13-01",
    // Letters.
    "Île de France (données).json, ile-de-france-donnees",
    "東京都カタログ.json, 東京都カタログ",
    "서울.json, 서울",
    // A name that says nothing is its folder's.
    "va.gov/data.json, va.gov",
    "registry.zip/va/2025-02-01/data.json, va",
    "data.json, data",
    "2025-02-01.json, 2025-02-01",
  })
  void a_catalogues_name_is_that_of_its_files_without_the_edition(String file, String name) {
    assertThat(CatalogueName.of(file)).isEqualTo(name);
  }

  @Test
  void a_name_is_never_empty_or_long_and_different_ones_stay_different() {
    var names =
        List.of(
            "каталог.json", "данные.json", "a".repeat(90) + "1.json", "a".repeat(90) + "2.json");

    assertThat(names.stream().map(CatalogueName::of).distinct())
        .hasSize(4)
        .allSatisfy(name -> assertThat(name).matches("[a-z0-9._-]{1,64}"));
    assertThat(CatalogueName.of("")).isNotEmpty();
    assertThat(CatalogueName.of("/")).isNotEmpty();
    assertThat(CatalogueName.of("...")).isNotEmpty();
  }

  @Test
  void the_day_in_a_name_is_that_of_the_edition() {
    var day = LocalDate.of(2025, 2, 1);

    assertThat(CatalogueName.date("dhs.2025-02-01.data.json")).isEqualTo(day);
    assertThat(CatalogueName.date("dhs_20250201T040506Z.json")).isEqualTo(day);
    assertThat(CatalogueName.date("上海市2025年2月1日.json")).isEqualTo(day);
    assertThat(CatalogueName.date("x-2025-02-30-2025-02-01.json")).isNull();
    assertThat(CatalogueName.date("dhs.json")).isNull();
    assertThat(CatalogueName.date("123202502010.json")).isNull();
  }
}
