package dev.fairground.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.graphql.FieldWords;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ListColumnsTest {
  @Test
  void the_columns_of_a_list_are_the_members_of_a_draft(Database database, MeterRegistry meters) {
    var engine = new Asking(database, meters).engine();
    var members =
        new ArrayList<>(
            engine.fields("ProductContentInput").stream().map(FieldWords::name).toList());
    // Named beside the content; scenarios that are ruled out have a column of their own.
    members.addAll(List.of("code", "kind", "scenariosExcluded"));

    assertThat(new ListColumns(engine::fields).all())
        .extracting(ListColumns.Column::key)
        .containsExactlyInAnyOrderElementsOf(members);
  }
}
