package dev.fairground.format;

/** The formats of files that are written and read. */
public enum FileFormat {
  /** A JSON object on each line. */
  JSONL("jsonl", "application/jsonl"),
  /** RFC 4180, in UTF-8. */
  CSV("csv", "text/csv; charset=utf-8"),
  /** A workbook of Office Open XML. */
  XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  /** The Open Data Product Specification 4.1, a YAML document for each product. */
  ODPS_YAML("odps.yaml", "application/yaml"),
  /** DCAT-AP 3 as JSON-LD. */
  DCAT_JSONLD("jsonld", "application/ld+json"),
  /** DCAT-AP 3 as Turtle. */
  DCAT_TURTLE("ttl", "text/turtle; charset=utf-8");

  private final String ending;
  private final String mediaType;

  FileFormat(String ending, String mediaType) {
    this.ending = ending;
    this.mediaType = mediaType;
  }

  /** What names of files end with, behind a point. */
  public String ending() {
    return ending;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Whether only products can be written in it, whose fields it chooses itself. */
  public boolean isOfProducts() {
    return this == ODPS_YAML || this == DCAT_JSONLD || this == DCAT_TURTLE;
  }
}
