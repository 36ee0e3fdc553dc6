package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.HarvestedResource.Item;
import java.io.IOException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OtherCataloguesTest {
  @Test
  void a_page_of_ArcGIS_Hub_says_how_many_pages_are_missing() {
    var heard = Heard.of(new ArcgisHubReader(), "arcgis-hub.json");
    var resource = heard.resources.getFirst();
    assertThat(resource.identifier()).isEqualTo("cabe9105f3de49b498c3a0362c446099_29");
    assertThat(resource.locale()).isEqualTo("en-GB");
    assertThat(resource.holder()).isEqualTo("Moray Council");
    assertThat(resource.openness()).isEqualTo("UNCONDITIONAL");
    assertThat(resource.releasedOn()).isEqualTo(LocalDate.of(2018, 12, 19));
    assertThat(resource.items())
        .containsExactly(
            new Item("Town", "esriFieldTypeString", null),
            new Item("SITE", "esriFieldTypeString", "SIte Ref"),
            new Item("LABEL", "esriFieldTypeString", "Site Label"));
    assertThat(heard.catalogue).isEqualTo(new CatalogueFacts("Moray Council", false));
    assertThat(heard.defects)
        .contains(new Defect("", "totalCount", Rule.INCOMPLETE_CATALOGUE, "1 of 64 records"));
  }

  @Test
  void an_entry_of_the_directory_is_in_two_languages() {
    var heard = Heard.of(new DirectoryReader(), "china-csdc.json");
    var resource = heard.resources.getFirst();
    assertThat(resource.identifier()).isEqualTo("china-csdc");
    assertThat(resource.locale()).isEqualTo("zh");
    assertThat(resource.title()).isEqualTo("中国证券登记结算有限公司");
    assertThat(resource.titleTranslations())
        .containsEntry("en", "China Securities Depository and Clearing Corporation");
    assertThat(resource.updateFrequency()).isEqualTo("MONTHLY");
    assertThat(heard.catalogue).isEqualTo(new CatalogueFacts("FirstData", true));
  }

  @Test
  void a_file_of_the_registry_is_known_by_its_name() {
    var heard = Heard.of(new RegistryReader(), "ichangemycity.yaml");
    var resource = heard.resources.getFirst();
    assertThat(resource.identifier()).isEqualTo("ichangemycity");
    assertThat(resource.title()).isEqualTo("IChangeMyCity Complaints Data from Janaagraha");
    assertThat(resource.holder()).isEqualTo("Janaagraha");
    assertThat(resource.updateFrequency()).isEqualTo("DAILY");
    assertThat(resource.keywords()).contains("civic", "complaints");
    assertThat(heard.rules()).contains(Rule.DEPRECATED);
  }

  @Test
  void aliases_do_not_multiply() throws IOException {
    var bomb = new StringBuilder("Name: &a0 [x, x]\nManagedBy: &z x\nResources:\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("  k%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    var heard = Heard.ofText(new RegistryReader(), bomb + "Description: d\n");
    assertThat(heard.resources.getFirst().sourceRecord().toString().length()).isLessThan(2_000);
  }

  @Test
  void a_file_of_the_registry_that_is_no_YAML_is_told_with_its_line() throws IOException {
    var heard = Heard.ofText(new RegistryReader(), "Name: x\nManagedBy: \"y\nResources:\n");
    assertThat(heard.resources).isEmpty();
    assertThat(heard.defects.getFirst().rule()).isEqualTo(Rule.RECORD_UNREADABLE);
    assertThat(heard.defects.getFirst().value()).startsWith("line ");
  }

  @Test
  void a_file_of_the_registry_is_read_as_a_whole_up_to_4_MB() {
    assertThatThrownBy(() -> Heard.ofText(new RegistryReader(), "Name: " + "x".repeat(4 << 20)))
        .isInstanceOfSatisfying(
            UnreadableFile.class, it -> assertThat(it.rule()).isEqualTo(Rule.FILE_TOO_LARGE));
  }

  @Test
  void an_entry_of_the_catalogue_of_sources_is_read() {
    var heard = Heard.of(new SourceCatalogueReader(), "public-data-catalog.json");
    var resource = heard.resources.getFirst();
    assertThat(resource.identifier()).isEqualTo("estat-api");
    assertThat(resource.holder()).isEqualTo("National Statistics Center, Japan");
    assertThat(resource.formats()).containsExactly("json", "xml", "csv");
    assertThat(resource.landingPage()).isEqualTo("https://www.e-stat.go.jp/api/index.php/en");
  }

  @Test
  @Timeout(20)
  void brackets_without_an_end_are_words() throws IOException {
    var holder = "[".repeat(300_000);
    var heard =
        Heard.ofText(
            new RegistryReader(), "Name: x\nManagedBy: \"" + holder + "\"\nResources: []\n");

    assertThat(heard.resources.getFirst().holder()).isEqualTo("[".repeat(500));
  }
}
