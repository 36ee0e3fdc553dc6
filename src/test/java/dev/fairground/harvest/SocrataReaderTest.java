package dev.fairground.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.HarvestedResource.Item;
import java.io.IOException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SocrataReaderTest {
  private final Heard heard = Heard.of(new SocrataReader(), "socrata.jsonl");

  @Test
  void a_document_is_read_field_by_field() {
    var resource = heard.resources.getFirst();
    assertThat(resource.identifier()).isEqualTo("xzkq-xp2w");
    assertThat(resource.title()).isEqualTo("Current Employee Names, Salaries, and Position Titles");
    assertThat(resource.holder()).isEqualTo("City of Chicago");
    assertThat(resource.topic()).isEqualTo("Administration & Finance");
    assertThat(resource.keywords()).containsExactly("personnel");
    assertThat(resource.licence()).isEqualTo("See Terms of Use");
    assertThat(resource.landingPage()).isEqualTo("https://data.cityofchicago.org/d/xzkq-xp2w");
    assertThat(resource.releasedOn()).isEqualTo(LocalDate.of(2011, 9, 27));
    assertThat(resource.updatedOn()).isEqualTo(LocalDate.of(2022, 1, 21));
    assertThat(resource.updateFrequencyText()).isEqualTo("Data are updated semi-annually");
    assertThat(resource.updateFrequency()).isEqualTo("HALF_YEARLY");
    assertThat(resource.items())
        .hasSize(2)
        .last()
        .isEqualTo(
            new Item(
                "Annual Salary",
                "Number",
                "Annual salary rates. Only applies for employees whose pay frequency is"
                    + " \"Salary\". Hourly employees rates are only shown in \"Hourly Rates\""
                    + " column."));
  }

  @Test
  void a_calendar_is_a_view_of_data_and_kept() {
    assertThat(heard.resources)
        .extracting(HarvestedResource::identifier)
        .containsExactly("xzkq-xp2w", "tdue-iakk", "p5v2-fwzn");
  }

  @Test
  void a_body_that_is_not_named_stays_unknown() {
    assertThat(heard.resources.getLast().holder()).isNull();
    assertThat(heard.resources.getLast().summary()).isNull();
  }

  @Test
  @Timeout(20)
  void a_name_of_any_length_is_looked_at_in_time() throws IOException {
    var read =
        Heard.ofText(
            new SocrataReader(),
            """
            {"resource": {"id": "a", "name": "b"}, "classification": {"domain_metadata": [{"key": "%s", "value": "daily"}]}}
            """
                .formatted("_".repeat(300_000)));
    assertThat(read.resources.getFirst().updateFrequency()).isNull();
  }

  @Test
  void a_picture_of_data_is_no_dataset() throws IOException {
    var read =
        Heard.ofText(
            new SocrataReader(),
            """
            {"resource": {"id": "aaaa-0001", "name": "Crimes by year", "type": "chart"}}
            {"resource": {"id": "aaaa-0002", "name": "Crimes", "type": "dataset"}, "metadata": {"domain": "data.example.gov"}}
            """);
    assertThat(read.resources)
        .extracting(HarvestedResource::identifier)
        .containsExactly("aaaa-0002");
    assertThat(read.defects)
        .containsExactly(new Defect("record 1", "type", Rule.NOT_A_DATASET, "chart"));
    assertThat(read.catalogue).isEqualTo(new CatalogueFacts("data.example.gov", true));
  }
}
