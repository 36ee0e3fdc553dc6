package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CkanReaderTest {
  @Test
  void a_package_is_read_field_by_field() {
    var heard = Heard.of(new CkanReader(), "package_search.json");
    var resource = heard.resources.getFirst();
    assertThat(resource.identifier()).isEqualTo("cf552d08-cee9-43bf-8c0f-3196a9311799");
    assertThat(resource.formats()).containsExactly("XLS");
    assertThat(resource.licence()).isEqualTo("UK Open Government Licence (OGL)");
    assertThat(resource.releasedOn()).isEqualTo(LocalDate.of(2014, 12, 1));
    assertThat(resource.updatedOn()).isEqualTo(LocalDate.of(2021, 1, 15));
    assertThat(resource.keywords()).hasSize(2);
    assertThat(resource.locale()).isEqualTo("und");
  }

  @Test
  void one_page_of_several_is_no_whole_catalogue() {
    var heard = Heard.of(new CkanReader(), "package_search.json");
    assertThat(heard.catalogue)
        .isEqualTo(new CatalogueFacts("https://data.birmingham.gov.uk", false));
    assertThat(heard.defects)
        .contains(new Defect("", "count", Rule.INCOMPLETE_CATALOGUE, "2 of 38 records"));
  }

  @Test
  void the_list_of_all_packages_is_its_result() throws IOException {
    var heard =
        Heard.ofText(
            new CkanReader(),
            """
            {"success": true, "result": [{"id": "a", "title": "One", "organization": {"title": "City"},
              "extras": [{"key": "update_frequency", "value": "Monthly."}],
              "tags": [{"name": "road"}]}]}
            """);
    var resource = heard.resources.getFirst();
    assertThat(resource.holder()).isEqualTo("City");
    assertThat(resource.updateFrequency()).isEqualTo("MONTHLY");
    assertThat(resource.keywords()).containsExactly("road");
    assertThat(heard.catalogue).isEqualTo(new CatalogueFacts(null, true));
  }

  @Test
  void what_is_private_deleted_or_of_another_type_is_not_taken() throws IOException {
    var heard =
        Heard.ofText(
            new CkanReader(),
            """
            {"success": true, "result": {"count": 4, "results": [
              {"id": "a", "title": "A", "private": true, "state": "active"},
              {"id": "b", "title": "B", "state": "deleted"},
              {"id": "c", "title": "C", "type": "harvest"},
              {"id": "d", "title": "D", "type": "dataset", "state": "active", "private": false}]}}
            """);
    assertThat(heard.resources).extracting(HarvestedResource::identifier).containsExactly("d");
    assertThat(heard.defects)
        .extracting(Defect::value)
        .containsExactly("private", "deleted", "harvest");
    assertThat(heard.catalogue).isEqualTo(new CatalogueFacts(null, true));
  }

  @Test
  void an_error_of_CKAN_is_told_in_its_words() {
    assertThatThrownBy(
            () ->
                Heard.ofText(
                    new CkanReader(),
                    "{\"success\": false, \"error\": {\"message\": \"Access denied\"}}"))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage("CKAN answered with an error: Access denied");
  }
}
