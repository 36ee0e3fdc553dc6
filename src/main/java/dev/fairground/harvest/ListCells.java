package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import org.jspecify.annotations.Nullable;

/** The cells that the lists of resources and of products have in common. */
final class ListCells {
  private static final String REGION = "region";
  private static final String SOURCE = "source";

  private ListCells() {}

  static @Nullable String cell(ObjectNode row, String column) {
    var cell = row.get(column);
    return cell == null ? null : cell.asText();
  }

  /** The code of the region that the row names. */
  static @Nullable String regionCode(ObjectNode row, Values values) {
    var name = values.text(REGION, cell(row, REGION), Values.UNBOUNDED);
    var code = name == null ? null : Portals.regionCode(name);
    if (name != null && code == null) {
      values.defect(REGION, Rule.REGION_UNKNOWN, name);
    }
    return code;
  }

  /** The list as a whole, of which each row names the source. */
  static CatalogueFacts facts(ObjectNode row) {
    var source = cell(row, SOURCE);
    return new CatalogueFacts(source == null || source.isBlank() ? null : source.strip(), true);
  }
}
