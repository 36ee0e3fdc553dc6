package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of Beijing's first products and services, version 0804: a CSV file with the
 * columns scenario_no, domain, scenario, service_name, purpose, delivery_forms, region, source in
 * any order. The list gives no codes, so a product is known by its position: {@code BJ-0804-001} is
 * the first row, and a row that is lost keeps its number. Prices are in no edition of the list.
 */
public final class ProductListReader implements CatalogueReader {
  private static final String TITLE = "service_name";
  private static final String PURPOSE = "purpose";
  private static final String DELIVERIES = "delivery_forms";
  private static final int MOST_TITLE = 500;
  private static final int MOST_NAME = 500;
  private static final int MOST_NUMBER = 50;

  /**
   * Purposes decide whether a product is free of charge (发改价格〔2025〕65号). The list joins governance
   * and welfare in one class; both are free.
   */
  private static final Map<String, String> PURPOSES =
      Map.of(
          "公共治理、公益事业",
          "PUBLIC_GOVERNANCE",
          "公共治理",
          "PUBLIC_GOVERNANCE",
          "公益事业",
          "PUBLIC_WELFARE",
          "产业发展、行业发展",
          "INDUSTRY",
          "产业发展",
          "INDUSTRY",
          "行业发展",
          "INDUSTRY");

  private static final Map<String, String> FORMS =
      Map.of("接口", "API", "数据集", "FILE", "模型", "MODEL", "报告", "REPORT");

  @Override
  public String format() {
    return "product list (CSV)";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return CsvRows.haveHeader(beginning, ProductListReader::isHeader);
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    CsvRows.read(document, sink, ProductListReader::isHeader, new Rows(sink, document.name()));
  }

  private static boolean isHeader(List<String> columns) {
    return columns.containsAll(List.of(TITLE, PURPOSE, DELIVERIES));
  }

  private static final class Rows implements CsvRows.RowHandler {
    private final Sink sink;
    private final String prefix;
    private final String scenarioPrefix;
    private boolean begun;

    Rows(Sink sink, String fileName) {
      this.sink = sink;
      var catalogue = CatalogueName.of(fileName);
      // The first batch's list, version 0804, under its own name and that of the demonstration.
      var isFirstBatch =
          catalogue.equals("beijing-products") || catalogue.startsWith("beijing-first-batch-");
      prefix = isFirstBatch ? "BJ-0804" : catalogue;
      scenarioPrefix = isFirstBatch ? "BJ-S-" : catalogue + "-S-";
    }

    @Override
    public void row(int number, String place, ObjectNode row) {
      if (!begun) {
        sink.catalogue(ListCells.facts(row));
        begun = true;
      }
      var values = new Values(sink, place);
      var title = values.plain(TITLE, ListCells.cell(row, TITLE), MOST_TITLE);
      var purpose = text(values, row, PURPOSE);
      var purposeClass = purpose == null ? null : PURPOSES.get(purpose);
      if (title == null) {
        sink.defect(Defect.of(place, Rule.TITLE_MISSING));
      } else if (purposeClass == null) {
        values.defect(PURPOSE, Rule.PURPOSE_UNKNOWN, purpose);
      } else {
        sink.product(
            new HarvestedProduct(
                place,
                "%s-%03d".formatted(prefix, number),
                title,
                PortalRecords.LOCALE,
                scenarioCode(
                    scenarioPrefix,
                    values.text("scenario_no", ListCells.cell(row, "scenario_no"), MOST_NUMBER)),
                text(values, row, "scenario"),
                text(values, row, "domain"),
                purposeClass,
                purpose,
                deliveries(values, row),
                ListCells.regionCode(row, values),
                row));
      }
    }
  }

  /** Two digits, so that codes are in the order of the list. */
  private static @Nullable String scenarioCode(String prefix, @Nullable String number) {
    return number == null ? null : prefix + (number.length() < 2 ? "0" : "") + number;
  }

  private static List<String> deliveries(Values values, ObjectNode row) {
    var cell = ListCells.cell(row, DELIVERIES);
    var deliveries = new ArrayList<String>();
    for (var form : PortalWords.keywords(cell == null ? "" : cell)) {
      var delivery = FORMS.get(form);
      if (delivery == null) {
        values.defect(DELIVERIES, Rule.DELIVERY_UNKNOWN, form);
      } else if (!deliveries.contains(delivery)) {
        deliveries.add(delivery);
      }
    }
    return List.copyOf(deliveries);
  }

  private static @Nullable String text(Values values, ObjectNode row, String column) {
    return values.text(column, ListCells.cell(row, column), MOST_NAME);
  }
}
